#include "shequ-versions-private.h"

#include "shequ-error.h"
#include "shequ-row-index.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* `""`, before all days, for what has held since ever. */
static const char *
or_ever (const char *day)
{
  return day != NULL ? day : SHEQU_SINCE_EVER;
}

static void
set_day (char **place, const char *day)
{
  char *copy = day != NULL && *day != '\0' ? g_strdup (day) : NULL;

  g_free (*place);
  *place = copy;
}

/* The day from which the change of a row holds; not before its register's date, not after today. */
static const char *
get_effective (const ShequRow *row, const char *otherwise, const char *today, GError **error)
{
  const ShequField *since = row->reg->since_field;
  const char *first = since != NULL ? row->values[since->index].text : NULL;
  const char *day = row->effective != NULL ? row->effective : otherwise;

  if (first != NULL && strcmp (day, first) < 0)
    day = first;
  if (strcmp (day, today) <= 0)
    return day;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
    _ ("The change is to hold from %s, which lies in the future; nothing was changed. Enter it when "
       "the day has come"),
    day);
  return NULL;
}

gboolean
shequ_versions_begin (ShequRow *row, const char *today, GError **error)
{
  const char *day;

  if (!row->reg->has_history)
    return TRUE;
  day = get_effective (row, row->reg->begins_when_entered ? today : SHEQU_SINCE_EVER, today, error);
  if (day != NULL)
    set_day (&row->valid_from, day);
  return day != NULL;
}

/* The columns that a version shares with the record. */
static void
append_columns (GString *text, const ShequRegister *reg)
{
  g_string_append (text, "\"key\", \"uuid\", \"version\"");
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (!shequ_field_is_stored (field))
        continue;
      g_string_append_printf (text, ", \"%s\"", field->name);
      if (shequ_sql_field_has_sort_column (field))
        g_string_append_printf (text, ", \"%s_sort\"", field->name);
    }
}

/*
 * Adds a copy of the present version, or of the former one that ends on `copied`, as a former version.
 */
static gboolean
copy_version (ShequStore *store,
              const ShequRow *row,
              const char *copied,
              const char *from,
              const char *to,
              GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ShequStatement *statement;

  g_string_append_printf (text, "INSERT INTO \"%s_history\" (", row->reg->name);
  append_columns (text, row->reg);
  g_string_append (text, ", \"valid_from\", \"valid_to\") SELECT ");
  append_columns (text, row->reg);
  g_string_append_printf (text, ", ?2, ?3 FROM \"%s%s\" WHERE \"key\" = ?1%s", row->reg->name,
                          copied != NULL ? "_history" : "", copied != NULL ? " AND \"valid_to\" = ?4" : "");
  statement = shequ_connection_prepare (store->writer, text->str, error);
  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, row->key);
  shequ_statement_bind_text (statement, 2, from != NULL && *from != '\0' ? from : NULL);
  shequ_statement_bind_text (statement, 3, to);
  if (copied != NULL)
    shequ_statement_bind_text (statement, 4, copied);
  return shequ_statement_run (statement, NULL, error);
}

/* Runs a statement on a record: `?1` its key, `?2` and `?3` days. */
static gboolean
run_on (ShequStore *store,
        const ShequRow *row,
        const char *text,
        const char *one,
        const char *other,
        GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (store->writer, text, error);

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, row->key);
  if (one != NULL)
    shequ_statement_bind_text (statement, 2, *one != '\0' ? one : NULL);
  if (other != NULL)
    shequ_statement_bind_text (statement, 3, other);
  return shequ_statement_run (statement, NULL, error);
}

static gboolean
drop_version (ShequStore *store, const ShequRow *row, const char *to, GError **error)
{
  g_autofree char *text =
    g_strdup_printf ("DELETE FROM \"%s_history\" WHERE \"key\" = ?1 AND \"valid_to\" = ?2", row->reg->name);

  return run_on (store, row, text, to, NULL, error);
}

static gboolean
move_beginning (ShequStore *store, const ShequRow *row, const char *from, const char *to, GError **error)
{
  g_autofree char *text = g_strdup_printf (
    "UPDATE \"%s_history\" SET \"valid_from\" = ?2 WHERE \"key\" = ?1 AND \"valid_to\" = ?3", row->reg->name);

  return run_on (store, row, text, from, to, error);
}

static gboolean
differs (const ShequRow *one, const ShequRow *other, gboolean history)
{
  for (guint i = 0; i < one->reg->fields->len; i++)
    {
      const ShequField *field = one->reg->fields->pdata[i];

      if (field->history == history && shequ_field_is_stored (field) &&
          !shequ_value_equal (&one->values[i], &other->values[i]))
        return TRUE;
    }
  return FALSE;
}

/* When a present version has become what held before it, both are one. */
static gboolean
join_with_former (ShequStore *store, ShequRow *row, GError **error)
{
  g_autoptr (GPtrArray) versions = shequ_lookup_versions (store->writer, row->reg, row->key, error);
  const ShequRow *former;

  if (versions == NULL)
    return FALSE;
  former = versions->len > 0 ? versions->pdata[versions->len - 1] : NULL;
  if (former == NULL || g_strcmp0 (former->valid_to, row->valid_from) != 0 || differs (former, row, TRUE))
    return TRUE;
  if (!drop_version (store, row, former->valid_to, error))
    return FALSE;
  set_day (&row->valid_from, former->valid_from);
  return TRUE;
}

/* Writes the values with versions of a former version. */
static gboolean
write_version (ShequStore *store, ShequRow *version, GError **error)
{
  const ShequRowIndex *index = shequ_row_get_index (version, store->tokens);
  g_autoptr (GString) text = g_string_new (NULL);
  ShequStatement *statement;
  int place = 3;

  g_string_append_printf (text, "UPDATE \"%s_history\" SET \"key\" = ?1", version->reg->name);
  for (guint i = 0; i < version->reg->fields->len; i++)
    {
      const ShequField *field = version->reg->fields->pdata[i];

      if (!field->history)
        continue;
      g_string_append_printf (text, ", \"%s\" = ?%d", field->name, place++);
      if (shequ_sql_field_has_sort_column (field))
        g_string_append_printf (text, ", \"%s_sort\" = ?%d", field->name, place++);
    }
  g_string_append (text, " WHERE \"key\" = ?1 AND \"valid_to\" = ?2");
  statement = shequ_connection_prepare (store->writer, text->str, error);
  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, version->key);
  shequ_statement_bind_text (statement, 2, version->valid_to);
  place = 3;
  for (guint i = 0; i < version->reg->fields->len; i++)
    {
      const ShequField *field = version->reg->fields->pdata[i];
      const ShequValue *value = &version->values[i];

      if (!field->history)
        continue;
      if (shequ_row_index_get_sealed (index, field) != NULL)
        shequ_statement_bind_text (statement, place++, shequ_row_index_get_sealed (index, field));
      else
        shequ_statement_bind_value (statement, place++, value);
      if (shequ_sql_field_has_sort_column (field))
        shequ_statement_bind_text (statement, place++, shequ_row_index_get_order (index, field));
    }
  return shequ_statement_run (statement, NULL, error);
}

/*
 * What `old` and `row` differ in holds from the version at `first` on, in each field up to where that field
 * was changed itself; the present version, `old`, comes last.
 */
static gboolean
carry_forward (ShequStore *store,
               GPtrArray *versions,
               guint first,
               const ShequRow *old,
               ShequRow *row,
               GError **error)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      g_auto (ShequValue) before = SHEQU_VALUE_INIT;
      guint at = first;

      if (!field->history || shequ_value_equal (&old->values[i], &row->values[i]))
        continue;
      shequ_value_copy (&((const ShequRow *) versions->pdata[first])->values[i], &before);
      for (; at < versions->len; at++)
        {
          ShequRow *version = versions->pdata[at];

          if (!shequ_value_equal (&version->values[i], &before))
            break;
          shequ_value_clear (&version->values[i]);
          shequ_value_copy (&row->values[i], &version->values[i]);
        }
      if (at == versions->len && shequ_value_equal (&old->values[i], &before))
        continue;
      shequ_value_clear (&row->values[i]);
      shequ_value_copy (&old->values[i], &row->values[i]);
    }
  for (guint at = first; at < versions->len; at++)
    if (!write_version (store, versions->pdata[at], error))
      return FALSE;
  return TRUE;
}

/* A change that holds from a day before the present version. */
static gboolean
change_past (ShequStore *store, const ShequRow *old, ShequRow *row, const char *day, GError **error)
{
  g_autoptr (GPtrArray) versions = shequ_lookup_versions (store->writer, row->reg, row->key, error);
  const ShequRow *covering;
  const char *covered_from;
  ShequRow *copy;
  guint first = 0;

  if (versions == NULL)
    return FALSE;
  while (first < versions->len && strcmp (((const ShequRow *) versions->pdata[first])->valid_to, day) <= 0)
    first++;
  covering = first < versions->len ? versions->pdata[first] : old;
  covered_from = or_ever (covering->valid_from);
  if (strcmp (day, covered_from) < 0)
    {
      /* The record was there before its register knew: what is first known held from then on. */
      if (!copy_version (store, row, covering->valid_to, day, covered_from, error))
        return FALSE;
      copy = shequ_row_copy (covering);
      set_day (&copy->valid_from, day);
      set_day (&copy->valid_to, covered_from);
      g_ptr_array_insert (versions, (int) first, copy);
    }
  else if (strcmp (day, covered_from) > 0)
    {
      copy = (ShequRow *) covering;
      if (!copy_version (store, row, covering->valid_to, covering->valid_from, day, error) ||
          !move_beginning (store, row, day, covering->valid_to, error))
        return FALSE;
      set_day (&copy->valid_from, day);
    }
  return carry_forward (store, versions, first, old, row, error);
}

gboolean
shequ_versions_change (ShequStore *store,
                       const ShequRow *old,
                       ShequRow *row,
                       const char *today,
                       GError **error)
{
  const char *day;
  int order;

  set_day (&row->valid_from, old->valid_from);
  if (!row->reg->has_history || !differs (old, row, TRUE))
    return TRUE;
  day = get_effective (row, today, today, error);
  if (day == NULL)
    return FALSE;
  order = strcmp (day, or_ever (old->valid_from));
  if (order < 0)
    return change_past (store, old, row, day, error);
  if (order == 0)
    return join_with_former (store, row, error);
  if (!copy_version (store, row, NULL, old->valid_from, day, error))
    return FALSE;
  set_day (&row->valid_from, day);
  return TRUE;
}

static void
append_present (GString *text, const ShequRegister *reg, const char *name, const char *suffix)
{
  g_string_append_printf (text, ", \"%s%s\" = (SELECT r.\"%s%s\" FROM \"%s\" r WHERE r.\"key\" = ?1)", name,
                          suffix, name, suffix, reg->name);
}

gboolean
shequ_versions_follow (ShequStore *store, const ShequRow *old, const ShequRow *row, GError **error)
{
  g_autoptr (GString) text = NULL;

  if (!row->reg->has_history || !differs (old, row, FALSE))
    return TRUE;
  text = g_string_new (NULL);
  g_string_append_printf (text, "UPDATE \"%s_history\" SET \"key\" = ?1", row->reg->name);
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (field->history || !shequ_field_is_stored (field) ||
          shequ_value_equal (&old->values[i], &row->values[i]))
        continue;
      append_present (text, row->reg, field->name, "");
      if (shequ_sql_field_has_sort_column (field))
        append_present (text, row->reg, field->name, "_sort");
    }
  g_string_append (text, " WHERE \"key\" = ?1");
  return run_on (store, row, text->str, NULL, NULL, error);
}

static gboolean
write_beginning (ShequStore *store, const ShequRow *row, const char *day, GError **error)
{
  g_autofree char *text =
    g_strdup_printf ("UPDATE \"%s\" SET \"valid_from\" = ?2 WHERE \"key\" = ?1", row->reg->name);

  return run_on (store, row, text, or_ever (day), NULL, error);
}

gboolean
shequ_versions_end (ShequStore *store, const ShequRow *row, const char *today, GError **error)
{
  if (!row->reg->has_history || strcmp (today, or_ever (row->valid_from)) <= 0)
    return TRUE;
  return copy_version (store, row, NULL, row->valid_from, today, error) &&
         write_beginning (store, row, today, error);
}

gboolean
shequ_versions_reopen (ShequStore *store, ShequRow *row, GError **error)
{
  return !row->reg->has_history ||
         (join_with_former (store, row, error) && write_beginning (store, row, row->valid_from, error));
}
