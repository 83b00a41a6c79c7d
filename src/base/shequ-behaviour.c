/* What of a register cannot be described and needs no other record. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-date.h"
#include "shequ-id-number.h"
#include "shequ-row.h"

#define OLDEST_AGE 120

/* What a residence status says; data/codes/residence_status.tsv. */
typedef struct
{
  const char *status;
  gboolean hukou_here;
  gboolean lives_here;
} Residence;

/* The first two follow from the answers; of the others the answers follow, but not the other way round. */
static const Residence residences[] = {
  { "1", TRUE, TRUE },   { "2", TRUE, FALSE },   { "3", FALSE, TRUE }, { "4", FALSE, TRUE },
  { "5", FALSE, TRUE },  { "6", FALSE, TRUE },   { "7", TRUE, FALSE }, { "8", FALSE, TRUE },
  { "9", FALSE, FALSE }, { "10", FALSE, FALSE },
};

#define N_CERTAIN_RESIDENCES 2

/* The number, when it is one that tells a birth date and a sex. */
static gboolean
read_number (const ShequRow *row, ShequIdNumber *number)
{
  const ShequField *field = shequ_register_lookup (row->reg, "id_number");
  const char *text = row->values[field->index].text;
  const char *document =
    field->document_field != NULL ? row->values[field->document_field->index].text : NULL;
  const ShequCode *code =
    document != NULL ? shequ_code_list_lookup (field->document_field->codes, document) : NULL;

  if (text == NULL || (code != NULL && g_strcmp0 (code->check, "number") != 0))
    return FALSE;
  return shequ_id_number_parse (text, NULL, number, NULL);
}

static void
derive_residence (ShequRow *row)
{
  ShequValue *status = (ShequValue *) shequ_row_get_named (row, "residence_status");
  ShequValue *hukou = (ShequValue *) shequ_row_get_named (row, "hukou_here");
  ShequValue *lives = (ShequValue *) shequ_row_get_named (row, "lives_here");

  if (status->type == SHEQU_VALUE_NULL)
    {
      for (guint i = 0;
           i < N_CERTAIN_RESIDENCES && hukou->type != SHEQU_VALUE_NULL && lives->type != SHEQU_VALUE_NULL;
           i++)
        if (hukou->integer == residences[i].hukou_here && lives->integer == residences[i].lives_here)
          shequ_value_set_text (status, residences[i].status);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (residences); i++)
    {
      if (!g_str_equal (residences[i].status, status->text))
        continue;
      if (hukou->type == SHEQU_VALUE_NULL)
        shequ_value_set_integer (hukou, residences[i].hukou_here);
      if (lives->type == SHEQU_VALUE_NULL)
        shequ_value_set_integer (lives, residences[i].lives_here);
    }
}

static void
derive_resident (ShequRow *row, const char *today)
{
  ShequValue *birth = (ShequValue *) shequ_row_get_named (row, "birth_date");
  ShequValue *sex = (ShequValue *) shequ_row_get_named (row, "sex");
  ShequIdNumber number;

  derive_residence (row);
  if ((birth->type != SHEQU_VALUE_NULL && sex->type != SHEQU_VALUE_NULL) || !read_number (row, &number))
    return;
  if (birth->type == SHEQU_VALUE_NULL)
    shequ_value_set_text (birth, number.birth_date);
  if (sex->type == SHEQU_VALUE_NULL && number.sex != 0)
    shequ_value_set_text (sex, number.sex == 1 ? "1" : "2");
}

static void
warn (const ShequRow *row, const char *field, const char *message, GPtrArray *issues)
{
  g_ptr_array_add (
    issues, shequ_issue_new (SHEQU_ISSUE_WARNING, shequ_register_lookup (row->reg, field), "%s", message));
}

static void
validate_against_number (const ShequRow *row, GPtrArray *issues)
{
  const char *birth = shequ_row_get_text (row, "birth_date");
  const char *sex = shequ_row_get_text (row, "sex");
  ShequIdNumber number;

  if ((birth == NULL && sex == NULL) || !read_number (row, &number))
    return;
  if (birth != NULL && number.birth_date[0] != '\0' && !g_str_equal (birth, number.birth_date))
    warn (row, "birth_date", _ ("It differs from the date in the ID number; compare it with the card"),
          issues);
  /* 0 and 9 say nothing of the sex; corrected registrations keep their old number. */
  if (sex != NULL && number.sex != 0 && (sex[0] == '1' || sex[0] == '2') &&
      (guint) (sex[0] - '0') != number.sex)
    warn (row, "sex", _ ("It differs from what the ID number tells; compare it with the card"), issues);
}

static void
validate_resident (const ShequRow *row, const char *today, GPtrArray *issues)
{
  const char *birth = shequ_row_get_text (row, "birth_date");
  ShequDate born;
  ShequDate now;

  validate_against_number (row, issues);
  if (birth != NULL && today != NULL && shequ_date_from_iso (birth, &born) &&
      shequ_date_from_iso (today, &now) && shequ_date_years_between (&born, &now) > OLDEST_AGE)
    warn (row, "birth_date", _ ("That would be an age above 120 years"), issues);
}

static void
validate_shift (const ShequRow *row, const char *today, GPtrArray *issues)
{
  const char *start = shequ_row_get_text (row, "start");
  const char *end = shequ_row_get_text (row, "end");

  if (start != NULL && end != NULL && strcmp (start, end) >= 0)
    g_ptr_array_add (issues,
                     shequ_issue_new (SHEQU_ISSUE_ERROR, shequ_register_lookup (row->reg, "end"),
                                      _ ("A shift ends after it starts, on the same day; enter one over "
                                         "midnight as two shifts")));
}

/* The levels of the network and its two lines, by the kind of post; data/catalogue/post.ini names the kinds.
 */
static const struct
{
  const char *prefix;
  const char *level;
} post_levels[] = {
  { "district_", "1" }, { "street_", "2" },   { "community_", "3" }, { "area_", "4" },
  { "grid_", "4" },     { "building_", "5" }, { "stairwell_", "5" }, { "household_", "6" },
};

static void
derive_post (ShequRow *row, const char *today)
{
  const char *kind = shequ_row_get_text (row, "kind");

  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (post_levels); i++)
    if (g_str_has_prefix (kind, post_levels[i].prefix))
      {
        shequ_row_set_text (row, "level", post_levels[i].level);
        shequ_row_set_text (row, "line", g_str_has_suffix (kind, "_party") ? "party" : "self_government");
      }
}

static void
refuse (const ShequRow *row, const char *field, const char *message, GPtrArray *issues)
{
  g_ptr_array_add (
    issues, shequ_issue_new (SHEQU_ISSUE_ERROR, shequ_register_lookup (row->reg, field), "%s", message));
}

static gboolean
is_more (const ShequRow *row, const char *one, const char *other)
{
  return shequ_row_get_named (row, one)->type != SHEQU_VALUE_NULL &&
         shequ_row_get_named (row, other)->type != SHEQU_VALUE_NULL &&
         shequ_row_get_integer (row, one) > shequ_row_get_integer (row, other);
}

static void
validate_post (const ShequRow *row, const char *today, GPtrArray *issues)
{
  const char *kind = shequ_row_get_text (row, "kind");

  if (kind != NULL && g_str_has_prefix (kind, "area_") && shequ_row_get_integer (row, "org_unit") == 0 &&
      shequ_row_get_integer (row, "grid") == 0)
    refuse (row, "org_unit", _ ("Enter the area: a unit, or a grid of that level"), issues);
  if (is_more (row, "cast", "eligible"))
    refuse (row, "cast", _ ("There are more votes than people entitled to vote"), issues);
  if (is_more (row, "votes", "cast"))
    refuse (row, "votes", _ ("There are more votes for the winner than were cast"), issues);
}

/* What is left of a promise. */
static void
derive_rest (ShequRow *row, const char *promised, const char *got, const char *rest)
{
  if (shequ_row_get_named (row, promised)->type != SHEQU_VALUE_NULL)
    shequ_row_set_integer (row, rest,
                           MAX (shequ_row_get_integer (row, promised) - shequ_row_get_integer (row, got), 0));
}

static void
derive_funding_line (ShequRow *row, const char *today)
{
  derive_rest (row, "promised", "paid", "open");
}

static void
derive_means_line (ShequRow *row, const char *today)
{
  derive_rest (row, "promised", "arrived", "missing");
}

static void
validate_funding_line (const ShequRow *row, const char *today, GPtrArray *issues)
{
  if (is_more (row, "paid", "promised"))
    refuse (row, "paid", _ ("More is paid than was promised; enter the rest as a line of its own"), issues);
}

/* The result of a meeting that has not been held is not known. */
static void
validate_hearing (const ShequRow *row, const char *today, GPtrArray *issues)
{
  const char *day = shequ_row_get_text (row, "day");

  if (shequ_row_get_text (row, "result") != NULL && day != NULL && today != NULL && strcmp (day, today) > 0)
    refuse (row, "result", _ ("The hearing has not been held yet"), issues);
}

static void
validate_hearing_delegate (const ShequRow *row, const char *today, GPtrArray *issues)
{
  if (shequ_row_get_text (row, "vote") != NULL && shequ_row_get_integer (row, "attended") == 0)
    refuse (row, "vote", _ ("Who was not there cannot have voted"), issues);
}

static const ShequBehaviour behaviours[] = {
  { "funding_line", derive_funding_line, validate_funding_line },
  { "hearing", NULL, validate_hearing },
  { "hearing_delegate", NULL, validate_hearing_delegate },
  { "means_line", derive_means_line, NULL },
  { "post", derive_post, validate_post },
  { "resident", derive_resident, validate_resident },
  { "shift", NULL, validate_shift },
};

/**
 * shequ_behaviour_lookup:
 * @name: as `Behaviour=` names it
 *
 * Returns: (nullable) (transfer none): the behaviour
 */
const ShequBehaviour *
shequ_behaviour_lookup (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (behaviours); i++)
    if (g_str_equal (behaviours[i].name, name))
      return &behaviours[i];
  return NULL;
}

/**
 * shequ_row_derive:
 * @row: a row
 * @today: the day it is
 *
 * Fills fields that follow from others and are empty; before shequ_row_validate().
 */
void
shequ_row_derive (ShequRow *row, const char *today)
{
  if (row->reg->behaviour != NULL && row->reg->behaviour->derive != NULL)
    row->reg->behaviour->derive (row, today);
}
