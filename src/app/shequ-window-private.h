#pragma once

#include "shequ-connection-banner.h"
#include "shequ-damage-bar.h"
#include "shequ-draft-bar.h"
#include "shequ-page.h"
#include "shequ-search-entry.h"
#include "shequ-window.h"

G_BEGIN_DECLS

struct _ShequWindow
{
  AdwApplicationWindow parent_instance;

  ShequOffice *office;   /* (nullable) until a database is open */
  ShequOpening *opening; /* (nullable): what was asked for last */
  GCancellable *cancellable;
  GQueue undos; /* of Undo, the newest first */
  char *file;   /* (nullable): a spreadsheet to import as soon as the office is open */
  gboolean closing;

  /* While it is locked: what it shows else, and what is hidden or cannot be done. */
  GtkWidget *content; /* (nullable) */
  char *title;        /* (nullable) */
  GtkWidget *focus;   /* (nullable): weak */
  GPtrArray *hidden;
  GPtrArray *disabled;
  gint64 active; /* when a key or a click came last */
  guint looking;
  gboolean painted; /* the first frame is out */

  AdwToastOverlay *toasts;
  AdwToast *said; /* (nullable): the last message without anything to take back */
  GtkWidget *flap;
  GtkListBox *subjects;
  GtkStack *stack;
  GtkProgressBar *progress; /* (nullable): weak; while an example is made */
  GtkWidget *sidebar_button;
  GtkWidget *new_button;
  GtkLabel *office_label;
  GtkLabel *user_label;
  GtkInfoBar *banner;
  GtkLabel *banner_label;
  ShequConnectionBanner *connection_banner;
  ShequDamageBar *damage_bar;
  ShequDraftBar *draft_bar;
  ShequSearchEntry *search;
};

void shequ_window_install_actions (ShequWindow *self);
void shequ_window_update_actions (ShequWindow *self);
gboolean shequ_window_show_page (ShequWindow *self, const char *name);
ShequPage *shequ_window_get_page (ShequWindow *self);
void shequ_window_open_record (ShequWindow *self, const char *reg, gint64 key);
void shequ_window_show_records (ShequWindow *self, const char *reg, const char *condition);
void shequ_window_create_record (ShequWindow *self, const char *reg, const char *link, gint64 key);
void shequ_window_choose_server (ShequWindow *self);
void shequ_window_undo (ShequWindow *self);
void shequ_window_reload (ShequWindow *self);
void shequ_window_reopen (ShequWindow *self);
void shequ_window_lock (ShequWindow *self);
void shequ_window_watch_idle (ShequWindow *self);
void shequ_window_unwatch_idle (ShequWindow *self);
void shequ_window_drop_office (ShequWindow *self);
void shequ_window_show_alone (ShequWindow *self, const char *name, GtkWidget *page);
GtkWidget *shequ_window_new_waiting (const char *text);
void shequ_window_choose_backup (ShequWindow *self);
void shequ_window_save_readable (ShequWindow *self);
void shequ_window_open_readable (ShequWindow *self);

G_END_DECLS
