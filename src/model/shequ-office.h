#pragma once

#include <gio/gio.h>

#include "shequ-store.h"

G_BEGIN_DECLS

#define SHEQU_TYPE_OFFICE (shequ_office_get_type ())
G_DECLARE_FINAL_TYPE (ShequOffice, shequ_office, SHEQU, OFFICE, GObject)

/* Where the day and the hour come from, so that tests choose them: seconds since 1970 in UTC. */
typedef gint64 (*ShequClock) (gpointer user_data);

ShequOffice *shequ_office_new (ShequStore *store, const char *user, const char *workstation);
void shequ_office_set_clock (ShequOffice *self, ShequClock clock, gpointer user_data);
ShequStore *shequ_office_get_store (ShequOffice *self);
ShequCatalogue *shequ_office_get_catalogue (ShequOffice *self);
const ShequRegister *shequ_office_get_register (ShequOffice *self, const char *name);
const char *shequ_office_get_user (ShequOffice *self);
char *shequ_office_get_today (ShequOffice *self);
char *shequ_office_get_moment (ShequOffice *self);
gint64 shequ_office_get_unit (ShequOffice *self);
const char *shequ_office_get_name (ShequOffice *self);
ShequLevel shequ_office_get_level (ShequOffice *self);

/* A fresh row with the defaults of its description, of this office's unit. */
ShequRow *shequ_office_new_row (ShequOffice *self, const ShequRegister *reg);
ShequTransaction *shequ_office_begin (ShequOffice *self, const char *reason, GCancellable *cancellable, GError **error);

/* The one way to change a record: derive, validate, store, log, tell. `issues` gets warnings too. */
gboolean shequ_office_save (ShequOffice *self, ShequRow *row, GPtrArray *issues, GCancellable *cancellable, GError **error);
void shequ_office_save_async (ShequOffice *self,
                              ShequRow *row,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
ShequRow *shequ_office_save_finish (ShequOffice *self, GAsyncResult *result, GPtrArray **issues, GError **error);
gboolean shequ_office_delete (ShequOffice *self, const ShequRegister *reg, gint64 key, gint64 version, GCancellable *cancellable, GError **error);
gboolean shequ_office_restore (ShequOffice *self, const ShequRegister *reg, gint64 key, GCancellable *cancellable, GError **error);

/* Runs a synchronous piece of work on a worker thread: what all _async functions of the model are made of. */
typedef gpointer (*ShequOfficeWork) (ShequOffice *self, gpointer data, GCancellable *cancellable, GError **error);
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
