#include "shequ-import-columns.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-chooser.h"

#define MOST_SAMPLES 3

struct _ShequImportColumns
{
  GtkWidget parent_instance;

  GtkListBox *list;
  ShequImportJob *job; /* (nullable) */
  GPtrArray *buttons;  /* of GtkMenuButton, one a column; not owned */
};

enum
{
  SIGNAL_ASSIGNED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequImportColumns, shequ_import_columns, GTK_TYPE_WIDGET)

static void
shequ_import_columns_dispose (GObject *object)
{
  ShequImportColumns *self = SHEQU_IMPORT_COLUMNS (object);

  if (self->list != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->list));
  self->list = NULL;
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->job, shequ_import_job_unref);
  G_OBJECT_CLASS (shequ_import_columns_parent_class)->dispose (object);
}

static void
shequ_import_columns_class_init (ShequImportColumnsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_import_columns_dispose;

  signals[SIGNAL_ASSIGNED] = g_signal_new ("assigned", SHEQU_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_import_columns_init (ShequImportColumns *self)
{
  self->buttons = g_ptr_array_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Columns of the file"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

ShequImportColumns *
shequ_import_columns_new (void)
{
  return g_object_new (SHEQU_TYPE_IMPORT_COLUMNS, NULL);
}

/* What the head says, or the letter of the column where it says nothing. */
static char *
name_column (const ShequMapping *mapping, guint column)
{
  const char *header = g_ptr_array_index (mapping->headers, column);
  g_autofree char *letter = NULL;

  if (*header != '\0')
    return g_strdup (header);
  letter = shequ_cell_column_name (column);
  return g_strdup_printf (_ ("Column %s"), letter);
}

static char *
list_samples (const GPtrArray *preview, guint column)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();

  for (guint i = 0; i < preview->len && samples->len < MOST_SAMPLES; i++)
    {
      const ShequPreviewRow *row = g_ptr_array_index (preview, i);
      char *text = column < g_strv_length (row->cells) ? row->cells[column] : NULL;

      if (text != NULL && *text != '\0' &&
          !g_ptr_array_find_with_equal_func (samples, text, g_str_equal, NULL))
        g_ptr_array_add (samples, text);
    }
  if (samples->len == 0)
    return g_strdup (_ ("Empty in the first rows"));
  g_ptr_array_add (samples, NULL);
  return g_strjoinv (" · ", (char **) samples->pdata);
}

static void
add_choices (GPtrArray *choices, const ShequMapping *mapping, const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (typed, -1);

  for (guint i = 0; i < mapping->targets->len; i++)
    {
      const ShequTarget *target = g_ptr_array_index (mapping->targets, i);
      g_autofree char *label = g_utf8_casefold (target->label, -1);

      if (strstr (label, folded) != NULL || shequ_field_answers_to (target->field, typed))
        g_ptr_array_add (choices, shequ_choice_new_code (target->path, target->label));
    }
}

static void
search (ShequChooser *chooser, const char *typed, ShequImportColumns *self)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  if (*typed == '\0')
    g_ptr_array_add (choices, shequ_choice_new_code ("", _ ("Leave out")));
  add_choices (choices, shequ_import_job_get_mapping (self->job), typed);
  shequ_chooser_set_choices (chooser, choices);
}

static void
chosen (ShequChooser *chooser, ShequChoice *choice, GtkMenuButton *button)
{
  GtkWidget *self = gtk_widget_get_ancestor (GTK_WIDGET (button), SHEQU_TYPE_IMPORT_COLUMNS);
  g_autofree char *path = g_strdup (shequ_choice_get_code (choice));
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "column"));

  gtk_menu_button_popdown (button);
  g_signal_emit (self, signals[SIGNAL_ASSIGNED], 0, column, path);
}

/* Popovers are made when they are first opened: a sheet may have hundreds of columns. */
static void
make_popover (GtkMenuButton *button, gpointer user_data)
{
  ShequChooser *chooser;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  chooser = shequ_chooser_new ();
  gtk_menu_button_set_popover (button, shequ_chooser_new_popover (chooser, _ ("Where the column goes")));
  g_signal_connect_object (chooser, "search", G_CALLBACK (search), user_data, 0);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen), button, 0);
}

static GtkWidget *
new_button (ShequImportColumns *self, guint column)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_popover, self, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "column", GUINT_TO_POINTER (column));
  return button;
}

static void
add_row (ShequImportColumns *self, const ShequMapping *mapping, guint column)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = new_button (self, column);
  g_autofree char *name = name_column (mapping, column);
  g_autofree char *samples = list_samples (shequ_import_job_get_preview (self->job), column);
  g_autofree char *name_markup = g_markup_escape_text (name, -1);
  g_autofree char *samples_markup = g_markup_escape_text (samples, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name_markup);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), samples_markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->buttons, button);
}

/* Where the column goes now; one that is left out is dimmed, and says so. */
static void
update_row (ShequImportColumns *self, const ShequMapping *mapping, guint column)
{
  const ShequTarget *target = g_ptr_array_index (mapping->columns, column);
  GtkWidget *button = g_ptr_array_index (self->buttons, column);
  GtkWidget *label = gtk_menu_button_get_child (GTK_MENU_BUTTON (button));
  const char *text = target != NULL ? target->label : _ ("Left out");
  g_autofree char *name = name_column (mapping, column);
  g_autofree char *accessible = g_strdup_printf (_ ("%s goes to: %s"), name, text);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
  if (target != NULL)
    gtk_widget_remove_css_class (label, "dim-label");
  else
    gtk_widget_add_css_class (label, "dim-label");
}

/**
 * shequ_import_columns_show:
 * @self: the columns
 * @job: an open spreadsheet
 *
 * Shows where the columns of a spreadsheet go now.
 */
void
shequ_import_columns_show (ShequImportColumns *self, ShequImportJob *job)
{
  const ShequMapping *mapping = shequ_import_job_get_mapping (job);
  GtkWidget *child;

  g_return_if_fail (SHEQU_IS_IMPORT_COLUMNS (self));

  if (self->job != job || self->buttons->len != mapping->headers->len)
    {
      shequ_import_job_ref (job);
      g_clear_pointer (&self->job, shequ_import_job_unref);
      self->job = job;
      g_ptr_array_set_size (self->buttons, 0);
      while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
        gtk_list_box_remove (self->list, child);
      for (guint i = 0; i < mapping->headers->len; i++)
        add_row (self, mapping, i);
    }
  for (guint i = 0; i < mapping->headers->len; i++)
    update_row (self, mapping, i);
}
