#pragma once

#include "shequ-paper-page.h"

G_BEGIN_DECLS

/**
 * ShequPageColumn:
 * @head: its head
 * @numbers: whether it holds numbers: set at the right, never broken over lines
 *
 * A column of a table.
 */
typedef struct
{
  char *head;
  gboolean numbers;
} ShequPageColumn;

typedef struct _ShequPageTable ShequPageTable;

ShequPageTable *shequ_page_table_new (void);
void shequ_page_table_free (ShequPageTable *self);
void shequ_page_table_add_column (ShequPageTable *self, const char *head, gboolean numbers);
void shequ_page_table_add_row (ShequPageTable *self, const char *const *cells, gboolean strong);
guint shequ_page_table_get_n_rows (ShequPageTable *self);
guint shequ_page_table_get_n_columns (ShequPageTable *self);
void shequ_page_table_set_even (ShequPageTable *self, double least_height);
guint shequ_page_table_place (ShequPageTable *self,
                              ShequPaperPage *page,
                              guint first,
                              double x,
                              double *y,
                              double width,
                              double bottom);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequPageTable, shequ_page_table_free)

G_END_DECLS
