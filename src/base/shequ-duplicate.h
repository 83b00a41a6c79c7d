#pragma once

#include "shequ-pinyin.h"

G_BEGIN_DECLS

typedef struct _ShequDuplicateRules ShequDuplicateRules;

/* What speaks for two records being one person, and against it; the order of the file and of the words. */
typedef enum
{
  SHEQU_DUPLICATE_SAME_ID,
  SHEQU_DUPLICATE_TURNED_ID, /* two digits exchanged, or one of them wrong */
  SHEQU_DUPLICATE_OTHER_ID,
  SHEQU_DUPLICATE_SAME_NAME,
  SHEQU_DUPLICATE_FORMER_NAME,
  SHEQU_DUPLICATE_SOUNDS_ALIKE,
  SHEQU_DUPLICATE_LOOKS_ALIKE,
  SHEQU_DUPLICATE_SAME_BIRTH,
  SHEQU_DUPLICATE_TURNED_BIRTH,
  SHEQU_DUPLICATE_OTHER_BIRTH,
  SHEQU_DUPLICATE_SAME_HOUSEHOLD,
  SHEQU_DUPLICATE_SAME_ADDRESS,
  SHEQU_DUPLICATE_SAME_PHONE,
  SHEQU_DUPLICATE_TURNED_PHONE,
  SHEQU_DUPLICATE_OTHER_SEX,
  SHEQU_DUPLICATE_N_REASONS,
} ShequDuplicateReason;

/**
 * ShequDuplicatePerson:
 * @address: 0, or what tells one dwelling from another
 *
 * What of a person is compared. Keys are made by shequ_duplicate_rules_prepare().
 */
typedef struct
{
  gint64 key;
  gint64 household; /* 0 for none */
  guint64 address;
  char *name;
  char *former_name; /* (nullable) */
  char *id_number;   /* (nullable) */
  char *birth_date;  /* (nullable) */
  char *phone;       /* (nullable) */
  char sex;          /* the code, NUL for none */
  guint32 sound;
  guint32 look;
  guint32 former_sound;
} ShequDuplicatePerson;

void shequ_duplicate_person_clear (ShequDuplicatePerson *person);

ShequDuplicateRules *shequ_duplicate_rules_load (const char *path, ShequPinyin *pinyin, GError **error);
ShequDuplicateRules *shequ_duplicate_rules_new (const char *name,
                                                const char *text,
                                                ShequPinyin *pinyin,
                                                GError **error);
void shequ_duplicate_rules_free (ShequDuplicateRules *rules);
int shequ_duplicate_rules_get_candidate (const ShequDuplicateRules *rules);
int shequ_duplicate_rules_get_certain (const ShequDuplicateRules *rules);

guint64 shequ_duplicate_get_address (const char *address);
void shequ_duplicate_rules_prepare (const ShequDuplicateRules *rules, ShequDuplicatePerson *person);
guint shequ_duplicate_list_blocks (const ShequDuplicatePerson *person, guint64 *blocks);
int shequ_duplicate_score (const ShequDuplicateRules *rules,
                           const ShequDuplicatePerson *one,
                           const ShequDuplicatePerson *other,
                           guint *reasons);
const char *shequ_duplicate_reason_get_name (ShequDuplicateReason reason);
char *shequ_duplicate_describe (guint reasons);

/* The most blocks that a person stands in. */
#define SHEQU_DUPLICATE_MOST_BLOCKS 24

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDuplicateRules, shequ_duplicate_rules_free)

G_END_DECLS
