#pragma once

#include "shequ-engine-private.h"

G_BEGIN_DECLS

#define SHEQU_MOVE_DIGEST_SIZE 32

/* How a column holds its values, by the first letter of its type. */
typedef struct
{
  char *name;
  char type; /* 'i' whole numbers, 't' texts, 'b' bytes */
} ShequMoveColumn;

/* A table that is copied row by row, in the order of its key. */
typedef struct
{
  char *name;
  GPtrArray *columns;      /* of ShequMoveColumn, by name */
  const char *keys[2];     /* the second nullable */
  const char *only;        /* (nullable): a condition; the other rows belong to the program */
  const char *description; /* (nullable): the register, for a person */
} ShequMoveTable;

/* How far a table is copied: the rows behind stand in the mark of a target. */
typedef struct
{
  gint64 n_rows;
  gint64 last_key;
  char *last_text; /* of the second key */
  guint8 digest[SHEQU_MOVE_DIGEST_SIZE];
} ShequMovePlace;

ShequMoveTable *shequ_move_table_new (ShequConnection *connection,
                                      const char *name,
                                      const char *first_key,
                                      const char *second_key,
                                      const char *only,
                                      GError **error);
void shequ_move_table_free (ShequMoveTable *table);
gboolean shequ_move_table_make (const ShequMoveTable *table, ShequConnection *target, GError **error);

/* A statement that stores one row of a table, and one row that another stands on stored by it. */
ShequStatement *shequ_move_table_prepare_row (const ShequMoveTable *table,
                                              ShequConnection *target,
                                              GError **error);
gboolean shequ_move_table_store_row (const ShequMoveTable *table,
                                     ShequStatement *row,
                                     int first_column,
                                     ShequStatement *insert,
                                     GError **error);

void shequ_move_place_start (ShequMovePlace *place, const ShequMoveTable *table);
void shequ_move_place_clear (ShequMovePlace *place);
char *shequ_move_place_format (const ShequMovePlace *place);
gboolean shequ_move_place_parse (ShequMovePlace *place, const char *text);

/* Reads the next rows behind a place, and moves the place; what is read goes to `target` where there is one.
 */
gboolean shequ_move_table_step (const ShequMoveTable *table,
                                ShequConnection *source,
                                ShequConnection *target,
                                ShequMovePlace *place,
                                guint *n_rows,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequMoveTable, shequ_move_table_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShequMovePlace, shequ_move_place_clear)

G_END_DECLS
