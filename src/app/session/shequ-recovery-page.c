#include "shequ-recovery-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-backup.h"
#include "shequ-date.h"
#include "shequ-feedback.h"
#include "shequ-key-page.h"
#include "shequ-office.h"
#include "shequ-password.h"
#include "shequ-print-operation.h"
#include "shequ-secret.h"
#include "shequ-time.h"

struct _ShequRecoveryPage
{
  AdwBin parent_instance;

  char *office;
  char *key;
  GtkWidget *go_on;
};

enum
{
  SIGNAL_KEPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequRecoveryPage, shequ_recovery_page, ADW_TYPE_BIN)

static void
print_clicked (ShequRecoveryPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSecret) key = shequ_recovery_key_parse (self->key, &error);
  g_autofree char *id = key != NULL ? shequ_backup_key_id (key) : NULL;
  g_autofree char *moment = shequ_office_read_moment ();
  g_autofree char *day = NULL;
  g_autoptr (ShequDocument) document = NULL;
  ShequDate date;
  gint64 seconds;

  if (shequ_moment_from_utc (moment, &seconds))
    {
      shequ_moment_to_date (seconds, &date, NULL);
      day = shequ_date_format_chinese (&date);
    }
  if (id != NULL)
    document = shequ_key_document_new (self->office, id, self->key, day, &error);
  if (document != NULL)
    shequ_print_operation_run (GTK_WIDGET (self), document);
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The key can't be printed."), error);
}

static void
go_on_clicked (ShequRecoveryPage *self)
{
  g_signal_emit (self, signals[SIGNAL_KEPT], 0);
}

static void
kept_toggled (GtkCheckButton *kept, ShequRecoveryPage *self)
{
  gtk_widget_set_sensitive (self->go_on, gtk_check_button_get_active (kept));
}

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
new_button (ShequRecoveryPage *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
build (ShequRecoveryPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  GtkWidget *kept = gtk_check_button_new_with_mnemonic (_ ("The key is on _paper and goes into the safe"));
  GtkWidget *key = new_label (self->key, "title-3");

  self->go_on = new_button (self, _ ("_Create the office"), G_CALLBACK (go_on_clicked));
  gtk_widget_add_css_class (self->go_on, "suggested-action");
  gtk_widget_set_sensitive (self->go_on, FALSE);
  gtk_widget_set_halign (kept, GTK_ALIGN_CENTER);
  g_signal_connect (kept, "toggled", G_CALLBACK (kept_toggled), self);
  gtk_label_set_selectable (GTK_LABEL (key), FALSE);
  gtk_widget_add_css_class (key, "monospace");
  gtk_box_append (box, new_label (_ ("The recovery key"), "title-1"));
  gtk_box_append (box,
                  new_label (_ ("Who has this key can open the office when nobody knows a password any more, "
                                "and read its backups. It is kept nowhere else: print it now."),
                             NULL));
  gtk_box_append (box, key);
  gtk_box_append (box, new_button (self, _ ("_Print the key…"), G_CALLBACK (print_clicked)));
  gtk_box_append (box, kept);
  gtk_box_append (box, self->go_on);
  gtk_widget_set_valign (GTK_WIDGET (box), GTK_ALIGN_CENTER);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (box));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

static void
shequ_recovery_page_finalize (GObject *object)
{
  ShequRecoveryPage *self = SHEQU_RECOVERY_PAGE (object);

  g_free (self->office);
  g_clear_pointer (&self->key, shequ_secret_wipe_text);
  G_OBJECT_CLASS (shequ_recovery_page_parent_class)->finalize (object);
}

static void
shequ_recovery_page_class_init (ShequRecoveryPageClass *class)
{
  G_OBJECT_CLASS (class)->finalize = shequ_recovery_page_finalize;
  signals[SIGNAL_KEPT] =
    g_signal_new ("kept", SHEQU_TYPE_RECOVERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
shequ_recovery_page_init (ShequRecoveryPage *self)
{
}

/**
 * shequ_recovery_page_new:
 * @office: the name of the office, as it stands on papers
 * @key: its recovery key, as it is written
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
shequ_recovery_page_new (const char *office, const char *key)
{
  ShequRecoveryPage *self = g_object_new (SHEQU_TYPE_RECOVERY_PAGE, NULL);

  self->office = g_strdup (office);
  self->key = g_strdup (key);
  build (self);
  return GTK_WIDGET (self);
}

const char *
shequ_recovery_page_get_key (ShequRecoveryPage *self)
{
  return self->key;
}
