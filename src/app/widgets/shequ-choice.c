#include "shequ-chooser.h"

#include "config.h"

#include "shequ-chooser-private.h"

struct _ShequChoice
{
  GObject parent_instance;

  const ShequRegister *reg; /* (nullable) for a code */
  gint64 key;
  char *code;
  char *title;
  char *detail;
  GArray *title_marks;  /* (nullable) of ShequSearchMark: what was typed */
  GArray *detail_marks; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ShequChoice, shequ_choice, G_TYPE_OBJECT)

static void
shequ_choice_finalize (GObject *object)
{
  ShequChoice *self = SHEQU_CHOICE (object);

  g_free (self->code);
  g_free (self->title);
  g_free (self->detail);
  g_clear_pointer (&self->title_marks, g_array_unref);
  g_clear_pointer (&self->detail_marks, g_array_unref);
  G_OBJECT_CLASS (shequ_choice_parent_class)->finalize (object);
}

static void
shequ_choice_class_init (ShequChoiceClass *class)
{
  G_OBJECT_CLASS (class)->finalize = shequ_choice_finalize;
}

static void
shequ_choice_init (ShequChoice *self)
{
}

/**
 * shequ_choice_new:
 * @reg: (nullable): the register of a record
 * @key: its key; 0 for “none”
 * @title: what it is called
 * @detail: (nullable): what tells it from others of that name
 *
 * Returns: (transfer full): a record to choose
 */
ShequChoice *
shequ_choice_new (const ShequRegister *reg, gint64 key, const char *title, const char *detail)
{
  ShequChoice *self = g_object_new (SHEQU_TYPE_CHOICE, NULL);

  self->reg = reg;
  self->key = key;
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  return self;
}

/**
 * shequ_choice_new_code:
 * @code: (nullable): the code; %NULL for “none”
 * @title: its label
 *
 * Returns: (transfer full): a code to choose
 */
ShequChoice *
shequ_choice_new_code (const char *code, const char *title)
{
  ShequChoice *self = shequ_choice_new (NULL, 0, title, NULL);

  self->code = g_strdup (code);
  return self;
}

const ShequRegister *
shequ_choice_get_register (ShequChoice *self)
{
  return self->reg;
}

gint64
shequ_choice_get_key (ShequChoice *self)
{
  return self->key;
}

const char *
shequ_choice_get_code (ShequChoice *self)
{
  return self->code;
}

const char *
shequ_choice_get_title (ShequChoice *self)
{
  return self->title;
}

const char *
shequ_choice_get_detail (ShequChoice *self)
{
  return self->detail;
}

/**
 * shequ_choice_take_marks:
 * @self: a choice
 * @title_marks: (transfer full) (nullable) (element-type ShequSearchMark): what was typed of its title
 * @detail_marks: (transfer full) (nullable) (element-type ShequSearchMark): and of its detail
 *
 * Lets the parts that were typed be marked.
 */
void
shequ_choice_take_marks (ShequChoice *self, GArray *title_marks, GArray *detail_marks)
{
  g_clear_pointer (&self->title_marks, g_array_unref);
  g_clear_pointer (&self->detail_marks, g_array_unref);
  self->title_marks = title_marks;
  self->detail_marks = detail_marks;
}

const GArray *
shequ_choice_get_title_marks (ShequChoice *self)
{
  return self->title_marks;
}

const GArray *
shequ_choice_get_detail_marks (ShequChoice *self)
{
  return self->detail_marks;
}
