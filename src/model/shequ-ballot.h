#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequBallotCandidate:
 * @name: who stood
 * @votes: how many voted for them; -1 where it was not written down
 * @elected: whether they hold the post
 *
 * A line of the result.
 */
typedef struct
{
  char *name;
  gint64 votes;
  gboolean elected;
} ShequBallotCandidate;

/**
 * ShequBallot:
 * @post: what was voted for, as 楼栋长
 * @place: of which building, stairwell, grid or unit
 * @date: (nullable): the day of the vote, as 2026年11月22日
 * @term: (nullable): the term, as 2026年11月22日至今
 * @eligible: how many were entitled to vote; -1 where it was not written down
 * @cast: how many votes were cast; -1 as well
 * @candidates: (element-type ShequBallotCandidate): most votes first
 * @statement: the result in one sentence, as it is read out
 * @doubt: (nullable): what does not go together, as more votes than were cast
 * @office: whose result sheet it is
 * @today: the day on which it is made out
 *
 * A vote for a post of the network (海选), ready for paper; paper is in Chinese.
 */
typedef struct
{
  char *post;
  char *place;
  char *date;
  char *term;
  gint64 eligible;
  gint64 cast;
  GPtrArray *candidates;
  char *statement;
  char *doubt;
  char *office;
  char *today;
} ShequBallot;

ShequBallot *shequ_ballot_read (ShequOffice *office, gint64 post, GCancellable *cancellable, GError **error);
void shequ_ballot_read_async (ShequOffice *office,
                              gint64 post,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
ShequBallot *shequ_ballot_read_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_ballot_free (ShequBallot *ballot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBallot, shequ_ballot_free)

G_END_DECLS
