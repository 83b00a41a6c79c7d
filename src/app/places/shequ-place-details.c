#include "shequ-place-details.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-building-pane.h"
#include "shequ-chain-view.h"
#include "shequ-coverage-view.h"
#include "shequ-feedback.h"
#include "shequ-matters-view.h"
#include "shequ-number.h"
#include "shequ-record-details.h"
#include "shequ-record-form.h"

struct _ShequPlaceDetails
{
  GtkWidget parent_instance;

  ShequOffice *office;
  ShequPlace *place; /* (nullable) */
  GCancellable *cancellable;
  GHashTable *records; /* register -> ShequRecordDetails */

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *fault;
  GtkLabel *counts;
  GtkLabel *due;
  AdwViewStack *stack;
  AdwViewStackPage *picture_page;
  AdwViewStackPage *coverage_page;
  AdwViewStackPage *matters_page;
  ShequBuildingPane *picture;
  ShequChainView *chain;
  ShequCoverageView *coverage;
  ShequMattersView *matters;
  GtkStack *record_stack;
};

static guint signal_go_to;

G_DEFINE_FINAL_TYPE (ShequPlaceDetails, shequ_place_details, GTK_TYPE_WIDGET)

static gboolean
is_of (const ShequPlace *place, const char *reg)
{
  return place != NULL && g_str_equal (place->reg->name, reg);
}

/* As “Building 61”, in the words of the register. */
static void
append_count (ShequPlaceDetails *self, GString *text, gint64 count, const char *name)
{
  const ShequRegister *reg = shequ_office_get_register (self->office, name);
  g_autofree char *number = shequ_number_to_text ((double) count, 0);

  if (count >= 0 && reg != NULL)
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", reg->label, number);
}

/* Estates by kind, as far as they have one. */
static void
append_kinds (GString *text, const GPtrArray *kinds)
{
  for (guint i = 0; kinds != NULL && i < kinds->len; i++)
    {
      const ShequSummaryRow *kind = kinds->pdata[i];
      g_autofree char *number = shequ_number_to_text ((double) kind->count, 0);

      g_string_append_printf (text, "%s%s %s", i > 0 ? " · " : "\n",
                              kind->label != NULL ? kind->label : _ ("Kind not entered"), number);
    }
}

static char *
describe_counts (ShequPlaceDetails *self, const ShequPlaceCounts *counts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_count (self, text, counts->grids, "grid");
  append_count (self, text, counts->estates, "estate");
  append_count (self, text, counts->buildings, "building");
  append_count (self, text, counts->dwellings, "dwelling");
  append_count (self, text, counts->households, "household");
  append_count (self, text, counts->people, "resident");
  append_kinds (text, counts->estate_kinds);
  return g_strdup (text->str);
}

static void
counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequPlaceDetails) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequPlaceCounts) counts = shequ_places_count_finish (SHEQU_OFFICE (source), result, &error);
  g_autofree char *text = counts != NULL ? describe_counts (self, counts) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;
  gtk_label_set_text (self->counts, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->counts), text != NULL && *text != '\0');
}

/* Behind the counts, as it takes a look at the whole office. */
static void
due_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequPlaceDetails) self = user_data;
  gint64 due = shequ_places_count_due_finish (SHEQU_OFFICE (source), result, NULL);
  g_autofree char *text = NULL;

  if (due < 0 || self->box == NULL)
    return;
  text = g_strdup_printf ("%s %" G_GINT64_FORMAT, _ ("Visits due"), due);
  gtk_label_set_text (self->due, text);
  gtk_widget_set_visible (GTK_WIDGET (self->due), TRUE);
}

static void
count (ShequPlaceDetails *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  shequ_places_count_async (self->office, self->place, self->cancellable, counted, g_object_ref (self));
  if (is_of (self->place, "grid"))
    shequ_places_count_due_async (self->office, self->place, self->cancellable, due_counted,
                                  g_object_ref (self));
}

static ShequRecordDetails *
get_shown (ShequPlaceDetails *self)
{
  return self->place != NULL ? g_hash_table_lookup (self->records, self->place->reg) : NULL;
}

static void
edit (ShequPlaceDetails *self)
{
  ShequRecordDetails *details = get_shown (self);
  ShequRecord *record = details != NULL ? shequ_record_details_get_record (details) : NULL;

  if (record != NULL && shequ_record_get_row (record) != NULL)
    shequ_record_form_edit (
      shequ_record_form_present (GTK_WIDGET (self), self->office, shequ_record_get_register (record)),
      shequ_record_get_row (record));
}

/**
 * shequ_place_details_edit:
 * @self: the details
 *
 * Opens the form of the record that is shown.
 */
void
shequ_place_details_edit (ShequPlaceDetails *self)
{
  g_return_if_fail (SHEQU_IS_PLACE_DETAILS (self));

  edit (self);
}

/**
 * shequ_place_details_print:
 * @self: the details
 *
 * Shows the picture of the building on paper.
 */
void
shequ_place_details_print (ShequPlaceDetails *self)
{
  g_return_if_fail (SHEQU_IS_PLACE_DETAILS (self));

  if (is_of (self->place, "building"))
    shequ_building_pane_print (self->picture);
}

/* What was deleted, as long as it can be brought back. */
typedef struct
{
  ShequPlaceDetails *details;
  const ShequRegister *reg;
  gint64 key;
} Deleted;

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_object_unref (deleted->details);
  g_free (deleted);
}

static void
restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequPlaceDetails) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_office_restore_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("It could not be brought back."), error);
}

static void
bring_back (gpointer data)
{
  Deleted *deleted = data;

  shequ_office_restore_async (deleted->details->office, deleted->reg, deleted->key, NULL, restored,
                              g_object_ref (deleted->details));
}

static void
was_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Deleted *deleted = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_office_delete_finish (SHEQU_OFFICE (source), result, &error))
    {
      shequ_feedback_offer_undo (GTK_WIDGET (deleted->details), _ ("The place is deleted"), bring_back,
                                 deleted, deleted_free);
      return;
    }
  shequ_feedback_show_error (GTK_WIDGET (deleted->details), _ ("The place was not deleted."), error);
  deleted_free (deleted);
}

static void delete (ShequPlaceDetails *self)
{
  ShequRecordDetails *details = get_shown (self);
  ShequRecord *record = details != NULL ? shequ_record_details_get_record (details) : NULL;
  const ShequRow *row = record != NULL ? shequ_record_get_row (record) : NULL;
  Deleted *deleted;

  if (row == NULL)
    return;
  deleted = g_new0 (Deleted, 1);
  deleted->details = g_object_ref (self);
  deleted->reg = row->reg;
  deleted->key = row->key;
  shequ_office_delete_async (self->office, row->reg, row->key, row->version, NULL, was_deleted, deleted);
}

/* Starts the record of a post at the place that is shown. */
static void
new_post (ShequPlaceDetails *self)
{
  static const struct
  {
    const char *reg;
    const char *kind;
  } kinds[] = {
    { "grid", "grid_leader" },
    { "building", "building_head" },
    { "household", "household_party" },
  };
  const ShequRegister *post = shequ_office_get_register (self->office, "post");
  ShequRecordForm *form;

  if (self->place == NULL || post == NULL)
    return;
  form = shequ_record_form_present (GTK_WIDGET (self), self->office, post);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (ShequValue) kind = SHEQU_VALUE_INIT, key = SHEQU_VALUE_INIT, stairwell = SHEQU_VALUE_INIT;
      gboolean of_stairwell = self->place->kind == SHEQU_PLACE_STAIRWELL;

      if (!is_of (self->place, kinds[i].reg))
        continue;
      shequ_value_set_text (&kind, of_stairwell ? "stairwell_head" : kinds[i].kind);
      shequ_record_form_preset (form, "kind", &kind, NULL);
      shequ_value_set_integer (&key, self->place->key);
      shequ_record_form_preset (form, kinds[i].reg, &key, self->place->title);
      if (of_stairwell)
        {
          shequ_value_set_text (&stairwell, self->place->stairwell);
          shequ_record_form_preset (form, "stairwell", &stairwell, NULL);
        }
    }
}

static GtkWidget *
new_post_button (ShequPlaceDetails *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("New _post"));

  gtk_widget_set_tooltip_text (button, _ ("Enter who answers for this place"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (new_post), self, G_CONNECT_SWAPPED);
  return button;
}

static ShequRecordDetails *
require_record (ShequPlaceDetails *self, const ShequRegister *reg)
{
  static const char *const with_posts[] = { "grid", "building", "household", "org_unit", NULL };
  ShequRecordDetails *details = g_hash_table_lookup (self->records, reg);

  if (details != NULL)
    return details;
  details = shequ_record_details_new (self->office, reg);
  g_signal_connect_object (details, "edit", G_CALLBACK (edit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (details, "delete", G_CALLBACK (delete), self, G_CONNECT_SWAPPED);
  if (g_strv_contains (with_posts, reg->name))
    shequ_record_details_add_button (details, new_post_button (self));
  gtk_stack_add_named (self->record_stack, GTK_WIDGET (details), reg->name);
  g_hash_table_insert (self->records, (gpointer) reg, details);
  return details;
}

/* The tab stays where it is, if the new place has it. */
static void
choose_tab (ShequPlaceDetails *self, gboolean had_picture)
{
  const char *shown = adw_view_stack_get_visible_child_name (self->stack);
  gboolean has_picture = is_of (self->place, "building");

  if (has_picture && !had_picture)
    adw_view_stack_set_visible_child_name (self->stack, "picture");
  else if (!has_picture && g_strcmp0 (shown, "picture") == 0)
    adw_view_stack_set_visible_child_name (self->stack,
                                           is_of (self->place, "household") ? "record" : "chain");
  else if ((!is_of (self->place, "org_unit") && g_strcmp0 (shown, "coverage") == 0) ||
           (!is_of (self->place, "grid") && g_strcmp0 (shown, "matters") == 0))
    adw_view_stack_set_visible_child_name (self->stack, "chain");
}

/**
 * shequ_place_details_set_place:
 * @self: the details
 * @place: (nullable): the place to show
 */
void
shequ_place_details_set_place (ShequPlaceDetails *self, const ShequPlace *place)
{
  gboolean had_picture = is_of (self->place, "building");

  g_return_if_fail (SHEQU_IS_PLACE_DETAILS (self));

  g_clear_pointer (&self->place, shequ_place_free);
  gtk_widget_set_visible (self->box, place != NULL);
  if (place == NULL)
    return;
  self->place = shequ_place_copy (place);
  gtk_label_set_text (self->title, place->title);
  gtk_label_set_text (self->fault, place->fault != NULL ? place->fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), place->fault != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->counts), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->due), FALSE);
  count (self);
  shequ_chain_view_set_place (self->chain, place->reg, place->key, place->stairwell);
  adw_view_stack_page_set_visible (self->picture_page, is_of (place, "building"));
  adw_view_stack_page_set_visible (self->coverage_page, is_of (place, "org_unit"));
  adw_view_stack_page_set_visible (self->matters_page, is_of (place, "grid"));
  shequ_matters_view_set_place (self->matters, is_of (place, "grid") ? place : NULL);
  if (is_of (place, "building"))
    shequ_building_pane_set_building (self->picture, place->key);
  if (is_of (place, "org_unit"))
    shequ_coverage_view_set_unit (self->coverage, place->key);
  shequ_record_details_set_key (require_record (self, place->reg), place->key);
  gtk_stack_set_visible_child_name (self->record_stack, place->reg->name);
  choose_tab (self, had_picture);
}

static void
office_changed (ShequOffice *office, const char *reg, gint64 key, ShequPlaceDetails *self)
{
  static const char *const registers[] = { "grid",      "estate",   "building", "dwelling",
                                           "household", "resident", NULL };

  if (self->place != NULL && g_strv_contains (registers, reg))
    count (self);
}

static void
home_activated (ShequBuildingPane *pane, gint64 id, ShequPlaceDetails *self)
{
  g_signal_emit (self, signal_go_to, 0, id > 0 ? "household" : "dwelling", ABS (id));
}

static void
gap_activated (ShequCoverageView *view, const char *reg, gint64 key, ShequPlaceDetails *self)
{
  g_signal_emit (self, signal_go_to, 0, reg, key);
}

static void
shequ_place_details_dispose (GObject *object)
{
  ShequPlaceDetails *self = SHEQU_PLACE_DETAILS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_pointer (&self->place, shequ_place_free);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_place_details_parent_class)->dispose (object);
}

static void
shequ_place_details_class_init (ShequPlaceDetailsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_place_details_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  signal_go_to = g_signal_new ("go-to", SHEQU_TYPE_PLACE_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static GtkLabel *
add_label (ShequPlaceDetails *self, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self->box), label);
  return GTK_LABEL (label);
}

static void
shequ_place_details_init (ShequPlaceDetails *self)
{
  self->records = g_hash_table_new (NULL, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (self->box, 6);
  gtk_widget_set_margin_bottom (self->box, 6);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = add_label (self, "title-3");
  self->fault = add_label (self, "warning");
  self->counts = add_label (self, "dim-label");
  self->due = add_label (self, "dim-label");
}

static AdwViewStackPage *
add_tab (ShequPlaceDetails *self, gpointer child, const char *name, const char *title, const char *icon)
{
  AdwViewStackPage *page = adw_view_stack_add_titled (self->stack, GTK_WIDGET (child), name, title);

  adw_view_stack_page_set_icon_name (page, icon);
  return page;
}

static void
add_tabs (ShequPlaceDetails *self)
{
  GtkWidget *switcher = adw_view_switcher_new ();

  self->stack = ADW_VIEW_STACK (adw_view_stack_new ());
  self->picture = shequ_building_pane_new (self->office);
  self->chain = shequ_chain_view_new (self->office);
  self->coverage = shequ_coverage_view_new (self->office);
  self->matters = shequ_matters_view_new (self->office);
  self->record_stack = GTK_STACK (gtk_stack_new ());
  self->picture_page = add_tab (self, self->picture, "picture", _ ("Picture"), "view-app-grid-symbolic");
  add_tab (self, self->chain, "chain", _ ("Who answers"), "system-users-symbolic");
  self->coverage_page =
    add_tab (self, self->coverage, "coverage", _ ("Coverage"), "power-profile-balanced-symbolic");
  self->matters_page = add_tab (self, self->matters, "matters", _ ("Open matters"), "alarm-symbolic");
  add_tab (self, self->record_stack, "record", _ ("Record"), "view-list-symbolic");
  adw_view_switcher_set_policy (ADW_VIEW_SWITCHER (switcher), ADW_VIEW_SWITCHER_POLICY_WIDE);
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (switcher), self->stack);
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->box), switcher);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stack));
  g_signal_connect_object (self->picture, "activated", G_CALLBACK (home_activated), self, 0);
  g_signal_connect_object (self->coverage, "activated", G_CALLBACK (gap_activated), self, 0);
}

ShequPlaceDetails *
shequ_place_details_new (ShequOffice *office)
{
  ShequPlaceDetails *self = g_object_new (SHEQU_TYPE_PLACE_DETAILS, NULL);

  self->office = g_object_ref (office);
  add_tabs (self);
  shequ_place_details_set_place (self, NULL);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed), self, 0);
  return self;
}
