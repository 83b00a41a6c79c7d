#include "shequ-care-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-due-list.h"
#include "shequ-household-file-view.h"
#include "shequ-record-browser.h"
#include "shequ-survey-view.h"
#include "shequ-visit-dialog.h"

struct _ShequCarePage
{
  ShequPage parent_instance;

  GtkStack *views;
  ShequDueList *due;
  ShequHouseholdFileView *file;
  ShequSurveyView *surveys;
  ShequRecordBrowser *visits;
};

G_DEFINE_FINAL_TYPE (ShequCarePage, shequ_care_page, SHEQU_TYPE_PAGE)

static gboolean
is_shown (ShequCarePage *self, gpointer child)
{
  return gtk_stack_get_visible_child (self->views) == GTK_WIDGET (child);
}

static void
sync_actions (ShequCarePage *self)
{
  ShequPageActions actions = SHEQU_PAGE_NOTHING;

  if (is_shown (self, self->due))
    actions = SHEQU_PAGE_CAN_VISIT;
  else if (is_shown (self, self->surveys))
    actions = SHEQU_PAGE_CAN_CREATE;
  else if (is_shown (self, self->visits))
    actions = shequ_record_browser_get_actions (self->visits);
  else
    {
      actions = SHEQU_PAGE_CAN_FIND;
      if (shequ_household_file_view_get_household (self->file) != 0)
        actions |= SHEQU_PAGE_CAN_VISIT | SHEQU_PAGE_CAN_EDIT | SHEQU_PAGE_CAN_PRINT;
    }
  shequ_page_set_actions (SHEQU_PAGE (self), actions);
}

static void
open_household (ShequCarePage *self, gint64 household)
{
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->file));
  shequ_household_file_view_open (self->file, household);
}

static void
due_opened (ShequDueList *list, gint64 household, gint64 resident, ShequCarePage *self)
{
  if (household != 0)
    open_household (self, household);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(sx)", "resident", resident);
}

static void
due_visited (ShequDueList *list, gint64 household, gint64 resident, const char *who, ShequCarePage *self)
{
  shequ_visit_dialog_present (GTK_WIDGET (self), shequ_page_get_office (SHEQU_PAGE (self)), household,
                              resident, who);
}

static void
survey_opened (ShequSurveyView *view, gint64 household, ShequCarePage *self)
{
  open_household (self, household);
}

static void
shequ_care_page_perform (ShequPage *page, ShequPageActions action)
{
  ShequCarePage *self = SHEQU_CARE_PAGE (page);

  if (is_shown (self, self->visits))
    shequ_record_browser_perform (self->visits, action);
  else if (is_shown (self, self->surveys))
    shequ_survey_view_start (self->surveys);
  else if (is_shown (self, self->due))
    shequ_due_list_visit_selected (self->due);
  else if (action == SHEQU_PAGE_CAN_VISIT)
    shequ_household_file_view_visit (self->file);
  else if (action == SHEQU_PAGE_CAN_EDIT)
    shequ_household_file_view_edit (self->file);
  else if (action == SHEQU_PAGE_CAN_PRINT)
    shequ_household_file_view_print (self->file);
  else if (action == SHEQU_PAGE_CAN_FIND)
    shequ_household_file_view_find (self->file);
}

static gboolean
shequ_care_page_open_record (ShequPage *page, const ShequRegister *reg, gint64 key)
{
  ShequCarePage *self = SHEQU_CARE_PAGE (page);

  if (g_str_equal (reg->name, "household") && key != 0)
    open_household (self, key);
  else if (g_str_equal (reg->name, "survey_round"))
    {
      gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->surveys));
      if (key != 0)
        shequ_survey_view_open (self->surveys, key);
      else
        shequ_survey_view_start (self->surveys);
    }
  else if (reg == shequ_record_browser_get_register (self->visits))
    {
      gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->visits));
      shequ_record_browser_open (self->visits, key);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
shequ_care_page_show_records (ShequPage *page, const ShequRegister *reg, const char *condition)
{
  ShequCarePage *self = SHEQU_CARE_PAGE (page);

  if (reg != shequ_record_browser_get_register (self->visits))
    return FALSE;
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->visits));
  shequ_record_view_set_condition (shequ_record_browser_get_view (self->visits), condition);
  return TRUE;
}

static gboolean
shequ_care_page_has_unsaved (ShequPage *page)
{
  return shequ_record_browser_has_unsaved (SHEQU_CARE_PAGE (page)->visits);
}

static void
shequ_care_page_shown (ShequPage *page)
{
  ShequCarePage *self = SHEQU_CARE_PAGE (page);

  if (is_shown (self, self->due))
    gtk_widget_grab_focus (GTK_WIDGET (self->due));
}

static void
shequ_care_page_constructed (GObject *object)
{
  ShequCarePage *self = SHEQU_CARE_PAGE (object);
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  GtkWidget *switcher = gtk_stack_switcher_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  G_OBJECT_CLASS (shequ_care_page_parent_class)->constructed (object);
  self->due = SHEQU_DUE_LIST (shequ_due_list_new (office));
  self->file = SHEQU_HOUSEHOLD_FILE_VIEW (shequ_household_file_view_new (office));
  self->surveys = SHEQU_SURVEY_VIEW (shequ_survey_view_new (office));
  self->visits = shequ_record_browser_new (office, shequ_office_get_register (office, "visit"));
  self->views = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_titled (self->views, GTK_WIDGET (self->due), "due", _ ("To be visited"));
  gtk_stack_add_titled (self->views, GTK_WIDGET (self->file), "file", _ ("Household file"));
  gtk_stack_add_titled (self->views, GTK_WIDGET (self->surveys), "surveys", _ ("Survey rounds"));
  gtk_stack_add_titled (self->views, GTK_WIDGET (self->visits), "visits", _ ("Visits"));
  gtk_widget_set_vexpand (GTK_WIDGET (self->views), TRUE);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->views);
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (switcher, 6);
  gtk_widget_set_margin_bottom (switcher, 6);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->views));
  g_signal_connect_object (self->due, "opened", G_CALLBACK (due_opened), self, 0);
  g_signal_connect_object (self->due, "visited", G_CALLBACK (due_visited), self, 0);
  g_signal_connect_object (self->file, "opened", G_CALLBACK (sync_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->surveys, "opened", G_CALLBACK (survey_opened), self, 0);
  g_signal_connect_object (self->visits, "notify::actions", G_CALLBACK (sync_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (sync_actions), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), box);
  sync_actions (self);
}

static void
shequ_care_page_class_init (ShequCarePageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_care_page_constructed;
  page_class->shown = shequ_care_page_shown;
  page_class->perform = shequ_care_page_perform;
  page_class->open_record = shequ_care_page_open_record;
  page_class->show_records = shequ_care_page_show_records;
  page_class->has_unsaved = shequ_care_page_has_unsaved;
}

static void
shequ_care_page_init (ShequCarePage *self)
{
}
