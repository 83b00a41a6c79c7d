#include "shequ-volunteers-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-date.h"
#include "shequ-feedback.h"
#include "shequ-print-operation.h"
#include "shequ-record-browser.h"
#include "shequ-record-form.h"
#include "shequ-roster-paper.h"
#include "shequ-roster-week.h"
#include "shequ-shift-pane.h"

#define REFRESH_MILLISECONDS 100

struct _ShequVolunteersPage
{
  ShequPage parent_instance;

  GtkStack *stack;
  GtkStack *roster_stack;
  GtkLabel *period;
  GtkLabel *summary;
  ShequRosterWeek *week;
  ShequShiftPane *pane;
  ShequRecordBrowser *volunteers;
  ShequRecordBrowser *teams;

  char monday[SHEQU_DATE_TEXT_SIZE];
  gint64 selected;      /* the shift that is looked at, or 0 */
  ShequRecord *awaited; /* (nullable): a shift whose week is not known yet */
  GPtrArray *roster;    /* (nullable) (element-type ShequRosterShift) */
  GCancellable *cancellable;
  guint refresh;
};

G_DEFINE_FINAL_TYPE (ShequVolunteersPage, shequ_volunteers_page, SHEQU_TYPE_PAGE)

static ShequOffice *
get_office (ShequVolunteersPage *self)
{
  return shequ_page_get_office (SHEQU_PAGE (self));
}

/* The register in front, or %NULL where the roster is. */
static ShequRecordBrowser *
get_browser (ShequVolunteersPage *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->stack);

  return child != NULL && SHEQU_IS_RECORD_BROWSER (child) ? SHEQU_RECORD_BROWSER (child) : NULL;
}

static void
sync_actions (ShequVolunteersPage *self)
{
  ShequRecordBrowser *browser = get_browser (self);
  ShequPageActions actions = SHEQU_PAGE_CAN_CREATE;

  if (self->roster != NULL && self->roster->len > 0)
    actions |= SHEQU_PAGE_CAN_PRINT;
  if (self->selected != 0)
    actions |= SHEQU_PAGE_CAN_EDIT;
  shequ_page_set_actions (SHEQU_PAGE (self),
                          browser != NULL ? shequ_record_browser_get_actions (browser) : actions);
}

static const ShequRosterShift *
find_shift (ShequVolunteersPage *self, gint64 key)
{
  for (guint i = 0; self->roster != NULL && i < self->roster->len; i++)
    {
      const ShequRosterShift *shift = g_ptr_array_index (self->roster, i);

      if (shift->shift->key == key)
        return shift;
    }
  return NULL;
}

/* The shift that is looked at, else the first that lacks hands, else the first. */
static gint64
choose_shift (ShequVolunteersPage *self)
{
  if (find_shift (self, self->selected) != NULL)
    return self->selected;
  for (guint i = 0; i < self->roster->len; i++)
    {
      const ShequRosterShift *shift = g_ptr_array_index (self->roster, i);

      if (shift->assignments->len < shequ_row_get_integer (shift->shift, "needed"))
        return shift->shift->key;
    }
  return self->roster->len > 0 ? ((const ShequRosterShift *) g_ptr_array_index (self->roster, 0))->shift->key
                               : 0;
}

static char *
describe_week (ShequVolunteersPage *self)
{
  ShequDate first, last;
  g_autofree char *from = NULL, *to = NULL;

  if (!shequ_date_from_iso (self->monday, &first))
    return g_strdup (self->monday);
  last = shequ_date_add_days (&first, 6);
  from = shequ_date_format_chinese (&first);
  to = shequ_date_format_chinese (&last);
  return g_strdup_printf (_ ("%s to %s"), from, to);
}

static void
show_summary (ShequVolunteersPage *self)
{
  gint64 n_wanted = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->roster->len; i++)
    {
      const ShequRosterShift *shift = g_ptr_array_index (self->roster, i);

      n_wanted += MAX (0, shequ_row_get_integer (shift->shift, "needed") - (gint64) shift->assignments->len);
    }
  text = g_strdup_printf (_ ("Shifts: %u · volunteers still wanted: %d"), self->roster->len, (int) n_wanted);
  gtk_label_set_text (self->summary, text);
}

static void
listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequVolunteersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roster = shequ_volunteers_list_finish (SHEQU_OFFICE (source), result, &error);
  g_autofree char *today = shequ_office_get_today (SHEQU_OFFICE (source));

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (roster == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The roster cannot be shown."), error);
      return;
    }
  g_clear_pointer (&self->roster, g_ptr_array_unref);
  self->roster = g_steal_pointer (&roster);
  self->selected = choose_shift (self);
  shequ_roster_week_show (self->week, self->monday, today, self->roster, self->selected);
  shequ_shift_pane_show (self->pane, find_shift (self, self->selected));
  show_summary (self);
  gtk_stack_set_visible_child_name (self->roster_stack, self->roster->len > 0 ? "week" : "empty");
  sync_actions (self);
}

static void
refresh (ShequVolunteersPage *self)
{
  g_autofree char *week = describe_week (self);
  ShequDate last;
  char to[SHEQU_DATE_TEXT_SIZE];

  if (!shequ_date_from_iso (self->monday, &last))
    return;
  last = shequ_date_add_days (&last, 6);
  shequ_date_to_iso (&last, to);
  gtk_label_set_text (self->period, week);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  shequ_volunteers_list_roster_async (get_office (self), self->monday, to, self->cancellable, listed,
                                      g_object_ref (self));
}

static gboolean
refresh_now (gpointer data)
{
  ShequVolunteersPage *self = data;

  self->refresh = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
office_changed (ShequVolunteersPage *self)
{
  if (self->refresh == 0)
    self->refresh = g_timeout_add (REFRESH_MILLISECONDS, refresh_now, self);
}

/* The week of a day; Monday is its first. */
static void
show_week_of (ShequVolunteersPage *self, const char *day)
{
  ShequDate date;

  if (!shequ_date_from_iso (day, &date))
    return;
  date = shequ_date_add_days (&date, -((shequ_date_weekday (&date) + 6) % 7));
  shequ_date_to_iso (&date, self->monday);
  refresh (self);
}

static void
move_weeks (ShequVolunteersPage *self, int weeks)
{
  ShequDate date;
  char day[SHEQU_DATE_TEXT_SIZE];

  if (!shequ_date_from_iso (self->monday, &date))
    return;
  date = shequ_date_add_days (&date, 7 * weeks);
  shequ_date_to_iso (&date, day);
  self->selected = 0;
  show_week_of (self, day);
}

static void
previous_clicked (ShequVolunteersPage *self)
{
  move_weeks (self, -1);
}

static void
next_clicked (ShequVolunteersPage *self)
{
  move_weeks (self, 1);
}

static void
today_clicked (ShequVolunteersPage *self)
{
  g_autofree char *today = shequ_office_get_today (get_office (self));

  self->selected = 0;
  show_week_of (self, today);
}

static void
shift_selected (ShequRosterWeek *week, gint64 key, ShequVolunteersPage *self)
{
  self->selected = key;
  shequ_shift_pane_show (self->pane, find_shift (self, key));
  sync_actions (self);
}

static void
shift_activated (ShequRosterWeek *week, gint64 key, ShequVolunteersPage *self)
{
  shequ_shift_pane_focus_candidates (self->pane);
}

static void
new_shift (ShequVolunteersPage *self)
{
  const ShequRegister *reg = shequ_office_get_register (get_office (self), "shift");
  ShequRecordForm *form = shequ_record_form_present (GTK_WIDGET (self), get_office (self), reg);
  g_auto (ShequValue) day = SHEQU_VALUE_INIT;
  const ShequRosterShift *shift = find_shift (self, self->selected);

  shequ_value_set_text (&day, shift != NULL ? shequ_row_get_text (shift->shift, "day") : self->monday);
  shequ_record_form_preset (form, "day", &day, NULL);
}

static void
edit_shift (ShequVolunteersPage *self)
{
  const ShequRosterShift *shift = find_shift (self, self->selected);

  if (shift != NULL)
    shequ_record_form_edit (
      shequ_record_form_present (GTK_WIDGET (self), get_office (self), shift->shift->reg), shift->shift);
}

static void
print_week (ShequVolunteersPage *self)
{
  g_autofree char *week = describe_week (self);
  g_autoptr (ShequDocument) document =
    shequ_roster_paper_new (get_office (self), self->monday, week, self->roster);

  if (document != NULL)
    shequ_print_operation_run (GTK_WIDGET (self), document);
}

static void
shequ_volunteers_page_perform (ShequPage *page, ShequPageActions action)
{
  ShequVolunteersPage *self = SHEQU_VOLUNTEERS_PAGE (page);

  if (get_browser (self) != NULL)
    shequ_record_browser_perform (get_browser (self), action);
  else if (action == SHEQU_PAGE_CAN_CREATE)
    new_shift (self);
  else if (action == SHEQU_PAGE_CAN_EDIT)
    edit_shift (self);
  else if (action == SHEQU_PAGE_CAN_PRINT)
    print_week (self);
}

static ShequRecordBrowser *
find_browser (ShequVolunteersPage *self, const ShequRegister *reg)
{
  if (reg == shequ_record_browser_get_register (self->volunteers))
    return self->volunteers;
  return reg == shequ_record_browser_get_register (self->teams) ? self->teams : NULL;
}

static void
shift_filled (ShequVolunteersPage *self)
{
  const ShequRow *row = self->awaited != NULL ? shequ_record_get_row (self->awaited) : NULL;
  g_autofree char *day = row != NULL ? g_strdup (shequ_row_get_text (row, "day")) : NULL;

  if (day == NULL)
    return;
  self->selected = row->key;
  g_signal_handlers_disconnect_by_data (self->awaited, self);
  g_clear_object (&self->awaited);
  show_week_of (self, day);
}

static void
open_shift (ShequVolunteersPage *self, const ShequRegister *reg, gint64 key)
{
  gtk_stack_set_visible_child_name (self->stack, "roster");
  if (key == 0)
    {
      new_shift (self);
      return;
    }
  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_data (self->awaited, self);
  g_clear_object (&self->awaited);
  self->awaited = shequ_record_new (get_office (self), reg, key);
  g_signal_connect_object (self->awaited, "notify::row", G_CALLBACK (shift_filled), self, G_CONNECT_SWAPPED);
  shift_filled (self);
}

static gboolean
shequ_volunteers_page_open_record (ShequPage *page, const ShequRegister *reg, gint64 key)
{
  ShequVolunteersPage *self = SHEQU_VOLUNTEERS_PAGE (page);
  ShequRecordBrowser *browser = find_browser (self, reg);

  if (g_str_equal (reg->name, "shift"))
    {
      open_shift (self, reg, key);
      return TRUE;
    }
  if (browser == NULL)
    return FALSE;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (browser));
  shequ_record_browser_open (browser, key);
  return TRUE;
}

static gboolean
shequ_volunteers_page_show_records (ShequPage *page, const ShequRegister *reg, const char *condition)
{
  ShequVolunteersPage *self = SHEQU_VOLUNTEERS_PAGE (page);
  ShequRecordBrowser *browser = find_browser (self, reg);

  if (browser == NULL)
    return FALSE;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (browser));
  shequ_record_view_set_condition (shequ_record_browser_get_view (browser), condition);
  return TRUE;
}

static gboolean
shequ_volunteers_page_has_unsaved (ShequPage *page)
{
  ShequVolunteersPage *self = SHEQU_VOLUNTEERS_PAGE (page);

  return shequ_record_browser_has_unsaved (self->volunteers) ||
         shequ_record_browser_has_unsaved (self->teams);
}

static GtkWidget *
new_button (ShequVolunteersPage *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button =
    icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_mnemonic (name);

  if (icon != NULL)
    {
      gtk_widget_set_tooltip_text (button, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_bar (ShequVolunteersPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->period = GTK_LABEL (gtk_label_new (NULL));
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->period), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_label_set_ellipsize (self->summary, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  gtk_box_append (GTK_BOX (bar), new_button (self, "go-previous-symbolic", _ ("Previous week"),
                                             G_CALLBACK (previous_clicked)));
  gtk_box_append (GTK_BOX (bar), new_button (self, NULL, _ ("_This week"), G_CALLBACK (today_clicked)));
  gtk_box_append (GTK_BOX (bar),
                  new_button (self, "go-next-symbolic", _ ("Next week"), G_CALLBACK (next_clicked)));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->period));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (bar), new_button (self, NULL, _ ("New _shift"), G_CALLBACK (new_shift)));
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_bottom (bar, 12);
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 12);
  return bar;
}

static GtkWidget *
new_roster (ShequVolunteersPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *empty =
    g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "x-office-calendar-symbolic", "title",
                  _ ("No shifts in this week"), "description",
                  _ ("Add a shift: what is done, when, where, and how many are needed. Volunteers "
                     "are then assigned here without clashes."),
                  NULL);

  self->week = shequ_roster_week_new ();
  self->pane = shequ_shift_pane_new (get_office (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self->week), TRUE);
  g_signal_connect_object (self->week, "selected", G_CALLBACK (shift_selected), self, 0);
  g_signal_connect_object (self->week, "activated", G_CALLBACK (shift_activated), self, 0);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->week));
  gtk_box_append (GTK_BOX (line), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->pane));
  self->roster_stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->roster_stack, line, "week");
  gtk_stack_add_named (self->roster_stack, empty, "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->roster_stack), TRUE);
  gtk_box_append (GTK_BOX (box), new_bar (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->roster_stack));
  return box;
}

static ShequRecordBrowser *
new_browser (ShequVolunteersPage *self, const char *name)
{
  ShequOffice *office = get_office (self);
  const ShequRegister *reg = shequ_office_get_register (office, name);
  ShequRecordBrowser *browser = shequ_record_browser_new (office, reg);

  g_signal_connect_object (browser, "notify::actions", G_CALLBACK (sync_actions), self, G_CONNECT_SWAPPED);
  gtk_stack_add_titled (self->stack, GTK_WIDGET (browser), name, reg->label);
  return browser;
}

static void
shequ_volunteers_page_shown (ShequPage *page)
{
  ShequVolunteersPage *self = SHEQU_VOLUNTEERS_PAGE (page);

  if (get_browser (self) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->week), GTK_DIR_TAB_FORWARD);
}

static void
shequ_volunteers_page_constructed (GObject *object)
{
  ShequVolunteersPage *self = SHEQU_VOLUNTEERS_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *switcher = gtk_stack_switcher_new ();

  G_OBJECT_CLASS (shequ_volunteers_page_parent_class)->constructed (object);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_titled (self->stack, new_roster (self), "roster", _ ("Roster"));
  self->volunteers = new_browser (self, "volunteer");
  self->teams = new_browser (self, "team");
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (switcher, 6);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (sync_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_office (self), "changed", G_CALLBACK (office_changed), self,
                           G_CONNECT_SWAPPED);
  sync_actions (self);
  today_clicked (self);
}

static void
shequ_volunteers_page_dispose (GObject *object)
{
  ShequVolunteersPage *self = SHEQU_VOLUNTEERS_PAGE (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->awaited);
  if (self->stack != NULL)
    g_signal_handlers_disconnect_by_data (self->stack, self);
  self->stack = NULL;
  g_clear_pointer (&self->roster, g_ptr_array_unref);
  G_OBJECT_CLASS (shequ_volunteers_page_parent_class)->dispose (object);
}

static void
shequ_volunteers_page_class_init (ShequVolunteersPageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_volunteers_page_constructed;
  G_OBJECT_CLASS (class)->dispose = shequ_volunteers_page_dispose;
  page_class->shown = shequ_volunteers_page_shown;
  page_class->perform = shequ_volunteers_page_perform;
  page_class->open_record = shequ_volunteers_page_open_record;
  page_class->show_records = shequ_volunteers_page_show_records;
  page_class->has_unsaved = shequ_volunteers_page_has_unsaved;
}

static void
shequ_volunteers_page_init (ShequVolunteersPage *self)
{
}
