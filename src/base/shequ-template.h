#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A piece of a title or text: `{name}` names a field, `{name|other}` names two of which the second stands in
 * for an empty first; all else is taken as it stands.
 */
typedef struct
{
  const char *start;
  gsize length;
  gboolean field;
  gboolean otherwise; /* only when the field before it is empty */
  gboolean more;      /* the next part stands in for this one */
} ShequTemplatePart;

gboolean shequ_template_next (const char **at, ShequTemplatePart *part);

G_END_DECLS
