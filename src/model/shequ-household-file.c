#include "shequ-household-file.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

/* More of a kind than a file can hold; the newest are kept. */
#define MOST_ROWS 60

/* More households than one book is bound of. */
#define MOST_FILES 2000

#define MOST_FIELDS 7

/* By which links a register knows the household. */
typedef enum
{
  LINK_HOUSEHOLD,
  LINK_MEMBERS,
  LINK_BOTH,
} Links;

/* The parts of a file in its order: which register, by which link, which fields; fields that a register does
 * not have are left out, so that a description may change. */
static const struct
{
  const char *reg;
  const char *title;
  Links links;
  const char *sort;
  gboolean newest_first;
  const char *fields[MOST_FIELDS + 1];
} parts[] = {
  { "resident",
    N_ ("Members"),
    LINK_HOUSEHOLD,
    "relation",
    FALSE,
    { "name", "relation", "sex", "age", "id_number", "phone", "residence_status" } },
  { "resident_tag",
    N_ ("Key groups"),
    LINK_MEMBERS,
    "started_on",
    TRUE,
    { "resident", "tag", "grade", "started_on", "ended_on", "source" } },
  { "visit_plan",
    N_ ("Paired with"),
    LINK_BOTH,
    "started_on",
    TRUE,
    { "resident", "staff", "every_days", "reason", "started_on", "ended_on" } },
  { "visit",
    N_ ("Visits"),
    LINK_HOUSEHOLD,
    "day",
    TRUE,
    { "day", "resident", "staff", "way", "about", "result", "note" } },
  { "device",
    N_ ("Devices in the home"),
    LINK_HOUSEHOLD,
    "installed_on",
    TRUE,
    { "kind", "place", "number", "checked_on", "check_on", "state" } },
  { "certificate",
    N_ ("Certificates"),
    LINK_MEMBERS,
    "issued_on",
    TRUE,
    { "issued_on", "title", "number", "resident_name", "purpose", "status" } },
  { "resident_event",
    N_ ("Events"),
    LINK_MEMBERS,
    "happened_on",
    TRUE,
    { "happened_on", "resident", "kind", "place", "reason" } },
  { "survey_line",
    N_ ("Survey rounds"),
    LINK_HOUSEHOLD,
    "done_on",
    TRUE,
    { "round", "state", "done_on", "done_by", "signed_by" } },
};

void
shequ_household_file_free (ShequHouseholdFile *file)
{
  shequ_file_clear (&file->file);
  g_free (file->head);
  g_free (file->building_name);
  g_free (file);
}

static GPtrArray *
find_fields (const ShequRegister *reg, const char *const *names)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      const ShequField *field = shequ_register_lookup (reg, names[i]);

      if (field != NULL)
        g_ptr_array_add (fields, (gpointer) field);
    }
  return fields;
}

/* `household=1 or resident=1,2`; %NULL when there is nobody to ask for. */
static char *
write_condition (const ShequHouseholdFile *file, Links links, const GArray *members)
{
  GString *text = g_string_new (NULL);

  if (links != LINK_MEMBERS)
    g_string_append_printf (text, "household=%" G_GINT64_FORMAT, file->file.key);
  if (links != LINK_HOUSEHOLD && members->len > 0)
    {
      g_string_append (text, links == LINK_BOTH ? " or resident" : "resident");
      for (guint i = 0; i < members->len; i++)
        g_string_append_printf (text, "%c%" G_GINT64_FORMAT, i == 0 ? '=' : ',',
                                g_array_index (members, gint64, i));
    }
  return g_string_free (text, text->len == 0);
}

static gboolean
add_section (ShequOffice *office,
             ShequHouseholdFile *file,
             guint part,
             GArray *members,
             GCancellable *cancellable,
             GError **error)
{
  const ShequRegister *reg = shequ_office_get_register (office, parts[part].reg);
  g_autofree char *condition = write_condition (file, parts[part].links, members);
  g_autoptr (ShequQuery) query = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree char *title = NULL;

  if (reg == NULL || condition == NULL)
    return TRUE;
  query = shequ_office_new_query (office, reg);
  /* Of people none is left out. */
  query->limit = part == 0 ? 0 : MOST_ROWS;
  if (!shequ_query_add_where (query, condition, error) ||
      !shequ_query_sort_by (query, parts[part].sort, parts[part].newest_first, error))
    return FALSE;
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows == NULL)
    return FALSE;
  if (part == 0)
    {
      for (guint i = 0; i < rows->len; i++)
        g_array_append_val (members, ((const ShequRow *) rows->pdata[i])->key);
      file->members = rows->len;
    }
  if (rows->len == 0)
    return TRUE;
  fields = find_fields (reg, parts[part].fields);
  if (query->limit > 0 && rows->len >= query->limit)
    title = g_strdup_printf (_ ("%s, the newest %u"), _ (parts[part].title), rows->len);
  else
    title = g_strdup (_ (parts[part].title));
  shequ_file_add_section (&file->file, title, reg, fields, rows);
  return TRUE;
}

/* The cover says whose file it is. */
static char **
write_cover (const ShequHouseholdFile *file)
{
  g_autoptr (GStrvBuilder) cover = g_strv_builder_new ();
  g_autofree char *members =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u person", "%u persons", file->members), file->members);
  const char *const cells[] = {
    _ ("Home address"), file->file.title, _ ("Head of household"), file->head, _ ("Persons"), members, NULL
  };

  g_strv_builder_addv (cover, (const char **) cells);
  return g_strv_builder_end (cover);
}

static ShequHouseholdFile *
write_file (ShequOffice *office, const ShequRow *row, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequHouseholdFile) file = g_new0 (ShequHouseholdFile, 1);
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));
  const ShequField *head = shequ_register_lookup (row->reg, "head");

  shequ_file_init (&file->file, row->key, g_strstrip (shequ_row_get_title (row)), NULL,
                   shequ_file_write_facts (row, row->reg->fields));
  file->head = head != NULL ? shequ_row_format (row, head, SHEQU_FORMAT_PLAIN) : g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!add_section (office, file, i, members, cancellable, error))
        return NULL;
    }
  file->file.cover = write_cover (file);
  return g_steal_pointer (&file);
}

static void
find_building (ShequOffice *office, ShequHouseholdFile *file, const ShequRow *row, GCancellable *cancellable)
{
  const ShequField *link = shequ_register_lookup (row->reg, "dwelling");
  gint64 key = link != NULL ? shequ_row_get_integer (row, "dwelling") : 0;
  g_autoptr (ShequRow) dwelling =
    key != 0 ? shequ_office_get_row (office, link->target, key, cancellable, NULL) : NULL;

  if (dwelling == NULL)
    return;
  file->building = shequ_row_get_integer (dwelling, "building");
  file->building_name = shequ_row_expand (dwelling, "{building}", SHEQU_FORMAT_PLAIN);
}

/**
 * shequ_household_file_load:
 * @office: the office
 * @household: a household
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Gathers the file of a household: its people, the key groups they belong to, visits, devices, certificates,
 * events and survey rounds. Records that their description restricts are left out.
 *
 * Returns: (transfer full): the file
 */
ShequHouseholdFile *
shequ_household_file_load (ShequOffice *office, gint64 household, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "household", error);
  g_autoptr (ShequRow) row =
    reg != NULL ? shequ_office_get_row (office, reg, household, cancellable, error) : NULL;

  g_autoptr (ShequHouseholdFile) file = row != NULL ? write_file (office, row, cancellable, error) : NULL;

  if (file != NULL)
    find_building (office, file, row, cancellable);
  return g_steal_pointer (&file);
}

/**
 * shequ_household_files_find:
 * @office: the office
 * @condition: which households, in the grammar of conditions
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Gathers the files of households for a book, in the order of their addresses.
 *
 * Returns: (transfer full) (element-type ShequHouseholdFile): the files; an error when there is none, or more
 * than a book holds
 */
GPtrArray *
shequ_household_files_find (ShequOffice *office,
                            const char *condition,
                            GCancellable *cancellable,
                            GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "household", error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_household_file_free);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (query == NULL || !shequ_query_add_where (query, condition, error) ||
      !shequ_query_sort_by (query, "address", FALSE, error))
    return NULL;
  query->limit = MOST_FILES + 1;
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows == NULL)
    return NULL;
  if (rows->len == 0 || rows->len > MOST_FILES)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                   rows->len == 0 ? _ ("There is no household to be put into the book.")
                                  : _ ("A book holds %d households at most. Choose a grid or a building."),
                   MOST_FILES);
      return NULL;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      ShequHouseholdFile *file = write_file (office, rows->pdata[i], cancellable, error);

      if (file == NULL)
        return NULL;
      g_ptr_array_add (files, file);
    }
  return g_steal_pointer (&files);
}

static gpointer
load_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_household_file_load (office, *(const gint64 *) data, cancellable, error);
}

/**
 * shequ_household_file_load_async:
 * @office: the office
 * @household: a household
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_household_file_load(), on a worker thread.
 */
void
shequ_household_file_load_async (ShequOffice *office,
                                 gint64 household,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  shequ_office_run_async (office, load_work, g_memdup2 (&household, sizeof household), g_free,
                          (GDestroyNotify) shequ_household_file_free, cancellable, callback, user_data);
}

/**
 * shequ_household_file_load_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): the file
 */
ShequHouseholdFile *
shequ_household_file_load_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
find_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_household_files_find (office, data, cancellable, error);
}

/**
 * shequ_household_files_find_async:
 * @office: the office
 * @condition: which households
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_household_files_find(), on a worker thread.
 */
void
shequ_household_files_find_async (ShequOffice *office,
                                  const char *condition,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  shequ_office_run_async (office, find_work, g_strdup (condition), g_free, (GDestroyNotify) g_ptr_array_unref,
                          cancellable, callback, user_data);
}

/**
 * shequ_household_files_find_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequHouseholdFile): as shequ_household_files_find()
 */
GPtrArray *
shequ_household_files_find_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
