/*
 * What a record must keep besides its own values: unique ones, twins, links that differ, no circles.
 *
 * Asked inside the transaction that writes, whoever writes, so that what another did meanwhile counts.
 */
#include "shequ-write-rules-private.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Records that the message of a circle names. */
#define MOST_NAMED 6

/* The record that shares all values of `UniqueWith=` with a row; 0 for none, -1 on error. */
static gint64
find_twin (ShequConnection *connection, const ShequRow *row, GError **error)
{
  const GPtrArray *fields = row->reg->unique_with;
  g_autofree ShequValue *values = g_new0 (ShequValue, fields->len + 1);

  for (guint i = 0; i < fields->len; i++)
    {
      const ShequValue *value = &row->values[((const ShequField *) fields->pdata[i])->index];

      if (shequ_value_is_null (value))
        return 0;
      /* Lent: the row owns what it holds. */
      values[i] = *value;
    }
  if (fields->len == 0)
    return 0;
  return shequ_lookup_find_key (connection, row->reg, (const ShequField *const *) fields->pdata, values,
                                fields->len, error);
}

static void
set_twin_error (ShequConnection *connection, const ShequRow *row, gint64 key, GError **error)
{
  const GPtrArray *fields = row->reg->unique_with;
  g_autofree char *title = shequ_lookup_title (connection, row->reg, key);
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (labels, "%s“%s”", i > 0 ? _ (", ") : "",
                            ((const ShequField *) fields->pdata[i])->label);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE,
               _ ("%s are the same as those of %s (record %" PRId64
                  "); nothing was changed. Change that record instead"),
               labels->str, title != NULL ? title : "?", key);
}

static gboolean
is_waived (const ShequRow *row, const ShequField *field)
{
  return field->unique_unless != NULL && row->values[field->unique_unless->index].integer == 1;
}

/* A record that holds the unique value of a row and states no exception; 0 for none, -1 on error. */
static gint64
find_same (ShequConnection *connection, const ShequRow *row, const ShequField *field, GError **error)
{
  const ShequField *fields[] = { field, field->unique_unless };
  ShequValue no = { SHEQU_VALUE_INTEGER, 0, NULL };
  ShequValue nothing = SHEQU_VALUE_INIT;
  ShequValue values[2];
  gint64 key;

  if (is_waived (row, field))
    return 0;
  values[0] = row->values[field->index];
  values[1] = nothing;
  key =
    shequ_lookup_find_key (connection, row->reg, fields, values, field->unique_unless != NULL ? 2 : 1, error);
  if (key != 0 || field->unique_unless == NULL)
    return key;
  values[1] = no;
  return shequ_lookup_find_key (connection, row->reg, fields, values, 2, error);
}

static void
set_same_error (ShequConnection *connection, const ShequField *field, gint64 key, GError **error)
{
  g_autofree char *title = shequ_lookup_title (connection, field->owner, key);

  if (field->unique_unless != NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE,
                 _ ("“%s” is the same as that of %s (record %" PRId64
                    "); nothing was changed. Check the number, or change that record instead; where both are "
                    "right, state it in “%s”"),
                 field->label, title != NULL ? title : "?", key, field->unique_unless->label);
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE,
                 _ ("“%s” is the same as that of %s (record %" PRId64 "); nothing was changed. Check the "
                    "number, or change that record instead"),
                 field->label, title != NULL ? title : "?", key);
}

/* Says which value of a row stands in another record already. */
void
shequ_write_rules_set_duplicate (ShequConnection *connection, const ShequRow *row, GError **error)
{
  gint64 twin;

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      gint64 key;

      if (!field->unique || shequ_value_is_null (&row->values[i]))
        continue;
      key = find_same (connection, row, field, NULL);
      if (key > 0 && key != row->key)
        {
          set_same_error (connection, field, key, error);
          return;
        }
    }
  twin = find_twin (connection, row, NULL);
  if (twin > 0 && twin != row->key)
    set_twin_error (connection, row, twin, error);
  else
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE,
                         _ ("The record exists already; nothing was changed"));
}

/* A record, live or deleted, which nobody else changes until the transaction ends. */
ShequRow *
shequ_write_rules_get_any (ShequConnection *connection, const ShequRegister *reg, gint64 key, GError **error)
{
  g_autoptr (GPtrArray) rows =
    shequ_lookup_fetch (connection, reg, &key, 1, SHEQU_FETCH_DELETED | SHEQU_FETCH_LOCKED, NULL, error);

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no record %" PRId64 " in “%s”"),
                   key, reg->label);
      return NULL;
    }
  return g_ptr_array_steal_index (rows, 0);
}

/* Whether a unique value of a changed row stands in another record. */
static gboolean
check_unique (ShequConnection *connection, const ShequRow *row, const ShequRow *old, GError **error)
{
  gint64 twin;

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      gint64 key;

      if (!field->unique || shequ_value_is_null (&row->values[i]) ||
          (!old->deleted && shequ_value_equal (&row->values[i], &old->values[i]) &&
           is_waived (row, field) == is_waived (old, field)))
        continue;
      key = find_same (connection, row, field, error);
      if (key < 0)
        return FALSE;
      if (key > 0 && key != row->key)
        {
          shequ_write_rules_set_duplicate (connection, row, error);
          return FALSE;
        }
    }
  twin = find_twin (connection, row, error);
  if (twin > 0 && twin != row->key)
    set_twin_error (connection, row, twin, error);
  return twin == 0 || twin == row->key;
}

/*
 * The chain from a record upwards, as far as it goes; %NULL in `cycle` when it does not come back to the
 * record. All of it is held, so that nobody else closes it from the other end meanwhile.
 */
static gboolean
find_cycle (ShequConnection *connection,
            const ShequField *field,
            const ShequRow *row,
            char **cycle,
            GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GString) way = g_string_new (NULL);
  gint64 key = row->values[field->index].integer;

  *cycle = NULL;
  for (guint n = 0; key != row->key; n++)
    {
      g_autofree char *title = n < MOST_NAMED ? shequ_lookup_title (connection, row->reg, key) : NULL;
      g_autoptr (ShequRow) above = NULL;

      /* A chain that runs in a circle of its own does not hold this record. */
      if (!g_hash_table_add (seen, g_memdup2 (&key, sizeof key)))
        return TRUE;
      if (n <= MOST_NAMED)
        g_string_append_printf (way, "%s%s", n > 0 ? " → " : "", title != NULL ? title : "…");
      above = shequ_write_rules_get_any (connection, row->reg, key, error);
      if (above == NULL)
        return FALSE;
      if (above->deleted || shequ_value_is_null (&above->values[field->index]))
        return TRUE;
      key = above->values[field->index].integer;
    }
  *cycle = g_string_free (g_steal_pointer (&way), FALSE);
  return TRUE;
}

/* Whether a link that may not lead back to its record does. */
static gboolean
check_cycles (ShequConnection *connection, const ShequRow *row, const ShequRow *old, GError **error)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      g_autofree char *way = NULL;

      if (!field->no_cycle || shequ_value_is_null (&row->values[i]) ||
          (!old->deleted && shequ_value_equal (&row->values[i], &old->values[i])))
        continue;
      if (!find_cycle (connection, field, row, &way, error))
        return FALSE;
      if (way == NULL)
        continue;
      if (*way == '\0')
        g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                     _ ("“%s” may not be the record itself; nothing was changed. Choose another"),
                     field->label);
      else
        g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                     _ ("“%s” would lead in a circle back to the record (%s); nothing was changed. Choose "
                        "another"),
                     field->label, way);
      return FALSE;
    }
  return TRUE;
}

/* Whether two links that may not lead to one record do, whoever looked them up. */
static gboolean
check_differs (const ShequRow *row, GError **error)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (shequ_row_differs (row, field))
        continue;
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                   _ ("“%s” and “%s” may not be the same; nothing was changed. Choose another"), field->label,
                   field->differs_from->label);
      return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable): from what it follows who belongs to the record that is linked to. */
static gboolean
find_rule (ShequConnection *connection, const ShequField *field, gint64 key, char **rule, GError **error)
{
  g_autofree char *text = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE \"key\" = ?1",
                                           field->not_derived_by->name, field->target->name);
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  gboolean has_row = FALSE;

  *rule = NULL;
  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, key);
  if (!shequ_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *rule = g_strdup (shequ_statement_get_text (statement, 0));
  shequ_statement_reset (statement);
  return TRUE;
}

/* Whether a row is linked by hand to what follows from a rule; `old` (nullable) was so before. */
static gboolean
check_derived (ShequConnection *connection, const ShequRow *row, const ShequRow *old, GError **error)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      g_autofree char *rule = NULL;
      g_autofree char *title = NULL;

      if (field->not_derived_by == NULL || shequ_value_is_null (&row->values[i]) ||
          (old != NULL && !old->deleted && shequ_value_equal (&row->values[i], &old->values[i])))
        continue;
      if (!find_rule (connection, field, row->values[i].integer, &rule, error))
        return FALSE;
      if (rule == NULL || *rule == '\0')
        continue;
      title = shequ_lookup_title (connection, field->target, row->values[i].integer);
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
        _ ("“%s” follows by itself from its rule (%s) and is not entered; nothing was changed. Correct "
           "what the rule looks at, or the rule"),
        title != NULL ? title : "?", rule);
      return FALSE;
    }
  return TRUE;
}

/* Whether a new record may stand besides the others; its unique values are looked after by the table itself.
 */
gboolean
shequ_write_rules_check_new (ShequConnection *connection, const ShequRow *row, GError **error)
{
  gint64 twin = find_twin (connection, row, error);

  /* A database older than its `UniqueWith=` has no index that would refuse it. */
  if (twin > 0)
    set_twin_error (connection, row, twin, error);
  return twin == 0 && check_differs (row, error) && check_derived (connection, row, NULL, error);
}

/* Whether nothing is changed that is fixed by what the record is. */
static gboolean
check_locks (const ShequRow *row, const ShequRow *old, const char *today, GError **error)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (field->locked_when == NULL || old->deleted ||
          shequ_value_equal (&row->values[i], &old->values[i]) ||
          !shequ_row_matches (old, field->locked_when, today))
        continue;
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
        _ ("“%s” is fixed as the record stands; nothing was changed. Take back first what fixes it"),
        field->label);
      return FALSE;
    }
  return TRUE;
}

/* A number that was given stays with its record. */
static gboolean
check_series (const ShequRow *row, const ShequRow *old, GError **error)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (field->series == NULL || !shequ_value_is_null (&row->values[i]) ||
          shequ_value_is_null (&old->values[i]))
        continue;
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                   _ ("“%s” was given to the record and is not emptied; nothing was changed"), field->label);
      return FALSE;
    }
  return TRUE;
}

/* Whether a record may become what `row` is; `old` is what it was, live or deleted. */
gboolean
shequ_write_rules_check_change (ShequConnection *connection,
                                const ShequRow *row,
                                const ShequRow *old,
                                const char *today,
                                GError **error)
{
  return check_locks (row, old, today, error) && check_series (row, old, error) &&
         check_unique (connection, row, old, error) && check_differs (row, error) &&
         check_derived (connection, row, old, error) && check_cycles (connection, row, old, error);
}
