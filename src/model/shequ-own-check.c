/* What a changed own description may not do to records that are there. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-own-private.h"

/* How many records hold something in a field, or one code of it; 0 when the field is not in use. */
static gint64
count_filled (ShequOffice *office,
              const char *reg,
              const char *field,
              const char *code,
              GCancellable *cancellable,
              GError **error)
{
  const ShequRegister *known = shequ_office_get_register (office, reg);
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *where = NULL;
  g_autoptr (ShequQuery) query = NULL;

  if (known == NULL || shequ_register_lookup (known, field) == NULL)
    return 0;
  where = code != NULL ? g_strdup_printf ("%s=\"%s\"", field, code) : g_strdup_printf ("%s is set", field);
  query = shequ_query_new (known, today);
  query->with_deleted = TRUE;
  query->with_restricted = TRUE;
  if (!shequ_query_add_where (query, where, error))
    return -1;
  return shequ_store_count (shequ_office_get_store (office), query, cancellable, error);
}

static gboolean
refuse (GError **error, char *message)
{
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT, message);
  g_free (message);
  return FALSE;
}

static gboolean
is_integer (GKeyFile *keys, const char *group)
{
  static const char *const integers[] = { "integer", "money", "yes_no", "link", NULL };
  g_autofree char *kind = g_key_file_get_string (keys, group, "Kind", NULL);

  return kind != NULL && g_strv_contains (integers, kind);
}

static gboolean
differs (GKeyFile *before, GKeyFile *after, const char *group, const char *key)
{
  g_autofree char *old = g_key_file_get_string (before, group, key, NULL);
  g_autofree char *new = g_key_file_get_string (after, group, key, NULL);

  return g_strcmp0 (old, new) != 0;
}

static gboolean
has_code (GKeyFile *keys, const char *group, const char *code)
{
  g_autofree char *text = g_key_file_get_string (keys, group, "Codes", NULL);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');

      if (colon == NULL)
        continue;
      *colon = '\0';
      if (g_str_equal (g_strstrip (parts[i]), code))
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  ShequOffice *office;
  const char *reg;
  GKeyFile *before;
  GKeyFile *after;
  GCancellable *cancellable;
} Comparison;

static gboolean
check_codes (const Comparison *self, const char *field, const char *group, GError **error)
{
  g_autofree char *text = g_key_file_get_string (self->before, group, "Codes", NULL);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');
      gint64 n;

      if (colon == NULL)
        continue;
      *colon = '\0';
      if (has_code (self->after, group, g_strstrip (parts[i])))
        continue;
      n = count_filled (self->office, self->reg, field, parts[i], self->cancellable, error);
      if (n < 0)
        return FALSE;
      if (n > 0)
        return refuse (error, g_strdup_printf (_ ("“%s” cannot be taken out: %" PRId64
                                                  " records have it. Nothing was changed"),
                                               colon + 1, n));
    }
  return TRUE;
}

static gboolean
refuse_kind (const char *label, gint64 n, GError **error)
{
  return refuse (error, g_strdup_printf (_ ("“%s” cannot become of another kind: %" PRId64
                                            " records have it filled in. Retire it and make a new field"),
                                         label, n));
}

gboolean
shequ_own_check_empty (ShequOffice *office, const char *reg, const char *field, GError **error)
{
  gint64 n = count_filled (office, reg, field, NULL, NULL, error);
  const ShequField *known;

  if (n <= 0)
    return n == 0;
  known = shequ_register_lookup (shequ_office_get_register (office, reg), field);
  return refuse_kind (known->label, n, error);
}

static gboolean
check_field (const Comparison *self, const char *field, GError **error)
{
  g_autofree char *group = g_strconcat ("Field ", field, NULL);
  g_autofree char *label = g_key_file_get_locale_string (self->before, group, "Label", NULL, NULL);
  gint64 n = count_filled (self->office, self->reg, field, NULL, self->cancellable, error);

  if (n < 0)
    return FALSE;
  if (!g_key_file_has_group (self->after, group))
    return n == 0 || refuse (error, g_strdup_printf (_ ("“%s” cannot be left out: %" PRId64
                                                        " records have it filled in. Retire it instead, then "
                                                        "it is hidden and keeps its data"),
                                                     label, n));
  if (differs (self->before, self->after, group, "Kind") || differs (self->before, self->after, group, "To"))
    {
      if (n > 0)
        return refuse_kind (label, n, error);
      if (is_integer (self->before, group) != is_integer (self->after, group))
        return refuse (error, g_strdup_printf (_ ("“%s” cannot become of another kind under the same name; "
                                                  "give the new field another name"),
                                               label));
    }
  return check_codes (self, field, group, error);
}

gboolean
shequ_own_check_kept (ShequOffice *office,
                      const char *reg,
                      GKeyFile *before,
                      GKeyFile *after,
                      GCancellable *cancellable,
                      GError **error)
{
  Comparison self = { office, reg, before, after, cancellable };
  g_auto (GStrv) fields = shequ_own_field_list (before);

  for (guint i = 0; fields[i] != NULL; i++)
    if (!check_field (&self, fields[i], error))
      return FALSE;
  return TRUE;
}
