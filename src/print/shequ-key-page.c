/* The recovery key on paper, for the safe. */
#include "shequ-key-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-notice-page.h"

/**
 * shequ_key_document_new:
 * @office: whose key it is
 * @id: the number of the key, which also stands in each backup
 * @key: the key as it is typed
 * @date: when it is printed, as a person reads it
 * @error: return location
 *
 * Returns: (transfer full): one sheet with the key and what it is for
 */
ShequDocument *
shequ_key_document_new (const char *office, const char *id, const char *key, const char *date, GError **error)
{
  g_autofree char *number = g_strdup_printf (_ ("Key %s"), id);
  const char *paragraphs[] = {
    _ ("This key opens the backups of the office. Whoever has it and a backup can read everything in it; "
       "whoever has a "
       "backup without it can read nothing, and nobody can make the key again."),
    key,
    _ ("Keep this sheet in the safe of the office, apart from the backups. Do not copy it, photograph it or "
       "send it."),
    _ ("To restore: write the key into a file, then “shequ-cli --database=PATH --password-file=FILE restore "
       "BACKUP”. "
       "Small letters and missing dashes do not matter."),
    NULL,
  };
  ShequNotice notice = {
    .title = _ ("Recovery key"),
    .number = number,
    .paragraphs = paragraphs,
    .office = office,
    .date = date,
  };

  return shequ_notice_document_new (&notice, error);
}
