/* Ties registers together once all are loaded: links, code lists, conditions, lists, titles. Each misuse is
 * refused with file, group and key. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "shequ-catalogue-private.h"
#include "shequ-data.h"
#include "shequ-row.h"
#include "shequ-series.h"
#include "shequ-template.h"

typedef struct
{
  ShequRegister *reg;
  char *group;
  GError **error;
} Place;

static gboolean
refuse (const Place *place, const char *key, const char *format, const char *word)
{
  g_autofree char *message = g_strdup (format);
  char *hole = strstr (message, "%s");
  g_autofree char *text =
    hole == NULL ? g_strdup (message)
                 : g_strdup_printf ("%.*s%s%s", (int) (hole - message), message, word, hole + strlen ("%s"));

  return shequ_catalogue_set_wrong (shequ_register_get_origin (place->reg, place->group), place->group, key,
                                    place->error, "%s", text);
}

static const ShequField *
find_field (const Place *place, const char *key, const char *name)
{
  const ShequField *field = shequ_register_lookup (place->reg, name);

  if (field == NULL)
    refuse (place, key, _ ("there is no field “%s”"), name);
  return field;
}

typedef struct
{
  ShequCodeList *list;
  const char *wrong;
} Aliases;

static gboolean
add_alias (char **cells, guint line, gpointer user_data, GError **error)
{
  Aliases *aliases = user_data;
  ShequCode *code;

  if (!g_str_equal (cells[0], aliases->list->name))
    return TRUE;
  code = (ShequCode *) shequ_code_list_lookup (aliases->list, cells[2]);
  if (code == NULL)
    return shequ_catalogue_set_wrong ("codes/aliases.tsv", NULL, NULL, error,
                                      _ ("line %u names the code “%s”, which %s does not have"), line,
                                      cells[2], cells[0]);
  shequ_code_list_add_spelling (aliases->list, cells[1], code);
  return TRUE;
}

static gboolean
find_code_list (const Place *place, ShequField *field, GHashTable *code_lists)
{
  g_autoptr (GError) local = NULL;
  Aliases aliases = { NULL, NULL };
  ShequCodeList *list = g_hash_table_lookup (code_lists, field->code_list);

  if (list == NULL)
    {
      list = shequ_code_list_load (field->code_list, &local);
      aliases.list = list;
      if (list != NULL &&
          !shequ_data_read_table ("codes/aliases.tsv", "list alias code", add_alias, &aliases, &local))
        g_clear_pointer (&list, shequ_code_list_free);
      if (list == NULL)
        return refuse (place, "CodeList", "%s", local->message);
      g_hash_table_insert (code_lists, list->name, list);
    }
  field->codes = list;
  return TRUE;
}

static gboolean
has_group (const ShequRegister *reg, const char *name)
{
  for (guint i = 0; i < reg->groups->len; i++)
    if (g_str_equal (((const ShequGroup *) reg->groups->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static gboolean
link_field (const Place *place, ShequField *field, ShequCatalogue *catalogue, GHashTable *code_lists)
{
  if (field->to != NULL)
    {
      field->target = shequ_catalogue_lookup (catalogue, field->to);
      if (field->target == NULL)
        return refuse (place, "To", _ ("there is no register “%s”"), field->to);
    }
  if (field->no_cycle && field->target != place->reg)
    return refuse (place, "NoCycle", _ ("only a link to its own register can lead back"), "");
  if (field->code_list != NULL && !find_code_list (place, field, code_lists))
    return FALSE;
  if (field->group != NULL && !has_group (place->reg, field->group))
    return refuse (place, "Group", _ ("there is no [Group %s]"), field->group);
  if (field->document != NULL)
    {
      field->document_field = find_field (place, "Document", field->document);
      if (field->document_field == NULL)
        return FALSE;
      if (field->document_field->kind != SHEQU_FIELD_CODE)
        return refuse (place, "Document", _ ("“%s” is no code"), field->document);
    }
  if (field->tells != NULL)
    {
      field->tells_field = find_field (place, "Tells", field->tells);
      if (field->tells_field == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Conditions of other registers may say `active` of this one: it comes before them. */
static gboolean
link_period (const Place *place)
{
  ShequRegister *reg = place->reg;
  const ShequField *days[2] = { NULL, NULL };

  if (reg->period_names == NULL)
    return TRUE;
  if (g_strv_length (reg->period_names) != G_N_ELEMENTS (days))
    return refuse (place, "Period", _ ("two date fields are needed, as started_on;ended_on"), "");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      days[i] = find_field (place, "Period", g_strstrip (reg->period_names[i]));
      if (days[i] == NULL)
        return FALSE;
      if (days[i]->kind != SHEQU_FIELD_DATE)
        return refuse (place, "Period", _ ("“%s” is no date"), days[i]->name);
    }
  reg->period_start = days[0];
  reg->period_end = days[1];
  return TRUE;
}

/* Queries of other registers look at the versions of this one: it comes before them. */
static gboolean
link_history (Place *place)
{
  ShequRegister *reg = place->reg;
  ShequField *unit = (ShequField *) shequ_register_lookup (reg, "unit");

  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      g_autofree char *group = g_strconcat ("Field ", field->name, NULL);

      place->group = group;
      if (field->history && !shequ_field_is_stored (field))
        return refuse (place, "History", _ ("“%s” is computed"), field->name);
      reg->has_history |= field->history;
    }
  place->group = (char *) "Register";
  if (reg->has_history && unit != NULL)
    unit->history = TRUE;
  if (reg->has_history &&
      (shequ_register_lookup (reg, "valid_from") != NULL || shequ_register_lookup (reg, "valid_to") != NULL))
    return refuse (place, "History", _ ("valid_from and valid_to are then columns of the versions"), "");
  if (reg->since == NULL)
    return TRUE;
  if (!reg->has_history)
    return refuse (place, "Since", _ ("it says nothing of a register without History"), "");
  reg->begins_when_entered = TRUE;
  if (g_str_equal (reg->since, "today"))
    return TRUE;
  reg->since_field = find_field (place, "Since", reg->since);
  return reg->since_field != NULL && (reg->since_field->kind == SHEQU_FIELD_DATE ||
                                      refuse (place, "Since", _ ("“%s” is no date"), reg->since));
}

/**
 * shequ_register_link:
 * @reg: a loaded register
 * @catalogue: the catalogue with all registers
 * @code_lists: the code lists loaded so far, by name
 * @error: return location
 *
 * Finds what the fields of @reg lead to; the first of two steps, for conditions step over links.
 *
 * Returns: %FALSE when something is missing
 */
gboolean
shequ_register_link (ShequRegister *reg, ShequCatalogue *catalogue, GHashTable *code_lists, GError **error)
{
  Place place = { reg, NULL, error };

  if (reg->behaviour_name != NULL)
    {
      reg->behaviour = shequ_behaviour_lookup (reg->behaviour_name);
      place.group = (char *) "Register";
      if (reg->behaviour == NULL)
        return refuse (&place, "Behaviour", _ ("there is no behaviour “%s”"), reg->behaviour_name);
    }
  for (guint i = 0; i < reg->fields->len; i++)
    {
      ShequField *field = reg->fields->pdata[i];
      g_autofree char *group = g_strconcat ("Field ", field->name, NULL);

      place.group = group;
      if (!link_field (&place, field, catalogue, code_lists))
        return FALSE;
    }
  place.group = (char *) "Register";
  return link_period (&place) && link_history (&place);
}

static gboolean
bind (const Place *place, const char *key, ShequCondition *condition, const ShequRegister *reg)
{
  g_autoptr (GError) local = NULL;

  if (condition == NULL || shequ_condition_bind (condition, reg, &local))
    return TRUE;
  return refuse (place, key, "%s", local->message);
}

/* A form asks with the values of the record alone. */
static gboolean
bind_for_form (const Place *place, const char *key, ShequCondition *condition, const ShequRegister *reg)
{
  if (condition != NULL && shequ_condition_needs_store (condition))
    return refuse (place, key, _ ("“has” and “no” look at other records, which a form cannot do"), "");
  return bind (place, key, condition, reg);
}

static gboolean
condition_is_computed (const ShequCondition *condition, const ShequRegister *reg)
{
  const ShequField *field;

  if (condition->type == SHEQU_CONDITION_HAS || condition->type == SHEQU_CONDITION_HAS_NO)
    reg = shequ_condition_find_link (condition, reg, NULL)->owner;
  if (condition->type == SHEQU_CONDITION_ACTIVE)
    return FALSE;
  if (condition->children != NULL)
    {
      for (guint i = 0; i < condition->children->len; i++)
        if (condition_is_computed (condition->children->pdata[i], reg))
          return TRUE;
      return FALSE;
    }
  if (condition->link != NULL)
    {
      g_auto (GStrv) links = g_strsplit (condition->link, ".", -1);

      for (guint i = 0; links[i] != NULL; i++)
        reg = shequ_register_lookup (reg, links[i])->target;
    }
  field = shequ_register_lookup (reg, condition->field);
  return field != NULL && field->kind == SHEQU_FIELD_COMPUTED;
}

/* What is computed stands on stored fields only, so that no circle can be described. */
static gboolean
resolve_compute (const Place *place, ShequField *field, ShequCatalogue *catalogue)
{
  g_autoptr (GError) local = NULL;
  ShequCompute *compute = shequ_compute_parse (field->compute_text, &local);
  const ShequField *measured;

  field->compute = compute;
  if (compute == NULL)
    return refuse (place, "Compute", "%s", local->message);
  compute->source =
    compute->source_name != NULL ? shequ_catalogue_lookup (catalogue, compute->source_name) : place->reg;
  if (compute->source == NULL)
    return refuse (place, "Compute", _ ("there is no register “%s”"), compute->source_name);
  if (!bind (place, "Compute", compute->where, compute->source))
    return FALSE;
  if (compute->where != NULL && condition_is_computed (compute->where, compute->source))
    return refuse (place, "Compute", _ ("a computed field cannot stand on another computed field"), "");
  if (compute->field == NULL)
    return TRUE;
  measured = shequ_register_lookup (compute->source, compute->field);
  if (measured == NULL)
    return refuse (place, "Compute", _ ("there is no field “%s”"), compute->field);
  if (measured->kind == SHEQU_FIELD_COMPUTED)
    return refuse (place, "Compute", _ ("a computed field cannot stand on another computed field"), "");
  if (compute->type == SHEQU_COMPUTE_AGE && measured->kind != SHEQU_FIELD_DATE)
    return refuse (place, "Compute", _ ("“%s” is no date"), compute->field);
  if (compute->type == SHEQU_COMPUTE_LIST && measured->kind != SHEQU_FIELD_LINK &&
      shequ_field_is_integer (measured))
    return refuse (place, "Compute", _ ("“%s” is no text and no link"), compute->field);
  if (compute->type == SHEQU_COMPUTE_SUM && measured->kind != SHEQU_FIELD_INTEGER &&
      measured->kind != SHEQU_FIELD_MONEY)
    return refuse (place, "Compute", _ ("“%s” cannot be summed"), compute->field);
  return TRUE;
}

static gboolean
check_bound (const Place *place, const char *key, const char *name)
{
  const ShequField *other;

  if (name == NULL || g_str_equal (name, "today"))
    return TRUE;
  other = find_field (place, key, name);
  if (other == NULL)
    return FALSE;
  return other->kind == SHEQU_FIELD_DATE || refuse (place, key, _ ("“%s” is no date"), name);
}

static gboolean
check_default (const Place *place, const ShequField *field)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autofree char *text = NULL;

  if (field->default_text == NULL ||
      (field->kind == SHEQU_FIELD_DATE && g_str_equal (field->default_text, "today")))
    return TRUE;
  if (shequ_field_parse (field, field->default_text, NULL, &value, issues))
    return TRUE;
  text = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);
  return refuse (place, "Default", "%s", text);
}

static gboolean
resolve_difference (const Place *place, ShequField *field)
{
  const ShequField *other;

  if (field->differs_from_name == NULL)
    return TRUE;
  other = find_field (place, "DiffersFrom", field->differs_from_name);
  if (other == NULL)
    return FALSE;
  if (other == field || other->kind != field->kind || other->target != field->target ||
      !shequ_field_is_stored (field))
    return refuse (place, "DiffersFrom", _ ("“%s” is no other field of the same kind"), other->name);
  field->differs_from = other;
  return TRUE;
}

static gboolean
resolve_derived (const Place *place, ShequField *field)
{
  const ShequField *rule;

  if (field->not_derived_name == NULL)
    return TRUE;
  rule = field->target != NULL ? shequ_register_lookup (field->target, field->not_derived_name) : NULL;
  if (rule == NULL || !shequ_field_is_stored (rule) || shequ_field_is_integer (rule))
    return refuse (place, "NotDerivedBy", _ ("“%s” is no text field of the linked register"),
                   field->not_derived_name);
  field->not_derived_by = rule;
  return TRUE;
}

static gboolean
resolve_waiver (const Place *place, ShequField *field)
{
  const ShequField *other;

  if (field->unique_unless_name == NULL)
    return TRUE;
  other = find_field (place, "UniqueUnless", field->unique_unless_name);
  if (other == NULL)
    return FALSE;
  if (other->kind != SHEQU_FIELD_YES_NO)
    return refuse (place, "UniqueUnless", _ ("“%s” is no yes/no field"), other->name);
  if (!field->unique)
    return refuse (place, "UniqueUnless", _ ("“%s” is not unique at all"), field->name);
  field->unique_unless = other;
  return TRUE;
}

static gboolean
asks_others (const ShequCondition *condition)
{
  if (condition->link != NULL)
    return TRUE;
  for (guint i = 0; condition->children != NULL && i < condition->children->len; i++)
    if (asks_others (condition->children->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
resolve_lock (const Place *place, const ShequField *field)
{
  if (!bind_for_form (place, "LockedWhen", field->locked_when, place->reg))
    return FALSE;
  return field->locked_when == NULL || !asks_others (field->locked_when) ||
         refuse (place, "LockedWhen", _ ("it asks the record alone, no linked one"), "");
}

static gboolean
resolve_series (const Place *place, const ShequField *field)
{
  if (field->series == NULL)
    return TRUE;
  if (field->required || field->required_when != NULL || field->default_text != NULL ||
      field->default_from != NULL)
    return refuse (place, "Series",
                   _ ("a series fills “%s” in by itself; leave out Required, RequiredWhen and Default"),
                   field->name);
  return shequ_series_is_valid (field->series) ||
         refuse (place, "Series", _ ("“%s” holds no {number}, or something else in braces"), field->series);
}

static gboolean
resolve_default_from (const Place *place, ShequField *field)
{
  g_auto (GStrv) words = field->default_from != NULL ? g_strsplit (field->default_from, ".", -1) : NULL;
  const ShequField *link, *source;

  if (words == NULL)
    return TRUE;
  if (field->required || field->default_text != NULL)
    return refuse (place, "DefaultFrom",
                   _ ("“%s” is filled in when the record is stored; leave out Required and Default"),
                   field->name);
  if (g_strv_length (words) != 2)
    return refuse (place, "DefaultFrom", _ ("“%s” is no link, a dot and a field of its register"),
                   field->default_from);
  link = find_field (place, "DefaultFrom", words[0]);
  if (link == NULL)
    return FALSE;
  if (link->kind != SHEQU_FIELD_LINK || link == field)
    return refuse (place, "DefaultFrom", _ ("“%s” is no link"), words[0]);
  source = link->target != NULL ? shequ_register_lookup (link->target, words[1]) : NULL;
  if (source == NULL || !shequ_field_is_stored (source) || source->kind != field->kind ||
      source->target != field->target || (source->codes == NULL) != (field->codes == NULL))
    return refuse (place, "DefaultFrom", _ ("“%s” is no field of the linked register of the same kind"),
                   words[1]);
  if (source->sensitivity > field->sensitivity)
    return refuse (place, "DefaultFrom", _ ("“%s” is more sensitive than the field that would show it"),
                   words[1]);
  field->default_link = link;
  field->default_source = source;
  return TRUE;
}

static gboolean
resolve_field (const Place *place, ShequField *field, ShequCatalogue *catalogue)
{
  return (field->compute_text == NULL || resolve_compute (place, field, catalogue)) &&
         bind_for_form (place, "RequiredWhen", field->required_when, place->reg) &&
         bind_for_form (place, "ShownWhen", field->shown_when, place->reg) &&
         check_bound (place, "NotAfter", field->not_after) &&
         check_bound (place, "NotBefore", field->not_before) && resolve_difference (place, field) &&
         resolve_derived (place, field) && resolve_waiver (place, field) && check_default (place, field) &&
         resolve_lock (place, field) && resolve_series (place, field) && resolve_default_from (place, field);
}

static gboolean
find_fields (const Place *place, const char *key, char **names, GPtrArray *fields)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      const ShequField *field = find_field (place, key, g_strstrip (names[i]));

      if (field == NULL)
        return FALSE;
      g_ptr_array_add (fields, (gpointer) field);
    }
  return TRUE;
}

static gboolean
resolve_sort (const Place *place, ShequList *list)
{
  list->sort = g_array_new (FALSE, FALSE, sizeof (ShequSort));
  for (guint i = 0; list->sort_names != NULL && list->sort_names[i] != NULL; i++)
    {
      const char *name = g_strstrip (list->sort_names[i]);
      ShequSort sort = { NULL, *name == '-' };

      sort.field = find_field (place, "Sort", name + (sort.descending ? 1 : 0));
      if (sort.field == NULL)
        return FALSE;
      if (!shequ_field_is_stored (sort.field))
        return refuse (place, "Sort", _ ("“%s” is computed; a list is sorted by stored fields"),
                       sort.field->name);
      g_array_append_val (list->sort, sort);
    }
  return TRUE;
}

/* Fields that say themselves that they are listed. */
static void
add_listed_fields (const ShequRegister *reg, ShequList *list)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      ShequField *field = reg->fields->pdata[i];

      if (!field->listed || field->hidden)
        continue;
      if (!g_ptr_array_find (list->columns, field, NULL))
        g_ptr_array_add (list->columns, field);
      if ((field->kind == SHEQU_FIELD_CODE || field->kind == SHEQU_FIELD_LINK ||
           field->kind == SHEQU_FIELD_YES_NO) &&
          !g_ptr_array_find (list->filters, field, NULL))
        g_ptr_array_add (list->filters, field);
    }
}

static gboolean
resolve_list (const Place *place, ShequList *list)
{
  list->columns = g_ptr_array_new ();
  list->filters = g_ptr_array_new ();
  if (list->label == NULL)
    list->label = g_strdup (place->reg->label);
  if (!find_fields (place, "Columns", list->column_names, list->columns) || !resolve_sort (place, list) ||
      !find_fields (place, "Filters", list->filter_names, list->filters) ||
      !bind (place, "Where", list->where, place->reg))
    return FALSE;
  if (list == place->reg->lists->pdata[0])
    add_listed_fields (place->reg, list);
  return TRUE;
}

static gboolean
add_days (const Place *place,
          const char *key,
          char **texts,
          int sign,
          ShequReminder *reminder,
          gboolean *calendar)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      char *end = NULL;
      gint64 count = g_ascii_strtoll (g_strstrip (texts[i]), &end, 10);
      int days = sign * (int) count;

      if (end == texts[i] || count < 0 || count > 3660 ||
          (!g_str_equal (end, "d") && !g_str_equal (end, "wd")))
        return refuse (place, key, _ ("“%s” is no number of days; write 30d, or 3wd for working days"),
                       texts[i]);
      if (*end == 'w')
        reminder->working_days = TRUE;
      else
        *calendar = TRUE;
      g_array_append_val (reminder->days, days);
    }
  return TRUE;
}

static gboolean
check_text_fields (const Place *place, const char *key, const char *template, gboolean computed)
{
  ShequTemplatePart part = { 0 };

  for (const char *at = template; at != NULL && shequ_template_next (&at, &part);)
    {
      g_autofree char *name = part.field ? g_strndup (part.start, part.length) : NULL;
      const ShequField *field;

      if (name == NULL)
        continue;
      field = find_field (place, key, name);
      if (field == NULL)
        return FALSE;
      if (!computed && !shequ_field_is_stored (field))
        return refuse (place, key, _ ("“%s” is computed; a title is made of stored fields"), name);
    }
  return TRUE;
}

static gboolean
resolve_reminder (const Place *place, ShequReminder *reminder)
{
  gboolean calendar = FALSE;

  reminder->days = g_array_new (FALSE, FALSE, sizeof (int));
  reminder->date = find_field (place, "Date", reminder->date_name);
  if (reminder->date == NULL)
    return FALSE;
  if (reminder->date->kind != SHEQU_FIELD_DATE)
    return refuse (place, "Date", _ ("“%s” is no date"), reminder->date_name);
  if (!add_days (place, "Before", reminder->before, -1, reminder, &calendar) ||
      !add_days (place, "After", reminder->after, 1, reminder, &calendar))
    return FALSE;
  if (reminder->days->len == 0)
    return refuse (place, "Before", _ ("it needs Before or After"), "");
  if (calendar && reminder->working_days)
    return refuse (place, "Before", _ ("days and working days do not go together in one reminder"), "");
  return bind (place, "While", reminder->when, place->reg) &&
         check_text_fields (place, "Text", reminder->text, TRUE);
}

static gboolean
resolve_identity (const Place *place, const char *key, char **texts, GPtrArray *identity)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_auto (GStrv) names = g_strsplit (texts[i], "+", -1);
      GPtrArray *fields = g_ptr_array_new ();

      g_ptr_array_add (identity, fields);
      if (!find_fields (place, key, names, fields))
        return FALSE;
      for (guint j = 0; j < fields->len; j++)
        if (!shequ_field_is_stored (fields->pdata[j]))
          return refuse (place, key, _ ("“%s” is computed"), names[j]);
    }
  return TRUE;
}

/* Rules across the fields of a record need two stored ones at least. */
static gboolean
resolve_fields_of_rule (const Place *place, const char *key, char **names, GPtrArray *fields)
{
  if (!find_fields (place, key, names, fields))
    return FALSE;
  if (names != NULL && fields->len < 2)
    return refuse (place, key, _ ("two fields are needed, as resident;tag"), "");
  for (guint i = 0; i < fields->len; i++)
    if (!shequ_field_is_stored (fields->pdata[i]))
      return refuse (place, key, _ ("“%s” is computed"), ((const ShequField *) fields->pdata[i])->name);
  return TRUE;
}

/* Two fields that answer to one head would share a column of a spreadsheet. */
static gboolean
check_headers (Place *place)
{
  g_autoptr (GHashTable) heads = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < place->reg->fields->len; i++)
    {
      const ShequField *field = place->reg->fields->pdata[i];
      g_autofree char *group = g_strconcat ("Field ", field->name, NULL);

      for (guint j = 0; field->synonyms != NULL && field->synonyms[j] != NULL; j++)
        {
          const ShequField *other = g_hash_table_lookup (heads, field->synonyms[j]);

          place->group = group;
          if (other != NULL && other != field)
            return refuse (place, "Synonyms", _ ("another field answers to “%s” too"), field->synonyms[j]);
          g_hash_table_insert (heads, field->synonyms[j], (gpointer) field);
        }
    }
  return TRUE;
}

static gboolean
resolve_parts (Place *place)
{
  for (guint i = 0; i < place->reg->lists->len; i++)
    {
      ShequList *list = place->reg->lists->pdata[i];
      g_autofree char *group = g_strconcat ("List ", list->name, NULL);

      place->group = group;
      if (!resolve_list (place, list))
        return FALSE;
    }
  for (guint i = 0; i < place->reg->reminders->len; i++)
    {
      ShequReminder *reminder = place->reg->reminders->pdata[i];
      g_autofree char *group = g_strconcat ("Reminder ", reminder->name, NULL);

      place->group = group;
      if (!resolve_reminder (place, reminder))
        return FALSE;
    }
  for (guint i = 0; i < place->reg->papers->len; i++)
    {
      const ShequRecordPaper *paper = place->reg->papers->pdata[i];
      g_autofree char *group = g_strconcat ("Paper ", paper->form.kind, NULL);

      place->group = group;
      if (!bind_for_form (place, "When", paper->when, place->reg) ||
          !check_text_fields (place, "Addressee", paper->form.addressee, TRUE) ||
          !check_text_fields (place, "Text", paper->form.text, TRUE))
        return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_checks (Place *place)
{
  for (guint i = 0; i < place->reg->checks->len; i++)
    {
      ShequCheck *check = place->reg->checks->pdata[i];
      g_autofree char *group = g_strconcat ("Check ", check->name, NULL);
      g_autoptr (GError) local = NULL;

      place->group = group;
      if (!shequ_check_bind (check, place->reg, &local))
        return refuse (place, "Rule", "%s", local->message);
      if (!bind_for_form (place, "When", check->when, place->reg) ||
          !check_text_fields (place, "Text", check->text, FALSE))
        return FALSE;
    }
  return TRUE;
}

/* A register without a list of its own shows the fields that are to be listed, else its first ones. */
static void
add_default_list (ShequRegister *reg)
{
  ShequList *list;
  gboolean listed;

  if (reg->lists->len > 0)
    return;
  list = g_new0 (ShequList, 1);
  list->name = g_strdup ("default");
  list->label = g_strdup (reg->label);
  list->columns = g_ptr_array_new ();
  list->filters = g_ptr_array_new ();
  list->sort = g_array_new (FALSE, FALSE, sizeof (ShequSort));
  add_listed_fields (reg, list);
  listed = list->columns->len > 0;
  for (guint i = 0; i < reg->fields->len && !listed && list->columns->len < 6; i++)
    if (!((const ShequField *) reg->fields->pdata[i])->hidden)
      g_ptr_array_add (list->columns, reg->fields->pdata[i]);
  g_ptr_array_add (reg->lists, list);
}

/**
 * shequ_register_resolve:
 * @reg: a register whose links are tied
 * @catalogue: the catalogue
 * @error: return location
 *
 * Returns: %FALSE when the description is wrong
 */
gboolean
shequ_register_resolve (ShequRegister *reg, ShequCatalogue *catalogue, GError **error)
{
  Place place = { reg, (char *) "Register", error };

  if (!resolve_identity (&place, "Identity", reg->identity_names, reg->identity) ||
      !resolve_identity (&place, "WeakIdentity", reg->weak_names, reg->weak_identity) ||
      !resolve_fields_of_rule (&place, "UniqueWith", reg->unique_names, reg->unique_with) ||
      !resolve_fields_of_rule (&place, "OneOf", reg->one_of_names, reg->one_of) ||
      !check_text_fields (&place, "Title", reg->title, FALSE) ||
      !check_text_fields (&place, "Detail", reg->detail, TRUE) ||
      !bind (&place, "RestrictedWhen", reg->restricted_when, reg) ||
      !bind (&place, "Choose", reg->choose, reg))
    return FALSE;
  if (reg->restricted_when != NULL && (shequ_condition_needs_store (reg->restricted_when) ||
                                       condition_is_computed (reg->restricted_when, reg)))
    return refuse (&place, "RestrictedWhen",
                   _ ("it may only compare stored fields of the record or of what it links to"), "");
  for (guint i = 0; i < reg->fields->len; i++)
    {
      ShequField *field = reg->fields->pdata[i];
      g_autofree char *group = g_strconcat ("Field ", field->name, NULL);

      place.group = group;
      if (!resolve_field (&place, field, catalogue))
        return FALSE;
    }
  if (!check_headers (&place) || !resolve_parts (&place) || !resolve_checks (&place))
    return FALSE;
  add_default_list (reg);
  reg->resolved = TRUE;
  return TRUE;
}

/* Whether the title of @reg leads back to a register on the way. */
static gboolean
title_is_circular (const ShequRegister *reg, GHashTable *way)
{
  ShequTemplatePart part = { 0 };

  if (!g_hash_table_add (way, (gpointer) reg))
    return TRUE;
  for (const char *at = reg->title; shequ_template_next (&at, &part);)
    {
      g_autofree char *name = part.field ? g_strndup (part.start, part.length) : NULL;
      const ShequField *field = name != NULL ? shequ_register_lookup (reg, name) : NULL;

      if (field != NULL && field->target != NULL && title_is_circular (field->target, way))
        return TRUE;
    }
  g_hash_table_remove (way, reg);
  return FALSE;
}

/**
 * shequ_catalogue_check_titles:
 * @registers: (element-type ShequRegister): all registers
 * @error: return location
 *
 * Returns: %FALSE when a title leads over links back to itself
 */
gboolean
shequ_catalogue_check_titles (const GPtrArray *registers, GError **error)
{
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      g_autoptr (GHashTable) way = g_hash_table_new (NULL, NULL);

      if (title_is_circular (reg, way))
        return shequ_catalogue_set_wrong (reg->file, "Register", "Title", error,
                                          _ ("over its links the title leads back to itself"));
    }
  return TRUE;
}
