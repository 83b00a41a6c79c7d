#include "shequ-window.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-actions.h"
#include "shequ-daily-backup.h"
#include "shequ-drafts.h"
#include "shequ-error-page.h"
#include "shequ-feedback.h"
#include "shequ-pages.h"
#include "shequ-recovery-page.h"
#include "shequ-secret.h"
#include "shequ-server-dialog.h"
#include "shequ-server.h"
#include "shequ-session.h"
#include "shequ-sign-in-page.h"
#include "shequ-start-page.h"
#include "shequ-window-private.h"

#define FIRST_PAGE "residents"

/* A change that can be taken back. */
typedef struct
{
  ShequUndo undo;
  gpointer data;
  GDestroyNotify free_data;
  AdwToast *toast;
} Undo;

static void feedback_init (ShequFeedbackInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ShequWindow,
                               shequ_window,
                               ADW_TYPE_APPLICATION_WINDOW,
                               G_IMPLEMENT_INTERFACE (SHEQU_TYPE_FEEDBACK, feedback_init))

static ShequSettings *
get_settings (ShequWindow *self)
{
  return shequ_application_get_settings (SHEQU_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  if (undo->free_data != NULL)
    undo->free_data (undo->data);
  g_object_unref (undo->toast);
  g_free (undo);
}

static void
take_back (ShequWindow *self, GList *link)
{
  Undo *undo = link->data;

  g_queue_delete_link (&self->undos, link);
  undo->undo (undo->data);
  adw_toast_dismiss (undo->toast);
  undo_free (undo);
  shequ_window_update_actions (self);
}

static void
toast_button_clicked (AdwToast *toast, ShequWindow *self)
{
  for (GList *link = self->undos.head; link != NULL; link = link->next)
    {
      if (((Undo *) link->data)->toast == toast)
        {
          take_back (self, link);
          return;
        }
    }
}

static void
feedback_say (ShequFeedback *feedback,
              const char *message,
              ShequUndo function,
              gpointer data,
              GDestroyNotify free_data)
{
  ShequWindow *self = SHEQU_WINDOW (feedback);
  AdwToast *toast = adw_toast_new (message);

  if (function != NULL)
    {
      Undo *undo = g_new0 (Undo, 1);

      undo->undo = function;
      undo->data = data;
      undo->free_data = free_data;
      undo->toast = g_object_ref (toast);
      g_queue_push_head (&self->undos, undo);
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_timeout (toast, 10);
      adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (toast_button_clicked), self, 0);
      shequ_window_update_actions (self);
    }
  else
    {
      /* The newest word counts: it does not wait behind those before. */
      if (self->said != NULL)
        adw_toast_dismiss (self->said);
      g_set_object (&self->said, toast);
      adw_toast_set_timeout (toast, 8);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_banner (ShequWindow *self, const char *text)
{
  gtk_label_set_text (self->banner_label, text);
  gtk_info_bar_set_revealed (self->banner, TRUE);
}

static void
feedback_show_error (ShequFeedback *feedback, const char *what, const GError *error)
{
  ShequWindow *self = SHEQU_WINDOW (feedback);
  g_autofree char *text = g_strdup_printf ("%s\n%s", what, error->message);

  show_banner (self, text);
}

static void
feedback_init (ShequFeedbackInterface *iface)
{
  iface->say = feedback_say;
  iface->show_error = feedback_show_error;
}

static void
dismiss_banner (GtkInfoBar *banner, int response, ShequWindow *self)
{
  gtk_info_bar_set_revealed (banner, FALSE);
}

/* Shows a page that stands for the whole window: first steps, an error, waiting. */
void
shequ_window_show_alone (ShequWindow *self, const char *name, GtkWidget *page)
{
  GtkWidget *old = gtk_stack_get_child_by_name (self->stack, name);

  if (old != NULL)
    gtk_stack_remove (self->stack, old);
  gtk_stack_add_named (self->stack, page, name);
  gtk_stack_set_visible_child (self->stack, page);
}

/* The key is on paper before anything is sealed with it. */
static void
key_kept (ShequRecoveryPage *page, ShequWindow *self)
{
  ShequOpening *opening = g_object_get_data (G_OBJECT (page), "opening");
  g_autoptr (ShequOpening) copy = shequ_opening_copy (opening);

  copy->recovery_key = g_strdup (shequ_recovery_page_get_key (page));
  shequ_window_open (self, copy);
}

static void
free_opening (gpointer opening)
{
  shequ_opening_free (opening);
}

static void
hand_out_key (ShequWindow *self, const ShequOpening *opening)
{
  char *key = shequ_office_new_recovery_key ();
  GtkWidget *page = shequ_recovery_page_new (opening->name, key);

  shequ_secret_wipe_text (key);
  g_object_set_data_full (G_OBJECT (page), "opening", shequ_opening_copy (opening), free_opening);
  g_signal_connect_object (page, "kept", G_CALLBACK (key_kept), self, 0);
  shequ_window_show_alone (self, "recovery", page);
}

static void
start_page_open (GtkWidget *page, const ShequOpening *opening, ShequWindow *self)
{
  if (*opening->user != '\0')
    {
      shequ_application_set_user (SHEQU_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
                                  opening->user);
      shequ_settings_set_text (get_settings (self), "user", opening->user);
    }
  if (opening->password != NULL)
    hand_out_key (self, opening);
  else
    shequ_window_open (self, opening);
}

/**
 * shequ_window_show_start:
 * @self: a window
 *
 * Shows the first steps: a new office, a database, the example.
 */
void
shequ_window_show_start (ShequWindow *self)
{
  ShequApplication *application = SHEQU_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autofree char *user = shequ_application_get_user (application);
  GtkWidget *page = shequ_start_page_new (user);

  g_signal_connect_object (page, "open", G_CALLBACK (start_page_open), self, 0);
  shequ_window_show_alone (self, "start", page);
}

static void
connect_to (ShequServerDialog *dialog, const char *uri, ShequWindow *self)
{
  ShequApplication *application = SHEQU_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autofree char *user = shequ_application_get_user (application);
  g_autoptr (ShequOpening) opening = shequ_opening_new (SHEQU_OPENING_EXISTING, uri, user);

  shequ_window_open (self, opening);
}

static void
create_at (ShequServerDialog *dialog, const char *uri, ShequWindow *self)
{
  shequ_window_show_start (self);
  shequ_start_page_set_place (SHEQU_START_PAGE (gtk_stack_get_visible_child (self->stack)), uri);
}

/**
 * shequ_window_choose_server:
 * @self: a window
 *
 * Asks for the server of the office, beginning with the one that was used or tried last.
 */
void
shequ_window_choose_server (ShequWindow *self)
{
  g_autofree char *last = shequ_settings_get_text (get_settings (self), "server");
  g_autoptr (ShequServerSettings) settings = NULL;
  ShequServerDialog *dialog;

  if (self->opening != NULL)
    settings = shequ_server_settings_parse (self->opening->uri);
  if (settings == NULL)
    settings = shequ_server_settings_parse (last);
  dialog = shequ_server_dialog_present (GTK_WINDOW (self), settings);
  g_signal_connect_object (dialog, "connect-to", G_CALLBACK (connect_to), self, 0);
  g_signal_connect_object (dialog, "create-at", G_CALLBACK (create_at), self, 0);
}

static void
sync_subject (ShequWindow *self, const char *name)
{
  guint n_entries;
  const ShequPageEntry *entries = shequ_pages_get_entries (&n_entries);

  gtk_list_box_unselect_all (self->subjects);
  for (guint i = 0; i < n_entries; i++)
    {
      if (g_strcmp0 (entries[i].name, name) == 0 && entries[i].in_sidebar)
        gtk_list_box_select_row (self->subjects, gtk_list_box_get_row_at_index (self->subjects, (int) i));
    }
}

static void
update_title (ShequWindow *self, const char *name)
{
  const ShequPageEntry *entry = shequ_pages_lookup (name);
  g_autofree char *title = NULL;

  if (entry != NULL && self->office != NULL)
    title = g_strdup_printf ("%s · %s", _ (entry->title), shequ_office_get_name (self->office));
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _ ("Shequ"));
}

static void
page_changed (GtkStack *stack, GParamSpec *pspec, ShequWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (stack);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "page");

  if (name == NULL || action == NULL || self->closing)
    return;
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (name));
  sync_subject (self, name);
  update_title (self, name);
  if (shequ_window_get_page (self) != NULL)
    shequ_page_shown (shequ_window_get_page (self));
  shequ_window_update_actions (self);
}

static void
subject_activated (GtkListBox *list, GtkListBoxRow *row, ShequWindow *self)
{
  guint n_entries;

  shequ_window_show_page (self, shequ_pages_get_entries (&n_entries)[gtk_list_box_row_get_index (row)].name);
  if (adw_flap_get_folded (ADW_FLAP (self->flap)))
    adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
}

/**
 * shequ_window_get_page:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the page in front
 */
ShequPage *
shequ_window_get_page (ShequWindow *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->stack);

  return child != NULL && SHEQU_IS_PAGE (child) ? SHEQU_PAGE (child) : NULL;
}

/* The page of a name, made now if it was never shown. */
static GtkWidget *
ensure_page (ShequWindow *self, const char *name)
{
  const ShequPageEntry *entry = shequ_pages_lookup (name);
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name);

  if (entry == NULL || self->office == NULL || page != NULL)
    return page;
  if (!shequ_pages_may_show (entry, self->office))
    return NULL;
  page = shequ_pages_make (entry, self->office);
  gtk_stack_add_named (self->stack, page, name);
  if (SHEQU_IS_PAGE (page))
    g_signal_connect_object (page, "notify::actions", G_CALLBACK (shequ_window_update_actions), self,
                             G_CONNECT_SWAPPED);
  return page;
}

/**
 * shequ_window_show_page:
 * @self: a window
 * @name: a page of the table, or `start`
 *
 * Returns: whether there is such a page now
 */
gboolean
shequ_window_show_page (ShequWindow *self, const char *name)
{
  GtkWidget *page;

  if (g_str_equal (name, "start"))
    {
      shequ_window_show_start (self);
      return TRUE;
    }
  page = ensure_page (self, name);
  if (page == NULL)
    return FALSE;
  gtk_stack_set_visible_child (self->stack, page);
  return TRUE;
}

/* The page where a register lives, else the one that shows any. */
static GtkWidget *
find_page_of (ShequWindow *self,
              const ShequRegister *reg,
              gboolean (*try) (ShequPage *, const ShequRegister *, gpointer),
              gpointer data)
{
  const char *names[] = { reg->page, "registers" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *page = names[i] != NULL ? ensure_page (self, names[i]) : NULL;

      if (page != NULL && SHEQU_IS_PAGE (page) && try (SHEQU_PAGE (page), reg, data))
        return page;
    }
  return NULL;
}

static gboolean
try_open (ShequPage *page, const ShequRegister *reg, gpointer data)
{
  return shequ_page_open_record (page, reg, *(gint64 *) data);
}

static gboolean
try_show (ShequPage *page, const ShequRegister *reg, gpointer data)
{
  return shequ_page_show_records (page, reg, data);
}

/**
 * shequ_window_open_record:
 * @self: a window
 * @reg: the name of a register
 * @key: a record's key, or 0 for a new one
 *
 * Shows a record on the page where its register lives.
 */
void
shequ_window_open_record (ShequWindow *self, const char *reg, gint64 key)
{
  const ShequRegister *known = self->office != NULL ? shequ_office_get_register (self->office, reg) : NULL;
  GtkWidget *page = known != NULL ? find_page_of (self, known, try_open, &key) : NULL;

  if (page != NULL)
    gtk_stack_set_visible_child (self->stack, page);
}

/**
 * shequ_window_show_records:
 * @self: a window
 * @reg: the name of a register
 * @condition: which records, in the grammar of conditions; empty for all
 *
 * Lists records, as those behind a bar of a chart.
 */
void
shequ_window_show_records (ShequWindow *self, const char *reg, const char *condition)
{
  const ShequRegister *known = self->office != NULL ? shequ_office_get_register (self->office, reg) : NULL;
  GtkWidget *page = known != NULL
                      ? find_page_of (self, known, try_show, *condition != '\0' ? (gpointer) condition : NULL)
                      : NULL;

  if (page != NULL)
    gtk_stack_set_visible_child (self->stack, page);
}

/* What a new record is known to link to. */
typedef struct
{
  const char *link;
  gint64 key;
} Known;

static gboolean
try_create (ShequPage *page, const ShequRegister *reg, gpointer data)
{
  const Known *known = data;
  const ShequField *link = shequ_register_lookup (reg, known->link);

  return link != NULL && shequ_page_create_record (page, link, known->key);
}

/**
 * shequ_window_create_record:
 * @self: a window
 * @reg: the name of a register
 * @link: the name of one of its link fields
 * @key: the record that the new one links to
 *
 * Starts a new record for one that is seen, as a certificate for a resident.
 */
void
shequ_window_create_record (ShequWindow *self, const char *reg, const char *link, gint64 key)
{
  const ShequRegister *known = self->office != NULL ? shequ_office_get_register (self->office, reg) : NULL;
  Known data = { link, key };
  GtkWidget *page = known != NULL ? find_page_of (self, known, try_create, &data) : NULL;

  if (page != NULL)
    gtk_stack_set_visible_child (self->stack, page);
}

/**
 * shequ_window_import:
 * @self: a window
 * @path: a spreadsheet
 *
 * Shows a spreadsheet on the page where it is imported; when no database is open yet, as soon as one is.
 */
void
shequ_window_import (ShequWindow *self, const char *path)
{
  GtkWidget *page = ensure_page (self, "import");

  if (page == NULL)
    {
      g_free (self->file);
      self->file = g_strdup (path);
      return;
    }
  gtk_stack_set_visible_child (self->stack, page);
  shequ_page_open_file (SHEQU_PAGE (page), path);
}

void
shequ_window_undo (ShequWindow *self)
{
  if (!g_queue_is_empty (&self->undos))
    take_back (self, self->undos.head);
}

/**
 * shequ_window_drop_office:
 * @self: a window
 *
 * Closes the database of the window, with all pages.
 */
void
shequ_window_drop_office (ShequWindow *self)
{
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  g_queue_clear_full (&self->undos, undo_free);
  shequ_search_entry_set_office (self->search, NULL);
  shequ_connection_banner_set_office (self->connection_banner, NULL);
  shequ_damage_bar_set_office (self->damage_bar, NULL);
  shequ_draft_bar_set_office (self->draft_bar, NULL);
  self->closing = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->stack))) != NULL)
    gtk_stack_remove (self->stack, child);
  self->closing = FALSE;
  g_clear_object (&self->office);
  gtk_widget_set_sensitive (GTK_WIDGET (self->subjects), FALSE);
  gtk_label_set_text (self->office_label, "");
  gtk_label_set_text (self->user_label, "");
}

/* Without the password, which is kept elsewhere or typed again. */
static void
remember_database (ShequWindow *self)
{
  g_autofree char *uri = shequ_server_hide_password (self->opening->uri);

  if (self->opening->kind == SHEQU_OPENING_EXAMPLE)
    return;
  shequ_settings_set_text (get_settings (self), "recent-database", uri);
  if (strstr (uri, "://") != NULL)
    shequ_settings_set_text (get_settings (self), "server", uri);
}

/* Each has the subjects of what they see. */
static void
show_subjects (ShequWindow *self)
{
  guint n_entries;
  const ShequPageEntry *entries = shequ_pages_get_entries (&n_entries);

  for (guint i = 0; i < n_entries; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->subjects, (int) i);

      if (row != NULL)
        gtk_widget_set_visible (GTK_WIDGET (row),
                                entries[i].in_sidebar &&
                                  (self->office == NULL || shequ_pages_may_show (&entries[i], self->office)));
    }
}

/* Who works, and as what where that makes a difference. */
static void
show_user (ShequWindow *self, ShequOffice *office)
{
  g_autofree char *role = shequ_session_get_role_title (office);
  g_autofree char *text =
    role != NULL ? g_strdup_printf ("%s · %s", shequ_office_get_user (office), role) : NULL;

  gtk_label_set_text (self->user_label, text != NULL ? text : shequ_office_get_user (office));
}

static void
show_office (ShequWindow *self, ShequOffice *office)
{
  g_autofree char *last = shequ_settings_get_text (get_settings (self), "last-page");
  const char *asked = gtk_stack_get_visible_child_name (self->stack);
  GtkWidget *waiting;

  g_set_object (&self->office, office);
  shequ_office_watch (office);
  shequ_connection_banner_set_office (self->connection_banner, office);
  shequ_damage_bar_set_office (self->damage_bar, office);
  shequ_draft_bar_set_office (self->draft_bar, office);
  shequ_search_entry_set_office (self->search, office);
  shequ_daily_backup_watch (GTK_WIDGET (self), office, self->cancellable);
  show_subjects (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->subjects), TRUE);
  gtk_label_set_text (self->office_label, shequ_office_get_name (office));
  show_user (self, office);
  remember_database (self);
  if (self->opening->kind == SHEQU_OPENING_NEW)
    self->opening->kind = SHEQU_OPENING_EXISTING; /* it is there from now on */
  g_clear_pointer (&self->opening->password, shequ_secret_wipe_text);
  g_clear_pointer (&self->opening->recovery_key, shequ_secret_wipe_text);
  if (shequ_server_get_gap (shequ_office_get_store (office)) != NULL)
    show_banner (self, shequ_server_get_gap (shequ_office_get_store (office)));
  if (g_strcmp0 (asked, "start") != 0 && !shequ_window_show_page (self, last) &&
      !shequ_window_show_page (self, FIRST_PAGE))
    shequ_window_show_page (self, "today");
  waiting = gtk_stack_get_child_by_name (self->stack, "waiting");
  if (waiting != NULL)
    gtk_stack_remove (self->stack, waiting);
  if (self->file != NULL)
    {
      g_autofree char *file = g_steal_pointer (&self->file);

      shequ_window_import (self, file);
    }
}

static void
signed_in (GtkWidget *page, ShequWindow *self)
{
  g_autoptr (ShequOffice) office = g_object_ref (g_object_get_data (G_OBJECT (page), "office"));
  g_autofree char *last = shequ_sign_in_page_describe_last (office);

  if (shequ_session_get_account (office) != NULL)
    {
      shequ_application_set_user (SHEQU_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
                                  shequ_office_get_user (office));
      shequ_settings_set_text (get_settings (self), "user", shequ_office_get_user (office));
    }
  gtk_stack_remove (self->stack, page);
  show_office (self, office);
  if (last != NULL)
    feedback_say (SHEQU_FEEDBACK (self), last, NULL, NULL, NULL);
}

static void
ask_who_works (ShequWindow *self, ShequOffice *office)
{
  GtkWidget *page = shequ_sign_in_page_new (office, self->opening->user);

  g_object_set_data_full (G_OBJECT (page), "office", g_object_ref (office), g_object_unref);
  g_signal_connect_object (page, "signed-in", G_CALLBACK (signed_in), self, 0);
  shequ_window_show_alone (self, "sign-in", page);
}

static void
opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequOffice) office = shequ_opening_run_finish (result, &error);

  if (self->opening == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (office != NULL && shequ_session_is_wanted (office))
    ask_who_works (self, office);
  else if (office != NULL)
    show_office (self, office);
  else
    shequ_window_show_alone (self, "error", shequ_error_page_new (self->opening->uri, error));
}

static void
give_up_opening (ShequWindow *self)
{
  shequ_window_drop_office (self);
  shequ_window_show_start (self);
}

/* A search index that is made anew can be left for later. */
static void
append_way_out (ShequWindow *self, GtkBox *box)
{
  GtkWidget *note =
    gtk_label_new (_ ("The search index is made anew, once for this version of the program. If "
                      "you cancel, it goes on from here the next time."));
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 40);
  gtk_widget_set_halign (cancel, GTK_ALIGN_CENTER);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (give_up_opening), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, note);
  gtk_box_append (box, cancel);
}

/* How far it is, hidden until something is told. */
static GtkWidget *
new_progress (ShequWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  g_set_weak_pointer (&self->progress, GTK_PROGRESS_BAR (gtk_progress_bar_new ()));
  gtk_progress_bar_set_show_text (self->progress, TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->progress), 240, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  if (self->opening->kind == SHEQU_OPENING_EXISTING)
    append_way_out (self, GTK_BOX (box));
  gtk_widget_hide (box);
  return box;
}

static void
show_progress (guint done, guint total, gpointer user_data)
{
  ShequWindow *self = user_data;
  g_autofree char *text = g_strdup_printf (_ ("%'u of %'u"), done, total);

  if (self->progress == NULL || total == 0)
    return;
  gtk_progress_bar_set_fraction (self->progress, (double) done / total);
  gtk_progress_bar_set_text (self->progress, text);
  gtk_widget_show (gtk_widget_get_parent (GTK_WIDGET (self->progress)));
}

/* A spinner with what it stands for; more can be put below. */
GtkWidget *
shequ_window_new_waiting (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (text));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
new_waiting (ShequWindow *self)
{
  GtkWidget *box = shequ_window_new_waiting (self->opening->kind == SHEQU_OPENING_EXAMPLE
                                               ? _ ("Preparing the example office…")
                                               : _ ("Opening the database…"));

  gtk_box_append (GTK_BOX (box), new_progress (self));
  return box;
}

static void
start_opening (ShequWindow *self)
{
  shequ_window_show_alone (self, "waiting", new_waiting (self));
  shequ_opening_run_async (self->opening, show_progress, self->cancellable, opened, g_object_ref (self));
}

/**
 * shequ_window_open:
 * @self: a window
 * @opening: which database
 *
 * Opens a database in this window; its own pages come when it is open. What fails is shown on a page.
 */
void
shequ_window_open (ShequWindow *self, const ShequOpening *opening)
{
  g_autoptr (ShequOpening) copy = shequ_opening_copy (opening);

  shequ_window_drop_office (self);
  g_clear_pointer (&self->opening, shequ_opening_free);
  self->opening = g_steal_pointer (&copy);
  self->opening->reading = shequ_application_take_reading (
    SHEQU_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), self->opening->describe);
  shequ_opening_read_ahead (self->opening);
  /* The first frame needs the disk and this processor more. */
  if (self->painted)
    start_opening (self);
}

ShequOffice *
shequ_window_get_office (ShequWindow *self)
{
  g_return_val_if_fail (SHEQU_IS_WINDOW (self), NULL);

  return self->office;
}

static gboolean
has_unsaved (ShequWindow *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (SHEQU_IS_PAGE (child) && shequ_page_has_unsaved (SHEQU_PAGE (child)))
        {
          gtk_stack_set_visible_child (self->stack, child);
          return TRUE;
        }
    }
  return FALSE;
}

/* Opens the database again, on the same page; who works there signs in again. */
void
shequ_window_reopen (ShequWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  g_autoptr (ShequOpening) opening = self->opening != NULL ? shequ_opening_copy (self->opening) : NULL;

  if (opening == NULL)
    return;
  if (shequ_pages_lookup (page) != NULL)
    shequ_settings_set_text (get_settings (self), "last-page", page);
  shequ_window_open (self, opening);
}

static void
reload_answered (AdwMessageDialog *dialog, const char *answer, ShequWindow *self)
{
  if (!g_str_equal (answer, "discard"))
    return;
  if (self->office != NULL)
    shequ_drafts_discard (shequ_drafts_of (self->office));
  shequ_window_reopen (self);
}

/**
 * shequ_window_reload:
 * @self: a window
 *
 * Opens the database of the window again, so that registers and fields are as they are described now. Asks
 * before something typed would be lost.
 */
void
shequ_window_reload (ShequWindow *self)
{
  GtkWidget *dialog;

  if (!has_unsaved (self))
    {
      shequ_window_reopen (self);
      return;
    }
  dialog = adw_message_dialog_new (
    GTK_WINDOW (self), _ ("Show the new fields now?"),
    _ ("What you have typed on this page has not been saved and would be lost. The change is stored; it "
       "shows when the program is started next."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "later", _ ("_Later"), "discard",
                                    _ ("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "later");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "later");
  g_signal_connect_object (dialog, "response", G_CALLBACK (reload_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
has_waiting (ShequWindow *self)
{
  ShequConnectionState state = { FALSE };

  if (self->office != NULL)
    shequ_office_get_connection (self->office, &state);
  return state.n_waiting > 0;
}

static void
unsaved_answered (AdwMessageDialog *dialog, const char *answer, ShequWindow *self)
{
  if (!g_str_equal (answer, "discard"))
    return;
  if (self->office != NULL)
    shequ_drafts_discard (shequ_drafts_of (self->office));
  shequ_window_drop_office (self);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_state (ShequWindow *self)
{
  ShequSettings *settings = get_settings (self);
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  shequ_settings_set_integer (settings, "window-width", width);
  shequ_settings_set_integer (settings, "window-height", height);
  shequ_settings_set_flag (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (shequ_pages_lookup (page) != NULL)
    shequ_settings_set_text (settings, "last-page", page);
}

static gboolean
shequ_window_close_request (GtkWindow *window)
{
  ShequWindow *self = SHEQU_WINDOW (window);

  if (has_waiting (self) || has_unsaved (self))
    {
      GtkWidget *dialog = adw_message_dialog_new (
        window, _ ("Close without saving?"),
        has_waiting (self)
          ? _ ("Changes wait for the database, which does not answer. They would be lost; they are saved "
               "as soon as it is back.")
          : _ ("What you have typed on this page has not been saved and would be lost."));

      adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Keep editing"), "discard",
                                        _ ("_Discard"), NULL);
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                                  ADW_RESPONSE_DESTRUCTIVE);
      g_signal_connect_object (dialog, "response", G_CALLBACK (unsaved_answered), self, 0);
      gtk_window_present (GTK_WINDOW (dialog));
      return TRUE;
    }
  save_state (self);
  return GTK_WINDOW_CLASS (shequ_window_parent_class)->close_request (window);
}

static GtkWidget *
new_subject (const ShequPageEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (entry->title));

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (entry->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (entry->title), -1);
  gtk_widget_set_visible (row, entry->in_sidebar);
  return row;
}

/* The first letters and icons cost more than all the rest of the first frame: they come with the second. */
static void
fill_subjects (ShequWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  guint n_entries;
  const ShequPageEntry *entries = shequ_pages_get_entries (&n_entries);

  for (guint i = 0; i < n_entries; i++)
    gtk_list_box_append (self->subjects, new_subject (&entries[i]));
  show_subjects (self);
  sync_subject (self, page);
  shequ_search_entry_show_hint (self->search);
}

static void
painted (GdkFrameClock *clock, ShequWindow *self)
{
  g_signal_handlers_disconnect_by_func (clock, painted, self);
  self->painted = TRUE;
  fill_subjects (self);
  if (self->opening != NULL)
    start_opening (self);
}

static void
shequ_window_map (GtkWidget *widget)
{
  ShequWindow *self = SHEQU_WINDOW (widget);

  GTK_WIDGET_CLASS (shequ_window_parent_class)->map (widget);
  if (!self->painted)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (painted), self,
                             0);
}

static void
shequ_window_dispose (GObject *object)
{
  ShequWindow *self = SHEQU_WINDOW (object);

  self->closing = TRUE;
  shequ_window_unwatch_idle (self);
  g_clear_weak_pointer (&self->progress);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->undos, undo_free);
  g_clear_object (&self->said);
  g_clear_object (&self->office);
  g_clear_pointer (&self->opening, shequ_opening_free);
  g_clear_pointer (&self->file, g_free);
  G_OBJECT_CLASS (shequ_window_parent_class)->dispose (object);
}

static void
shequ_window_class_init (ShequWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_window_dispose;
  widget_class->map = shequ_window_map;
  GTK_WINDOW_CLASS (class)->close_request = shequ_window_close_request;

  g_type_ensure (SHEQU_TYPE_CONNECTION_BANNER);
  g_type_ensure (SHEQU_TYPE_DAMAGE_BAR);
  g_type_ensure (SHEQU_TYPE_DRAFT_BAR);
  g_type_ensure (SHEQU_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Shequ/ui/shequ-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, subjects);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, office_label);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, user_label);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, banner_label);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, connection_banner);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, damage_bar);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, draft_bar);
  gtk_widget_class_bind_template_child (widget_class, ShequWindow, search);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_banner);
  gtk_widget_class_bind_template_callback (widget_class, subject_activated);
  gtk_widget_class_bind_template_callback (widget_class, page_changed);
}

static void
shequ_window_init (ShequWindow *self)
{
  g_queue_init (&self->undos);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->subjects), FALSE);
  shequ_search_entry_set_office (self->search, NULL);
  shequ_window_install_actions (self);
  shequ_window_watch_idle (self);
}

/**
 * shequ_window_new:
 * @application: the program
 *
 * Returns: (transfer none): a window as large as the last one, without a database yet
 */
ShequWindow *
shequ_window_new (ShequApplication *application)
{
  ShequWindow *self = g_object_new (SHEQU_TYPE_WINDOW, "application", application, NULL);
  ShequSettings *settings = shequ_application_get_settings (application);

  gtk_window_set_default_size (GTK_WINDOW (self), shequ_settings_get_integer (settings, "window-width", 1280),
                               shequ_settings_get_integer (settings, "window-height", 800));
  if (shequ_settings_get_flag (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  return self;
}
