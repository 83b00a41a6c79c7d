/* What is asked of the search documents, in the words of an engine. */
#include "shequ-engine-private.h"

#include "shequ-row-index.h"
#include "shequ-search-tokens.h"

#include "config.h"

#include <string.h>

static void
append_token (GString *text,
              const ShequSearchSyntax *syntax,
              const char *sign,
              const char *term,
              gboolean begun)
{
  g_string_append (text, syntax->start);
  g_string_append (text, sign);
  g_string_append (text, term);
  g_string_append (text, begun ? syntax->begun : syntax->whole);
}

/* Short beginnings are tokens. */
static void
append_begun (GString *text, const ShequSearchSyntax *syntax, const char *sign, const char *term)
{
  g_autofree char *mark = g_strconcat (SHEQU_ROW_INDEX_MARK, sign, NULL);
  gboolean is_number = term[strspn (term, "0123456789")] == '\0';

  if (shequ_row_index_is_beginning (term, strlen (term)))
    append_token (text, syntax, mark, term, FALSE);
  else if (is_number)
    {
      g_string_append_c (text, '(');
      append_token (text, syntax, SHEQU_ROW_INDEX_MARK, term, FALSE);
      g_string_append (text, syntax->one_of);
      append_token (text, syntax, "", term, TRUE);
      g_string_append_c (text, ')');
    }
  else
    append_token (text, syntax, sign, term, TRUE);
}

/* Numbers stand in no marked token without standing in a plain one, too. */
static gboolean
may_be_named (const char *term)
{
  return !g_ascii_isdigit (*term);
}

static void
append_any (GString *text, const ShequSearchSyntax *syntax, const char *term)
{
  g_string_append_c (text, '(');
  append_begun (text, syntax, "", term);
  g_string_append (text, syntax->one_of);
  append_begun (text, syntax, SHEQU_SEARCH_NAME_START, term);
  g_string_append (text, syntax->one_of);
  append_begun (text, syntax, SHEQU_SEARCH_NAME_PART, term);
  g_string_append_c (text, ')');
}

static void
append_match (GString *text,
              const ShequSearchSyntax *syntax,
              const char *term,
              gboolean named,
              ShequMatch match)
{
  switch (match)
    {
    case SHEQU_MATCH_WHOLE_NAME:
      append_token (text, syntax, SHEQU_SEARCH_NAME_START, term, FALSE);
      break;
    case SHEQU_MATCH_NAME_START:
      append_begun (text, syntax, SHEQU_SEARCH_NAME_START, term);
      break;
    case SHEQU_MATCH_NAME_PART:
      append_begun (text, syntax, SHEQU_SEARCH_NAME_PART, term);
      break;
    case SHEQU_MATCH_WHOLE_WORD:
      append_token (text, syntax, "", term, FALSE);
      break;
    case SHEQU_MATCH_BEGUN:
      append_begun (text, syntax, "", term);
      break;
    case SHEQU_MATCH_ANY:
    default:
      if (named && may_be_named (term))
        append_any (text, syntax, term);
      else
        append_begun (text, syntax, "", term);
    }
}

/* What was typed, the initials that it may mean, or the sealed number that it may be or end. */
static void
append_term (GString *text, ShequConnection *connection, const char *term, gboolean named, ShequMatch match)
{
  const ShequSearchSyntax *syntax = &connection->engine->search_syntax;
  g_autofree char *initials = shequ_search_term_get_initials (term);
  g_autofree char *sealed = shequ_search_term_seal (term, connection->seal);

  if (sealed != NULL)
    {
      g_string_append_c (text, '(');
      append_match (text, syntax, term, named, match);
      g_string_append (text, syntax->one_of);
      append_token (text, syntax, "", sealed, FALSE);
      g_string_append_c (text, ')');
      return;
    }

  if (initials == NULL)
    {
      append_match (text, syntax, term, named, match);
      return;
    }
  g_string_append_c (text, '(');
  append_match (text, syntax, term, named, match);
  g_string_append (text, syntax->one_of);
  append_match (text, syntax, initials, named, match);
  g_string_append_c (text, ')');
}

char *
shequ_engine_build_search (ShequConnection *connection, char **terms, gboolean named, ShequMatch match)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; terms[i] != NULL; i++)
    {
      gboolean meant = match == SHEQU_MATCH_WHOLE_WORD ? terms[i + 1] == NULL : i == 0;

      if (i > 0)
        g_string_append (text, connection->engine->search_syntax.all_of);
      append_term (text, connection, terms[i], named, meant ? match : SHEQU_MATCH_ANY);
    }
  return g_string_free (text, FALSE);
}
