/*
 * Overlap of forms: how many of the columns that a department asks for stand in a form that exists already.
 *
 * A column is known by its heading and by its meaning, the field of a register that it is filled from
 * (“住址” and “现居住地址” both mean `resident.living_address`). An asked column has only its heading. It is
 * held by a form that has the same meaning, or the same heading where the meaning is open. Headings that
 * mean several things in several forms (“联系电话” of a resident, of a firm, of a dispute …) cannot be
 * decided by words: they are taken as not held, so that a share is never overstated, and are named as unsure.
 *
 * Add all columns first, then ask. Cost of asking: forms × columns × asked.
 */
#include "shequ-overlap.h"

#include "config.h"

#include <string.h>

#define RUNNING_NUMBER "row.number"
#define OPEN "open"
/* A heading of more meanings than this says too little by itself. */
#define MOST_MEANINGS 2

typedef struct
{
  char *heading;
  char *meaning;
} Column;

typedef struct
{
  char *code;
  char *title;
  GArray *columns;
} Form;

struct _ShequOverlap
{
  GPtrArray *forms;
  /* heading -> table of meaning -> how many forms use it so */
  GHashTable *headings;
};

static void
column_clear (gpointer data)
{
  Column *column = data;

  g_free (column->heading);
  g_free (column->meaning);
}

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->code);
  g_free (form->title);
  g_array_unref (form->columns);
  g_free (form);
}

ShequOverlap *
shequ_overlap_new (void)
{
  ShequOverlap *overlap = g_new0 (ShequOverlap, 1);

  overlap->forms = g_ptr_array_new_with_free_func (form_free);
  overlap->headings =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  return overlap;
}

void
shequ_overlap_free (ShequOverlap *overlap)
{
  if (overlap == NULL)
    return;
  g_ptr_array_unref (overlap->forms);
  g_hash_table_unref (overlap->headings);
  g_free (overlap);
}

static Form *
get_form (ShequOverlap *overlap, const char *code)
{
  Form *form;

  for (guint i = 0; i < overlap->forms->len; i++)
    if (strcmp (((Form *) overlap->forms->pdata[i])->code, code) == 0)
      return overlap->forms->pdata[i];
  form = g_new0 (Form, 1);
  form->code = g_strdup (code);
  form->title = g_strdup (code);
  form->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (form->columns, column_clear);
  g_ptr_array_add (overlap->forms, form);
  return form;
}

/* Headings are compared without blanks, which people put in for looks. */
static char *
make_heading (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *heading = g_string_new (NULL);

  for (const char *p = normal; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (heading, g_utf8_get_char (p));
  return g_string_free (heading, FALSE);
}

/**
 * shequ_overlap_add_column:
 * @overlap: the known forms
 * @code: the form's code; a new code begins a form
 * @heading: the heading of the column as printed
 * @meaning: `register.field` that it is filled from, `row.number`, or `open` where no register holds it
 */
void
shequ_overlap_add_column (ShequOverlap *overlap, const char *code, const char *heading, const char *meaning)
{
  Column column;
  Form *form;
  GHashTable *meanings;

  g_return_if_fail (overlap != NULL && code != NULL && heading != NULL && meaning != NULL);

  form = get_form (overlap, code);
  if (strcmp (meaning, RUNNING_NUMBER) == 0)
    return;
  column.heading = make_heading (heading);
  column.meaning = g_strdup (meaning);
  g_array_append_val (form->columns, column);
  meanings = g_hash_table_lookup (overlap->headings, column.heading);
  if (meanings == NULL)
    {
      meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (overlap->headings, g_strdup (column.heading), meanings);
    }
  g_hash_table_replace (meanings, g_strdup (meaning),
                        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (meanings, meaning)) + 1));
}

void
shequ_overlap_set_title (ShequOverlap *overlap, const char *code, const char *title)
{
  Form *form;

  g_return_if_fail (overlap != NULL && code != NULL && title != NULL);

  form = get_form (overlap, code);
  g_free (form->title);
  form->title = g_strdup (title);
}

/* What a heading means: the commoner of two meanings; NULL where it is unknown or unsure. */
static const char *
find_meaning (ShequOverlap *overlap, const char *heading, gboolean *unsure)
{
  GHashTable *meanings = g_hash_table_lookup (overlap->headings, heading);
  GHashTableIter iter;
  gpointer meaning;
  gpointer count;
  const char *best = NULL;
  guint most = 0;
  gboolean tie = FALSE;

  *unsure = FALSE;
  if (meanings == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, meanings);
  while (g_hash_table_iter_next (&iter, &meaning, &count))
    {
      if (GPOINTER_TO_UINT (count) == most)
        tie = TRUE;
      if (GPOINTER_TO_UINT (count) <= most)
        continue;
      most = GPOINTER_TO_UINT (count);
      best = meaning;
      tie = FALSE;
    }
  *unsure = g_hash_table_size (meanings) > MOST_MEANINGS || tie;
  return *unsure ? NULL : best;
}

static gboolean
form_holds (const Form *form, const char *heading, const char *meaning)
{
  if (meaning == NULL)
    return FALSE;
  for (guint i = 0; i < form->columns->len; i++)
    {
      const Column *column = &g_array_index (form->columns, Column, i);

      if (strcmp (column->meaning, meaning) == 0 &&
          (strcmp (meaning, OPEN) != 0 || strcmp (column->heading, heading) == 0))
        return TRUE;
    }
  return FALSE;
}

static int
compare_forms (gconstpointer a, gconstpointer b)
{
  const ShequOverlapForm *one = a;
  const ShequOverlapForm *other = b;

  return one->held == other->held ? strcmp (one->code, other->code) : (int) other->held - (int) one->held;
}

/**
 * shequ_overlap_find:
 * @overlap: the known forms
 * @asked: (array zero-terminated=1): the headings of the asked columns
 *
 * Returns: (transfer full) (element-type ShequOverlapForm): the forms that hold any, most first; its texts
 * live as long as @overlap
 */
GArray *
shequ_overlap_find (ShequOverlap *overlap, const char *const *asked)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ShequOverlapForm));

  g_return_val_if_fail (overlap != NULL && asked != NULL, found);

  for (guint i = 0; i < overlap->forms->len; i++)
    {
      const Form *form = overlap->forms->pdata[i];
      ShequOverlapForm share = { form->code, form->title, 0, 0, form->columns->len };

      for (guint j = 0; asked[j] != NULL; j++)
        {
          g_autofree char *heading = make_heading (asked[j]);
          gboolean unsure;

          share.asked++;
          share.held += form_holds (form, heading, find_meaning (overlap, heading, &unsure));
        }
      if (share.held > 0)
        g_array_append_val (found, share);
    }
  g_array_sort (found, compare_forms);
  return found;
}

/**
 * shequ_overlap_get_unsure:
 * @overlap: the known forms
 * @asked: (array zero-terminated=1): the headings of the asked columns
 *
 * Returns: (transfer full): the asked headings that mean several things and so were not counted
 */
char **
shequ_overlap_get_unsure (ShequOverlap *overlap, const char *const *asked)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (overlap != NULL && asked != NULL, NULL);

  for (guint j = 0; asked[j] != NULL; j++)
    {
      g_autofree char *heading = make_heading (asked[j]);
      gboolean unsure;

      find_meaning (overlap, heading, &unsure);
      if (unsure)
        g_strv_builder_add (builder, asked[j]);
    }
  return g_strv_builder_end (builder);
}

/** shequ_overlap_form_get_percent: the share of the asked columns that the form holds, rounded. */
guint
shequ_overlap_form_get_percent (const ShequOverlapForm *form)
{
  return form->asked > 0 ? (form->held * 200 + form->asked) / (form->asked * 2) : 0;
}

/** shequ_overlap_form_get_likeness: held columns over all of both sides (Jaccard), in per cent, rounded. */
guint
shequ_overlap_form_get_likeness (const ShequOverlapForm *form)
{
  guint all = form->asked + form->columns - form->held;

  return all > 0 ? (form->held * 200 + all) / (all * 2) : 0;
}
