#include "shequ-change-log.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "shequ-field-editor.h"
#include "shequ-time.h"

#define MOST_ENTRIES 50

struct _ShequChangeLog
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  gint64 key;
  GtkWidget *expander;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (ShequChangeLog, shequ_change_log, GTK_TYPE_WIDGET)

static void
shequ_change_log_dispose (GObject *object)
{
  ShequChangeLog *self = SHEQU_CHANGE_LOG (object);

  g_clear_pointer (&self->expander, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_change_log_parent_class)->dispose (object);
}

static void
shequ_change_log_class_init (ShequChangeLogClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_change_log_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_change_log_init (ShequChangeLog *self)
{
}

/* A linked record by its name; blocks. */
static char *
name_linked (ShequOffice *office, const ShequRegister *reg, gint64 key)
{
  g_autoptr (ShequRow) row = office != NULL ? shequ_office_get_row (office, reg, key, NULL, NULL) : NULL;

  return row != NULL ? shequ_row_get_title (row) : g_strdup_printf ("%" G_GINT64_FORMAT, key);
}

/* A stored value as a person reads it. */
static char *
format_node (ShequOffice *office, const ShequField *field, JsonNode *node)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    shequ_value_set_integer (&value, json_node_get_int (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    shequ_value_set_text (&value, json_node_get_string (node));
  else
    return g_strdup (_ ("nothing"));
  if (field->kind == SHEQU_FIELD_LINK)
    return name_linked (office, field->target, value.integer);
  return shequ_field_format (field, &value, SHEQU_FORMAT_MASKED);
}

static void
append_change (GString *text, ShequOffice *office, const ShequField *field, JsonNode *node)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 2)
    {
      JsonArray *pair = json_node_get_array (node);
      g_autofree char *old = format_node (office, field, json_array_get_element (pair, 0));
      g_autofree char *new = format_node (office, field, json_array_get_element (pair, 1));

      /* Translators: a field, its old and its new value */
      g_string_append_printf (text, _ ("%s: %s → %s"), field->label, old, new);
    }
  else
    {
      g_autofree char *new = format_node (office, field, node);

      g_string_append_printf (text, _ ("%s: %s"), field->label, new);
    }
}

/* From when a change holds, where that is not the day on which it was entered. */
static void
append_day (GString *text, const char *day)
{
  if (day == NULL)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  if (*day == '\0')
    g_string_append (text, _ ("holds since ever"));
  else
    g_string_append_printf (text, _ ("holds from %s"), day);
}

/**
 * shequ_change_log_describe:
 * @office: (nullable): where the names of linked records are read, which blocks
 * @reg: a register
 * @changes: (nullable): the changes of an entry, as the change log keeps them
 *
 * Returns: (transfer full): a line for each field; empty when there is nothing to tell
 */
char *
shequ_change_log_describe (ShequOffice *office, const ShequRegister *reg, const char *changes)
{
  g_autoptr (JsonNode) root = changes != NULL ? json_from_string (changes, NULL) : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; root != NULL && JSON_NODE_HOLDS_OBJECT (root) && i < reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (reg->fields, i);
      JsonNode *node = json_object_get_member (json_node_get_object (root), field->name);

      if (node != NULL && !field->hidden &&
          (office == NULL || !shequ_field_editor_is_own_unit (office, field)))
        append_change (text, office, field, node);
    }
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root) && reg->has_history)
    append_day (text,
                json_object_get_string_member_with_default (json_node_get_object (root), "valid_from", NULL));
  return g_string_free (text, FALSE);
}

typedef struct
{
  const ShequRegister *reg;
  gint64 key;
} Read;

/* An entry as it is shown. */
typedef struct
{
  char *head;
  char *changes;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->head);
  g_free (line->changes);
  g_free (line);
}

static char *
format_moment (const char *moment)
{
  gint64 seconds;

  return shequ_moment_from_utc (moment, &seconds) ? shequ_moment_format (seconds) : g_strdup (moment);
}

static gpointer
read_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Read *read = data;
  g_autoptr (GPtrArray) entries = NULL;
  GPtrArray *lines;

  entries = shequ_store_read_log (shequ_office_get_store (office), read->reg, read->key, NULL, MOST_ENTRIES,
                                  cancellable, error);
  if (entries == NULL)
    return NULL;
  lines = g_ptr_array_new_with_free_func (line_free);
  for (guint i = 0; i < entries->len; i++)
    {
      const ShequLogEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *moment = format_moment (entry->moment);
      Line *line = g_new0 (Line, 1);

      line->head =
        g_strdup_printf ("%s · %s · %s", moment, entry->user, shequ_action_get_label (entry->action));
      line->changes = entry->action == SHEQU_ACTION_VIEW || entry->action == SHEQU_ACTION_UNMASK
                        ? g_strdup_printf (_ ("Purpose: %s"), entry->reason)
                        : shequ_change_log_describe (office, read->reg, entry->changes);
      g_ptr_array_add (lines, line);
    }
  return lines;
}

static GtkWidget *
new_entry (const Line *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (line->head);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_box_append (GTK_BOX (box), label);
  if (*line->changes != '\0')
    {
      label = gtk_label_new (line->changes);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  return box;
}

static void
was_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequChangeLog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
  GtkWidget *child;

  if (self->expander == NULL)
    return;
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  if (lines == NULL || lines->len == 0)
    gtk_box_append (GTK_BOX (self->list), gtk_label_new (error != NULL ? error->message : _ ("No changes")));
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    gtk_box_append (GTK_BOX (self->list), new_entry (g_ptr_array_index (lines, i)));
}

static void
read_log (ShequChangeLog *self)
{
  Read *read;

  if (!gtk_expander_get_expanded (GTK_EXPANDER (self->expander)))
    return;
  read = g_new0 (Read, 1);
  read->reg = self->reg;
  read->key = self->key;
  shequ_office_run_async (self->office, read_in_thread, read, g_free, (GDestroyNotify) g_ptr_array_unref,
                          NULL, was_read, g_object_ref (self));
}

/**
 * shequ_change_log_new:
 * @office: where the log is
 * @reg: a register
 * @key: a record of it
 *
 * Returns: (transfer floating): the log, folded
 */
GtkWidget *
shequ_change_log_new (ShequOffice *office, const ShequRegister *reg, gint64 key)
{
  ShequChangeLog *self = g_object_new (SHEQU_TYPE_CHANGE_LOG, NULL);
  g_autofree char *changed = g_strconcat ("changed::", reg->name, NULL);

  self->office = g_object_ref (office);
  self->reg = reg;
  self->key = key;
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_margin_top (self->list, 6);
  gtk_widget_set_margin_start (self->list, 18);
  self->expander = gtk_expander_new_with_mnemonic (_ ("_Who changed what"));
  gtk_expander_set_child (GTK_EXPANDER (self->expander), self->list);
  gtk_widget_set_parent (self->expander, GTK_WIDGET (self));
  g_signal_connect_swapped (self->expander, "notify::expanded", G_CALLBACK (read_log), self);
  g_signal_connect_object (office, changed, G_CALLBACK (read_log), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
