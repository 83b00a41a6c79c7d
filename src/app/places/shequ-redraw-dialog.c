#include "shequ-redraw-dialog.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-escape.h"
#include "shequ-feedback.h"
#include "shequ-field-editor.h"

#define PROGRESS_MILLISECONDS 100

/* In the order of the combo row. */
typedef enum
{
  WHAT_MOVE,
  WHAT_MERGE,
  WHAT_SPLIT,
} What;

/* A dialog that is open, freed with it. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *asker;
  ShequOffice *office;
  gboolean closed;
  GCancellable *cancellable; /* (nullable): of the work on its way */
  int done;                  /* told by the worker, atomic */
  int all;
  guint progress_id;

  GArray *units;     /* of gint64, in the order of the combo rows */
  GArray *grids;     /* of gint64 */
  GArray *buildings; /* of gint64 */
  GPtrArray *checks; /* of GtkCheckButton */

  AdwComboRow *what;
  AdwComboRow *from;
  AdwComboRow *to;
  AdwComboRow *grid;
  GtkEditable *new_name;
  GtkWidget *new_name_row;
  AdwExpanderRow *building_row;
  GPtrArray *building_rows;
  ShequFieldEditor *day;
  GtkLabel *summary;
  GtkProgressBar *bar;
  GtkWidget *check;
  GtkWidget *perform;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_clear_object (&dialog->cancellable);
  g_array_unref (dialog->units);
  g_array_unref (dialog->grids);
  g_array_unref (dialog->buildings);
  g_ptr_array_unref (dialog->checks);
  g_ptr_array_unref (dialog->building_rows);
  g_clear_object (&dialog->day);
  g_object_unref (dialog->asker);
  g_object_unref (dialog->office);
  g_free (dialog);
}

static What
get_what (const Dialog *dialog)
{
  return (What) adw_combo_row_get_selected (dialog->what);
}

/* The key behind what is selected; where the first line is no record, `shift` is 1. */
static gint64
get_key (AdwComboRow *row, const GArray *keys, guint shift)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected >= shift && selected - shift < keys->len ? g_array_index (keys, gint64, selected - shift)
                                                           : 0;
}

static void
say (Dialog *dialog, const char *text, gboolean wrong)
{
  gtk_label_set_text (dialog->summary, text);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (dialog->summary), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (dialog->summary), "error");
}

/* What was counted holds only for what was chosen then. */
static void
choice_changed (Dialog *dialog)
{
  What what = get_what (dialog);

  gtk_widget_set_sensitive (dialog->perform, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (dialog->building_row), what != WHAT_MERGE);
  gtk_widget_set_visible (GTK_WIDGET (dialog->to), what != WHAT_SPLIT);
  gtk_widget_set_visible (GTK_WIDGET (dialog->grid), what == WHAT_MOVE);
  gtk_widget_set_visible (dialog->new_name_row, what == WHAT_SPLIT);
  say (dialog, _ ("Check first what goes along; nothing is changed by that."), FALSE);
}

static GArray *
read_buildings (const Dialog *dialog)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < dialog->checks->len; i++)
    if (gtk_check_button_get_active (dialog->checks->pdata[i]))
      g_array_append_val (keys, g_array_index (dialog->buildings, gint64, i));
  return keys;
}

static char *
format_counts (const GPtrArray *counts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < counts->len; i++)
    {
      const ShequRedrawCount *count = counts->pdata[i];

      g_string_append_printf (text, "%s%s %u", i > 0 ? " · " : "", count->reg->label, count->count);
    }
  return g_string_free (text, FALSE);
}

static gboolean
show_progress (gpointer data)
{
  Dialog *dialog = data;
  int all = g_atomic_int_get (&dialog->all);

  if (all > 0)
    gtk_progress_bar_set_fraction (dialog->bar, (double) g_atomic_int_get (&dialog->done) / all);
  else
    gtk_progress_bar_pulse (dialog->bar);
  return G_SOURCE_CONTINUE;
}

static void
note_progress (guint done, guint all, gpointer user_data)
{
  Dialog *dialog = user_data;

  g_atomic_int_set (&dialog->done, (int) done);
  g_atomic_int_set (&dialog->all, (int) all);
}

static void
set_busy (Dialog *dialog, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (dialog->bar), busy);
  gtk_widget_set_sensitive (dialog->check, !busy);
  if (busy && dialog->progress_id == 0)
    dialog->progress_id = g_timeout_add (PROGRESS_MILLISECONDS, show_progress, dialog);
  else if (!busy)
    g_clear_handle_id (&dialog->progress_id, g_source_remove);
}

static GPtrArray *
end_work (GObject *source, GAsyncResult *result, Dialog *dialog, GError **error)
{
  GPtrArray *counts = shequ_redraw_run_finish (SHEQU_OFFICE (source), result, error);

  g_clear_object (&dialog->cancellable);
  if (!dialog->closed)
    set_busy (dialog, FALSE);
  return counts;
}

static void
counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "redraw");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = end_work (source, result, dialog, &error);
  g_autofree char *text = counts != NULL ? format_counts (counts) : NULL;
  g_autofree char *message = text != NULL ? g_strdup_printf (_ ("Will go along: %s"), text) : NULL;

  if (dialog->closed)
    return;
  say (dialog, message != NULL ? message : error->message, message == NULL);
  gtk_widget_set_sensitive (dialog->perform, counts != NULL && counts->len > 0);
}

static void
performed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "redraw");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = end_work (source, result, dialog, &error);
  g_autofree char *text = counts != NULL ? format_counts (counts) : NULL;
  g_autofree char *message = text != NULL ? g_strdup_printf (_ ("The map is redrawn: %s"), text) : NULL;

  if (message != NULL)
    {
      shequ_feedback_say (dialog->asker, message);
      if (!dialog->closed)
        gtk_window_destroy (GTK_WINDOW (window));
    }
  else if (!dialog->closed)
    say (dialog, error->message, TRUE);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shequ_feedback_show_error (dialog->asker, _ ("The map was not redrawn."), error);
}

static void
work (Dialog *dialog, gboolean dry_run)
{
  What what = get_what (dialog);
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (GArray) buildings = read_buildings (dialog);
  g_auto (ShequValue) day = SHEQU_VALUE_INIT;
  ShequRedraw redraw = { 0 };

  if (dialog->cancellable != NULL)
    return;
  shequ_field_editor_get_value (dialog->day, &day, issues);
  if (shequ_issues_have_errors (issues) ||
      (what == WHAT_SPLIT && *gtk_editable_get_text (dialog->new_name) == '\0') ||
      (what != WHAT_MERGE && buildings->len == 0))
    {
      say (dialog,
           what != WHAT_MERGE && buildings->len == 0 ? _ ("Choose the buildings that go elsewhere.")
                                                     : _ ("Fill in the day and, for a split, the name."),
           TRUE);
      return;
    }
  redraw.day = day.text;
  redraw.from = what == WHAT_MOVE ? 0 : get_key (dialog->from, dialog->units, 0);
  redraw.unit = what == WHAT_SPLIT ? 0 : get_key (dialog->to, dialog->units, 1);
  redraw.grid = what == WHAT_MOVE ? get_key (dialog->grid, dialog->grids, 1) : 0;
  redraw.new_name = what == WHAT_SPLIT ? gtk_editable_get_text (dialog->new_name) : NULL;
  if (what != WHAT_MERGE)
    {
      redraw.buildings = (const gint64 *) (gpointer) buildings->data;
      redraw.n_buildings = buildings->len;
    }
  if (what == WHAT_MOVE && redraw.unit == get_key (dialog->from, dialog->units, 0))
    redraw.unit = 0;
  dialog->cancellable = g_cancellable_new ();
  dialog->done = dialog->all = 0;
  gtk_widget_set_sensitive (dialog->perform, FALSE);
  set_busy (dialog, TRUE);
  shequ_redraw_run_async (dialog->office, &redraw, dry_run, note_progress, dialog, dialog->cancellable,
                          dry_run ? counted : performed, g_object_ref (dialog->window));
}

static void
check_clicked (Dialog *dialog)
{
  work (dialog, TRUE);
}

static void
perform_clicked (Dialog *dialog)
{
  work (dialog, FALSE);
}

/* Closing gives up what is on its way; nothing of it stays. */
static void
window_destroyed (Dialog *dialog)
{
  dialog->closed = TRUE;
  g_clear_handle_id (&dialog->progress_id, g_source_remove);
  g_cancellable_cancel (dialog->cancellable);
}

/* Records to choose from: those of a register, of a unit where it says so. */
typedef struct
{
  const char *reg;
  gint64 unit;
  GPtrArray *rows;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_clear_pointer (&lookup->rows, g_ptr_array_unref);
  g_free (lookup);
}

static gpointer
look_up (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Lookup *lookup = data;
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (office, shequ_office_get_register (office, lookup->reg));

  if (lookup->unit != 0)
    query->unit = lookup->unit;
  else if (!shequ_query_add_where (query, "level=community and closed_on is empty", error))
    return NULL;
  return shequ_office_get_rows (office, query, cancellable, error);
}

static void
ask (Dialog *dialog, const char *reg, gint64 unit, GAsyncReadyCallback callback)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->reg = reg;
  lookup->unit = unit;
  shequ_office_run_async (dialog->office, look_up, lookup, lookup_free, (GDestroyNotify) g_ptr_array_unref,
                          NULL, callback, g_object_ref (dialog->window));
}

static void
fill_combo (AdwComboRow *row, GArray *keys, const GPtrArray *rows, const char *none)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (none != NULL)
    gtk_string_list_append (names, none);
  g_array_set_size (keys, 0);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *record = rows->pdata[i];
      g_autofree char *name = shequ_row_get_title (record);

      gtk_string_list_append (names, name);
      g_array_append_val (keys, record->key);
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
}

static void
buildings_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "redraw");
  g_autoptr (GPtrArray) rows = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);

  if (dialog->closed)
    return;
  for (guint i = 0; i < dialog->building_rows->len; i++)
    adw_expander_row_remove (dialog->building_row, dialog->building_rows->pdata[i]);
  g_ptr_array_set_size (dialog->building_rows, 0);
  g_ptr_array_set_size (dialog->checks, 0);
  g_array_set_size (dialog->buildings, 0);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *record = rows->pdata[i];
      g_autofree char *name = shequ_row_get_title (record);
      g_autofree char *detail = shequ_row_get_detail (record);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (choice_changed), dialog);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_expander_row_add_row (dialog->building_row, row);
      g_ptr_array_add (dialog->building_rows, row);
      g_ptr_array_add (dialog->checks, check);
      g_array_append_val (dialog->buildings, record->key);
    }
  choice_changed (dialog);
}

static void
grids_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "redraw");
  g_autoptr (GPtrArray) rows = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);

  if (!dialog->closed)
    fill_combo (dialog->grid, dialog->grids, rows, _ ("No grid yet"));
}

static void
target_chosen (Dialog *dialog)
{
  gint64 unit = get_key (dialog->to, dialog->units, 1);

  choice_changed (dialog);
  if (unit == 0)
    unit = get_key (dialog->from, dialog->units, 0);
  if (unit != 0)
    ask (dialog, "grid", unit, grids_found);
}

static void
from_chosen (Dialog *dialog)
{
  gint64 unit = get_key (dialog->from, dialog->units, 0);

  if (unit != 0)
    ask (dialog, "building", unit, buildings_found);
  target_chosen (dialog);
}

static void
units_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "redraw");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (dialog->closed)
    return;
  if (rows == NULL)
    {
      say (dialog, error->message, TRUE);
      return;
    }
  fill_combo (dialog->to, dialog->units, rows, _ ("The same community"));
  fill_combo (dialog->from, dialog->units, rows, NULL);
  from_chosen (dialog);
}

static AdwComboRow *
new_combo (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  return ADW_COMBO_ROW (row);
}

static GtkWidget *
new_choices (Dialog *dialog)
{
  const char *const whats[] = { _ ("Buildings go to another grid or community"),
                                _ ("A community is merged into another"), _ ("A community is split"), NULL };
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autoptr (GtkStringList) names = gtk_string_list_new (whats);
  const ShequRegister *events = shequ_office_get_register (dialog->office, "resident_event");
  g_auto (ShequValue) today = SHEQU_VALUE_INIT;

  dialog->what = new_combo (group, _ ("What is redrawn"));
  adw_combo_row_set_model (dialog->what, G_LIST_MODEL (names));
  dialog->from = new_combo (group, _ ("Community"));
  dialog->building_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (dialog->building_row), _ ("Buildings that go"));
  adw_preferences_group_add (group, GTK_WIDGET (dialog->building_row));
  dialog->to = new_combo (group, _ ("To the community"));
  dialog->grid = new_combo (group, _ ("To the grid"));
  dialog->new_name_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (dialog->new_name_row), _ ("Name of the new community"));
  dialog->new_name = GTK_EDITABLE (dialog->new_name_row);
  adw_preferences_group_add (group, dialog->new_name_row);
  dialog->day = shequ_field_editor_new (dialog->office, shequ_register_lookup (events, "happened_on"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (shequ_field_editor_get_row (dialog->day)),
                                 _ ("From which day"));
  adw_preferences_group_add (group, shequ_field_editor_get_row (dialog->day));
  shequ_value_take_text (&today, shequ_office_get_today (dialog->office));
  shequ_field_editor_set_value (dialog->day, &today, NULL);
  return GTK_WIDGET (group);
}

static GtkWidget *
new_head (Dialog *dialog)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  dialog->check = gtk_button_new_with_mnemonic (_ ("C_heck"));
  dialog->perform = gtk_button_new_with_mnemonic (_ ("Re_draw"));
  gtk_widget_add_css_class (dialog->perform, "suggested-action");
  g_signal_connect_swapped (dialog->check, "clicked", G_CALLBACK (check_clicked), dialog);
  g_signal_connect_swapped (dialog->perform, "clicked", G_CALLBACK (perform_clicked), dialog);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), dialog->perform);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), dialog->check);
  return head;
}

static void
build (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *summary = gtk_label_new (NULL);
  GtkWidget *bar = gtk_progress_bar_new ();

  dialog->summary = GTK_LABEL (summary);
  dialog->bar = GTK_PROGRESS_BAR (bar);
  gtk_label_set_wrap (dialog->summary, TRUE);
  gtk_label_set_xalign (dialog->summary, 0);
  gtk_widget_hide (bar);
  gtk_box_append (GTK_BOX (box), new_head (dialog));
  gtk_box_append (GTK_BOX (body), new_choices (dialog));
  gtk_box_append (GTK_BOX (body), summary);
  gtk_box_append (GTK_BOX (body), bar);
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_widget_set_margin_start (body, 12);
  gtk_widget_set_margin_end (body, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), body);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (dialog->window), box);
  choice_changed (dialog);
  g_signal_connect_swapped (dialog->what, "notify::selected", G_CALLBACK (choice_changed), dialog);
  g_signal_connect_swapped (dialog->from, "notify::selected", G_CALLBACK (from_chosen), dialog);
  g_signal_connect_swapped (dialog->to, "notify::selected", G_CALLBACK (target_chosen), dialog);
  g_signal_connect_swapped (dialog->grid, "notify::selected", G_CALLBACK (choice_changed), dialog);
  g_signal_connect_swapped (dialog->new_name, "changed", G_CALLBACK (choice_changed), dialog);
  g_signal_connect_swapped (dialog->day, "changed", G_CALLBACK (choice_changed), dialog);
}

/**
 * shequ_redraw_dialog_present:
 * @widget: who asks, and is told through #ShequFeedback how it ended
 * @office: whose map it is
 *
 * Moves buildings to another grid or community, merges or splits communities: says first what goes along,
 * then does it, with a bar and a way to give up.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
shequ_redraw_dialog_present (GtkWidget *widget, ShequOffice *office)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->window = adw_window_new ();
  dialog->asker = g_object_ref (widget);
  dialog->office = g_object_ref (office);
  dialog->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  dialog->grids = g_array_new (FALSE, FALSE, sizeof (gint64));
  dialog->buildings = g_array_new (FALSE, FALSE, sizeof (gint64));
  dialog->checks = g_ptr_array_new ();
  dialog->building_rows = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (dialog->window), "redraw", dialog, dialog_free);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog->window), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 600, 560);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Redraw the map"));
  shequ_escape_closes (GTK_WINDOW (dialog->window));
  g_signal_connect_swapped (dialog->window, "destroy", G_CALLBACK (window_destroyed), dialog);
  build (dialog);
  ask (dialog, "org_unit", 0, units_found);
  gtk_window_present (GTK_WINDOW (dialog->window));
  return dialog->window;
}
