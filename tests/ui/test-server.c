/* The settings of a connection: an address taken apart and put together, the file of passwords, and the
 * dialog that tries them. */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-office.h"
#include "shequ-server-dialog.h"
#include "shequ-server-settings.h"
#include "shequ-start-page.h"
#include "test-server.h"

#define PATIENCE (30 * G_TIME_SPAN_SECOND)

/* Addresses as they are written, and as they are written again. */
static const struct
{
  const char *uri;
  const char *host;
  guint port;
  const char *database;
  const char *user;
  ShequServerTls tls;
  const char *again;
} addresses[] = {
  { "postgresql://wang@192.168.1.10/office", "192.168.1.10", 5432, "office", "wang", SHEQU_SERVER_TLS_VERIFY,
    "postgresql://wang@192.168.1.10:5432/office?sslmode=verify-full" },
  { "postgres://wang@server:5433/%E7%A4%BE%E5%8C%BA?sslmode=require", "server", 5433, "社区", "wang",
    SHEQU_SERVER_TLS_REQUIRE, "postgresql://wang@server:5433/%E7%A4%BE%E5%8C%BA?sslmode=require" },
  { "postgresql://a%40b@[::1]/shequ?sslmode=disable", "::1", 5432, "shequ", "a@b", SHEQU_SERVER_TLS_OFF,
    "postgresql://a%40b@[::1]:5432/shequ?sslmode=disable" },
  { "postgresql://wang@/?host=/run/pg&dbname=office&sslmode=disable", "/run/pg", 5432, "office", "wang",
    SHEQU_SERVER_TLS_OFF, "postgresql://wang@:5432/office?sslmode=disable&host=%2Frun%2Fpg" },
  { "postgresql://wang@s/o?sslrootcert=/etc/a%26b.crt&passfile=/home/w/pw", "s", 5432, "o", "wang",
    SHEQU_SERVER_TLS_VERIFY,
    "postgresql://wang@s:5432/"
    "o?sslmode=verify-full&sslrootcert=%2Fetc%2Fa%26b.crt&passfile=%2Fhome%2Fw%2Fpw" },
};

static void
test_addresses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (ShequServerSettings) settings = shequ_server_settings_parse (addresses[i].uri);
      g_autofree char *again = NULL;

      g_assert_nonnull (settings);
      g_assert_cmpstr (settings->host, ==, addresses[i].host);
      g_assert_cmpuint (settings->port, ==, addresses[i].port);
      g_assert_cmpstr (settings->database, ==, addresses[i].database);
      g_assert_cmpstr (settings->user, ==, addresses[i].user);
      g_assert_cmpint (settings->tls, ==, addresses[i].tls);
      again = shequ_server_settings_to_uri (settings);
      g_assert_cmpstr (again, ==, addresses[i].again);
    }
  g_assert_null (shequ_server_settings_parse ("/home/wang/shequ.db"));
  g_assert_null (shequ_server_settings_parse ("sqlite:/home/wang/shequ.db"));
}

static void
test_hidden (void)
{
  static const struct
  {
    const char *uri;
    const char *shown;
  } cases[] = {
    { "postgresql://wang:geheim@server:5432/office?sslmode=require",
      "postgresql://wang@server:5432/office?sslmode=require" },
    { "postgresql://wang@server/office", "postgresql://wang@server/office" },
    { "postgresql://server/office?password=geheim&sslmode=require",
      "postgresql://server/office?sslmode=require" },
    { "/home/wang/a:b@c.db", "/home/wang/a:b@c.db" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = shequ_server_hide_password (cases[i].uri);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
assert_file (const char *path, const char *wanted)
{
  g_autofree char *text = NULL;
  struct stat state;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpint (stat (path, &state), ==, 0);
  g_assert_cmpint (state.st_mode & 0777, ==, 0600);
}

/* The password leaves the address for a file that nobody else may read; other lines stay. */
static void
test_password_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("shequ-server-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "passwords", NULL);
  g_autoptr (ShequServerSettings) one = shequ_server_settings_parse ("postgresql://wang:a%3Ab%5Cc@s/office");
  g_autoptr (ShequServerSettings) other = shequ_server_settings_parse ("postgresql://li:x@s/office");
  g_autofree char *uri = shequ_server_settings_to_uri (one);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (strstr (uri, "a%3Ab%5Cc"));
  g_assert_true (shequ_server_settings_keep_password (one, path, &error));
  assert_file (path, "s:5432:office:wang:a\\:b\\\\c\n");
  g_assert_true (shequ_server_settings_keep_password (other, path, &error));
  assert_file (path, "s:5432:office:wang:a\\:b\\\\c\ns:5432:office:li:x\n");
  g_free (one->password);
  one->password = g_strdup ("neu");
  g_assert_true (shequ_server_settings_keep_password (one, path, &error));
  assert_file (path, "s:5432:office:li:x\ns:5432:office:wang:neu\n");
  g_free (uri);
  uri = shequ_server_settings_to_uri (one);
  g_assert_null (strstr (uri, "neu"));
  g_assert_nonnull (strstr (uri, "passfile="));
  g_free (one->password);
  one->password = g_strdup ("zwei\nZeilen");
  g_assert_false (shequ_server_settings_keep_password (one, path, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_remove (path);
  g_rmdir (folder);
}

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (2000);
}

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
      if (g_type_is_a (G_OBJECT_TYPE (child), type) && own != NULL && g_str_has_prefix (own, text) &&
          gtk_widget_get_mapped (child))
        return child;
      found = find_widget (child, type, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
wait_for (GtkWidget *dialog, const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (find_widget (dialog, GTK_TYPE_LABEL, text) == NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("waited in vain for “%s”", text);
      spin ();
    }
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

  if (folder == NULL)
    return;
  for (guint i = 0; i < 100; i++)
    {
      spin ();
      g_usleep (6000);
    }
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, path);
}

static ShequServerDialog *
present (GtkWidget **window, const char *uri)
{
  g_autoptr (ShequServerSettings) settings = uri != NULL ? shequ_server_settings_parse (uri) : NULL;
  ShequServerDialog *dialog;

  *window = adw_window_new ();
  gtk_window_present (GTK_WINDOW (*window));
  dialog = shequ_server_dialog_present (GTK_WINDOW (*window), settings);
  spin ();
  return dialog;
}

/* What a person sees after trying; the words are those of the title. */
static void
assert_answer (const char *uri, const char *title, const char *text, const char *picture)
{
  GtkWidget *window;
  GtkWidget *dialog = GTK_WIDGET (present (&window, uri));

  press (dialog, "测试连接");
  wait_for (dialog, title);
  g_assert_nonnull (find_widget (dialog, GTK_TYPE_LABEL, text));
  if (picture != NULL)
    save_picture (dialog, picture);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_incomplete (void)
{
  GtkWidget *window;
  GtkWidget *dialog = GTK_WIDGET (present (&window, NULL));

  press (dialog, "测试连接");
  wait_for (dialog, "还有项目没有填好");
  g_assert_true (
    gtk_widget_has_css_class (find_widget (dialog, ADW_TYPE_ENTRY_ROW, "服务器（名称"), "error"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_wrong_host (void)
{
  assert_answer ("postgresql://wang@127.0.0.1:1/office?sslmode=disable", "连不上服务器",
                 "该处没有数据库服务器应答", "server-unreachable");
  assert_answer ("postgresql://wang@keine.invalid/office?sslmode=disable", "连不上服务器",
                 "找不到这个名称的服务器", NULL);
}

/* The socket of the private server, with another user or database. */
static char *
change (const char *address, const char *user, const char *database, const char *password)
{
  g_autoptr (ShequServerSettings) settings = shequ_server_settings_parse (address);

  settings->tls = SHEQU_SERVER_TLS_OFF;
  if (user != NULL)
    {
      g_free (settings->user);
      settings->user = g_strdup (user);
    }
  if (database != NULL)
    {
      g_free (settings->database);
      settings->database = g_strdup (database);
    }
  g_free (settings->password);
  settings->password = g_strdup (password);
  return shequ_server_settings_to_uri (settings);
}

static void
took (ShequServerDialog *dialog, const char *uri, char **place)
{
  g_free (*place);
  *place = g_strdup (uri);
}

/* A database without an office, then with one, then of a newer program; a database and a user that are not.
 */
static void
test_server (void)
{
  g_autofree char *address = test_server_new_database ();
  g_autofree char *plain = change (address, NULL, NULL, NULL);
  g_autofree char *no_user = change (address, "niemand", NULL, NULL);
  g_autofree char *no_database = change (address, NULL, "keine", NULL);
  g_autoptr (ShequServerSettings) parts = shequ_server_settings_parse (plain);
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *make = NULL;
  ShequOffice *office;
  g_autofree char *taken = NULL;
  GtkWidget *window;
  ShequServerDialog *dialog;

  /* Not there at all, then empty; both may become an office. */
  assert_answer (plain, "没有这个数据库", "服务器上没有这个名称的数据库", NULL);
  make = g_strdup_printf ("CREATE DATABASE \"%s\"", parts->database);
  test_server_run (g_getenv ("SHEQU_TEST_SERVER"), make);
  assert_answer (plain, "这里还没有办公室", "这个数据库里还没有社区办公室的资料", "server-empty");
  dialog = present (&window, plain);
  g_signal_connect (dialog, "create-at", G_CALLBACK (took), &taken);
  press (GTK_WIDGET (dialog), "测试连接");
  wait_for (GTK_WIDGET (dialog), "这里还没有办公室");
  press (GTK_WIDGET (dialog), "在这里新建办公室");
  g_assert_cmpstr (taken, ==, plain);
  gtk_window_destroy (GTK_WINDOW (window));

  office = shequ_office_create (taken, catalogue, "幸福里社区", SHEQU_LEVEL_COMMUNITY, "王芳", "窗口1", NULL,
                                &error);
  g_assert_no_error (error);
  assert_answer (plain, "连接成功", "幸福里社区", "server-works");
  assert_answer (no_user, "服务器不允许登录", "数据库服务器拒绝了用户名或密码", NULL);
  assert_answer (no_database, "没有这个数据库", "服务器上没有这个名称的数据库", NULL);
  test_server_run (plain, "UPDATE shequ_setting SET text = '999' WHERE name = 'format'");
  assert_answer (plain, "这个数据库需要更新版本的程序", "数据库由较新版本写成", NULL);
  g_object_unref (office);
  spin ();
  test_server_drop (address);
}

static void
test_start_page (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = shequ_start_page_new ("王芳");

  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 600);
  gtk_window_present (GTK_WINDOW (window));
  shequ_start_page_set_place (SHEQU_START_PAGE (page),
                              "postgresql://wang:geheim@server/office?sslmode=require");
  save_picture (window, "start-server");
  g_assert_null (find_widget (page, GTK_TYPE_LABEL, "postgresql://wang:geheim"));
  wait_for (page, "postgresql://wang@server/office?sslmode=require");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  if (g_getenv ("SHEQU_TEST_DARK") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  g_test_add_func ("/server/addresses", test_addresses);
  g_test_add_func ("/server/hidden", test_hidden);
  g_test_add_func ("/server/password-file", test_password_file);
  g_test_add_func ("/server/incomplete", test_incomplete);
  g_test_add_func ("/server/wrong-host", test_wrong_host);
  g_test_add_func ("/server/start-page", test_start_page);
  if (test_server_is_wanted ())
    g_test_add_func ("/server/try", test_server);
  return g_test_run ();
}
