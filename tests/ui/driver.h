#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

/* Drives the real program through the accessibility bus, as a person does: by what things are called.
   Whatever is waited for is waited for DRIVER_PATIENCE at most; then the test fails with the tree of what
   there was. */
typedef struct _Driver Driver;

#define DRIVER_PATIENCE (40 * G_TIME_SPAN_SECOND)

void driver_init (int *argc, char ***argv);
char *driver_get_today (void);
Driver *driver_start (const char *database, const char *user);
void driver_stop (Driver *driver);
void driver_kill (Driver *driver);

AtspiAccessible *driver_get_root (Driver *driver);
AtspiAccessible *driver_seek (AtspiAccessible *top, AtspiRole role, const char *name);
AtspiAccessible *driver_find (Driver *driver, AtspiRole role, const char *name);
AtspiAccessible *driver_find_below (Driver *driver, AtspiAccessible *top, AtspiRole role, const char *name);
AtspiAccessible *driver_find_record (Driver *driver, AtspiAccessible *top, const char *name);
void driver_wait_gone (Driver *driver, AtspiRole role, const char *name);
void driver_expect_none (Driver *driver, AtspiRole role, const char *name);
void driver_wait_sensitive (Driver *driver, AtspiAccessible *accessible);
char *driver_read (AtspiAccessible *accessible);
char *driver_read_pdf (const char *path);

void driver_act (Driver *driver, const char *action);
void driver_press (Driver *driver, AtspiAccessible *accessible);
void driver_press_named (Driver *driver, AtspiRole role, const char *name);
void driver_type (Driver *driver, AtspiAccessible *accessible, const char *text);
void driver_type_named (Driver *driver, AtspiRole role, const char *name, const char *text);
void driver_click (Driver *driver, AtspiAccessible *accessible);
void driver_click_twice (Driver *driver, AtspiAccessible *accessible);
void driver_select (Driver *driver, AtspiAccessible *row);
void driver_answer (Driver *driver, const char *reason, const char *button);
void driver_choose_file (Driver *driver, const char *path);
void driver_print_to_file (Driver *driver, const char *path);
void driver_save_file (Driver *driver, const char *path, const char *button);
void driver_wait_file (Driver *driver, const char *path);
void driver_key_to_page (Driver *driver, const char *keys, const char *title);
void driver_key_to_entry (Driver *driver, const char *keys, const char *name);
void driver_open_found (Driver *driver, const char *typed, const char *found, const char *title);
void driver_press_to_page (Driver *driver, const char *button, const char *title);
void driver_key (Driver *driver, const char *keys);

G_GNUC_NORETURN void driver_fail (Driver *driver, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean driver_is_patient (Driver *driver, gint64 since);

/* libatspi has none of its own. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiSelection, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)
