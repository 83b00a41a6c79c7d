#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  SHEQU_ACTIONS_GENERAL,
  SHEQU_ACTIONS_PAGES,
  SHEQU_ACTIONS_RECORDS,
  SHEQU_N_ACTION_GROUPS,
} ShequActionGroup;

/**
 * ShequActionKey:
 * @name: the detailed name of the action, as `win.page::today`
 * @accelerators: the first is shown
 * @title: (nullable): for the shortcuts window; msgid
 * @group: where the shortcuts window shows it
 *
 * The keys of one action. The table of them is the only place that names a key.
 */
typedef struct
{
  const char *name;
  const char *accelerators[3];
  const char *title;
  ShequActionGroup group;
} ShequActionKey;

const ShequActionKey *shequ_actions_get_keys (guint *n_keys);
void shequ_actions_install (GtkApplication *application);
GtkWidget *shequ_actions_new_shortcuts_window (void);

G_END_DECLS
