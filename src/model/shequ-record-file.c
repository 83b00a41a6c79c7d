/*
 * Any record as a file: its fields, and what other registers hold of it; and any list as one. Both follow
 * from the descriptions, sensitive values as privacy asks, and what is restricted is left out.
 */
#include "shequ-record-file.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

/* More of a kind than a file needs; the newest are kept. */
#define MOST_ROWS 60

/* Two hundred sheets: nobody binds more. */
#define MOST_IN_LIST 5000

/* Of the columns of a list, those that stand on a cover. */
#define MOST_ON_COVER 8

static GPtrArray *
copy_columns (const ShequList *list, const ShequField *without)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; i < list->columns->len; i++)
    if (list->columns->pdata[i] != without)
      g_ptr_array_add (columns, list->columns->pdata[i]);
  return columns;
}

/* What tells records of a register apart in a list says on a cover whose file it is. */
static char **
write_cover (const ShequRow *row)
{
  g_autoptr (GPtrArray) columns = copy_columns (row->reg->lists->pdata[0], NULL);

  g_ptr_array_set_size (columns, MIN (columns->len, MOST_ON_COVER));
  return shequ_file_write_facts (row, columns);
}

static gboolean
add_referrer (ShequFile *file,
              ShequOffice *office,
              const ShequField *link,
              GCancellable *cancellable,
              GError **error)
{
  const ShequList *list = link->owner->lists->pdata[0];
  g_autoptr (ShequQuery) query = shequ_office_new_query (office, link->owner);
  g_autofree char *condition = g_strdup_printf ("%s=%" G_GINT64_FORMAT, link->name, file->key);
  g_autoptr (GPtrArray) columns = copy_columns (list, link);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *title = NULL;
  /* The lines of a record are the record: an inventory names every paper. */
  guint most = link->child ? MOST_IN_LIST : MOST_ROWS;

  query->limit = most;
  if (!shequ_query_add_where (query, condition, error))
    return FALSE;
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  title = rows->len == most ? g_strdup_printf (_ ("%s, the first %u"), link->owner->label, rows->len)
                            : g_strdup (link->owner->label);
  shequ_file_add_section (file, title, link->owner, columns, rows);
  return TRUE;
}

static gboolean
add_referrers (ShequFile *file,
               ShequOffice *office,
               const ShequRegister *reg,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GPtrArray) referrers = shequ_register_get_referrers (shequ_office_get_catalogue (office), reg);

  for (guint i = 0; i < referrers->len; i++)
    {
      const ShequField *link = referrers->pdata[i];

      if (!link->hidden && shequ_field_is_stored (link) &&
          !add_referrer (file, office, link, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * shequ_record_file_load:
 * @office: the office
 * @reg: a register
 * @key: one of its records
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Gathers what is known of a record: its fields, and the records that lead to it, by register.
 *
 * Returns: (transfer full): the file
 */
ShequFile *
shequ_record_file_load (ShequOffice *office,
                        const ShequRegister *reg,
                        gint64 key,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (ShequRow) row = shequ_office_get_row (office, reg, key, cancellable, error);
  g_autoptr (ShequFile) file = NULL;

  if (row == NULL)
    return NULL;
  file = g_new0 (ShequFile, 1);
  shequ_file_init (file, key, g_strstrip (shequ_row_get_title (row)), write_cover (row),
                   shequ_file_write_facts (row, reg->fields));
  return add_referrers (file, office, reg, cancellable, error) ? g_steal_pointer (&file) : NULL;
}

static char **
write_list_cover (const ShequQuery *query, const ShequList *list, guint n)
{
  g_autoptr (GStrvBuilder) cover = g_strv_builder_new ();
  g_autofree char *records = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u record", "%u records", n), n);
  const char *const cells[] = { _ ("Register"), query->reg->label, _ ("List"), list->label,
                                _ ("Records"),  records,           NULL };

  g_strv_builder_addv (cover, (const char **) cells);
  if (query->as_of != NULL)
    {
      g_strv_builder_add (cover, _ ("As of"));
      g_strv_builder_add (cover, query->as_of);
    }
  return g_strv_builder_end (cover);
}

/**
 * shequ_list_file_load:
 * @office: the office
 * @query: which records in which order
 * @list: its columns
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Gathers a list for a ledger.
 *
 * Returns: (transfer full): a file of one part; an error when there is no record, or more than are bound
 */
ShequFile *
shequ_list_file_load (ShequOffice *office,
                      const ShequQuery *query,
                      const ShequList *list,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (ShequQuery) limited = shequ_query_copy (query);
  g_autoptr (GPtrArray) columns = copy_columns (list, NULL);
  g_autoptr (GPtrArray) rows = NULL;
  ShequFile *file;

  limited->limit = MOST_IN_LIST + 1;
  rows = shequ_office_get_rows (office, limited, cancellable, error);
  if (rows == NULL)
    return NULL;
  if (rows->len == 0 || rows->len > MOST_IN_LIST)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                   rows->len == 0 ? _ ("There is no record in the list to be printed.")
                                  : _ ("A ledger holds %d records at most. Narrow the list with a filter."),
                   MOST_IN_LIST);
      return NULL;
    }
  file = g_new0 (ShequFile, 1);
  shequ_file_init (file, 0, g_strdup (list->label), write_list_cover (query, list, rows->len),
                   g_new0 (char *, 1));
  shequ_file_add_section (file, query->reg->label, query->reg, columns, rows);
  return file;
}
