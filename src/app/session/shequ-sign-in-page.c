#include "shequ-sign-in-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-recover-dialog.h"
#include "shequ-secret.h"
#include "shequ-session.h"
#include "shequ-time.h"

/* What the page asks for. */
typedef enum
{
  ASKS_PASSWORD, /* who works */
  ASKS_AGAIN,    /* the one who has locked the window */
  ASKS_NEW,      /* a password of one's own */
  ASKS_KEY,      /* the recovery key, of an office without accounts */
} Asks;

struct _ShequSignInPage
{
  AdwBin parent_instance;

  ShequOffice *office;
  GCancellable *cancellable;
  Asks asks;
  gboolean busy;

  GtkLabel *title;
  GtkLabel *note;
  GtkWidget *sign_in_group;
  GtkEditable *name_row;
  GtkEditable *password_row;
  GtkWidget *change_group;
  GtkEditable *new_row;
  GtkEditable *again_row;
  GtkWidget *key_group;
  GtkEditable *key_row;
  GtkButton *button;
  GtkSpinner *spinner;
  GtkWidget *other_button;
  GtkWidget *forgotten_button;
};

enum
{
  SIGNAL_SIGNED_IN,
  SIGNAL_HAND_OVER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequSignInPage, shequ_sign_in_page, ADW_TYPE_BIN)

/* `alarming` is what keeps somebody out; else it is for their information. */
static void
say (ShequSignInPage *self, const char *text, gboolean alarming)
{
  gtk_label_set_text (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
  if (alarming)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "error");
}

static gboolean
is_filled (GtkEditable *row)
{
  return *gtk_editable_get_text (row) != '\0';
}

static gboolean
is_complete (ShequSignInPage *self)
{
  switch (self->asks)
    {
    case ASKS_NEW:
      return is_filled (self->new_row) && is_filled (self->again_row);
    case ASKS_KEY:
      return is_filled (self->key_row);
    case ASKS_PASSWORD:
    case ASKS_AGAIN:
    default:
      return is_filled (self->name_row) && is_filled (self->password_row);
    }
}

static void
update (ShequSignInPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !self->busy && is_complete (self));
  gtk_widget_set_sensitive (self->sign_in_group, !self->busy);
  gtk_widget_set_sensitive (self->change_group, !self->busy);
  gtk_widget_set_sensitive (self->key_group, !self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
}

static void
typed (ShequSignInPage *self)
{
  if (!self->busy)
    update (self);
}

static void
set_busy (ShequSignInPage *self, gboolean busy)
{
  self->busy = busy;
  if (busy)
    say (self, NULL, FALSE);
  update (self);
}

static void
ask (ShequSignInPage *self, Asks asks)
{
  static const char *const labels[] = { N_ ("_Sign in"), N_ ("_Unlock"), N_ ("_Change and go on"),
                                        N_ ("_Open") };
  GtkEditable *first = asks == ASKS_NEW             ? self->new_row
                       : asks == ASKS_KEY           ? self->key_row
                       : is_filled (self->name_row) ? self->password_row
                                                    : self->name_row;

  self->asks = asks;
  gtk_widget_set_visible (self->sign_in_group, asks == ASKS_PASSWORD || asks == ASKS_AGAIN);
  gtk_widget_set_visible (self->change_group, asks == ASKS_NEW);
  gtk_widget_set_visible (self->key_group, asks == ASKS_KEY);
  gtk_widget_set_visible (self->other_button, asks == ASKS_AGAIN);
  gtk_widget_set_visible (self->forgotten_button, asks == ASKS_PASSWORD || asks == ASKS_AGAIN);
  gtk_widget_set_visible (GTK_WIDGET (self->name_row), asks == ASKS_PASSWORD);
  gtk_button_set_label (self->button, _ (labels[asks]));
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (first));
}

/* Nothing that was typed stays behind in the page. */
static void
forget (ShequSignInPage *self)
{
  gtk_editable_set_text (self->password_row, "");
  gtk_editable_set_text (self->new_row, "");
  gtk_editable_set_text (self->again_row, "");
  gtk_editable_set_text (self->key_row, "");
}

static void
finish (ShequSignInPage *self)
{
  forget (self);
  g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0);
}

static void
fail (ShequSignInPage *self, GtkEditable *row, const GError *error)
{
  set_busy (self, FALSE);
  say (self, error->message, TRUE);
  gtk_editable_set_text (row, "");
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* When one was here last tells one whether somebody else was. */
static char *
describe_last (const ShequAccount *account)
{
  g_autofree char *moment = account->signed_in != 0 ? shequ_moment_format (account->signed_in) : NULL;

  if (account->failures > 0)
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "Since you were here last, a wrong password was typed for your account %u "
                   "time. If that was not you, tell a manager.",
                   "Since you were here last, a wrong password was typed for your account %u "
                   "times. If that was not you, tell a manager.",
                   account->failures),
      account->failures);
  return moment != NULL ? g_strdup_printf (_ ("You were here last: %s"), moment) : NULL;
}

static void
signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  const ShequAccount *account;

  if (!shequ_session_sign_in_finish (SHEQU_OFFICE (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, self->password_row, error);
      return;
    }
  account = shequ_session_get_account (self->office);
  if (account->must_change)
    {
      set_busy (self, FALSE);
      ask (self, ASKS_NEW);
      say (self,
           _ ("Choose a password of your own. It is known to nobody else, and what is done with it is "
              "logged as done by you."),
           FALSE);
      return;
    }
  finish (self);
}

static void
confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequAccount) account = shequ_session_confirm_finish (SHEQU_OFFICE (source), result, &error);

  if (account != NULL)
    finish (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, self->password_row, error);
}

static void
changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_session_change_password_finish (SHEQU_OFFICE (source), result, &error))
    {
      finish (self);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_editable_set_text (self->again_row, "");
  fail (self, self->new_row, error);
}

static void
unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_session_unlock_finish (SHEQU_OFFICE (source), result, &error))
    finish (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, self->key_row, error);
}

static void
change (ShequSignInPage *self)
{
  const char *password = gtk_editable_get_text (self->new_row);

  if (g_strcmp0 (password, gtk_editable_get_text (self->again_row)) != 0)
    {
      say (self, _ ("The two passwords differ. Type the second one again"), TRUE);
      gtk_editable_set_text (self->again_row, "");
      gtk_widget_grab_focus (GTK_WIDGET (self->again_row));
      return;
    }
  set_busy (self, TRUE);
  shequ_session_change_password_async (self->office, shequ_office_get_user (self->office),
                                       gtk_editable_get_text (self->password_row), password,
                                       self->cancellable, changed, g_object_ref (self));
}

static void
sign_in_clicked (ShequSignInPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
  const char *password = gtk_editable_get_text (self->password_row);

  if (self->busy || !is_complete (self))
    return;
  if (self->asks == ASKS_NEW)
    {
      change (self);
      return;
    }
  set_busy (self, TRUE);
  if (self->asks == ASKS_KEY)
    shequ_session_unlock_async (self->office, gtk_editable_get_text (self->key_row), self->cancellable,
                                unlocked, g_object_ref (self));
  else if (self->asks == ASKS_AGAIN)
    shequ_session_confirm_async (self->office, name, password, NULL, self->cancellable, confirmed,
                                 g_object_ref (self));
  else
    shequ_session_sign_in_async (self->office, name, password, self->cancellable, signed_in,
                                 g_object_ref (self));
}

static void
name_entered (ShequSignInPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
new_entered (ShequSignInPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->again_row));
}

static void
other_clicked (ShequSignInPage *self)
{
  forget (self);
  g_signal_emit (self, signals[SIGNAL_HAND_OVER], 0);
}

static void
recovered (ShequRecoverDialog *dialog, const char *name, ShequSignInPage *self)
{
  g_autofree char *text =
    g_strdup_printf (_ ("“%s” can sign in now, and chooses a password of their own first."), name);

  if (self->asks == ASKS_PASSWORD)
    gtk_editable_set_text (self->name_row, name);
  say (self, text, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
forgotten_clicked (ShequSignInPage *self)
{
  ShequRecoverDialog *dialog =
    shequ_recover_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->office,
                                  gtk_editable_get_text (self->name_row));

  g_signal_connect_object (dialog, "recovered", G_CALLBACK (recovered), self, 0);
}

static void
shequ_sign_in_page_dispose (GObject *object)
{
  ShequSignInPage *self = SHEQU_SIGN_IN_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_sign_in_page_parent_class)->dispose (object);
}

static void
shequ_sign_in_page_class_init (ShequSignInPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_sign_in_page_dispose;

  signals[SIGNAL_SIGNED_IN] = g_signal_new ("signed-in", SHEQU_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_HAND_OVER] = g_signal_new ("hand-over", SHEQU_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Shequ/ui/shequ-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, title);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, note);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, sign_in_group);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, change_group);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, new_row);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, again_row);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, key_group);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, key_row);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, button);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, other_button);
  gtk_widget_class_bind_template_child (widget_class, ShequSignInPage, forgotten_button);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, name_entered);
  gtk_widget_class_bind_template_callback (widget_class, new_entered);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_clicked);
  gtk_widget_class_bind_template_callback (widget_class, other_clicked);
  gtk_widget_class_bind_template_callback (widget_class, forgotten_clicked);
}

static void
shequ_sign_in_page_init (ShequSignInPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The first thing to type into gets the focus as soon as the page is seen. */
static void
focus_first (ShequSignInPage *self)
{
  ask (self, self->asks);
}

/**
 * shequ_sign_in_page_new:
 * @office: a locked office that nothing else uses yet
 * @name: who worked here last
 *
 * Returns: (transfer floating): a page that asks who works, or for the recovery key where there are no
 * accounts
 */
GtkWidget *
shequ_sign_in_page_new (ShequOffice *office, const char *name)
{
  ShequSignInPage *self = g_object_new (SHEQU_TYPE_SIGN_IN_PAGE, NULL);
  gboolean has_accounts = FALSE;

  self->office = g_object_ref (office);
  shequ_store_has_accounts (shequ_office_get_store (office), &has_accounts, NULL);
  gtk_label_set_text (self->title, shequ_office_get_name (office));
  gtk_editable_set_text (self->name_row, has_accounts ? name : "");
  ask (self, has_accounts ? ASKS_PASSWORD : ASKS_KEY);
  if (!has_accounts)
    say (self,
         _ ("This office is protected and has no accounts yet: it opens with the recovery key on paper."),
         FALSE);
  g_signal_connect (self, "map", G_CALLBACK (focus_first), NULL);
  return GTK_WIDGET (self);
}

/**
 * shequ_sign_in_page_new_locked:
 * @office: an office that somebody is signed in to
 *
 * Returns: (transfer floating): a page that stands in front of the window until its user is back
 */
GtkWidget *
shequ_sign_in_page_new_locked (ShequOffice *office)
{
  ShequSignInPage *self = g_object_new (SHEQU_TYPE_SIGN_IN_PAGE, NULL);

  self->office = g_object_ref (office);
  gtk_label_set_text (self->title, shequ_office_get_user (office));
  gtk_editable_set_text (self->name_row, shequ_office_get_user (office));
  ask (self, ASKS_AGAIN);
  say (self, _ ("The screen is locked. What was being typed is kept."), FALSE);
  g_signal_connect (self, "map", G_CALLBACK (focus_first), NULL);
  return GTK_WIDGET (self);
}

/**
 * shequ_sign_in_page_describe_last:
 * @office: an office that somebody has just signed in to
 *
 * Returns: (transfer full) (nullable): what they should know of their account
 */
char *
shequ_sign_in_page_describe_last (ShequOffice *office)
{
  const ShequAccount *account = shequ_session_get_account (office);

  return account != NULL ? describe_last (account) : NULL;
}
