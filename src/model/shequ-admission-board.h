#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequBoardLine:
 * @id: a state or an actor of the workflow
 * @title: what it is called
 * @cases: how many cases
 * @overdue: of them past their last day
 * @soon: of them due today or within three working days
 * @paused: of them with clocks that stand still
 * @days_held: (of actors): working days that cases have lain there, those of today's cases included
 * @next_due: (nullable): the earliest last day that is still to come
 * @days_left: working days until then
 *
 * The cases of a state, or of whose turn it is.
 */
typedef struct
{
  char *id;
  char *title;
  guint cases;
  guint overdue;
  guint soon;
  guint paused;
  gint64 days_held;
  char *next_due;
  int days_left;
} ShequBoardLine;

/**
 * ShequBoardDepartment:
 * @key: the department
 * @name: its name
 * @filed: what it applied for
 * @admitted: what was admitted, on trial or for good
 * @refused: what was refused
 * @pushed: what it told communities to do without admission
 * @corrected: of what was pushed down, whenever it was: corrected, or brought to apply
 * @named: how often it was named in a notice
 *
 * The month of a department.
 */
typedef struct
{
  gint64 key;
  char *name;
  guint filed;
  guint admitted;
  guint refused;
  guint pushed;
  guint corrected;
  guint named;
} ShequBoardDepartment;

/**
 * ShequBoard:
 * @today: the day
 * @month: the month of the table, as `2026-11`
 * @cases: how many cases somebody is waited for in
 * @states: (element-type ShequBoardLine): the states with cases, in the order of the workflow
 * @holders: (element-type ShequBoardLine): whose turn it is, in the order of the workflow
 * @departments: (element-type ShequBoardDepartment): those with anything in the month, the most pushed down
 * first
 *
 * Where the cases of a street or a district stand.
 */
typedef struct
{
  char *today;
  char *month;
  guint cases;
  GPtrArray *states;
  GPtrArray *holders;
  GPtrArray *departments;
} ShequBoard;

ShequBoard *shequ_board_load (ShequOffice *office,
                              const char *month,
                              GCancellable *cancellable,
                              GError **error);
void shequ_board_load_async (ShequOffice *office,
                             const char *month,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
ShequBoard *shequ_board_load_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_board_free (ShequBoard *board);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBoard, shequ_board_free)

G_END_DECLS
