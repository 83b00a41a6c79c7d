#pragma once

#include "shequ-address.h"
#include "shequ-cells.h"
#include "shequ-mapping.h"
#include "shequ-row.h"

G_BEGIN_DECLS

/* A record that a row of the file may speak of: its own, or one that its links lead to. Parents first. */
typedef struct
{
  const ShequField *link; /* (nullable): of the parent; %NULL for the row's own record */
  guint parent;
  const ShequRegister *reg;
} ImportNode;

typedef struct
{
  guint column;
  guint node;
  const ShequField *field;
} ImportColumn;

/* The address that was read last: that of the members of a household is the same. */
typedef struct
{
  char *text; /* (nullable) */
  ShequAddress address;
} ImportAddress;

typedef struct
{
  const ShequRegister *reg;
  GArray *nodes;   /* of ImportNode; the first is the row's own record */
  GArray *columns; /* of ImportColumn */
  guint n_headers;
  char *today;
  gboolean forms_households;
  const ShequField *relation;  /* (nullable): to the head, where the file tells it */
  ImportAddress *last_address; /* of the thread that reads */
} ImportPlan;

/* What the file says of a link that is only looked up, until the database is asked. */
typedef struct
{
  guint node;
  const ShequField *field;
  char *text;
} ImportWords;

/* A row of the file, read and validated, not yet seen by the database. */
typedef struct
{
  guint number;
  ShequRow **rows; /* by node; %NULL where the file says nothing */
  guint n_rows;
  GPtrArray *issues; /* (nullable) */
  GArray *words;     /* (nullable): of ImportWords */
  char **cells;      /* as many as there are headers, for the file of refused rows */
  guint n_cells;
} ImportItem;

ImportPlan *import_plan_new (const ShequMapping *mapping, const char *today);
void import_plan_free (ImportPlan *plan);
ImportItem *import_plan_read (const ImportPlan *plan, const ShequCellRow *row);
void import_item_free (ImportItem *item);
void import_item_add_issue (ImportItem *item, ShequIssue *issue);
gboolean import_item_has_errors (const ImportItem *item);
gboolean import_plan_is_head (const ImportPlan *plan, const ImportItem *item);
int import_plan_find_node (const ImportPlan *plan, const char *reg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportPlan, import_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportItem, import_item_free)

G_END_DECLS
