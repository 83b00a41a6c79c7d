/* Who may do what, as `data/rules/rights.ini` says it: a pure decision. */
#include "shequ-access.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-rule-file.h"

#define RIGHTS_PATH "rules/rights.ini"
#define ROLE_PREFIX "Role "
#define ACCOUNTS "Accounts"
#define ACCOUNT_KEYS "Tries LockMinutes IdleMinutes PasswordDays KeeperDays Remembered ExportAlone Recovery"
#define ROLE_KEYS                                                                                            \
  "Title Scope See Unmask Export Office People Places Organisation Work Matters Lists Accounts Log"
#define HIGHEST_SENSITIVITY 4

static const char *const role_names[] = {
  "system_administrator", "data_officer", "auditor",   "director", "clerk",
  "grid_member",          "street",       "department"
};
static const char *const right_names[] = {
  "view",   "create", "change",  "delete",   "restore",         "import",   "export", "print",
  "unmask", "issue",  "approve", "read_log", "manage_accounts", "settings", "backup", "restore_backup"
};
static const char *const class_keys[] = { "People",  "Places", "Organisation", "Work",
                                          "Matters", "Lists",  "Accounts",     "Log" };

G_STATIC_ASSERT (G_N_ELEMENTS (role_names) == SHEQU_N_ROLES);
G_STATIC_ASSERT (G_N_ELEMENTS (right_names) == SHEQU_N_RIGHTS);
G_STATIC_ASSERT (G_N_ELEMENTS (class_keys) == SHEQU_N_REGISTER_CLASSES);

typedef struct
{
  char *title; /* (nullable): until the role was read */
  ShequScope scope;
  int see;
  int unmask;
  int export;
  guint office;                            /* bits of rights */
  guint classes[SHEQU_N_REGISTER_CLASSES]; /* bits of rights */
} RoleRights;

struct _ShequRights
{
  gatomicrefcount references;
  ShequAccountRules accounts;
  guint recovery; /* bits of roles */
  RoleRights roles[SHEQU_N_ROLES];
};

struct _ShequAccess
{
  gatomicrefcount references;
  ShequRights *rights;
  const RoleRights *item;
  ShequAccessPlace place;
};

/* Who has not signed in. */
static const RoleRights nobody = { .scope = SHEQU_SCOPE_OWN };

static guint
read_bits (ShequRuleFile *file, const char *group, const char *key, ShequRight first, ShequRight end)
{
  g_auto (GStrv) words = shequ_rule_file_get_list (file, group, key);
  guint bits = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint right = first;

      while (right < end && strcmp (right_names[right], words[i]) != 0)
        right++;
      if (right == end)
        shequ_rule_file_fail (file, group, key, _ ("there is no right “%s” here"), words[i]);
      else
        bits |= 1u << right;
    }
  return bits;
}

static int
read_level (ShequRuleFile *file, const char *group, const char *key)
{
  return (int) shequ_rule_file_get_integer (file, group, key, 0, HIGHEST_SENSITIVITY, 0);
}

static guint
read_number (ShequRuleFile *file, const char *key, guint most, guint usual)
{
  return (guint) shequ_rule_file_get_integer (file, ACCOUNTS, key, 1, most, usual);
}

static void
read_accounts (ShequRuleFile *file, ShequRights *rights)
{
  g_auto (GStrv) names = shequ_rule_file_get_list (file, ACCOUNTS, "Recovery");
  ShequAccountRules *rules = &rights->accounts;

  shequ_rule_file_check_keys (file, ACCOUNTS, ACCOUNT_KEYS);
  rules->tries = read_number (file, "Tries", 100, 5);
  rules->lock_minutes = read_number (file, "LockMinutes", 24 * 60, 15);
  rules->idle_minutes = read_number (file, "IdleMinutes", 24 * 60, 10);
  rules->password_days = read_number (file, "PasswordDays", 3650, 180);
  rules->keeper_days = read_number (file, "KeeperDays", 3650, 90);
  rules->remembered = read_number (file, "Remembered", 20, 5);
  rules->export_alone = read_number (file, "ExportAlone", 1000000, 50);
  for (guint i = 0; names[i] != NULL; i++)
    {
      ShequRole role;

      if (shequ_role_parse (names[i], &role))
        rights->recovery |= 1u << role;
      else
        shequ_rule_file_fail (file, ACCOUNTS, "Recovery", _ ("there is no role “%s”"), names[i]);
    }
}

static void
read_role (ShequRuleFile *file, const char *group, ShequRights *rights)
{
  static const char *const scopes[] = { "unit", "grid", "own", NULL };
  const char *name = g_str_has_prefix (group, ROLE_PREFIX) ? group + strlen (ROLE_PREFIX) : group;
  guint role = 0;
  RoleRights *item;

  while (role < SHEQU_N_ROLES && strcmp (role_names[role], name) != 0)
    role++;
  if (role == SHEQU_N_ROLES || name == group)
    {
      shequ_rule_file_fail (file, group, NULL, _ ("there is no role “%s”"), name);
      return;
    }
  item = &rights->roles[role];
  shequ_rule_file_check_keys (file, group, ROLE_KEYS);
  g_free (item->title);
  item->title = shequ_rule_file_need_text (file, group, "Title");
  /* Who does not say is held to the narrowest. */
  item->scope = shequ_rule_file_get_choice (file, group, "Scope", scopes, SHEQU_SCOPE_OWN);
  item->see = read_level (file, group, "See");
  item->unmask = read_level (file, group, "Unmask");
  item->export = read_level (file, group, "Export");
  item->office = read_bits (file, group, "Office", SHEQU_RIGHT_READ_LOG, SHEQU_N_RIGHTS);
  for (guint i = 0; i < SHEQU_N_REGISTER_CLASSES; i++)
    item->classes[i] = read_bits (file, group, class_keys[i], SHEQU_RIGHT_VIEW, SHEQU_RIGHT_READ_LOG);
}

static ShequRights *
read_rights (ShequRuleFile *file, GError **error)
{
  g_autoptr (ShequRights) rights = g_new0 (ShequRights, 1);
  const char *const *groups = shequ_rule_file_get_groups (file);

  g_atomic_ref_count_init (&rights->references);
  shequ_rule_file_check_keys (file, "Rights", "Version Source");
  g_free (shequ_rule_file_need_text (file, "Rights", "Version"));
  g_free (shequ_rule_file_need_text (file, "Rights", "Source"));
  read_accounts (file, rights);
  for (guint i = 0; groups[i] != NULL; i++)
    if (strcmp (groups[i], "Rights") != 0 && strcmp (groups[i], ACCOUNTS) != 0)
      read_role (file, groups[i], rights);
  for (guint i = 0; i < SHEQU_N_ROLES; i++)
    if (rights->roles[i].title == NULL)
      {
        g_autofree char *group = g_strconcat (ROLE_PREFIX, role_names[i], NULL);

        shequ_rule_file_fail (file, group, NULL, "%s", _ ("this role is missing"));
      }
  return shequ_rule_file_finish (file, error) ? g_steal_pointer (&rights) : NULL;
}

/**
 * shequ_rights_load:
 * @error: return location
 *
 * Returns: (transfer full): the shipped rights, or %NULL with %SHEQU_ERROR_CATALOGUE
 */
ShequRights *
shequ_rights_load (GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_load (RIGHTS_PATH, error);

  return file != NULL ? read_rights (file, error) : NULL;
}

/**
 * shequ_rights_new:
 * @name: the name that messages give the file
 * @text: the rights
 * @error: return location
 *
 * As shequ_rights_load(), from a text.
 */
ShequRights *
shequ_rights_new (const char *name, const char *text, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_new (name, text, error);

  return file != NULL ? read_rights (file, error) : NULL;
}

/**
 * shequ_rights_ref:
 * @rights: rights
 *
 * Returns: (transfer full): the same rights
 */
ShequRights *
shequ_rights_ref (ShequRights *rights)
{
  g_atomic_ref_count_inc (&rights->references);
  return rights;
}

void
shequ_rights_unref (ShequRights *rights)
{
  if (!g_atomic_ref_count_dec (&rights->references))
    return;
  for (guint i = 0; i < SHEQU_N_ROLES; i++)
    g_free (rights->roles[i].title);
  g_free (rights);
}

/**
 * shequ_rights_get_title:
 * @rights: rights
 * @role: a role
 *
 * Returns: (transfer none): what the role is called
 */
const char *
shequ_rights_get_title (const ShequRights *rights, ShequRole role)
{
  return rights->roles[role].title;
}

/**
 * shequ_role_get_name:
 * @role: a role
 *
 * Returns: its name in files and on the command line
 */
const char *
shequ_role_get_name (ShequRole role)
{
  return role_names[role];
}

/**
 * shequ_role_parse:
 * @name: (nullable): as shequ_role_get_name() gives it
 * @role: (out): the role
 *
 * Returns: whether there is such a role
 */
gboolean
shequ_role_parse (const char *name, ShequRole *role)
{
  for (guint i = 0; i < SHEQU_N_ROLES; i++)
    if (g_strcmp0 (role_names[i], name) == 0)
      {
        *role = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * shequ_rights_get_account_rules:
 * @rights: rights
 *
 * Returns: (transfer none): how accounts are kept
 */
const ShequAccountRules *
shequ_rights_get_account_rules (const ShequRights *rights)
{
  return &rights->accounts;
}

/**
 * shequ_rights_may_recover:
 * @rights: rights
 * @role: the role of one of two persons
 *
 * Returns: whether one of the role may be one of the two who give somebody a new password
 */
gboolean
shequ_rights_may_recover (const ShequRights *rights, ShequRole role)
{
  return (rights->recovery & (1u << role)) != 0;
}

/**
 * shequ_right_get_name:
 * @right: a right
 *
 * Returns: its name in files
 */
const char *
shequ_right_get_name (ShequRight right)
{
  return right_names[right];
}

static ShequAccess *
access_new (ShequRights *rights, const RoleRights *item)
{
  ShequAccess *access = g_new0 (ShequAccess, 1);

  g_atomic_ref_count_init (&access->references);
  access->rights = shequ_rights_ref (rights);
  access->item = item;
  return access;
}

/**
 * shequ_access_new:
 * @rights: what the roles may
 * @role: the role of who is signed in
 *
 * Returns: (transfer full): what one account may, in no unit yet
 */
ShequAccess *
shequ_access_new (ShequRights *rights, ShequRole role)
{
  return access_new (rights, &rights->roles[role]);
}

/**
 * shequ_access_new_nobody:
 * @rights: what the roles may; the messages name who may
 *
 * Returns: (transfer full): what may be done in a protected office before anybody has signed in: nothing
 */
ShequAccess *
shequ_access_new_nobody (ShequRights *rights)
{
  return access_new (rights, &nobody);
}

/**
 * shequ_access_ref:
 * @access: what an account may
 *
 * Any thread.
 *
 * Returns: (transfer full): the same
 */
ShequAccess *
shequ_access_ref (ShequAccess *access)
{
  g_atomic_ref_count_inc (&access->references);
  return access;
}

void
shequ_access_unref (ShequAccess *access)
{
  if (!g_atomic_ref_count_dec (&access->references))
    return;
  shequ_rights_unref (access->rights);
  g_free (access);
}

/**
 * shequ_access_set_place:
 * @access: what an account may, before it is handed to a store
 * @place: where in the office it stands; copied
 *
 * Afterwards an access is only read, by any thread.
 */
void
shequ_access_set_place (ShequAccess *access, const ShequAccessPlace *place)
{
  access->place = *place;
}

/**
 * shequ_access_get_place:
 * @access: what an account may
 *
 * Returns: (transfer none): where in the office it stands
 */
const ShequAccessPlace *
shequ_access_get_place (const ShequAccess *access)
{
  return &access->place;
}

/**
 * shequ_access_get_rights:
 * @access: what an account may
 *
 * Returns: (transfer none): what all roles may
 */
ShequRights *
shequ_access_get_rights (const ShequAccess *access)
{
  return access->rights;
}

/**
 * shequ_access_get_scope:
 * @access: what an account may
 *
 * Returns: whose records it works with
 */
ShequScope
shequ_access_get_scope (const ShequAccess *access)
{
  return access->item->scope;
}

/* A right of the office is none of a register, and the other way round. */
static gboolean
role_may (const RoleRights *item, ShequRight right, const ShequRegister *reg)
{
  guint bits = reg != NULL ? item->classes[reg->subject] : item->office;

  return (bits & (1u << right)) != 0;
}

static char *
name_permitted (const ShequRights *rights, ShequRight right, const ShequRegister *reg)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < SHEQU_N_ROLES; i++)
    if (role_may (&rights->roles[i], right, reg))
      g_string_append_printf (titles, "%s%s", titles->len > 0 ? "、" : "", rights->roles[i].title);
  if (titles->len == 0)
    g_string_append (titles, _ ("nobody"));
  return g_string_free (titles, FALSE);
}

/**
 * shequ_access_allows:
 * @access: (nullable): what an account may; %NULL of an open database, where everything may be done
 * @right: what is to be done
 * @reg: (nullable): with whose records; %NULL for a right of the office
 * @error: return location
 *
 * Returns: whether it may be done, else %FALSE with %SHEQU_ERROR_PERMISSION that names who may
 */
gboolean
shequ_access_allows (const ShequAccess *access, ShequRight right, const ShequRegister *reg, GError **error)
{
  g_autofree char *others = NULL;

  if (access == NULL || role_may (access->item, right, reg))
    return TRUE;
  if (error == NULL)
    return FALSE;
  others = name_permitted (access->rights, right, reg);
  if (access->item->title == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                 _ ("Nobody has signed in. Nothing was changed. Sign in as: %s."), others);
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                 _ ("The role %s is not permitted to do this. Nothing was changed. Ask: %s."),
                 access->item->title, others);
  return FALSE;
}

/**
 * shequ_access_get_highest:
 * @access: (nullable): what an account may; %NULL of an open database
 * @right: %SHEQU_RIGHT_UNMASK, %SHEQU_RIGHT_EXPORT, or another for what is shown
 * @reg: a register
 *
 * Returns: the highest `Sensitivity` of a field that may be had; -1 for none at all
 */
int
shequ_access_get_highest (const ShequAccess *access, ShequRight right, const ShequRegister *reg)
{
  const RoleRights *item;

  if (access == NULL)
    return HIGHEST_SENSITIVITY;
  item = access->item;
  if (!role_may (item, right, reg))
    return -1;
  if (right == SHEQU_RIGHT_UNMASK)
    return item->unmask;
  return right == SHEQU_RIGHT_EXPORT ? item->export : item->see;
}

/**
 * shequ_access_get_reach:
 * @access: (nullable): what an account may; %NULL of an open database
 * @reg: a register
 *
 * Up to this, records may be looked for by their fields: what may only be seen for a purpose is found by who
 * knows it, without being shown.
 *
 * Returns: the highest `Sensitivity` of a field that may be seen or unmasked; -1 for none at all
 */
int
shequ_access_get_reach (const ShequAccess *access, const ShequRegister *reg)
{
  return MAX (shequ_access_get_highest (access, SHEQU_RIGHT_VIEW, reg),
              shequ_access_get_highest (access, SHEQU_RIGHT_UNMASK, reg));
}
