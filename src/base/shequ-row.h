#pragma once

#include <glib.h>

#include "shequ-catalogue.h"

G_BEGIN_DECLS

#define SHEQU_UUID_SIZE 16

/* From this sensitivity on, a value is masked where privacy asks. */
#define SHEQU_SENSITIVITY_MASKED 2

/* Of what is restricted (`RestrictedWhen=`). */
#define SHEQU_SENSITIVITY_RESTRICTED 4

/* What stands for a value of which nothing is shown. */
#define SHEQU_FIELD_COVERED "***"

/* What the search and the orders of a register keep of a row: shequ-row-index.h. */
typedef struct _ShequRowIndex ShequRowIndex;

/**
 * ShequRow:
 *
 * One record outside of GObject: the values of its fields in the order of the description. Imports and
 * lists work on rows, the window on `ShequRecord`, which wraps one. Not thread-safe; owned by one holder.
 */
typedef struct
{
  const ShequRegister *reg;
  gint64 key;     /* 0 before it is stored */
  gint64 version; /* grows with each change */
  guint8 uuid[SHEQU_UUID_SIZE];
  gboolean deleted;
  ShequValue *values;   /* as many as the register has fields; computed ones are filled on fetching */
  char **link_titles;   /* (nullable): titles of the linked records by field index, where fetched */
  ShequRowIndex *index; /* (nullable): made ahead of storing */
  char
    *valid_from; /* (nullable): of a register with versions: the day from which they hold; %NULL since ever */
  char *valid_to;   /* (nullable): of a former version: the day from which they hold no longer */
  char *effective;  /* (nullable): from which day a change holds; see shequ_row_set_effective() */
  guint8 *withheld; /* (nullable): by field index, whether the value is above what its reader may see */
  gboolean opened;  /* read for a purpose, nothing withheld: a change says all values as they are to be */
} ShequRow;

/* What holds has always held. */
#define SHEQU_SINCE_EVER ""

typedef enum
{
  SHEQU_FORMAT_PLAIN = 0,
  SHEQU_FORMAT_MASKED = 1 << 0, /* sensitive values as privacy asks */
  SHEQU_FORMAT_EXPORT = 1 << 1, /* as an import reads it back: dates ISO, no thousands signs */
} ShequFormatFlags;

ShequRow *shequ_row_new (const ShequRegister *reg);
ShequRow *shequ_row_copy (const ShequRow *row);
void shequ_row_free (ShequRow *row);
void shequ_row_clear (ShequRow *row);
ShequValue *shequ_row_get (const ShequRow *row, const ShequField *field);
const ShequValue *shequ_row_get_named (const ShequRow *row, const char *name);
const char *shequ_row_get_text (const ShequRow *row, const char *name);
gint64 shequ_row_get_integer (const ShequRow *row, const char *name);
void shequ_row_set_text (ShequRow *row, const char *name, const char *text);
void shequ_row_set_integer (ShequRow *row, const char *name, gint64 integer);
void shequ_row_set_null (ShequRow *row, const char *name);
void shequ_row_set_effective (ShequRow *row, const char *day);
void shequ_row_withhold (ShequRow *row, const ShequField *field);
void shequ_row_keep_withheld (ShequRow *row, const ShequRow *before, const ShequField *field);
gboolean shequ_row_is_withheld (const ShequRow *row, const ShequField *field);
void shequ_row_set_defaults (ShequRow *row, const char *today, const char *user);
char *shequ_row_format (const ShequRow *row, const ShequField *field, ShequFormatFlags flags);
gboolean shequ_row_is_covered (const ShequRow *row, const ShequField *field);
gboolean shequ_row_has_covered (const ShequRow *row);
char *shequ_row_get_title (const ShequRow *row);
char *shequ_row_get_detail (const ShequRow *row);
char *shequ_row_expand (const ShequRow *row, const char *template, ShequFormatFlags flags);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequRow, shequ_row_free)

typedef enum
{
  SHEQU_ISSUE_NOTE,    /* something was mended on the way in */
  SHEQU_ISSUE_WARNING, /* may be stored, but look at it */
  SHEQU_ISSUE_ERROR,   /* may not be stored */
} ShequSeverity;

/* What validation says of a value; `field` is %NULL when it concerns the whole record. */
typedef struct
{
  ShequSeverity severity;
  const ShequField *field;
  char *message;
} ShequIssue;

ShequIssue *shequ_issue_new (ShequSeverity severity, const ShequField *field, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
void shequ_issue_free (ShequIssue *issue);
GPtrArray *shequ_issues_new (void);
gboolean shequ_issues_have_errors (const GPtrArray *issues);
char *shequ_issues_to_text (const GPtrArray *issues, ShequSeverity least);

gboolean shequ_field_parse (const ShequField *field,
                            const char *text,
                            const char *today,
                            ShequValue *value,
                            GPtrArray *issues);
gboolean shequ_field_is_covered (const ShequField *field);
char *shequ_field_cover_text (const ShequField *field, const char *text);
char *shequ_field_format (const ShequField *field, const ShequValue *value, ShequFormatFlags flags);
gboolean shequ_row_matches (const ShequRow *row, const ShequCondition *condition, const char *today);
gboolean shequ_row_differs (const ShequRow *row, const ShequField *field);
ShequIssue *shequ_row_describe_same (const ShequField *field);
gboolean shequ_row_validate (const ShequRow *row, const char *today, GPtrArray *issues);

/**
 * ShequBehaviour:
 * @name: as `Behaviour=` names it
 * @derive: (nullable): fills fields that follow from others, before validation
 * @validate: (nullable): rules across fields; appends to the issues
 *
 * What of a register cannot be described and needs no other record. Operations over several records live
 * in the model.
 */
struct _ShequBehaviour
{
  const char *name;
  void (*derive) (ShequRow *row, const char *today);
  void (*validate) (const ShequRow *row, const char *today, GPtrArray *issues);
};

const ShequBehaviour *shequ_behaviour_lookup (const char *name);
void shequ_row_derive (ShequRow *row, const char *today);

G_END_DECLS
