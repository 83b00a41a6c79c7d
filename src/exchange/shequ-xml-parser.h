#pragma once

#include <gio/gio.h>
#include <libxml/parser.h>

#include "shequ-sheet-package.h"

G_BEGIN_DECLS

/**
 * ShequXmlHandler:
 * @start: an element begins; @name without prefix, attributes by shequ_xml_attribute_find()
 * @end: it ends
 * @text: a piece of text in it
 *
 * What a user of the parser is told.
 */
typedef struct
{
  void (*start) (gpointer data, const char *name, const char **attributes, int n_attributes);
  void (*end) (gpointer data, const char *name);
  void (*text) (gpointer data, const char *text, gsize length);
} ShequXmlHandler;

/**
 * ShequXmlParser:
 *
 * libxml2 fed a piece at a time. Refuses document types, and so every entity of the file's own; reads nothing
 * but what it is fed.
 */
typedef struct _ShequXmlParser ShequXmlParser;

ShequXmlParser *shequ_xml_parser_new (const ShequXmlHandler *handler, gpointer data, const char *name);
void shequ_xml_parser_free (ShequXmlParser *parser);
gboolean shequ_xml_parser_feed (ShequXmlParser *parser, const char *data, gsize length, GError **error);
gboolean shequ_xml_parser_finish (ShequXmlParser *parser, GError **error);
gboolean shequ_xml_parse_entry (ShequSheetPackage *package,
                                const char *entry,
                                guint64 limit,
                                const ShequXmlHandler *handler,
                                gpointer data,
                                const char *name,
                                GCancellable *cancellable,
                                GError **error);

const char *shequ_xml_attribute_find (const char **attributes,
                                      int n_attributes,
                                      const char *name,
                                      gsize *length);
char *shequ_xml_attribute_dup (const char **attributes, int n_attributes, const char *name);
guint64 shequ_xml_attribute_number (const char **attributes,
                                    int n_attributes,
                                    const char *name,
                                    guint64 fallback);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequXmlParser, shequ_xml_parser_free)

G_END_DECLS
