#pragma once

#include "shequ-building-view.h"
#include "shequ-document.h"

G_BEGIN_DECLS

/**
 * ShequBuildingBook:
 * @title: what stands on the cover, as “楼栋情况图”
 * @scope: (nullable): what is in it, as an estate
 * @office: whose it is
 * @date: as 2026年11月22日
 * @paper: the sheets
 * @colours: what colours the homes
 *
 * The frame of pictures of buildings on paper.
 */
typedef struct
{
  const char *title;
  const char *scope;
  const char *office;
  const char *date;
  ShequPaper paper;
  ShequBuildingColours colours;
} ShequBuildingBook;

ShequPaper shequ_building_choose_paper (const ShequBuilding *building, gboolean a3);
ShequDocument *shequ_building_book_new (const ShequBuildingBook *book, const GPtrArray *buildings);
ShequDocument *shequ_building_sheet_new (const ShequBuildingBook *book, const ShequBuilding *building);

G_END_DECLS
