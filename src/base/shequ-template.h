#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A piece of a title or text: `{name}` names a field, all else is taken as it stands. */
typedef struct
{
  const char *start;
  gsize length;
  gboolean field;
} ShequTemplatePart;

gboolean shequ_template_next (const char **at, ShequTemplatePart *part);

G_END_DECLS
