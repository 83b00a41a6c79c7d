#pragma once

#include "shequ-date.h"

G_BEGIN_DECLS

/**
 * ShequPushedNote:
 * @title: (nullable): what is to be done
 * @who: (nullable): who told it
 * @how: a code of the field `told_how`, as `chat`
 * @day: (nullable): the day that stands in it, as `2026-11-20`
 * @basis: (nullable): the laws and numbers of papers that it names
 * @category: a code of the field `category`, as `ledger`
 * @role: a code of the field `role`
 *
 * What a pasted message, a notice or the note of a call says about a task.
 */
typedef struct
{
  char *title;
  char *who;
  const char *how;
  char *day;
  char *basis;
  const char *category;
  const char *role;
} ShequPushedNote;

ShequPushedNote *shequ_pushed_note_read (const char *text, const ShequDate *today);
void shequ_pushed_note_free (ShequPushedNote *note);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequPushedNote, shequ_pushed_note_free)

G_END_DECLS
