/* What an application becomes when it is admitted: an item of the lists, as long as it is in force. */
#include "config.h"

#include "shequ-admission-private.h"

#define STATE_EXITED "exited"

static const char *const admitting[] = { "admitted", "trial", NULL };

/* What an admitted application becomes: an item of the list of assisted duties. */
static gboolean
create_item (ShequOffice *office, ShequTransaction *transaction, ShequRow *application, GError **error)
{
  static const char *const texts[][2] = {
    { "name", "title" }, { "basis", "basis" }, { "frequency", "frequency" }, { "valid_to", "end_on" }
  };
  const ShequRegister *items = shequ_office_require_register (office, "work_item", error);
  const char *start_on = shequ_row_get_text (application, "start_on");
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (ShequRow) item = NULL;

  if (items == NULL)
    return FALSE;
  item = shequ_office_new_row (office, items);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (shequ_row_get_text (application, texts[i][1]) != NULL)
      shequ_row_set_text (item, texts[i][0], shequ_row_get_text (application, texts[i][1]));
  shequ_row_set_text (item, "valid_from", start_on != NULL ? start_on : today);
  shequ_row_set_integer (item, "department", shequ_row_get_integer (application, "department"));
  shequ_row_set_integer (item, "funding", shequ_row_get_integer (application, "funding"));
  shequ_row_set_text (item, "kind", "assisted_duty");
  shequ_row_set_text (item, "admitted", "y");
  shequ_row_set_integer (item, "application", application->key);
  if (!shequ_office_save_in (office, transaction, item, NULL, error))
    return FALSE;
  shequ_row_set_integer (application, "item", item->key);
  return TRUE;
}

/* An item whose application has ended is in force no more. */
static gboolean
end_item (ShequOffice *office, ShequTransaction *transaction, const ShequRow *application, GError **error)
{
  const ShequRegister *items = shequ_office_require_register (office, "work_item", error);
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (ShequRow) item = NULL;
  const char *valid_from;

  if (items == NULL)
    return FALSE;
  item = shequ_transaction_get (transaction, items, shequ_row_get_integer (application, "item"), error);
  if (item == NULL)
    return FALSE;
  valid_from = shequ_row_get_text (item, "valid_from");
  shequ_row_set_integer (item, "active", 0);
  shequ_row_set_text (item, "valid_to", g_strcmp0 (valid_from, today) > 0 ? valid_from : today);
  return shequ_office_save_in (office, transaction, item, NULL, error);
}

gboolean
shequ_admission_change_item (ShequOffice *office,
                             ShequTransaction *transaction,
                             ShequRow *application,
                             const char *to,
                             GError **error)
{
  gint64 item = shequ_row_get_integer (application, "item");

  if (g_strv_contains (admitting, to) && item == 0)
    return create_item (office, transaction, application, error);
  if (g_strcmp0 (to, STATE_EXITED) == 0 && item != 0)
    return end_item (office, transaction, application, error);
  return TRUE;
}
