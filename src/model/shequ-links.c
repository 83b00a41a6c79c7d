#include "config.h"

#include <string.h>

#include "shequ-date.h"
#include "shequ-office-private.h"

/*
 * What a record takes over from a linked one when it is saved, so that it stays when the other changes. The
 * source is a field, one behind a further link (`dwelling.building`), or `key`, the linked record itself; the
 * first that gives a value counts.
 */
static const struct
{
  const char *reg;
  const char *field;
  const char *link;
  const char *source;
} taken_over[] = {
  { "post", "building", "household", "dwelling.building" },
  { "post", "person_name", "resident", "name" },
  { "post", "person_name", "staff", "name" },
  { "post", "phone", "resident", "phone" },
  { "post", "phone", "staff", "phone" },
  { "post", "stairwell", "household", "dwelling.stairwell" },
  { "post", "unit", "building", "unit" },
  { "post", "unit", "grid", "unit" },
  { "post", "unit", "household", "unit" },
  { "post", "unit", "org_unit", "key" },
  { "resident_tag", "unit", "resident", "unit" },
  { "visit", "household", "resident", "household" },
  { "visit", "unit", "household", "unit" },
  { "work_entry", "department", "item", "department" },
};

/* Follows a source from a linked record on; stops quietly where there is nothing. */
static gboolean
read_source (ShequTransaction *transaction,
             const ShequRegister *reg,
             gint64 key,
             const char *source,
             ShequValue *value,
             GError **error)
{
  const char *dot = strchr (source, '.');
  g_autofree char *name = dot != NULL ? g_strndup (source, (gsize) (dot - source)) : g_strdup (source);
  const ShequField *field = shequ_register_lookup (reg, name);
  g_autoptr (ShequRow) row = NULL;

  if (field == NULL)
    {
      if (g_str_equal (name, "key"))
        shequ_value_set_integer (value, key);
      return TRUE;
    }
  row = shequ_transaction_get (transaction, reg, key, error);
  if (row == NULL)
    return FALSE;
  if (dot == NULL)
    shequ_value_copy (shequ_row_get (row, field), value);
  else if (field->target != NULL && shequ_row_get_integer (row, name) != 0)
    return read_source (transaction, field->target, shequ_row_get_integer (row, name), dot + 1, value, error);
  return TRUE;
}

static gboolean
take_over (ShequTransaction *transaction,
           ShequRow *row,
           const ShequField *field,
           const ShequField *link,
           const char *source,
           GError **error)
{
  gint64 key = shequ_row_get_integer (row, link->name);
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  if (key == 0 || !shequ_value_is_null (shequ_row_get (row, field)))
    return TRUE;
  if (!read_source (transaction, link->target, key, source, &value, error))
    return FALSE;
  if (!shequ_value_is_null (&value))
    shequ_value_copy (&value, shequ_row_get (row, field));
  return TRUE;
}

/* Who belongs to a key group is looked at again after as many months as the group says. */
static gboolean
derive_review (ShequTransaction *transaction, ShequRow *row, GError **error)
{
  const ShequField *link = shequ_register_lookup (row->reg, "tag");
  const char *start = shequ_row_get_text (row, "started_on");
  g_autoptr (ShequRow) tag = NULL;
  char review[SHEQU_DATE_TEXT_SIZE];
  ShequDate date;

  if (shequ_row_get_integer (row, "tag") == 0 || shequ_row_get_text (row, "review_on") != NULL ||
      shequ_row_get_text (row, "ended_on") != NULL || start == NULL || !shequ_date_from_iso (start, &date))
    return TRUE;
  tag = shequ_transaction_get (transaction, link->target, shequ_row_get_integer (row, "tag"), error);
  if (tag == NULL)
    return FALSE;
  if (shequ_row_get_integer (tag, "review_months") == 0)
    return TRUE;
  date = shequ_date_add_months (&date, (int) shequ_row_get_integer (tag, "review_months"));
  shequ_date_to_iso (&date, review);
  shequ_row_set_text (row, "review_on", review);
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
  return g_strcmp0 (row->reg->name, "resident_tag") != 0 || derive_review (transaction, row, error);
}
