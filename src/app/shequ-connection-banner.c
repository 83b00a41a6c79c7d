#include "shequ-connection-banner.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* How long it is told that all is well again. */
#define BACK_SECONDS 6

/* From here on a clock is off; a few seconds it always is. */
#define MOST_CLOCK_SECONDS 300

struct _ShequConnectionBanner
{
  AdwBin parent_instance;

  ShequOffice *office; /* (nullable) */
  GtkInfoBar *bar;
  GtkSpinner *spinner;
  GtkLabel *label;
  gboolean was_lost;
  gboolean clock_dismissed;
  guint back_id;
};

G_DEFINE_FINAL_TYPE (ShequConnectionBanner, shequ_connection_banner, ADW_TYPE_BIN)

static void
show (ShequConnectionBanner *self, GtkMessageType type, gboolean busy, const char *text)
{
  gtk_info_bar_set_message_type (self->bar, type);
  gtk_info_bar_set_show_close_button (self->bar, !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_label_set_text (self->label, text);
  gtk_info_bar_set_revealed (self->bar, TRUE);
}

static void
show_lost (ShequConnectionBanner *self, const ShequConnectionState *state)
{
  g_autofree char *waiting = NULL;

  if (state->n_waiting > 0)
    waiting =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "The connection to the database is lost; connecting again… "
                                    "%u change waits and is saved as soon as it is back. Do not close "
                                    "the program.",
                                    "The connection to the database is lost; connecting again… "
                                    "%u changes wait and are saved as soon as it is back. Do not "
                                    "close the program.",
                                    state->n_waiting),
                       state->n_waiting);
  show (self, GTK_MESSAGE_WARNING, TRUE,
        waiting != NULL ? waiting
                        : _ ("The connection to the database is lost; connecting again… What you have typed "
                             "stays; what is shown may be older than what is stored."));
}

static gboolean show_clock (ShequConnectionBanner *self, const ShequConnectionState *state);

static gboolean
end_of_back (gpointer user_data)
{
  ShequConnectionBanner *self = user_data;
  ShequConnectionState state = { FALSE };

  self->back_id = 0;
  if (self->office != NULL)
    shequ_office_get_connection (self->office, &state);
  if (!show_clock (self, &state))
    gtk_info_bar_set_revealed (self->bar, FALSE);
  return G_SOURCE_REMOVE;
}

static void
show_back (ShequConnectionBanner *self, const ShequConnectionState *state)
{
  g_autofree char *saved = NULL;

  if (state->n_saved > 0)
    saved =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Connected again; %u change that waited is saved.",
                                    "Connected again; %u changes that waited are saved.", state->n_saved),
                       state->n_saved);
  show (self, GTK_MESSAGE_INFO, FALSE, saved != NULL ? saved : _ ("Connected again."));
  g_clear_handle_id (&self->back_id, g_source_remove);
  self->back_id = g_timeout_add_seconds (BACK_SECONDS, end_of_back, self);
}

static gboolean
show_clock (ShequConnectionBanner *self, const ShequConnectionState *state)
{
  guint minutes = (guint) (ABS (state->ahead) + 30) / 60;
  g_autofree char *text = NULL;

  if (ABS (state->ahead) < MOST_CLOCK_SECONDS || self->clock_dismissed)
    return FALSE;
  text = g_strdup_printf (
    state->ahead > 0 ? _ ("The clock of this computer is %u minutes behind those of the others. Set the "
                          "right time; until then new entries bear the wrong one. Their order is right.")
                     : _ ("The clock of this computer is %u minutes ahead of those of the others. Set the "
                          "right time; until then new entries bear the wrong one. Their order is right."),
    minutes);
  show (self, GTK_MESSAGE_WARNING, FALSE, text);
  return TRUE;
}

static void
connection_changed (ShequConnectionBanner *self)
{
  ShequConnectionState state;

  shequ_office_get_connection (self->office, &state);
  if (state.lost || state.n_waiting > 0)
    {
      g_clear_handle_id (&self->back_id, g_source_remove);
      self->was_lost = TRUE;
      show_lost (self, &state);
    }
  else if (self->was_lost || self->back_id != 0)
    {
      self->was_lost = FALSE;
      show_back (self, &state);
    }
  else
    show_clock (self, &state);
}

static void
dismissed (GtkInfoBar *bar, int response, ShequConnectionBanner *self)
{
  ShequConnectionState state = { FALSE };

  if (self->office != NULL)
    shequ_office_get_connection (self->office, &state);
  self->clock_dismissed = self->back_id == 0 && ABS (state.ahead) >= MOST_CLOCK_SECONDS;
  g_clear_handle_id (&self->back_id, g_source_remove);
  if (!show_clock (self, &state))
    gtk_info_bar_set_revealed (bar, FALSE);
}

static void
shequ_connection_banner_dispose (GObject *object)
{
  ShequConnectionBanner *self = SHEQU_CONNECTION_BANNER (object);

  g_clear_handle_id (&self->back_id, g_source_remove);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_connection_banner_parent_class)->dispose (object);
}

static void
shequ_connection_banner_class_init (ShequConnectionBannerClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_connection_banner_dispose;
}

static void
shequ_connection_banner_init (ShequConnectionBanner *self)
{
  GtkWidget *bar = gtk_info_bar_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *spinner = gtk_spinner_new ();

  self->bar = GTK_INFO_BAR (bar);
  self->label = GTK_LABEL (label);
  self->spinner = GTK_SPINNER (spinner);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_info_bar_add_child (self->bar, spinner);
  gtk_info_bar_add_child (self->bar, label);
  gtk_info_bar_set_revealed (self->bar, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("State of the connection"), -1);
  g_signal_connect (bar, "response", G_CALLBACK (dismissed), self);
  adw_bin_set_child (ADW_BIN (self), bar);
}

/**
 * shequ_connection_banner_set_office:
 * @self: a banner
 * @office: (nullable): whose connection it tells of
 */
void
shequ_connection_banner_set_office (ShequConnectionBanner *self, ShequOffice *office)
{
  g_return_if_fail (SHEQU_IS_CONNECTION_BANNER (self));

  if (self->office != NULL)
    g_signal_handlers_disconnect_by_data (self->office, self);
  g_clear_handle_id (&self->back_id, g_source_remove);
  self->was_lost = self->clock_dismissed = FALSE;
  gtk_info_bar_set_revealed (self->bar, FALSE);
  if (!g_set_object (&self->office, office) || office == NULL)
    return;
  g_signal_connect_object (office, "connection-changed", G_CALLBACK (connection_changed), self,
                           G_CONNECT_SWAPPED);
  connection_changed (self);
}

/**
 * shequ_connection_banner_get_text:
 * @self: a banner
 *
 * Returns: (transfer none) (nullable): what it says now
 */
const char *
shequ_connection_banner_get_text (ShequConnectionBanner *self)
{
  return gtk_info_bar_get_revealed (self->bar) ? gtk_label_get_text (self->label) : NULL;
}
