#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lines in columns for a terminal, where a Chinese character is two cells wide. */
typedef struct _ShequCliTable ShequCliTable;

ShequCliTable *shequ_cli_table_new (guint n_columns);
void shequ_cli_table_free (ShequCliTable *table);
void shequ_cli_table_align_right (ShequCliTable *table, guint column);
void shequ_cli_table_add (ShequCliTable *table, const char *first, ...) G_GNUC_NULL_TERMINATED;
void shequ_cli_table_add_strv (ShequCliTable *table, const char *const *cells);
char *shequ_cli_table_to_text (const ShequCliTable *table, guint indent);
void shequ_cli_table_print (const ShequCliTable *table, guint indent);
char *shequ_cli_make_plain (const char *text);
guint shequ_cli_text_width (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCliTable, shequ_cli_table_free)

G_END_DECLS
