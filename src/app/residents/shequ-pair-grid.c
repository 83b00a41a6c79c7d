#include "shequ-pair-grid.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "shequ-mask.h"

struct _ShequPairGrid
{
  GtkWidget parent_instance;

  GtkGrid *grid;
  ShequRow *rows[2];         /* (nullable) */
  GtkCheckButton *stays[2];  /* which record is kept */
  GHashTable *second_values; /* field -> the button that takes the value of the second record */
};

G_DEFINE_FINAL_TYPE (ShequPairGrid, shequ_pair_grid, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_check (const char *name, const char *text, GtkWidget *group)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = new_label (text, NULL);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (group));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return check;
}

/* Both have a value, and not the same one. */
static gboolean
is_conflict (const ShequPairGrid *self, const ShequField *field)
{
  const ShequValue *one = &self->rows[0]->values[field->index];
  const ShequValue *other = &self->rows[1]->values[field->index];

  return !shequ_value_is_null (one) && !shequ_value_is_null (other) && !shequ_value_equal (one, other);
}

/* Masked, but for the places in which the other has something else: who chooses has to see those. */
static char *
format (const ShequPairGrid *self, const ShequField *field, guint i)
{
  g_autofree char *masked = shequ_row_format (self->rows[i], field, SHEQU_FORMAT_MASKED);
  g_autofree char *value = NULL;
  g_autofree char *other = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *other_masked = NULL;

  if (!is_conflict (self, field))
    return g_steal_pointer (&masked);
  value = shequ_row_format (self->rows[i], field, SHEQU_FORMAT_PLAIN);
  other = shequ_row_format (self->rows[1 - i], field, SHEQU_FORMAT_PLAIN);
  shown = shequ_mask_reveal_difference (masked, value, other);
  other_masked = shequ_row_format (self->rows[1 - i], field, SHEQU_FORMAT_MASKED);
  /* Days of birth of one year cannot be told apart otherwise. */
  return g_str_equal (shown, other_masked) ? g_steal_pointer (&value) : g_steal_pointer (&shown);
}

/* The choice of a field: of the first record, unless that has nothing. */
static void
add_choice (ShequPairGrid *self, const ShequField *field, int line)
{
  GtkWidget *first = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *text = format (self, field, i);
      const char *shown = *text != '\0' ? text : _ ("(nothing)");
      g_autofree char *name = g_strdup_printf (
        i == 0 ? _ ("%s: %s, of the first record") : _ ("%s: %s, of the second record"), field->label, shown);
      GtkWidget *check = new_check (name, shown, first);

      gtk_grid_attach (self->grid, check, (int) i + 2, line, 1, 1);
      if (i == 0)
        first = check;
      else
        g_hash_table_insert (self->second_values, (gpointer) field, check);
    }
  gtk_check_button_set_active (GTK_CHECK_BUTTON (shequ_value_is_null (&self->rows[0]->values[field->index])
                                                   ? g_hash_table_lookup (self->second_values, field)
                                                   : (gpointer) first),
                               TRUE);
}

static gboolean
is_shown (const ShequPairGrid *self, const ShequField *field)
{
  return shequ_field_is_stored (field) && !field->hidden && !field->read_only &&
         !(shequ_value_is_null (&self->rows[0]->values[field->index]) &&
           shequ_value_is_null (&self->rows[1]->values[field->index]));
}

static void
add_field (ShequPairGrid *self, const ShequField *field, int line)
{
  gboolean same =
    shequ_value_equal (&self->rows[0]->values[field->index], &self->rows[1]->values[field->index]);
  gboolean conflict = is_conflict (self, field);
  GtkWidget *mark = gtk_label_new (conflict ? "≠" : same ? "" : "+");

  if (conflict)
    {
      gtk_widget_add_css_class (mark, "warning");
      gtk_widget_set_tooltip_text (mark, _ ("The two differ here"));
    }
  gtk_grid_attach (self->grid, mark, 0, line, 1, 1);
  gtk_grid_attach (self->grid, new_label (field->label, conflict ? "heading" : "dim-label"), 1, line, 1, 1);
  if (same)
    {
      g_autofree char *text = shequ_row_format (self->rows[0], field, SHEQU_FORMAT_MASKED);

      gtk_grid_attach (self->grid, new_label (text, "dim-label"), 2, line, 2, 1);
    }
  else
    add_choice (self, field, line);
}

static void
add_head (ShequPairGrid *self)
{
  GtkWidget *first = NULL;

  gtk_grid_attach (self->grid, new_label (_ ("Record that stays"), "dim-label"), 1, 0, 1, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *title = shequ_row_get_title (self->rows[i]);
      g_autofree char *text = g_strdup_printf (_ ("%s (record %" PRId64 ")"), title, self->rows[i]->key);
      g_autofree char *name =
        g_strdup_printf (i == 0 ? _ ("Keep the first record: %s") : _ ("Keep the second record: %s"), text);
      GtkWidget *check = new_check (name, text, first);

      self->stays[i] = GTK_CHECK_BUTTON (check);
      gtk_grid_attach (self->grid, check, (int) i + 2, 0, 1, 1);
      if (i == 0)
        first = check;
    }
  gtk_check_button_set_active (self->stays[0], TRUE);
}

static void
clear (ShequPairGrid *self)
{
  GtkWidget *child;

  g_hash_table_remove_all (self->second_values);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; i < 2; i++)
    {
      self->stays[i] = NULL;
      g_clear_pointer (&self->rows[i], shequ_row_free);
    }
}

static void
shequ_pair_grid_dispose (GObject *object)
{
  ShequPairGrid *self = SHEQU_PAIR_GRID (object);

  if (self->grid != NULL)
    {
      clear (self);
      gtk_widget_unparent (GTK_WIDGET (self->grid));
      self->grid = NULL;
    }
  g_clear_pointer (&self->second_values, g_hash_table_unref);
  G_OBJECT_CLASS (shequ_pair_grid_parent_class)->dispose (object);
}

static void
shequ_pair_grid_class_init (ShequPairGridClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_pair_grid_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_pair_grid_init (ShequPairGrid *self)
{
  self->second_values = g_hash_table_new (NULL, NULL);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 8);
  gtk_widget_set_margin_start (GTK_WIDGET (self->grid), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->grid), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->grid), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->grid), 12);
  gtk_widget_set_valign (GTK_WIDGET (self->grid), GTK_ALIGN_START);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

GtkWidget *
shequ_pair_grid_new (void)
{
  return g_object_new (SHEQU_TYPE_PAIR_GRID, NULL);
}

/**
 * shequ_pair_grid_set_rows:
 * @self: a grid
 * @one: (nullable): a record with the titles of what it links to
 * @other: (nullable): another of the same register
 *
 * Shows the two; with %NULL nothing. Values are masked as privacy asks, but for the places in which the two
 * differ as they are, since a person must tell them apart.
 */
void
shequ_pair_grid_set_rows (ShequPairGrid *self, const ShequRow *one, const ShequRow *other)
{
  int line = 1;

  clear (self);
  if (one == NULL || other == NULL)
    return;
  self->rows[0] = shequ_row_copy (one);
  self->rows[1] = shequ_row_copy (other);
  add_head (self);
  for (guint i = 0; i < one->reg->fields->len; i++)
    if (is_shown (self, one->reg->fields->pdata[i]))
      add_field (self, one->reg->fields->pdata[i], line++);
}

static guint
get_kept_index (ShequPairGrid *self)
{
  return self->stays[1] != NULL && gtk_check_button_get_active (self->stays[1]) ? 1 : 0;
}

/**
 * shequ_pair_grid_get_kept:
 * @self: a grid with two records
 *
 * Returns: (transfer full): the record that stays, with the values that were chosen
 */
ShequRow *
shequ_pair_grid_get_kept (ShequPairGrid *self)
{
  ShequRow *kept = shequ_row_copy (self->rows[get_kept_index (self)]);
  GHashTableIter iter;
  gpointer field;
  gpointer check;

  g_hash_table_iter_init (&iter, self->second_values);
  while (g_hash_table_iter_next (&iter, &field, &check))
    {
      guint index = ((const ShequField *) field)->index;
      guint chosen = gtk_check_button_get_active (check) ? 1 : 0;

      shequ_value_copy (&self->rows[chosen]->values[index], &kept->values[index]);
    }
  return kept;
}

/**
 * shequ_pair_grid_get_lost:
 * @self: a grid
 *
 * Returns: (transfer none) (nullable): the record that is merged into the other
 */
const ShequRow *
shequ_pair_grid_get_lost (ShequPairGrid *self)
{
  return self->rows[0] != NULL ? self->rows[1 - get_kept_index (self)] : NULL;
}
