/* The result of a vote as it goes onto paper: who stood, who won, and what does not go together. */
#include "shequ-ballot.h"

#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static gint64
add_post (ModelFixture *fixture, const char *chosen, const char *cast, const char *votes, const char *result)
{
  g_autofree char *building =
    model_fixture_key (model_fixture_add (fixture, "building", "name", "3号楼", NULL));

  return model_fixture_add (fixture, "post", "kind", "stairwell_head", "building", building, "stairwell",
                            "2单元", "person_name", "王秀英", "chosen", chosen, "voted_on", "2026-11-20",
                            "eligible", "60", "cast", cast, "votes", votes, "result", result, NULL);
}

static ShequBallot *
read_ballot (ModelFixture *fixture, gint64 post)
{
  g_autoptr (GError) error = NULL;
  ShequBallot *ballot = shequ_ballot_read (fixture->office, post, NULL, &error);

  g_assert_no_error (error);
  return ballot;
}

static void
test_result (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequBallot) ballot =
    read_ballot (fixture, add_post (fixture, "elected", "48", "30", "李桂兰:12票\n 王秀英 30\n张建国、6\n"));
  const ShequBallotCandidate *candidate = ballot->candidates->pdata[0];

  g_assert_cmpstr (ballot->post, ==, "单元长");
  g_assert_cmpstr (ballot->place, ==, "3号楼2单元");
  g_assert_cmpstr (ballot->date, ==, "2026年11月20日");
  g_assert_cmpint (ballot->eligible, ==, 60);
  g_assert_cmpint (ballot->cast, ==, 48);
  g_assert_cmpuint (ballot->candidates->len, ==, 3);
  g_assert_cmpstr (candidate->name, ==, "王秀英");
  g_assert_cmpint (candidate->votes, ==, 30);
  g_assert_true (candidate->elected);
  candidate = ballot->candidates->pdata[1];
  g_assert_cmpstr (candidate->name, ==, "李桂兰");
  g_assert_cmpint (candidate->votes, ==, 12);
  g_assert_false (candidate->elected);
  candidate = ballot->candidates->pdata[2];
  g_assert_cmpstr (candidate->name, ==, "张建国");
  g_assert_null (ballot->doubt);
  g_assert_nonnull (strstr (ballot->statement, "应参加60人，收回选票48张"));
  g_assert_nonnull (strstr (ballot->statement, "王秀英得30票"));
}

/* Only the winner was written down, and not how many voted. */
static void
test_sparse (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequBallot) ballot = read_ballot (fixture, add_post (fixture, "elected", NULL, NULL, NULL));
  const ShequBallotCandidate *candidate = ballot->candidates->pdata[0];

  g_assert_cmpuint (ballot->candidates->len, ==, 1);
  g_assert_true (candidate->elected);
  g_assert_cmpint (candidate->votes, ==, -1);
  g_assert_null (strstr (ballot->statement, "-1"));
  g_assert_nonnull (strstr (ballot->statement, "王秀英当选"));
}

static void
test_doubts (ModelFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *result;
    const char *word;
  } cases[] = {
    { "王秀英 30\n李桂兰 20", "合计50票" },
    { "王秀英 28\n李桂兰 20", "28票" },
    { "王秀英 30\n李桂兰 12", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ShequBallot) ballot =
        read_ballot (fixture, add_post (fixture, "elected", "48", "30", cases[i].result));

      if (cases[i].word == NULL)
        g_assert_null (ballot->doubt);
      else
        g_assert_nonnull (strstr (ballot->doubt, cases[i].word));
    }
}

static void
test_not_elected (ModelFixture *fixture, gconstpointer data)
{
  gint64 post = add_post (fixture, "appointed", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (shequ_ballot_read (fixture->office, post, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_assert_nonnull (strstr (error->message, "王秀英"));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/ballot/result", test_result);
  FIXTURE ("/ballot/sparse", test_sparse);
  FIXTURE ("/ballot/doubts", test_doubts);
  FIXTURE ("/ballot/not-elected", test_not_elected);

  return g_test_run ();
}
