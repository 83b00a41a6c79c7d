#include "shequ-end-button.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"

/* A record as it was before it was ended. */
typedef struct
{
  GtkWidget *widget;
  ShequOffice *office;
  ShequRow *row;
} Ended;

static void
ended_free (gpointer data)
{
  Ended *ended = data;

  g_object_unref (ended->widget);
  g_object_unref (ended->office);
  g_clear_pointer (&ended->row, shequ_row_free);
  g_free (ended);
}

static void
taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  ShequRow *row = shequ_office_save_finish (SHEQU_OFFICE (source), result, NULL, &error);

  if (row == NULL)
    shequ_feedback_show_error (widget, _ ("It was not taken back."), error);
  g_clear_pointer (&row, shequ_row_free);
}

static void
take_back (gpointer data)
{
  Ended *ended = data;

  shequ_value_clear (shequ_row_get (ended->row, ended->row->reg->period_end));
  shequ_office_save_async (ended->office, ended->row, NULL, taken_back, g_object_ref (ended->widget));
}

static void
was_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  ShequRow *row = shequ_office_save_finish (SHEQU_OFFICE (source), result, NULL, &error);
  g_autofree char *title = NULL;
  g_autofree char *message = NULL;
  Ended *ended;

  if (row == NULL)
    {
      shequ_feedback_show_error (widget, _ ("It was not ended."), error);
      return;
    }
  ended = g_new0 (Ended, 1);
  ended->widget = g_object_ref (widget);
  ended->office = g_object_ref (SHEQU_OFFICE (source));
  ended->row = row;
  title = shequ_row_get_title (row);
  message = g_strdup_printf (_ ("“%s” ends today"), title);
  shequ_feedback_offer_undo (widget, message, take_back, ended, ended_free);
}

/**
 * shequ_end_button_new:
 *
 * Returns: (transfer floating): a button that ends the record beside which it stands; what it does is the
 *   caller's: shequ_end_button_end()
 */
GtkWidget *
shequ_end_button_new (void)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("End"));

  gtk_widget_set_tooltip_text (button, _ ("It holds for the last time today"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

/**
 * shequ_end_button_can_end:
 * @row: (nullable): a record
 *
 * Returns: whether it holds until somebody ends it
 */
gboolean
shequ_end_button_can_end (const ShequRow *row)
{
  return row != NULL && row->reg->period_end != NULL && !row->reg->fixed &&
         !row->reg->period_end->read_only && shequ_value_is_null (shequ_row_get (row, row->reg->period_end));
}

/**
 * shequ_end_button_end:
 * @widget: where it is said what became of it
 * @office: whose record it is
 * @row: (nullable): the record; nothing happens when it can't be ended
 *
 * Lets a record hold for the last time today, and offers to take that back.
 */
void
shequ_end_button_end (GtkWidget *widget, ShequOffice *office, const ShequRow *row)
{
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (ShequRow) changed = NULL;

  if (!shequ_end_button_can_end (row))
    return;
  changed = shequ_row_copy (row);
  shequ_row_set_text (changed, row->reg->period_end->name, today);
  shequ_office_save_async (office, changed, NULL, was_ended, g_object_ref (widget));
}
