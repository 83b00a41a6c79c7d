#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/* What was typed into a form and is not stored. */
typedef struct
{
  char *reg;          /* the name of the register of the form */
  gint64 key;         /* of the record, 0 for a new one; of a score sheet that of its application */
  gint64 version;     /* of the record as the form had it */
  char *moment;       /* UTC, when it was kept */
  GHashTable *texts;  /* field -> what was typed, as the form reads it */
  GHashTable *titles; /* field -> title of the record that a link leads to */
} ShequDraft;

/**
 * ShequDrafts:
 *
 * What is typed into open forms, kept in the office's own data against a crash, by person and workstation. Of
 * a protected office it is sealed with its keys; without a key, and on a server that is not protected,
 * nothing is kept. Main thread only; what is kept is written by a worker, the last state of each form alone.
 *
 * Signal: `loaded`, when what is left of the last time is known.
 */
#define SHEQU_TYPE_DRAFTS (shequ_drafts_get_type ())
G_DECLARE_FINAL_TYPE (ShequDrafts, shequ_drafts, SHEQU, DRAFTS, GObject)

ShequDrafts *shequ_drafts_of (ShequOffice *office);
void shequ_drafts_load (ShequDrafts *self);
GPtrArray *shequ_drafts_list (ShequDrafts *self);
const ShequDraft *shequ_drafts_find (ShequDrafts *self, const char *reg, gint64 key);
void shequ_drafts_keep (ShequDrafts *self, const char *reg, gint64 key, gint64 version, GHashTable *texts);
void shequ_drafts_drop (ShequDrafts *self, const char *reg, gint64 key);
void shequ_drafts_discard (ShequDrafts *self);

G_END_DECLS
