#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ShequOverlap ShequOverlap;

/**
 * ShequOverlapForm:
 * @code: the code of an existing form
 * @title: its name
 * @held: how many of the asked columns stand in it
 * @asked: how many columns are asked
 * @columns: the columns of the form, running numbers left out
 *
 * How much of what is asked an existing form holds already.
 */
typedef struct
{
  const char *code;
  const char *title;
  guint held;
  guint asked;
  guint columns;
} ShequOverlapForm;

ShequOverlap *shequ_overlap_new (void);
void shequ_overlap_free (ShequOverlap *overlap);
void shequ_overlap_add_column (ShequOverlap *overlap,
                               const char *code,
                               const char *heading,
                               const char *meaning);
void shequ_overlap_set_title (ShequOverlap *overlap, const char *code, const char *title);

GArray *shequ_overlap_find (ShequOverlap *overlap, const char *const *asked);
char **shequ_overlap_get_unsure (ShequOverlap *overlap, const char *const *asked);
guint shequ_overlap_form_get_percent (const ShequOverlapForm *form);
guint shequ_overlap_form_get_likeness (const ShequOverlapForm *form);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequOverlap, shequ_overlap_free)

G_END_DECLS
