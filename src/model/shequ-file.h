#pragma once

#include "shequ-row.h"

G_BEGIN_DECLS

/**
 * ShequFileSection:
 * @title: what it holds
 * @reg: the register that the rows are of
 * @heads: (array zero-terminated=1): heads of the columns
 * @rows: (element-type GStrv): cells, as many as heads
 * @keys: (element-type gint64): the record behind each row
 *
 * One part of a file: what a register knows about its subject.
 */
typedef struct
{
  char *title;
  const ShequRegister *reg;
  char **heads;
  GPtrArray *rows;
  GArray *keys;
} ShequFileSection;

/**
 * ShequFile:
 * @key: the record that it is about, or 0
 * @title: what it is called
 * @cover: (array zero-terminated=1): labels and values of its cover in turn
 * @facts: (array zero-terminated=1): labels and values of the record in turn
 * @sections: (element-type ShequFileSection): the parts that hold something
 *
 * What the office knows of something, as words to be shown and printed; sensitive values as privacy asks.
 */
typedef struct
{
  gint64 key;
  char *title;
  char **cover;
  char **facts;
  GPtrArray *sections;
} ShequFile;

void shequ_file_init (ShequFile *file, gint64 key, char *title, char **cover, char **facts);
void shequ_file_clear (ShequFile *file);
void shequ_file_free (ShequFile *file);
void shequ_file_add_section (ShequFile *file,
                             const char *title,
                             const ShequRegister *reg,
                             GPtrArray *fields,
                             const GPtrArray *rows);
char **shequ_file_write_facts (const ShequRow *row, const GPtrArray *fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequFile, shequ_file_free)

G_END_DECLS
