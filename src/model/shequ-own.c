/* Registers and fields that an office makes itself: kept as descriptions in the database, used from the next
 * opening on. */
#include "shequ-own.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-own-private.h"

#define GROUP "Register"

/**
 * shequ_own_free:
 * @own: (transfer full): an own description
 */
void
shequ_own_free (ShequOwn *own)
{
  g_free (own->name);
  g_free (own->label);
  g_free (own->reg);
  g_clear_pointer (&own->keys, g_key_file_unref);
  g_free (own->text);
  g_free (own->problem);
  g_free (own);
}

static ShequOwn *
read_row (const ShequRow *row)
{
  ShequOwn *own = g_new0 (ShequOwn, 1);
  const char *text = shequ_row_get_text (row, "text");
  g_autoptr (GError) error = NULL;

  own->key = row->key;
  own->version = row->version;
  own->is_register = g_strcmp0 (shequ_row_get_text (row, "kind"), "register") == 0;
  own->active = shequ_row_get_integer (row, "active") != 0;
  own->name = g_strdup (shequ_row_get_text (row, "name"));
  own->label = g_strdup (shequ_row_get_text (row, "label"));
  own->text = g_strdup (text != NULL ? text : "");
  own->keys = shequ_own_text_load (own->text, &error);
  if (own->keys == NULL)
    own->problem = g_strdup (error->message);
  else
    own->reg = g_key_file_get_string (own->keys, GROUP, "Name", NULL);
  return own;
}

/* Says of those in use what cannot be used. */
static void
find_problems (ShequOffice *office, GPtrArray *owns)
{
  ShequCatalogue *shipped = shequ_store_get_shipped_catalogue (shequ_office_get_store (office));
  g_autoptr (GPtrArray) descriptions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_description_free);
  g_autoptr (ShequCatalogue) catalogue = NULL;
  guint next = 0;

  for (guint i = 0; i < owns->len; i++)
    {
      const ShequOwn *own = owns->pdata[i];

      if (own->active)
        g_ptr_array_add (descriptions, shequ_description_new (own->name, own->text));
    }
  catalogue = shequ_catalogue_extend (shipped, descriptions, NULL, NULL);
  for (guint i = 0; i < owns->len; i++)
    {
      ShequOwn *own = owns->pdata[i];

      if (!own->active)
        continue;
      g_free (own->problem);
      own->problem = g_strdup (((ShequDescription *) descriptions->pdata[next++])->problem);
    }
}

/**
 * shequ_own_list:
 * @office: an office
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequOwn): what the office has made, in the order of making, with
 * the problems of what cannot be used
 */
GPtrArray *
shequ_own_list (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_OWN_REGISTER, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autoptr (GPtrArray) rows =
    query != NULL ? shequ_office_get_rows (office, query, cancellable, error) : NULL;
  GPtrArray *owns;

  if (rows == NULL)
    return NULL;
  owns = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_own_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (owns, read_row (rows->pdata[i]));
  find_problems (office, owns);
  return owns;
}

static ShequOwn *
find (GPtrArray *owns, const char *name)
{
  for (guint i = 0; i < owns->len; i++)
    if (g_strcmp0 (((ShequOwn *) owns->pdata[i])->name, name) == 0)
      return owns->pdata[i];
  return NULL;
}

/* What a description is called: by its register, or by its first field. */
static char *
make_name (GKeyFile *keys)
{
  g_autofree char *reg = g_key_file_get_string (keys, GROUP, "Name", NULL);
  g_auto (GStrv) fields = shequ_own_field_list (keys);

  if (reg == NULL || !g_key_file_get_boolean (keys, GROUP, "Extends", NULL))
    return g_steal_pointer (&reg);
  return g_strdup_printf ("%s.%s", reg, fields[0] != NULL ? fields[0] : SHEQU_OWN_PREFIX);
}

static char *
make_label (GKeyFile *keys, const char *name)
{
  g_auto (GStrv) fields = shequ_own_field_list (keys);
  g_autofree char *group = NULL;
  char *label = g_key_file_get_locale_string (keys, GROUP, "Label", NULL, NULL);

  if (label != NULL || fields[0] == NULL)
    return label != NULL ? label : g_strdup (name);
  group = g_strconcat ("Field ", fields[0], NULL);
  label = g_key_file_get_locale_string (keys, group, "Label", NULL, NULL);
  return label != NULL ? label : g_strdup (name);
}

/* Whether all that could be used before can be used now, and what is changed as well. */
static gboolean
check_together (ShequOffice *office, GPtrArray *owns, const ShequOwn *changed, GError **error)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < owns->len; i++)
    g_ptr_array_add (before, g_strdup (((ShequOwn *) owns->pdata[i])->problem));
  find_problems (office, owns);
  for (guint i = 0; i < owns->len; i++)
    {
      const ShequOwn *own = owns->pdata[i];

      if (own->problem == NULL || !own->active || (own != changed && before->pdata[i] != NULL))
        continue;
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE,
                   _ ("“%s” cannot be used: %s. Nothing was changed"), own->label, own->problem);
      return FALSE;
    }
  return TRUE;
}

static gboolean
store (ShequOffice *office, const ShequOwn *own, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_get_register (office, SHEQU_OWN_REGISTER);
  g_autoptr (ShequRow) row = own->key != 0 ? shequ_office_get_row (office, reg, own->key, cancellable, error)
                                           : shequ_office_new_row (office, reg);

  if (row == NULL)
    return FALSE;
  if (own->key != 0)
    row->version = own->version;
  shequ_row_set_text (row, "name", own->name);
  shequ_row_set_text (row, "label", own->label);
  shequ_row_set_text (row, "kind", own->is_register ? "register" : "field");
  shequ_row_set_text (row, "text", own->text);
  shequ_row_set_integer (row, "active", own->active);
  return shequ_office_save (office, row, NULL, cancellable, error);
}

/* Puts a text, or else that of `keys`, in the place of what `own`, one of `owns`, was, and stores it when all
 * is well. */
static gboolean
replace (ShequOffice *office,
         GPtrArray *owns,
         ShequOwn *own,
         GKeyFile *keys,
         const char *text,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *reg = g_key_file_get_string (keys, GROUP, "Name", NULL);

  if (own->keys != NULL && own->key != 0 &&
      !shequ_own_check_kept (office, reg != NULL ? reg : "", own->keys, keys, cancellable, error))
    return FALSE;
  g_free (own->text);
  g_free (own->label);
  g_free (own->name);
  own->text = text != NULL ? g_strdup (text) : g_key_file_to_data (keys, NULL, NULL);
  own->name = make_name (keys);
  own->label = make_label (keys, own->name);
  own->is_register = !g_key_file_get_boolean (keys, GROUP, "Extends", NULL);
  return check_together (office, owns, own, error) && store (office, own, cancellable, error);
}

static ShequOwn *
add (GPtrArray *owns)
{
  ShequOwn *own = g_new0 (ShequOwn, 1);

  own->active = TRUE;
  g_ptr_array_add (owns, own);
  return own;
}

/**
 * shequ_own_store_text:
 * @office: an office
 * @text: a description, of a register whose name begins with `own_` or of what extends one
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_CATALOGUE when it cannot be used, %SHEQU_ERROR_CONSTRAINT when it would lose data
 *
 * Stores a description, in place of one of the same name. It is used when the database is opened next.
 *
 * Returns: (transfer full) (nullable): its name
 */
char *
shequ_own_store_text (ShequOffice *office, const char *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) owns = shequ_own_list (office, cancellable, error);
  g_autoptr (GError) inner = NULL;
  g_autoptr (GKeyFile) keys = NULL;
  g_autofree char *name = NULL;
  ShequOwn *own;

  if (owns == NULL)
    return NULL;
  if (!g_utf8_validate (text, -1, NULL) || (keys = shequ_own_text_load (text, &inner)) == NULL ||
      (name = make_name (keys)) == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE,
                   _ ("This is no description: %s. docs/catalogue.md tells how one is written"),
                   inner != NULL ? inner->message : _ ("it does not begin with [Register] and Name="));
      return NULL;
    }
  own = find (owns, name);
  if (own == NULL)
    own = add (owns);
  own->active = TRUE;
  return replace (office, owns, own, keys, text, cancellable, error) ? g_strdup (own->name) : NULL;
}

/* Names of registers and fields that are given already, also of those that are not in use. */
static GHashTable *
list_taken (ShequOffice *office, GPtrArray *owns, const ShequRegister *reg)
{
  GHashTable *taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (office));

  for (guint i = 0; reg == NULL && i < registers->len; i++)
    g_hash_table_add (taken, g_strdup (((const ShequRegister *) registers->pdata[i])->name));
  for (guint i = 0; reg != NULL && i < reg->fields->len; i++)
    g_hash_table_add (taken, g_strdup (((const ShequField *) reg->fields->pdata[i])->name));
  for (guint i = 0; i < owns->len; i++)
    {
      const ShequOwn *own = owns->pdata[i];
      g_auto (GStrv) fields = own->keys != NULL ? shequ_own_field_list (own->keys) : NULL;

      if (reg == NULL)
        g_hash_table_add (taken, g_strdup (own->name));
      else if (g_strcmp0 (own->reg, reg->name) == 0)
        for (guint k = 0; fields != NULL && fields[k] != NULL; k++)
          g_hash_table_add (taken, g_strdup (fields[k]));
    }
  g_hash_table_add (taken, g_strdup ("unit"));
  g_hash_table_add (taken, g_strdup ("key"));
  g_hash_table_add (taken, g_strdup ("version"));
  g_hash_table_add (taken, g_strdup ("uuid"));
  return taken;
}

static gboolean
check_label (const char *label, GError **error)
{
  g_autofree char *clean = g_strstrip (g_strdup (label != NULL ? label : ""));

  if (*clean != '\0' && g_utf8_strlen (clean, -1) <= 40)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                       _ ("It needs a name of 1 to 40 characters. Nothing was changed"));
  return FALSE;
}

/**
 * shequ_own_add_register:
 * @office: an office
 * @label: what it is called
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Makes a register with a name and a remark, to which fields are added; used from the next opening on.
 *
 * Returns: (transfer full) (nullable): its name
 */
char *
shequ_own_add_register (ShequOffice *office, const char *label, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) owns = shequ_own_list (office, cancellable, error);
  g_autoptr (ShequPinyin) pinyin = NULL;
  g_autoptr (GHashTable) taken = NULL;
  g_autoptr (GKeyFile) keys = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (owns == NULL || !check_label (label, error) || (pinyin = shequ_pinyin_new (error)) == NULL)
    return NULL;
  for (guint i = 0; i < owns->len; i++)
    if (((ShequOwn *) owns->pdata[i])->is_register &&
        g_strcmp0 (((ShequOwn *) owns->pdata[i])->label, label) == 0)
      {
        g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE,
                     _ ("There is a register “%s” already. Nothing was changed; choose another name"), label);
        return NULL;
      }
  taken = list_taken (office, owns, NULL);
  name = shequ_own_name_make (pinyin, label, SHEQU_OWN_PREFIX, taken);
  text = shequ_own_text_new_register (name, label, shequ_office_get_level (office));
  keys = shequ_own_text_load (text, error);
  if (keys == NULL || !replace (office, owns, add (owns), keys, NULL, cancellable, error))
    return NULL;
  return g_steal_pointer (&name);
}

static ShequOwn *
require (GPtrArray *owns, const char *name, GError **error)
{
  ShequOwn *own = find (owns, name);

  if (own == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no own description “%s”"), name);
  return own;
}

/**
 * shequ_own_rename_register:
 * @office: an office
 * @name: the name of an own register
 * @label: what it is called from now on
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: whether it was stored
 */
gboolean
shequ_own_rename_register (ShequOffice *office,
                           const char *name,
                           const char *label,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GPtrArray) owns = shequ_own_list (office, cancellable, error);
  ShequOwn *own = owns != NULL ? require (owns, name, error) : NULL;
  g_autoptr (GKeyFile) keys = NULL;
  g_autofree char *language = NULL;

  if (own == NULL || !check_label (label, error) || (keys = shequ_own_text_load (own->text, error)) == NULL)
    return FALSE;
  language = g_key_file_get_locale_for_key (keys, GROUP, "Label", NULL);
  g_key_file_set_string (keys, GROUP, "Label", label);
  if (language != NULL)
    g_key_file_set_locale_string (keys, GROUP, "Label", language, label);
  return replace (office, owns, own, keys, NULL, cancellable, error);
}

/**
 * shequ_own_set_active:
 * @office: an office
 * @name: the name of an own description
 * @active: whether it is used
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Takes a register or field out of use or back into it; its data is kept.
 *
 * Returns: %FALSE with %SHEQU_ERROR_CATALOGUE when another description needs it
 */
gboolean
shequ_own_set_active (ShequOffice *office,
                      const char *name,
                      gboolean active,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) owns = shequ_own_list (office, cancellable, error);
  ShequOwn *own = owns != NULL ? require (owns, name, error) : NULL;

  if (own == NULL)
    return FALSE;
  own->active = active;
  return check_together (office, owns, own, error) && store (office, own, cancellable, error);
}

/* The description in which a field of a register stands, or shall stand. */
static ShequOwn *
find_place (GPtrArray *owns, const char *reg, const char *field)
{
  g_autofree char *group = g_strconcat ("Field ", field != NULL ? field : "", NULL);

  for (guint i = 0; i < owns->len; i++)
    {
      ShequOwn *own = owns->pdata[i];

      if (own->keys == NULL || g_strcmp0 (own->reg, reg) != 0)
        continue;
      if (own->is_register || (field != NULL && g_key_file_has_group (own->keys, group)))
        return own;
    }
  return NULL;
}

static GKeyFile *
copy_keys (const ShequOwn *own, const char *reg, GError **error)
{
  g_autofree char *text =
    own != NULL && own->keys != NULL ? g_strdup (own->text) : shequ_own_text_new_extension (reg);

  return shequ_own_text_load (text, error);
}

/* A field that changes its kind becomes another column; shequ_own_check_kept() allows it while it is empty.
 */
static gboolean
must_rename (GKeyFile *keys, const ShequOwnField *field)
{
  g_autofree char *group = g_strconcat ("Field ", field->name != NULL ? field->name : "", NULL);
  g_autofree char *kind = g_key_file_get_string (keys, group, "Kind", NULL);

  return kind != NULL && g_strcmp0 (kind, shequ_field_kind_get_name (field->kind)) != 0;
}

static gboolean
check_field (const ShequOwnField *field, GError **error)
{
  if (!check_label (field->label, error))
    return FALSE;
  if (field->kind != SHEQU_FIELD_CODE || (field->labels != NULL && field->labels[0] != NULL))
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
               _ ("“%s” needs at least one choice, one a line. Nothing was changed"), field->label);
  return FALSE;
}

static gboolean
put_field (ShequOffice *office,
           GPtrArray *owns,
           const ShequRegister *reg,
           GKeyFile *keys,
           const ShequOwnField *field,
           char **name,
           GError **error)
{
  gboolean rename = must_rename (keys, field);
  const char *prefix = g_str_has_prefix (reg->name, SHEQU_OWN_PREFIX) ? "" : SHEQU_OWN_PREFIX;
  ShequOwnField named = *field;
  g_autofree char *group = NULL;

  if (rename && !shequ_own_check_empty (office, reg->name, field->name, error))
    return FALSE;
  *name = g_strdup (field->name);
  if (*name == NULL || rename)
    {
      g_autoptr (ShequPinyin) pinyin = shequ_pinyin_new (error);
      g_autoptr (GHashTable) taken = list_taken (office, owns, reg);

      if (pinyin == NULL)
        return FALSE;
      if (*name != NULL)
        {
          group = g_strconcat ("Field ", *name, NULL);
          g_key_file_remove_group (keys, group, NULL);
        }
      g_free (*name);
      *name = shequ_own_name_make (pinyin, field->label, prefix, taken);
    }
  named.name = *name;
  shequ_own_field_write (&named, keys);
  return TRUE;
}

/**
 * shequ_own_save_field:
 * @office: an office
 * @reg: the name of a register, shipped or own
 * @field: what the field shall be; without a name when it is new
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_INVALID_VALUE, %SHEQU_ERROR_CATALOGUE, %SHEQU_ERROR_CONSTRAINT when records hold what
 *   would not fit any more, %SHEQU_ERROR_CONFLICT when somebody else changed it just now
 *
 * Adds a field to a register, or changes one; used from the next opening on.
 *
 * Returns: (transfer full) (nullable): the name of the field
 */
char *
shequ_own_save_field (ShequOffice *office,
                      const char *reg,
                      const ShequOwnField *field,
                      GCancellable *cancellable,
                      GError **error)
{
  const ShequRegister *known = shequ_office_require_register (office, reg, error);
  g_autoptr (GPtrArray) owns = known != NULL ? shequ_own_list (office, cancellable, error) : NULL;
  ShequOwn *own = owns != NULL ? find_place (owns, reg, field->name) : NULL;
  g_autoptr (GKeyFile) keys = NULL;
  g_autofree char *name = NULL;

  if (owns == NULL || !check_field (field, error) || (keys = copy_keys (own, reg, error)) == NULL ||
      !put_field (office, owns, known, keys, field, &name, error))
    return NULL;
  if (own == NULL)
    own = add (owns);
  return replace (office, owns, own, keys, NULL, cancellable, error) ? g_steal_pointer (&name) : NULL;
}

/**
 * shequ_own_preview:
 * @office: an office
 * @reg: the name of a register
 * @field: a field as it is being filled in
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a catalogue in which the register `own_preview` has the field alone,
 * as `own_preview`
 */
ShequCatalogue *
shequ_own_preview (ShequOffice *office, const char *reg, const ShequOwnField *field, GError **error)
{
  static const char name[] = SHEQU_OWN_PREFIX "preview";
  ShequCatalogue *shipped = shequ_store_get_shipped_catalogue (shequ_office_get_store (office));
  g_autoptr (GPtrArray) descriptions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_description_free);
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (ShequCatalogue) catalogue = NULL;
  g_autofree char *text = NULL;
  ShequOwnField named = *field;
  ShequDescription *description;

  if (!check_field (field, error))
    return NULL;
  named.name = (char *) name;
  named.group = NULL;
  named.retired = FALSE;
  g_key_file_set_string (keys, GROUP, "Name", name);
  g_key_file_set_string (keys, GROUP, "Label", name);
  g_key_file_set_string (keys, GROUP, "Title", "{" SHEQU_OWN_PREFIX "preview}");
  shequ_own_field_write (&named, keys);
  text = g_key_file_to_data (keys, NULL, NULL);
  description = shequ_description_new (name, text);
  g_ptr_array_add (descriptions, description);
  catalogue = shequ_catalogue_extend (shipped, descriptions, NULL, NULL);
  if (description->problem == NULL)
    return g_steal_pointer (&catalogue);
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, description->problem);
  return NULL;
}
