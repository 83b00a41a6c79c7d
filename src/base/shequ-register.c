/* Making and freeing the parts of a register. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-catalogue-private.h"

static const char *const area_labels[] = {
  [SHEQU_AREA_NONE] = N_ ("Other registers"),
  [SHEQU_AREA_NETWORK] = N_ ("Organisation and network"),
  [SHEQU_AREA_RESIDENTS] = N_ ("Residents and homes"),
  [SHEQU_AREA_DATA] = N_ ("Data and ledgers"),
  [SHEQU_AREA_ADMISSION] = N_ ("Admission and lists"),
  [SHEQU_AREA_CERTIFICATES] = N_ ("Certificates and seals"),
  [SHEQU_AREA_CHECKS] = N_ ("Checks and assessment"),
  [SHEQU_AREA_REQUESTS] = N_ ("Requests and disputes"),
  [SHEQU_AREA_VOLUNTEERS] = N_ ("Volunteers and social organisations"),
  [SHEQU_AREA_STAFF] = N_ ("Who works here"),
  [SHEQU_AREA_MONEY] = N_ ("Money and property"),
  [SHEQU_AREA_PREMISES] = N_ ("Premises and plates"),
  [SHEQU_AREA_SATISFACTION] = N_ ("Satisfaction and review"),
  [SHEQU_AREA_SELF_GOVERNMENT] = N_ ("Self-government"),
  [SHEQU_AREA_LEVELS] = N_ ("Between the levels"),
  [SHEQU_AREA_INSPECTION] = N_ ("Inspection and notices"),
};

G_STATIC_ASSERT (G_N_ELEMENTS (area_labels) == SHEQU_N_AREAS);

/**
 * shequ_area_get_label:
 * @area: an area of an office's work
 *
 * Returns: (transfer none): its name for people
 */
const char *
shequ_area_get_label (ShequArea area)
{
  return _ (area_labels[area]);
}

/**
 * shequ_register_new:
 * @file: where its description stands
 *
 * Returns: (transfer full): a register without fields
 */
ShequRegister *
shequ_register_new (const char *file)
{
  ShequRegister *reg = g_new0 (ShequRegister, 1);

  reg->file = g_strdup (file);
  reg->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_field_free);
  reg->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_group_free);
  reg->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_list_free);
  reg->reminders = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_reminder_free);
  reg->papers = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_record_paper_free);
  reg->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_check_free);
  reg->identity = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  reg->weak_identity = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  reg->unique_with = g_ptr_array_new ();
  reg->one_of = g_ptr_array_new ();
  reg->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return reg;
}

/**
 * shequ_register_free:
 * @reg: (transfer full): a register
 */
void
shequ_register_free (ShequRegister *reg)
{
  g_hash_table_unref (reg->by_name);
  g_clear_pointer (&reg->origins, g_hash_table_unref);
  g_ptr_array_unref (reg->identity);
  g_ptr_array_unref (reg->weak_identity);
  g_ptr_array_unref (reg->unique_with);
  g_ptr_array_unref (reg->one_of);
  g_ptr_array_unref (reg->reminders);
  g_ptr_array_unref (reg->papers);
  g_ptr_array_unref (reg->checks);
  g_ptr_array_unref (reg->lists);
  g_ptr_array_unref (reg->groups);
  g_ptr_array_unref (reg->fields);
  g_free (reg->name);
  g_free (reg->label);
  g_free (reg->file);
  g_free (reg->page);
  g_free (reg->title);
  g_free (reg->detail);
  g_free (reg->icon);
  g_free (reg->help);
  g_clear_pointer (&reg->restricted_when, shequ_condition_unref);
  g_clear_pointer (&reg->choose, shequ_condition_unref);
  g_strfreev (reg->identity_names);
  g_strfreev (reg->weak_names);
  g_strfreev (reg->period_names);
  g_strfreev (reg->unique_names);
  g_strfreev (reg->one_of_names);
  g_free (reg->since);
  g_free (reg->behaviour_name);
  g_free (reg);
}

/**
 * shequ_field_new:
 * @owner: a register
 * @name: the name of a field that it does not have
 *
 * Returns: (transfer none): the new last field of @owner
 */
ShequField *
shequ_field_new (ShequRegister *owner, const char *name)
{
  ShequField *field = g_new0 (ShequField, 1);

  field->name = g_strdup (name);
  field->owner = owner;
  field->index = owner->fields->len;
  g_ptr_array_add (owner->fields, field);
  g_hash_table_insert (owner->by_name, field->name, field);
  return field;
}

/**
 * shequ_field_free:
 * @field: (transfer full): a field
 */
void
shequ_field_free (ShequField *field)
{
  /* A list loaded from a table belongs to the catalogue. */
  if (field->codes != NULL && field->code_list == NULL)
    shequ_code_list_free (field->codes);
  g_clear_pointer (&field->compute, shequ_compute_free);
  g_clear_pointer (&field->required_when, shequ_condition_unref);
  g_clear_pointer (&field->shown_when, shequ_condition_unref);
  g_clear_pointer (&field->locked_when, shequ_condition_unref);
  g_strfreev (field->synonyms);
  g_free (field->name);
  g_free (field->label);
  g_free (field->group);
  g_free (field->help);
  g_free (field->unit);
  g_free (field->default_text);
  g_free (field->series);
  g_free (field->default_from);
  g_free (field->not_after);
  g_free (field->not_before);
  g_free (field->to);
  g_free (field->document);
  g_free (field->code_list);
  g_free (field->compute_text);
  g_free (field->differs_from_name);
  g_free (field->not_derived_name);
  g_free (field->tells);
  g_free (field->unique_unless_name);
  g_free (field);
}

/**
 * shequ_group_free:
 * @group: (transfer full): a group
 */
void
shequ_group_free (ShequGroup *group)
{
  g_free (group->name);
  g_free (group->label);
  g_free (group->help);
  g_free (group);
}

/**
 * shequ_list_free:
 * @list: (transfer full): a list
 */
void
shequ_list_free (ShequList *list)
{
  g_clear_pointer (&list->columns, g_ptr_array_unref);
  g_clear_pointer (&list->sort, g_array_unref);
  g_clear_pointer (&list->filters, g_ptr_array_unref);
  g_clear_pointer (&list->where, shequ_condition_unref);
  g_strfreev (list->column_names);
  g_strfreev (list->sort_names);
  g_strfreev (list->filter_names);
  g_free (list->name);
  g_free (list->label);
  g_free (list);
}

/**
 * shequ_record_paper_free:
 * @paper: (transfer full): a paper
 */
void
shequ_record_paper_free (ShequRecordPaper *paper)
{
  g_clear_pointer (&paper->when, shequ_condition_unref);
  shequ_paper_form_clear (&paper->form);
  g_free (paper->label);
  g_free (paper);
}

/**
 * shequ_reminder_free:
 * @reminder: (transfer full): a reminder
 */
void
shequ_reminder_free (ShequReminder *reminder)
{
  g_clear_pointer (&reminder->days, g_array_unref);
  g_clear_pointer (&reminder->when, shequ_condition_unref);
  g_strfreev (reminder->before);
  g_strfreev (reminder->after);
  g_free (reminder->name);
  g_free (reminder->date_name);
  g_free (reminder->text);
  g_free (reminder);
}
