#include "shequ-record-details.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-change-log.h"
#include "shequ-child-lines.h"
#include "shequ-field-editor.h"
#include "shequ-linked-records.h"
#include "shequ-photo-view.h"
#include "shequ-unmask-bar.h"
#include "shequ-unmask.h"

#define MOST_BUTTONS_IN_LINE 8
#define PICTURE_HEIGHT 200

struct _ShequRecordDetails
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  ShequRecord *record; /* (nullable) */
  char *as_of;         /* (nullable): the past day as of which it is read */
  gboolean has_panels; /* they are made once for a record, when it is filled */

  GtkWidget *scrolled;
  GtkLabel *title;
  GtkLabel *detail;
  GtkWidget *buttons;
  GtkWidget *unmask_bar;
  GtkWidget *fields; /* a box of groups */
  GtkWidget *panels;
};

enum
{
  SIGNAL_EDIT,
  SIGNAL_DELETE,
  SIGNAL_PANELS,
  SIGNAL_ROW_SHOWN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequRecordDetails, shequ_record_details, GTK_TYPE_WIDGET)

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* A value that is a link opens the record behind it. */
static GtkWidget *
new_value (const ShequRow *row, const ShequField *field, const char *text, gboolean unmasked)
{
  GtkWidget *label;
  gboolean covered = shequ_row_is_covered (row, field);

  if (field->kind == SHEQU_FIELD_PICTURE && (unmasked || !covered))
    {
      GtkWidget *view = shequ_photo_view_new (field->label, PICTURE_HEIGHT);

      if (shequ_photo_view_set (view, shequ_row_get ((ShequRow *) row, field)->text))
        return view;
      g_object_unref (g_object_ref_sink (view));
    }
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (field->kind == SHEQU_FIELD_LINK)
    {
      GtkWidget *button = gtk_button_new ();
      const ShequValue *value = shequ_row_get ((ShequRow *) row, field);

      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-record");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sx)", field->target->name, value->integer);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "link");
      return button;
    }
  /* What is selected goes to the clipboard and to other programs: of what is masked, the masked form alone.
   */
  gtk_label_set_selectable (GTK_LABEL (label), !unmasked || !covered);
  return label;
}

static void
add_field (GtkGrid *grid,
           int line,
           const ShequRow *row,
           const ShequField *field,
           const char *text,
           gboolean unmasked)
{
  GtkWidget *label = gtk_label_new (field->label);
  GtkWidget *value = new_value (row, field, text, unmasked);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL,
                                  -1);
  gtk_grid_attach (grid, label, 0, line, 1, 1);
  gtk_grid_attach (grid, value, 1, line, 1, 1);
}

/* The value with its unit of measure. */
static char *
format (const ShequRow *row, const ShequField *field, gboolean unmasked)
{
  g_autofree char *text = shequ_row_format (row, field, unmasked ? SHEQU_FORMAT_PLAIN : SHEQU_FORMAT_MASKED);

  if (*text == '\0' || field->unit == NULL)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s %s", text, field->unit);
}

static void
add_group (ShequRecordDetails *self, const ShequRow *row, const ShequGroup *group)
{
  gboolean unmasked = shequ_record_get_unmasked (self->record);
  GtkWidget *grid = NULL;
  int line = 0;

  for (guint i = 0; i < self->reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (self->reg->fields, i);
      g_autofree char *text = NULL;

      if (field->hidden || shequ_field_editor_is_own_unit (self->office, field) ||
          g_strcmp0 (field->group, group != NULL ? group->name : NULL) != 0)
        continue;
      text = format (row, field, unmasked);
      if (*text == '\0')
        continue;
      if (grid == NULL)
        {
          grid = gtk_grid_new ();
          gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
          gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
          if (group != NULL)
            {
              GtkWidget *heading = gtk_label_new (group->label);

              gtk_label_set_xalign (GTK_LABEL (heading), 0);
              gtk_widget_add_css_class (heading, "heading");
              gtk_grid_attach (GTK_GRID (grid), heading, 0, line++, 2, 1);
            }
          gtk_box_append (GTK_BOX (self->fields), grid);
        }
      add_field (GTK_GRID (grid), line++, row, field, text, unmasked);
    }
}

/* What other registers hold of this record. */
static void
add_referrers (ShequRecordDetails *self)
{
  ShequCatalogue *catalogue = shequ_office_get_catalogue (self->office);
  g_autoptr (GPtrArray) referrers = shequ_register_get_referrers (catalogue, self->reg);

  for (guint i = 0; i < referrers->len; i++)
    {
      const ShequField *link = g_ptr_array_index (referrers, i);

      /* Lines are entered here; of other records it is said that they are there. */
      if (link->child && !link->hidden && !link->owner->fixed && link->owner->restricted_when == NULL)
        shequ_record_details_add_panel (
          self, shequ_child_lines_new (self->office, link, shequ_record_get_key (self->record)));
      else if (!link->hidden && shequ_field_is_stored (link))
        shequ_record_details_add_panel (
          self, shequ_linked_records_new (self->office, link->owner->label, link,
                                          shequ_record_get_key (self->record), NULL, NULL));
    }
}

/* Of other registers it is not known what they held then. */
static void
add_past_referrers (ShequRecordDetails *self)
{
  ShequCatalogue *catalogue = shequ_office_get_catalogue (self->office);
  g_autoptr (GPtrArray) referrers = shequ_register_get_referrers (catalogue, self->reg);

  for (guint i = 0; i < referrers->len; i++)
    {
      const ShequField *link = g_ptr_array_index (referrers, i);

      if (!link->hidden && shequ_field_is_stored (link) && shequ_linked_records_tell_of_past (link))
        shequ_record_details_add_panel (
          self, shequ_linked_records_new (self->office, link->owner->label, link,
                                          shequ_record_get_key (self->record), NULL, self->as_of));
    }
}

static void
add_panels (ShequRecordDetails *self)
{
  self->has_panels = TRUE;
  g_signal_emit (self, signals[SIGNAL_PANELS], 0, self->record);
  if (self->as_of != NULL)
    {
      add_past_referrers (self);
      return;
    }
  add_referrers (self);
  shequ_record_details_add_panel (
    self, shequ_change_log_new (self->office, self->reg, shequ_record_get_key (self->record)));
}

static void
update (ShequRecordDetails *self)
{
  const ShequRow *row = self->record != NULL ? shequ_record_get_row (self->record) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  clear_box (self->fields);
  gtk_widget_set_visible (self->scrolled, row != NULL);
  shequ_unmask_bar_set_record (self->unmask_bar, self->record);
  if (row == NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_ROW_SHOWN], 0, self->record);
  title = shequ_row_get_title (row);
  detail = shequ_row_get_detail (row);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  add_group (self, row, NULL);
  for (guint i = 0; i < self->reg->groups->len; i++)
    add_group (self, row, g_ptr_array_index (self->reg->groups, i));
  if (!self->has_panels)
    add_panels (self);
}

static void
edit_clicked (ShequRecordDetails *self)
{
  g_signal_emit (self, signals[SIGNAL_EDIT], 0);
}

static void
delete_clicked (ShequRecordDetails *self)
{
  g_signal_emit (self, signals[SIGNAL_DELETE], 0);
}

static void
shequ_record_details_dispose (GObject *object)
{
  ShequRecordDetails *self = SHEQU_RECORD_DETAILS (object);

  if (self->record != NULL)
    g_signal_handlers_disconnect_by_func (self->record, update, self);
  g_clear_object (&self->record);
  g_clear_pointer (&self->as_of, g_free);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_record_details_parent_class)->dispose (object);
}

static void
shequ_record_details_class_init (ShequRecordDetailsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_record_details_dispose;

  signals[SIGNAL_EDIT] =
    g_signal_new ("edit", SHEQU_TYPE_RECORD_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DELETE] = g_signal_new ("delete", SHEQU_TYPE_RECORD_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PANELS] = g_signal_new ("panels", SHEQU_TYPE_RECORD_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, SHEQU_TYPE_RECORD);
  signals[SIGNAL_ROW_SHOWN] = g_signal_new ("row-shown", SHEQU_TYPE_RECORD_DETAILS, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, SHEQU_TYPE_RECORD);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_record_details_init (ShequRecordDetails *self)
{
}

static GtkWidget *
new_button (ShequRecordDetails *self, const char *label, const char *hint, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, hint);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

/* They flow into a second line where the pane is narrow; the keyboard stops at the button alone. */
static void
append_button (ShequRecordDetails *self, GtkWidget *button)
{
  gtk_flow_box_insert (GTK_FLOW_BOX (self->buttons), button, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static GtkLabel *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static void
build (ShequRecordDetails *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *clamp = adw_clamp_new ();

  self->title = new_label ("title-3");
  self->detail = new_label ("dim-label");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->detail));
  self->buttons = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->buttons), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->buttons), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->buttons), MOST_BUTTONS_IN_LINE);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_START);
  if (!self->reg->fixed)
    {
      append_button (self,
                     new_button (self, _ ("_Edit"), _ ("Edit the record (F2)"), G_CALLBACK (edit_clicked)));
      append_button (self, new_button (self, _ ("_Delete"), _ ("Delete the record (Ctrl+Delete)"),
                                       G_CALLBACK (delete_clicked)));
    }
  gtk_widget_set_visible (self->buttons, !self->reg->fixed);

  self->unmask_bar = shequ_unmask_bar_new ();
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->panels = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->buttons);
  gtk_box_append (GTK_BOX (box), self->unmask_bar);
  gtk_box_append (GTK_BOX (box), self->fields);
  gtk_box_append (GTK_BOX (box), self->panels);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_add_css_class (box, "record-details");

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_widget_hide (self->scrolled);
}

/**
 * shequ_record_details_new:
 * @office: whose records
 * @reg: the register
 *
 * Returns: (transfer floating): the view, with no record
 */
ShequRecordDetails *
shequ_record_details_new (ShequOffice *office, const ShequRegister *reg)
{
  ShequRecordDetails *self = g_object_new (SHEQU_TYPE_RECORD_DETAILS, NULL);

  self->office = g_object_ref (office);
  self->reg = reg;
  build (self);
  return self;
}

static void
take_key (ShequRecordDetails *self, gint64 key)
{
  if (self->record != NULL)
    g_signal_handlers_disconnect_by_func (self->record, update, self);
  g_clear_object (&self->record);
  clear_box (self->panels);
  self->has_panels = FALSE;
  if (key != 0)
    {
      self->record = shequ_record_new_as_of (self->office, self->reg, key, self->as_of);
      g_signal_connect_swapped (self->record, "notify::row", G_CALLBACK (update), self);
    }
  update (self);
}

/**
 * shequ_record_details_set_key:
 * @self: the view
 * @key: a record of the register, or 0 for none
 *
 * Shows a record as soon as it is read.
 */
void
shequ_record_details_set_key (ShequRecordDetails *self, gint64 key)
{
  g_return_if_fail (SHEQU_IS_RECORD_DETAILS (self));

  if (key != (self->record != NULL ? shequ_record_get_key (self->record) : 0))
    take_key (self, key);
}

/**
 * shequ_record_details_set_as_of:
 * @self: the view
 * @day: (nullable): a past day; %NULL for now
 *
 * Shows records as they stood at the end of a day, with what is known to have linked to them then, and
 * without what acts on them.
 */
void
shequ_record_details_set_as_of (ShequRecordDetails *self, const char *day)
{
  char *copy;

  g_return_if_fail (SHEQU_IS_RECORD_DETAILS (self));

  if (g_strcmp0 (day, self->as_of) == 0)
    return;
  copy = g_strdup (day);
  g_free (self->as_of);
  self->as_of = copy;
  gtk_widget_set_sensitive (self->buttons, day == NULL);
  take_key (self, self->record != NULL ? shequ_record_get_key (self->record) : 0);
}

/**
 * shequ_record_details_get_as_of:
 * @self: the view
 *
 * Returns: (nullable) (transfer none): the past day whose records are shown
 */
const char *
shequ_record_details_get_as_of (ShequRecordDetails *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_DETAILS (self), NULL);

  return self->as_of;
}

/**
 * shequ_record_details_get_record:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): what is shown
 */
ShequRecord *
shequ_record_details_get_record (ShequRecordDetails *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_DETAILS (self), NULL);

  return self->record;
}

/**
 * shequ_record_details_add_panel:
 * @self: the view
 * @panel: (transfer floating): what else belongs to the record that is shown
 *
 * Adds a panel below the fields, until another record is shown.
 */
void
shequ_record_details_add_panel (ShequRecordDetails *self, GtkWidget *panel)
{
  g_return_if_fail (SHEQU_IS_RECORD_DETAILS (self));

  gtk_box_append (GTK_BOX (self->panels), panel);
}

/**
 * shequ_record_details_add_button:
 * @self: the view
 * @button: (transfer floating): an act on the record that is shown
 *
 * Adds a button beside “Edit”, for good.
 */
void
shequ_record_details_add_button (ShequRecordDetails *self, GtkWidget *button)
{
  g_return_if_fail (SHEQU_IS_RECORD_DETAILS (self));

  append_button (self, button);
  gtk_widget_show (self->buttons);
}
