#include "shequ-burden-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-burden-export.h"
#include "shequ-burden-period.h"
#include "shequ-burden-report.h"
#include "shequ-chart-table-view.h"
#include "shequ-chart-view.h"
#include "shequ-feedback.h"
#include "shequ-print-operation.h"

struct _ShequBurdenPage
{
  ShequPage parent_instance;

  GtkLabel *title;
  GtkLabel *finding;
  GtkLabel *piece;
  GtkToggleButton *table;
  GtkStack *stack;
  ShequChartView *chart_view;
  ShequChartTableView *table_view;

  ShequBurdenPeriod period;
  ShequBurden *burden; /* (nullable) */
  ShequChart *chart;   /* (nullable) */
  gboolean stale;      /* the database has changed since */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ShequBurdenPage, shequ_burden_page, SHEQU_TYPE_PAGE)

static void
get_days (ShequBurdenPage *self, ShequBurdenPeriod period, char *from, char *to)
{
  g_autofree char *today = shequ_office_get_today (shequ_page_get_office (SHEQU_PAGE (self)));

  shequ_burden_period_get_days (period, today, from, to);
}

static void
sync_piece (ShequBurdenPage *self)
{
  g_autofree char *words = shequ_chart_view_describe_piece (self->chart_view);

  gtk_label_set_label (self->piece,
                       words != NULL ? words : _ ("Arrow keys walk over the bars, Enter opens the records."));
}

static void
show_numbers (ShequBurdenPage *self)
{
  if (self->burden != NULL && self->burden->entries > 0)
    gtk_stack_set_visible_child_name (self->stack,
                                      gtk_toggle_button_get_active (self->table) ? "table" : "chart");
}

static void
show_burden (ShequBurdenPage *self, ShequBurden *burden)
{
  gboolean empty = burden->entries == 0;

  g_clear_pointer (&self->burden, shequ_burden_free);
  self->burden = burden;
  g_clear_object (&self->chart);
  self->chart = shequ_burden_chart_new (burden, NULL);
  gtk_label_set_label (self->title, shequ_chart_get_title (self->chart));
  gtk_label_set_label (self->finding, shequ_chart_get_finding (self->chart));
  shequ_chart_view_set_chart (self->chart_view, self->chart);
  shequ_chart_table_view_set_chart (self->table_view, self->chart);
  if (empty)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else
    show_numbers (self);
  shequ_page_set_actions (SHEQU_PAGE (self), SHEQU_PAGE_CAN_EXPORT | SHEQU_PAGE_CAN_PRINT);
  sync_piece (self);
}

static void
summed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequBurdenPage) self = user_data;
  g_autoptr (GError) error = NULL;
  ShequBurden *burden = shequ_workload_summarise_finish (SHEQU_OFFICE (source), result, &error);

  if (burden != NULL)
    show_burden (self, burden);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The hours could not be read."), error);
}

static void
refresh (ShequBurdenPage *self)
{
  char from[SHEQU_DATE_TEXT_SIZE], to[SHEQU_DATE_TEXT_SIZE];

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  get_days (self, self->period, from, to);
  shequ_workload_summarise_async (shequ_page_get_office (SHEQU_PAGE (self)), from, to, self->cancellable,
                                  summed, g_object_ref (self));
}

static void
entries_changed (ShequBurdenPage *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
open_records (ShequBurdenPage *self, int series, int category)
{
  ShequChartPiece piece = { series, category };
  g_autofree char *condition = NULL;

  if (self->burden == NULL)
    return;
  condition = shequ_burden_get_condition (self->burden, self->chart, piece);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-records", "(ss)", "work_entry", condition);
}

static void
print (ShequBurdenPage *self)
{
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (ShequDocument) document = NULL;
  ShequBurdenReport report = { self->burden, shequ_office_get_name (office), shequ_office_get_user (office),
                               today };

  if (self->burden == NULL)
    return;
  document = shequ_burden_document_new (&report, self->chart);
  shequ_print_operation_run (GTK_WIDGET (self), document);
}

static void
export_shown (ShequBurdenPage *self, const char *format)
{
  char from[SHEQU_DATE_TEXT_SIZE], to[SHEQU_DATE_TEXT_SIZE];

  get_days (self, self->period, from, to);
  shequ_burden_export_ask (GTK_WIDGET (self), shequ_page_get_office (SHEQU_PAGE (self)), from, to, format);
}

static void
activate_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  export_shown (SHEQU_BURDEN_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* The month's report in one press and the place to keep it, whatever period is looked at. */
static void
report_month (ShequBurdenPage *self)
{
  char from[SHEQU_DATE_TEXT_SIZE], to[SHEQU_DATE_TEXT_SIZE];

  get_days (self, self->period == SHEQU_BURDEN_LAST_MONTH ? SHEQU_BURDEN_LAST_MONTH : SHEQU_BURDEN_THIS_MONTH,
            from, to);
  shequ_burden_export_ask (GTK_WIDGET (self), shequ_page_get_office (SHEQU_PAGE (self)), from, to, "pdf");
}

static void
period_toggled (GtkToggleButton *button, ShequBurdenPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->period = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "period"));
  refresh (self);
}

static GtkWidget *
new_periods (ShequBurdenPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkToggleButton *first = NULL;

  gtk_widget_add_css_class (box, "linked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Period"), -1);
  for (guint i = 0; i < SHEQU_N_BURDEN_PERIODS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (shequ_burden_period_get_label (i));

      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      g_object_set_data (G_OBJECT (button), "period", GUINT_TO_POINTER (i));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == self->period);
      g_signal_connect_object (button, "toggled", G_CALLBACK (period_toggled), self, 0);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static GtkWidget *
new_export_button (void)
{
  static const struct
  {
    const char *label;
    const char *format;
  } entries[] = {
    { N_ ("Report on paper (PDF)…"), "pdf" },
    { N_ ("Chart (SVG)…"), "svg" },
    { N_ ("Chart (PNG)…"), "png" },
    { N_ ("Numbers (Excel)…"), "xlsx" },
  };
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (entries[i].label), NULL);

      g_menu_item_set_action_and_target (item, "burden.export", "s", entries[i].format);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("_Export"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Export what is shown"), -1);
  return button;
}

static GtkWidget *
new_button (ShequBurdenPage *self, const char *label, const char *tooltip, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_toolbar (ShequBurdenPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *report = new_button (self, _ ("_Month's report…"), _ ("Write the month's report as PDF"),
                                  G_CALLBACK (report_month));

  self->table = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_mnemonic (_ ("_Table")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->table), _ ("Show the numbers instead of the bars"));
  g_signal_connect_object (self->table, "notify::active", G_CALLBACK (show_numbers), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_widget_add_css_class (report, "suggested-action");
  gtk_box_append (GTK_BOX (box), new_periods (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->table));
  gtk_box_append (GTK_BOX (box), space);
  gtk_box_append (GTK_BOX (box), new_button (self, _ ("_Print…"), _ ("Print what is shown as a report"),
                                             G_CALLBACK (print)));
  gtk_box_append (GTK_BOX (box), new_export_button ());
  gtk_box_append (GTK_BOX (box), report);
  return box;
}

static GtkWidget *
new_empty (void)
{
  GtkWidget *page =
    g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "alarm-symbolic", "title", _ ("No hours in this time"),
                  "description", _ ("What the office logs on the page Work is summed up here."), NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Log work"));

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "win.page::work");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
new_chart_box (ShequBurdenPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->chart_view = shequ_chart_view_new ();
  g_signal_connect_object (self->chart_view, "moved", G_CALLBACK (sync_piece), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chart_view, "activated", G_CALLBACK (open_records), self, G_CONNECT_SWAPPED);
  self->piece = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->piece, 0);
  gtk_label_set_ellipsize (self->piece, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->piece), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->piece), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chart_view));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->piece));
  return box;
}

static GtkLabel *
add_label (GtkWidget *box, const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
shequ_burden_page_constructed (GObject *object)
{
  ShequBurdenPage *self = SHEQU_BURDEN_PAGE (object);
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  G_OBJECT_CLASS (shequ_burden_page_parent_class)->constructed (object);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  self->title = add_label (heading, "title-2");
  self->finding = add_label (heading, "body");
  self->table_view = shequ_chart_table_view_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, new_chart_box (self), "chart");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->table_view), "table");
  gtk_stack_add_named (self->stack, new_empty (), "empty");
  gtk_box_append (GTK_BOX (box), new_toolbar (self));
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  self->stale = TRUE;
  g_signal_connect_object (office, "changed::work_entry", G_CALLBACK (entries_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (office, "changed::work_item", G_CALLBACK (entries_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
shequ_burden_page_shown (ShequPage *page)
{
  if (SHEQU_BURDEN_PAGE (page)->stale)
    refresh (SHEQU_BURDEN_PAGE (page));
}

static void
shequ_burden_page_perform (ShequPage *page, ShequPageActions action)
{
  if (action == SHEQU_PAGE_CAN_PRINT)
    print (SHEQU_BURDEN_PAGE (page));
  else if (action == SHEQU_PAGE_CAN_EXPORT)
    export_shown (SHEQU_BURDEN_PAGE (page), "pdf");
}

static void
shequ_burden_page_dispose (GObject *object)
{
  ShequBurdenPage *self = SHEQU_BURDEN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chart);
  g_clear_pointer (&self->burden, shequ_burden_free);
  G_OBJECT_CLASS (shequ_burden_page_parent_class)->dispose (object);
}

static void
shequ_burden_page_class_init (ShequBurdenPageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_burden_page_constructed;
  G_OBJECT_CLASS (class)->dispose = shequ_burden_page_dispose;
  page_class->shown = shequ_burden_page_shown;
  page_class->perform = shequ_burden_page_perform;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "burden.export", "s", activate_export);
}

static void
shequ_burden_page_init (ShequBurdenPage *self)
{
  self->period = SHEQU_BURDEN_TWELVE_MONTHS;
}
