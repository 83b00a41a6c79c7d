/* What a new record takes over (`DefaultFrom=`), and the number that it gets (`Series=`): inside the
 * transaction that stores it, whoever stores it. */
#include "shequ-series.h"
#include "shequ-write-rules-private.h"

#include "config.h"

static gboolean
take_over (ShequConnection *connection, ShequRow *row, const ShequField *field, GError **error)
{
  gint64 key = row->values[field->default_link->index].integer;
  g_autoptr (GPtrArray) rows =
    shequ_lookup_fetch (connection, field->default_link->target, &key, 1, 0, NULL, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    shequ_value_copy (&((const ShequRow *) rows->pdata[0])->values[field->default_source->index],
                      &row->values[field->index]);
  return TRUE;
}

static char *
name_series (const ShequRow *row, const ShequField *field, const char *year)
{
  GString *name = g_string_new (row->reg->name);

  g_string_append_printf (name, ".%s", field->name);
  if (!field->unique && row->reg->level != SHEQU_LEVEL_NONE)
    g_string_append_printf (name, ".%" G_GINT64_FORMAT, shequ_row_get_integer (row, "unit"));
  if (shequ_series_has_year (field->series))
    g_string_append_printf (name, ".%s", year);
  return g_string_free (name, FALSE);
}

/* The next number that nobody has typed before. */
static gboolean
take_number (ShequTransaction *transaction,
             ShequConnection *connection,
             ShequRow *row,
             const ShequField *field,
             const char *today,
             GError **error)
{
  g_autofree char *year = g_strndup (today, 4);
  g_autofree char *series = name_series (row, field, year);
  gint64 holder;

  do
    {
      gint64 next = shequ_transaction_next_number (transaction, series, error);
      g_autofree char *text = next > 0 ? shequ_series_write (field->series, year, next) : NULL;

      if (text == NULL)
        return FALSE;
      shequ_row_set_text (row, field->name, text);
      holder = field->unique
                 ? shequ_lookup_find_key (connection, row->reg, &field, &row->values[field->index], 1, error)
                 : 0;
    }
  while (holder > 0);
  return holder == 0;
}

/* Fills in what a new record leaves to its description. */
gboolean
shequ_write_defaults_fill (ShequTransaction *transaction,
                           ShequConnection *connection,
                           ShequRow *row,
                           const char *today,
                           GError **error)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (!shequ_value_is_null (&row->values[i]))
        continue;
      if (field->series != NULL && !take_number (transaction, connection, row, field, today, error))
        return FALSE;
      if (field->default_link != NULL && !shequ_value_is_null (&row->values[field->default_link->index]) &&
          !take_over (connection, row, field, error))
        return FALSE;
    }
  return TRUE;
}
