/* Reads the text of one description into a register, by the table of keys and nothing else. What needs
 * other registers is left to shequ-catalogue-resolver.c. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-catalogue-private.h"
#include "shequ-error.h"
#include "shequ-field-kind.h"

#define DEFAULT_TEXT_LENGTH 200
#define DEFAULT_LONG_TEXT_LENGTH 5000
#define FEN_PER_YUAN 100
#define UNIT_FIELD "unit"

typedef struct
{
  const char *file;
  GKeyFile *keys;
  ShequRegister *reg;
} Loader;

static const char *const reserved_names[] = {
  "key", "version", "uuid", "deleted", "deleted_at", "rowid", NULL
};

/**
 * shequ_name_is_valid:
 * @name: a name of a register, a field, a group or a list
 *
 * Returns: whether it is a word of small letters, digits and `_`
 */
gboolean
shequ_name_is_valid (const char *name)
{
  gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_");

  return g_ascii_islower (name[0]) && name[length] == '\0' && length <= 40;
}

/* The word before @end, or of a key what stands before the first `=`; in @room, without blanks around it. */
static const char *
copy_word (GString *room, const char *from, const char *end)
{
  g_string_truncate (room, 0);
  g_string_append_len (room, from, end - from);
  return g_strstrip (room->str);
}

/* GKeyFile joins groups of one name and takes the last of equal keys; for us both are mistakes. */
static gboolean
check_repeats (const char *file, const char *text, GError **error)
{
  g_autoptr (GStringChunk) words = g_string_chunk_new (1024);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal); /* keys of this group */
  g_autoptr (GString) room = g_string_new (NULL);
  const char *group = "";
  guint number = 0;

  for (const char *line = text, *next; line != NULL; line = next)
    {
      const char *stop = strchr (line, '\n');
      gsize length = stop != NULL ? (gsize) (stop - line) : strlen (line);
      const char *end;
      const char *word;

      next = stop != NULL ? stop + 1 : NULL;
      number++;
      while (length > 0 && g_ascii_isspace (*line))
        line++, length--;
      end = length > 0 && *line != '#' ? memchr (line, *line == '[' ? ']' : '=', length) : NULL;
      if (end == NULL)
        continue;
      if (*line == '[')
        {
          group = g_string_chunk_insert_len (words, line + 1, end - line - 1);
          g_hash_table_remove_all (seen);
          if (!g_hash_table_add (groups, (gpointer) group))
            return shequ_catalogue_set_wrong (file, group, NULL, error, _ ("it stands there twice (line %u)"),
                                              number);
          continue;
        }
      word = g_string_chunk_insert (words, copy_word (room, line, end));
      if (!g_hash_table_add (seen, (gpointer) word))
        return shequ_catalogue_set_wrong (file, group, word, error, _ ("it stands there twice (line %u)"),
                                          number);
    }
  return TRUE;
}

/* Splits `Label[zh_CN]`; the language may be missing. */
static char *
split_language (const char *key, char **language)
{
  const char *open = strchr (key, '[');

  *language = NULL;
  if (open == NULL)
    return g_strdup (key);
  *language = g_strndup (open + 1, strcspn (open + 1, "]"));
  return g_strndup (key, open - key);
}

static gboolean
read_choice (const Loader *loader,
             const char *group,
             const ShequKey *key,
             const char *text,
             int *out,
             GError **error)
{
  for (guint i = 0; key->choices[i] != NULL; i++)
    if (g_str_equal (key->choices[i], text))
      {
        *out = i;
        return TRUE;
      }
  {
    g_autofree char *choices = g_strjoinv (", ", (char **) key->choices);

    return shequ_catalogue_set_wrong (loader->file, group, key->name, error, _ ("“%s” is none of %s"), text,
                                      choices);
  }
}

static gboolean
read_condition (const Loader *loader,
                const char *group,
                const ShequKey *key,
                const char *text,
                ShequCondition **out,
                GError **error)
{
  g_autoptr (GError) local = NULL;

  *out = shequ_condition_parse (text, &local);
  return *out != NULL ||
         shequ_catalogue_set_wrong (loader->file, group, key->name, error, "%s", local->message);
}

/* The codes of one language: each `code:label`. */
static gboolean
split_codes (const Loader *loader, const char *group, const char *key, GPtrArray *pairs, GError **error)
{
  g_autofree char *text = g_key_file_get_string (loader->keys, group, key, NULL);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');

      if (*g_strstrip (parts[i]) == '\0')
        continue;
      if (colon == NULL || colon == parts[i] || colon[1] == '\0')
        return shequ_catalogue_set_wrong (loader->file, group, key, error,
                                          _ ("“%s” is not a code, a colon and its label"), parts[i]);
      *colon = '\0';
      g_ptr_array_add (pairs, g_strdup (parts[i]));
      g_ptr_array_add (pairs, g_strdup (colon + 1));
    }
  return pairs->len > 0 ||
         shequ_catalogue_set_wrong (loader->file, group, key, error, _ ("there are no codes in it"));
}

static gboolean
read_codes (const Loader *loader, const char *group, ShequField *field, GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = g_strdup_printf ("%s.%s", loader->reg->name, field->name);

  if (!split_codes (loader, group, "Codes", pairs, error))
    return FALSE;
  field->codes = shequ_code_list_new (name);
  for (guint i = 0; i < pairs->len; i += 2)
    {
      if (shequ_code_list_lookup (field->codes, pairs->pdata[i]) != NULL)
        return shequ_catalogue_set_wrong (loader->file, group, "Codes", error,
                                          _ ("the code “%s” stands there twice"), (char *) pairs->pdata[i]);
      shequ_code_list_add (field->codes, pairs->pdata[i], pairs->pdata[i + 1]);
    }
  return TRUE;
}

/* Labels of a language: spellings of the same codes, and what is shown when it is the person's. */
static gboolean
read_translated_codes (const Loader *loader,
                       const char *group,
                       const char *key,
                       ShequField *field,
                       GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *language = NULL;
  g_autofree char *name = split_language (key, &language);
  g_autofree char *current = g_key_file_get_locale_for_key (loader->keys, group, name, NULL);

  if (!split_codes (loader, group, key, pairs, error))
    return FALSE;
  if (pairs->len / 2 != field->codes->codes->len)
    return shequ_catalogue_set_wrong (loader->file, group, key, error,
                                      _ ("it must name the same codes as Codes"));
  for (guint i = 0; i < pairs->len; i += 2)
    {
      ShequCode *code = (ShequCode *) shequ_code_list_lookup (field->codes, pairs->pdata[i]);

      if (code == NULL)
        return shequ_catalogue_set_wrong (loader->file, group, key, error,
                                          _ ("the code “%s” is not in Codes"), (char *) pairs->pdata[i]);
      shequ_code_list_add_spelling (field->codes, pairs->pdata[i + 1], code);
      if (g_strcmp0 (language, current) == 0)
        {
          g_free (code->label);
          code->label = g_strdup (pairs->pdata[i + 1]);
        }
    }
  return TRUE;
}

static gboolean
read_value (const Loader *loader, const char *group, const ShequKey *key, gpointer thing, GError **error)
{
  g_autofree char *text = g_key_file_get_string (loader->keys, group, key->name, NULL);
  gpointer place = (char *) thing + key->offset;

  if (text == NULL || *g_strstrip (text) == '\0')
    return shequ_catalogue_set_wrong (loader->file, group, key->name, error,
                                      _ ("there is nothing behind it"));
  switch (key->type)
    {
    case SHEQU_KEY_NAME:
      if (!shequ_name_is_valid (text))
        return shequ_catalogue_set_wrong (loader->file, group, key->name, error,
                                          _ ("“%s” is no word of small letters, digits and _"), text);
      *(char **) place = g_steal_pointer (&text);
      return TRUE;
    case SHEQU_KEY_TEXT:
      *(char **) place = g_steal_pointer (&text);
      return TRUE;
    case SHEQU_KEY_LABEL:
      *(char **) place = g_key_file_get_locale_string (loader->keys, group, key->name, NULL, NULL);
      return TRUE;
    case SHEQU_KEY_TEXTS:
      *(char ***) place = g_key_file_get_string_list (loader->keys, group, key->name, NULL, NULL);
      return TRUE;
    case SHEQU_KEY_YES_NO:
      if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
        return shequ_catalogue_set_wrong (loader->file, group, key->name, error,
                                          _ ("“%s” is none of true, false"), text);
      *(gboolean *) place = *text == 't';
      return TRUE;
    case SHEQU_KEY_NUMBER:
      if (!g_ascii_string_to_signed (text, 10, -G_MAXINT32, G_MAXINT32, (gint64 *) place, NULL))
        return shequ_catalogue_set_wrong (loader->file, group, key->name, error,
                                          _ ("“%s” is no whole number"), text);
      return TRUE;
    case SHEQU_KEY_CHOICE:
      return read_choice (loader, group, key, text, place, error);
    case SHEQU_KEY_CONDITION:
      return read_condition (loader, group, key, text, place, error);
    case SHEQU_KEY_CODES:
    default:
      return read_codes (loader, group, thing, error);
    }
}

static gboolean
read_key (const Loader *loader,
          const char *group,
          ShequSection section,
          const char *full,
          gpointer thing,
          GError **error)
{
  g_autofree char *language = NULL;
  g_autofree char *name = split_language (full, &language);
  const ShequKey *key = shequ_key_lookup (section, name);

  if (key == NULL)
    return shequ_catalogue_set_wrong (
      loader->file, group, name, error,
      _ ("there is no such key; docs/catalogue.md lists what a description may say"));
  if (section == SHEQU_SECTION_FIELD && !shequ_key_fits_kind (key, ((ShequField *) thing)->kind))
    return shequ_catalogue_set_wrong (loader->file, group, name, error,
                                      _ ("it says nothing for a field of kind %s"),
                                      shequ_field_kind_get_name (((ShequField *) thing)->kind));
  if (language == NULL)
    return read_value (loader, group, key, thing, error);
  if (key->type != SHEQU_KEY_LABEL && key->type != SHEQU_KEY_CODES)
    return shequ_catalogue_set_wrong (loader->file, group, full, error,
                                      _ ("it is the same in every language"));
  if (!g_key_file_has_key (loader->keys, group, name, NULL))
    return shequ_catalogue_set_wrong (loader->file, group, full, error,
                                      _ ("it needs %s without a language too"), name);
  return key->type == SHEQU_KEY_LABEL || read_translated_codes (loader, group, full, thing, error);
}

/* What an extension adds to says itself what it is called. */
static gboolean
is_extension (const Loader *loader)
{
  return g_key_file_get_boolean (loader->keys, shequ_section_get_name (SHEQU_SECTION_REGISTER), "Extends",
                                 NULL);
}

static gboolean
must_have (const Loader *loader, const ShequKey *key)
{
  return key->required && (key->section != SHEQU_SECTION_REGISTER || !is_extension (loader) ||
                           key->offset == G_STRUCT_OFFSET (ShequRegister, name));
}

static gboolean
read_group (const Loader *loader, const char *group, ShequSection section, gpointer thing, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (loader->keys, group, NULL, NULL);
  guint n_keys;
  const ShequKey *keys = shequ_keys_get_all (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    if (keys[i].section == section && must_have (loader, &keys[i]) &&
        !g_key_file_has_key (loader->keys, group, keys[i].name, NULL))
      return shequ_catalogue_set_wrong (loader->file, group, keys[i].name, error, _ ("it is missing"));
  /* Twice, so that a language may stand before the plain key. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; names[i] != NULL; i++)
      if ((strchr (names[i], '[') != NULL) == (pass == 1) &&
          !read_key (loader, group, section, names[i], thing, error))
        return FALSE;
  return TRUE;
}

/* Labels of all languages are heads of columns too. */
static void
add_labels_to_synonyms (const Loader *loader, const char *group, ShequField *field)
{
  g_auto (GStrv) names = g_key_file_get_keys (loader->keys, group, NULL, NULL);
  g_autoptr (GPtrArray) synonyms = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "Label") || g_str_has_prefix (names[i], "Label["))
      g_ptr_array_add (synonyms, g_key_file_get_string (loader->keys, group, names[i], NULL));
  for (guint i = 0; field->synonyms != NULL && field->synonyms[i] != NULL; i++)
    g_ptr_array_add (synonyms, field->synonyms[i]);
  g_ptr_array_add (synonyms, NULL);
  g_free (field->synonyms);
  field->synonyms = (char **) g_ptr_array_steal (synonyms, NULL);
}

static void
set_limits (const Loader *loader, const char *group, ShequField *field)
{
  gint64 scale = field->kind == SHEQU_FIELD_MONEY ? FEN_PER_YUAN : 1;

  field->has_at_least = g_key_file_has_key (loader->keys, group, "AtLeast", NULL);
  field->has_at_most = g_key_file_has_key (loader->keys, group, "AtMost", NULL);
  field->at_least *= scale;
  field->at_most *= scale;
  if (!field->has_at_most && (field->kind == SHEQU_FIELD_TEXT || field->kind == SHEQU_FIELD_LONG_TEXT))
    {
      field->has_at_most = TRUE;
      field->at_most = field->kind == SHEQU_FIELD_TEXT ? DEFAULT_TEXT_LENGTH : DEFAULT_LONG_TEXT_LENGTH;
    }
}

static gboolean
check_kind_needs (const Loader *loader, const char *group, const ShequField *field, GError **error)
{
  if (field->kind == SHEQU_FIELD_LINK && field->to == NULL)
    return shequ_catalogue_set_wrong (loader->file, group, "To", error, _ ("it is missing"));
  if (field->kind == SHEQU_FIELD_CODE && (field->codes == NULL) == (field->code_list == NULL))
    return shequ_catalogue_set_wrong (loader->file, group, "Codes", error,
                                      _ ("a code needs either Codes or CodeList"));
  if (field->kind == SHEQU_FIELD_COMPUTED && field->compute_text == NULL)
    return shequ_catalogue_set_wrong (loader->file, group, "Compute", error, _ ("it is missing"));
  if (field->kind == SHEQU_FIELD_COMPUTED && (field->required || field->required_when != NULL))
    return shequ_catalogue_set_wrong (loader->file, group, field->required ? "Required" : "RequiredWhen",
                                      error, _ ("a computed field is not filled in by anybody"));
  if (field->has_at_least && field->has_at_most && field->at_least > field->at_most)
    return shequ_catalogue_set_wrong (loader->file, group, "AtLeast", error, _ ("it is greater than AtMost"));
  if (field->search == SHEQU_SEARCH_LINKED && field->kind != SHEQU_FIELD_LINK)
    return shequ_catalogue_set_wrong (loader->file, group, "Search", error,
                                      _ ("only a link is found as linked"));
  if (field->kind == SHEQU_FIELD_LINK && field->search != SHEQU_SEARCH_LINKED &&
      field->search != SHEQU_SEARCH_NONE)
    return shequ_catalogue_set_wrong (loader->file, group, "Search", error,
                                      _ ("a link is found as linked or not at all"));
  return TRUE;
}

static gboolean
load_field (const Loader *loader, const char *group, const char *name, GError **error)
{
  ShequField *field;

  if (g_strv_contains (reserved_names, name) ||
      (loader->reg->level != SHEQU_LEVEL_NONE && g_str_equal (name, UNIT_FIELD)))
    return shequ_catalogue_set_wrong (loader->file, group, NULL, error, _ ("a field may not be called “%s”"),
                                      name);
  field = shequ_field_new (loader->reg, name);
  if (g_key_file_has_key (loader->keys, group, "Kind", NULL) &&
      !read_key (loader, group, SHEQU_SECTION_FIELD, "Kind", field, error))
    return FALSE;
  if (!read_group (loader, group, SHEQU_SECTION_FIELD, field, error))
    return FALSE;
  add_labels_to_synonyms (loader, group, field);
  set_limits (loader, group, field);
  return check_kind_needs (loader, group, field, error);
}

static gboolean
read_rule (const Loader *loader, const char *group, ShequCheck *check, GError **error)
{
  g_autoptr (GError) local = NULL;

  return shequ_check_parse (check, &local) ||
         shequ_catalogue_set_wrong (loader->file, group, "Rule", error, "%s", local->message);
}

static gboolean
load_other (const Loader *loader, const char *group, ShequSection section, const char *name, GError **error)
{
  ShequRegister *reg = loader->reg;

  if (section == SHEQU_SECTION_GROUP)
    {
      ShequGroup *made = g_new0 (ShequGroup, 1);

      made->name = g_strdup (name);
      g_ptr_array_add (reg->groups, made);
      return read_group (loader, group, section, made, error);
    }
  if (section == SHEQU_SECTION_LIST)
    {
      ShequList *made = g_new0 (ShequList, 1);

      made->name = g_strdup (name);
      g_ptr_array_add (reg->lists, made);
      return read_group (loader, group, section, made, error);
    }
  if (section == SHEQU_SECTION_CHECK)
    {
      ShequCheck *made = g_new0 (ShequCheck, 1);

      made->name = g_strdup (name);
      g_ptr_array_add (reg->checks, made);
      return read_group (loader, group, section, made, error) && read_rule (loader, group, made, error);
    }
  if (section == SHEQU_SECTION_PAPER)
    {
      ShequRecordPaper *made = g_new0 (ShequRecordPaper, 1);

      made->form.kind = g_strdup (name);
      g_ptr_array_add (reg->papers, made);
      return read_group (loader, group, section, made, error);
    }
  {
    ShequReminder *made = g_new0 (ShequReminder, 1);

    made->name = g_strdup (name);
    g_ptr_array_add (reg->reminders, made);
    return read_group (loader, group, section, made, error);
  }
}

/* `[Field name]` is a field called name. */
static gboolean
load_group (const Loader *loader, const char *group, GError **error)
{
  const char *blank = strchr (group, ' ');
  g_autofree char *word = blank != NULL ? g_strndup (group, blank - group) : g_strdup (group);

  if (g_str_equal (group, shequ_section_get_name (SHEQU_SECTION_REGISTER)))
    return TRUE;
  for (ShequSection section = SHEQU_SECTION_GROUP; section < SHEQU_N_SECTIONS; section++)
    {
      if (!g_str_equal (word, shequ_section_get_name (section)))
        continue;
      if (blank == NULL || !shequ_name_is_valid (blank + 1))
        return shequ_catalogue_set_wrong (loader->file, group, NULL, error,
                                          _ ("behind “%s” a name of small letters, digits and _ is missing"),
                                          word);
      if (loader->reg->extends && !g_str_has_prefix (blank + 1, SHEQU_OWN_PREFIX))
        return shequ_catalogue_set_wrong (loader->file, group, NULL, error,
                                          _ ("a name that is added to a register begins with own_"));
      return section == SHEQU_SECTION_FIELD ? load_field (loader, group, blank + 1, error)
                                            : load_other (loader, group, section, blank + 1, error);
    }
  return shequ_catalogue_set_wrong (
    loader->file, group, NULL, error,
    _ ("there is no such group; docs/catalogue.md lists what a description may say"));
}

static void
add_unit_field (ShequRegister *reg)
{
  static const char *const synonyms[] = { "Community", "社区",   "所属社区", "社区名称",
                                          "社区(村)",  "居委会", "所在社区", NULL };
  ShequField *field;

  if (reg->level == SHEQU_LEVEL_NONE)
    return;
  field = shequ_field_new (reg, UNIT_FIELD);
  field->kind = SHEQU_FIELD_LINK;
  field->label = g_strdup (reg->level == SHEQU_LEVEL_COMMUNITY ? _ ("Community")
                           : reg->level == SHEQU_LEVEL_STREET  ? _ ("Street")
                                                               : _ ("District"));
  field->to = g_strdup ("org_unit");
  field->on_delete = SHEQU_ON_DELETE_REFUSE;
  if (reg->level == SHEQU_LEVEL_COMMUNITY)
    field->synonyms = g_strdupv ((char **) synonyms);
}

static gboolean
check_extension (const Loader *loader, const char *first, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (loader->keys, first, NULL, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (!g_str_equal (names[i], "Name") && !g_str_equal (names[i], "Extends"))
      return shequ_catalogue_set_wrong (loader->file, first, names[i], error,
                                        _ ("what extends a register says nothing of the register itself"));
  return TRUE;
}

static gboolean
load_groups (Loader *loader, GError **error)
{
  const char *first = shequ_section_get_name (SHEQU_SECTION_REGISTER);
  g_auto (GStrv) groups = g_key_file_get_groups (loader->keys, NULL);

  if (!g_key_file_has_group (loader->keys, first))
    return shequ_catalogue_set_wrong (loader->file, first, NULL, error, _ ("it is missing"));
  if (!read_group (loader, first, SHEQU_SECTION_REGISTER, loader->reg, error) ||
      (loader->reg->extends && !check_extension (loader, first, error)))
    return FALSE;
  for (guint i = 0; groups[i] != NULL; i++)
    if (!load_group (loader, groups[i], error))
      return FALSE;
  if (loader->reg->fields->len == 0 && !loader->reg->extends)
    return shequ_catalogue_set_wrong (loader->file, NULL, NULL, error, _ ("it describes no field"));
  add_unit_field (loader->reg);
  return TRUE;
}

/**
 * shequ_register_load:
 * @file: where the description comes from, for messages
 * @text: the description
 * @error: return location for a %SHEQU_ERROR_CATALOGUE
 *
 * Returns: (transfer full) (nullable): the register, whose links are not tied yet
 */
ShequRegister *
shequ_register_load (const char *file, const char *text, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GError) local = NULL;
  Loader loader = { file, keys, NULL };

  if (!g_utf8_validate (text, -1, NULL))
    {
      shequ_catalogue_set_wrong (file, NULL, NULL, error, _ ("it is not UTF-8 text"));
      return NULL;
    }
  if (!check_repeats (file, text, error))
    return NULL;
  if (!g_key_file_load_from_data (keys, text, -1, G_KEY_FILE_KEEP_TRANSLATIONS, &local))
    {
      shequ_catalogue_set_wrong (file, NULL, NULL, error, "%s", local->message);
      return NULL;
    }
  loader.reg = shequ_register_new (file);
  if (!load_groups (&loader, error))
    g_clear_pointer (&loader.reg, shequ_register_free);
  return loader.reg;
}
