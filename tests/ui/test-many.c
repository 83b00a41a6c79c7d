/* Several at once, in the window: a lost race is shown and resolved, lists follow what others store, a banner
 * tells of a lost connection while nothing typed is lost. */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "../store/faulty-engine.h"
#include "shequ-conflict-dialog.h"
#include "shequ-connection-banner.h"
#include "shequ-locale.h"
#include "shequ-record-form.h"
#include "shequ-record-row.h"
#include "shequ-record-view.h"

#define PATIENCE (20 * G_TIME_SPAN_SECOND)

typedef struct
{
  char *folder;
  char *path;
  ShequOffice *office;
  ShequOffice *other;
  const ShequRegister *resident;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("shequ-many-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->office = shequ_office_create (fixture->path, catalogue, "幸福里社区", SHEQU_LEVEL_COMMUNITY,
                                         "王芳", "窗口1", NULL, &error);
  g_assert_no_error (error);
  fixture->other = shequ_office_open (fixture->path, catalogue, "李四", "窗口2", NULL, &error);
  g_assert_no_error (error);
  fixture->resident = shequ_office_get_register (fixture->office, "resident");
}

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (2000);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "office.db", "office.db-wal", "office.db-shm" };
  gpointer office = fixture->office;

  /* A worker may hold it for a moment longer. */
  g_object_add_weak_pointer (office, &office);
  g_clear_object (&fixture->office);
  for (gint64 end = g_get_monotonic_time () + PATIENCE; office != NULL && g_get_monotonic_time () < end;)
    spin ();
  g_assert_null (office);
  g_assert_finalize_object (fixture->other);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

typedef gboolean (*Condition) (gpointer data);

static void
wait_until (Condition condition, gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!condition (data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("waited in vain: %s", what);
      spin ();
    }
}

/* A widget of a type below another, with a text of its own or as the title of a row. */
static GtkWidget *
find_widget (GtkWidget *parent, GType type, const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;
      const char *own = NULL;

      if (ADW_IS_PREFERENCES_ROW (child))
        own = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child));
      else if (GTK_IS_BUTTON (child))
        own = gtk_button_get_label (GTK_BUTTON (child));
      else if (GTK_IS_LABEL (child))
        own = gtk_label_get_text (GTK_LABEL (child));
      if (g_type_is_a (G_OBJECT_TYPE (child), type) &&
          (text == NULL || (own != NULL && g_str_has_prefix (own, text))))
        return child;
      found = find_widget (child, type, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gint64
add_resident (Fixture *fixture, ShequOffice *office, const char *name)
{
  g_autoptr (ShequRow) row = shequ_office_new_row (office, fixture->resident);
  g_autoptr (GError) error = NULL;

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "phone", "13800138000");
  shequ_office_save (office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  return row->key;
}

static ShequRow *
get_resident (Fixture *fixture, gint64 key)
{
  g_autoptr (GError) error = NULL;
  ShequRow *row = shequ_office_get_row (fixture->office, fixture->resident, key, NULL, &error);

  g_assert_no_error (error);
  return row;
}

static void
change_elsewhere (Fixture *fixture, gint64 key, const char *phone, const char *workplace)
{
  g_autoptr (ShequRow) row = get_resident (fixture, key);
  g_autoptr (GError) error = NULL;

  shequ_row_set_text (row, "phone", phone);
  shequ_row_set_text (row, "workplace", workplace);
  shequ_office_save (fixture->other, row, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
took_row (ShequRecordForm *form, const ShequRow *row, ShequRow **place)
{
  g_clear_pointer (place, shequ_row_free);
  *place = shequ_row_copy (row);
}

static gboolean
is_set (gpointer place)
{
  return *(gpointer *) place != NULL;
}

/* The dialog above a window. */
static gboolean
finds_dialog (gpointer place)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (SHEQU_IS_CONFLICT_DIALOG (window))
        *(gpointer *) place = window;
    }
  return is_set (place);
}

/* A form in a window, in which the person here has typed a phone and a note. */
static ShequRecordForm *
type (Fixture *fixture, gint64 key, GtkWidget **window)
{
  ShequRecordForm *form = shequ_record_form_new (fixture->office, fixture->resident);
  g_autoptr (ShequRow) row = get_resident (fixture, key);
  const char *phone = shequ_register_lookup (fixture->resident, "phone")->label;
  const char *address = shequ_register_lookup (fixture->resident, "hukou_address")->label;

  *window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (*window), GTK_WIDGET (form));
  gtk_window_present (GTK_WINDOW (*window));
  shequ_record_form_edit (form, row);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (form), ADW_TYPE_ENTRY_ROW, phone)),
                         "13600136000");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (form), ADW_TYPE_ENTRY_ROW, address)),
                         "光明路");
  return form;
}

static void
press (GtkWidget *parent, const char *label)
{
  GtkWidget *button = find_widget (parent, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
save_picture (GtkWidget *window, const char *name)
{
  const char *folder = g_getenv ("SHEQU_TEST_PICTURES");
  g_autofree char *path = folder != NULL ? g_strdup_printf ("%s/%s.png", folder, name) : NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (guint i = 0; i < 60; i++)
    {
      spin ();
      g_usleep (8000);
    }
  if (folder == NULL)
    return;
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, path);
}

/* Both changed the phone; each changed something else as well. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  gboolean take_theirs = GPOINTER_TO_INT (data);
  gint64 key = add_resident (fixture, fixture->office, "曾小明");
  g_autoptr (ShequRow) saved = NULL;
  GtkWidget *window, *dialog = NULL, *theirs;
  ShequRecordForm *form = type (fixture, key, &window);

  g_signal_connect (form, "saved", G_CALLBACK (took_row), &saved);
  change_elsewhere (fixture, key, "13700137000", "学校");
  shequ_record_form_save (form);
  wait_until (finds_dialog, &dialog, "the dialog");
  g_assert_null (saved);

  /* Masked, with who and when. */
  g_assert_nonnull (find_widget (dialog, GTK_TYPE_LABEL, "采用 李四 · "));
  g_assert_nonnull (find_widget (dialog, GTK_TYPE_LABEL, "136****6000"));
  g_assert_nonnull (find_widget (dialog, GTK_TYPE_LABEL, "137****7000"));
  g_assert_nonnull (find_widget (dialog, GTK_TYPE_LABEL, "138****8000"));
  g_assert_nonnull (find_widget (dialog, GTK_TYPE_LABEL, "空 → 学校"));
  g_assert_nonnull (find_widget (dialog, GTK_TYPE_LABEL, "空 → 光明路"));
  save_picture (dialog, "conflict");
  theirs = find_widget (dialog, ADW_TYPE_ACTION_ROW, "采用 李四 · ");
  g_assert_nonnull (theirs);
  if (take_theirs)
    gtk_check_button_set_active (
      GTK_CHECK_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (theirs))), TRUE);
  press (dialog, "保存");
  wait_until (is_set, &saved, "the record");
  g_assert_cmpstr (shequ_row_get_text (saved, "phone"), ==, take_theirs ? "13700137000" : "13600136000");
  g_assert_cmpstr (shequ_row_get_text (saved, "workplace"), ==, "学校");
  g_assert_cmpstr (shequ_row_get_text (saved, "hukou_address"), ==, "光明路");
  g_assert_false (shequ_record_form_get_changed (form));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who goes back to the form finds everything as it was typed. */
static void
test_back_to_form (Fixture *fixture, gconstpointer data)
{
  gint64 key = add_resident (fixture, fixture->office, "曾小明");
  GtkWidget *window, *dialog = NULL;
  ShequRecordForm *form = type (fixture, key, &window);
  const char *phone = shequ_register_lookup (fixture->resident, "phone")->label;
  g_autoptr (ShequRow) stored = NULL;

  change_elsewhere (fixture, key, "13700137000", "学校");
  shequ_record_form_save (form);
  wait_until (finds_dialog, &dialog, "the dialog");
  gtk_window_close (GTK_WINDOW (dialog));
  spin ();
  g_assert_true (shequ_record_form_get_changed (form));
  g_assert_cmpstr (
    gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (form), ADW_TYPE_ENTRY_ROW, phone))), ==,
    "13600136000");
  stored = get_resident (fixture, key);
  g_assert_cmpstr (shequ_row_get_text (stored, "phone"), ==, "13700137000");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  gint64 key = add_resident (fixture, fixture->office, "曾小明");
  g_autoptr (ShequRow) saved = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window, *dialog = NULL;
  ShequRecordForm *form = type (fixture, key, &window);

  g_signal_connect (form, "saved", G_CALLBACK (took_row), &saved);
  shequ_office_delete (fixture->other, fixture->resident, key, 1, NULL, &error);
  g_assert_no_error (error);
  shequ_record_form_save (form);
  wait_until (finds_dialog, &dialog, "the dialog");
  save_picture (dialog, "conflict-deleted");
  press (dialog, "恢复并保存");
  wait_until (is_set, &saved, "the record");
  g_assert_cmpstr (shequ_row_get_text (saved, "phone"), ==, "13600136000");
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
says (gpointer data)
{
  const char *text = shequ_connection_banner_get_text (((gpointer *) data)[0]);

  return text != NULL && strstr (text, ((gpointer *) data)[1]) != NULL;
}

static void
wait_for_text (ShequConnectionBanner *banner, const char *text)
{
  gpointer data[] = { banner, (gpointer) text };

  wait_until (says, data, text);
}

/* The database goes away while a form is being saved: the banner tells, the form keeps what was typed, and
 * the save is done once when the database is back. */
static void
test_banner (Fixture *fixture, gconstpointer data)
{
  gint64 key = add_resident (fixture, fixture->office, "曾小明");
  ShequConnectionBanner *banner = g_object_new (SHEQU_TYPE_CONNECTION_BANNER, NULL);
  GtkWidget *banner_window = adw_window_new ();
  g_autoptr (ShequRow) saved = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  GtkWidget *window;
  ShequRecordForm *form = type (fixture, key, &window);

  faulty_engine_attach (shequ_office_get_store (fixture->office));
  adw_window_set_content (ADW_WINDOW (banner_window), GTK_WIDGET (banner));
  gtk_window_set_default_size (GTK_WINDOW (banner_window), 1024, -1);
  gtk_window_present (GTK_WINDOW (banner_window));
  shequ_office_watch (fixture->office);
  shequ_connection_banner_set_office (banner, fixture->office);
  g_assert_null (shequ_connection_banner_get_text (banner));
  g_signal_connect (form, "saved", G_CALLBACK (took_row), &saved);

  faulty_engine_set (FAULT_AWAY);
  wait_for_text (banner, "正在重新连接");
  shequ_record_form_save (form);
  wait_for_text (banner, "1 项修改等待保存");
  save_picture (banner_window, "banner-lost");
  g_assert_null (saved);
  g_assert_true (shequ_record_form_get_changed (form));
  faulty_engine_set (FAULT_NONE);
  wait_until (is_set, &saved, "the record");
  wait_for_text (banner, "等待的 1 项修改已经保存");
  save_picture (banner_window, "banner-back");
  g_assert_cmpstr (shequ_row_get_text (saved, "phone"), ==, "13600136000");
  entries = shequ_store_read_log (shequ_office_get_store (fixture->other), fixture->resident, key, NULL, 0,
                                  NULL, NULL);
  g_assert_cmpuint (entries->len, ==, 2);
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (banner_window));
}

static gint64
tell_late (gpointer user_data)
{
  return g_get_real_time () / G_USEC_PER_SEC - 3600;
}

static void
test_clock (Fixture *fixture, gconstpointer data)
{
  ShequConnectionBanner *banner = g_object_ref_sink (g_object_new (SHEQU_TYPE_CONNECTION_BANNER, NULL));

  add_resident (fixture, fixture->other, "曾小明");
  shequ_office_set_clock (fixture->office, tell_late, NULL);
  shequ_office_watch (fixture->office);
  shequ_connection_banner_set_office (banner, fixture->office);
  wait_for_text (banner, "慢 60 分钟");
  g_object_unref (banner);
}

/* The view of a list: its adjustment, and how many records it has. */
typedef struct
{
  ShequRecordView *view;
  const char *wanted;
} Expected;

static gboolean
counts (gpointer data)
{
  const Expected *expected = data;

  return find_widget (GTK_WIDGET (expected->view), GTK_TYPE_LABEL, expected->wanted) != NULL;
}

/* Somebody else adds a record above: what is selected stays selected, and the list does not jump. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  ShequRecordView *view;
  GtkWidget *window = adw_window_new ();
  GtkAdjustment *adjustment;
  Expected expected = { NULL, NULL };
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  double value;
  gint64 begun, waited, wanted = 0;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf ("赵%c%c", 'A' + i / 26, 'A' + i % 26);
      gint64 key = add_resident (fixture, fixture->office, name);

      if (i == 100)
        wanted = key;
    }
  shequ_office_watch (fixture->office);
  view = shequ_record_view_new (fixture->office, fixture->resident);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 500);
  gtk_window_present (GTK_WINDOW (window));
  shequ_record_view_set_count_format (view, "%s 人");
  expected.view = view;
  expected.wanted = "120 人";
  wait_until (counts, &expected, "120 records");
  shequ_record_view_select (view, wanted);
  save_picture (window, "list-before");
  before = shequ_record_view_get_selected_keys (view);
  g_assert_cmpuint (before->len, ==, 1);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (
    find_widget (GTK_WIDGET (view), SHEQU_TYPE_RECORD_ROW, NULL), GTK_TYPE_SCROLLED_WINDOW)));
  value = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat (value, >, 0);

  begun = g_get_monotonic_time ();
  add_resident (fixture, fixture->other, "安安");
  expected.wanted = "121 人";
  wait_until (counts, &expected, "121 records");
  waited = g_get_monotonic_time () - begun;
  g_test_message ("shown after %" G_GINT64_FORMAT " ms", waited / 1000);
  g_assert_cmpint (waited, <, G_TIME_SPAN_SECOND);
  save_picture (window, "list-after");
  after = shequ_record_view_get_selected_keys (view);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpint (g_array_index (after, gint64, 0), ==, g_array_index (before, gint64, 0));
  /* One row more above, so that the same rows are seen. */
  g_test_message ("from %f to %f of %f", value, gtk_adjustment_get_value (adjustment),
                  gtk_adjustment_get_upper (adjustment));
  g_assert_cmpfloat (ABS (gtk_adjustment_get_value (adjustment) - value), <,
                     2 * gtk_adjustment_get_upper (adjustment) / 121);
  gtk_window_destroy (GTK_WINDOW (window));
}

#define FIXTURE(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  FIXTURE ("/many/conflict/mine", GINT_TO_POINTER (FALSE), test_conflict);
  FIXTURE ("/many/conflict/theirs", GINT_TO_POINTER (TRUE), test_conflict);
  FIXTURE ("/many/conflict/back-to-form", NULL, test_back_to_form);
  FIXTURE ("/many/conflict/deleted", NULL, test_deleted);
  FIXTURE ("/many/banner", NULL, test_banner);
  FIXTURE ("/many/clock", NULL, test_clock);
  FIXTURE ("/many/list", NULL, test_list);
  return g_test_run ();
}
