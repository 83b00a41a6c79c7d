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
};

G_DEFINE_FINAL_TYPE (ShequChoice, shequ_choice, G_TYPE_OBJECT)

static void
shequ_choice_finalize (GObject *object)
{
  ShequChoice *self = SHEQU_CHOICE (object);

  g_free (self->code);
  g_free (self->title);
  g_free (self->detail);
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
