#include "driver.h"

#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

struct _Driver
{
  GSubprocess *process;
  AtspiAccessible *application;
};

/* Between two looks at the tree. */
#define PAUSE (20 * G_TIME_SPAN_MILLISECOND)
#define TRY_AGAIN (3 * G_USEC_PER_SEC)

/* In milliseconds: a busy machine may take its time with an answer, and what is not answered was not done. */
#define ANSWER 15000

/* A deeper tree than this is a loop. */
#define MAX_DEPTH 60

void
driver_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  /* libatspi warns of what goes away while it is looked at. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_assert_cmpint (atspi_init (), ==, 0);
  atspi_set_timeout (ANSWER, ANSWER);
}

/* The day as the program has it: China has one time zone. */
char *
driver_get_today (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);

  return g_date_time_format (now, "%Y-%m-%d");
}

static void
dump (GString *text, AtspiAccessible *accessible, guint depth)
{
  g_autofree char *role = atspi_accessible_get_role_name (accessible, NULL);
  g_autofree char *name = atspi_accessible_get_name (accessible, NULL);
  g_autofree char *read = driver_read (accessible);
  int n_children = atspi_accessible_get_child_count (accessible, NULL);

  g_string_append_printf (text, "%*s%s “%s”", (int) (2 * depth), "", role, name);
  if (g_strcmp0 (read, name) != 0 && *read != '\0')
    g_string_append_printf (text, " = “%s”", read);
  g_string_append_c (text, '\n');
  for (int i = 0; i < n_children && depth < MAX_DEPTH; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);

      if (child != NULL)
        dump (text, child, depth + 1);
    }
}

/* The windows there are and what has the focus: what one asks first, so it stands last. */
static void
describe_focus (GString *text, AtspiAccessible *accessible)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (accessible);
  AtspiRole role = atspi_accessible_get_role (accessible, NULL);
  gboolean window = role == ATSPI_ROLE_FRAME || role == ATSPI_ROLE_DIALOG;

  if (window || (states != NULL && atspi_state_set_contains (states, ATSPI_STATE_FOCUSED)))
    {
      g_autofree char *name = atspi_accessible_get_name (accessible, NULL);
      g_autofree char *role_name = atspi_accessible_get_role_name (accessible, NULL);

      g_string_append_printf (text, "%s: %s “%s”\n", window ? "window" : "focus", role_name, name);
    }
  for (int i = 0; i < atspi_accessible_get_child_count (accessible, NULL); i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);

      if (child != NULL)
        describe_focus (text, child);
    }
}

void
driver_fail (Driver *driver, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  va_list rest;

  va_start (rest, format);
  message = g_strdup_vprintf (format, rest);
  va_end (rest);
  if (driver->application != NULL)
    {
      dump (text, driver->application, 0);
      describe_focus (text, driver->application);
    }
  g_printerr ("%s\n%s\n", message, text->str);
  g_subprocess_force_exit (driver->process);
  g_error ("%s", message);
}

/* Waits a moment; FALSE when it was waited long enough. */
gboolean
driver_is_patient (Driver *driver, gint64 since)
{
  if (g_get_monotonic_time () - since > DRIVER_PATIENCE)
    return FALSE;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (PAUSE);
  return TRUE;
}

static int
count_windows (Driver *driver)
{
  return atspi_accessible_get_child_count (driver->application, NULL);
}

static AtspiAccessible *
seek_application (guint process)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int n_children = atspi_accessible_get_child_count (desktop, NULL);

  for (int i = 0; i < n_children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);

      if (child != NULL && atspi_accessible_get_process_id (child, NULL) == process)
        return g_steal_pointer (&child);
    }
  return NULL;
}

Driver *
driver_start (const char *database, const char *user)
{
  g_autofree char *database_word = g_strconcat ("--database=", database, NULL);
  g_autofree char *user_word = g_strconcat ("--user=", user, NULL);
  g_autoptr (GError) error = NULL;
  Driver *driver = g_new0 (Driver, 1);
  gint64 start = g_get_monotonic_time ();
  guint process;

  driver->process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_getenv ("SHEQU_PROGRAM"),
                                      database_word, user_word, NULL);
  g_assert_no_error (error);
  process = (guint) g_ascii_strtoull (g_subprocess_get_identifier (driver->process), NULL, 10);
  while ((driver->application = seek_application (process)) == NULL)
    {
      if (!driver_is_patient (driver, start))
        driver_fail (driver, "The program did not appear on the accessibility bus.");
    }
  /* What is remembered may be what was. */
  atspi_accessible_set_cache_mask (driver->application, ATSPI_CACHE_NONE);
  driver_find (driver, ATSPI_ROLE_LIST, "栏目");
  return driver;
}

AtspiAccessible *
driver_get_root (Driver *driver)
{
  return driver->application;
}

/* Behind the name of a button stands its key, as in “保存(S)”; a button of a dialog says its name twice. */
static gboolean
is_called (AtspiAccessible *accessible, const char *name)
{
  g_autofree char *own = atspi_accessible_get_name (accessible, NULL);
  const char *rest;

  if (own == NULL || !g_str_has_prefix (own, name))
    return FALSE;
  rest = own + strlen (name);
  return *rest == '\0' || (rest[0] == '(' && (rest[1] == '_' || rest[2] == ')')) ||
         (rest[0] == ' ' && g_str_equal (rest + 1, name));
}

static AtspiAccessible *
seek (AtspiAccessible *top, AtspiRole role, const char *name, gboolean last, guint depth)
{
  int n_children = atspi_accessible_get_child_count (top, NULL);

  for (int i = 0; i < n_children && depth < MAX_DEPTH; i++)
    {
      g_autoptr (AtspiAccessible) child =
        atspi_accessible_get_child_at_index (top, last ? n_children - 1 - i : i, NULL);
      AtspiAccessible *found;

      if (child == NULL)
        continue;
      if (atspi_accessible_get_role (child, NULL) == role && (name == NULL || is_called (child, name)))
        return g_steal_pointer (&child);
      found = seek (child, role, name, last, depth + 1);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The first of a role and a name as the tree is now; any name when NULL. */
AtspiAccessible *
driver_seek (AtspiAccessible *top, AtspiRole role, const char *name)
{
  return seek (top, role, name, FALSE, 0);
}

/* In the window in front first, as one looks: it came last. Labels from the end: there the messages are,
 * which go by themselves, and on a slow machine the way through all else takes as long as they stay. */
static AtspiAccessible *
seek_in_windows (Driver *driver, AtspiRole role, const char *name)
{
  gboolean is_window = role == ATSPI_ROLE_DIALOG || role == ATSPI_ROLE_FRAME;

  for (int i = count_windows (driver) - 1; i >= 0; i--)
    {
      g_autoptr (AtspiAccessible) window = atspi_accessible_get_child_at_index (driver->application, i, NULL);
      AtspiAccessible *found;

      if (window == NULL)
        continue;
      if (is_window && atspi_accessible_get_role (window, NULL) == role &&
          (name == NULL || is_called (window, name)))
        return g_steal_pointer (&window);
      found = !is_window ? seek (window, role, name, role == ATSPI_ROLE_LABEL, 0) : NULL;
      if (found != NULL)
        return found;
    }
  return NULL;
}

AtspiAccessible *
driver_find_below (Driver *driver, AtspiAccessible *top, AtspiRole role, const char *name)
{
  gint64 start = g_get_monotonic_time ();
  AtspiAccessible *found;

  while ((found = driver_seek (top, role, name)) == NULL)
    {
      if (!driver_is_patient (driver, start))
        driver_fail (driver, "There is no %s “%s”.", atspi_role_get_name (role), name != NULL ? name : "…");
    }
  return found;
}

AtspiAccessible *
driver_find (Driver *driver, AtspiRole role, const char *name)
{
  gint64 start = g_get_monotonic_time ();
  AtspiAccessible *found;

  while ((found = seek_in_windows (driver, role, name)) == NULL)
    {
      if (!driver_is_patient (driver, start))
        driver_fail (driver, "There is no %s “%s”.", atspi_role_get_name (role), name != NULL ? name : "…");
    }
  return found;
}

/* The row of a table says all its values one after the other. */
static AtspiAccessible *
seek_record (AtspiAccessible *top, const char *name, guint depth)
{
  int n_children = atspi_accessible_get_child_count (top, NULL);

  for (int i = 0; i < n_children && depth < MAX_DEPTH; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (top, i, NULL);
      g_autofree char *own = child != NULL ? atspi_accessible_get_name (child, NULL) : NULL;
      AtspiAccessible *found;

      if (own != NULL && g_str_has_prefix (own, name) &&
          (own[strlen (name)] == '\0' || g_str_has_prefix (own + strlen (name), "，")) &&
          atspi_accessible_get_role (child, NULL) == ATSPI_ROLE_LIST_ITEM)
        return g_steal_pointer (&child);
      found = child != NULL ? seek_record (child, name, depth + 1) : NULL;
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The row of a record, by its first values as they are read: “王建国” or “王建国，性别 男性”; below a list or
 * a page. */
AtspiAccessible *
driver_find_record (Driver *driver, AtspiAccessible *top, const char *name)
{
  gint64 start = g_get_monotonic_time ();
  AtspiAccessible *found;

  while ((found = seek_record (top, name, 0)) == NULL)
    {
      if (!driver_is_patient (driver, start))
        driver_fail (driver, "There is no record “%s”.", name);
    }
  return found;
}

void
driver_wait_gone (Driver *driver, AtspiRole role, const char *name)
{
  gint64 start = g_get_monotonic_time ();

  for (;;)
    {
      g_autoptr (AtspiAccessible) found = seek_in_windows (driver, role, name);

      if (found == NULL)
        return;
      if (!driver_is_patient (driver, start))
        driver_fail (driver, "There is still a %s “%s”.", atspi_role_get_name (role), name);
    }
}

void
driver_wait_sensitive (Driver *driver, AtspiAccessible *accessible)
{
  gint64 start = g_get_monotonic_time ();

  for (;;)
    {
      g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (accessible);

      if (atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE))
        return;
      if (!driver_is_patient (driver, start))
        driver_fail (driver, "It cannot be used.");
    }
}

/* What is written in it; its name where there is no text. */
char *
driver_read (AtspiAccessible *accessible)
{
  g_autoptr (AtspiText) text = atspi_accessible_get_text_iface (accessible);

  if (text == NULL)
    return atspi_accessible_get_name (accessible, NULL);
  /* -1 for “to the end” gives nothing in GTK 4.8. */
  return atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), NULL);
}

/* The words of a PDF in the order in which they were written, without breaks of lines. */
char *
driver_read_pdf (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "pdftotext", "-raw", path, "-", NULL);
  char *text = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return g_strdelimit (text, "\n\f", ' ');
}

static gboolean
try_action (AtspiAccessible *accessible, const char *name)
{
  g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (accessible);
  int n_actions = action != NULL ? atspi_action_get_n_actions (action, NULL) : 0;

  for (int i = 0; i < n_actions; i++)
    {
      g_autofree char *own = atspi_action_get_action_name (action, i, NULL);

      if (name == NULL || g_strcmp0 (own, name) == 0)
        return atspi_action_do_action (action, i, NULL);
    }
  return FALSE;
}

/* Does an action of the main window, as its key or its menu does; one that is not sensitive is not there yet.
 */
void
driver_act (Driver *driver, const char *action)
{
  g_autoptr (AtspiAccessible) window = driver_find (driver, ATSPI_ROLE_FRAME, NULL);
  gint64 start = g_get_monotonic_time ();

  while (!try_action (window, action))
    {
      if (!driver_is_patient (driver, start))
        driver_fail (driver, "The window has no action %s.", action);
    }
}

/* Closes the window as a person does: then the program frees what it has, and a leak shows in its status. Who
 * has closed may be gone before it answers. */
void
driver_stop (Driver *driver)
{
  gint64 start = g_get_monotonic_time ();
  gboolean acted = FALSE;

  while (g_subprocess_get_identifier (driver->process) != NULL)
    {
      g_autoptr (AtspiAccessible) window = acted ? NULL : seek_in_windows (driver, ATSPI_ROLE_FRAME, NULL);

      acted = acted || (window != NULL && try_action (window, "win.close"));
      if (!driver_is_patient (driver, start))
        driver_fail (driver, "The program did not end.");
    }
  g_assert_true (g_subprocess_get_successful (driver->process));
  g_object_unref (driver->application);
  g_object_unref (driver->process);
  g_free (driver);
}

/* As a power cut or a fault of the program ends it. */
void
driver_kill (Driver *driver)
{
  g_subprocess_force_exit (driver->process);
  g_subprocess_wait (driver->process, NULL, NULL);
  g_object_unref (driver->application);
  g_object_unref (driver->process);
  g_free (driver);
}

void
driver_expect_none (Driver *driver, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) found = seek_in_windows (driver, role, name);

  if (found != NULL)
    driver_fail (driver, "There is a %s “%s”.", atspi_role_get_name (role), name);
}

/* A click. A button with a menu has the button inside of it. */
void
driver_press (Driver *driver, AtspiAccessible *accessible)
{
  g_autoptr (AtspiAccessible) inner = NULL;

  driver_wait_sensitive (driver, accessible);
  if (try_action (accessible, NULL))
    return;
  inner = driver_seek (accessible, ATSPI_ROLE_PUSH_BUTTON, NULL);
  if (inner == NULL || !try_action (inner, NULL))
    driver_fail (driver, "It cannot be pressed.");
}

void
driver_press_named (Driver *driver, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) found = driver_find (driver, role, name);

  driver_press (driver, found);
}

/* The text below a row with a title, or the thing itself. */
static AtspiEditableText *
get_editable (AtspiAccessible *accessible, guint depth)
{
  AtspiEditableText *text = atspi_accessible_get_editable_text_iface (accessible);
  int n_children = text == NULL ? atspi_accessible_get_child_count (accessible, NULL) : 0;

  for (int i = 0; i < n_children && text == NULL && depth < MAX_DEPTH; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);

      text = child != NULL ? get_editable (child, depth + 1) : NULL;
    }
  return text;
}

/* Replaces what is written. */
void
driver_type (Driver *driver, AtspiAccessible *accessible, const char *text)
{
  g_autoptr (AtspiEditableText) editable = get_editable (accessible, 0);

  if (editable == NULL || !atspi_editable_text_set_text_contents (editable, text, NULL))
    driver_fail (driver, "“%s” cannot be typed there.", text);
}

void
driver_type_named (Driver *driver, AtspiRole role, const char *name, const char *text)
{
  g_autoptr (AtspiAccessible) found = driver_find (driver, role, name);

  driver_type (driver, found, text);
}

/* Selects a row of a list, as a click on it does. */
void
driver_select (Driver *driver, AtspiAccessible *row)
{
  g_autoptr (AtspiAccessible) list = atspi_accessible_get_parent (row, NULL);
  g_autoptr (AtspiSelection) selection = list != NULL ? atspi_accessible_get_selection_iface (list) : NULL;
  int index = atspi_accessible_get_index_in_parent (row, NULL);

  if (selection == NULL || !atspi_selection_select_child (selection, index, NULL))
    driver_fail (driver, "It cannot be selected.");
}

/* Presses keys as xdotool names them: the window has them, as the only one on its display. */
void
driver_key (Driver *driver, const char *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "key", "--clearmodifiers", keys, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_on_page (Driver *driver, const char *title)
{
  g_autofree char *start = g_strconcat (title, " · ", NULL);
  g_autoptr (AtspiAccessible) window = driver_find (driver, ATSPI_ROLE_FRAME, NULL);
  g_autofree char *name = atspi_accessible_get_name (window, NULL);

  return name != NULL && g_str_has_prefix (name, start);
}

/* Whether the page came before it is time to try again. */
static gboolean
page_comes (Driver *driver, const char *title, gint64 since)
{
  gint64 tried = g_get_monotonic_time ();

  while (!is_on_page (driver, title))
    {
      if (g_get_monotonic_time () - tried > TRY_AGAIN)
        return FALSE;
      if (!driver_is_patient (driver, since))
        driver_fail (driver, "The page “%s” did not come.", title);
    }
  return TRUE;
}

/* Presses a button that leads to a page; again where the press met a window that was just being made anew. */
void
driver_press_to_page (Driver *driver, const char *button, const char *title)
{
  gint64 since = g_get_monotonic_time ();

  do
    driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, button);
  while (!page_comes (driver, title, since));
}

/* Presses the keys of a page; again where the window had no focus yet. */
void
driver_key_to_page (Driver *driver, const char *keys, const char *title)
{
  gint64 since = g_get_monotonic_time ();

  do
    driver_key (driver, keys);
  while (!page_comes (driver, title, since));
}

static gboolean
is_focused (AtspiAccessible *accessible)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (accessible);

  return atspi_state_set_contains (states, ATSPI_STATE_FOCUSED);
}

/* Whether an element has the focus before it is time to try again. */
static gboolean
focus_comes (Driver *driver, AtspiAccessible *accessible, gint64 since)
{
  gint64 tried = g_get_monotonic_time ();

  while (!is_focused (accessible))
    {
      if (g_get_monotonic_time () - tried > TRY_AGAIN)
        return FALSE;
      if (!driver_is_patient (driver, since))
        driver_fail (driver, "The search did not get the focus.");
    }
  return TRUE;
}

/* Goes to an entry by keys. The first may come before the window has any focus to give; a person would press
 * them again. */
void
driver_key_to_entry (Driver *driver, const char *keys, const char *name)
{
  g_autoptr (AtspiAccessible) entry = driver_find (driver, ATSPI_ROLE_ENTRY, name);
  gint64 since = g_get_monotonic_time ();

  do
    driver_key (driver, keys);
  while (!focus_comes (driver, entry, since));
}

/* Searches everything by the keys of it, and opens a record that is found on its page. */
void
driver_open_found (Driver *driver, const char *typed, const char *found, const char *title)
{
  g_autoptr (AtspiAccessible) entry = driver_find (driver, ATSPI_ROLE_ENTRY, "全局搜索");
  gint64 since = g_get_monotonic_time ();

  /* The first keys may come before the window has any focus to give; a person would press them again. */
  do
    {
      do
        driver_key (driver, "ctrl+k");
      while (!focus_comes (driver, entry, since));
      driver_type (driver, entry, typed);
      g_object_unref (driver_find (driver, ATSPI_ROLE_LIST_ITEM, found));
      driver_key (driver, "Return");
    }
  while (!page_comes (driver, title, since));
}

/* Answers the question that a step asks before it is done, with a reason where it wants one. */
void
driver_answer (Driver *driver, const char *reason, const char *button)
{
  g_autoptr (AtspiAccessible) dialog = driver_find (driver, ATSPI_ROLE_DIALOG, NULL);
  g_autofree char *title = atspi_accessible_get_name (dialog, NULL);
  g_autoptr (AtspiAccessible) entry = NULL;
  g_autoptr (AtspiAccessible) pressed = NULL;

  if (reason != NULL)
    {
      entry = driver_find_below (driver, dialog, ATSPI_ROLE_TEXT, "理由");
      driver_type (driver, entry, reason);
    }
  pressed = driver_find_below (driver, dialog, ATSPI_ROLE_PUSH_BUTTON, button);
  driver_press (driver, pressed);
  driver_wait_gone (driver, ATSPI_ROLE_DIALOG, title);
}

/* Waits until a window is closed, of as many as there were. */
static void
wait_closed (Driver *driver, int n_windows)
{
  gint64 since = g_get_monotonic_time ();

  while (count_windows (driver) >= n_windows)
    {
      if (!driver_is_patient (driver, since))
        driver_fail (driver, "The dialog did not close.");
    }
}

/* Types a path into the dialog that asks for a file to open, as Ctrl+L lets one do. */
void
driver_choose_file (Driver *driver, const char *path)
{
  g_autoptr (AtspiAccessible) place = NULL;

  g_object_unref (driver_find (driver, ATSPI_ROLE_FILLER, "GtkFileChooserWidget"));
  driver_key (driver, "ctrl+l");
  place = driver_find (driver, ATSPI_ROLE_TEXT, "GtkFileChooserEntry");
  driver_type (driver, place, path);
  driver_key (driver, "Return");
  driver_wait_gone (driver, ATSPI_ROLE_FILLER, "GtkFileChooserWidget");
}

/* Types a path into the dialog that asks where to write a file; the dialog takes whole paths. */
void
driver_save_file (Driver *driver, const char *path, const char *button)
{
  g_autoptr (AtspiAccessible) chooser = driver_find (driver, ATSPI_ROLE_FILLER, "GtkFileChooserWidget");
  g_autoptr (AtspiAccessible) name = driver_find_below (driver, chooser, ATSPI_ROLE_TEXT, "名称(N)：");
  int n_windows;

  n_windows = count_windows (driver);
  driver_type (driver, name, path);
  driver_press_named (driver, ATSPI_ROLE_PUSH_BUTTON, button);
  wait_closed (driver, n_windows);
}

/* Takes the printer that is there, which writes a file, names the file, and prints. */
void
driver_print_to_file (Driver *driver, const char *path)
{
  g_autoptr (AtspiAccessible) dialog = driver_find (driver, ATSPI_ROLE_DIALOG, "打印");
  g_autoptr (AtspiAccessible) printer = driver_find_below (driver, dialog, ATSPI_ROLE_LABEL, "打印到文件");
  g_autoptr (AtspiAccessible) place = NULL;
  g_autoptr (AtspiAccessible) chooser = NULL;
  g_autoptr (AtspiAccessible) print = driver_find_below (driver, dialog, ATSPI_ROLE_PUSH_BUTTON, "打印");

  driver_click (driver, printer);
  place = driver_find_below (driver, dialog, ATSPI_ROLE_PANEL, "文件:");
  chooser = driver_find_below (driver, place, ATSPI_ROLE_PUSH_BUTTON, NULL);
  driver_press (driver, chooser);
  driver_save_file (driver, path, "选择");
  driver_press (driver, print);
  driver_wait_gone (driver, ATSPI_ROLE_DIALOG, "打印");
}

/* Waits until a PDF is there to its last line. */
void
driver_wait_file (Driver *driver, const char *path)
{
  gint64 since = g_get_monotonic_time ();

  for (;;)
    {
      g_autofree char *contents = NULL;
      gsize length;

      if (g_file_get_contents (path, &contents, &length, NULL) && length > 0 &&
          g_strrstr_len (contents + MAX (length, 1024) - 1024, MIN (length, 1024), "%%EOF") != NULL)
        return;
      if (!driver_is_patient (driver, since))
        driver_fail (driver, "“%s” was not written.", path);
    }
}

static void
click (Driver *driver, AtspiAccessible *accessible, const char *times)
{
  AtspiComponent *component = atspi_accessible_get_component_iface (accessible);
  AtspiRect *place =
    component != NULL ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  if (place == NULL)
    driver_fail (driver, "It has no place.");
  x = g_strdup_printf ("%d", place->x + 10);
  y = g_strdup_printf ("%d", place->y + 10);
  g_free (place);
  g_object_unref (component);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "mousemove", x, y, "click",
                              "--repeat", times, "--delay", "40", "1", NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* A click of the mouse, where nothing else does it: a row of a list. The window is at the corner of the
 * display. */
void
driver_click (Driver *driver, AtspiAccessible *accessible)
{
  click (driver, accessible, "1");
}

/* A double click, as one opens a record. */
void
driver_click_twice (Driver *driver, AtspiAccessible *accessible)
{
  click (driver, accessible, "2");
}
