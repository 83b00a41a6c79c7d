/* `[Check NAME]` of a description: two sums of a record that belong together, read, tied to fields, and
 * asked. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-catalogue-private.h"
#include "shequ-error.h"
#include "shequ-money.h"

#define FEN_PER_YUAN 100
#define LARGEST G_GINT64_CONSTANT (1000000000000)

typedef enum
{
  EQUAL,
  UNEQUAL,
  LESS_OR_EQUAL,
  GREATER_OR_EQUAL,
  LESS,
  GREATER,
  N_COMPARES,
} Compare;

/* Signs of two characters come first: `<` would be found in `<=`. */
static const struct
{
  const char *sign;
  Compare compare;
  const char *found; /* between two numbers for which it does not hold */
} compares[] = {
  { "!=", UNEQUAL, "=" }, { "<=", LESS_OR_EQUAL, ">" }, { ">=", GREATER_OR_EQUAL, "<" },
  { "=", EQUAL, "≠" },    { "<", LESS, "≥" },           { ">", GREATER, "≤" },
};

static void
clear_term (gpointer data)
{
  g_free (((ShequTerm *) data)->name);
}

/**
 * shequ_check_free:
 * @check: (transfer full): a check
 */
void
shequ_check_free (ShequCheck *check)
{
  for (guint i = 0; i < G_N_ELEMENTS (check->sides); i++)
    g_clear_pointer (&check->sides[i], g_array_unref);
  g_clear_pointer (&check->when, shequ_condition_unref);
  g_free (check->name);
  g_free (check->text);
  g_free (check->rule);
  g_free (check);
}

static gboolean
refuse (const char *text, GError **error)
{
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE,
               _ ("“%s” does not compare two sums, as total = men + women"), text);
  return FALSE;
}

/* `field`, `2`, `field * 2` or `2 * field`. */
static gboolean
read_term (const char *text, gint64 sign, ShequTerm *term)
{
  g_auto (GStrv) factors = g_strsplit (text, "*", -1);

  term->factor = sign;
  for (guint i = 0; factors[i] != NULL; i++)
    {
      const char *factor = g_strstrip (factors[i]);
      gint64 number;

      if (g_ascii_string_to_signed (factor, 10, 0, LARGEST, &number, NULL))
        term->factor *= number;
      else if (term->name != NULL || !shequ_name_is_valid (factor))
        return FALSE;
      else
        term->name = g_strdup (factor);
    }
  return factors[0] != NULL && g_strv_length (factors) <= 2;
}

static GArray *
read_side (const char *text)
{
  g_autoptr (GArray) terms = g_array_new (FALSE, TRUE, sizeof (ShequTerm));
  gint64 sign = 1;

  g_array_set_clear_func (terms, clear_term);
  for (const char *at = text;; at++)
    {
      gsize length = strcspn (at, "+-");
      g_autofree char *part = g_strndup (at, length);
      ShequTerm term = { 0 };
      gboolean read = read_term (part, sign, &term);

      g_array_append_val (terms, term);
      if (!read)
        return NULL;
      at += length;
      if (*at == '\0')
        return g_steal_pointer (&terms);
      sign = *at == '-' ? -1 : 1;
    }
}

/**
 * shequ_check_parse:
 * @check: a check with its rule
 * @error: return location for a %SHEQU_ERROR_CATALOGUE
 *
 * Reads the rule; its fields are not looked up yet.
 *
 * Returns: %FALSE when it is none
 */
gboolean
shequ_check_parse (ShequCheck *check, GError **error)
{
  check->warning = check->severity != 0;
  for (guint i = 0; i < G_N_ELEMENTS (compares); i++)
    {
      g_auto (GStrv) sides = g_strsplit (check->rule, compares[i].sign, -1);

      if (g_strv_length (sides) != 2)
        continue;
      check->compare = i;
      check->sides[0] = read_side (sides[0]);
      check->sides[1] = read_side (sides[1]);
      return (check->sides[0] != NULL && check->sides[1] != NULL) || refuse (check->rule, error);
    }
  return refuse (check->rule, error);
}

static gboolean
bind_term (ShequTerm *term, const ShequRegister *reg, ShequFieldKind *kind, GError **error)
{
  if (term->name == NULL)
    return TRUE;
  term->field = shequ_register_lookup (reg, term->name);
  if (term->field == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, _ ("there is no field “%s”"), term->name);
  else if (term->field->kind != SHEQU_FIELD_INTEGER && term->field->kind != SHEQU_FIELD_MONEY)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, _ ("“%s” cannot be summed"), term->name);
  else if (*kind != SHEQU_FIELD_COMPUTED && term->field->kind != *kind)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, _ ("“%s”: numbers and amounts are not added up"),
                 term->name);
  else
    {
      *kind = term->field->kind;
      return TRUE;
    }
  return FALSE;
}

/**
 * shequ_check_bind:
 * @check: a check whose rule was read
 * @reg: its register
 * @error: return location for a %SHEQU_ERROR_CATALOGUE
 *
 * Returns: %FALSE when it names what cannot be added up
 */
gboolean
shequ_check_bind (ShequCheck *check, const ShequRegister *reg, GError **error)
{
  ShequFieldKind kind = SHEQU_FIELD_COMPUTED; /* none yet */

  for (guint side = 0; side < G_N_ELEMENTS (check->sides); side++)
    for (guint i = 0; i < check->sides[side]->len; i++)
      if (!bind_term (&g_array_index (check->sides[side], ShequTerm, i), reg, &kind, error))
        return FALSE;
  if (kind == SHEQU_FIELD_COMPUTED)
    return refuse (check->rule, error);
  check->money = kind == SHEQU_FIELD_MONEY;
  return TRUE;
}

static gint64
weigh (const ShequCheck *check, const ShequTerm *term, const ShequRow *row)
{
  if (term->field != NULL)
    return term->factor * row->values[term->field->index].integer;
  return check->money ? term->factor * FEN_PER_YUAN : term->factor;
}

static gboolean
is_filled (const ShequTerm *term, const ShequRow *row)
{
  return term->field != NULL && row->values[term->field->index].type == SHEQU_VALUE_INTEGER;
}

/* %FALSE when there is nothing to add up. */
static gboolean
add_up (const ShequCheck *check, guint side, const ShequRow *row, gint64 *sum)
{
  const GArray *terms = check->sides[side];
  gboolean filled = FALSE, fields = FALSE;

  *sum = 0;
  for (guint i = 0; i < terms->len; i++)
    {
      const ShequTerm *term = &g_array_index (terms, ShequTerm, i);

      fields |= term->field != NULL;
      filled |= is_filled (term, row);
      if (term->field == NULL || is_filled (term, row))
        *sum += weigh (check, term, row);
    }
  return filled || !fields;
}

static gboolean
holds (Compare compare, gint64 left, gint64 right)
{
  switch (compare)
    {
    case EQUAL:
      return left == right;
    case UNEQUAL:
      return left != right;
    case LESS_OR_EQUAL:
      return left <= right;
    case GREATER_OR_EQUAL:
      return left >= right;
    case LESS:
      return left < right;
    case GREATER:
    case N_COMPARES:
    default:
      return left > right;
    }
}

static void
append_number (GString *text, const ShequCheck *check, gint64 number)
{
  g_autofree char *money = check->money ? shequ_money_format (number) : NULL;

  if (money != NULL)
    g_string_append (text, money);
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, number);
}

/* `51 + 159 + 679 = 889`, or the one number that it is; a sum stands behind its parts, or before them. */
static void
append_side (GString *text, const ShequCheck *check, guint side, const ShequRow *row, gint64 sum)
{
  const GArray *terms = check->sides[side];
  gsize start = text->len;
  guint n = 0;

  for (guint i = 0; i < terms->len; i++)
    {
      const ShequTerm *term = &g_array_index (terms, ShequTerm, i);
      gint64 number = weigh (check, term, row);

      if (term->field != NULL && !is_filled (term, row))
        continue;
      g_string_append (text, n == 0 ? (number < 0 ? "-" : "") : number < 0 ? " - " : " + ");
      append_number (text, check, ABS (number));
      n++;
    }
  if (n == 1)
    return;
  g_string_insert (text, start, side == 0 ? " = " : "");
  if (side == 1)
    g_string_append (text, " = ");
  {
    g_autoptr (GString) total = g_string_new (NULL);

    append_number (total, check, sum);
    if (side == 0)
      g_string_insert (text, start, total->str);
    else
      g_string_append (text, total->str);
  }
}

static const ShequField *
get_first_field (const ShequCheck *check)
{
  for (guint side = 0; side < G_N_ELEMENTS (check->sides); side++)
    for (guint i = 0; i < check->sides[side]->len; i++)
      if (g_array_index (check->sides[side], ShequTerm, i).field != NULL)
        return g_array_index (check->sides[side], ShequTerm, i).field;
  return NULL;
}

/**
 * shequ_check_row:
 * @check: a check of its register
 * @row: a row
 * @issues: (element-type ShequIssue): gets what is wrong, with both sums, at the first field of the rule
 *
 * Adds up both sides and compares them.
 */
void
shequ_check_row (const ShequCheck *check, const ShequRow *row, GPtrArray *issues)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *words = NULL;
  gint64 left, right;

  if (!add_up (check, 0, row, &left) || !add_up (check, 1, row, &right) ||
      holds (compares[check->compare].compare, left, right))
    return;
  words = shequ_row_expand (row, check->text, SHEQU_FORMAT_PLAIN);
  text = g_string_new (NULL);
  append_side (text, check, 0, row, left);
  g_string_append_printf (text, " %s ", compares[check->compare].found);
  append_side (text, check, 1, row, right);
  g_ptr_array_add (issues, shequ_issue_new (check->warning ? SHEQU_ISSUE_WARNING : SHEQU_ISSUE_ERROR,
                                            get_first_field (check), _ ("%s: %s"), words, text->str));
}
