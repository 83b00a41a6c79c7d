/* Conditions: a recursive-descent parser of one small grammar, and its inverse.
 *
 *   or      = and { "or" and }
 *   and     = one { "and" one }
 *   one     = "not" one | "(" or ")" | "active" | ("has" | "no") other | name compare
 *   other   = register [ "." link ] "(" [ or ] ")"
 *   name    = { link "." } field
 *   compare = ("=" | "!=") value { "," value } | ("<" | "<=" | ">" | ">=") value | "is" ("set" | "empty")
 *   value   = a word without blanks, commas, brackets and = < >, or text between double quotes
 */
#include "shequ-condition.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"

/* Brackets and `not` nest no deeper; a person's condition stays far below. */
#define MAX_DEPTH 64

typedef struct
{
  const char *text;
  const char *at;
  guint depth;
} Parser;

static const char *const operators[] = {
  [SHEQU_CONDITION_EQUAL] = "=",   [SHEQU_CONDITION_NOT_EQUAL] = "!=",
  [SHEQU_CONDITION_LESS] = "<",    [SHEQU_CONDITION_LESS_OR_EQUAL] = "<=",
  [SHEQU_CONDITION_GREATER] = ">", [SHEQU_CONDITION_GREATER_OR_EQUAL] = ">=",
};

static ShequCondition *parse_or (Parser *parser, GError **error);

static ShequCondition *
condition_new (ShequConditionType type)
{
  ShequCondition *condition = g_new0 (ShequCondition, 1);

  condition->type = type;
  condition->references = 1;
  return condition;
}

static void
skip_blanks (Parser *parser)
{
  while (g_ascii_isspace (*parser->at))
    parser->at++;
}

static gboolean
is_name_character (char character)
{
  return g_ascii_isalnum (character) || character == '_';
}

static gboolean
is_value_character (char character)
{
  return character != '\0' && !g_ascii_isspace (character) && strchr (",()\"=<>", character) == NULL;
}

/* Whether the next word is @word; if so, steps over it. */
static gboolean
take_word (Parser *parser, const char *word)
{
  gsize length = strlen (word);

  skip_blanks (parser);
  if (strncmp (parser->at, word, length) != 0 || is_name_character (parser->at[length]))
    return FALSE;
  parser->at += length;
  return TRUE;
}

static char *
take_name (Parser *parser)
{
  const char *start = parser->at;

  while (is_name_character (*parser->at))
    parser->at++;
  return parser->at == start ? NULL : g_strndup (start, parser->at - start);
}

static void
set_unclear (Parser *parser, const char *wanted, GError **error)
{
  g_autofree char *rest = g_utf8_make_valid (*parser->at == '\0' ? "" : parser->at, -1);

  if (*rest == '\0')
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                 _ ("The condition “%s” ends too early: %s is missing"), parser->text, wanted);
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                 _ ("The condition “%s” is not understood at “%s”: %s is expected there"), parser->text, rest,
                 wanted);
}

static char *
take_value (Parser *parser)
{
  const char *start;

  skip_blanks (parser);
  start = parser->at;
  if (*start == '"')
    {
      const char *end = strchr (start + 1, '"');

      if (end == NULL)
        return NULL;
      parser->at = end + 1;
      return g_strndup (start + 1, end - start - 1);
    }
  while (is_value_character (*parser->at))
    parser->at++;
  return parser->at == start ? NULL : g_strndup (start, parser->at - start);
}

/* Longer operators first, so that `<` does not take the head of `<=`. */
static gboolean
take_operator (Parser *parser, ShequConditionType *type)
{
  static const ShequConditionType order[] = {
    SHEQU_CONDITION_NOT_EQUAL, SHEQU_CONDITION_LESS_OR_EQUAL, SHEQU_CONDITION_GREATER_OR_EQUAL,
    SHEQU_CONDITION_EQUAL,     SHEQU_CONDITION_LESS,          SHEQU_CONDITION_GREATER
  };

  skip_blanks (parser);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (g_str_has_prefix (parser->at, operators[order[i]]))
      {
        *type = order[i];
        parser->at += strlen (operators[order[i]]);
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_values (Parser *parser, ShequCondition *condition, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  gboolean several = condition->type == SHEQU_CONDITION_EQUAL || condition->type == SHEQU_CONDITION_NOT_EQUAL;

  for (gboolean more = TRUE; more;)
    {
      char *value = take_value (parser);

      if (value == NULL)
        {
          set_unclear (parser, _ ("a value"), error);
          return FALSE;
        }
      g_ptr_array_add (values, value);
      skip_blanks (parser);
      more = several && *parser->at == ',';
      parser->at += more ? 1 : 0;
    }
  g_ptr_array_add (values, NULL);
  condition->values = (char **) g_ptr_array_steal (values, NULL);
  return TRUE;
}

static ShequCondition *
parse_compare (Parser *parser, GError **error)
{
  g_autoptr (ShequCondition) condition = condition_new (SHEQU_CONDITION_EQUAL);

  condition->field = take_name (parser);
  while (condition->field != NULL && *parser->at == '.')
    {
      g_autofree char *before = g_steal_pointer (&condition->link);

      parser->at++;
      condition->link =
        before != NULL ? g_strconcat (before, ".", condition->field, NULL) : g_strdup (condition->field);
      g_free (condition->field);
      condition->field = take_name (parser);
    }
  if (condition->field == NULL)
    {
      set_unclear (parser, _ ("the name of a field"), error);
      return NULL;
    }
  if (take_word (parser, "is"))
    {
      if (take_word (parser, "set"))
        condition->type = SHEQU_CONDITION_SET;
      else if (take_word (parser, "empty"))
        condition->type = SHEQU_CONDITION_EMPTY;
      else
        {
          set_unclear (parser, _ ("“set” or “empty”"), error);
          return NULL;
        }
      return g_steal_pointer (&condition);
    }
  if (!take_operator (parser, &condition->type))
    {
      set_unclear (parser, _ ("one of = != < <= > >= is"), error);
      return NULL;
    }
  return parse_values (parser, condition, error) ? g_steal_pointer (&condition) : NULL;
}

static ShequCondition *
parse_brackets (Parser *parser, GError **error)
{
  g_autoptr (ShequCondition) inner = parse_or (parser, error);

  if (inner == NULL)
    return NULL;
  skip_blanks (parser);
  if (*parser->at != ')')
    {
      set_unclear (parser, _ ("a closing bracket"), error);
      return NULL;
    }
  parser->at++;
  return g_steal_pointer (&inner);
}

/* Whether @word stands here and nothing is compared with it: a field may be called so, too. */
static gboolean
take_alone (Parser *parser, const char *word)
{
  const char *start = parser->at;
  ShequConditionType type;

  if (!take_word (parser, word))
    return FALSE;
  if (*parser->at != '.' && !take_operator (parser, &type) && !take_word (parser, "is"))
    return TRUE;
  parser->at = start;
  return FALSE;
}

/* `has visit`, but not `has=1` nor `has is set` of a field called so. */
static gboolean
take_before_name (Parser *parser, const char *word)
{
  const char *start = parser->at;

  if (!take_word (parser, word))
    return FALSE;
  skip_blanks (parser);
  if (is_name_character (*parser->at) && !take_word (parser, "is"))
    return TRUE;
  parser->at = start;
  return FALSE;
}

static ShequCondition *
parse_has (Parser *parser, ShequConditionType type, GError **error)
{
  g_autoptr (ShequCondition) condition = condition_new (type);
  ShequCondition *inner;

  condition->children = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_condition_unref);
  condition->field = take_name (parser);
  if (*parser->at == '.')
    {
      parser->at++;
      condition->link = take_name (parser);
      if (condition->link == NULL)
        {
          set_unclear (parser, _ ("the name of a field"), error);
          return NULL;
        }
    }
  skip_blanks (parser);
  if (*parser->at != '(')
    {
      set_unclear (parser, _ ("an opening bracket"), error);
      return NULL;
    }
  parser->at++;
  skip_blanks (parser);
  if (*parser->at == ')')
    {
      parser->at++;
      return g_steal_pointer (&condition);
    }
  inner = parse_brackets (parser, error);
  if (inner == NULL)
    return NULL;
  g_ptr_array_add (condition->children, inner);
  return g_steal_pointer (&condition);
}

static ShequCondition *
parse_one (Parser *parser, GError **error)
{
  ShequCondition *result = NULL;

  if (++parser->depth > MAX_DEPTH)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("The condition is nested too deeply; split it into lists of their own"));
      return NULL;
    }
  skip_blanks (parser);
  if (take_word (parser, "not"))
    {
      ShequCondition *inner = parse_one (parser, error);

      if (inner != NULL)
        {
          result = condition_new (SHEQU_CONDITION_NOT);
          result->children = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_condition_unref);
          g_ptr_array_add (result->children, inner);
        }
    }
  else if (*parser->at == '(')
    {
      parser->at++;
      result = parse_brackets (parser, error);
    }
  else if (take_alone (parser, "active"))
    {
      result = condition_new (SHEQU_CONDITION_ACTIVE);
    }
  else if (take_before_name (parser, "has"))
    {
      result = parse_has (parser, SHEQU_CONDITION_HAS, error);
    }
  else if (take_before_name (parser, "no"))
    {
      result = parse_has (parser, SHEQU_CONDITION_HAS_NO, error);
    }
  else
    {
      result = parse_compare (parser, error);
    }
  parser->depth--;
  return result;
}

static ShequCondition *
parse_and (Parser *parser, GError **error)
{
  g_autoptr (ShequCondition) result = parse_one (parser, error);

  while (result != NULL && take_word (parser, "and"))
    {
      ShequCondition *other = parse_one (parser, error);

      if (other == NULL)
        return NULL;
      result = shequ_condition_new_join (SHEQU_CONDITION_AND, g_steal_pointer (&result), other);
    }
  return g_steal_pointer (&result);
}

static ShequCondition *
parse_or (Parser *parser, GError **error)
{
  g_autoptr (ShequCondition) result = parse_and (parser, error);

  while (result != NULL && take_word (parser, "or"))
    {
      ShequCondition *other = parse_and (parser, error);

      if (other == NULL)
        return NULL;
      result = shequ_condition_new_join (SHEQU_CONDITION_OR, g_steal_pointer (&result), other);
    }
  return g_steal_pointer (&result);
}

/**
 * shequ_condition_parse:
 * @text: a condition, as `status=removed,keep and not (resident.age<18)`
 * @error: return location
 *
 * Values with blanks, commas or brackets stand between double quotes.
 *
 * Returns: (transfer full) (nullable): the condition; %NULL with %SHEQU_ERROR_INVALID_VALUE
 */
ShequCondition *
shequ_condition_parse (const char *text, GError **error)
{
  Parser parser = { text, text, 0 };
  g_autoptr (ShequCondition) condition = parse_or (&parser, error);

  if (condition == NULL)
    return NULL;
  skip_blanks (&parser);
  if (*parser.at != '\0')
    {
      set_unclear (&parser, _ ("“and”, “or” or the end"), error);
      return NULL;
    }
  return g_steal_pointer (&condition);
}

/**
 * shequ_condition_new_compare:
 * @type: a comparison
 * @field: name of the compared field
 * @value: (nullable): what it is compared with; %NULL for SET and EMPTY
 *
 * Returns: (transfer full): a condition
 */
ShequCondition *
shequ_condition_new_compare (ShequConditionType type, const char *field, const char *value)
{
  ShequCondition *condition = condition_new (type);

  condition->field = g_strdup (field);
  if (value != NULL)
    {
      condition->values = g_new0 (char *, 2);
      condition->values[0] = g_strdup (value);
    }
  return condition;
}

/**
 * shequ_condition_new_join:
 * @type: AND or OR
 * @one: (nullable) (transfer full): a condition
 * @other: (nullable) (transfer full): another
 *
 * Returns: (transfer full) (nullable): both joined; the one that there is when the other is %NULL
 */
ShequCondition *
shequ_condition_new_join (ShequConditionType type, ShequCondition *one, ShequCondition *other)
{
  ShequCondition *condition;

  if (one == NULL || other == NULL)
    return one != NULL ? one : other;
  /* A chain stays flat, so that its length costs no depth. */
  if (one->type == type && g_atomic_int_get (&one->references) == 1)
    {
      g_ptr_array_add (one->children, other);
      return one;
    }
  condition = condition_new (type);
  condition->children = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_condition_unref);
  g_ptr_array_add (condition->children, one);
  g_ptr_array_add (condition->children, other);
  return condition;
}

/**
 * shequ_condition_ref:
 * @condition: a condition
 *
 * Returns: (transfer full): @condition
 */
ShequCondition *
shequ_condition_ref (ShequCondition *condition)
{
  g_atomic_int_inc (&condition->references);
  return condition;
}

/**
 * shequ_condition_unref:
 * @condition: (transfer full): a condition
 */
void
shequ_condition_unref (ShequCondition *condition)
{
  if (!g_atomic_int_dec_and_test (&condition->references))
    return;
  g_clear_pointer (&condition->children, g_ptr_array_unref);
  g_free (condition->link);
  g_free (condition->field);
  g_free (condition->other);
  g_strfreev (condition->values);
  g_free (condition);
}

static gboolean
needs_quotes (const char *value)
{
  for (const char *at = value; *at != '\0'; at++)
    if (!is_value_character (*at))
      return TRUE;
  return *value == '\0';
}

static void append_text (GString *text, const ShequCondition *condition, gboolean inner);

static void
append_has (GString *text, const ShequCondition *condition)
{
  g_string_append_printf (text, "%s %s", condition->type == SHEQU_CONDITION_HAS ? "has" : "no",
                          condition->field);
  if (condition->link != NULL)
    g_string_append_printf (text, ".%s", condition->link);
  g_string_append_c (text, '(');
  if (condition->children->len > 0)
    append_text (text, condition->children->pdata[0], FALSE);
  g_string_append_c (text, ')');
}

static void
append_text (GString *text, const ShequCondition *condition, gboolean inner)
{
  gboolean joins = condition->type == SHEQU_CONDITION_AND || condition->type == SHEQU_CONDITION_OR;

  if (condition->type == SHEQU_CONDITION_NOT)
    {
      g_string_append (text, "not ");
      append_text (text, condition->children->pdata[0], TRUE);
      return;
    }
  if (joins)
    {
      g_string_append (text, inner ? "(" : "");
      for (guint i = 0; i < condition->children->len; i++)
        {
          if (i > 0)
            g_string_append (text, condition->type == SHEQU_CONDITION_AND ? " and " : " or ");
          append_text (text, condition->children->pdata[i], TRUE);
        }
      g_string_append (text, inner ? ")" : "");
      return;
    }
  if (condition->type == SHEQU_CONDITION_ACTIVE)
    {
      g_string_append (text, "active");
      return;
    }
  if (condition->type == SHEQU_CONDITION_HAS || condition->type == SHEQU_CONDITION_HAS_NO)
    {
      append_has (text, condition);
      return;
    }
  if (condition->link != NULL)
    g_string_append_printf (text, "%s.", condition->link);
  g_string_append (text, condition->field);
  if (condition->type == SHEQU_CONDITION_SET || condition->type == SHEQU_CONDITION_EMPTY)
    {
      g_string_append (text, condition->type == SHEQU_CONDITION_SET ? " is set" : " is empty");
      return;
    }
  g_string_append (text, operators[condition->type]);
  for (guint i = 0; condition->values[i] != NULL; i++)
    g_string_append_printf (text, needs_quotes (condition->values[i]) ? "%s\"%s\"" : "%s%s", i > 0 ? "," : "",
                            condition->values[i]);
}

/**
 * shequ_condition_needs_store:
 * @condition: a condition
 *
 * Returns: whether it speaks of other records, so that the values of a record alone do not answer it
 */
gboolean
shequ_condition_needs_store (const ShequCondition *condition)
{
  if (condition->type == SHEQU_CONDITION_HAS || condition->type == SHEQU_CONDITION_HAS_NO)
    return TRUE;
  for (guint i = 0; condition->children != NULL && i < condition->children->len; i++)
    if (shequ_condition_needs_store (condition->children->pdata[i]))
      return TRUE;
  return FALSE;
}

/**
 * shequ_condition_to_text:
 * @condition: a condition
 *
 * Returns: (transfer full): what shequ_condition_parse() reads back
 */
char *
shequ_condition_to_text (const ShequCondition *condition)
{
  GString *text = g_string_new (NULL);

  append_text (text, condition, FALSE);
  return g_string_free (text, FALSE);
}
