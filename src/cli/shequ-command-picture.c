#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-album-book.h"
#include "shequ-building-book.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-query.h"
#include "shequ-date.h"
#include "shequ-error.h"

/* In the order of ShequBuildingColours. */
static const char *const colour_names[SHEQU_N_BUILDING_COLOURS] = { "use", "tags", "visits", "people" };

static gboolean
read_colours (ShequCli *cli, ShequBuildingColours *colours, GError **error)
{
  const char *wanted = shequ_cli_get_option (cli, "by");

  *colours = SHEQU_BUILDING_BY_USE;
  for (guint i = 0; wanted != NULL && i < SHEQU_N_BUILDING_COLOURS; i++)
    if (g_str_equal (colour_names[i], wanted))
      {
        *colours = (ShequBuildingColours) i;
        return TRUE;
      }
  if (wanted != NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                 _ ("“%s” colours no picture. Write --by=use, tags, visits or people"), wanted);
  return wanted == NULL;
}

static gboolean
read_paper (ShequCli *cli, gboolean *a3, GError **error)
{
  const char *wanted = shequ_cli_get_option (cli, "paper");

  *a3 = g_strcmp0 (wanted, "a3") == 0;
  if (wanted == NULL || *a3 || g_str_equal (wanted, "a4"))
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("“%s” is no paper for pictures. Write --paper=a4 or a3"), wanted);
  return FALSE;
}

/* A book where the key is that of an estate, else a single building. */
static ShequDocument *
make_document (ShequCli *cli,
               const char *name,
               gint64 key,
               ShequBuildingBook *book,
               gboolean a3,
               GError **error)
{
  g_autoptr (ShequBuilding) building = NULL;
  g_autoptr (GPtrArray) buildings = NULL;

  if (g_str_equal (name, "building"))
    {
      building = shequ_building_read (cli->office, key, TRUE, cli->cancellable, error);
      if (building == NULL)
        return NULL;
      book->paper = shequ_building_choose_paper (building, a3);
      return shequ_building_sheet_new (book, building);
    }
  buildings = shequ_building_read_estate (cli->office, key, cli->cancellable, error);
  if (buildings == NULL)
    return NULL;
  if (buildings->len == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                   _ ("Estate %s has no buildings. Nothing was written"), shequ_cli_get_argument (cli, 0));
      return NULL;
    }
  book->scope = ((ShequBuilding *) buildings->pdata[0])->estate_title;
  book->paper = a3 ? SHEQU_PAPER_A3_UPRIGHT : SHEQU_PAPER_UPRIGHT;
  return shequ_building_book_new (book, buildings);
}

static void
tell_pages (ShequCli *cli, ShequDocument *document)
{
  guint n_pages = shequ_document_get_n_pages (document);

  shequ_cli_tell (
    cli, g_dngettext (GETTEXT_PACKAGE, "%u page was written.", "%u pages were written.", n_pages), n_pages);
}

static gboolean
write_picture (ShequCli *cli, const char *name, GError **error)
{
  g_autoptr (ShequCliFile) file = shequ_cli_file_new (cli, shequ_cli_get_argument (cli, 1), "pdf", error);
  g_autofree char *today = shequ_office_get_today (cli->office);
  g_autofree char *date = NULL;
  g_autoptr (ShequDocument) document = NULL;
  ShequBuildingBook book = { .title = _ ("Pictures of buildings"),
                             .office = shequ_office_get_name (cli->office) };
  ShequDate day;
  gboolean a3;
  gint64 key;

  if (file == NULL || !shequ_cli_file_check (file, error) || !read_colours (cli, &book.colours, error) ||
      !read_paper (cli, &a3, error) ||
      !shequ_cli_parse_number (shequ_cli_get_argument (cli, 0), "KEY", 1, &key, error))
    return FALSE;
  date = shequ_date_from_iso (today, &day) ? shequ_date_format_chinese (&day) : g_strdup (today);
  book.date = date;
  document = make_document (cli, name, key, &book, a3, error);
  if (document == NULL || !shequ_document_write_pdf (document, file->path, error))
    return FALSE;
  tell_pages (cli, document);
  return shequ_cli_file_finish (file, error);
}

static ShequDocument *
make_album (ShequCli *cli, const ShequRegister *reg, GError **error)
{
  const char *name = shequ_cli_get_option (cli, "list");
  const ShequList *list = shequ_register_get_list (reg, name);
  g_autoptr (ShequQuery) query = shequ_cli_query_new (cli, reg, SHEQU_CLI_WHERE_VALUE, error);
  g_autofree char *today = shequ_office_get_today (cli->office);
  g_autofree char *date = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  ShequAlbumBook book = { .office = shequ_office_get_name (cli->office) };
  ShequDate day;

  if (query == NULL)
    return NULL;
  /* Of a saved list the columns of the first are told. */
  if (list == NULL)
    list = shequ_register_get_list (reg, NULL);
  entries = shequ_album_read (cli->office, query, list, cli->cancellable, error);
  if (entries == NULL)
    return NULL;
  date = shequ_date_from_iso (today, &day) ? shequ_date_format_chinese (&day) : g_strdup (today);
  book.date = date;
  book.title = name != NULL && list->label != NULL ? list->label : reg->label;
  return shequ_album_book_new (&book, entries);
}

/* The records of a list with their pictures, as a booklet. */
gboolean
shequ_command_picture_album (ShequCli *cli, GError **error)
{
  const ShequRegister *reg =
    shequ_office_require_register (cli->office, shequ_cli_get_argument (cli, 0), error);
  g_autoptr (ShequCliFile) file = NULL;
  g_autoptr (ShequDocument) document = NULL;

  if (reg == NULL)
    return FALSE;
  file = shequ_cli_file_new (cli, shequ_cli_get_argument (cli, 1), "pdf", error);
  if (file == NULL || !shequ_cli_file_check (file, error))
    return FALSE;
  document = make_album (cli, reg, error);
  if (document == NULL || !shequ_document_write_pdf (document, file->path, error))
    return FALSE;
  tell_pages (cli, document);
  return shequ_cli_file_finish (file, error);
}

/* The picture of a building on a sheet. */
gboolean
shequ_command_picture_building (ShequCli *cli, GError **error)
{
  return write_picture (cli, "building", error);
}

/* The pictures of an estate as a book. */
gboolean
shequ_command_picture_estate (ShequCli *cli, GError **error)
{
  return write_picture (cli, "estate", error);
}
