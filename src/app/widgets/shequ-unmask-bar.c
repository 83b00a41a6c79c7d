#include "shequ-unmask-bar.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-reason-dialog.h"
#include "shequ-unmask.h"

#define KEY "shequ-unmask"

/* What records are opened for every day; the last asks for words of one's own. */
static const char *const purposes[] = {
  N_ ("Checking the record with the person"), N_ ("Issuing a certificate"), N_ ("Applying for a benefit"),
  N_ ("Checking a list of a department"),     N_ ("Visit or call"),         N_ ("Other, as written below"),
};

typedef struct
{
  guint chosen;
  ShequPurposeGiven given;
  gpointer data;
  GDestroyNotify free_data;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  if (asking->free_data != NULL)
    asking->free_data (asking->data);
  g_free (asking);
}

static void
answered (const char *words, gpointer data)
{
  const Asking *asking = data;
  gboolean own = asking->chosen >= G_N_ELEMENTS (purposes) - 1;
  const char *chosen = own ? "" : _ (purposes[asking->chosen]);
  g_autofree char *purpose = own              ? g_strdup (words)
                             : *words == '\0' ? g_strdup (chosen)
                                              : g_strdup_printf (_ ("%s: %s"), chosen, words);

  asking->given (purpose, asking->data);
}

/**
 * shequ_unmask_ask:
 * @widget: who asks
 * @given: called with the purpose when the person goes on
 * @data: for @given
 * @free_data: (nullable): for @data
 *
 * Asks what a look at masked values is needed for: chosen, typed, or both.
 */
void
shequ_unmask_ask (GtkWidget *widget, ShequPurposeGiven given, gpointer data, GDestroyNotify free_data)
{
  Asking *asking = g_new0 (Asking, 1);
  const char *choices[G_N_ELEMENTS (purposes) + 1] = { NULL };
  ShequReasonAsk ask = {
    .heading = _ ("What is it needed for?"),
    .body = _ ("This record is shown in full for one minute. The purpose, your name and the time go into the "
               "change log of this record."),
    .accept = _ ("_Show"),
    .choices = choices,
    .chosen = &asking->chosen,
  };

  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    choices[i] = _ (purposes[i]);
  asking->given = given;
  asking->data = data;
  asking->free_data = free_data;
  shequ_reason_dialog_present (widget, &ask, answered, asking, asking_free);
}

/* Belongs to the bar. */
typedef struct
{
  ShequRecord *record; /* (nullable) */
  GtkLabel *label;
  GtkWidget *show;
  GtkWidget *mask;
} Bar;

static void
bar_free (gpointer data)
{
  Bar *bar = data;

  g_clear_object (&bar->record);
  g_free (bar);
}

static void
unmasked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_record_unmask_finish (SHEQU_RECORD (source), result, &error) &&
      gtk_widget_get_root (widget) != NULL)
    shequ_feedback_show_error (widget, _ ("What is masked was not shown."), error);
}

static void
purpose_given (const char *purpose, gpointer data)
{
  Bar *bar = g_object_get_data (G_OBJECT (data), KEY);

  if (bar->record != NULL && shequ_record_get_row (bar->record) != NULL)
    shequ_record_unmask_async (bar->record, purpose, SHEQU_UNMASK_SECONDS, NULL, unmasked,
                               g_object_ref (data));
}

static void
show_clicked (GtkWidget *widget)
{
  shequ_unmask_ask (widget, purpose_given, g_object_ref (widget), g_object_unref);
}

static void
mask_clicked (GtkWidget *widget)
{
  Bar *bar = g_object_get_data (G_OBJECT (widget), KEY);

  if (bar->record != NULL)
    shequ_record_mask (bar->record);
}

/**
 * shequ_unmask_bar_set_record:
 * @widget: a bar of shequ_unmask_bar_new()
 * @record: (nullable): what is shown beside it
 *
 * Says whether the record is masked; call it whenever its `row` notifies.
 */
void
shequ_unmask_bar_set_record (GtkWidget *widget, ShequRecord *record)
{
  Bar *bar = g_object_get_data (G_OBJECT (widget), KEY);
  const ShequRow *row = record != NULL ? shequ_record_get_row (record) : NULL;
  gboolean open = record != NULL && shequ_record_get_unmasked (record);

  g_set_object (&bar->record, record);
  gtk_label_set_text (bar->label, open ? _ ("Shown in full for one minute; this look is logged")
                                       : _ ("Numbers are masked"));
  gtk_widget_set_visible (bar->show, !open);
  gtk_widget_set_visible (bar->mask, open);
  gtk_widget_set_visible (widget, row != NULL && shequ_row_has_covered (row));
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, box, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/**
 * shequ_unmask_bar_new:
 *
 * Says that values are masked, and shows them for a purpose and a minute.
 *
 * Returns: (transfer floating): the bar, hidden until it has a record
 */
GtkWidget *
shequ_unmask_bar_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  Bar *bar = g_new0 (Bar, 1);

  g_object_set_data_full (G_OBJECT (box), KEY, bar, bar_free);
  bar->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (bar->label, 0);
  gtk_label_set_wrap (bar->label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (bar->label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (bar->label), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bar->label));
  bar->show = add_button (box, _ ("Show in f_ull…"), G_CALLBACK (show_clicked));
  bar->mask = add_button (box, _ ("_Mask again"), G_CALLBACK (mask_clicked));
  gtk_widget_hide (box);
  return box;
}
