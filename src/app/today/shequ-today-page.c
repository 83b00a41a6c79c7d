#include "shequ-today-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-date.h"
#include "shequ-feedback.h"
#include "shequ-today.h"

/* Changes that come together are looked at once. */
#define REFRESH_MILLISECONDS 300
/* Of matters of one kind that are equally pressing so many are shown at once. */
#define MOST_ALIKE 5

/* The tiles above the list; each shows the matters that it counts, or all. */
typedef enum
{
  TILE_OVERDUE,
  TILE_TODAY,
  TILE_APPROVAL,
  TILE_SHIFTS,
  N_TILES,
} Tile;

struct _ShequTodayPage
{
  ShequPage parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *tiles[N_TILES]; /* of GtkToggleButton */
  GtkLabel *numbers[N_TILES];
  GtkLabel *date_label;
  GPtrArray *matters;   /* (nullable) (element-type ShequMatter) */
  GHashTable *unfolded; /* names of folds that show all */
  GCancellable *cancellable;
  guint refresh;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (ShequTodayPage, shequ_today_page, SHEQU_TYPE_PAGE)

static const struct
{
  const char *label;
  const char *icon;
  const char *css;
} tiles[] = {
  [TILE_OVERDUE] = { N_ ("Overdue"), "dialog-warning-symbolic", "error" },
  [TILE_TODAY] = { N_ ("Due today"), "alarm-symbolic", "due-today" },
  [TILE_APPROVAL] = { N_ ("To approve"), "mail-read-symbolic", NULL },
  [TILE_SHIFTS] = { N_ ("On duty today"), "system-users-symbolic", NULL },
};

static const struct
{
  const char *icon;
  const char *css;
} urgencies[] = {
  [SHEQU_URGENCY_NOTE] = { "emblem-ok-symbolic", "success" },
  [SHEQU_URGENCY_SOON] = { "x-office-calendar-symbolic", "dim-label" },
  [SHEQU_URGENCY_TODAY] = { "alarm-symbolic", "due-today" },
  [SHEQU_URGENCY_OVERDUE] = { "dialog-warning-symbolic", "error" },
};

static gboolean
is_of_register (const ShequMatter *matter, const char *const *names)
{
  return g_strv_contains (names, matter->reg->name);
}

/* Applications and certificates wait for somebody's word; shifts of the day are those of its roster. */
static gboolean
is_counted (const ShequMatter *matter, Tile tile)
{
  static const char *const decided[] = { "application", "certificate", NULL };

  switch (tile)
    {
    case TILE_OVERDUE:
      return matter->urgency == SHEQU_URGENCY_OVERDUE;
    case TILE_TODAY:
      return matter->urgency == SHEQU_URGENCY_TODAY;
    case TILE_APPROVAL:
      return is_of_register (matter, decided);
    case TILE_SHIFTS:
      return g_str_equal (matter->source, "shift") && matter->days_left == 0;
    default:
      return FALSE;
    }
}

static char *
describe_days (const ShequMatter *matter)
{
  guint days = (guint) ABS (matter->days_left);

  if (matter->urgency == SHEQU_URGENCY_TODAY || (matter->urgency == SHEQU_URGENCY_NOTE && days == 0))
    return g_strdup (_ ("today"));
  if (matter->urgency == SHEQU_URGENCY_OVERDUE && matter->never)
    return g_strdup (_ ("never visited"));
  if (matter->urgency == SHEQU_URGENCY_OVERDUE)
    return matter->working_days
             ? g_strdup_printf (
                 g_dngettext (GETTEXT_PACKAGE, "%u working day over", "%u working days over", days), days)
             : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day over", "%u days over", days), days);
  return matter->working_days
           ? g_strdup_printf (
               g_dngettext (GETTEXT_PACKAGE, "%u working day left", "%u working days left", days), days)
           : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day left", "%u days left", days), days);
}

static GtkWidget *
new_text (const char *text, const char *css, gboolean expand)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, expand);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
new_row (const ShequMatter *matter)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (urgencies[matter->urgency].icon);
  const char *word = shequ_urgency_get_label (matter->urgency);
  const char *css = urgencies[matter->urgency].css;
  g_autofree char *days = describe_days (matter);
  g_autofree char *name = g_strdup_printf ("%s · %s · %s · %s", word, matter->title,
                                           matter->detail != NULL ? matter->detail : "", days);
  GtkWidget *state = new_text (word, css, FALSE);
  GtkWidget *left = new_text (days, "numeric", FALSE);

  gtk_widget_add_css_class (icon, css);
  gtk_label_set_width_chars (GTK_LABEL (state), 7);
  gtk_label_set_xalign (GTK_LABEL (left), 1);
  gtk_label_set_width_chars (GTK_LABEL (left), 12);
  if (matter->urgency == SHEQU_URGENCY_OVERDUE)
    gtk_widget_add_css_class (left, css);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), state);
  gtk_box_append (GTK_BOX (box), new_text (matter->title, NULL, TRUE));
  gtk_box_append (GTK_BOX (box), new_text (matter->detail, "dim-label", FALSE));
  gtk_box_append (GTK_BOX (box), left);
  gtk_widget_add_css_class (box, "matter");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "matter", (gpointer) matter);
  return row;
}

/* Matters of one source that are equally pressing stand together. */
static char *
name_fold (const ShequMatter *matter)
{
  return g_strdup_printf ("%s %s", matter->source, shequ_urgency_get_name (matter->urgency));
}

static GtkWidget *
new_fold_row (const ShequMatter *matter, const char *fold, guint n_folded)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *text = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u more of this kind", "%u more of this kind", n_folded), n_folded);
  GtkWidget *icon = gtk_image_new_from_icon_name ("pan-down-symbolic");
  GtkWidget *state =
    new_text (shequ_urgency_get_label (matter->urgency), urgencies[matter->urgency].css, FALSE);

  gtk_label_set_width_chars (GTK_LABEL (state), 7);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), state);
  gtk_box_append (GTK_BOX (box), new_text (text, "dim-label", TRUE));
  gtk_widget_add_css_class (box, "matter");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, _ ("Show them all"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (row), "fold", g_strdup (fold), g_free);
  return row;
}

static gboolean
has_tile (ShequTodayPage *self)
{
  for (guint i = 0; i < N_TILES; i++)
    {
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->tiles[i])))
        return TRUE;
    }
  return FALSE;
}

/* (transfer full): how many matters stand in each fold. */
static GHashTable *
count_folds (ShequTodayPage *self)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->matters->len; i++)
    {
      char *fold = name_fold (g_ptr_array_index (self->matters, i));
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, fold));

      g_hash_table_insert (counts, fold, GUINT_TO_POINTER (count + 1));
    }
  return counts;
}

static gboolean
is_wanted (ShequTodayPage *self, const ShequMatter *matter)
{
  for (guint i = 0; i < N_TILES; i++)
    {
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->tiles[i])))
        return is_counted (matter, (Tile) i);
    }
  return TRUE;
}

static void
clear_list (ShequTodayPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
}

/* The line of a matter; of many that are alike the first ones, then one line for the rest. */
static GtkWidget *
new_line (ShequTodayPage *self, const ShequMatter *matter, GHashTable *counts, GHashTable *shown)
{
  g_autofree char *fold = name_fold (matter);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, fold));
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (shown, fold));
  gboolean folds =
    count > MOST_ALIKE + 1 && !has_tile (self) && !g_hash_table_contains (self->unfolded, fold);

  g_hash_table_insert (shown, g_strdup (fold), GUINT_TO_POINTER (place + 1));
  if (folds && place > MOST_ALIKE)
    return NULL;
  if (folds && place == MOST_ALIKE)
    return new_fold_row (matter, fold, count - MOST_ALIKE);
  return new_row (matter);
}

static void
show_list (ShequTodayPage *self)
{
  GtkListBoxRow *focused = gtk_list_box_get_selected_row (self->list);
  int place = focused != NULL ? gtk_list_box_row_get_index (focused) : 0;
  g_autoptr (GHashTable) counts = count_folds (self);
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_shown = 0;

  clear_list (self);
  for (guint i = 0; i < self->matters->len; i++)
    {
      const ShequMatter *matter = g_ptr_array_index (self->matters, i);
      GtkWidget *line = is_wanted (self, matter) ? new_line (self, matter, counts, shown) : NULL;

      if (line == NULL)
        continue;
      gtk_list_box_append (self->list, line);
      n_shown++;
    }
  focused = gtk_list_box_get_row_at_index (self->list, MIN (place, (int) n_shown - 1));
  if (focused != NULL)
    gtk_list_box_select_row (self->list, focused);
  gtk_stack_set_visible_child_name (self->stack, n_shown > 0 ? "list" : "done");
}

static void
show_tiles (ShequTodayPage *self)
{
  for (guint i = 0; i < N_TILES; i++)
    {
      guint count = 0;
      g_autofree char *text = NULL, *name = NULL;

      for (guint j = 0; j < self->matters->len; j++)
        count += is_counted (g_ptr_array_index (self->matters, j), (Tile) i);
      text = g_strdup_printf ("%u", count);
      name = g_strdup_printf ("%s %s", _ (tiles[i].label), text);
      gtk_label_set_text (self->numbers[i], text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->tiles[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      if (tiles[i].css != NULL && count > 0)
        gtk_widget_add_css_class (GTK_WIDGET (self->numbers[i]), tiles[i].css);
      else if (tiles[i].css != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self->numbers[i]), tiles[i].css);
    }
}

static void
listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) matters = shequ_today_list_finish (SHEQU_OFFICE (source), result, &error);

  if (self->list == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (matters == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("What is due cannot be shown."), error);
      return;
    }
  clear_list (self);
  g_clear_pointer (&self->matters, g_ptr_array_unref);
  self->matters = g_steal_pointer (&matters);
  show_tiles (self);
  show_list (self);
}

static void
refresh (ShequTodayPage *self)
{
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *text = NULL;
  ShequDate date;

  if (shequ_date_from_iso (today, &date))
    text = shequ_date_format_chinese (&date);
  gtk_label_set_text (self->date_label, text != NULL ? text : today);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  shequ_today_list_async (office, self->cancellable, listed, g_object_ref (self));
}

static gboolean
refresh_now (gpointer data)
{
  ShequTodayPage *self = data;

  self->refresh = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
office_changed (ShequTodayPage *self)
{
  if (self->refresh == 0)
    self->refresh = g_timeout_add (REFRESH_MILLISECONDS, refresh_now, self);
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, ShequTodayPage *self)
{
  const ShequMatter *matter = g_object_get_data (G_OBJECT (row), "matter");

  const char *fold = g_object_get_data (G_OBJECT (row), "fold");

  if (fold != NULL)
    {
      g_hash_table_add (self->unfolded, g_strdup (fold));
      show_list (self);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(sx)", matter->reg->name, matter->key);
}

/* One tile at a time; pressed again it shows all. */
static void
tile_toggled (GtkToggleButton *button, ShequTodayPage *self)
{
  if (self->setting)
    return;
  self->setting = TRUE;
  for (guint i = 0; i < N_TILES; i++)
    {
      if (self->tiles[i] != GTK_WIDGET (button))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tiles[i]), FALSE);
    }
  self->setting = FALSE;
  if (self->matters != NULL)
    show_list (self);
}

static GtkWidget *
new_tile (ShequTodayPage *self, Tile tile)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->tiles[tile] = button;
  self->numbers[tile] = GTK_LABEL (new_text ("–", "title-1", FALSE));
  gtk_widget_add_css_class (GTK_WIDGET (self->numbers[tile]), "numeric");
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (tiles[tile].icon));
  gtk_box_append (GTK_BOX (line), new_text (_ (tiles[tile].label), NULL, FALSE));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->numbers[tile]));
  gtk_box_append (GTK_BOX (box), line);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "tile");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Show these alone"));
  g_signal_connect (button, "toggled", G_CALLBACK (tile_toggled), self);
  return button;
}

static GtkWidget *
new_list (ShequTodayPage *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What is due, the oldest first"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated), self);
  return GTK_WIDGET (self->list);
}

static GtkWidget *
new_stack (ShequTodayPage *self)
{
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *done =
    g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "emblem-ok-symbolic", "title", _ ("All is done"),
                  "description", _ ("Nothing is overdue and nothing comes due in the next days."), NULL);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_add_css_class (done, "compact");
  gtk_stack_add_named (self->stack, spinner, "waiting");
  gtk_stack_add_named (self->stack, new_list (self), "list");
  gtk_stack_add_named (self->stack, done, "done");
  return GTK_WIDGET (self->stack);
}

static void
shequ_today_page_shown (ShequPage *page)
{
  ShequTodayPage *self = SHEQU_TODAY_PAGE (page);

  refresh (self);
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
shequ_today_page_constructed (GObject *object)
{
  ShequTodayPage *self = SHEQU_TODAY_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  G_OBJECT_CLASS (shequ_today_page_parent_class)->constructed (object);
  self->unfolded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->date_label = GTK_LABEL (new_text (NULL, "title-2", FALSE));
  for (guint i = 0; i < N_TILES; i++)
    gtk_box_append (GTK_BOX (line), new_tile (self, (Tile) i));
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->date_label));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), new_stack (self));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1100);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1000);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  g_signal_connect_object (shequ_page_get_office (SHEQU_PAGE (self)), "changed", G_CALLBACK (office_changed),
                           self, G_CONNECT_SWAPPED);
}

static void
shequ_today_page_dispose (GObject *object)
{
  ShequTodayPage *self = SHEQU_TODAY_PAGE (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->list = NULL;
  g_clear_pointer (&self->matters, g_ptr_array_unref);
  g_clear_pointer (&self->unfolded, g_hash_table_unref);
  G_OBJECT_CLASS (shequ_today_page_parent_class)->dispose (object);
}

static void
shequ_today_page_class_init (ShequTodayPageClass *class)
{
  G_OBJECT_CLASS (class)->constructed = shequ_today_page_constructed;
  G_OBJECT_CLASS (class)->dispose = shequ_today_page_dispose;
  SHEQU_PAGE_CLASS (class)->shown = shequ_today_page_shown;
}

static void
shequ_today_page_init (ShequTodayPage *self)
{
}
