#pragma once

#include "shequ-office.h"
#include "shequ-own-field.h"

G_BEGIN_DECLS

/* The register in which own descriptions stand. */
#define SHEQU_OWN_REGISTER "description"

/**
 * ShequOwn:
 * @key: of its record
 * @is_register: a register of the office's own, else fields added to one
 * @active: whether it is in use
 * @name: of the register, or `register.field` of the first field
 * @reg: the name of the register that it describes or extends
 * @keys: its text
 * @problem: (nullable): why it cannot be used
 *
 * A register or field that the office has made.
 */
typedef struct
{
  gint64 key;
  gint64 version;
  gboolean is_register;
  gboolean active;
  char *name;
  char *label;
  char *reg;
  GKeyFile *keys;
  char *text;
  char *problem;
} ShequOwn;

void shequ_own_free (ShequOwn *own);

GPtrArray *shequ_own_list (ShequOffice *office, GCancellable *cancellable, GError **error);
char *shequ_own_store_text (ShequOffice *office, const char *text, GCancellable *cancellable, GError **error);
char *shequ_own_add_register (ShequOffice *office,
                              const char *label,
                              GCancellable *cancellable,
                              GError **error);
gboolean shequ_own_rename_register (ShequOffice *office,
                                    const char *name,
                                    const char *label,
                                    GCancellable *cancellable,
                                    GError **error);
gboolean shequ_own_set_active (ShequOffice *office,
                               const char *name,
                               gboolean active,
                               GCancellable *cancellable,
                               GError **error);
char *shequ_own_save_field (ShequOffice *office,
                            const char *reg,
                            const ShequOwnField *field,
                            GCancellable *cancellable,
                            GError **error);
ShequCatalogue *shequ_own_preview (ShequOffice *office,
                                   const char *reg,
                                   const ShequOwnField *field,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequOwn, shequ_own_free)

G_END_DECLS
