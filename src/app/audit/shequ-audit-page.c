#include "shequ-audit-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-audit.h"
#include "shequ-document-window.h"
#include "shequ-feedback.h"
#include "shequ-file-book.h"
#include "shequ-time.h"

/* More are found by a day or a word. */
#define MOST_LINES 300
#define TYPING_PAUSE 300

struct _ShequAuditPage
{
  ShequPage parent_instance;

  GPtrArray *lines; /* (nullable): of ShequAuditLine */
  GCancellable *cancellable;
  guint typing_id;

  GtkDropDown *report;
  GtkEditable *search;
  GtkEditable *since;
  GtkLabel *summary;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (ShequAuditPage, shequ_audit_page, SHEQU_TYPE_PAGE)

typedef struct
{
  ShequAuditAsk ask;
  char *since;
  char *text;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->since);
  g_free (ask->text);
  g_free (ask);
}

static gpointer
read_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Ask *ask = data;

  return shequ_audit_read (office, &ask->ask, cancellable, error);
}

static void
open_record (AdwActionRow *row, const ShequAuditLine *line)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "win.open-record", "(sx)", line->entry->reg,
                              line->entry->key);
}

static GtkWidget *
new_row (ShequAuditPage *self, const ShequAuditLine *line)
{
  const ShequLogEntry *entry = line->entry;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title =
    g_strdup_printf ("%s · %s · %s", line->when, entry->user, shequ_action_get_label (entry->action));
  g_autofree char *detail =
    g_strjoin (" · ", line->record != NULL ? line->record : "", entry->reason != NULL ? entry->reason : "",
               entry->workstation != NULL ? entry->workstation : "", NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  if (entry->reg != NULL && entry->key != 0 &&
      shequ_office_get_register (shequ_page_get_office (SHEQU_PAGE (self)), entry->reg) != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect (row, "activated", G_CALLBACK (open_record), (gpointer) line);
    }
  return row;
}

static void
clear_list (ShequAuditPage *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_clear_pointer (&self->lines, g_ptr_array_unref);
}

static void
show_lines (ShequAuditPage *self)
{
  guint n_lines = self->lines->len;
  g_autofree char *summary =
    n_lines == 0 ? g_strdup (_ ("The change log has no such entry."))
    : n_lines < MOST_LINES
      ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry", "%u entries", n_lines), n_lines)
      : g_strdup_printf (_ ("The newest %u entries; a later day or a word shows others"), n_lines);

  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_lines > 0);
  for (guint i = 0; i < n_lines; i++)
    gtk_list_box_append (self->list, new_row (self, self->lines->pdata[i]));
  shequ_page_set_actions (SHEQU_PAGE (self),
                          SHEQU_PAGE_CAN_FIND | (n_lines > 0 ? SHEQU_PAGE_CAN_PRINT : SHEQU_PAGE_NOTHING));
}

static void
was_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequAuditPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list == NULL)
    return;
  clear_list (self);
  if (lines == NULL)
    {
      gtk_label_set_text (self->summary, error->message);
      gtk_widget_hide (GTK_WIDGET (self->list));
      shequ_page_set_actions (SHEQU_PAGE (self), SHEQU_PAGE_CAN_FIND);
      return;
    }
  self->lines = g_steal_pointer (&lines);
  show_lines (self);
}

static void
read_log (ShequAuditPage *self)
{
  Ask *ask = g_new0 (Ask, 1);
  const char *since = gtk_editable_get_text (self->since);

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  ask->text = g_strdup (gtk_editable_get_text (self->search));
  ask->since = *since != '\0' ? g_strdup (since) : NULL;
  ask->ask.report = gtk_drop_down_get_selected (self->report);
  ask->ask.text = ask->text;
  ask->ask.since = ask->since;
  ask->ask.limit = MOST_LINES;
  shequ_office_run_async (shequ_page_get_office (SHEQU_PAGE (self)), read_in_thread, ask, ask_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, was_read,
                          g_object_ref (self));
}

static gboolean
paused (gpointer data)
{
  ShequAuditPage *self = data;

  self->typing_id = 0;
  read_log (self);
  return G_SOURCE_REMOVE;
}

static void
typed (ShequAuditPage *self)
{
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add (TYPING_PAUSE, paused, self);
}

/* What goes on paper leaves the office: the change log keeps that, too. */
static gpointer
log_print (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *changes = g_strdup_printf ("{\"printed\":%u}", GPOINTER_TO_UINT (data));
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Printed the change log"), cancellable, error);

  if (transaction == NULL ||
      !shequ_transaction_log (transaction, SHEQU_ACTION_PRINT, NULL, 0, changes, error) ||
      !shequ_transaction_commit (transaction, error))
    return NULL;
  return GINT_TO_POINTER (1);
}

static void
print_logged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequAuditPage) self = user_data;
  ShequOffice *office = SHEQU_OFFICE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFile) file = NULL;
  g_autoptr (ShequDocument) document = NULL;
  g_autofree char *moment = shequ_office_get_moment (office);
  g_autofree char *date = NULL;
  ShequFileBook book = { .title = _ ("Change log"),
                         .office = shequ_office_get_name (office),
                         .handler = shequ_office_get_user (office) };
  gint64 seconds;

  if (shequ_office_run_finish (office, result, &error) == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("Nothing was printed."), error);
      return;
    }
  if (self->lines == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  date = shequ_moment_from_utc (moment, &seconds) ? shequ_moment_format (seconds) : g_strdup (moment);
  book.date = book.moment = date;
  file = shequ_audit_write_file (gtk_drop_down_get_selected (self->report), self->lines);
  document = shequ_file_sheet_new (&book, file);
  shequ_document_window_present (GTK_WIDGET (self), document);
}

static void
shequ_audit_page_perform (ShequPage *page, ShequPageActions action)
{
  ShequAuditPage *self = SHEQU_AUDIT_PAGE (page);

  if (action == SHEQU_PAGE_CAN_FIND)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else if (action == SHEQU_PAGE_CAN_PRINT && self->lines != NULL)
    shequ_office_run_async (shequ_page_get_office (page), log_print, GUINT_TO_POINTER (self->lines->len),
                            NULL, NULL, NULL, print_logged, g_object_ref (self));
}

static void
shequ_audit_page_shown (ShequPage *page)
{
  read_log (SHEQU_AUDIT_PAGE (page));
}

static void
name_widget (gpointer widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
new_bar (ShequAuditPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  const char *labels[SHEQU_AUDIT_N_REPORTS + 1] = { NULL };
  GtkWidget *since = gtk_entry_new ();
  GtkWidget *search = gtk_search_entry_new ();

  for (guint i = 0; i < SHEQU_AUDIT_N_REPORTS; i++)
    labels[i] = shequ_audit_report_get_label (i);
  self->report = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (labels));
  self->search = GTK_EDITABLE (search);
  self->since = GTK_EDITABLE (since);
  gtk_entry_set_placeholder_text (GTK_ENTRY (since), _ ("Since, as 2026-11-01"));
  g_object_set (search, "placeholder-text", _ ("User, workstation or purpose"), "hexpand", TRUE, NULL);
  name_widget (self->report, _ ("Report"));
  name_widget (search, _ ("User, workstation or purpose"));
  name_widget (since, _ ("Since"));
  g_signal_connect_swapped (self->report, "notify::selected", G_CALLBACK (read_log), self);
  g_signal_connect_swapped (search, "changed", G_CALLBACK (typed), self);
  g_signal_connect_swapped (since, "changed", G_CALLBACK (typed), self);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->report));
  gtk_box_append (GTK_BOX (bar), search);
  gtk_box_append (GTK_BOX (bar), since);
  return bar;
}

static void
shequ_audit_page_init (ShequAuditPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->summary = GTK_LABEL (gtk_label_new (NULL));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_label_set_xalign (self->summary, 0);
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  name_widget (self->list, _ ("Entries of the change log"));
  gtk_box_append (GTK_BOX (box), new_bar (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 900);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

static void
shequ_audit_page_dispose (GObject *object)
{
  ShequAuditPage *self = SHEQU_AUDIT_PAGE (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    clear_list (self);
  self->list = NULL;
  G_OBJECT_CLASS (shequ_audit_page_parent_class)->dispose (object);
}

static void
shequ_audit_page_class_init (ShequAuditPageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_audit_page_dispose;
  SHEQU_PAGE_CLASS (class)->shown = shequ_audit_page_shown;
  SHEQU_PAGE_CLASS (class)->perform = shequ_audit_page_perform;
}
