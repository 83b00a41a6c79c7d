#pragma once

#include "shequ-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_ROLE_SYSTEM_ADMINISTRATOR,
  SHEQU_ROLE_DATA_OFFICER,
  SHEQU_ROLE_AUDITOR,
  SHEQU_ROLE_DIRECTOR,
  SHEQU_ROLE_CLERK,
  SHEQU_ROLE_GRID_MEMBER,
  SHEQU_ROLE_STREET,
  SHEQU_ROLE_DEPARTMENT,
  SHEQU_N_ROLES,
} ShequRole;

/* Those from READ_LOG on concern the office, not a register. */
typedef enum
{
  SHEQU_RIGHT_VIEW,
  SHEQU_RIGHT_CREATE,
  SHEQU_RIGHT_CHANGE,
  SHEQU_RIGHT_DELETE,
  SHEQU_RIGHT_RESTORE,
  SHEQU_RIGHT_IMPORT,
  SHEQU_RIGHT_EXPORT,
  SHEQU_RIGHT_PRINT,
  SHEQU_RIGHT_UNMASK,
  SHEQU_RIGHT_ISSUE,
  SHEQU_RIGHT_APPROVE,
  SHEQU_RIGHT_READ_LOG,
  SHEQU_RIGHT_MANAGE_ACCOUNTS,
  SHEQU_RIGHT_SETTINGS,
  SHEQU_RIGHT_BACKUP,
  SHEQU_RIGHT_RESTORE_BACKUP,
  SHEQU_N_RIGHTS,
} ShequRight;

/* Whose records a role works with. */
typedef enum
{
  SHEQU_SCOPE_UNIT, /* of its unit and those below */
  SHEQU_SCOPE_GRID, /* of its grid */
  SHEQU_SCOPE_OWN,  /* its own only */
} ShequScope;

/**
 * ShequAccessPlace:
 * @unit: the unit whose records, with those of the units below it, may be worked with; 0 for none
 * @grid: of %SHEQU_SCOPE_GRID: the grid, with those below it; 0 for none
 * @department: of %SHEQU_SCOPE_OWN: the department; 0 for none
 *
 * Where in the office an account stands, as keys of `org_unit`, `grid` and `department`.
 */
typedef struct
{
  gint64 unit;
  gint64 grid;
  gint64 department;
} ShequAccessPlace;

/**
 * ShequAccountRules:
 * @tries: wrong passwords before an account is locked
 * @lock_minutes: for how long it is locked then
 * @idle_minutes: without a key or a click before the screen is locked
 * @password_days: how long a password lasts
 * @keeper_days: how long that of somebody lasts who keeps accounts
 * @remembered: how many passwords of before may not come back
 * @export_alone: of how many persons one account may export sensitive data by itself
 *
 * How accounts are kept, in the default of the rules on privacy: GB/T 22239-2019, second level.
 */
typedef struct
{
  guint tries;
  guint lock_minutes;
  guint idle_minutes;
  guint password_days;
  guint keeper_days;
  guint remembered;
  guint export_alone;
} ShequAccountRules;

typedef struct _ShequRights ShequRights;
typedef struct _ShequAccess ShequAccess;

ShequRights *shequ_rights_load (GError **error);
ShequRights *shequ_rights_new (const char *name, const char *text, GError **error);
ShequRights *shequ_rights_ref (ShequRights *rights);
void shequ_rights_unref (ShequRights *rights);
const char *shequ_rights_get_title (const ShequRights *rights, ShequRole role);

const ShequAccountRules *shequ_rights_get_account_rules (const ShequRights *rights);
gboolean shequ_rights_may_recover (const ShequRights *rights, ShequRole role);

const char *shequ_role_get_name (ShequRole role);
gboolean shequ_role_parse (const char *name, ShequRole *role);
const char *shequ_right_get_name (ShequRight right);

ShequAccess *shequ_access_new (ShequRights *rights, ShequRole role);
ShequAccess *shequ_access_new_nobody (ShequRights *rights);
ShequAccess *shequ_access_ref (ShequAccess *access);
void shequ_access_unref (ShequAccess *access);
void shequ_access_set_place (ShequAccess *access, const ShequAccessPlace *place);
const ShequAccessPlace *shequ_access_get_place (const ShequAccess *access);
ShequRights *shequ_access_get_rights (const ShequAccess *access);
ShequScope shequ_access_get_scope (const ShequAccess *access);
gboolean shequ_access_allows (const ShequAccess *access,
                              ShequRight right,
                              const ShequRegister *reg,
                              GError **error);
int shequ_access_get_highest (const ShequAccess *access, ShequRight right, const ShequRegister *reg);
int shequ_access_get_reach (const ShequAccess *access, const ShequRegister *reg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequRights, shequ_rights_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequAccess, shequ_access_unref)

G_END_DECLS
