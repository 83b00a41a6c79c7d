#pragma once

#include "shequ-album.h"
#include "shequ-document.h"

G_BEGIN_DECLS

/**
 * ShequAlbumBook:
 * @title: what stands on the cover, as "老干部图册"
 * @office: whose book it is
 * @date: as 2026年11月22日
 *
 * The frame of an album.
 */
typedef struct
{
  const char *title;
  const char *office;
  const char *date;
} ShequAlbumBook;

ShequDocument *shequ_album_book_new (const ShequAlbumBook *book, const GPtrArray *entries);

G_END_DECLS
