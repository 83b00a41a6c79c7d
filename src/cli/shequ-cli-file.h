#pragma once

#include "shequ-cli.h"

G_BEGIN_DECLS

/**
 * ShequCliFile:
 * @path: where to write
 * @format: what to write: `pdf`, `svg`, `png`, `csv` or `xlsx`
 * @to_output: whether it goes to standard output in the end
 *
 * A file that a command writes; `-` is written to a file of its own first, because pages and spreadsheets are
 * not written from front to back.
 */
typedef struct
{
  char *path;
  char *format;
  gboolean to_output;
} ShequCliFile;

ShequCliFile *shequ_cli_file_new (ShequCli *cli, const char *name, const char *formats, GError **error);
gboolean shequ_cli_file_check (const ShequCliFile *file, GError **error);
gboolean shequ_cli_file_finish (ShequCliFile *file, GError **error);
void shequ_cli_file_free (ShequCliFile *file);
GBytes *shequ_cli_read_input (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCliFile, shequ_cli_file_free)

G_END_DECLS
