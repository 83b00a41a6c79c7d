#pragma once

#include "shequ-document.h"

G_BEGIN_DECLS

/**
 * ShequRosterCell:
 * @names: (nullable): who comes, one a line or in one line
 * @filled: how many come
 * @needed: how many are needed; 0 where there is no shift
 *
 * A shift of a roster.
 */
typedef struct
{
  const char *names;
  guint filled;
  guint needed;
} ShequRosterCell;

/**
 * ShequRosterRow:
 * @label: the place or work and its hours, as "门岗值守\n08:00–12:00"
 * @cells: (array length=n_days): a shift for each day
 *
 * The shifts of one kind in a week.
 */
typedef struct
{
  const char *label;
  const ShequRosterCell *cells;
} ShequRosterRow;

/**
 * ShequRoster:
 * @title: the title, as "志愿服务排班表"
 * @unit: whose roster it is
 * @period: which week, as "2026年11月23日至29日"
 * @days: (array length=n_days): heads of the days, as "周一\n11月23日"
 * @n_days: how many days
 * @rows: (array length=n_rows): the shifts
 * @n_rows: how many
 * @notes: (nullable): whom to call who cannot come
 * @handler: (nullable): who made it out
 * @date: (nullable): when
 *
 * A week's plan, ready for paper; nothing of it is taken over.
 */
typedef struct
{
  const char *title;
  const char *unit;
  const char *period;
  const char *const *days;
  guint n_days;
  const ShequRosterRow *rows;
  guint n_rows;
  const char *notes;
  const char *handler;
  const char *date;
} ShequRoster;

ShequDocument *shequ_roster_document_new (const ShequRoster *roster);

G_END_DECLS
