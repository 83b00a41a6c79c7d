/*
 * Fields and registers that the office has made: read from the register `description` when the database is
 * opened, added to the catalogue, and brought into the tables.
 *
 * The shipped tables stand already when this is read. Nothing here keeps a database from opening: what cannot
 * be used is left out and said.
 */
#include "shequ-store-private.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REGISTER "description"

static void
add_problem (ShequStore *store, const char *name, const char *message)
{
  g_ptr_array_add (
    store->problems,
    g_strdup_printf (_ ("The own description “%s” was left out: %s. Its data is kept"), name, message));
}

/* In the order in which they were made; those out of use, where they are wanted, last. */
static GPtrArray *
read_descriptions (ShequConnection *connection, gboolean with_unused, GError **error)
{
  g_autoptr (GPtrArray) descriptions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_description_free);
  ShequStatement *statement = shequ_connection_prepare (
    connection,
    with_unused ? "SELECT \"name\", \"text\" FROM \"" REGISTER "\" ORDER BY CASE WHEN \"deleted_at\" IS NULL "
                  "AND \"active\" = 1 THEN 0 ELSE 1 END, \"key\""
                : "SELECT \"name\", \"text\" FROM \"" REGISTER
                  "\" WHERE \"deleted_at\" IS NULL AND \"active\" = 1 ORDER BY \"key\"",
    error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      const char *name, *text;
      g_autofree char *valid_name = NULL;

      if (!shequ_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      name = shequ_statement_get_text (statement, 0);
      text = shequ_statement_get_text (statement, 1);
      valid_name = g_utf8_make_valid (name != NULL ? name : "?", -1);
      g_ptr_array_add (descriptions, shequ_description_new (valid_name, text != NULL ? text : ""));
    }
  shequ_statement_reset (statement);
  return g_steal_pointer (&descriptions);
}

/* A field must be of the kind in which its column was made. */
static gboolean
fits_tables (const ShequCatalogue *catalogue, gpointer user_data, GError **error)
{
  GHashTable *known = user_data;
  const GPtrArray *registers = shequ_catalogue_get_registers (catalogue);

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      GHashTable *fields = g_hash_table_lookup (known, reg->name);

      for (guint k = 0; fields != NULL && k < reg->fields->len; k++)
        {
          const ShequField *field = reg->fields->pdata[k];
          const char *storage = g_hash_table_lookup (fields, field->name);

          if (!shequ_field_is_stored (field) || storage == NULL ||
              g_str_equal (storage, shequ_schema_get_storage (field)))
            continue;
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE,
                       _ ("[Field %s] Kind: “%s” cannot become of another kind, the database holds values of "
                          "the old one"),
                       field->name, field->label);
          return FALSE;
        }
    }
  return TRUE;
}

/* Brings the tables to the catalogue; once more, for another program may have done the same just before. */
static gboolean
prepare (ShequStore *store, ShequConnection *connection, GError **error)
{
  return shequ_schema_prepare (store, connection, FALSE, FALSE, NULL) ||
         shequ_schema_prepare (store, connection, FALSE, FALSE, error);
}

static void
use (ShequStore *store, ShequConnection *connection, ShequCatalogue *catalogue)
{
  g_autoptr (GError) error = NULL;

  shequ_catalogue_unref (store->catalogue);
  store->catalogue = shequ_catalogue_ref (catalogue);
  if (prepare (store, connection, &error))
    return;
  shequ_catalogue_unref (store->catalogue);
  store->catalogue = shequ_catalogue_ref (store->shipped);
  g_ptr_array_add (store->problems, g_strdup_printf (_ ("The own fields and registers were all left out: %s"),
                                                     error->message));
}

static gboolean
has_any (ShequConnection *connection, const char *text, gboolean *any, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);

  if (statement == NULL || !shequ_statement_step (statement, any, error))
    return FALSE;
  shequ_statement_reset (statement);
  return TRUE;
}

/* Whether documents that are made of what `now` says are the same as those made of what `before` said: only
 * fields came to it in which nothing stands yet. */
gboolean
shequ_own_is_unfilled (ShequConnection *connection,
                       const ShequRegister *reg,
                       const char *before,
                       const char *now,
                       gboolean *unfilled,
                       GError **error)
{
  g_auto (GStrv) old = g_strsplit (before != NULL ? before : "", " ", -1);
  g_auto (GStrv) new = g_strsplit (now, " ", -1);

  *unfilled = FALSE;
  for (guint i = 0; old[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) new, old[i]))
      return TRUE;
  for (guint i = 0; new[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (new[i], strcspn (new[i], ":"));
      const ShequField *field = shequ_register_lookup (reg, name);
      g_autofree char *filled =
        g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE \"%s\" IS NOT NULL LIMIT 1", reg->name, name);
      gboolean any = FALSE;

      if (g_strv_contains ((const char *const *) old, new[i]))
        continue;
      if (before == NULL || field == NULL || !shequ_sql_field_is_own (field))
        return TRUE;
      if (!has_any (connection, filled, &any, error))
        return FALSE;
      if (any)
        return TRUE;
    }
  *unfilled = TRUE;
  return TRUE;
}

/* (transfer full): the shipped descriptions with all that the office ever made, as far as they go together:
 * after them tables are made for data that is out of use, too. */
ShequCatalogue *
shequ_own_read_all (ShequCatalogue *shipped, ShequConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) descriptions = NULL;
  g_autoptr (GHashTable) known = NULL;

  if (shequ_catalogue_lookup (shipped, REGISTER) == NULL)
    return shequ_catalogue_ref (shipped);
  descriptions = read_descriptions (connection, TRUE, error);
  known = descriptions != NULL ? shequ_schema_read_fields (connection, error) : NULL;
  if (known == NULL)
    return NULL;
  return shequ_catalogue_extend (shipped, descriptions, fits_tables, known);
}

/* Adds what the office has made to a store whose shipped tables stand. */
void
shequ_own_load (ShequStore *store, ShequConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) descriptions = NULL;
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (ShequCatalogue) catalogue = NULL;

  if (shequ_catalogue_lookup (store->shipped, REGISTER) == NULL)
    return;
  descriptions = read_descriptions (connection, FALSE, &error);
  if (descriptions != NULL && descriptions->len > 0)
    known = shequ_schema_read_fields (connection, &error);
  if (error != NULL)
    {
      g_ptr_array_add (
        store->problems,
        g_strdup_printf (_ ("The own fields and registers were all left out: %s"), error->message));
      return;
    }
  if (descriptions->len == 0)
    return;
  catalogue = shequ_catalogue_extend (store->shipped, descriptions, fits_tables, known);
  for (guint i = 0; i < descriptions->len; i++)
    {
      const ShequDescription *description = descriptions->pdata[i];

      if (description->problem != NULL)
        add_problem (store, description->name, description->problem);
    }
  if (catalogue != store->shipped)
    use (store, connection, catalogue);
}
