#include "shequ-template.h"

#include "config.h"

#include <string.h>

/**
 * shequ_template_next:
 * @at: (inout): a place in a template; moved behind the part
 * @part: (inout): the part, all zero before the first; its text belongs to the template
 *
 * Reads `{number} of {title|name}` part by part; a bracket that is not closed is text.
 *
 * Returns: %FALSE at the end
 */
gboolean
shequ_template_next (const char **at, ShequTemplatePart *part)
{
  gboolean inside = part->more;
  gboolean opens = inside || (**at == '{' && strchr (*at, '}') != NULL);

  if (**at == '\0')
    return FALSE;
  part->otherwise = inside;
  part->field = opens;
  part->more = FALSE;
  if (opens)
    {
      part->start = *at + (inside ? 0 : 1);
      part->length = strcspn (part->start, "|}");
      part->more = part->start[part->length] == '|';
      *at = part->start + part->length + 1;
      return TRUE;
    }
  part->start = *at;
  part->length = 1 + strcspn (*at + 1, "{");
  *at += part->length;
  return TRUE;
}
