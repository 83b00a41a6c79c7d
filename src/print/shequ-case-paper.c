/* A paper of admission as it was written, ready to be printed. */
#include "shequ-case-paper.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-date.h"
#include "shequ-notice-page.h"

/**
 * shequ_case_paper_document_new:
 * @paper: a record of `admission_paper` or `office_paper`
 * @error: return location
 *
 * Returns: (transfer full): sheets of A4 with the text as it was stored, or %NULL with
 * %SHEQU_ERROR_INVALID_VALUE when a paragraph is longer than a page
 */
ShequDocument *
shequ_case_paper_document_new (const ShequRow *paper, GError **error)
{
  const char *day = shequ_row_get_text (paper, "day");
  const char *body = shequ_row_get_text (paper, "body");
  const char *contact = shequ_row_get_text (paper, "contact");
  g_auto (GStrv) paragraphs = g_strsplit (body != NULL ? body : "", "\n", -1);
  g_autofree char *date = NULL, *handler = NULL;
  ShequNotice notice = {
    .title = shequ_row_get_text (paper, "title"),
    .number = shequ_row_get_text (paper, "number"),
    .addressee = shequ_row_get_text (paper, "addressee"),
    .paragraphs = (const char *const *) paragraphs,
    .office = shequ_row_get_text (paper, "signed_by"),
    .receipt = shequ_row_get_integer (paper, "receipt") != 0,
  };
  ShequDate on;

  if (day != NULL && shequ_date_from_iso (day, &on))
    date = shequ_date_format_chinese (&on);
  notice.date = date != NULL ? date : "";
  notice.office = notice.office != NULL ? notice.office : "";
  if (contact != NULL)
    handler = g_strdup_printf (_ ("Handled by: %s"), contact);
  notice.contact = handler;
  return shequ_notice_document_new (&notice, error);
}
