#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequPaperForm:
 * @kind: as `decision`
 * @title: the title of the paper
 * @series: the word before the year of its number; empty for a paper without a number
 * @addressee: to whom; may have blanks
 * @text: its paragraphs, one a line; with blanks as `{title}`
 * @receipt: whether it is signed for
 */
typedef struct
{
  char *kind;
  char *title;
  char *series;
  char *addressee;
  char *text;
  gboolean receipt;
} ShequPaperForm;

typedef struct _ShequPaperForms ShequPaperForms;

ShequPaperForms *shequ_paper_forms_load (const char *path, GError **error);
ShequPaperForms *shequ_paper_forms_new (const char *name, const char *text, GError **error);
void shequ_paper_forms_free (ShequPaperForms *forms);
const GPtrArray *shequ_paper_forms_get (ShequPaperForms *forms);
const ShequPaperForm *shequ_paper_forms_find (ShequPaperForms *forms, const char *kind);

void shequ_paper_form_clear (ShequPaperForm *form);
char *shequ_paper_form_fill (const char *text, GHashTable *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequPaperForms, shequ_paper_forms_free)

G_END_DECLS
