#include "shequ-damage-bar.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-salvage.h"

/* People wait for their first page first. */
#define FIRST_SECONDS 15
/* Reads every page: twice in a working day. */
#define LOOK_SECONDS (4 * 60 * 60)
/* What a look or a change has met by itself. */
#define NOTICE_SECONDS 3
/* Registers that are named one by one. */
#define MOST_LINES 6

struct _ShequDamageBar
{
  AdwBin parent_instance;

  ShequOffice *office; /* (nullable) */
  GCancellable *cancellable;
  GtkInfoBar *bar;
  GtkLabel *label;
  GtkWidget *read_button;
  GtkWidget *save_button;
  guint look_id;
  guint notice_id;
};

G_DEFINE_FINAL_TYPE (ShequDamageBar, shequ_damage_bar, ADW_TYPE_BIN)

/* A long list is told by its first lines. */
static char *
describe (const ShequSalvage *salvage)
{
  g_autofree char *text = shequ_salvage_describe (salvage);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines);

  if (n_lines <= MOST_LINES)
    return g_steal_pointer (&text);
  g_free (text);
  g_clear_pointer (&lines[MOST_LINES], g_free);
  for (guint i = MOST_LINES + 1; i < n_lines; i++)
    g_free (lines[i]);
  text = g_strjoinv ("\n", lines);
  return g_strdup_printf (_ ("%s\nand %u others"), text, n_lines - MOST_LINES);
}

static void
show_salvage (ShequDamageBar *self, const ShequSalvage *salvage)
{
  g_autofree char *lost = describe (salvage);
  g_autofree char *text = g_strdup_printf (
    _ ("The database is damaged. What can be read is shown here and can be searched, printed and "
       "exported; nothing can be changed. The damaged file is kept as it is.\n%s"),
    lost);

  gtk_label_set_text (self->label, text);
  gtk_widget_hide (self->read_button);
  gtk_widget_show (self->save_button);
  gtk_widget_show (GTK_WIDGET (self->bar));
  gtk_info_bar_set_revealed (self->bar, TRUE);
}

/* Found while somebody works with it. */
static void
show_found (ShequDamageBar *self)
{
  gtk_label_set_text (
    self->label,
    _ ("The database was found to be damaged. Nothing is changed in it any more. What you have typed "
       "stays on the page: note it down, then restore the last backup, or open what can be "
       "read."));
  gtk_widget_show (self->read_button);
  gtk_widget_hide (self->save_button);
  gtk_widget_show (GTK_WIDGET (self->bar));
  gtk_info_bar_set_revealed (self->bar, TRUE);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->notice_id, g_source_remove);
}

static gboolean look (gpointer user_data);

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequDamageBar) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_office_examine_finish (SHEQU_OFFICE (source), result, &error) || self->office == NULL ||
      (gpointer) self->office != (gpointer) source)
    return;
  if (g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED))
    show_found (self);
}

static gboolean
look (gpointer user_data)
{
  ShequDamageBar *self = user_data;

  self->look_id = g_timeout_add_seconds (LOOK_SECONDS, look, self);
  shequ_office_examine_async (self->office, self->cancellable, looked, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static gboolean
notice (gpointer user_data)
{
  ShequDamageBar *self = user_data;

  if (!shequ_store_is_damaged (shequ_office_get_store (self->office)))
    return G_SOURCE_CONTINUE;
  self->notice_id = 0;
  show_found (self);
  return G_SOURCE_REMOVE;
}

static void
forget_office (ShequDamageBar *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->notice_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
}

static void
shequ_damage_bar_dispose (GObject *object)
{
  forget_office (SHEQU_DAMAGE_BAR (object));
  G_OBJECT_CLASS (shequ_damage_bar_parent_class)->dispose (object);
}

static void
shequ_damage_bar_class_init (ShequDamageBarClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_damage_bar_dispose;
}

static GtkWidget *
new_button (GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
shequ_damage_bar_init (ShequDamageBar *self)
{
  GtkWidget *bar = gtk_info_bar_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->bar = GTK_INFO_BAR (bar);
  self->label = GTK_LABEL (label);
  gtk_info_bar_set_message_type (self->bar, GTK_MESSAGE_ERROR);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_info_bar_add_child (self->bar, label);
  gtk_widget_add_css_class (new_button (buttons, _ ("_Restore a backup…"), "win.restore"),
                            "suggested-action");
  self->save_button = new_button (buttons, _ ("_Save what can be read…"), "win.save-readable");
  self->read_button = new_button (buttons, _ ("_Open what can be read"), "win.open-readable");
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_info_bar_add_child (self->bar, buttons);
  gtk_info_bar_set_revealed (self->bar, FALSE);
  gtk_widget_hide (bar);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("State of the database"), -1);
  adw_bin_set_child (ADW_BIN (self), bar);
}

/**
 * shequ_damage_bar_set_office:
 * @self: a bar
 * @office: (nullable): whose database it looks after
 */
void
shequ_damage_bar_set_office (ShequDamageBar *self, ShequOffice *office)
{
  const ShequSalvage *salvage;

  g_return_if_fail (SHEQU_IS_DAMAGE_BAR (self));

  forget_office (self);
  gtk_info_bar_set_revealed (self->bar, FALSE);
  gtk_widget_hide (GTK_WIDGET (self->bar));
  if (office == NULL)
    return;
  self->office = g_object_ref (office);
  self->cancellable = g_cancellable_new ();
  salvage = shequ_store_get_salvage (shequ_office_get_store (office));
  if (salvage != NULL)
    {
      show_salvage (self, salvage);
      return;
    }
  self->look_id = g_timeout_add_seconds (FIRST_SECONDS, look, self);
  self->notice_id = g_timeout_add_seconds (NOTICE_SECONDS, notice, self);
}
