/*
 * Which column of a spreadsheet is which field.
 *
 * Headers are compared with labels, names and synonyms of the descriptions, without blanks, marks and what
 * stands in brackets. A field of the register itself goes before one behind a link. What remains is
 * assigned by a person.
 */
#include "shequ-mapping.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEEPEST_LINK 4
/* How much of a longer header a name must cover to be taken for it. */
#define LEAST_COVER 0.6

static void
free_target (gpointer data)
{
  ShequTarget *target = data;

  g_free (target->path);
  g_free (target->label);
  g_ptr_array_unref (target->links);
  g_ptr_array_unref (target->names);
  g_free (target);
}

static gboolean
is_mark (gunichar c)
{
  return g_unichar_isspace (c) || (g_unichar_ispunct (c) && c != '/') || c == 0x3000 || c == '*' ||
         c == 0x200b || c == 0xfeff;
}

/* A header without blanks, marks, what stands in brackets, and differences of width and case. */
static char *
simplify (const char *header)
{
  g_autofree char *wide = g_utf8_normalize (header, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *text;
  guint brackets = 0;

  if (wide == NULL)
    return g_strdup ("");
  text = g_string_new (NULL);
  for (const char *p = wide; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '(' || c == '[' || c == 0x3010)
        brackets++;
      else if ((c == ')' || c == ']' || c == 0x3011) && brackets > 0)
        brackets--;
      else if (brackets == 0 && !is_mark (c))
        g_string_append_unichar (text, g_unichar_tolower (c));
    }
  return g_string_free (text, FALSE);
}

static void
add_name (ShequTarget *target, const char *name)
{
  char *simple = simplify (name);

  if (*simple != '\0')
    g_ptr_array_add (target->names, simple);
  else
    g_free (simple);
}

/* Whether a header belongs to a field of the linked register itself, as 住址 to a household's address. */
static gboolean
is_answered (const ShequRegister *reg, const char *header)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      if (shequ_field_answers_to (reg->fields->pdata[i], header))
        return TRUE;
    }
  return FALSE;
}

/* 所属队伍 of a volunteer is the name of the team: what a link is called stands for what names its target. */
static void
add_link_names (ShequTarget *target)
{
  const ShequField *link = target->links->len > 0 ? target->links->pdata[target->links->len - 1] : NULL;

  if (link == NULL || !g_str_equal (target->field->name, "name"))
    return;
  if (!is_answered (link->target, link->label))
    add_name (target, link->label);
  for (guint i = 0; link->synonyms != NULL && link->synonyms[i] != NULL; i++)
    {
      if (!is_answered (link->target, link->synonyms[i]))
        add_name (target, link->synonyms[i]);
    }
}

static void
add_names (ShequTarget *target)
{
  const ShequField *field = target->field;

  target->names = g_ptr_array_new_with_free_func (g_free);
  add_name (target, field->label);
  add_name (target, target->path);
  add_name (target, target->label);
  for (guint i = 0; field->synonyms != NULL && field->synonyms[i] != NULL; i++)
    add_name (target, field->synonyms[i]);
  add_link_names (target);
}

static void
add_target (GPtrArray *targets, GPtrArray *links, const ShequField *field)
{
  ShequTarget *target = g_new0 (ShequTarget, 1);
  GString *path = g_string_new (NULL);
  GString *label = g_string_new (NULL);

  target->links = g_ptr_array_new ();
  for (guint i = 0; i < links->len; i++)
    {
      const ShequField *link = links->pdata[i];

      g_ptr_array_add (target->links, (gpointer) link);
      g_string_append_printf (path, "%s.", link->name);
    }
  if (links->len > 0)
    g_string_append_printf (label, "%s · ", ((const ShequField *) links->pdata[links->len - 1])->label);
  target->path = g_strconcat (path->str, field->name, NULL);
  target->label = g_strconcat (label->str, field->label, NULL);
  target->field = field;
  add_names (target);
  g_ptr_array_add (targets, target);
  g_string_free (path, TRUE);
  g_string_free (label, TRUE);
}

static gboolean
leads_back (GPtrArray *links, const ShequRegister *root, const ShequField *link)
{
  for (guint i = 0; i < links->len; i++)
    {
      if (((const ShequField *) links->pdata[i])->target == link->target)
        return TRUE;
    }
  return link->target == root;
}

static void
collect_targets (GPtrArray *targets, GPtrArray *links, const ShequRegister *root, const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->hidden || !shequ_field_is_stored (field))
        continue;
      if (field->kind == SHEQU_FIELD_LINK && field->create)
        {
          if (links->len >= DEEPEST_LINK || leads_back (links, root, field))
            continue;
          g_ptr_array_add (links, (gpointer) field);
          collect_targets (targets, links, root, field->target);
          g_ptr_array_remove_index (links, links->len - 1);
        }
      else if (links->len == 0 || !g_str_equal (field->name, "unit"))
        add_target (targets, links, field);
    }
}

static int
compare_depth (gconstpointer one, gconstpointer other)
{
  const ShequTarget *a = *(const ShequTarget *const *) one;
  const ShequTarget *b = *(const ShequTarget *const *) other;

  return (int) a->links->len - (int) b->links->len;
}

/**
 * shequ_targets_list:
 * @reg: a register
 *
 * Returns: (transfer full) (element-type ShequTarget): where columns can go, the register's own fields first
 */
GPtrArray *
shequ_targets_list (const ShequRegister *reg)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func (free_target);
  g_autoptr (GPtrArray) links = g_ptr_array_new ();

  collect_targets (targets, links, reg, reg);
  g_ptr_array_sort (targets, compare_depth);
  return targets;
}

/**
 * shequ_mapping_new:
 * @reg: the register that rows go into
 *
 * Returns: (transfer full): a mapping without columns yet
 */
ShequMapping *
shequ_mapping_new (const ShequRegister *reg)
{
  ShequMapping *mapping = g_new0 (ShequMapping, 1);

  mapping->reg = reg;
  mapping->targets = shequ_targets_list (reg);
  mapping->headers = g_ptr_array_new_with_free_func (g_free);
  mapping->columns = g_ptr_array_new ();
  return mapping;
}

void
shequ_mapping_free (ShequMapping *mapping)
{
  g_ptr_array_unref (mapping->targets);
  g_ptr_array_unref (mapping->headers);
  g_ptr_array_unref (mapping->columns);
  g_free (mapping);
}

/* 1 where a name is the header, the covered share where it is part of it, else 0. */
static double
compare_name (const char *header, const char *simple)
{
  double cover;

  if (*header == '\0')
    return 0;
  if (g_str_equal (header, simple))
    return 1;
  if (strstr (header, simple) == NULL)
    return 0;
  cover = (double) g_utf8_strlen (simple, -1) / (double) g_utf8_strlen (header, -1);
  return cover >= LEAST_COVER ? cover * 0.9 : 0;
}

static double
compare_target (const char *header, const ShequTarget *target)
{
  double best = 0;

  for (guint i = 0; i < target->names->len; i++)
    best = MAX (best, compare_name (header, target->names->pdata[i]));
  return best - 0.01 * target->links->len;
}

static const ShequTarget *
guess_target (const ShequMapping *mapping, const char *header, const GPtrArray *taken, double *score)
{
  g_autofree char *simple = simplify (header);
  const ShequTarget *best = NULL;

  *score = 0;
  for (guint i = 0; i < mapping->targets->len; i++)
    {
      const ShequTarget *target = mapping->targets->pdata[i];
      double how = compare_target (simple, target);

      if (how > *score && (taken == NULL || !g_ptr_array_find ((GPtrArray *) taken, target, NULL)))
        {
          *score = how;
          best = target;
        }
    }
  return best;
}

/**
 * shequ_mapping_score:
 * @mapping: a mapping
 * @cells: (array length=n_cells): the cells of a row
 * @n_cells: how many
 *
 * Returns: how many cells of the row look like headers of the register
 */
guint
shequ_mapping_score (const ShequMapping *mapping, const char *const *cells, guint n_cells)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();

  for (guint i = 0; i < n_cells; i++)
    {
      double score;
      const ShequTarget *target;

      /* A header is short; a whole sentence is a title or a note. */
      if (cells[i] == NULL || *cells[i] == '\0' || strlen (cells[i]) > 120)
        continue;
      target = guess_target (mapping, cells[i], taken, &score);
      if (target != NULL)
        g_ptr_array_add (taken, (gpointer) target);
    }
  return taken->len;
}

/* The best pairs first, so that an exact header is not taken by one that only holds the same word. */
static void
assign_best (ShequMapping *mapping, double least)
{
  for (guint i = 0; i < mapping->headers->len; i++)
    {
      double score;
      const ShequTarget *target;

      if (mapping->columns->pdata[i] != NULL)
        continue;
      target = guess_target (mapping, mapping->headers->pdata[i], mapping->columns, &score);
      if (target != NULL && score >= least)
        mapping->columns->pdata[i] = (gpointer) target;
    }
}

/**
 * shequ_mapping_guess:
 * @mapping: a mapping
 * @cells: (array length=n_cells): the cells of the header row
 * @n_cells: how many
 *
 * Takes the header row and guesses where each column goes.
 */
void
shequ_mapping_guess (ShequMapping *mapping, const char *const *cells, guint n_cells)
{
  g_ptr_array_set_size (mapping->headers, 0);
  g_ptr_array_set_size (mapping->columns, 0);
  for (guint i = 0; i < n_cells; i++)
    {
      g_ptr_array_add (mapping->headers, g_strstrip (g_strdup (cells[i] != NULL ? cells[i] : "")));
      g_ptr_array_add (mapping->columns, NULL);
    }
  assign_best (mapping, 0.94);
  assign_best (mapping, 0.4);
}

/**
 * shequ_mapping_find_target:
 * @mapping: a mapping
 * @path: a path, or the label or name of a field
 *
 * Returns: (transfer none) (nullable): the target
 */
const ShequTarget *
shequ_mapping_find_target (const ShequMapping *mapping, const char *path)
{
  for (guint i = 0; i < mapping->targets->len; i++)
    {
      const ShequTarget *target = mapping->targets->pdata[i];

      if (g_str_equal (target->path, path) || g_str_equal (target->label, path) ||
          g_str_equal (target->field->label, path))
        return target;
    }
  return NULL;
}

static gboolean
find_column (const ShequMapping *mapping, const char *column, guint *place)
{
  g_autofree char *simple = simplify (column);
  guint64 number;

  for (guint i = 0; i < mapping->headers->len; i++)
    {
      g_autofree char *header = simplify (mapping->headers->pdata[i]);

      if (*simple != '\0' && g_str_equal (header, simple))
        {
          *place = i;
          return TRUE;
        }
    }
  if (!g_ascii_string_to_unsigned (column, 10, 1, mapping->headers->len, &number, NULL))
    return FALSE;
  *place = (guint) number - 1;
  return TRUE;
}

/**
 * shequ_mapping_assign:
 * @mapping: a mapping that has taken its header row
 * @column: a header, or the number of a column from 1
 * @path: (nullable): where it goes; %NULL or empty leaves the column out
 * @error: %SHEQU_ERROR_ARGUMENT
 *
 * Corrects the guess. A target that another column had is taken from it.
 *
 * Returns: whether there are such a column and such a target
 */
gboolean
shequ_mapping_assign (ShequMapping *mapping, const char *column, const char *path, GError **error)
{
  const ShequTarget *target = NULL;
  guint place;

  if (!find_column (mapping, column, &place))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("The file has no column “%s”"), column);
      return FALSE;
    }
  if (path != NULL && *path != '\0')
    {
      target = shequ_mapping_find_target (mapping, path);
      if (target == NULL)
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("“%s” has no field “%s”"),
                       mapping->reg->label, path);
          return FALSE;
        }
    }
  for (guint i = 0; target != NULL && i < mapping->columns->len; i++)
    {
      if (mapping->columns->pdata[i] == target)
        mapping->columns->pdata[i] = NULL;
    }
  mapping->columns->pdata[place] = (gpointer) target;
  return TRUE;
}

/**
 * shequ_mapping_count_mapped:
 * @mapping: a mapping
 *
 * Returns: how many columns go somewhere
 */
guint
shequ_mapping_count_mapped (const ShequMapping *mapping)
{
  guint n = 0;

  for (guint i = 0; i < mapping->columns->len; i++)
    n += mapping->columns->pdata[i] != NULL;
  return n;
}
