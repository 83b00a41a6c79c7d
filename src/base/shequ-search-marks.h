#pragma once

#include "shequ-pinyin.h"

G_BEGIN_DECLS

typedef struct _ShequSearchMarks ShequSearchMarks;

/* A part of a text that was typed: bytes from `start` up to `end`. */
typedef struct
{
  guint start;
  guint end;
} ShequSearchMark;

ShequSearchMarks *shequ_search_marks_new (const char *typed, ShequPinyin *pinyin);
void shequ_search_marks_free (ShequSearchMarks *marks);
GArray *shequ_search_marks_find (const ShequSearchMarks *marks, const char *text, gboolean is_name);
double shequ_search_marks_score (const ShequSearchMarks *marks, const char *title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSearchMarks, shequ_search_marks_free)

G_END_DECLS
