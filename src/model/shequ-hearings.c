/* The delegates of a hearing, drawn by a lot that anybody can draw again. */
#include "shequ-hearings.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-lot.h"

/* One name in each line; what people put between names counts as well. */
static char **
split_names (const char *text)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GString) plain = g_string_new (text);
  g_auto (GStrv) parts = NULL;

  g_string_replace (plain, "、", "\n", 0);
  g_string_replace (plain, "，", "\n", 0);
  g_string_replace (plain, ",", "\n", 0);
  parts = g_strsplit (plain->str, "\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (names, parts[i]);
  return g_strv_builder_end (names);
}

static gboolean
check_draw (const ShequRow *hearing, const ShequHearingDraw *draw, char *const *names, GError **error)
{
  const char *seed = shequ_row_get_text (hearing, "seed");

  if (seed != NULL && *seed != '\0')
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                 _ ("The lot was drawn already, with the seed “%s”. It is not drawn a second time."), seed);
  else if (draw->count == 0 || g_strv_length ((char **) names) < draw->count)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                 _ ("%u delegates cannot be drawn from %u names. Nothing was drawn."), draw->count,
                 g_strv_length ((char **) names));
  else
    return TRUE;
  return FALSE;
}

static gboolean
add_delegates (ShequOffice *office,
               ShequTransaction *transaction,
               gint64 hearing,
               char *const *drawn,
               GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "hearing_delegate", error);

  for (guint i = 0; reg != NULL && drawn[i] != NULL; i++)
    {
      g_autoptr (ShequRow) row = shequ_office_new_row (office, reg);

      shequ_row_set_integer (row, "hearing", hearing);
      shequ_row_set_text (row, "name", drawn[i]);
      shequ_row_set_text (row, "chosen", "lot");
      shequ_row_set_integer (row, "lot", i + 1);
      if (!shequ_office_save_in (office, transaction, row, NULL, error))
        return FALSE;
    }
  return reg != NULL;
}

/**
 * shequ_hearing_draw:
 * @office: the office
 * @draw: how many, from which hearing, by which seed
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Draws the delegates of a hearing from its list of names by shequ_lot_draw() and stores them with the seed.
 * A lot is drawn once.
 *
 * Returns: %FALSE with %SHEQU_ERROR_CONSTRAINT where it was drawn, %SHEQU_ERROR_INVALID_VALUE where there are
 * too few names, or the errors of shequ_office_save()
 */
gboolean
shequ_hearing_draw (ShequOffice *office,
                    const ShequHearingDraw *draw,
                    GCancellable *cancellable,
                    GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "hearing", error);
  g_autofree char *made = g_uuid_string_random ();
  const char *seed = draw->seed != NULL && *draw->seed != '\0' ? draw->seed : made;
  g_autoptr (ShequRow) hearing = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_auto (GStrv) names = NULL, drawn = NULL;

  hearing = reg != NULL ? shequ_office_get_row (office, reg, draw->hearing, cancellable, error) : NULL;
  if (hearing == NULL)
    return FALSE;
  names = split_names (shequ_row_get_text (hearing, "pool"));
  if (!check_draw (hearing, draw, names, error))
    return FALSE;
  drawn = shequ_lot_draw ((const char *const *) names, draw->count, seed);
  shequ_row_set_text (hearing, "seed", seed);
  transaction = shequ_office_begin (office, _ ("Draw delegates by lot"), cancellable, error);
  if (transaction == NULL || !shequ_office_save_in (office, transaction, hearing, NULL, error) ||
      !add_delegates (office, transaction, hearing->key, drawn, error) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_office_tell_changed (office, reg, hearing->key);
  shequ_office_tell_changed (office, shequ_office_get_register (office, "hearing_delegate"), 0);
  return TRUE;
}

static void
draw_free (gpointer data)
{
  ShequHearingDraw *draw = data;

  g_free ((char *) draw->seed);
  g_free (draw);
}

static gpointer
draw_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_hearing_draw (office, data, cancellable, error) ? office : NULL;
}

/** shequ_hearing_draw_async: as shequ_hearing_draw(), on a worker thread. */
void
shequ_hearing_draw_async (ShequOffice *office,
                          const ShequHearingDraw *draw,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ShequHearingDraw *own = g_memdup2 (draw, sizeof *draw);

  own->seed = g_strdup (draw->seed);
  shequ_office_run_async (office, draw_work, own, draw_free, NULL, cancellable, callback, user_data);
}

/** shequ_hearing_draw_finish: the end of shequ_hearing_draw_async(). */
gboolean
shequ_hearing_draw_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error) != NULL;
}
