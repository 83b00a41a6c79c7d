#include "shequ-catalogue.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-catalogue-private.h"
#include "shequ-data.h"
#include "shequ-error.h"

#define FOLDER "catalogue"

struct _ShequCatalogue
{
  int references;
  GPtrArray *registers; /* of ShequRegister; those that others link to come first once resolved */
  GHashTable *by_name;
  GHashTable *code_lists;
  GPtrArray *sources; /* of ShequSource: what was added, in this order */
};

static void
source_free (gpointer data)
{
  ShequSource *source = data;

  g_free (source->file);
  g_bytes_unref (source->text);
  g_free (source);
}

/**
 * shequ_catalogue_set_wrong:
 * @file: the file of a description
 * @group: (nullable): the group
 * @key: (nullable): the key
 * @error: return location
 * @format: what is wrong with it
 * @...: for @format
 *
 * Sets a %SHEQU_ERROR_CATALOGUE that names the place.
 *
 * Returns: %FALSE
 */
gboolean
shequ_catalogue_set_wrong (const char *file,
                           const char *group,
                           const char *key,
                           GError **error,
                           const char *format,
                           ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (key != NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, "%s: [%s] %s: %s", file, group, key, message);
  else if (group != NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, "%s: [%s]: %s", file, group, message);
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, "%s: %s", file, message);
  return FALSE;
}

/**
 * shequ_catalogue_new:
 *
 * Returns: (transfer full): a catalogue without registers
 */
ShequCatalogue *
shequ_catalogue_new (void)
{
  ShequCatalogue *catalogue = g_new0 (ShequCatalogue, 1);

  catalogue->references = 1;
  catalogue->registers = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_register_free);
  catalogue->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  catalogue->code_lists =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) shequ_code_list_free);
  catalogue->sources = g_ptr_array_new_with_free_func (source_free);
  return catalogue;
}

/* Takes the text of a description; data of the program itself is not copied. */
static gboolean
add_source (ShequCatalogue *catalogue, const char *file, GBytes *text, GError **error)
{
  ShequRegister *reg = shequ_register_load (file, g_bytes_get_data (text, NULL), error);
  ShequSource *source;

  if (reg == NULL || !shequ_catalogue_add_register (catalogue, reg, error))
    return FALSE;
  source = g_new0 (ShequSource, 1);
  source->file = g_strdup (file);
  source->text = g_bytes_ref (text);
  g_ptr_array_add (catalogue->sources, source);
  return TRUE;
}

/**
 * shequ_catalogue_get_sources:
 * @catalogue: a catalogue
 *
 * Returns: (transfer none) (element-type ShequSource): all descriptions that were added, in this order
 */
GPtrArray *
shequ_catalogue_get_sources (const ShequCatalogue *catalogue)
{
  return catalogue->sources;
}

static int
compare_names (gconstpointer one, gconstpointer other)
{
  return strcmp (*(const char *const *) one, *(const char *const *) other);
}

/**
 * shequ_catalogue_new_shipped:
 * @error: return location
 *
 * Loads and resolves the registers that come with the program. More may be added to it with
 * shequ_catalogue_add_text(), after which shequ_catalogue_resolve() is called again.
 *
 * Returns: (transfer full) (nullable): the catalogue
 */
ShequCatalogue *
shequ_catalogue_new_shipped (GError **error)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new ();
  g_auto (GStrv) files = shequ_data_list (FOLDER, error);

  if (files == NULL)
    return NULL;
  qsort (files, g_strv_length (files), sizeof *files, compare_names);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER "/", files[i], NULL);
      g_autoptr (GBytes) bytes = shequ_data_load (path, error);

      if (bytes == NULL || !add_source (catalogue, files[i], bytes, error))
        return NULL;
    }
  return shequ_catalogue_resolve (catalogue, error) ? g_steal_pointer (&catalogue) : NULL;
}

/**
 * shequ_catalogue_add_text:
 * @catalogue: a catalogue
 * @file: where the description comes from, for messages
 * @text: the description
 * @error: return location for a %SHEQU_ERROR_CATALOGUE that names file, group and key
 *
 * Adds a register, or to a register that is not resolved yet; shequ_catalogue_resolve() follows when all are
 * added.
 *
 * Returns: %FALSE when the description is wrong; the catalogue is then as before
 */
gboolean
shequ_catalogue_add_text (ShequCatalogue *catalogue, const char *file, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text) + 1);

  return add_source (catalogue, file, bytes, error);
}

static gboolean
extend_register (ShequCatalogue *catalogue, ShequRegister *extension, GError **error)
{
  ShequRegister *reg = g_hash_table_lookup (catalogue->by_name, extension->name);

  if (reg == NULL)
    return shequ_catalogue_set_wrong (extension->file, "Register", "Name", error,
                                      _ ("there is no register “%s” to extend"), extension->name);
  return shequ_register_merge (reg, extension, error);
}

/**
 * shequ_catalogue_add_register:
 * @catalogue: a catalogue
 * @reg: (transfer full): a loaded register, or what extends one
 * @error: return location for a %SHEQU_ERROR_CATALOGUE
 *
 * Returns: %FALSE when it cannot be added; the catalogue is then as before
 */
gboolean
shequ_catalogue_add_register (ShequCatalogue *catalogue, ShequRegister *reg, GError **error)
{
  const ShequRegister *other = g_hash_table_lookup (catalogue->by_name, reg->name);
  gboolean added = FALSE;

  if (reg->extends)
    added = extend_register (catalogue, reg, error);
  else if (other != NULL)
    shequ_catalogue_set_wrong (reg->file, "Register", "Name", error, _ ("“%s” is already described in %s"),
                               reg->name, other->file);
  else
    {
      reg->catalogue = catalogue;
      g_ptr_array_add (catalogue->registers, reg);
      g_hash_table_insert (catalogue->by_name, reg->name, reg);
      return TRUE;
    }
  shequ_register_free (reg);
  return added;
}

static void
place_after_targets (const ShequRegister *reg, GHashTable *seen, GPtrArray *ordered)
{
  if (!g_hash_table_add (seen, (gpointer) reg))
    return;
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->target != NULL)
        place_after_targets (field->target, seen, ordered);
    }
  g_ptr_array_add (ordered, (gpointer) reg);
}

/* Those that others link to come first, so that tables and imports may follow the order. */
static void
order_registers (ShequCatalogue *catalogue)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) ordered = g_ptr_array_new ();

  for (guint i = 0; i < catalogue->registers->len; i++)
    place_after_targets (catalogue->registers->pdata[i], seen, ordered);
  memcpy (catalogue->registers->pdata, ordered->pdata, ordered->len * sizeof (gpointer));
}

/**
 * shequ_catalogue_resolve:
 * @catalogue: a catalogue to which registers were added
 * @error: return location for a %SHEQU_ERROR_CATALOGUE that names file, group and key
 *
 * Ties links, code lists, conditions, lists and titles together and checks them. After a failure the
 * catalogue is of no use.
 *
 * Returns: %FALSE when a description is wrong
 */
gboolean
shequ_catalogue_resolve (ShequCatalogue *catalogue, GError **error)
{
  for (guint i = 0; i < catalogue->registers->len; i++)
    {
      ShequRegister *reg = catalogue->registers->pdata[i];

      if (!reg->resolved && !shequ_register_link (reg, catalogue, catalogue->code_lists, error))
        return FALSE;
    }
  for (guint i = 0; i < catalogue->registers->len; i++)
    {
      ShequRegister *reg = catalogue->registers->pdata[i];

      if (!reg->resolved && !shequ_register_resolve (reg, catalogue, error))
        return FALSE;
    }
  if (!shequ_catalogue_check_titles (catalogue->registers, error))
    return FALSE;
  order_registers (catalogue);
  return TRUE;
}

/**
 * shequ_catalogue_ref:
 * @catalogue: a catalogue
 *
 * Returns: (transfer full): @catalogue
 */
ShequCatalogue *
shequ_catalogue_ref (ShequCatalogue *catalogue)
{
  g_atomic_int_inc (&catalogue->references);
  return catalogue;
}

/**
 * shequ_catalogue_unref:
 * @catalogue: (transfer full): a catalogue
 */
void
shequ_catalogue_unref (ShequCatalogue *catalogue)
{
  if (!g_atomic_int_dec_and_test (&catalogue->references))
    return;
  g_ptr_array_unref (catalogue->registers);
  g_hash_table_unref (catalogue->by_name);
  g_hash_table_unref (catalogue->code_lists);
  g_ptr_array_unref (catalogue->sources);
  g_free (catalogue);
}

/**
 * shequ_catalogue_lookup:
 * @catalogue: a catalogue
 * @name: the name of a register
 *
 * Returns: (nullable) (transfer none): the register
 */
const ShequRegister *
shequ_catalogue_lookup (const ShequCatalogue *catalogue, const char *name)
{
  return g_hash_table_lookup (catalogue->by_name, name);
}

/**
 * shequ_catalogue_get_registers:
 * @catalogue: a catalogue
 *
 * Returns: (transfer none) (element-type ShequRegister): all registers; those that others link to come
 *   first, as far as they do not link to each other
 */
const GPtrArray *
shequ_catalogue_get_registers (const ShequCatalogue *catalogue)
{
  return catalogue->registers;
}

/**
 * shequ_register_lookup:
 * @reg: a register
 * @name: the name of a field
 *
 * Returns: (nullable) (transfer none): the field
 */
const ShequField *
shequ_register_lookup (const ShequRegister *reg, const char *name)
{
  return g_hash_table_lookup (reg->by_name, name);
}

/**
 * shequ_register_require:
 * @reg: a register
 * @name: a name that a person gave
 * @error: return location for a %SHEQU_ERROR_NOT_FOUND that lists the fields
 *
 * Returns: (nullable) (transfer none): the field
 */
const ShequField *
shequ_register_require (const ShequRegister *reg, const char *name, GError **error)
{
  const ShequField *field = shequ_register_lookup (reg, name);

  if (field == NULL)
    {
      g_autoptr (GString) names = g_string_new (NULL);

      for (guint i = 0; i < reg->fields->len; i++)
        g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                                ((const ShequField *) reg->fields->pdata[i])->name);
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("%s has no field “%s”; its fields are %s"),
                   reg->label, name, names->str);
    }
  return field;
}

/**
 * shequ_register_get_list:
 * @reg: a register
 * @name: (nullable): the name of a list; %NULL for the first
 *
 * Returns: (nullable) (transfer none): the list
 */
const ShequList *
shequ_register_get_list (const ShequRegister *reg, const char *name)
{
  for (guint i = 0; i < reg->lists->len; i++)
    {
      const ShequList *list = reg->lists->pdata[i];

      if (name == NULL || g_str_equal (list->name, name))
        return list;
    }
  return NULL;
}

/**
 * shequ_register_computes_from:
 * @reg: a register
 * @other: the name of another
 *
 * Returns: whether a computed field of @reg counts, sums or lists records of @other
 */
gboolean
shequ_register_computes_from (const ShequRegister *reg, const char *other)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequCompute *compute = ((const ShequField *) reg->fields->pdata[i])->compute;

      if (compute != NULL && g_strcmp0 (compute->source_name, other) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * shequ_register_get_referrers:
 * @catalogue: a catalogue
 * @reg: one of its registers
 *
 * Returns: (transfer container) (element-type ShequField): the link fields of all registers that lead to @reg
 */
GPtrArray *
shequ_register_get_referrers (const ShequCatalogue *catalogue, const ShequRegister *reg)
{
  GPtrArray *referrers = g_ptr_array_new ();

  for (guint i = 0; i < catalogue->registers->len; i++)
    {
      const ShequRegister *other = catalogue->registers->pdata[i];

      for (guint j = 0; j < other->fields->len; j++)
        if (((const ShequField *) other->fields->pdata[j])->target == reg)
          g_ptr_array_add (referrers, other->fields->pdata[j]);
    }
  return referrers;
}
