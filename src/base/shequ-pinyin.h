#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHEQU_PINYIN_MOST_PARTS 40
#define SHEQU_PINYIN_MOST_READINGS 6
#define SHEQU_PINYIN_PART_SIZE 32

typedef struct _ShequPinyin ShequPinyin;

/**
 * ShequPinyinPart:
 * @text: the character, or a lower-case word of Latin letters or digits
 * @readings: how it is read, the likeliest first; owned by the #ShequPinyin; none for a word
 *
 * One Chinese character or one word of a name.
 */
typedef struct
{
  char text[SHEQU_PINYIN_PART_SIZE];
  gboolean han;
  guint reading_count;
  const char *readings[SHEQU_PINYIN_MOST_READINGS];
} ShequPinyinPart;

/**
 * ShequPinyinName:
 * @surname_parts: how many parts at the start are the surname; 0 for bodies
 *
 * A name in its parts; a plain struct for the stack.
 */
typedef struct
{
  guint count;
  guint surname_parts;
  ShequPinyinPart parts[SHEQU_PINYIN_MOST_PARTS];
} ShequPinyinName;

ShequPinyin *shequ_pinyin_new (GError **error);
ShequPinyin *shequ_pinyin_ref (ShequPinyin *pinyin);
void shequ_pinyin_unref (ShequPinyin *pinyin);
void shequ_pinyin_prepare (ShequPinyin *pinyin);

void shequ_pinyin_open (ShequPinyin *pinyin);
void shequ_pinyin_analyse (ShequPinyin *pinyin, const char *name, ShequPinyinName *out);
char **shequ_pinyin_get_readings (ShequPinyin *pinyin, const char *name);
char *shequ_pinyin_get_initials (ShequPinyin *pinyin, const char *name);
char *shequ_pinyin_get_sort_key (ShequPinyin *pinyin, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequPinyin, shequ_pinyin_unref)

G_END_DECLS
