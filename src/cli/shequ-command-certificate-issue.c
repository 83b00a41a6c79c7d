#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-certificate-page.h"
#include "shequ-certificates.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-error.h"

/* Paper is in Chinese; a paper names who asked for it, and without a name the purpose has to. */
#define RECEIVER_OF_PURPOSE "用途所列单位"

static ShequCertificateRequest *
read_request (ShequCli *cli, GError **error)
{
  const char *resident = shequ_cli_get_option (cli, "resident");
  const char *purpose = shequ_cli_get_option (cli, "purpose");
  const char *receiver = shequ_cli_get_option (cli, "to");
  ShequCertificateRequest *request;
  gint64 key;

  if (resident == NULL || purpose == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("A certificate needs --resident=KEY and --purpose=TEXT. Nothing was issued."));
      return NULL;
    }
  if (!shequ_cli_parse_number (resident, "--resident", 1, &key, error))
    return NULL;
  request = shequ_certificate_request_new (shequ_cli_get_argument (cli, 0), key);
  request->purpose = g_strdup (purpose);
  request->receiver = g_strdup (receiver != NULL ? receiver : RECEIVER_OF_PURPOSE);
  return request;
}

/* The number is given for good by now: who hears that the paper failed must hear that too. */
static gboolean
print_paper (ShequCli *cli, const ShequCertificatePaper *paper, ShequCliFile *file, GError **error)
{
  g_autoptr (ShequDocument) document = shequ_certificate_document_new (paper, error);

  if (document != NULL && shequ_document_write_pdf (document, file->path, error) &&
      shequ_cli_file_finish (file, error))
    return TRUE;
  g_prefix_error (error,
                  _ ("%s was issued and recorded, but its paper was not written; print it from the window. "),
                  paper->number);
  return FALSE;
}

static void
tell_issued (ShequCli *cli, gint64 key, const ShequCertificatePaper *paper, const ShequCliFile *file)
{
  JsonBuilder *builder;

  shequ_cli_tell (cli, _ ("Issued: %s, check code %s"), paper->number, paper->check_text);
  if (file->to_output)
    return;
  if (!shequ_cli_wants_json (cli))
    {
      shequ_cli_print ("%s", paper->number);
      return;
    }
  builder = shequ_cli_json_begin ();
  shequ_cli_json_add_integer (builder, "key", key);
  shequ_cli_json_add_text (builder, "number", paper->number);
  shequ_cli_json_add_text (builder, "check_text", paper->check_text);
  shequ_cli_json_add_text (builder, "file", file->path);
  shequ_cli_json_end (builder);
}

/* Numbers, records and prints a certificate. */
gboolean
shequ_command_certificate_issue (ShequCli *cli, GError **error)
{
  g_autoptr (ShequCertificateRequest) request = read_request (cli, error);
  g_autoptr (ShequCertificatePaper) paper = NULL;
  g_autoptr (ShequCliFile) file = NULL;
  gint64 key;

  if (request == NULL)
    return FALSE;
  file = shequ_cli_file_new (cli, shequ_cli_get_argument (cli, 1), "pdf", error);
  if (file == NULL || !shequ_cli_file_check (file, error))
    return FALSE;
  key = shequ_certificate_issue (cli->office, request, cli->cancellable, error);
  paper = key != 0 ? shequ_certificate_load_paper (cli->office, key, NULL, error) : NULL;
  if (paper == NULL || !print_paper (cli, paper, file, error))
    return FALSE;
  tell_issued (cli, key, paper, file);
  return TRUE;
}
