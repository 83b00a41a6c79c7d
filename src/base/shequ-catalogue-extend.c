/* What an office adds to the shipped catalogue, and what of it cannot be used. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-catalogue-private.h"

/* The group of a form for what was added without saying where. */
#define OWN_GROUP "own"

/**
 * shequ_description_new:
 * @name: as the messages call it
 * @text: in the syntax of descriptions
 *
 * Returns: (transfer full): a description without a problem
 */
ShequDescription *
shequ_description_new (const char *name, const char *text)
{
  ShequDescription *description = g_new0 (ShequDescription, 1);

  description->name = g_strdup (name);
  description->text = g_strdup (text);
  return description;
}

/**
 * shequ_description_free:
 * @description: (transfer full): a description
 */
void
shequ_description_free (ShequDescription *description)
{
  g_free (description->name);
  g_free (description->text);
  g_free (description->problem);
  g_free (description);
}

/**
 * shequ_register_get_origin:
 * @reg: a register
 * @group: (nullable): a group of its description
 *
 * Returns: (transfer none): the file where the group stands
 */
const char *
shequ_register_get_origin (const ShequRegister *reg, const char *group)
{
  const char *file = NULL;

  if (reg->origins != NULL && group != NULL)
    file = g_hash_table_lookup (reg->origins, group);
  return file != NULL ? file : reg->file;
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
has_reminder (const ShequRegister *reg, const char *name)
{
  for (guint i = 0; i < reg->reminders->len; i++)
    if (g_str_equal (((const ShequReminder *) reg->reminders->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static gboolean
has_paper (const ShequRegister *reg, const char *name)
{
  for (guint i = 0; i < reg->papers->len; i++)
    if (g_str_equal (((const ShequRecordPaper *) reg->papers->pdata[i])->form.kind, name))
      return TRUE;
  return FALSE;
}

static gboolean
has_check (const ShequRegister *reg, const char *name)
{
  for (guint i = 0; i < reg->checks->len; i++)
    if (g_str_equal (((const ShequCheck *) reg->checks->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static gboolean
check_merge (const ShequRegister *reg, const ShequRegister *extension, GError **error)
{
  const char *twice = _ ("the register has one of this name already");

  if (reg->fixed || reg->resolved)
    return shequ_catalogue_set_wrong (extension->file, "Register", "Name", error,
                                      _ ("the program alone writes “%s”; nothing can be added to it"),
                                      reg->label);
  for (guint i = 0; i < extension->fields->len; i++)
    {
      const ShequField *field = extension->fields->pdata[i];
      g_autofree char *group = g_strconcat ("Field ", field->name, NULL);

      if (shequ_register_lookup (reg, field->name) != NULL)
        return shequ_catalogue_set_wrong (extension->file, group, NULL, error, "%s", twice);
    }
  for (guint i = 0; i < extension->lists->len; i++)
    {
      const ShequList *list = extension->lists->pdata[i];
      g_autofree char *group = g_strconcat ("List ", list->name, NULL);

      if (shequ_register_get_list (reg, list->name) != NULL)
        return shequ_catalogue_set_wrong (extension->file, group, NULL, error, "%s", twice);
    }
  for (guint i = 0; i < extension->reminders->len; i++)
    {
      const ShequReminder *reminder = extension->reminders->pdata[i];
      g_autofree char *group = g_strconcat ("Reminder ", reminder->name, NULL);

      if (has_reminder (reg, reminder->name))
        return shequ_catalogue_set_wrong (extension->file, group, NULL, error, "%s", twice);
    }
  for (guint i = 0; i < extension->papers->len; i++)
    {
      const ShequRecordPaper *paper = extension->papers->pdata[i];
      g_autofree char *group = g_strconcat ("Paper ", paper->form.kind, NULL);

      if (has_paper (reg, paper->form.kind))
        return shequ_catalogue_set_wrong (extension->file, group, NULL, error, "%s", twice);
    }
  for (guint i = 0; i < extension->checks->len; i++)
    {
      const ShequCheck *check = extension->checks->pdata[i];
      g_autofree char *group = g_strconcat ("Check ", check->name, NULL);

      if (has_check (reg, check->name))
        return shequ_catalogue_set_wrong (extension->file, group, NULL, error, "%s", twice);
    }
  return TRUE;
}

static void
note_origin (ShequRegister *reg, const char *section, const char *name, const char *file)
{
  if (reg->origins == NULL)
    reg->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (reg->origins, g_strconcat (section, " ", name, NULL), g_strdup (file));
}

static void
add_group (ShequRegister *reg, const char *name, const char *label, const char *help)
{
  ShequGroup *group;

  if (has_group (reg, name))
    return;
  group = g_new0 (ShequGroup, 1);
  group->name = g_strdup (name);
  group->label = g_strdup (label);
  group->help = g_strdup (help);
  g_ptr_array_add (reg->groups, group);
}

static void
move_field (ShequRegister *reg, ShequField *field, const char *file)
{
  field->owner = reg;
  field->index = reg->fields->len;
  g_ptr_array_add (reg->fields, field);
  g_hash_table_insert (reg->by_name, field->name, field);
  note_origin (reg, "Field", field->name, file);
  if (field->group != NULL || reg->groups->len == 0)
    return;
  add_group (reg, OWN_GROUP, _ ("Own fields"), NULL);
  field->group = g_strdup (OWN_GROUP);
}

/**
 * shequ_register_merge:
 * @reg: a register that is not resolved yet
 * @extension: what is added to it; emptied
 * @error: return location for a %SHEQU_ERROR_CATALOGUE
 *
 * Returns: %FALSE when it cannot be added; @reg is then as before
 */
gboolean
shequ_register_merge (ShequRegister *reg, ShequRegister *extension, GError **error)
{
  if (!check_merge (reg, extension, error))
    return FALSE;
  for (guint i = 0; i < extension->groups->len; i++)
    {
      const ShequGroup *group = extension->groups->pdata[i];

      add_group (reg, group->name, group->label, group->help);
    }
  while (extension->fields->len > 0)
    move_field (reg, g_ptr_array_steal_index (extension->fields, 0), extension->file);
  while (extension->lists->len > 0)
    {
      ShequList *list = g_ptr_array_steal_index (extension->lists, 0);

      note_origin (reg, "List", list->name, extension->file);
      g_ptr_array_add (reg->lists, list);
    }
  while (extension->reminders->len > 0)
    {
      ShequReminder *reminder = g_ptr_array_steal_index (extension->reminders, 0);

      note_origin (reg, "Reminder", reminder->name, extension->file);
      g_ptr_array_add (reg->reminders, reminder);
    }
  while (extension->papers->len > 0)
    {
      ShequRecordPaper *paper = g_ptr_array_steal_index (extension->papers, 0);

      note_origin (reg, "Paper", paper->form.kind, extension->file);
      g_ptr_array_add (reg->papers, paper);
    }
  while (extension->checks->len > 0)
    {
      ShequCheck *check = g_ptr_array_steal_index (extension->checks, 0);

      note_origin (reg, "Check", check->name, extension->file);
      g_ptr_array_add (reg->checks, check);
    }
  return TRUE;
}

/* Names that would meet those of a later version, or those of the tables beside a register's own. */
static gboolean
check_names (const ShequRegister *reg, GError **error)
{
  if (reg->behaviour_name != NULL)
    return shequ_catalogue_set_wrong (reg->file, "Register", "Behaviour", error,
                                      _ ("only registers of the program have one"));
  if (reg->extends)
    return TRUE;
  if (!g_str_has_prefix (reg->name, SHEQU_OWN_PREFIX) || g_str_has_suffix (reg->name, "_search") ||
      g_str_has_suffix (reg->name, "_history"))
    return shequ_catalogue_set_wrong (
      reg->file, "Register", "Name", error,
      _ ("the name of an own register begins with own_, and does not end in _search or _history"));
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      g_autofree char *group = g_strconcat ("Field ", field->name, NULL);

      if (g_str_has_suffix (field->name, "_sort"))
        return shequ_catalogue_set_wrong (reg->file, group, NULL, error, _ ("a field may not be called “%s”"),
                                          field->name);
    }
  return TRUE;
}

typedef struct
{
  ShequCatalogue *base;
  GPtrArray *descriptions; /* of ShequDescription */
  gboolean *taken;         /* one a description: whether it is in best */
  guint n_taken;
  ShequCatalogueCheck check;
  gpointer user_data;
  ShequCatalogue *best;
} Extension;

static gboolean
add_descriptions (const Extension *self, ShequCatalogue *catalogue, gboolean extending, GError **error)
{
  for (guint i = 0; i < self->descriptions->len; i++)
    {
      const ShequDescription *description = self->descriptions->pdata[i];
      ShequRegister *reg;

      if (!self->taken[i])
        continue;
      reg = shequ_register_load (description->name, description->text, error);
      if (reg == NULL)
        return FALSE;
      if (reg->extends != extending)
        shequ_register_free (reg);
      else if (!check_names (reg, error))
        {
          shequ_register_free (reg);
          return FALSE;
        }
      else if (!shequ_catalogue_add_register (catalogue, reg, error))
        return FALSE;
    }
  return TRUE;
}

/* The catalogue with all that is taken, whole registers before what extends them. */
static ShequCatalogue *
build (const Extension *self, GError **error)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new ();
  const GPtrArray *sources = shequ_catalogue_get_sources (self->base);

  for (guint i = 0; i < sources->len; i++)
    {
      const ShequSource *source = sources->pdata[i];

      if (!shequ_catalogue_add_text (catalogue, source->file, g_bytes_get_data (source->text, NULL), error))
        return NULL;
    }
  if (!add_descriptions (self, catalogue, FALSE, error) || !add_descriptions (self, catalogue, TRUE, error) ||
      !shequ_catalogue_resolve (catalogue, error) ||
      (self->check != NULL && !self->check (catalogue, self->user_data, error)))
    return NULL;
  return g_steal_pointer (&catalogue);
}

/* Takes those of a range that are not taken yet, all or none. */
static gboolean
take_range (Extension *self, guint from, guint to, GError **error)
{
  g_autofree gboolean *before = g_memdup2 (self->taken, self->descriptions->len * sizeof *self->taken);
  ShequCatalogue *catalogue;
  guint n_new = 0;

  for (guint i = from; i < to; i++)
    {
      n_new += self->taken[i] ? 0 : 1;
      self->taken[i] = TRUE;
    }
  if (n_new == 0)
    return TRUE;
  catalogue = build (self, error);
  if (catalogue == NULL)
    {
      memcpy (self->taken, before, self->descriptions->len * sizeof *self->taken);
      return FALSE;
    }
  g_clear_pointer (&self->best, shequ_catalogue_unref);
  self->best = catalogue;
  self->n_taken += n_new;
  return TRUE;
}

/* By halves, so that a wrong one among many is found soon. */
static void
take (Extension *self, guint from, guint to)
{
  g_autoptr (GError) error = NULL;
  guint middle = from + (to - from) / 2;

  if (from == to || take_range (self, from, to, &error))
    return;
  if (to - from == 1)
    {
      ShequDescription *description = self->descriptions->pdata[from];

      g_free (description->problem);
      description->problem = g_strdup (error->message);
      return;
    }
  take (self, from, middle);
  take (self, middle, to);
}

/**
 * shequ_catalogue_extend:
 * @base: a resolved catalogue
 * @descriptions: (element-type ShequDescription): what is added; those that cannot be used get their problem
 * @check: (nullable): what else a catalogue must fulfil
 * @user_data: handed to @check
 *
 * Makes a catalogue of @base and as many of @descriptions as go together. One that is wrong, or needs a wrong
 * one, is left out; the others stay.
 *
 * Returns: (transfer full): the catalogue; @base itself when nothing could be added
 */
ShequCatalogue *
shequ_catalogue_extend (ShequCatalogue *base,
                        GPtrArray *descriptions,
                        ShequCatalogueCheck check,
                        gpointer user_data)
{
  g_autofree gboolean *taken = g_new0 (gboolean, descriptions->len + 1);
  Extension self = { base, descriptions, taken, 0, check, user_data, shequ_catalogue_ref (base) };
  guint before;

  /* Again, as long as more go in: one may need another that came behind it. */
  do
    {
      before = self.n_taken;
      take (&self, 0, descriptions->len);
    }
  while (self.n_taken > before && self.n_taken < descriptions->len);
  for (guint i = 0; i < descriptions->len; i++)
    if (taken[i])
      g_clear_pointer (&((ShequDescription *) descriptions->pdata[i])->problem, g_free);
  return self.best;
}
