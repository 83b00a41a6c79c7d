#pragma once

#include "shequ-document.h"
#include "shequ-file.h"

G_BEGIN_DECLS

/**
 * ShequFileBook:
 * @title: what stands on the cover, as "民情档案"
 * @scope: (nullable): what is in it, as "第一网格 幸福小区3号楼"
 * @count: (nullable): how many files are in it, in words, for a book of several
 * @office: whose book it is
 * @date: as 2026年11月22日
 * @handler: (nullable): who printed it
 * @moment: (nullable): when it was printed, as 2026-11-22 08:30
 *
 * The frame of a book of files.
 */
typedef struct
{
  const char *title;
  const char *scope;
  const char *count;
  const char *office;
  const char *date;
  const char *handler;
  const char *moment;
} ShequFileBook;

ShequDocument *shequ_file_book_new (const ShequFileBook *book, const GPtrArray *files);
ShequDocument *shequ_file_folder_new (const ShequFileBook *book, const ShequFile *file);
ShequDocument *shequ_file_sheet_new (const ShequFileBook *book, const ShequFile *file);

G_END_DECLS
