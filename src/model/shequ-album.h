#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequAlbumEntry:
 * @title: who or what it is
 * @facts: (array zero-terminated=1): labels and values in turn
 * @picture: (nullable): the value of the picture
 *
 * A record with its picture, as words; sensitive values as privacy asks.
 */
typedef struct
{
  char *title;
  char **facts;
  char *picture;
} ShequAlbumEntry;

const ShequField *shequ_album_find_picture (const ShequRegister *reg);
GPtrArray *shequ_album_read (ShequOffice *office,
                             const ShequQuery *query,
                             const ShequList *list,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
