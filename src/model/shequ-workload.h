#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequWorkEntry:
 * @item: the work item
 * @staff: who did it; 0 for the user
 * @day: (nullable): the day; %NULL for today
 * @minutes: how long it took
 * @purpose: (nullable): a code of the field `purpose` of the register
 * @note: (nullable): what else is to be said
 *
 * What an hour went to.
 */
typedef struct
{
  gint64 item;
  gint64 staff;
  const char *day;
  gint64 minutes;
  const char *purpose;
  const char *note;
} ShequWorkEntry;

/**
 * ShequItemUse:
 * @item: a work item
 * @times: how often it was logged lately
 * @minutes: how long it usually takes: the mean of those entries, or what the item itself says; 0 when
 * unknown
 *
 * An item that is likely to be logged next.
 */
typedef struct
{
  ShequRow *item;
  gint64 times;
  gint64 minutes;
} ShequItemUse;

/**
 * ShequBurden:
 * @from: the first day
 * @to: the last day
 * @minutes: all minutes logged in these days
 * @entries: how many entries
 * @not_admitted_minutes: of them for items that were never admitted
 * @months: (element-type ShequSummaryRow): minutes by department and month
 * @departments: (element-type ShequSummaryRow): minutes by department, the most first
 * @items: (element-type ShequSummaryRow): minutes by work item, the most first
 * @purposes: (element-type ShequSummaryRow): minutes by purpose, the most first
 *
 * What the hours of an office went to.
 */
typedef struct
{
  char *from;
  char *to;
  gint64 minutes;
  gint64 entries;
  gint64 not_admitted_minutes;
  GPtrArray *months;
  GPtrArray *departments;
  GPtrArray *items;
  GPtrArray *purposes;
} ShequBurden;

gint64 shequ_workload_log (ShequOffice *office,
                           const ShequWorkEntry *entry,
                           GCancellable *cancellable,
                           GError **error);
void shequ_workload_log_async (ShequOffice *office,
                               const ShequWorkEntry *entry,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gint64 shequ_workload_log_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gboolean shequ_workload_undo (ShequOffice *office, gint64 key, GCancellable *cancellable, GError **error);
void shequ_workload_undo_async (ShequOffice *office,
                                gint64 key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean shequ_workload_undo_finish (ShequOffice *office, GAsyncResult *result, GError **error);

GPtrArray *shequ_workload_list_likely (ShequOffice *office,
                                       gint64 staff,
                                       guint limit,
                                       GCancellable *cancellable,
                                       GError **error);
void shequ_workload_list_likely_async (ShequOffice *office,
                                       gint64 staff,
                                       guint limit,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *shequ_workload_list_likely_finish (ShequOffice *office, GAsyncResult *result, GError **error);

ShequBurden *shequ_workload_summarise (ShequOffice *office,
                                       const char *from,
                                       const char *to,
                                       GCancellable *cancellable,
                                       GError **error);
void shequ_workload_summarise_async (ShequOffice *office,
                                     const char *from,
                                     const char *to,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
ShequBurden *shequ_workload_summarise_finish (ShequOffice *office, GAsyncResult *result, GError **error);

void shequ_item_use_free (ShequItemUse *use);
void shequ_burden_free (ShequBurden *burden);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequItemUse, shequ_item_use_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBurden, shequ_burden_free)

G_END_DECLS
