#include "shequ-preferences-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-application.h"
#include "shequ-backup-group.h"
#include "shequ-feedback.h"

struct _ShequPreferencesPage
{
  ShequPage parent_instance;

  AdwComboRow *scheme_row;
  GtkEditable *user_row;
  GtkEditable *office_row;
  ShequBackupGroup *backup_group;
};

G_DEFINE_FINAL_TYPE (ShequPreferencesPage, shequ_preferences_page, SHEQU_TYPE_PAGE)

/* In the order of the choices. */
static const char *const schemes[] = { "default", "light", "dark" };

static ShequApplication *
get_application (void)
{
  return SHEQU_APPLICATION (g_application_get_default ());
}

static void
scheme_chosen (ShequPreferencesPage *self)
{
  guint selected = adw_combo_row_get_selected (self->scheme_row);

  if (selected < G_N_ELEMENTS (schemes))
    g_action_group_change_action_state (G_ACTION_GROUP (get_application ()), "color-scheme",
                                        g_variant_new_string (schemes[selected]));
}

static void
show_scheme (ShequPreferencesPage *self)
{
  g_autoptr (GVariant) state =
    g_action_group_get_action_state (G_ACTION_GROUP (get_application ()), "color-scheme");

  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_str_equal (schemes[i], g_variant_get_string (state, NULL)))
        adw_combo_row_set_selected (self->scheme_row, i);
    }
}

static char *
get_stripped (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

/* Who works is part of the open office, so it is opened anew. */
static void
user_applied (ShequPreferencesPage *self)
{
  g_autofree char *user = get_stripped (self->user_row);

  if (*user == '\0')
    return;
  shequ_settings_set_text (shequ_application_get_settings (get_application ()), "user", user);
  shequ_application_set_user (get_application (), user);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.retry", NULL);
}

/* The name stands in the office's own unit and in the settings of the database. */
static gpointer
rename_office (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const ShequRegister *units = shequ_office_require_register (office, "org_unit", error);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;

  transaction =
    units != NULL ? shequ_office_begin (office, _ ("Rename the office"), cancellable, error) : NULL;
  if (transaction == NULL)
    return NULL;
  row = shequ_transaction_get (transaction, units, shequ_office_get_unit (office), error);
  if (row == NULL)
    return NULL;
  shequ_row_set_text (row, "name", data);
  if (!shequ_office_save_in (office, transaction, row, NULL, error) ||
      !shequ_transaction_set_setting (transaction, SHEQU_SETTING_OFFICE_NAME, data, error) ||
      !shequ_transaction_commit (transaction, error))
    return NULL;
  return g_strdup (data);
}

static void
office_renamed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequPreferencesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (name != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.retry", NULL);
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The office keeps its name."), error);
}

static void
office_applied (ShequPreferencesPage *self)
{
  g_autofree char *name = get_stripped (self->office_row);

  if (*name != '\0')
    shequ_office_run_async (shequ_page_get_office (SHEQU_PAGE (self)), rename_office, g_steal_pointer (&name),
                            g_free, g_free, NULL, office_renamed, g_object_ref (self));
}

static void
shequ_preferences_page_shown (ShequPage *page)
{
  show_scheme (SHEQU_PREFERENCES_PAGE (page));
}

static void
shequ_preferences_page_constructed (GObject *object)
{
  ShequPreferencesPage *self = SHEQU_PREFERENCES_PAGE (object);
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));

  G_OBJECT_CLASS (shequ_preferences_page_parent_class)->constructed (object);
  gtk_editable_set_text (self->user_row, shequ_office_get_user (office));
  gtk_editable_set_text (self->office_row, shequ_office_get_name (office));
  shequ_backup_group_set_office (self->backup_group, office);
}

static void
shequ_preferences_page_class_init (ShequPreferencesPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (SHEQU_TYPE_BACKUP_GROUP);
  G_OBJECT_CLASS (class)->constructed = shequ_preferences_page_constructed;
  SHEQU_PAGE_CLASS (class)->shown = shequ_preferences_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Shequ/ui/shequ-preferences-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ShequPreferencesPage, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, ShequPreferencesPage, user_row);
  gtk_widget_class_bind_template_child (widget_class, ShequPreferencesPage, office_row);
  gtk_widget_class_bind_template_child (widget_class, ShequPreferencesPage, backup_group);
  gtk_widget_class_bind_template_callback (widget_class, scheme_chosen);
  gtk_widget_class_bind_template_callback (widget_class, user_applied);
  gtk_widget_class_bind_template_callback (widget_class, office_applied);
}

static void
shequ_preferences_page_init (ShequPreferencesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
