#include "shequ-search-attributes.h"

#include "config.h"

#include "shequ-search-marks.h"

/**
 * shequ_search_attributes_new:
 * @marks: (nullable) (element-type ShequSearchMark): parts of a text
 *
 * Bold and underlined, so that a mark is seen in each colour scheme and by who sees no difference of weight.
 *
 * Returns: (transfer full) (nullable): how a label shows them
 */
PangoAttrList *
shequ_search_attributes_new (const GArray *marks)
{
  PangoAttrList *attributes;

  if (marks == NULL)
    return NULL;
  attributes = pango_attr_list_new ();
  for (guint i = 0; i < marks->len; i++)
    {
      const ShequSearchMark *mark = &g_array_index (marks, ShequSearchMark, i);
      PangoAttribute *parts[] = { pango_attr_weight_new (PANGO_WEIGHT_BOLD),
                                  pango_attr_underline_new (PANGO_UNDERLINE_SINGLE) };

      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        {
          parts[j]->start_index = mark->start;
          parts[j]->end_index = mark->end;
          pango_attr_list_insert (attributes, parts[j]);
        }
    }
  return attributes;
}
