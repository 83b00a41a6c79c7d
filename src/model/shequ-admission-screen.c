#include "config.h"

#include <string.h>

#include "shequ-admission.h"
#include "shequ-duties.h"

/* What people put between the headings of the columns that they ask for. */
#define SEPARATORS ",,、;;\n\t"

static char **
split_columns (const char *text)
{
  g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();
  GString *column = g_string_new (NULL);

  for (const char *p = text != NULL ? text : "";; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character != 0 && g_utf8_strchr (SEPARATORS, -1, character) == NULL)
        {
          g_string_append_unichar (column, character);
          continue;
        }
      g_strstrip (column->str);
      if (*column->str != '\0')
        g_strv_builder_add (columns, column->str);
      g_string_truncate (column, 0);
      if (character == 0)
        break;
    }
  g_string_free (column, TRUE);
  return g_strv_builder_end (columns);
}

static int
count_days_ahead (ShequWorkdays *workdays, const ShequRow *application)
{
  const char *filed_on = shequ_row_get_text (application, "filed_on");
  const char *start_on = shequ_row_get_text (application, "start_on");
  ShequCalendarStatus status = SHEQU_CALENDAR_KNOWN;
  ShequDate from, to;
  int days;

  if (filed_on == NULL || start_on == NULL || !shequ_date_from_iso (filed_on, &from) ||
      !shequ_date_from_iso (start_on, &to))
    return SHEQU_WORKING_DAYS_UNKNOWN;
  days = shequ_workdays_between (workdays, &from, &to, &status);
  return status == SHEQU_CALENDAR_NONE ? SHEQU_WORKING_DAYS_UNKNOWN : days;
}

static void
read_facts (ShequApplicationFacts *facts, const ShequRow *row)
{
  facts->title = shequ_row_get_text (row, "title");
  facts->category = shequ_row_get_text (row, "category");
  facts->nature = shequ_row_get_text (row, "nature");
  facts->basis = shequ_row_get_text (row, "basis");
  facts->role = shequ_row_get_text (row, "role");
  facts->content = shequ_row_get_text (row, "content");
  facts->frequency = shequ_row_get_text (row, "frequency");
  facts->wants_plate = shequ_row_get_integer (row, "wants_plate") != 0;
  facts->wants_body = shequ_row_get_integer (row, "wants_body") != 0;
  facts->wants_ledger = shequ_row_get_integer (row, "wants_ledger") != 0;
  facts->wants_system = shequ_row_get_integer (row, "wants_system") != 0;
  facts->wants_check = shequ_row_get_integer (row, "wants_check") != 0;
  facts->funding_fen = shequ_row_get_integer (row, "funding");
  facts->zero_funding_reason = shequ_row_get_text (row, "zero_funding_reason");
  facts->hours_per_year = shequ_row_get_integer (row, "hours_per_year");
  facts->communities = shequ_row_get_integer (row, "communities");
}

static ShequItemState
read_item_state (const ShequRow *item)
{
  const char *admitted = shequ_row_get_text (item, "admitted");

  if (g_strcmp0 (admitted, "y") == 0)
    return SHEQU_ITEM_ADMITTED;
  return g_strcmp0 (admitted, "never") == 0 ? SHEQU_ITEM_NEVER : SHEQU_ITEM_NOT_ADMITTED;
}

/* The department of an application or an item as the rules know it: its code, else its key. */
static char *
get_department (ShequOffice *office, GHashTable *known, gint64 key, GCancellable *cancellable)
{
  const ShequRegister *reg = shequ_office_get_register (office, "department");
  g_autoptr (ShequRow) row = NULL;
  const char *code = g_hash_table_lookup (known, &key);

  if (key == 0 || reg == NULL)
    return NULL;
  if (code == NULL)
    {
      row = shequ_office_get_row (office, reg, key, cancellable, NULL);
      code = row != NULL ? shequ_row_get_text (row, "code") : NULL;
      g_hash_table_insert (known, g_memdup2 (&key, sizeof key),
                           code != NULL ? g_strdup (code) : g_strdup_printf ("%" G_GINT64_FORMAT, key));
      code = g_hash_table_lookup (known, &key);
    }
  return g_strdup (code);
}

/* The items in force, except for the one that came of this application. */
static gboolean
add_items (ShequOffice *office,
           ShequScreening *screening,
           GHashTable *departments,
           gint64 application,
           GCancellable *cancellable,
           GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "work_item", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (query == NULL || !shequ_query_add_where (query, "active=yes", error))
    return FALSE;
  items = shequ_office_get_rows (office, query, cancellable, error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const ShequRow *item = items->pdata[i];
      const char *code = shequ_row_get_text (item, "code");
      g_autofree char *department =
        get_department (office, departments, shequ_row_get_integer (item, "department"), cancellable);

      if (application != 0 && shequ_row_get_integer (item, "application") == application)
        continue;
      shequ_screening_add_item (screening, code != NULL ? code : "-", shequ_row_get_text (item, "name"),
                                department, read_item_state (item));
    }
  return items != NULL;
}

static void
add_headings (ShequOverlap *forms, const ShequRegister *reg, const ShequField *field)
{
  g_autofree char *meaning = g_strconcat (reg->name, ".", field->name, NULL);

  shequ_overlap_add_column (forms, reg->name, field->label, meaning);
  for (guint i = 0; field->synonyms != NULL && field->synonyms[i] != NULL; i++)
    shequ_overlap_add_column (forms, reg->name, field->synonyms[i], meaning);
}

/* The registers of the office are forms that are filled already: what stands in them need not be asked again.
 */
static ShequOverlap *
collect_forms (ShequOffice *office)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (office));
  ShequOverlap *forms = shequ_overlap_new ();

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = g_ptr_array_index (registers, i);

      for (guint j = 0; j < reg->fields->len; j++)
        {
          const ShequField *field = g_ptr_array_index (reg->fields, j);

          if (!field->hidden)
            add_headings (forms, reg, field);
        }
      shequ_overlap_set_title (forms, reg->name, reg->label);
    }
  return forms;
}

/**
 * shequ_admission_screen:
 * @office: the office
 * @application: an application, stored or not
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Holds an application against the block rules, the other rules, the items in force, the statutes that it
 * names and what the registers of the office hold already, and says what it costs a community; for the form
 * while it is filled and for the decision.
 *
 * Returns: (transfer full) (element-type ShequFinding): the findings
 */
GPtrArray *
shequ_admission_screen (ShequOffice *office,
                        const ShequRow *application,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GHashTable) departments = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  ShequCertificateRules *certificates = shequ_office_get_certificate_rules (office, error);
  ShequWorkdays *workdays = shequ_office_get_workdays (office, error);
  g_autoptr (ShequScreening) screening = NULL;
  g_auto (GStrv) columns = split_columns (shequ_row_get_text (application, "columns_asked"));
  g_autofree char *department = NULL;
  g_autoptr (ShequDuties) duties = shequ_duties_new (error);
  ShequApplicationFacts facts = { 0 };
  GPtrArray *findings;

  if (certificates == NULL || workdays == NULL || duties == NULL)
    return NULL;
  screening = shequ_screening_new (certificates, error);
  if (screening == NULL || !add_items (office, screening, departments, application->key, cancellable, error))
    return NULL;
  shequ_screening_take_forms (screening, collect_forms (office));
  department =
    get_department (office, departments, shequ_row_get_integer (application, "department"), cancellable);
  read_facts (&facts, application);
  facts.department = department;
  facts.columns_asked = (const char *const *) columns;
  facts.working_days_ahead = count_days_ahead (workdays, application);
  findings = shequ_screening_run (screening, &facts);
  shequ_duties_screen (duties, &facts, findings);
  shequ_screening_add_load (&facts, findings);
  return findings;
}
