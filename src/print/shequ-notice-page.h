#pragma once

#include "shequ-document.h"

G_BEGIN_DECLS

/**
 * ShequNotice:
 * @title: the title, as "不予出具证明告知书"
 * @number: (nullable): its number
 * @addressee: (nullable): to whom
 * @paragraphs: (array zero-terminated=1): the text
 * @office: who signs
 * @date: as 2026年1月5日
 * @contact: (nullable): handler and telephone, one line
 * @receipt: whether a line for the receiver's signature stands at the foot
 *
 * A notice, ready for paper; nothing of it is taken over.
 */
typedef struct
{
  const char *title;
  const char *number;
  const char *addressee;
  const char *const *paragraphs;
  const char *office;
  const char *date;
  const char *contact;
  gboolean receipt;
} ShequNotice;

ShequDocument *shequ_notice_document_new (const ShequNotice *notice, GError **error);

G_END_DECLS
