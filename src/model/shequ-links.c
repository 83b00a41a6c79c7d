#include "config.h"

#include "shequ-office-private.h"

/* What a record takes over from a linked one when it is saved, so that it stays when the other changes. */
static const struct
{
  const char *reg;
  const char *field;
  const char *link;
  const char *source;
} taken_over[] = {
  { "work_entry", "department", "item", "department" },
};

static gboolean
take_over (ShequTransaction *transaction,
           ShequRow *row,
           const ShequField *field,
           const ShequField *link,
           const char *source,
           GError **error)
{
  gint64 key = shequ_row_get_integer (row, link->name);
  g_autoptr (ShequRow) linked = NULL;
  const ShequField *from = shequ_register_lookup (link->target, source);

  if (key == 0 || from == NULL || !shequ_value_is_null (shequ_row_get (row, field)))
    return TRUE;
  linked = shequ_transaction_get (transaction, link->target, key, error);
  if (linked == NULL)
    return FALSE;
  shequ_value_copy (shequ_row_get (linked, from), shequ_row_get (row, field));
  return TRUE;
}

/**
 * shequ_office_derive_links:
 * @transaction: the change that the record is part of
 * @row: a record that is about to be stored
 * @error: return location
 *
 * Fills empty fields that a record takes over from one that it links to, as the department of a work entry
 * from its work item. shequ_office_save_in() does it; an import does it through its options.
 *
 * Returns: %FALSE when the linked record cannot be read
 */
gboolean
shequ_office_derive_links (ShequTransaction *transaction, ShequRow *row, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (taken_over); i++)
    {
      const ShequField *field, *link;

      if (g_strcmp0 (row->reg->name, taken_over[i].reg) != 0)
        continue;
      field = shequ_register_lookup (row->reg, taken_over[i].field);
      link = shequ_register_lookup (row->reg, taken_over[i].link);
      if (field != NULL && link != NULL && link->target != NULL &&
          !take_over (transaction, row, field, link, taken_over[i].source, error))
        return FALSE;
    }
  return TRUE;
}
