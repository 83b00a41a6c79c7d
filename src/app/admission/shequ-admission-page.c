#include "shequ-admission-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-board-view.h"
#include "shequ-admission-case.h"
#include "shequ-admission-due.h"
#include "shequ-admission-form.h"
#include "shequ-feedback.h"
#include "shequ-record-export.h"
#include "shequ-record-view.h"

struct _ShequAdmissionPage
{
  ShequPage parent_instance;

  const ShequRegister *reg;
  gint64 key; /* of the case that is open, or 0 */
  GtkStack *stack;
  ShequRecordView *view;
  ShequAdmissionCaseView *admission;
  ShequAdmissionBoardView *board; /* (nullable) until it is needed */
  ShequAdmissionForm *form;       /* (nullable) until it is needed */
};

G_DEFINE_FINAL_TYPE (ShequAdmissionPage, shequ_admission_page, SHEQU_TYPE_PAGE)

static gboolean
is_shown (ShequAdmissionPage *self, gpointer child)
{
  return child != NULL && gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (child);
}

static void
sync_actions (ShequAdmissionPage *self)
{
  ShequPageActions actions = SHEQU_PAGE_CAN_CREATE | SHEQU_PAGE_CAN_FIND | SHEQU_PAGE_CAN_EXPORT;

  if (is_shown (self, self->form))
    actions = SHEQU_PAGE_CAN_SAVE;
  else if (is_shown (self, self->board))
    actions = SHEQU_PAGE_CAN_CREATE | SHEQU_PAGE_CAN_FIND | SHEQU_PAGE_CAN_PRINT;
  else if (is_shown (self, self->admission))
    actions |= SHEQU_PAGE_CAN_EDIT | SHEQU_PAGE_CAN_DELETE;
  shequ_page_set_actions (SHEQU_PAGE (self), actions);
}

static void
show_list (ShequAdmissionPage *self)
{
  self->key = 0;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->view));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
show_case (ShequAdmissionPage *self, gint64 key)
{
  self->key = key;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->admission));
  shequ_admission_case_view_open (self->admission, key);
}

static void
show_board (ShequAdmissionPage *self)
{
  if (self->board == NULL)
    {
      self->board = SHEQU_ADMISSION_BOARD_VIEW (
        shequ_admission_board_view_new (shequ_page_get_office (SHEQU_PAGE (self))));
      g_signal_connect_object (self->board, "left", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->board));
    }
  shequ_admission_board_view_refresh (self->board);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->board));
  gtk_widget_child_focus (GTK_WIDGET (self->board), GTK_DIR_TAB_FORWARD);
}

static void
form_left (ShequAdmissionPage *self)
{
  if (self->key != 0)
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->admission));
  else
    show_list (self);
}

/* What was filed is seen as a case at once. */
static void
form_saved (ShequRecordForm *form, const ShequRow *row, ShequAdmissionPage *self)
{
  g_autofree char *title = shequ_row_get_title (row);
  g_autofree char *message = g_strdup_printf (_ ("“%s” is saved"), title);

  shequ_record_view_select (self->view, row->key);
  show_case (self, row->key);
  shequ_feedback_say (GTK_WIDGET (self), message);
}

static void
start_form (ShequAdmissionPage *self, const ShequRow *row)
{
  if (self->form == NULL)
    {
      ShequRecordForm *form;

      self->form =
        SHEQU_ADMISSION_FORM (shequ_admission_form_new (shequ_page_get_office (SHEQU_PAGE (self))));
      form = shequ_admission_form_get_form (self->form);
      g_signal_connect_object (form, "saved", G_CALLBACK (form_saved), self, 0);
      g_signal_connect_object (form, "left", G_CALLBACK (form_left), self, G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->form));
    }
  if (!is_shown (self, self->form))
    shequ_admission_form_start (self->form, row);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->form));
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
edit_asked (ShequAdmissionCaseView *view, const ShequRow *row, ShequAdmissionPage *self)
{
  start_form (self, row);
}

static const ShequRow *
get_row (ShequAdmissionPage *self)
{
  ShequRecord *record =
    shequ_record_details_get_record (shequ_admission_case_view_get_details (self->admission));

  return record != NULL ? shequ_record_get_row (record) : NULL;
}

/* What was deleted, as long as it can be brought back. */
typedef struct
{
  ShequAdmissionPage *page;
  gint64 key;
  char *title;
} Deleted;

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_object_unref (deleted->page);
  g_free (deleted->title);
  g_free (deleted);
}

static void
restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequAdmissionPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_office_restore_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The record was not brought back."), error);
}

static void
bring_back (gpointer data)
{
  Deleted *deleted = data;

  shequ_office_restore_async (shequ_page_get_office (SHEQU_PAGE (deleted->page)), deleted->page->reg,
                              deleted->key, NULL, restored, g_object_ref (deleted->page));
}

static void
was_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Deleted *deleted = user_data;
  ShequAdmissionPage *self = deleted->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (!shequ_office_delete_finish (SHEQU_OFFICE (source), result, &error))
    {
      message = g_strdup_printf (_ ("“%s” was not deleted."), deleted->title);
      shequ_feedback_show_error (GTK_WIDGET (self), message, error);
      deleted_free (deleted);
      return;
    }
  if (self->key == deleted->key)
    show_list (self);
  message = g_strdup_printf (_ ("“%s” is deleted"), deleted->title);
  shequ_feedback_offer_undo (GTK_WIDGET (self), message, bring_back, deleted, deleted_free);
}

static void
delete_asked (ShequAdmissionPage *self)
{
  const ShequRow *row = get_row (self);
  Deleted *deleted;

  if (row == NULL)
    return;
  deleted = g_new0 (Deleted, 1);
  deleted->page = g_object_ref (self);
  deleted->key = row->key;
  deleted->title = shequ_row_get_title (row);
  shequ_office_delete_async (shequ_page_get_office (SHEQU_PAGE (self)), self->reg, row->key, row->version,
                             NULL, was_deleted, deleted);
}

static void
view_activated (ShequRecordView *view, ShequRecord *record, ShequAdmissionPage *self)
{
  show_case (self, shequ_record_get_key (record));
}

static void
shequ_admission_page_perform (ShequPage *page, ShequPageActions action)
{
  ShequAdmissionPage *self = SHEQU_ADMISSION_PAGE (page);

  if (action == SHEQU_PAGE_CAN_CREATE)
    start_form (self, NULL);
  else if (action == SHEQU_PAGE_CAN_SAVE)
    shequ_record_form_save (shequ_admission_form_get_form (self->form));
  else if (action == SHEQU_PAGE_CAN_EDIT && get_row (self) != NULL)
    start_form (self, get_row (self));
  else if (action == SHEQU_PAGE_CAN_DELETE)
    delete_asked (self);
  else if (action == SHEQU_PAGE_CAN_PRINT && self->board != NULL)
    shequ_admission_board_view_print (self->board);
  else if (action == SHEQU_PAGE_CAN_EXPORT)
    shequ_record_export_ask (self->view, shequ_page_get_office (page));
  else if (action == SHEQU_PAGE_CAN_FIND)
    {
      show_list (self);
      shequ_record_view_focus_search (self->view);
    }
}

static gboolean
has_unsaved (ShequAdmissionPage *self)
{
  return is_shown (self, self->form) &&
         shequ_record_form_get_changed (shequ_admission_form_get_form (self->form));
}

/* What is being typed is not taken away by a link to another case. */
static gboolean
shequ_admission_page_open_record (ShequPage *page, const ShequRegister *reg, gint64 key)
{
  ShequAdmissionPage *self = SHEQU_ADMISSION_PAGE (page);

  if (reg != self->reg)
    return FALSE;
  if (has_unsaved (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->form));
  else if (key == 0)
    start_form (self, NULL);
  else
    {
      shequ_record_view_select (self->view, key);
      show_case (self, key);
    }
  return TRUE;
}

static gboolean
shequ_admission_page_show_records (ShequPage *page, const ShequRegister *reg, const char *condition)
{
  ShequAdmissionPage *self = SHEQU_ADMISSION_PAGE (page);

  if (reg != self->reg)
    return FALSE;
  if (has_unsaved (self))
    return TRUE;
  shequ_record_view_choose_list (self->view, "default");
  shequ_record_view_set_condition (self->view, condition);
  show_list (self);
  return TRUE;
}

static gboolean
shequ_admission_page_has_unsaved (ShequPage *page)
{
  return has_unsaved (SHEQU_ADMISSION_PAGE (page));
}

static void
add_foot (ShequAdmissionPage *self)
{
  GtkWidget *pushed = gtk_button_new_with_mnemonic (_ ("Told _without admission"));
  GtkWidget *board = gtk_button_new_with_mnemonic (_ ("_Board"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (pushed), "win.note-pushed");
  gtk_widget_set_tooltip_text (pushed, _ ("Note a task that was pushed down (Ctrl+U)"));
  gtk_widget_set_tooltip_text (board, _ ("Cases by state and by whose turn it is, departments by month"));
  g_signal_connect_object (board, "clicked", G_CALLBACK (show_board), self, G_CONNECT_SWAPPED);
  shequ_record_view_append_to_foot (self->view, pushed);
  shequ_record_view_append_to_foot (self->view, board);
}

static void
shequ_admission_page_constructed (GObject *object)
{
  ShequAdmissionPage *self = SHEQU_ADMISSION_PAGE (object);
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));

  G_OBJECT_CLASS (shequ_admission_page_parent_class)->constructed (object);
  self->reg = shequ_office_get_register (office, "application");
  self->view = shequ_record_view_new (office, self->reg);
  shequ_admission_due_add_column (office, shequ_record_view_get_columns (self->view));
  shequ_record_view_set_count_format (self->view, _ ("%s applications"));
  shequ_record_view_choose_list (self->view, "open");
  add_foot (self);
  g_signal_connect_object (self->view, "activated", G_CALLBACK (view_activated), self, 0);
  self->admission = SHEQU_ADMISSION_CASE_VIEW (shequ_admission_case_view_new (office));
  g_signal_connect_object (self->admission, "left", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->admission, "edit", G_CALLBACK (edit_asked), self, 0);
  g_signal_connect_object (self->admission, "delete", G_CALLBACK (delete_asked), self, G_CONNECT_SWAPPED);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->view));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->admission));
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (sync_actions), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  sync_actions (self);
}

static void
shequ_admission_page_class_init (ShequAdmissionPageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_admission_page_constructed;
  page_class->perform = shequ_admission_page_perform;
  page_class->open_record = shequ_admission_page_open_record;
  page_class->show_records = shequ_admission_page_show_records;
  page_class->has_unsaved = shequ_admission_page_has_unsaved;
}

static void
shequ_admission_page_init (ShequAdmissionPage *self)
{
}
