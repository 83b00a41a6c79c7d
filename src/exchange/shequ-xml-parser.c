#include "shequ-xml-parser.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"

/* libxml2 gives an attribute as five pointers: name, prefix, namespace, begin and end of the value. */
#define ATTRIBUTE_POINTERS 5

struct _ShequXmlParser
{
  const ShequXmlHandler *handler;
  gpointer data;
  char *name;
  xmlParserCtxtPtr context;
  gboolean has_document_type;
};

static void
on_start (void *user_data,
          const xmlChar *name,
          const xmlChar *prefix,
          const xmlChar *namespace_name,
          int n_namespaces,
          const xmlChar **namespaces,
          int n_attributes,
          int n_defaulted,
          const xmlChar **attributes)
{
  ShequXmlParser *parser = user_data;

  parser->handler->start (parser->data, (const char *) name, (const char **) attributes, n_attributes);
}

static void
on_end (void *user_data, const xmlChar *name, const xmlChar *prefix, const xmlChar *namespace_name)
{
  ShequXmlParser *parser = user_data;

  parser->handler->end (parser->data, (const char *) name);
}

static void
on_text (void *user_data, const xmlChar *text, int length)
{
  ShequXmlParser *parser = user_data;

  parser->handler->text (parser->data, (const char *) text, length);
}

static void
on_document_type (void *user_data, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
  ShequXmlParser *parser = user_data;

  parser->has_document_type = TRUE;
  xmlStopParser (parser->context);
}

static void
on_error (void *user_data, xmlErrorPtr problem)
{
}

/**
 * shequ_xml_parser_new:
 * @handler: whom to tell
 * @data: for @handler
 * @name: what messages call the file
 *
 * Returns: (transfer full): a parser
 */
ShequXmlParser *
shequ_xml_parser_new (const ShequXmlHandler *handler, gpointer data, const char *name)
{
  ShequXmlParser *parser = g_new0 (ShequXmlParser, 1);
  xmlSAXHandler sax = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = on_document_type,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .cdataBlock = on_text,
    .ignorableWhitespace = on_text,
    .serror = on_error,
  };

  parser->handler = handler;
  parser->data = data;
  parser->name = g_strdup (name);
  parser->context = xmlCreatePushParserCtxt (&sax, parser, NULL, 0, NULL);
  /* NOENT makes "&amp;" in attributes an "&"; other entities cannot be without a document type. */
  xmlCtxtUseOptions (parser->context,
                     XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  return parser;
}

/**
 * shequ_xml_parser_free:
 * @parser: (transfer full): a parser
 */
void
shequ_xml_parser_free (ShequXmlParser *parser)
{
  if (parser->context->myDoc != NULL)
    xmlFreeDoc (parser->context->myDoc);
  xmlFreeParserCtxt (parser->context);
  g_free (parser->name);
  g_free (parser);
}

static gboolean
check (ShequXmlParser *parser, int result, GError **error)
{
  const xmlError *problem = xmlCtxtGetLastError (parser->context);

  if (parser->has_document_type)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
      _ ("“%s” holds a document type declaration, which no spreadsheet program writes. It was not read. "
         "Open it in the spreadsheet program and save it again as .xlsx."),
      parser->name);
  else if (result != 0 && (problem == NULL || problem->level >= XML_ERR_ERROR) &&
           !parser->context->wellFormed)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
      _ ("“%s” is damaged inside (XML error %d). Open it in the spreadsheet program and save it again as "
         ".xlsx."),
      parser->name, result);
  else
    return TRUE;
  return FALSE;
}

/**
 * shequ_xml_parser_feed:
 * @parser: a parser
 * @data: the next bytes
 * @length: how many
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Returns: %FALSE when they are no XML, or XML that is refused
 */
gboolean
shequ_xml_parser_feed (ShequXmlParser *parser, const char *data, gsize length, GError **error)
{
  return check (parser, xmlParseChunk (parser->context, data, length, FALSE), error);
}

/**
 * shequ_xml_parser_finish:
 * @parser: a parser
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Returns: %FALSE when the end is missing
 */
gboolean
shequ_xml_parser_finish (ShequXmlParser *parser, GError **error)
{
  return check (parser, xmlParseChunk (parser->context, NULL, 0, TRUE), error);
}

/**
 * shequ_xml_parse_entry:
 * @package: a package
 * @entry: one of its entries
 * @limit: the most bytes that it may unpack to
 * @handler: whom to tell
 * @data: for @handler
 * @name: what messages call the file
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Parses a whole entry.
 *
 * Returns: %FALSE on error
 */
gboolean
shequ_xml_parse_entry (ShequSheetPackage *package,
                       const char *entry,
                       guint64 limit,
                       const ShequXmlHandler *handler,
                       gpointer data,
                       const char *name,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (ShequXmlParser) parser = shequ_xml_parser_new (handler, data, name);
  g_autoptr (ShequSheetEntry) open = shequ_sheet_package_open (package, entry, limit, error);
  const char *piece;
  gsize length;

  if (open == NULL)
    return FALSE;
  do
    if (!shequ_sheet_entry_read (open, &piece, &length, error) ||
        g_cancellable_set_error_if_cancelled (cancellable, error) ||
        (length > 0 && !shequ_xml_parser_feed (parser, piece, length, error)))
      return FALSE;
  while (length > 0);
  return shequ_xml_parser_finish (parser, error);
}

/**
 * shequ_xml_attribute_find:
 * @attributes: what the handler got
 * @n_attributes: what the handler got
 * @name: an attribute without prefix
 * @length: (out): bytes of the value
 *
 * Returns: (nullable): the value, not closed by NUL
 */
const char *
shequ_xml_attribute_find (const char **attributes, int n_attributes, const char *name, gsize *length)
{
  for (int i = 0; i < n_attributes; i++)
    {
      const char **attribute = attributes + i * ATTRIBUTE_POINTERS;

      if (strcmp (attribute[0], name) == 0)
        {
          *length = attribute[4] - attribute[3];
          return attribute[3];
        }
    }
  return NULL;
}

/**
 * shequ_xml_attribute_dup:
 * @attributes: what the handler got
 * @n_attributes: what the handler got
 * @name: an attribute without prefix
 *
 * Returns: (transfer full) (nullable): the value
 */
char *
shequ_xml_attribute_dup (const char **attributes, int n_attributes, const char *name)
{
  gsize length;
  const char *value = shequ_xml_attribute_find (attributes, n_attributes, name, &length);

  return value == NULL ? NULL : g_strndup (value, length);
}

/**
 * shequ_xml_attribute_number:
 * @attributes: what the handler got
 * @n_attributes: what the handler got
 * @name: an attribute without prefix
 * @fallback: what to return when there is no such attribute, or no number in it
 *
 * Returns: the value
 */
guint64
shequ_xml_attribute_number (const char **attributes, int n_attributes, const char *name, guint64 fallback)
{
  gsize length;
  const char *value = shequ_xml_attribute_find (attributes, n_attributes, name, &length);
  guint64 number = 0;

  if (value == NULL || length == 0 || length > 15)
    return fallback;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (value[i]))
        return fallback;
      number = number * 10 + (value[i] - '0');
    }
  return number;
}
