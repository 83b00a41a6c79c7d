#include "shequ-roster-week.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-date.h"

#define N_DAYS 7

struct _ShequRosterWeek
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkWidget *heads[N_DAYS]; /* of GtkLabel */
  GtkListBox *days[N_DAYS];
  gboolean setting;
};

enum
{
  SIGNAL_SELECTED,
  SIGNAL_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequRosterWeek, shequ_roster_week, GTK_TYPE_WIDGET)

static const char *const weekdays[N_DAYS] = { N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                              N_ ("Fri"), N_ ("Sat"), N_ ("Sun") };

static gint64
get_key (GtkListBoxRow *row)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (row), "key");
}

static void
row_selected (GtkListBox *list, GtkListBoxRow *row, ShequRosterWeek *self)
{
  if (self->setting || row == NULL)
    return;
  self->setting = TRUE;
  for (guint i = 0; i < N_DAYS; i++)
    {
      if (self->days[i] != list)
        gtk_list_box_unselect_all (self->days[i]);
    }
  self->setting = FALSE;
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0, get_key (row));
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, ShequRosterWeek *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, get_key (row));
}

static void
shequ_roster_week_dispose (GObject *object)
{
  ShequRosterWeek *self = SHEQU_ROSTER_WEEK (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (shequ_roster_week_parent_class)->dispose (object);
}

static void
shequ_roster_week_class_init (ShequRosterWeekClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_roster_week_dispose;

  signals[SIGNAL_SELECTED] = g_signal_new ("selected", SHEQU_TYPE_ROSTER_WEEK, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", SHEQU_TYPE_ROSTER_WEEK, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_roster_week_init (ShequRosterWeek *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < N_DAYS; i++)
    {
      GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

      self->heads[i] = gtk_label_new (NULL);
      self->days[i] = GTK_LIST_BOX (gtk_list_box_new ());
      gtk_list_box_set_activate_on_single_click (self->days[i], FALSE);
      gtk_widget_add_css_class (GTK_WIDGET (self->days[i]), "roster");
      g_signal_connect (self->days[i], "row-selected", G_CALLBACK (row_selected), self);
      g_signal_connect (self->days[i], "row-activated", G_CALLBACK (row_activated), self);
      gtk_box_append (GTK_BOX (column), self->heads[i]);
      gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->days[i]));
      gtk_widget_set_size_request (column, 118, -1);
      gtk_box_append (GTK_BOX (box), column);
    }
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

ShequRosterWeek *
shequ_roster_week_new (void)
{
  return g_object_new (SHEQU_TYPE_ROSTER_WEEK, NULL);
}

/**
 * shequ_roster_week_name_day:
 * @monday: the first day of a week, as `2026-11-23`
 * @day: which of its days, from 0
 *
 * Returns: (transfer full): its name and date, in two lines
 */
char *
shequ_roster_week_name_day (const char *monday, guint day)
{
  ShequDate date;

  if (!shequ_date_from_iso (monday, &date))
    return g_strdup (_ (weekdays[day]));
  date = shequ_date_add_days (&date, (int) day);
  return g_strdup_printf ("%s\n%02d-%02d", _ (weekdays[day]), date.month, date.day);
}

static GtkWidget *
new_line (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* What lacks hands has an edge and says how many. */
static GtkWidget *
new_block (const ShequRosterShift *shift)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gint64 needed = shequ_row_get_integer (shift->shift, "needed"), filled = shift->assignments->len;
  const char *title = shequ_row_get_text (shift->shift, "title");
  const char *place = shequ_row_get_text (shift->shift, "place");
  g_autofree char *time = g_strdup_printf ("%s–%s", shequ_row_get_text (shift->shift, "start"),
                                           shequ_row_get_text (shift->shift, "end"));
  g_autofree char *count =
    filled < needed
      ? g_strdup_printf (_ ("%d/%d · %d wanted"), (int) filled, (int) needed, (int) (needed - filled))
      : g_strdup_printf (_ ("%d/%d · filled"), (int) filled, (int) needed);
  g_autofree char *name = g_strdup_printf ("%s · %s · %s", title, time, count);
  gint64 *key = g_new (gint64, 1);

  *key = shift->shift->key;
  gtk_box_append (GTK_BOX (box), new_line (title, "heading"));
  gtk_box_append (GTK_BOX (box), new_line (time, "numeric"));
  if (place != NULL && *place != '\0')
    gtk_box_append (GTK_BOX (box), new_line (place, "dim-label"));
  gtk_box_append (GTK_BOX (box), new_line (count, filled < needed ? "error" : "success"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_add_css_class (row, filled < needed ? "vacant" : "filled");
  gtk_widget_set_tooltip_text (row, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "key", key, g_free);
  return row;
}

static void
show_day (ShequRosterWeek *self, guint day, const char *date, const GPtrArray *roster, gint64 selected)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->days[day]))) != NULL)
    gtk_list_box_remove (self->days[day], child);
  for (guint i = 0; i < roster->len; i++)
    {
      const ShequRosterShift *shift = g_ptr_array_index (roster, i);
      GtkWidget *block;

      if (g_strcmp0 (shequ_row_get_text (shift->shift, "day"), date) != 0)
        continue;
      block = new_block (shift);
      gtk_list_box_append (self->days[day], block);
      if (shift->shift->key == selected)
        gtk_list_box_select_row (self->days[day], GTK_LIST_BOX_ROW (block));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->days[day]),
                          gtk_widget_get_first_child (GTK_WIDGET (self->days[day])) != NULL);
}

/**
 * shequ_roster_week_show:
 * @self: the week
 * @monday: its first day
 * @today: the day that is marked
 * @roster: (element-type ShequRosterShift): its shifts
 * @selected: the key of the shift that is selected, or 0
 *
 * Shows a week.
 */
void
shequ_roster_week_show (ShequRosterWeek *self,
                        const char *monday,
                        const char *today,
                        const GPtrArray *roster,
                        gint64 selected)
{
  ShequDate first;

  if (!shequ_date_from_iso (monday, &first))
    return;
  self->setting = TRUE;
  for (guint i = 0; i < N_DAYS; i++)
    {
      ShequDate date = shequ_date_add_days (&first, (int) i);
      g_autofree char *name = shequ_roster_week_name_day (monday, i);
      char text[SHEQU_DATE_TEXT_SIZE];

      shequ_date_to_iso (&date, text);
      gtk_label_set_text (GTK_LABEL (self->heads[i]), name);
      gtk_label_set_justify (GTK_LABEL (self->heads[i]), GTK_JUSTIFY_CENTER);
      if (g_str_equal (text, today))
        gtk_widget_add_css_class (self->heads[i], "heading");
      else
        gtk_widget_remove_css_class (self->heads[i], "heading");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->days[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      show_day (self, i, text, roster, selected);
    }
  self->setting = FALSE;
}
