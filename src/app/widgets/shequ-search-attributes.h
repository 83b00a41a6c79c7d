#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

PangoAttrList *shequ_search_attributes_new (const GArray *marks);

G_END_DECLS
