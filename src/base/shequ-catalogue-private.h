#pragma once

#include "shequ-catalogue.h"
#include "shequ-row.h"

G_BEGIN_DECLS

/* A description as it was added. */
typedef struct
{
  char *file;
  GBytes *text; /* ends with a zero byte behind it */
} ShequSource;

/* What a group of a description is about. */
typedef enum
{
  SHEQU_SECTION_REGISTER,
  SHEQU_SECTION_GROUP,
  SHEQU_SECTION_FIELD,
  SHEQU_SECTION_LIST,
  SHEQU_SECTION_REMINDER,
  SHEQU_SECTION_CHECK,
  SHEQU_SECTION_PAPER,
  SHEQU_N_SECTIONS,
} ShequSection;

/* How the text of a key is read. */
typedef enum
{
  SHEQU_KEY_NAME,      /* a word of small letters, digits and _ */
  SHEQU_KEY_TEXT,      /* text */
  SHEQU_KEY_LABEL,     /* text in the person's language, `Key[zh_CN]=` */
  SHEQU_KEY_TEXTS,     /* texts separated by `;` */
  SHEQU_KEY_YES_NO,    /* true or false */
  SHEQU_KEY_NUMBER,    /* a whole number */
  SHEQU_KEY_CHOICE,    /* one of a few words */
  SHEQU_KEY_CONDITION, /* as shequ_condition_parse() reads it */
  SHEQU_KEY_CODES,     /* code:label;code:label in the person's language */
} ShequKeyType;

/**
 * ShequKey:
 * @section: where it may stand
 * @name: the key
 * @type: how it is read
 * @required: whether the group is wrong without it
 * @offset: where in the described thing the value goes
 * @kinds: (nullable): the field kinds it fits, separated by blanks; %NULL for all
 * @choices: (nullable): for a choice: the words in the order of their enumeration
 * @text: what it says, for docs/catalogue.md
 */
typedef struct
{
  ShequSection section;
  const char *name;
  ShequKeyType type;
  gboolean required;
  gsize offset;
  const char *kinds;
  const char *const *choices;
  const char *text;
} ShequKey;

const ShequKey *shequ_key_lookup (ShequSection section, const char *name);
const ShequKey *shequ_keys_get_all (guint *n_keys);
const char *shequ_section_get_name (ShequSection section);
gboolean shequ_key_fits_kind (const ShequKey *key, ShequFieldKind kind);
gboolean shequ_name_is_valid (const char *name);

GPtrArray *shequ_catalogue_get_sources (const ShequCatalogue *catalogue);
gboolean shequ_catalogue_add_register (ShequCatalogue *catalogue, ShequRegister *reg, GError **error);
gboolean shequ_register_merge (ShequRegister *reg, ShequRegister *extension, GError **error);
const char *shequ_register_get_origin (const ShequRegister *reg, const char *group);

ShequRegister *shequ_register_load (const char *file, const char *text, GError **error);
gboolean shequ_register_link (ShequRegister *reg,
                              ShequCatalogue *catalogue,
                              GHashTable *code_lists,
                              GError **error);
gboolean shequ_register_resolve (ShequRegister *reg, ShequCatalogue *catalogue, GError **error);
gboolean shequ_catalogue_check_titles (const GPtrArray *registers, GError **error);
ShequRegister *shequ_register_new (const char *file);
void shequ_register_free (ShequRegister *reg);
ShequField *shequ_field_new (ShequRegister *owner, const char *name);
void shequ_field_free (ShequField *field);
void shequ_reminder_free (ShequReminder *reminder);
void shequ_record_paper_free (ShequRecordPaper *paper);
void shequ_check_free (ShequCheck *check);
gboolean shequ_check_parse (ShequCheck *check, GError **error);
gboolean shequ_check_bind (ShequCheck *check, const ShequRegister *reg, GError **error);
void shequ_check_row (const ShequCheck *check, const ShequRow *row, GPtrArray *issues);
void shequ_group_free (ShequGroup *group);

ShequCompute *shequ_compute_parse (const char *text, GError **error);
void shequ_compute_free (ShequCompute *compute);

ShequCodeList *shequ_code_list_new (const char *name);
void shequ_code_list_free (ShequCodeList *list);
ShequCode *shequ_code_list_add (ShequCodeList *list, const char *code, const char *label);
void shequ_code_list_add_spelling (ShequCodeList *list, const char *spelling, ShequCode *code);
ShequCodeList *shequ_code_list_load (const char *name, GError **error);

gboolean shequ_catalogue_set_wrong (const char *file,
                                    const char *group,
                                    const char *key,
                                    GError **error,
                                    const char *format,
                                    ...) G_GNUC_PRINTF (5, 6);

G_END_DECLS
