#include "record-maker.h"

#include <string.h>

#include "shequ-picture.h"

#define DEEPEST 6

static gint64 add_record (RecordMaker *maker, const ShequRegister *reg, guint depth);

/* A sound number of somebody born in 1950, with its check digit. */
static char *
make_id_number (guint number)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  g_autofree char *digits = g_strdup_printf ("2208021950%02u%02u%03u", 1 + number / 28000 % 12,
                                             1 + number / 1000 % 28, number % 1000);
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += (digits[i] - '0') * weights[i];
  return g_strdup_printf ("%s%c", digits, "10X98765432"[sum % 11]);
}

/* GB 32100: the last of 18 signs is a check. */
static char *
make_credit_code (guint number)
{
  static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  g_autofree char *code = g_strdup_printf ("91350100M%08u", number);
  guint weight = 1;
  guint sum = 0;

  for (guint i = 0; i < 17; i++, weight = weight * 3 % 31)
    sum += weight * (guint) (strchr (signs, code[i]) - signs);
  return g_strdup_printf ("%s%c", code, signs[(31 - sum % 31) % 31]);
}

static char *
make_name (guint number)
{
  static const char *const signs[] = { "安", "北", "春", "东", "方", "光", "和", "江", "康", "林" };

  return g_strdup_printf ("测%s%s%s%s", signs[number / 1000 % 10], signs[number / 100 % 10],
                          signs[number / 10 % 10], signs[number % 10]);
}

/* As large as one may be: it goes through a cell of a spreadsheet whole. */
static char *
make_picture (guint number)
{
  g_autofree guint8 *bytes = g_new0 (guint8, SHEQU_PICTURE_MOST_BYTES);

  memcpy (bytes, "\xFF\xD8\xFF", 3);
  for (guint i = 3; i < SHEQU_PICTURE_MOST_BYTES - 2; i++)
    bytes[i] = (guint8) (i * number >> 3);
  memcpy (bytes + SHEQU_PICTURE_MOST_BYTES - 2, "\xFF\xD9", 2);
  return shequ_picture_from_jpeg (bytes, SHEQU_PICTURE_MOST_BYTES);
}

char *
record_maker_make_text (RecordMaker *maker, const ShequField *field)
{
  guint number = ++maker->number;

  switch (field->kind)
    {
    case SHEQU_FIELD_TEXT:
      if (g_str_equal (field->name, "address"))
        return g_strdup_printf ("青年路%u号", number);
      return field->search == SHEQU_SEARCH_ADDRESS ? g_strdup_printf ("%u号楼", number) : make_name (number);
    case SHEQU_FIELD_LONG_TEXT:
      return g_strdup_printf ("第%u条说明", number);
    case SHEQU_FIELD_INTEGER:
    case SHEQU_FIELD_MONEY:
      return g_strdup_printf ("%" G_GINT64_FORMAT, field->has_at_least ? MAX (field->at_least, 1) : 1);
    case SHEQU_FIELD_DATE:
      return g_strdup (maker->today);
    case SHEQU_FIELD_TIME:
      return g_strdup_printf ("08:%02u", number % 60);
    case SHEQU_FIELD_MOMENT:
      return g_strdup ("2026-11-22T01:02:03Z");
    case SHEQU_FIELD_YES_NO:
      return g_strdup ("1");
    case SHEQU_FIELD_CODE:
      return g_strdup (((const ShequCode *) g_ptr_array_index (field->codes->codes, 0))->code);
    case SHEQU_FIELD_ID_NUMBER:
      return make_id_number (number);
    case SHEQU_FIELD_CREDIT_CODE:
      return make_credit_code (number);
    case SHEQU_FIELD_PHONE:
      return g_strdup_printf ("138%08u", number);
    case SHEQU_FIELD_PICTURE:
      return make_picture (number);
    case SHEQU_FIELD_LINK:
    case SHEQU_FIELD_COMPUTED:
    default:
      return NULL;
    }
}

static void
fill (RecordMaker *maker, ShequRow *row, const ShequField *field, guint depth)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  if (!shequ_field_is_stored (field) || !shequ_value_is_null (shequ_row_get (row, field)))
    return;
  if (g_str_equal (field->name, "unit") && field->kind == SHEQU_FIELD_LINK)
    {
      shequ_row_set_integer (row, field->name, maker->unit);
      return;
    }
  if (field->kind == SHEQU_FIELD_LINK)
    {
      if (depth < DEEPEST)
        shequ_row_set_integer (row, field->name, add_record (maker, field->target, depth + 1));
      return;
    }
  text = record_maker_make_text (maker, field);
  if (!shequ_field_parse (field, text, maker->today, shequ_row_get (row, field), issues))
    g_error ("%s.%s: “%s” cannot be read", row->reg->name, field->name, text);
}

/* Fills what a rule misses until none does; %FALSE when a rule wants something else. */
static gboolean
satisfy (RecordMaker *maker, ShequRow *row, guint depth, char **complaint)
{
  for (guint round = 0; round < 8; round++)
    {
      g_autoptr (GPtrArray) issues = shequ_issues_new ();
      gboolean filled = FALSE;

      shequ_row_derive (row, maker->today);
      if (shequ_row_validate (row, maker->today, issues))
        return TRUE;
      g_free (*complaint);
      *complaint = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);
      for (guint i = 0; i < issues->len; i++)
        {
          const ShequIssue *issue = g_ptr_array_index (issues, i);

          if (issue->severity != SHEQU_ISSUE_ERROR || issue->field == NULL ||
              !shequ_value_is_null (shequ_row_get (row, issue->field)))
            continue;
          fill (maker, row, issue->field, depth);
          filled = TRUE;
        }
      if (!filled)
        return FALSE;
    }
  return FALSE;
}

static void
fill_identity (RecordMaker *maker, ShequRow *row, gboolean links, guint depth)
{
  const GPtrArray *identity = row->reg->identity->len > 0 ? row->reg->identity->pdata[0] : NULL;

  for (guint i = 0; identity != NULL && i < identity->len; i++)
    if (links || ((const ShequField *) g_ptr_array_index (identity, i))->kind != SHEQU_FIELD_LINK)
      fill (maker, row, g_ptr_array_index (identity, i), depth);
}

static ShequRow *
try_row (RecordMaker *maker, const ShequRegister *reg, gboolean links, guint depth, char **complaint)
{
  ShequRow *row = shequ_row_new (reg);

  shequ_row_set_defaults (row, maker->today, "小刘");
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->required || (field->search != SHEQU_SEARCH_NONE && field->search != SHEQU_SEARCH_LINKED &&
                              !field->hidden && field->shown_when == NULL))
        fill (maker, row, field, depth);
    }
  if (reg->level != SHEQU_LEVEL_NONE)
    fill (maker, row, shequ_register_lookup (reg, "unit"), depth);
  fill_identity (maker, row, links, depth);
  if (!satisfy (maker, row, depth, complaint))
    g_clear_pointer (&row, shequ_row_free);
  return row;
}

/* With all links that identify it, or with those that go together. */
static ShequRow *
make_row (RecordMaker *maker, const ShequRegister *reg, guint depth)
{
  g_autofree char *complaint = NULL;
  ShequRow *row = try_row (maker, reg, TRUE, depth, &complaint);

  if (row == NULL)
    row = try_row (maker, reg, FALSE, depth, &complaint);
  if (row == NULL)
    g_error ("%s: no valid record could be made: %s", reg->name, complaint);
  return row;
}

static gint64
add_record (RecordMaker *maker, const ShequRegister *reg, guint depth)
{
  g_autoptr (ShequRow) row = make_row (maker, reg, depth);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (maker->store, maker->actor, NULL, &error);
  MadeRecord made = { reg, 0 };

  if (!shequ_transaction_insert (transaction, row, &error) || !shequ_transaction_commit (transaction, &error))
    g_error ("%s: %s", reg->name, error->message);
  made.key = row->key;
  g_array_append_val (maker->made, made);
  return row->key;
}

ShequRow *
record_maker_make_row (RecordMaker *maker, const ShequRegister *reg)
{
  return make_row (maker, reg, 0);
}

gint64
record_maker_add (RecordMaker *maker, const ShequRegister *reg)
{
  return add_record (maker, reg, 0);
}

static void
drop_last (RecordMaker *maker, ShequTransaction *transaction)
{
  const MadeRecord *made = &g_array_index (maker->made, MadeRecord, maker->made->len - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_transaction_get (transaction, made->reg, made->key, &error);

  if (row == NULL || !shequ_transaction_delete (transaction, made->reg, made->key, row->version, &error))
    g_error ("%s: %s", made->reg->name, error->message);
  g_array_set_size (maker->made, maker->made->len - 1);
}

static void
drop_down_to (RecordMaker *maker, guint n_left)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (maker->store, maker->actor, NULL, &error);

  while (maker->made->len > n_left)
    drop_last (maker, transaction);
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

void
record_maker_forget (RecordMaker *maker)
{
  drop_down_to (maker, maker->made->len - 1);
}

void
record_maker_sweep (RecordMaker *maker)
{
  drop_down_to (maker, 0);
}
