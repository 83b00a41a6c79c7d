#include "shequ-import-preview.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MOST_COLUMNS 60
#define MOST_CHARACTERS 18

/* How a row would fare: a word, an icon and a colour. */
static const struct
{
  const char *icon;
  const char *word;
  const char *css;
} verdicts[] = {
  [SHEQU_ISSUE_NOTE] = { "emblem-ok-symbolic", N_ ("Ready"), "success" },
  [SHEQU_ISSUE_WARNING] = { "dialog-warning-symbolic", N_ ("Look at it"), "warning" },
  [SHEQU_ISSUE_ERROR] = { "dialog-error-symbolic", N_ ("Will be refused"), "error" },
};

static GtkWidget *
new_cell (const char *text, gboolean left_out)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (g_utf8_strlen (text, -1) > MOST_CHARACTERS)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), MOST_CHARACTERS);
      gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARACTERS);
    }
  gtk_widget_add_css_class (label, "numeric");
  if (left_out)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/* Above each column where it goes, or that it is left out, and below that what the file calls it. */
static void
add_heads (GtkGrid *grid, const ShequMapping *mapping)
{
  gtk_grid_attach (grid, new_cell (_ ("Row"), TRUE), 0, 1, 1, 1);
  gtk_grid_attach (grid, new_cell (_ ("State"), TRUE), 1, 1, 1, 1);
  for (guint i = 0; i < MIN (mapping->headers->len, MOST_COLUMNS); i++)
    {
      const ShequTarget *target = g_ptr_array_index (mapping->columns, i);
      GtkWidget *head = new_cell (target != NULL ? target->label : _ ("Left out"), target == NULL);

      if (target != NULL)
        gtk_widget_add_css_class (head, "heading");
      gtk_grid_attach (grid, head, (int) i + 2, 0, 1, 1);
      gtk_grid_attach (grid, new_cell (g_ptr_array_index (mapping->headers, i), TRUE), (int) i + 2, 1, 1, 1);
    }
}

static GtkWidget *
new_verdict (const ShequPreviewRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = new_cell (row->issues != NULL ? row->issues : _ (verdicts[row->severity].word), FALSE);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (verdicts[row->severity].icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, verdicts[row->severity].css);
  gtk_widget_set_tooltip_text (box, row->issues);
  return box;
}

static void
add_row (GtkGrid *grid, const ShequMapping *mapping, const ShequPreviewRow *row, int line)
{
  g_autofree char *number = g_strdup_printf ("%u", row->row);

  gtk_grid_attach (grid, new_cell (number, TRUE), 0, line, 1, 1);
  gtk_grid_attach (grid, new_verdict (row), 1, line, 1, 1);
  for (guint i = 0; i < MIN (mapping->headers->len, MOST_COLUMNS) && row->cells[i] != NULL; i++)
    {
      GtkWidget *cell = new_cell (row->cells[i], g_ptr_array_index (mapping->columns, i) == NULL);

      if (g_utf8_strlen (row->cells[i], -1) > MOST_CHARACTERS)
        gtk_widget_set_tooltip_text (cell, row->cells[i]);
      gtk_grid_attach (grid, cell, (int) i + 2, line, 1, 1);
    }
}

/**
 * shequ_import_preview_new:
 * @job: an open spreadsheet
 *
 * Returns: (transfer floating): its first rows as they would be read, with what is wrong with them
 */
GtkWidget *
shequ_import_preview_new (ShequImportJob *job)
{
  GtkWidget *grid = gtk_grid_new ();
  const ShequMapping *mapping = shequ_import_job_get_mapping (job);
  const GPtrArray *rows = shequ_import_job_get_preview (job);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_set_margin_start (grid, 12);
  gtk_widget_set_margin_end (grid, 12);
  gtk_widget_set_margin_top (grid, 12);
  gtk_widget_set_margin_bottom (grid, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("First rows of the file"), -1);
  add_heads (GTK_GRID (grid), mapping);
  for (guint i = 0; i < rows->len; i++)
    add_row (GTK_GRID (grid), mapping, g_ptr_array_index (rows, i), (int) i + 2);
  return grid;
}
