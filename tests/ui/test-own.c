/* The dialog for a field of the office's own, and what becomes of it on the pages. */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "shequ-child-lines.h"
#include "shequ-field-editor.h"
#include "shequ-locale.h"
#include "shequ-own-field-dialog.h"
#include "shequ-own.h"
#include "shequ-pages.h"
#include "shequ-record-form.h"

typedef struct
{
  char *folder;
  char *path;
  ShequOffice *office;
  char *saved;
} Fixture;

static void
open_office (Fixture *fixture, gboolean create)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);

  g_assert_no_error (error);
  fixture->office = create ? shequ_office_create (fixture->path, catalogue, "幸福里社区",
                                                  SHEQU_LEVEL_COMMUNITY, "王芳", "test", NULL, &error)
                           : shequ_office_open (fixture->path, catalogue, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("shequ-own-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "office.db", NULL);
  open_office (fixture, TRUE);
}

static void
spin (void)
{
  for (guint i = 0; i < 10; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static void
close_office (Fixture *fixture)
{
  for (guint i = 0; i < 20; i++)
    spin ();
  g_assert_finalize_object (g_steal_pointer (&fixture->office));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  close_office (fixture);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->saved);
}

/* The first visible row below `top` with this title. */
static GtkWidget *
find_row (GtkWidget *top, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (top) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (top)), title) == 0)
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_type (GtkWidget *top, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (top, type))
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
require_row (gpointer top, const char *title)
{
  GtkWidget *row = find_row (GTK_WIDGET (top), title);

  if (row == NULL)
    g_error ("there is no row “%s”", title);
  return row;
}

static void
take_saved (ShequOwnFieldDialog *dialog, const char *label, Fixture *fixture)
{
  fixture->saved = g_strdup (label);
}

static ShequOwnFieldDialog *
present (Fixture *fixture, ShequOwnField *field)
{
  ShequOwnFieldDialog *dialog = shequ_own_field_dialog_new (fixture->office, "resident", field);

  g_signal_connect (dialog, "saved", G_CALLBACK (take_saved), fixture);
  gtk_window_present (GTK_WINDOW (dialog));
  spin ();
  return dialog;
}

static void
choose_kind (ShequOwnFieldDialog *dialog, ShequFieldKind kind)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (require_row (dialog, "种类")), shequ_own_kind_find (kind, NULL));
}

static void
type_choices (ShequOwnFieldDialog *dialog, const char *text)
{
  GtkWidget *view = find_type (GTK_WIDGET (dialog), GTK_TYPE_TEXT_VIEW);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
wait_for_save (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (fixture->saved == NULL && g_get_monotonic_time () < end)
    spin ();
  g_assert_nonnull (fixture->saved);
}

static void
test_new_field (Fixture *fixture, gconstpointer data)
{
  ShequOwnFieldDialog *dialog = present (fixture, NULL);
  GtkWidget *window = gtk_window_new ();
  ShequRecordForm *form;
  const ShequRegister *resident;

  gtk_editable_set_text (GTK_EDITABLE (require_row (dialog, "字段名称")), "爱好");
  choose_kind (dialog, SHEQU_FIELD_CODE);
  type_choices (dialog, "钓鱼\n\n下棋\n");
  while (find_row (GTK_WIDGET (dialog), "爱好") == NULL)
    spin ();
  g_assert_true (ADW_IS_COMBO_ROW (require_row (dialog, "爱好")) ||
                 ADW_IS_ACTION_ROW (require_row (dialog, "爱好")));
  shequ_own_field_dialog_save (dialog);
  wait_for_save (fixture);
  g_assert_cmpstr (fixture->saved, ==, "爱好");

  close_office (fixture);
  open_office (fixture, FALSE);
  resident = shequ_office_get_register (fixture->office, "resident");
  g_assert_cmpuint (shequ_register_lookup (resident, "own_aihao")->codes->codes->len, ==, 2);
  form = shequ_record_form_new (fixture->office, resident);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (form));
  require_row (form, "爱好");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What cannot be stored is said in the dialog, which stays. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  ShequOwnFieldDialog *dialog = present (fixture, NULL);
  GtkWidget *problem = NULL;
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  gtk_editable_set_text (GTK_EDITABLE (require_row (dialog, "字段名称")), "姓名");
  shequ_own_field_dialog_save (dialog);
  while (g_get_monotonic_time () < end)
    {
      problem = gtk_widget_get_next_sibling (
        gtk_widget_get_first_child (adw_window_get_content (ADW_WINDOW (dialog))));
      problem = find_type (problem, GTK_TYPE_LABEL);
      if (gtk_widget_get_visible (problem))
        break;
      spin ();
    }
  g_assert_true (gtk_widget_get_visible (problem));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (problem)), "姓名"));
  g_assert_null (fixture->saved);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = shequ_own_add_register (fixture->office, "犬只登记", NULL, &error);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = shequ_pages_make (shequ_pages_lookup ("own"), fixture->office);
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  g_assert_no_error (error);
  g_assert_nonnull (name);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  shequ_page_shown (SHEQU_PAGE (page));
  while (find_row (page, "名称") == NULL && g_get_monotonic_time () < end)
    spin ();
  require_row (page, "名称");
  require_row (page, "备注");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The form of every shipped register asks for all that is typed. */
static void
test_every_form (Fixture *fixture, gconstpointer data)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (fixture->office));

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = g_ptr_array_index (registers, i);
      GtkWidget *window = gtk_window_new ();
      ShequRecordForm *form = shequ_record_form_new (fixture->office, reg);

      gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (form));
      for (guint k = 0; k < reg->fields->len; k++)
        {
          const ShequField *field = g_ptr_array_index (reg->fields, k);
          g_autofree char *title = shequ_field_editor_get_title (field);
          g_autofree char *marked = g_strconcat (title, " *", NULL);

          if (shequ_field_is_stored (field) && !field->hidden && !field->read_only &&
              !shequ_field_editor_is_own_unit (fixture->office, field) &&
              find_row (GTK_WIDGET (form), title) == NULL && find_row (GTK_WIDGET (form), marked) == NULL)
            g_error ("%s.%s is not in the form", reg->name, field->name);
        }
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static ShequRecordForm *
find_form (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    {
      GtkWidget *form =
        gtk_widget_get_visible (item->data) ? find_type (item->data, SHEQU_TYPE_RECORD_FORM) : NULL;

      if (form != NULL)
        return SHEQU_RECORD_FORM (form);
    }
  return NULL;
}

static gint64
count (Fixture *fixture, const ShequRegister *reg)
{
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, reg);

  return shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, NULL);
}

static gboolean
press_key (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
    }
  return handled;
}

/* Lines of a record are entered on its page, one after the other. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *lines = shequ_office_get_register (fixture->office, "child_attendance");
  g_autoptr (ShequRow) child =
    shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, "child_care"));
  GtkWidget *window = gtk_window_new ();
  GtkWidget *panel;
  GtkListBox *list;
  ShequRecordForm *form;
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  shequ_row_set_text (child, "name", "小明");
  shequ_row_set_text (child, "guardian", "王芳");
  shequ_row_set_text (child, "phone", "13800000001");
  shequ_row_set_text (child, "consent_on", "2026-01-01");
  shequ_row_set_text (child, "pick_up", "王芳 13800000001");
  shequ_office_save (fixture->office, child, NULL, NULL, &error);
  g_assert_no_error (error);
  panel = shequ_child_lines_new (fixture->office, shequ_register_lookup (lines, "child_care"), child->key);
  gtk_window_set_child (GTK_WINDOW (window), panel);
  gtk_window_present (GTK_WINDOW (window));
  spin ();
  g_assert_true (gtk_widget_get_visible (panel));
  g_signal_emit_by_name (find_type (panel, GTK_TYPE_BUTTON), "clicked");
  form = find_form ();
  require_row (form, "签到日期 *");
  shequ_record_form_save (form);
  while ((count (fixture, lines) == 0 || find_form () == NULL || find_form () == form) &&
         g_get_monotonic_time () < end)
    spin ();
  g_assert_cmpint (count (fixture, lines), ==, 1);
  /* The next line waits. */
  g_assert_nonnull (find_form ());
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (find_form ()))));

  /* What stands there is changed by F2 and taken away by Delete. */
  list = GTK_LIST_BOX (find_type (panel, GTK_TYPE_LIST_BOX));
  while (gtk_list_box_get_row_at_index (list, 0) == NULL && g_get_monotonic_time () < end)
    spin ();
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
  spin ();
  g_assert_true (press_key (GTK_WIDGET (list), GDK_KEY_F2));
  form = find_form ();
  g_assert_nonnull (form);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (form))));
  g_assert_true (press_key (GTK_WIDGET (list), GDK_KEY_Delete));
  while (count (fixture, lines) > 0 && g_get_monotonic_time () < end)
    spin ();
  g_assert_cmpint (count (fixture, lines), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  adw_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/own/new-field", Fixture, NULL, set_up, test_new_field, tear_down);
  g_test_add ("/own/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/own/page", Fixture, NULL, set_up, test_page, tear_down);

  g_test_add ("/own/every-form", Fixture, NULL, set_up, test_every_form, tear_down);

  g_test_add ("/own/lines", Fixture, NULL, set_up, test_lines, tear_down);

  return g_test_run ();
}
