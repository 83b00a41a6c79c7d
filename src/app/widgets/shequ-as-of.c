#include "shequ-as-of.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-date.h"

struct _ShequAsOf
{
  GObject parent_instance;

  ShequOffice *office;
  char *day; /* (nullable): today */

  GtkWidget *button;
  GtkWidget *popover;
  GtkCalendar *calendar;
  GtkEditable *entry;
  GtkLabel *problem;
  GtkWidget *bar;
  GtkLabel *text;
};

enum
{
  PROP_0,
  PROP_DAY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ShequAsOf, shequ_as_of, G_TYPE_OBJECT)

static void
update_bar (ShequAsOf *self)
{
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;
  ShequDate date;

  gtk_widget_set_visible (self->bar, self->day != NULL);
  if (self->day == NULL || !shequ_date_from_iso (self->day, &date))
    return;
  day = shequ_date_format_chinese (&date);
  /* Translators: %s is a day */
  text = g_strdup_printf (_ ("The register as it stood on %s"), day);
  gtk_label_set_text (self->text, text);
}

/* A day to come is no past day, and today is now. */
static void
choose (ShequAsOf *self, const ShequDate *date)
{
  g_autofree char *today = shequ_office_get_today (self->office);
  char day[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (date, day);
  if (strcmp (day, today) > 0)
    {
      gtk_label_set_text (self->problem, _ ("This day is still to come"));
      gtk_widget_show (GTK_WIDGET (self->problem));
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  shequ_as_of_set_day (self, strcmp (day, today) < 0 ? day : NULL);
}

static void
calendar_chosen (ShequAsOf *self)
{
  g_autoptr (GDateTime) chosen = gtk_calendar_get_date (self->calendar);
  ShequDate date = { g_date_time_get_year (chosen), g_date_time_get_month (chosen),
                     g_date_time_get_day_of_month (chosen) };

  choose (self, &date);
}

static void
entry_activated (ShequAsOf *self)
{
  g_autoptr (GError) error = NULL;
  ShequDate date;

  if (shequ_date_parse (gtk_editable_get_text (self->entry), &date, &error))
    {
      choose (self, &date);
      return;
    }
  gtk_label_set_text (self->problem, error->message);
  gtk_widget_show (GTK_WIDGET (self->problem));
}

/* The days that reports ask for. */
static void
choose_year_end (ShequAsOf *self)
{
  g_autofree char *today = shequ_office_get_today (self->office);
  ShequDate date;

  if (!shequ_date_from_iso (today, &date))
    return;
  date.year--;
  date.month = 12;
  date.day = 31;
  choose (self, &date);
}

static void
choose_month_end (ShequAsOf *self)
{
  g_autofree char *today = shequ_office_get_today (self->office);
  ShequDate date;

  if (!shequ_date_from_iso (today, &date))
    return;
  date.year -= date.month == 1 ? 1 : 0;
  date.month = date.month == 1 ? 12 : date.month - 1;
  date.day = shequ_date_month_length (date.year, date.month);
  choose (self, &date);
}

static void
back_to_today (ShequAsOf *self)
{
  shequ_as_of_set_day (self, NULL);
}

/* The calendar starts where one is. */
static void
popover_shown (ShequAsOf *self)
{
  g_autofree char *today = shequ_office_get_today (self->office);
  const char *day = self->day != NULL ? self->day : today;
  g_autoptr (GDateTime) shown = NULL;
  ShequDate date;

  gtk_widget_hide (GTK_WIDGET (self->problem));
  gtk_editable_set_text (self->entry, day);
  if (!shequ_date_from_iso (day, &date))
    return;
  shown = g_date_time_new_local (date.year, date.month, date.day, 12, 0, 0);
  g_signal_handlers_block_by_func (self->calendar, calendar_chosen, self);
  gtk_calendar_select_day (self->calendar, shown);
  g_signal_handlers_unblock_by_func (self->calendar, calendar_chosen, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static GtkWidget *
new_short_cut (ShequAsOf *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_chooser (ShequAsOf *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (_ ("See the register as of the end of a past day"));
  GtkWidget *short_cuts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  self->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), "2024-12-31");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("As of which day"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated), self, G_CONNECT_SWAPPED);
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_max_width_chars (self->problem, 30);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (calendar_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (short_cuts),
                  new_short_cut (self, _ ("End of last _year"), G_CALLBACK (choose_year_end)));
  gtk_box_append (GTK_BOX (short_cuts),
                  new_short_cut (self, _ ("End of last _month"), G_CALLBACK (choose_month_end)));
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  gtk_box_append (GTK_BOX (box), short_cuts);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  return box;
}

static void
build_button (ShequAsOf *self)
{
  const char *hint = _ ("As of a past day");

  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), new_chooser (self));
  g_signal_connect_object (self->popover, "show", G_CALLBACK (popover_shown), self, G_CONNECT_SWAPPED);
  self->button = g_object_ref_sink (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "document-open-recent-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_tooltip_text (self->button, hint);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
}

static void
build_bar (ShequAsOf *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("document-open-recent-symbolic");
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("_Back to today"));
  GtkWidget *hint = gtk_label_new (_ ("Nothing can be changed here"));

  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->text, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->text, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "heading");
  gtk_label_set_ellipsize (GTK_LABEL (hint), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_set_hexpand (hint, TRUE);
  gtk_widget_add_css_class (hint, "dim-label");
  g_signal_connect_object (back, "clicked", G_CALLBACK (back_to_today), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), back);
  gtk_widget_add_css_class (box, "toolbar");
  gtk_widget_add_css_class (box, "as-of");
  /* Hidden, not folded away: what a revealer has covered is still read out. */
  self->bar = g_object_ref_sink (box);
  gtk_widget_hide (self->bar);
}

static void
shequ_as_of_dispose (GObject *object)
{
  ShequAsOf *self = SHEQU_AS_OF (object);

  g_clear_object (&self->button);
  g_clear_object (&self->bar);
  g_clear_object (&self->office);
  g_clear_pointer (&self->day, g_free);
  G_OBJECT_CLASS (shequ_as_of_parent_class)->dispose (object);
}

static void
shequ_as_of_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_DAY)
    g_value_set_string (value, SHEQU_AS_OF (object)->day);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
shequ_as_of_class_init (ShequAsOfClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = shequ_as_of_dispose;
  object_class->get_property = shequ_as_of_get_property;

  properties[PROP_DAY] =
    g_param_spec_string ("day", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
shequ_as_of_init (ShequAsOf *self)
{
}

/**
 * shequ_as_of_new:
 * @office: whose today it is
 *
 * Returns: (transfer full): the choice, which is today
 */
ShequAsOf *
shequ_as_of_new (ShequOffice *office)
{
  ShequAsOf *self = g_object_new (SHEQU_TYPE_AS_OF, NULL);

  self->office = g_object_ref (office);
  build_button (self);
  build_bar (self);
  return self;
}

/**
 * shequ_as_of_get_button:
 * @self: the choice
 *
 * Returns: (transfer none): the button that opens the calendar, to be put beside the search
 */
GtkWidget *
shequ_as_of_get_button (ShequAsOf *self)
{
  return self->button;
}

/**
 * shequ_as_of_get_bar:
 * @self: the choice
 *
 * Returns: (transfer none): the bar, to be put above the list
 */
GtkWidget *
shequ_as_of_get_bar (ShequAsOf *self)
{
  return self->bar;
}

const char *
shequ_as_of_get_day (ShequAsOf *self)
{
  return self->day;
}

/**
 * shequ_as_of_set_day:
 * @self: the choice
 * @day: (nullable): a past day, as `2024-12-31`; %NULL for today
 */
void
shequ_as_of_set_day (ShequAsOf *self, const char *day)
{
  char *copy;

  g_return_if_fail (SHEQU_IS_AS_OF (self));

  if (g_strcmp0 (day, self->day) == 0)
    return;
  copy = g_strdup (day);
  g_free (self->day);
  self->day = copy;
  update_bar (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAY]);
}
