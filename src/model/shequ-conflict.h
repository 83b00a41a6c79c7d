#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequConflictKind:
 * @SHEQU_CONFLICT_MINE: only this person changed it; it stays so
 * @SHEQU_CONFLICT_THEIRS: only others changed it; it is taken over
 * @SHEQU_CONFLICT_SAME: both changed it to the same
 * @SHEQU_CONFLICT_BOTH: both changed it, and somebody has to choose
 */
typedef enum
{
  SHEQU_CONFLICT_MINE,
  SHEQU_CONFLICT_THEIRS,
  SHEQU_CONFLICT_SAME,
  SHEQU_CONFLICT_BOTH,
} ShequConflictKind;

typedef enum
{
  SHEQU_CONFLICT_BASE_VALUE,
  SHEQU_CONFLICT_MY_VALUE,
  SHEQU_CONFLICT_THEIR_VALUE,
} ShequConflictValue;

/* A field that somebody changed. */
typedef struct
{
  const ShequField *field;
  ShequConflictKind kind;
  gboolean take_mine; /* what is stored */
  char *user;         /* (nullable): which of the others changed it last */
  char *moment;       /* (nullable): when, UTC */
} ShequConflictField;

/**
 * ShequConflict:
 * @base: (nullable): the record as it was read
 * @mine: as this person wants it
 * @theirs: as it is stored
 * @fields: (element-type ShequConflictField): in which mine or theirs is different, as far as they are seen
 * @user: (nullable): who stored it last
 * @workstation: (nullable): where
 * @moment: (nullable): when, UTC
 *
 * A lost race: somebody else has stored the record since it was read. It may be deleted.
 */
typedef struct
{
  ShequRow *base;
  ShequRow *mine;
  ShequRow *theirs;
  GPtrArray *fields;
  char *user;
  char *workstation;
  char *moment;
} ShequConflict;

ShequConflict *shequ_conflict_new (const ShequRow *base, const ShequRow *mine, const ShequRow *theirs);
void shequ_conflict_free (ShequConflict *conflict);
guint shequ_conflict_count (const ShequConflict *conflict, ShequConflictKind kind);
ShequRow *shequ_conflict_merge (const ShequConflict *conflict);
char *shequ_conflict_format (const ShequConflict *conflict,
                             const ShequField *field,
                             ShequConflictValue value,
                             ShequFormatFlags flags);

ShequConflict *shequ_conflict_find (ShequOffice *office,
                                    const ShequRow *base,
                                    const ShequRow *mine,
                                    GCancellable *cancellable,
                                    GError **error);
void shequ_conflict_find_async (ShequOffice *office,
                                const ShequRow *base,
                                const ShequRow *mine,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ShequConflict *shequ_conflict_find_finish (ShequOffice *office, GAsyncResult *result, GError **error);

ShequRow *shequ_conflict_save (ShequOffice *office,
                               const ShequConflict *conflict,
                               GPtrArray *issues,
                               GCancellable *cancellable,
                               GError **error);
void shequ_conflict_save_async (ShequOffice *office,
                                ShequConflict *conflict,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ShequRow *shequ_conflict_save_finish (ShequOffice *office,
                                      GAsyncResult *result,
                                      GPtrArray **issues,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequConflict, shequ_conflict_free)

G_END_DECLS
