/* The wording of papers as data: titles, numbers and paragraphs with blanks. */
#include "shequ-paper-forms.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-rule-file.h"

struct _ShequPaperForms
{
  GPtrArray *forms;
};

/** shequ_paper_form_clear: frees what the form holds, not the form. */
void
shequ_paper_form_clear (ShequPaperForm *form)
{
  g_free (form->kind);
  g_free (form->title);
  g_free (form->series);
  g_free (form->addressee);
  g_free (form->text);
}

static void
form_free (gpointer data)
{
  shequ_paper_form_clear (data);
  g_free (data);
}

void
shequ_paper_forms_free (ShequPaperForms *forms)
{
  if (forms == NULL)
    return;
  g_ptr_array_unref (forms->forms);
  g_free (forms);
}

static void
check_blanks (ShequRuleFile *file, const char *group, const char *key, const char *text)
{
  for (const char *p = strchr (text, '{'); p != NULL; p = strchr (p + 1, '{'))
    {
      gsize length = strspn (p + 1, "abcdefghijklmnopqrstuvwxyz_");

      if (length == 0 || p[1 + length] != '}')
        shequ_rule_file_fail (file, group, key, "%s", _ ("has a blank that is not closed"));
    }
}

static void
read_form (ShequPaperForms *forms, ShequRuleFile *file, const char *group)
{
  ShequPaperForm *form;

  if (strcmp (group, "Papers") == 0)
    {
      shequ_rule_file_check_keys (file, group, "Version Source");
      return;
    }
  if (!g_str_has_prefix (group, "Paper ") || group[strlen ("Paper ")] == '\0')
    {
      shequ_rule_file_fail (file, group, NULL, "%s", _ ("there is no such group here"));
      return;
    }
  shequ_rule_file_check_keys (file, group, "Title Series Addressee Text Receipt");
  form = g_new0 (ShequPaperForm, 1);
  g_ptr_array_add (forms->forms, form);
  form->kind = g_strdup (group + strlen ("Paper "));
  form->title = shequ_rule_file_need_text (file, group, "Title");
  form->series = shequ_rule_file_get_text (file, group, "Series");
  form->addressee = shequ_rule_file_get_text (file, group, "Addressee");
  form->text = shequ_rule_file_need_text (file, group, "Text");
  form->receipt = shequ_rule_file_get_boolean (file, group, "Receipt");
  check_blanks (file, group, "Addressee", form->addressee);
  check_blanks (file, group, "Text", form->text);
}

static ShequPaperForms *
read_forms (ShequRuleFile *file, GError **error)
{
  g_autoptr (ShequPaperForms) forms = g_new0 (ShequPaperForms, 1);
  const char *const *groups = shequ_rule_file_get_groups (file);

  forms->forms = g_ptr_array_new_with_free_func (form_free);
  for (guint i = 0; groups[i] != NULL && !shequ_rule_file_failed (file); i++)
    read_form (forms, file, groups[i]);
  return shequ_rule_file_finish (file, error) ? g_steal_pointer (&forms) : NULL;
}

/**
 * shequ_paper_forms_load:
 * @path: a path below `data/`, as `rules/admission-papers.ini`
 * @error: return location
 *
 * Returns: (transfer full): the forms, or %NULL with %SHEQU_ERROR_CATALOGUE naming file, line, group and key
 */
ShequPaperForms *
shequ_paper_forms_load (const char *path, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_load (path, error);

  return file != NULL ? read_forms (file, error) : NULL;
}

/** shequ_paper_forms_new: as shequ_paper_forms_load(), from the text of a file that messages call @name. */
ShequPaperForms *
shequ_paper_forms_new (const char *name, const char *text, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_new (name, text, error);

  return file != NULL ? read_forms (file, error) : NULL;
}

/** shequ_paper_forms_get: (element-type ShequPaperForm): in the order of the file. */
const GPtrArray *
shequ_paper_forms_get (ShequPaperForms *forms)
{
  return forms->forms;
}

/** shequ_paper_forms_find: (nullable): the form of a kind of paper. */
const ShequPaperForm *
shequ_paper_forms_find (ShequPaperForms *forms, const char *kind)
{
  for (guint i = 0; i < forms->forms->len; i++)
    if (g_strcmp0 (((ShequPaperForm *) forms->forms->pdata[i])->kind, kind) == 0)
      return forms->forms->pdata[i];
  return NULL;
}

/* Fills the blanks of a paragraph; FALSE where it has some and all are empty. */
static gboolean
fill_paragraph (const char *text, GHashTable *values, GString *filled)
{
  gboolean blanks = FALSE, said = FALSE;
  const char *open;

  for (; (open = strchr (text, '{')) != NULL && strchr (open, '}') != NULL; text = strchr (open, '}') + 1)
    {
      g_autofree char *name = g_strndup (open + 1, strchr (open, '}') - open - 1);
      const char *value = g_hash_table_lookup (values, name);

      blanks = TRUE;
      g_string_append_len (filled, text, open - text);
      if (value == NULL || *value == '\0')
        continue;
      said = TRUE;
      g_string_append (filled, value);
    }
  g_string_append (filled, text);
  return said || !blanks;
}

/**
 * shequ_paper_form_fill:
 * @text: paragraphs, one a line, with blanks
 * @values: (element-type utf8 utf8): what stands in the blanks
 *
 * Returns: (transfer full): the text; paragraphs whose blanks are all empty are left out
 */
char *
shequ_paper_form_fill (const char *text, GHashTable *values)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);
  GString *all = g_string_new (NULL);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      g_autoptr (GString) filled = g_string_new (NULL);

      if (!fill_paragraph (paragraphs[i], values, filled))
        continue;
      /* A value that ends a sentence leaves no second stop behind. */
      g_string_replace (filled, "。。", "。", 0);
      if (all->len > 0)
        g_string_append_c (all, '\n');
      g_string_append (all, filled->str);
    }
  return g_string_free (all, FALSE);
}
