/* The description of an own field as a clerk fills it in, to and from the text of a description. */
#include "shequ-own-field.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-catalogue-private.h"

#define REGISTER_GROUP "Register"
#define FIELD_WORD "Field "
#define LONGEST_NAME 32
#define SENSITIVE "3"

/**
 * shequ_own_field_new:
 *
 * Returns: (transfer full): a field of one line of text without a name
 */
ShequOwnField *
shequ_own_field_new (void)
{
  return g_new0 (ShequOwnField, 1);
}

/**
 * shequ_own_field_free:
 * @field: (transfer full): a field
 */
void
shequ_own_field_free (ShequOwnField *field)
{
  g_free (field->name);
  g_free (field->label);
  g_free (field->to);
  g_strfreev (field->labels);
  g_free (field->group);
  g_free (field->help);
  g_free (field->unit);
  g_free (field);
}

static ShequFieldKind
read_kind (const char *word)
{
  for (ShequFieldKind kind = 0; kind <= SHEQU_FIELD_COMPUTED; kind++)
    if (g_strcmp0 (word, shequ_field_kind_get_name (kind)) == 0)
      return kind;
  return SHEQU_FIELD_TEXT;
}

/* How a kind is found when it shall be found at all; %NULL when it cannot. */
static const char *
get_search_word (ShequFieldKind kind)
{
  switch (kind)
    {
    case SHEQU_FIELD_TEXT:
    case SHEQU_FIELD_LONG_TEXT:
      return "part";
    case SHEQU_FIELD_ID_NUMBER:
    case SHEQU_FIELD_CREDIT_CODE:
    case SHEQU_FIELD_PHONE:
      return "tail";
    case SHEQU_FIELD_INTEGER:
      return "exact";
    case SHEQU_FIELD_LINK:
      return "linked";
    case SHEQU_FIELD_MONEY:
    case SHEQU_FIELD_DATE:
    case SHEQU_FIELD_TIME:
    case SHEQU_FIELD_MOMENT:
    case SHEQU_FIELD_YES_NO:
    case SHEQU_FIELD_CODE:
    case SHEQU_FIELD_PICTURE:
    case SHEQU_FIELD_COMPUTED:
    default:
      return NULL;
    }
}

/**
 * shequ_own_field_can_search:
 * @kind: a kind of field
 *
 * Returns: whether records can be found by such a field
 */
gboolean
shequ_own_field_can_search (ShequFieldKind kind)
{
  return get_search_word (kind) != NULL;
}

/* The codes and labels that stand there, by turns. */
static GPtrArray *
read_codes (GKeyFile *keys, const char *group, const char *key)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = g_key_file_get_string (keys, group, key, NULL);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');

      if (colon == NULL)
        continue;
      *colon = '\0';
      g_ptr_array_add (pairs, g_strdup (g_strstrip (parts[i])));
      g_ptr_array_add (pairs, g_strdup (g_strstrip (colon + 1)));
    }
  return pairs;
}

/* The key in the person's language where it is given, else the plain one. */
static char *
find_codes_key (GKeyFile *keys, const char *group)
{
  g_autofree char *language = g_key_file_get_locale_for_key (keys, group, "Codes", NULL);

  return language != NULL ? g_strdup_printf ("Codes[%s]", language) : g_strdup ("Codes");
}

static char **
read_labels (GKeyFile *keys, const char *group)
{
  g_autofree char *key = find_codes_key (keys, group);
  g_autoptr (GPtrArray) pairs = read_codes (keys, group, key);
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 1; i < pairs->len; i += 2)
    g_ptr_array_add (labels, g_strdup (pairs->pdata[i]));
  g_ptr_array_add (labels, NULL);
  return (char **) g_ptr_array_steal (labels, NULL);
}

/**
 * shequ_own_field_read:
 * @keys: a description
 * @name: the name of one of its fields
 *
 * Returns: (transfer full): what it says of the field
 */
ShequOwnField *
shequ_own_field_read (GKeyFile *keys, const char *name)
{
  ShequOwnField *field = shequ_own_field_new ();
  g_autofree char *group = g_strconcat (FIELD_WORD, name, NULL);
  g_autofree char *kind = g_key_file_get_string (keys, group, "Kind", NULL);
  g_autofree char *search = g_key_file_get_string (keys, group, "Search", NULL);

  field->name = g_strdup (name);
  field->kind = read_kind (kind);
  field->label = g_key_file_get_locale_string (keys, group, "Label", NULL, NULL);
  field->to = g_key_file_get_string (keys, group, "To", NULL);
  field->group = g_key_file_get_string (keys, group, "Group", NULL);
  field->help = g_key_file_get_locale_string (keys, group, "Help", NULL, NULL);
  field->unit = g_key_file_get_locale_string (keys, group, "Unit", NULL, NULL);
  if (field->kind == SHEQU_FIELD_CODE)
    field->labels = read_labels (keys, group);
  field->required = g_key_file_get_boolean (keys, group, "Required", NULL);
  field->sensitive = g_key_file_get_integer (keys, group, "Sensitivity", NULL) >= 2;
  field->listed = g_key_file_get_boolean (keys, group, "Listed", NULL);
  field->retired = g_key_file_get_boolean (keys, group, "Hidden", NULL);
  field->searched = search != NULL && !g_str_equal (search, "none");
  return field;
}

static void
remove_key (GKeyFile *keys, const char *group, const char *key)
{
  g_auto (GStrv) names = g_key_file_get_keys (keys, group, NULL, NULL);
  g_autofree char *translated = g_strconcat (key, "[", NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], key) || g_str_has_prefix (names[i], translated))
      g_key_file_remove_key (keys, group, names[i], NULL);
}

/* What a person types is in that person's language, and then the only one. */
static void
set_text (GKeyFile *keys, const char *group, const char *key, const char *text)
{
  g_autofree char *old = g_key_file_get_locale_string (keys, group, key, NULL, NULL);
  g_autofree char *clean = g_strstrip (g_strdelimit (g_strdup (text != NULL ? text : ""), "\r\n\t", ' '));

  if (g_strcmp0 (old, clean) == 0)
    return;
  remove_key (keys, group, key);
  if (*clean != '\0')
    g_key_file_set_string (keys, group, key, clean);
}

static void
set_flag (GKeyFile *keys, const char *group, const char *key, gboolean value)
{
  if (value)
    g_key_file_set_boolean (keys, group, key, TRUE);
  else
    g_key_file_remove_key (keys, group, key, NULL);
}

static gboolean
find_label (const GPtrArray *pairs, const char *label, guint *index)
{
  for (guint i = 1; i < pairs->len; i += 2)
    if (g_str_equal (pairs->pdata[i], label))
      {
        *index = i - 1;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_used (const GPtrArray *pairs, const GPtrArray *codes, const char *code)
{
  for (guint i = 0; i < pairs->len; i += 2)
    if (g_str_equal (pairs->pdata[i], code))
      return TRUE;
  for (guint i = 0; i < codes->len; i++)
    if (g_strcmp0 (codes->pdata[i], code) == 0)
      return TRUE;
  return FALSE;
}

static char *
make_code (const GPtrArray *pairs, const GPtrArray *codes)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *code = g_strdup_printf ("c%u", number);

      if (!is_used (pairs, codes, code))
        return g_steal_pointer (&code);
    }
}

/* A label that stays keeps its code; one in the place of a label that is gone is its new wording. */
static GPtrArray *
match_codes (const GPtrArray *pairs, char **labels)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  guint index;

  for (guint i = 0; labels[i] != NULL; i++)
    g_ptr_array_add (codes, find_label (pairs, labels[i], &index) ? g_strdup (pairs->pdata[index]) : NULL);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      const char *old = 2 * i + 1 < pairs->len ? pairs->pdata[2 * i + 1] : NULL;

      if (codes->pdata[i] != NULL)
        continue;
      if (old != NULL && !g_strv_contains ((const char *const *) labels, old))
        codes->pdata[i] = g_strdup (pairs->pdata[2 * i]);
      else
        codes->pdata[i] = make_code (pairs, codes);
    }
  return codes;
}

static void
write_codes (const ShequOwnField *field, GKeyFile *keys, const char *group)
{
  g_autofree char *key = find_codes_key (keys, group);
  g_autoptr (GPtrArray) pairs = read_codes (keys, group, key);
  g_autoptr (GPtrArray) codes = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) clean = g_strdupv (field->labels);

  for (guint i = 0; clean[i] != NULL; i++)
    g_strdelimit (clean[i], ";\r\n", ' ');
  codes = match_codes (pairs, clean);
  for (guint i = 0; clean[i] != NULL; i++)
    g_string_append_printf (text, "%s%s:%s", i > 0 ? ";" : "", (const char *) codes->pdata[i], clean[i]);
  remove_key (keys, group, "Codes");
  g_key_file_set_string (keys, group, "Codes", text->str);
}

/* A sensitivity that somebody wrote by hand is kept as long as it agrees. */
static void
write_sensitivity (const ShequOwnField *field, GKeyFile *keys, const char *group)
{
  if ((g_key_file_get_integer (keys, group, "Sensitivity", NULL) >= 2) == field->sensitive)
    return;
  if (field->sensitive)
    g_key_file_set_string (keys, group, "Sensitivity", SENSITIVE);
  else
    g_key_file_remove_key (keys, group, "Sensitivity", NULL);
}

static void
write_search (const ShequOwnField *field, GKeyFile *keys, const char *group)
{
  g_autofree char *old = g_key_file_get_string (keys, group, "Search", NULL);
  const char *word = get_search_word (field->kind);
  gboolean was = old != NULL && !g_str_equal (old, "none");

  if (!field->searched || field->retired || word == NULL)
    g_key_file_remove_key (keys, group, "Search", NULL);
  else if (!was)
    g_key_file_set_string (keys, group, "Search", word);
}

/**
 * shequ_own_field_write:
 * @field: a field with a name
 * @keys: the description that it belongs to
 *
 * Puts the field into the description, in place of one of this name. What it does not speak of stays.
 */
void
shequ_own_field_write (const ShequOwnField *field, GKeyFile *keys)
{
  g_autofree char *group = g_strconcat (FIELD_WORD, field->name, NULL);

  g_key_file_set_string (keys, group, "Kind", shequ_field_kind_get_name (field->kind));
  set_text (keys, group, "Label", field->label);
  set_text (keys, group, "Help", field->help);
  if (field->kind == SHEQU_FIELD_INTEGER || field->kind == SHEQU_FIELD_COMPUTED)
    set_text (keys, group, "Unit", field->unit);
  else
    remove_key (keys, group, "Unit");
  if (field->kind == SHEQU_FIELD_LINK && field->to != NULL)
    g_key_file_set_string (keys, group, "To", field->to);
  else
    g_key_file_remove_key (keys, group, "To", NULL);
  if (field->group != NULL)
    g_key_file_set_string (keys, group, "Group", field->group);
  else
    g_key_file_remove_key (keys, group, "Group", NULL);
  if (field->kind != SHEQU_FIELD_CODE)
    remove_key (keys, group, "Codes");
  else if (field->labels != NULL && !g_key_file_has_key (keys, group, "CodeList", NULL))
    write_codes (field, keys, group);
  set_flag (keys, group, "Required", field->required && !field->retired);
  set_flag (keys, group, "Listed", field->listed && !field->retired);
  set_flag (keys, group, "Hidden", field->retired);
  write_sensitivity (field, keys, group);
  write_search (field, keys, group);
}

/**
 * shequ_own_field_list:
 * @keys: a description
 *
 * Returns: (transfer full): the names of its fields
 */
char **
shequ_own_field_list (GKeyFile *keys)
{
  g_auto (GStrv) groups = g_key_file_get_groups (keys, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], FIELD_WORD))
      g_ptr_array_add (names, g_strdup (groups[i] + strlen (FIELD_WORD)));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

/**
 * shequ_own_text_load:
 * @text: a description
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its keys, to be changed and written again
 */
GKeyFile *
shequ_own_text_load (const char *text, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();

  if (!g_key_file_load_from_data (keys, text, -1, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS,
                                  error))
    return NULL;
  return g_steal_pointer (&keys);
}

static const char *
get_level_word (ShequLevel level)
{
  static const char *const words[] = {
    [SHEQU_LEVEL_NONE] = "none",
    [SHEQU_LEVEL_DISTRICT] = "district",
    [SHEQU_LEVEL_STREET] = "street",
    [SHEQU_LEVEL_COMMUNITY] = "community",
  };

  return words[level];
}

/**
 * shequ_own_text_new_register:
 * @name: its name
 * @label: what it is called
 * @level: the units whose records it holds
 *
 * Returns: (transfer full): the description of a register with a name and a remark
 */
char *
shequ_own_text_new_register (const char *name, const char *label, ShequLevel level)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  ShequOwnField title = { .name = (char *) "name", .label = (char *) _ ("What it is"), .required = TRUE };
  ShequOwnField note = { .name = (char *) "note",
                         .label = (char *) _ ("Remarks"),
                         .kind = SHEQU_FIELD_LONG_TEXT };

  title.listed = TRUE;
  g_key_file_set_string (keys, REGISTER_GROUP, "Name", name);
  set_text (keys, REGISTER_GROUP, "Label", label);
  g_key_file_set_string (keys, REGISTER_GROUP, "Page", "registers");
  g_key_file_set_string (keys, REGISTER_GROUP, "Title", "{name}");
  g_key_file_set_string (keys, REGISTER_GROUP, "Unit", get_level_word (level));
  shequ_own_field_write (&title, keys);
  g_key_file_set_string (keys, FIELD_WORD "name", "Search", "pinyin");
  shequ_own_field_write (&note, keys);
  return g_key_file_to_data (keys, NULL, NULL);
}

/**
 * shequ_own_text_new_extension:
 * @reg: the name of a register
 *
 * Returns: (transfer full): a description that adds nothing to it yet
 */
char *
shequ_own_text_new_extension (const char *reg)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();

  g_key_file_set_string (keys, REGISTER_GROUP, "Name", reg);
  g_key_file_set_boolean (keys, REGISTER_GROUP, "Extends", TRUE);
  return g_key_file_to_data (keys, NULL, NULL);
}

static void
append_letters (GString *name, const char *text)
{
  for (; *text != '\0'; text++)
    {
      char letter = g_ascii_tolower (*text);

      if (g_ascii_isalnum (letter) && name->len < LONGEST_NAME)
        g_string_append_c (name, letter);
    }
}

/**
 * shequ_own_name_make:
 * @pinyin: reads Chinese
 * @label: what a person calls it
 * @prefix: with what the name begins; it may be empty
 * @taken: (element-type utf8): names that are given already, as keys
 *
 * Makes a name of small letters, digits and `_` out of a label, by its pinyin.
 *
 * Returns: (transfer full): a name that is not in @taken
 */
char *
shequ_own_name_make (ShequPinyin *pinyin, const char *label, const char *prefix, GHashTable *taken)
{
  g_autoptr (GString) name = g_string_new (prefix);
  g_autofree char *first = NULL;
  ShequPinyinName parts;

  shequ_pinyin_analyse (pinyin, label, &parts);
  for (guint i = 0; i < parts.count; i++)
    append_letters (name,
                    parts.parts[i].reading_count > 0 ? parts.parts[i].readings[0] : parts.parts[i].text);
  if (!shequ_name_is_valid (name->str) || name->len == strlen (prefix))
    {
      g_string_assign (name, prefix);
      g_string_append (name, "field");
    }
  first = g_strdup (name->str);
  for (guint number = 2; g_hash_table_contains (taken, name->str); number++)
    g_string_printf (name, "%s%u", first, number);
  return g_string_free (g_steal_pointer (&name), FALSE);
}
