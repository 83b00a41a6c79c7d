#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequPageEntry:
 * @name: what `win.page` takes
 * @title: msgid
 * @icon: name of an icon
 * @get_type: (nullable): the type of the page, a #ShequPage
 * @in_sidebar: or reached by the menu only
 * @belongs: what belongs here, said while nothing does; msgid
 * @subject: (nullable): the register that it is about: who does not see that is not offered the page
 *
 * A subject of the sidebar. To add a page, add its line to the table in shequ-pages.c.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *icon;
  GType (*get_type) (void);
  gboolean in_sidebar;
  const char *belongs;
  const char *subject;
} ShequPageEntry;

const ShequPageEntry *shequ_pages_get_entries (guint *n_entries);
const ShequPageEntry *shequ_pages_lookup (const char *name);
gboolean shequ_pages_may_show (const ShequPageEntry *entry, ShequOffice *office);
GtkWidget *shequ_pages_make (const ShequPageEntry *entry, ShequOffice *office);

G_END_DECLS
