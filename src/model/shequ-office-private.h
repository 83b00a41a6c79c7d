#pragma once

#include "shequ-accounts.h"
#include "shequ-office.h"

G_BEGIN_DECLS

/* The data that was handed to shequ_office_run_async(), for its finish function. */
gpointer shequ_office_run_get_data (GAsyncResult *result);

/* Reads again who the user is among the staff; a record of the staff has changed. */
void shequ_office_load_staff (ShequOffice *self);

/* Seconds since 1970 by the clock of the office. */
gint64 shequ_office_get_seconds (ShequOffice *self);

/* Where a change failed only because the work was done the first time already: the record of the register
 * that it changed first. Clears the error then; else gives 0. */
gint64 shequ_office_find_done (ShequOffice *self, const ShequRegister *reg, GError **error);

const char *shequ_office_get_workstation (ShequOffice *self);

/* Who is signed in; before anything else uses the office. */
void shequ_office_take_account (ShequOffice *self, const ShequAccount *account);
void shequ_office_forget_must_change (ShequOffice *self);

/* Rows that the program brings along; of a locked office none. */
gboolean shequ_office_seed (ShequOffice *self, GCancellable *cancellable, GError **error);

void shequ_office_take_identity (ShequOffice *self, const char *name, ShequLevel level, gint64 unit);

/* The level of a setting, or %SHEQU_LEVEL_NONE when it says none. */
ShequLevel shequ_level_from_name (const char *name);

/* Refuses with %SHEQU_ERROR_PERMISSION what the description of its register restricts. */
gboolean shequ_restricted_check (ShequOffice *office,
                                 const ShequRow *row,
                                 const char *as_of,
                                 GCancellable *cancellable,
                                 GError **error);

/* Enters in the change log of a record that it is shown for a purpose; refuses what has none. */
gboolean shequ_restricted_check_purpose (const char *purpose, GError **error);
gboolean shequ_restricted_log (ShequOffice *office,
                               ShequAction action,
                               const ShequRegister *reg,
                               gint64 key,
                               const char *seen,
                               const char *purpose,
                               GCancellable *cancellable,
                               GError **error);

/* Rules across registers before a row is stored, in its transaction. */

/* What this place calls its levels; while nobody else looks. */
gboolean shequ_office_load_level_names (ShequOffice *self, GCancellable *cancellable, GError **error);

G_END_DECLS
