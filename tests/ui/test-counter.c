/* The counter and the admission desk, each doing its job once against a real database. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "shequ-admission-page.h"
#include "shequ-admission.h"
#include "shequ-certificate-answer.h"
#include "shequ-certificate-counter.h"
#include "shequ-certificate-desk.h"
#include "shequ-certificates-page.h"
#include "shequ-certificates.h"

typedef struct
{
  char *folder;
  ShequOffice *office;
  GtkWidget *window;
  ShequPage *page;
} Fixture;

static void
spin (void)
{
  for (guint i = 0; i < 30; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static void
set_up (Fixture *fixture, gconstpointer page_type)
{
  GType (*get_type) (void) = page_type;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("shequ-counter-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->office =
    shequ_office_create (path, catalogue, "幸福里社区", SHEQU_LEVEL_COMMUNITY, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 600);
  fixture->page = g_object_new (get_type (), "office", fixture->office, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  spin ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "office.db", "office.db-wal", "office.db-shm" };
  GList *windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_destroy (l->data);
  g_list_free (windows);
  spin ();
  g_assert_finalize_object (fixture->office);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static gboolean
is_named (GtkWidget *widget, const char *name)
{
  if (name == NULL)
    return TRUE;
  if (ADW_IS_PREFERENCES_ROW (widget))
    return g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name);
  if (GTK_IS_BUTTON (widget))
    return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0;
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), name) == 0;
}

static GtkWidget *
find_widget (GtkWidget *parent, GType type, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) && is_named (child, name)
                           ? child
                           : find_widget (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gint64
save (Fixture *fixture, ShequRow *row)
{
  g_autoptr (GError) error = NULL;
  gint64 key;

  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  key = row->key;
  shequ_row_free (row);
  return key;
}

static ShequRow *
new_row (Fixture *fixture, const char *reg)
{
  return shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, reg));
}

static gint64
add_resident (Fixture *fixture)
{
  ShequRow *household = new_row (fixture, "household");
  ShequRow *resident = new_row (fixture, "resident");

  shequ_row_set_text (household, "number", "H0001");
  shequ_row_set_text (household, "address", "幸福里3号楼2单元501");
  shequ_row_set_text (resident, "name", "王小明");
  shequ_row_set_text (resident, "id_number", "11010519491231002X");
  shequ_row_set_integer (resident, "household", save (fixture, household));
  return save (fixture, resident);
}

/* What is typed is answered at once; an answer is never by colour alone. */
static void
test_answer (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    ShequCertificateAnswer answer;
  } cases[] = {
    { "无犯罪记录证明", SHEQU_CERTIFICATE_REFUSE },
    { "居住证明", SHEQU_CERTIFICATE_ISSUE },
    { "亲属关系证明", SHEQU_CERTIFICATE_CONDITIONAL },
    { "宇航员证明", SHEQU_CERTIFICATE_UNKNOWN },
  };
  GtkWidget *counter = find_widget (GTK_WIDGET (fixture->page), SHEQU_TYPE_CERTIFICATE_COUNTER, NULL);
  GtkWidget *entry = find_widget (counter, GTK_TYPE_SEARCH_ENTRY, NULL);
  GtkWidget *view = find_widget (counter, SHEQU_TYPE_CERTIFICATE_ANSWER_VIEW, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *answer;

      gtk_editable_set_text (GTK_EDITABLE (entry), cases[i].typed);
      for (guint j = 0; j < 4; j++)
        spin ();
      answer = find_widget (view, GTK_TYPE_LABEL, shequ_certificate_answer_get_label (cases[i].answer));
      g_test_message ("%s", cases[i].typed);
      g_assert_nonnull (answer);
      g_assert_true (gtk_widget_get_mapped (answer));
    }
}

/* From a resident to a numbered certificate. */
static void
test_issue (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "certificate");
  GtkWidget *desk = find_widget (GTK_WIDGET (fixture->page), SHEQU_TYPE_CERTIFICATE_DESK, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) stored = NULL;

  g_assert_true (shequ_page_create_record (fixture->page, shequ_register_lookup (reg, "resident"),
                                           add_resident (fixture)));
  for (guint i = 0; i < 10; i++)
    spin ();
  g_assert_true (gtk_widget_get_mapped (desk));
  gtk_editable_set_text (
    GTK_EDITABLE (find_widget (desk, ADW_TYPE_ENTRY_ROW, shequ_register_lookup (reg, "purpose")->label)),
    "子女入学");
  gtk_editable_set_text (
    GTK_EDITABLE (find_widget (desk, ADW_TYPE_ENTRY_ROW, shequ_register_lookup (reg, "receiver")->label)),
    "幸福里小学");
  g_assert_true (shequ_page_has_unsaved (fixture->page));
  g_signal_emit_by_name (find_widget (desk, GTK_TYPE_BUTTON, _ ("_Issue and print")), "clicked");
  for (guint i = 0; i < 100 && shequ_certificate_desk_get_issued (SHEQU_CERTIFICATE_DESK (desk)) == 0; i++)
    spin ();
  stored = shequ_office_get_row (
    fixture->office, reg, shequ_certificate_desk_get_issued (SHEQU_CERTIFICATE_DESK (desk)), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (stored, "resident_name"), ==, "王小明");
  g_assert_cmpstr (shequ_row_get_text (stored, "purpose"), ==, "子女入学");
  g_assert_cmpstr (shequ_row_get_text (stored, "receiver"), ==, "幸福里小学");
  g_assert_nonnull (strstr (shequ_row_get_text (stored, "number"), "0001"));
  g_assert_cmpstr (shequ_row_get_text (stored, "verified_by"), ==, "王芳");
  g_assert_false (shequ_page_has_unsaved (fixture->page));
  for (guint i = 0; i < 10; i++)
    spin ();
}

static gint64
file_application (Fixture *fixture)
{
  ShequRow *department = new_row (fixture, "department");
  g_autoptr (ShequRow) application = new_row (fixture, "application");
  g_autoptr (GError) error = NULL;

  shequ_row_set_text (department, "name", "区民政局");
  shequ_row_set_text (department, "short_name", "民政");
  shequ_row_set_integer (application, "department", save (fixture, department));
  shequ_row_set_text (application, "title", "独居老人夏季关爱");
  shequ_row_set_text (application, "category", "task");
  shequ_admission_file (fixture->office, application, NULL, NULL, &error);
  g_assert_no_error (error);
  return application->key;
}

static AdwMessageDialog *
find_dialog (void)
{
  GList *windows = gtk_window_list_toplevels ();
  AdwMessageDialog *dialog = NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      dialog = l->data;
  g_list_free (windows);
  return dialog;
}

/* As a click on its button. */
static void
go_on (AdwMessageDialog *dialog)
{
  adw_message_dialog_response (dialog, "accept");
  gtk_window_destroy (GTK_WINDOW (dialog));
  for (guint i = 0; i < 10; i++)
    spin ();
}

static char *
get_state (Fixture *fixture, gint64 key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_office_get_row (
    fixture->office, shequ_office_get_register (fixture->office, "application"), key, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (shequ_row_get_text (row, "state"));
}

static void
click_step (Fixture *fixture, const char *id)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (fixture->office, NULL);
  const char *title = shequ_workflow_find_action (workflow, id)->title;
  GtkWidget *button = NULL;

  for (guint i = 0; i < 100 && button == NULL; i++)
    {
      spin ();
      button = find_widget (GTK_WIDGET (fixture->page), GTK_TYPE_BUTTON, title);
    }
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  spin ();
  g_assert_nonnull (find_dialog ());
}

/* A case is accepted, and refused only with a reason, which is stored. */
static void
test_decide (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "application");
  gint64 key = file_application (fixture);
  g_autofree char *accepted = NULL, *rejected = NULL;
  g_autoptr (ShequRow) row = NULL;
  GtkWidget *entry;

  g_assert_true (shequ_page_open_record (fixture->page, reg, key));
  click_step (fixture, "accept");
  go_on (find_dialog ());
  accepted = get_state (fixture, key);
  g_assert_cmpstr (accepted, ==, "accepted");

  click_step (fixture, "reject");
  g_assert_false (adw_message_dialog_get_response_enabled (find_dialog (), "accept"));
  entry = find_widget (adw_message_dialog_get_extra_child (find_dialog ()), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "没有政策依据");
  g_assert_true (adw_message_dialog_get_response_enabled (find_dialog (), "accept"));
  go_on (find_dialog ());
  rejected = get_state (fixture, key);
  g_assert_cmpstr (rejected, ==, "rejected");
  row = shequ_office_get_row (fixture->office, reg, key, NULL, NULL);
  g_assert_cmpstr (shequ_row_get_text (row, "decision_reason"), ==, "没有政策依据");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  adw_init ();

  g_test_add ("/counter/answer", Fixture, shequ_certificates_page_get_type, set_up, test_answer, tear_down);
  g_test_add ("/counter/issue", Fixture, shequ_certificates_page_get_type, set_up, test_issue, tear_down);
  g_test_add ("/admission/decide", Fixture, shequ_admission_page_get_type, set_up, test_decide, tear_down);
  return g_test_run ();
}
