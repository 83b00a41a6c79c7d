#pragma once

#include <gio/gio.h>

#include "shequ-certificate-rules.h"
#include "shequ-store.h"
#include "shequ-workdays.h"
#include "shequ-workflow.h"

G_BEGIN_DECLS

/**
 * ShequOffice:
 *
 * Who works where, on which day, with which store. All that an office does goes through it: it is the only
 * one that reads the clock and the only one that begins a change.
 *
 * `changed` tells of a stored change, in the main context that the office was made in; its detail is the
 * name of the register, its arguments are that name and the key of the record, 0 for several records. After
 * shequ_office_watch() it tells of the changes of others as well. `connection-changed` tells that
 * shequ_office_get_connection() gives something new.
 */
#define SHEQU_TYPE_OFFICE (shequ_office_get_type ())
G_DECLARE_FINAL_TYPE (ShequOffice, shequ_office, SHEQU, OFFICE, GObject)

/* The settings of the store that say which office it is. */
#define SHEQU_SETTING_OFFICE_NAME "office.name"
#define SHEQU_SETTING_OFFICE_LEVEL "office.level"
#define SHEQU_SETTING_OFFICE_UNIT "office.unit"

/**
 * ShequConnectionState:
 * @lost: the database does not answer
 * @n_waiting: changes that wait for it; each is done once when it answers again
 * @n_saved: changes that had waited and are stored, since it was lost last
 * @ahead: by how many seconds the clocks of others are ahead of this computer's; negative when behind
 *
 * How an office stands with its database.
 */
typedef struct
{
  gboolean lost;
  guint n_waiting;
  guint n_saved;
  gint64 ahead;
} ShequConnectionState;

/* Where the day and the hour come from, so that tests choose them: seconds since 1970 in UTC. */
typedef gint64 (*ShequClock) (gpointer user_data);

ShequOffice *shequ_office_new (ShequStore *store, const char *user, const char *workstation);
ShequOffice *shequ_office_open (const char *uri,
                                ShequCatalogue *catalogue,
                                const char *user,
                                const char *workstation,
                                GCancellable *cancellable,
                                GError **error);
ShequOffice *shequ_office_open_with_progress (const char *uri,
                                              ShequCatalogue *catalogue,
                                              const char *user,
                                              const char *workstation,
                                              ShequOpenProgress progress,
                                              gpointer progress_data,
                                              GCancellable *cancellable,
                                              GError **error);
ShequOffice *shequ_office_open_damaged (const char *uri,
                                        ShequCatalogue *catalogue,
                                        const char *user,
                                        const char *workstation,
                                        ShequOpenProgress progress,
                                        gpointer progress_data,
                                        GCancellable *cancellable,
                                        GError **error);
ShequOffice *shequ_office_create (const char *uri,
                                  ShequCatalogue *catalogue,
                                  const char *name,
                                  ShequLevel level,
                                  const char *user,
                                  const char *workstation,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean shequ_office_set_up (ShequOffice *self,
                              const char *name,
                              ShequLevel level,
                              GCancellable *cancellable,
                              GError **error);
gboolean shequ_office_unlock (ShequOffice *self,
                              const char *recovery_key,
                              GCancellable *cancellable,
                              GError **error);
gboolean shequ_office_protect (ShequOffice *self,
                               const char *recovery_key,
                               GCancellable *cancellable,
                               GError **error);
gboolean shequ_office_renew_keys (ShequOffice *self, GCancellable *cancellable, GError **error);
char *shequ_office_new_recovery_key (void);
void shequ_office_set_clock (ShequOffice *self, ShequClock clock, gpointer user_data);
void shequ_office_watch (ShequOffice *self);
void shequ_office_get_connection (ShequOffice *self, ShequConnectionState *state);
void shequ_office_examine_async (ShequOffice *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean shequ_office_examine_finish (ShequOffice *self, GAsyncResult *result, GError **error);
ShequStore *shequ_office_get_store (ShequOffice *self);
ShequCatalogue *shequ_office_get_catalogue (ShequOffice *self);
const ShequRegister *shequ_office_get_register (ShequOffice *self, const char *name);
const ShequRegister *shequ_office_require_register (ShequOffice *self, const char *name, GError **error);
const char *shequ_office_get_user (ShequOffice *self);
gint64 shequ_office_get_staff (ShequOffice *self);
char *shequ_office_get_today (ShequOffice *self);
char *shequ_office_get_moment (ShequOffice *self);
char *shequ_office_read_moment (void);
gint64 shequ_office_get_unit (ShequOffice *self);
const char *shequ_office_get_name (ShequOffice *self);
ShequLevel shequ_office_get_level (ShequOffice *self);

/* The tables of rules that the office goes by; loaded once, read only. */
ShequWorkdays *shequ_office_get_workdays (ShequOffice *self, GError **error);
ShequCertificateRules *shequ_office_get_certificate_rules (ShequOffice *self, GError **error);
ShequWorkflow *shequ_office_get_admission_workflow (ShequOffice *self, GError **error);

/* Looks, on the day of the office; any thread. */
ShequQuery *shequ_office_new_query (ShequOffice *self, const ShequRegister *reg);
ShequRow *shequ_office_get_row (ShequOffice *self,
                                const ShequRegister *reg,
                                gint64 key,
                                GCancellable *cancellable,
                                GError **error);
ShequRow *shequ_office_get_row_as_of (ShequOffice *self,
                                      const ShequRegister *reg,
                                      gint64 key,
                                      const char *day,
                                      GCancellable *cancellable,
                                      GError **error);
GPtrArray *shequ_office_get_rows (ShequOffice *self,
                                  const ShequQuery *query,
                                  GCancellable *cancellable,
                                  GError **error);

/* A fresh row with the defaults of its description, of this office's unit. */
ShequRow *shequ_office_new_row (ShequOffice *self, const ShequRegister *reg);

/* A change of several records: begin, save or delete in it, commit; then the lists are told. */
ShequTransaction *shequ_office_begin (ShequOffice *self,
                                      const char *reason,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean shequ_office_save_in (ShequOffice *self,
                               ShequTransaction *transaction,
                               ShequRow *row,
                               GPtrArray *issues,
                               GError **error);

gboolean shequ_office_derive_links (ShequTransaction *transaction, ShequRow *row, GError **error);

/* The one way to change a record: derive, validate, store, log, tell. `issues` gets warnings too. */
gboolean shequ_office_save (ShequOffice *self,
                            ShequRow *row,
                            GPtrArray *issues,
                            GCancellable *cancellable,
                            GError **error);
void shequ_office_save_async (ShequOffice *self,
                              const ShequRow *row,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
ShequRow *shequ_office_save_finish (ShequOffice *self,
                                    GAsyncResult *result,
                                    GPtrArray **issues,
                                    GError **error);
gboolean shequ_office_delete (ShequOffice *self,
                              const ShequRegister *reg,
                              gint64 key,
                              gint64 version,
                              GCancellable *cancellable,
                              GError **error);
void shequ_office_delete_async (ShequOffice *self,
                                const ShequRegister *reg,
                                gint64 key,
                                gint64 version,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean shequ_office_delete_finish (ShequOffice *self, GAsyncResult *result, GError **error);
gboolean shequ_office_restore (ShequOffice *self,
                               const ShequRegister *reg,
                               gint64 key,
                               GCancellable *cancellable,
                               GError **error);
void shequ_office_restore_async (ShequOffice *self,
                                 const ShequRegister *reg,
                                 gint64 key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean shequ_office_restore_finish (ShequOffice *self, GAsyncResult *result, GError **error);

/* Runs a synchronous piece of work on a worker thread: what all _async functions of the model are made of. */
typedef gpointer (*ShequOfficeWork) (ShequOffice *self,
                                     gpointer data,
                                     GCancellable *cancellable,
                                     GError **error);
void shequ_office_run_async (ShequOffice *self,
                             ShequOfficeWork work,
                             gpointer data,
                             GDestroyNotify free_data,
                             GDestroyNotify free_result,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gpointer shequ_office_run_finish (ShequOffice *self, GAsyncResult *result, GError **error);

/* Emits `changed` in the main context of the office; detail is the register's name. */
void shequ_office_tell_changed (ShequOffice *self, const ShequRegister *reg, gint64 key);

G_END_DECLS
