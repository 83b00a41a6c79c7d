#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequUrgency:
 * @SHEQU_URGENCY_NOTE: good to know today
 * @SHEQU_URGENCY_SOON: comes near
 * @SHEQU_URGENCY_TODAY: due today
 * @SHEQU_URGENCY_OVERDUE: should be done already
 */
typedef enum
{
  SHEQU_URGENCY_NOTE,
  SHEQU_URGENCY_SOON,
  SHEQU_URGENCY_TODAY,
  SHEQU_URGENCY_OVERDUE,
} ShequUrgency;

/**
 * ShequMatter:
 * @title: what it is about, in one line
 * @detail: who and where it stands
 * @source: what it comes from: `application.due` for a reminder of a register, `shift` for a roster, `visit`
 * for a visit
 * @reg: the register of the record behind it
 * @key: the record behind it
 * @due_on: the day, as `2026-11-22`
 * @days_left: days until then; negative when it is past
 * @never: a visit to somebody whom nobody has visited yet: how late it is says nothing then
 * @working_days: whether @days_left counts working days
 * @urgency: how pressing it is
 *
 * One line of the first screen.
 */
typedef struct
{
  char *title;
  char *detail;
  char *source;
  const ShequRegister *reg;
  gint64 key;
  char *due_on;
  int days_left;
  gboolean never;
  gboolean working_days;
  ShequUrgency urgency;
} ShequMatter;

GPtrArray *shequ_today_list (ShequOffice *office, GCancellable *cancellable, GError **error);
void shequ_today_list_async (ShequOffice *office,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *shequ_today_list_finish (ShequOffice *office, GAsyncResult *result, GError **error);
guint shequ_today_count (const GPtrArray *matters, ShequUrgency urgency);
const char *shequ_urgency_get_name (ShequUrgency urgency);
const char *shequ_urgency_get_label (ShequUrgency urgency);
void shequ_matter_free (ShequMatter *matter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequMatter, shequ_matter_free)

G_END_DECLS
