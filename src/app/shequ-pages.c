#include "shequ-pages.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-page.h"
#include "shequ-audit-page.h"
#include "shequ-base-page.h"
#include "shequ-burden-page.h"
#include "shequ-care-page.h"
#include "shequ-certificates-page.h"
#include "shequ-import-page.h"
#include "shequ-own-page.h"
#include "shequ-places-page.h"
#include "shequ-preferences-page.h"
#include "shequ-registers-page.h"
#include "shequ-residents-page.h"
#include "shequ-today-page.h"
#include "shequ-volunteers-page.h"
#include "shequ-work-page.h"

static const ShequPageEntry entries[] = {
  { "today", N_ ("Today"), "x-office-calendar-symbolic", shequ_today_page_get_type, TRUE,
    N_ ("What is due today, and what is overdue."), NULL },
  { "residents", N_ ("Residents"), "system-users-symbolic", shequ_residents_page_get_type, TRUE,
    N_ ("Residents and their households."), "resident" },
  { "places", N_ ("Places"), "mark-location-symbolic", shequ_places_page_get_type, TRUE,
    N_ ("Units, grids, buildings and homes, and who answers for them."), "building" },
  { "care", N_ ("Visits and care"), "user-home-symbolic", shequ_care_page_get_type, TRUE,
    N_ ("Who is to be visited, the files of households, survey rounds."), "visit" },
  { "work", N_ ("Work"), "alarm-symbolic", shequ_work_page_get_type, TRUE,
    N_ ("Work items by department, and the hours they took."), "work_entry" },
  { "burden", N_ ("Burden"), "power-profile-balanced-symbolic", shequ_burden_page_get_type, TRUE,
    N_ ("Which department took how many hours."), "work_entry" },
  { "certificates", N_ ("Certificates"), "application-certificate-symbolic", shequ_certificates_page_get_type,
    TRUE, N_ ("What may be certified, and where to go with the rest."), "certificate" },
  { "admission", N_ ("Admission"), "mail-read-symbolic", shequ_admission_page_get_type, TRUE,
    N_ ("Applications of departments to have work done in the community."), "application" },
  { "volunteers", N_ ("Volunteers"), "emote-love-symbolic", shequ_volunteers_page_get_type, TRUE,
    N_ ("Teams, shifts and hours of volunteers."), "volunteer" },
  { "registers", N_ ("Registers"), "view-list-symbolic", shequ_registers_page_get_type, TRUE,
    N_ ("Every book of the office."), NULL },
  { "base", N_ ("Base data"), "view-grid-symbolic", shequ_base_page_get_type, TRUE,
    N_ ("50 classes and 150 items, computed from the books, with who answers for each."), "resident" },
  { "own", N_ ("Own registers and fields"), "document-edit-symbolic", shequ_own_page_get_type, FALSE,
    N_ ("What the office has added to the books."), NULL },
  { "import", N_ ("Import"), "document-open-symbolic", shequ_import_page_get_type, FALSE,
    N_ ("Spreadsheets that others have sent."), NULL },
  { "audit", N_ ("Change log"), "security-high-symbolic", shequ_audit_page_get_type, FALSE,
    N_ ("Who did what, and who looked at what."), NULL },
  { "preferences", N_ ("Preferences"), "preferences-system-symbolic", shequ_preferences_page_get_type, FALSE,
    N_ ("Appearance and names."), NULL },
};

/**
 * shequ_pages_get_entries:
 * @n_entries: (out): how many
 *
 * Returns: (transfer none): the pages in the order of the sidebar
 */
const ShequPageEntry *
shequ_pages_get_entries (guint *n_entries)
{
  *n_entries = G_N_ELEMENTS (entries);
  return entries;
}

/**
 * shequ_pages_lookup:
 * @name: (nullable): the name of a page
 *
 * Returns: (transfer none) (nullable): its entry
 */
const ShequPageEntry *
shequ_pages_lookup (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      if (g_strcmp0 (entries[i].name, name) == 0)
        return &entries[i];
    }
  return NULL;
}

/**
 * shequ_pages_may_show:
 * @entry: a page's entry
 * @office: the office
 *
 * Returns: whether who works sees what the page is about
 */
gboolean
shequ_pages_may_show (const ShequPageEntry *entry, ShequOffice *office)
{
  const ShequRegister *reg =
    entry->subject != NULL ? shequ_office_get_register (office, entry->subject) : NULL;

  return reg == NULL || shequ_store_allows (shequ_office_get_store (office), SHEQU_RIGHT_VIEW, reg, NULL);
}

/**
 * shequ_pages_make:
 * @entry: a page's entry
 * @office: the office that it works for
 *
 * Returns: (transfer none): the page; a plain notice for a subject that has none
 */
GtkWidget *
shequ_pages_make (const ShequPageEntry *entry, ShequOffice *office)
{
  if (entry->get_type != NULL)
    return g_object_new (entry->get_type (), "office", office, NULL);
  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", entry->icon, "title", _ (entry->title),
                       "description", _ (entry->belongs), NULL);
}
