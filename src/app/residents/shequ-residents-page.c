#include "shequ-residents-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-duplicates-pane.h"
#include "shequ-event-dialog.h"
#include "shequ-feedback.h"
#include "shequ-linked-records.h"
#include "shequ-record-browser.h"
#include "shequ-visit-dialog.h"

struct _ShequResidentsPage
{
  ShequPage parent_instance;

  GtkStack *sides; /* the list, or the pairs that may be duplicates */
  ShequRecordBrowser *browser;
  ShequDuplicatesPane *duplicates;
};

G_DEFINE_FINAL_TYPE (ShequResidentsPage, shequ_residents_page, SHEQU_TYPE_PAGE)

/* The people who live with a resident. */
static void
add_household (ShequRecordDetails *details, ShequRecord *record, ShequResidentsPage *self)
{
  const ShequField *link = shequ_register_lookup (shequ_record_get_register (record), "household");
  gint64 household = shequ_row_get_integer (shequ_record_get_row (record), "household");

  if (link != NULL && household != 0)
    shequ_record_details_add_panel (
      details,
      shequ_linked_records_new (shequ_page_get_office (SHEQU_PAGE (self)), _ ("Household"), link, household,
                                "{relation} · {sex} · {age}", shequ_record_details_get_as_of (details)));
}

/* A new resident of the household that is seen. */
static void
add_member (ShequResidentsPage *self)
{
  ShequRecord *record = shequ_record_details_get_record (shequ_record_browser_get_details (self->browser));
  const ShequRow *row = record != NULL ? shequ_record_get_row (record) : NULL;
  const ShequField *link =
    shequ_register_lookup (shequ_record_browser_get_register (self->browser), "household");
  g_autofree char *household = NULL;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  if (row == NULL || link == NULL || shequ_row_get_integer (row, "household") == 0)
    return;
  household = shequ_row_format (row, link, SHEQU_FORMAT_PLAIN);
  shequ_value_set_integer (&value, shequ_row_get_integer (row, "household"));
  shequ_record_browser_create (self->browser, "household", &value, household);
}

static GtkWidget *
new_member_button (ShequResidentsPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Add to the _household"));

  gtk_widget_set_tooltip_text (button, _ ("Add a new resident to this household"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_member), self, G_CONNECT_SWAPPED);
  return button;
}

static void
issue_certificate (ShequResidentsPage *self)
{
  ShequRecord *record = shequ_record_details_get_record (shequ_record_browser_get_details (self->browser));

  if (record != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.new-record", "(ssx)", "certificate", "resident",
                                shequ_record_get_key (record));
}

static GtkWidget *
new_certificate_button (ShequResidentsPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Certificate"));

  gtk_widget_set_tooltip_text (button, _ ("Issue a certificate for this resident"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (issue_certificate), self, G_CONNECT_SWAPPED);
  return button;
}

/* Another key group of the resident that is seen. */
static void
add_tag (ShequResidentsPage *self)
{
  ShequRecord *record = shequ_record_details_get_record (shequ_record_browser_get_details (self->browser));
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  const ShequRegister *reg = shequ_office_get_register (office, "resident_tag");

  if (record != NULL && reg != NULL)
    shequ_linked_records_add (GTK_WIDGET (self), office, shequ_register_lookup (reg, "resident"),
                              shequ_record_get_key (record));
}

static GtkWidget *
new_tag_button (ShequResidentsPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Key _group"));

  gtk_widget_set_tooltip_text (button, _ ("Enter this resident in a key group"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_tag), self, G_CONNECT_SWAPPED);
  return button;
}

/* A visit to the resident who is seen; it counts for all of the household. */
static void
log_visit (ShequResidentsPage *self)
{
  ShequRecord *record = shequ_record_details_get_record (shequ_record_browser_get_details (self->browser));
  g_autofree char *who = record != NULL ? shequ_record_get_title (record) : NULL;

  if (record != NULL)
    shequ_visit_dialog_present (GTK_WIDGET (self), shequ_page_get_office (SHEQU_PAGE (self)), 0,
                                shequ_record_get_key (record), who);
}

static GtkWidget *
new_visit_button (ShequResidentsPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Log a _visit"));

  gtk_widget_set_tooltip_text (button, _ ("Log a visit (Ctrl+L)"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (log_visit), self, G_CONNECT_SWAPPED);
  return button;
}

/* Births, deaths, moves …: what happened to the resident who is seen. */
static void
record_event (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ShequResidentsPage *self = user_data;
  ShequRecord *record = shequ_record_details_get_record (shequ_record_browser_get_details (self->browser));
  const ShequRow *row = record != NULL ? shequ_record_get_row (record) : NULL;
  const char *code = g_variant_get_string (parameter, NULL);

  for (ShequEventKind kind = SHEQU_EVENT_BIRTH; row != NULL && kind <= SHEQU_EVENT_UNION; kind++)
    if (g_str_equal (code, shequ_event_kind_get_code (kind)))
      shequ_event_dialog_present (GTK_WIDGET (self), shequ_page_get_office (SHEQU_PAGE (self)), kind, row);
}

static void
last_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequResidentsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_events_take_back_last_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_say (GTK_WIDGET (self), _ ("The last change is taken back"));
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The change was not taken back."), error);
}

static void
take_back_last (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ShequResidentsPage *self = user_data;
  ShequRecord *record = shequ_record_details_get_record (shequ_record_browser_get_details (self->browser));

  if (record != NULL)
    shequ_events_take_back_last_async (shequ_page_get_office (SHEQU_PAGE (self)),
                                       shequ_record_get_key (record), NULL, last_taken_back,
                                       g_object_ref (self));
}

static GtkWidget *
new_event_button (ShequResidentsPage *self)
{
  static const GActionEntry entries[] = { { "record", record_event, "s" }, { "take-back", take_back_last } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) kinds = g_menu_new ();
  g_autoptr (GMenu) back = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "event", G_ACTION_GROUP (actions));
  for (ShequEventKind kind = SHEQU_EVENT_BIRTH; kind <= SHEQU_EVENT_UNION; kind++)
    {
      g_autofree char *action = g_strdup_printf ("event.record::%s", shequ_event_kind_get_code (kind));

      g_menu_append (kinds, shequ_event_kind_get_label (kind), action);
    }
  g_menu_append (back, _ ("_Take back the last change"), "event.take-back");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (kinds));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (back));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("_Life events"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("Record a birth, a death, a move …"));
  return button;
}

/* Who can be edited is there to be visited, too. */
static void
sync_actions (ShequResidentsPage *self)
{
  ShequPageActions actions = shequ_record_browser_get_actions (self->browser);

  if ((actions & SHEQU_PAGE_CAN_EDIT) != 0)
    actions |= SHEQU_PAGE_CAN_VISIT;
  shequ_page_set_actions (SHEQU_PAGE (self), actions);
}

static void
show_list (ShequResidentsPage *self)
{
  gtk_stack_set_visible_child (self->sides, GTK_WIDGET (self->browser));
  sync_actions (self);
}

/**
 * shequ_residents_page_show_duplicates:
 * @self: the page
 * @after: 0, or only pairs with a resident whose key is greater, as those that an import added
 *
 * Shows the residents who may be registered twice.
 */
void
shequ_residents_page_show_duplicates (ShequResidentsPage *self, gint64 after)
{
  g_return_if_fail (SHEQU_IS_RESIDENTS_PAGE (self));

  gtk_stack_set_visible_child (self->sides, GTK_WIDGET (self->duplicates));
  shequ_page_set_actions (SHEQU_PAGE (self), SHEQU_PAGE_NOTHING);
  shequ_duplicates_pane_look (self->duplicates, after);
}

static void
show_duplicates (ShequResidentsPage *self)
{
  shequ_residents_page_show_duplicates (self, 0);
}

static GtkWidget *
new_duplicates_button (ShequResidentsPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Possible duplicates"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_set_margin_end (button, 6);
  gtk_widget_set_tooltip_text (button, _ ("Look for residents who are registered twice"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (show_duplicates), self, G_CONNECT_SWAPPED);
  return button;
}

static void
shequ_residents_page_perform (ShequPage *page, ShequPageActions action)
{
  if (action == SHEQU_PAGE_CAN_VISIT)
    log_visit (SHEQU_RESIDENTS_PAGE (page));
  else
    shequ_record_browser_perform (SHEQU_RESIDENTS_PAGE (page)->browser, action);
}

static gboolean
shequ_residents_page_open_record (ShequPage *page, const ShequRegister *reg, gint64 key)
{
  ShequResidentsPage *self = SHEQU_RESIDENTS_PAGE (page);

  if (reg != shequ_record_browser_get_register (self->browser))
    return FALSE;
  show_list (self);
  shequ_record_browser_open (self->browser, key);
  return TRUE;
}

static gboolean
shequ_residents_page_show_records (ShequPage *page, const ShequRegister *reg, const char *condition)
{
  ShequResidentsPage *self = SHEQU_RESIDENTS_PAGE (page);

  if (reg != shequ_record_browser_get_register (self->browser))
    return FALSE;
  show_list (self);
  shequ_record_view_set_condition (shequ_record_browser_get_view (self->browser), condition);
  return TRUE;
}

static gboolean
shequ_residents_page_has_unsaved (ShequPage *page)
{
  return shequ_record_browser_has_unsaved (SHEQU_RESIDENTS_PAGE (page)->browser);
}

static void
shequ_residents_page_constructed (GObject *object)
{
  ShequResidentsPage *self = SHEQU_RESIDENTS_PAGE (object);
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));

  G_OBJECT_CLASS (shequ_residents_page_parent_class)->constructed (object);
  self->browser = shequ_record_browser_new (office, shequ_office_get_register (office, "resident"));
  shequ_record_view_set_count_format (shequ_record_browser_get_view (self->browser), _ ("%s people"));
  g_signal_connect_object (shequ_record_browser_get_details (self->browser), "panels",
                           G_CALLBACK (add_household), self, 0);
  shequ_record_details_add_button (shequ_record_browser_get_details (self->browser),
                                   new_member_button (self));
  shequ_record_details_add_button (shequ_record_browser_get_details (self->browser),
                                   new_certificate_button (self));
  shequ_record_details_add_button (shequ_record_browser_get_details (self->browser), new_event_button (self));
  shequ_record_details_add_button (shequ_record_browser_get_details (self->browser), new_visit_button (self));
  shequ_record_details_add_button (shequ_record_browser_get_details (self->browser), new_tag_button (self));
  g_signal_connect_object (self->browser, "notify::actions", G_CALLBACK (sync_actions), self,
                           G_CONNECT_SWAPPED);
  shequ_record_view_append_to_foot (shequ_record_browser_get_view (self->browser),
                                    new_duplicates_button (self));
  self->duplicates = SHEQU_DUPLICATES_PANE (shequ_duplicates_pane_new (office));
  g_signal_connect_object (self->duplicates, "closed", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  self->sides = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->sides, GTK_WIDGET (self->browser));
  gtk_stack_add_child (self->sides, GTK_WIDGET (self->duplicates));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->sides));
  sync_actions (self);
}

static void
shequ_residents_page_class_init (ShequResidentsPageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_residents_page_constructed;
  page_class->perform = shequ_residents_page_perform;
  page_class->open_record = shequ_residents_page_open_record;
  page_class->show_records = shequ_residents_page_show_records;
  page_class->has_unsaved = shequ_residents_page_has_unsaved;
}

static void
shequ_residents_page_init (ShequResidentsPage *self)
{
}
