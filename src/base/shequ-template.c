#include "shequ-template.h"

#include "config.h"

#include <string.h>

/**
 * shequ_template_next:
 * @at: (inout): a place in a template; moved behind the part
 * @part: (out): the part; its text belongs to the template
 *
 * Reads `{number} of {title}` part by part; a bracket that is not closed is text.
 *
 * Returns: %FALSE at the end
 */
gboolean
shequ_template_next (const char **at, ShequTemplatePart *part)
{
  const char *close = **at == '{' ? strchr (*at, '}') : NULL;

  if (**at == '\0')
    return FALSE;
  part->field = close != NULL;
  if (part->field)
    {
      part->start = *at + 1;
      part->length = close - part->start;
      *at = close + 1;
      return TRUE;
    }
  part->start = *at;
  part->length = 1 + strcspn (*at + 1, "{");
  *at += part->length;
  return TRUE;
}
