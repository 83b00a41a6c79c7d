#pragma once

#include "shequ-document.h"
#include "shequ-household-file.h"

G_BEGIN_DECLS

/**
 * ShequHouseholdBook:
 * @title: what stands on the cover, as "民情档案"
 * @scope: (nullable): what is in it, as "第一网格 幸福小区3号楼"
 * @office: whose book it is
 * @date: as 2026年11月22日
 * @handler: (nullable): who printed it
 *
 * The frame of a book of household files.
 */
typedef struct
{
  const char *title;
  const char *scope;
  const char *office;
  const char *date;
  const char *handler;
} ShequHouseholdBook;

ShequDocument *shequ_household_book_new (const ShequHouseholdBook *book, const GPtrArray *files);
ShequDocument *shequ_household_folder_new (const ShequHouseholdBook *book, const ShequHouseholdFile *file);
ShequDocument *shequ_household_sheet_new (const ShequHouseholdBook *book, const ShequHouseholdFile *file);

G_END_DECLS
