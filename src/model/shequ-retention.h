#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/* The register of the lists. */
#define SHEQU_DESTRUCTION_LIST "destruction_list"

/**
 * ShequRetentionRule:
 * @name: its name in `data/rules/retention.ini`
 * @title: which records it names
 * @basis: on what it stands
 * @reg: the register
 * @where: (nullable): the condition that they meet
 * @deleted_days: days since they were deleted, or 0
 *
 * Records whose time is up.
 */
typedef struct
{
  char *name;
  char *title;
  char *basis;
  const ShequRegister *reg;
  char *where;
  guint deleted_days;
} ShequRetentionRule;

GPtrArray *shequ_retention_load_rules (ShequOffice *office, GError **error);
GArray *shequ_retention_find (ShequOffice *office,
                              const ShequRetentionRule *rule,
                              GCancellable *cancellable,
                              GError **error);
gint64 shequ_retention_draw (ShequOffice *office,
                             const ShequRetentionRule *rule,
                             GCancellable *cancellable,
                             GError **error);
gboolean shequ_retention_approve (ShequOffice *office,
                                  gint64 list,
                                  GCancellable *cancellable,
                                  GError **error);
gint64 shequ_retention_destroy (ShequOffice *office, gint64 list, GCancellable *cancellable, GError **error);

G_END_DECLS
