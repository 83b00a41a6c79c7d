/* The result of a vote for a post, put together from the record of the post. */
#include "shequ-ballot.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-paper-texts-private.h"

/* What stands between a name and its votes, and behind them. */
#define SEPARATORS " \t　:：,，、="
#define UNIT "票"

static void
free_candidate (gpointer data)
{
  ShequBallotCandidate *candidate = data;

  g_free (candidate->name);
  g_free (candidate);
}

void
shequ_ballot_free (ShequBallot *ballot)
{
  g_free (ballot->post);
  g_free (ballot->place);
  g_free (ballot->date);
  g_free (ballot->term);
  g_clear_pointer (&ballot->candidates, g_ptr_array_unref);
  g_free (ballot->statement);
  g_free (ballot->doubt);
  g_free (ballot->office);
  g_free (ballot->today);
  g_free (ballot);
}

static char *
format_day (const char *day)
{
  ShequDate date;

  return day != NULL && shequ_date_from_iso (day, &date) ? shequ_date_format_chinese (&date) : NULL;
}

static gint64
get_count (const ShequRow *row, const char *name)
{
  const ShequValue *value = shequ_row_get_named (row, name);

  return value != NULL && value->type == SHEQU_VALUE_INTEGER ? value->integer : -1;
}

static ShequBallotCandidate *
add_candidate (ShequBallot *ballot, const char *name, gint64 votes)
{
  ShequBallotCandidate *candidate = g_new0 (ShequBallotCandidate, 1);

  candidate->name = g_strdup (name);
  candidate->votes = votes;
  g_ptr_array_add (ballot->candidates, candidate);
  return candidate;
}

/* `王秀英 45`, `王秀英:45票`: the number at the end is the votes. */
static void
read_line (ShequBallot *ballot, char *line)
{
  g_autofree char *name = NULL;
  gsize length;
  gint64 votes = -1;

  g_strstrip (line);
  if (g_str_has_suffix (line, UNIT))
    line[strlen (line) - strlen (UNIT)] = '\0';
  g_strchomp (line);
  length = strlen (line);
  while (length > 0 && g_ascii_isdigit (line[length - 1]))
    length--;
  if (line[length] != '\0')
    votes = g_ascii_strtoll (line + length, NULL, 10);
  name = g_strndup (line, length);
  for (char *last = g_utf8_find_prev_char (name, name + strlen (name));
       last != NULL && g_utf8_strchr (SEPARATORS, -1, g_utf8_get_char (last)) != NULL;
       last = g_utf8_find_prev_char (name, name + strlen (name)))
    *last = '\0';
  if (*name != '\0')
    add_candidate (ballot, name, votes);
}

static int
compare_candidates (gconstpointer one, gconstpointer other)
{
  const ShequBallotCandidate *first = *(const ShequBallotCandidate *const *) one;
  const ShequBallotCandidate *second = *(const ShequBallotCandidate *const *) other;

  if (first->votes != second->votes)
    return first->votes > second->votes ? -1 : 1;
  return g_strcmp0 (first->name, second->name);
}

/* Who holds the post is one of them, written down there or not. */
static void
read_candidates (ShequBallot *ballot, const ShequRow *row)
{
  const char *text = shequ_row_get_text (row, "result");
  const char *winner = shequ_row_get_text (row, "person_name");
  gint64 votes = get_count (row, "votes");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  ShequBallotCandidate *elected = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    read_line (ballot, lines[i]);
  for (guint i = 0; i < ballot->candidates->len && elected == NULL; i++)
    if (g_strcmp0 (((ShequBallotCandidate *) ballot->candidates->pdata[i])->name, winner) == 0)
      elected = ballot->candidates->pdata[i];
  if (elected == NULL && winner != NULL)
    elected = add_candidate (ballot, winner, votes);
  if (elected != NULL)
    {
      elected->elected = TRUE;
      if (elected->votes < 0)
        elected->votes = votes;
    }
  g_ptr_array_sort (ballot->candidates, compare_candidates);
}

static char *
describe_doubt (const ShequBallot *ballot, const ShequRow *row)
{
  gint64 votes = get_count (row, "votes"), sum = 0, most = -1, elected = -1;

  for (guint i = 0; i < ballot->candidates->len; i++)
    {
      const ShequBallotCandidate *candidate = ballot->candidates->pdata[i];

      sum += MAX (0, candidate->votes);
      most = MAX (most, candidate->votes);
      if (candidate->elected)
        elected = candidate->votes;
    }
  if (ballot->cast >= 0 && sum > ballot->cast)
    return g_strdup_printf (_ ("The candidates have %d votes together, but %d were cast"), (int) sum,
                            (int) ballot->cast);
  if (votes >= 0 && elected >= 0 && votes != elected)
    return g_strdup_printf (_ ("The list says %d votes for who was elected, the record %d"), (int) elected,
                            (int) votes);
  if (elected >= 0 && elected < most)
    return g_strdup (_ ("Somebody else has more votes than who was elected"));
  return NULL;
}

static char *
describe_place (const ShequRow *row)
{
  static const char *const names[] = { "org_unit", "grid", "building", "stairwell", "household" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *part =
        shequ_row_format (row, shequ_register_lookup (row->reg, names[i]), SHEQU_FORMAT_PLAIN);

      g_string_append (text, part);
    }
  return g_string_free (text, FALSE);
}

static char *
write_statement (GHashTable *texts, const ShequBallot *ballot, const ShequRow *row)
{
  g_autofree char *eligible = g_strdup_printf ("%" G_GINT64_FORMAT, ballot->eligible);
  g_autofree char *cast = g_strdup_printf ("%" G_GINT64_FORMAT, ballot->cast);
  g_autofree char *votes = g_strdup_printf ("%" G_GINT64_FORMAT, get_count (row, "votes"));
  g_autofree char *turnout =
    ballot->eligible >= 0 && ballot->cast >= 0
      ? shequ_paper_texts_expand (texts, "ballot.turnout",
                                  (const char *const[]){ "eligible", eligible, "cast", cast, NULL })
      : g_strdup ("");
  g_autofree char *won =
    get_count (row, "votes") >= 0
      ? shequ_paper_texts_expand (texts, "ballot.votes", (const char *const[]){ "votes", votes, NULL })
      : g_strdup ("");

  return shequ_paper_texts_expand (
    texts, "ballot.statement",
    (const char *const[]){ "date", ballot->date, "place", ballot->place, "post", ballot->post, "turnout",
                           turnout, "name", shequ_row_get_text (row, "person_name"), "votes", won, NULL });
}

static char *
describe_term (const ShequRow *row)
{
  g_autofree char *from = format_day (shequ_row_get_text (row, "started_on"));
  g_autofree char *until = format_day (shequ_row_get_text (row, "ended_on"));

  if (from == NULL)
    return NULL;
  return until != NULL ? g_strdup_printf ("%s至%s", from, until) : g_strdup_printf ("自%s起", from);
}

/**
 * shequ_ballot_read:
 * @office: the office
 * @post: the key of a record of `post`
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full): the vote by which it was filled; %NULL with %SHEQU_ERROR_INVALID_VALUE when it
 * was not filled by a vote
 */
ShequBallot *
shequ_ballot_read (ShequOffice *office, gint64 post, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "post", error);
  g_autoptr (ShequRow) row =
    reg != NULL ? shequ_office_get_row (office, reg, post, cancellable, error) : NULL;
  g_autoptr (GHashTable) texts = row != NULL ? shequ_paper_texts_load (error) : NULL;
  g_autoptr (ShequBallot) ballot = g_new0 (ShequBallot, 1);
  g_autofree char *today = shequ_office_get_today (office);

  if (texts == NULL)
    return NULL;
  if (g_strcmp0 (shequ_row_get_text (row, "chosen"), "elected") != 0)
    {
      g_autofree char *title = shequ_row_get_title (row);

      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
        _ ("%s was not elected, there is no result of a vote. Enter how the post was filled first."), title);
      return NULL;
    }
  ballot->post = shequ_row_format (row, shequ_register_lookup (reg, "kind"), SHEQU_FORMAT_PLAIN);
  ballot->place = describe_place (row);
  ballot->date = format_day (shequ_row_get_text (row, "voted_on"));
  ballot->term = describe_term (row);
  ballot->eligible = get_count (row, "eligible");
  ballot->cast = get_count (row, "cast");
  ballot->candidates = g_ptr_array_new_with_free_func (free_candidate);
  read_candidates (ballot, row);
  ballot->statement = write_statement (texts, ballot, row);
  ballot->doubt = describe_doubt (ballot, row);
  ballot->office = g_strdup (shequ_office_get_name (office));
  ballot->today = format_day (today);
  return g_steal_pointer (&ballot);
}

static gpointer
read_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_ballot_read (office, *(const gint64 *) data, cancellable, error);
}

/**
 * shequ_ballot_read_async:
 * @office: the office
 * @post: the key of a record of `post`
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_ballot_read(), on a worker thread.
 */
void
shequ_ballot_read_async (ShequOffice *office,
                         gint64 post,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  shequ_office_run_async (office, read_work, g_memdup2 (&post, sizeof post), g_free,
                          (GDestroyNotify) shequ_ballot_free, cancellable, callback, user_data);
}

ShequBallot *
shequ_ballot_read_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
