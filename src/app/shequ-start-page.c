#include "shequ-start-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-password.h"

#include "shequ-server-settings.h"

struct _ShequStartPage
{
  AdwBin parent_instance;

  GtkEditable *name_row;
  AdwComboRow *level_row;
  GtkEditable *user_row;
  AdwActionRow *place_row;
  GtkSwitch *protect_switch;
  GtkEditable *password_row;
  GtkEditable *again_row;
  GtkLabel *problem;
  GtkWidget *create_button;
  char *place;
};

enum
{
  SIGNAL_OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* In the order of the choices of the page. */
static const ShequLevel levels[] = { SHEQU_LEVEL_COMMUNITY, SHEQU_LEVEL_STREET, SHEQU_LEVEL_DISTRICT };

G_DEFINE_FINAL_TYPE (ShequStartPage, shequ_start_page, ADW_TYPE_BIN)

static char *
get_stripped (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

static void
emit_open (ShequStartPage *self, const ShequOpening *opening)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, opening);
}

static void
set_place (ShequStartPage *self, char *place)
{
  g_autofree char *shown = shequ_server_hide_password (place);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  g_free (self->place);
  self->place = place;
  adw_action_row_set_subtitle (self->place_row, escaped);
}

static void
place_chosen (GtkNativeDialog *dialog, int response, ShequStartPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (g_file_peek_path (file) != NULL)
        set_place (self, g_file_get_path (file));
    }
  g_object_unref (dialog);
}

static void
choose_place (ShequStartPage *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Where shall the database be kept?"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
    GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Choose"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "shequ.db");
  g_signal_connect_object (dialog, "response", G_CALLBACK (place_chosen), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
name_changed (ShequStartPage *self)
{
  g_autofree char *name = get_stripped (self->name_row);

  gtk_widget_set_sensitive (self->create_button, *name != '\0');
}

static void
show_problem (ShequStartPage *self, const char *text, GtkEditable *row)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
typed_password (ShequStartPage *self)
{
  show_problem (self, NULL, NULL);
}

/* Whether the first account can have the password that was typed twice. */
static gboolean
check_password (ShequStartPage *self, const char *user)
{
  const char *password = gtk_editable_get_text (self->password_row);
  g_autoptr (GError) error = NULL;

  if (*user == '\0')
    show_problem (self, _ ("Type your name: you sign in with it"), self->user_row);
  else if (!shequ_password_check (password, user, &error))
    show_problem (self, error->message, self->password_row);
  else if (g_strcmp0 (password, gtk_editable_get_text (self->again_row)) != 0)
    show_problem (self, _ ("The two passwords differ. Type the second one again"), self->again_row);
  else
    return TRUE;
  return FALSE;
}

static void
create_clicked (ShequStartPage *self)
{
  g_autofree char *name = get_stripped (self->name_row);
  g_autofree char *user = get_stripped (self->user_row);
  g_autoptr (ShequOpening) opening = NULL;

  if (*name == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
      return;
    }
  if (gtk_switch_get_active (self->protect_switch) && !check_password (self, user))
    return;
  opening = shequ_opening_new (SHEQU_OPENING_NEW, self->place, user);
  if (gtk_switch_get_active (self->protect_switch))
    opening->password = g_strdup (gtk_editable_get_text (self->password_row));
  opening->name = g_steal_pointer (&name);
  opening->level = levels[MIN (adw_combo_row_get_selected (self->level_row), G_N_ELEMENTS (levels) - 1)];
  emit_open (self, opening);
}

static void
open_example (ShequStartPage *self)
{
  g_autofree char *user = get_stripped (self->user_row);
  g_autofree char *path = shequ_opening_get_default_path (SHEQU_OPENING_EXAMPLE);
  g_autoptr (ShequOpening) opening = shequ_opening_new (SHEQU_OPENING_EXAMPLE, path, user);

  emit_open (self, opening);
}

static void
shequ_start_page_finalize (GObject *object)
{
  g_free (SHEQU_START_PAGE (object)->place);
  G_OBJECT_CLASS (shequ_start_page_parent_class)->finalize (object);
}

static void
shequ_start_page_class_init (ShequStartPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = shequ_start_page_finalize;

  signals[SIGNAL_OPEN] = g_signal_new ("open", SHEQU_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Shequ/ui/shequ-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ShequStartPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, ShequStartPage, level_row);
  gtk_widget_class_bind_template_child (widget_class, ShequStartPage, user_row);
  gtk_widget_class_bind_template_child (widget_class, ShequStartPage, place_row);
  gtk_widget_class_bind_template_child (widget_class, ShequStartPage, protect_switch);
  gtk_widget_class_bind_template_child (widget_class, ShequStartPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, ShequStartPage, again_row);
  gtk_widget_class_bind_template_child (widget_class, ShequStartPage, problem);
  gtk_widget_class_bind_template_child (widget_class, ShequStartPage, create_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_place);
  gtk_widget_class_bind_template_callback (widget_class, name_changed);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked);
  gtk_widget_class_bind_template_callback (widget_class, typed_password);
  gtk_widget_class_bind_template_callback (widget_class, open_example);
}

static void
shequ_start_page_init (ShequStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_place (self, shequ_opening_get_default_path (SHEQU_OPENING_NEW));
}

/**
 * shequ_start_page_new:
 * @user: who sits here, as far as the computer knows
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
shequ_start_page_new (const char *user)
{
  ShequStartPage *self = g_object_new (SHEQU_TYPE_START_PAGE, NULL);

  gtk_editable_set_text (self->user_row, user);
  return GTK_WIDGET (self);
}

/**
 * shequ_start_page_set_place:
 * @self: the page
 * @place: a path or an address
 *
 * Chooses where a new office is kept, and asks for its name.
 */
void
shequ_start_page_set_place (ShequStartPage *self, const char *place)
{
  g_return_if_fail (SHEQU_IS_START_PAGE (self));

  set_place (self, g_strdup (place));
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
}
