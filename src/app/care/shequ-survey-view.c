#include "shequ-survey-view.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-reason-dialog.h"
#include "shequ-record.h"
#include "shequ-survey-changes.h"
#include "shequ-survey-dialog.h"
#include "shequ-surveys.h"

#define REFRESH_MILLISECONDS 80

struct _ShequSurveyView
{
  GtkWidget parent_instance;

  ShequOffice *office;
  gint64 round; /* or 0 */
  gint64 grid;  /* or 0 */
  ShequRecordList *rounds;
  ShequRecordList *lines;
  GPtrArray *grids; /* (nullable) (element-type ShequSurveyGrid) */
  GCancellable *cancellable;
  guint refresh_id;

  GtkWidget *stack; /* nothing yet, or all of it */
  GtkListBox *round_list;
  GtkListBox *grid_list;
  GtkListBox *line_list;
  GtkWidget *hint;
  GtkWidget *sign;
  GtkWidget *reopen;
  GtkLabel *signed_by;
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequSurveyView, shequ_survey_view, GTK_TYPE_WIDGET)

/* One key a finding. */
static const struct
{
  const char *state;
  const char *icon;
  const char *css;
} findings[] = {
  { SHEQU_SURVEY_OPEN, "radio-symbolic", "dim-label" },
  { SHEQU_SURVEY_SAME, "emblem-ok-symbolic", "success" },
  { SHEQU_SURVEY_CHANGED, "document-edit-symbolic", "accent" },
  { SHEQU_SURVEY_ABSENT, "dialog-question-symbolic", "warning" },
};

static guint
find_finding (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (findings); i++)
    {
      if (g_strcmp0 (findings[i].state, state) == 0)
        return i;
    }
  return 0;
}

static const ShequRow *
get_row (GtkListBoxRow *widget)
{
  ShequRecord *record = widget != NULL ? g_object_get_data (G_OBJECT (widget), "record") : NULL;

  return record != NULL ? shequ_record_get_row (record) : NULL;
}

static void
select_index (GtkListBox *list, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, index);

  if (row == NULL)
    return;
  gtk_list_box_select_row (list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequSurveyView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_survey_done_finish (SHEQU_OFFICE (source), result, &error) && self->stack != NULL)
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The finding was not stored."), error);
}

static void
mark (ShequSurveyView *self, gint64 line, const char *state)
{
  shequ_survey_mark_async (self->office, line, state, NULL, marked, g_object_ref (self));
}

/* A stored change makes the line one that has changed. */
static void
household_changed (gint64 line, gpointer data)
{
  mark (data, line, SHEQU_SURVEY_CHANGED);
}

static gboolean
is_signed (const ShequRow *row)
{
  return shequ_row_get_text (row, "signed_on") != NULL;
}

static gboolean
line_key_pressed (GtkEventControllerKey *controller,
                  guint key,
                  guint code,
                  GdkModifierType state,
                  ShequSurveyView *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->line_list);
  const ShequRow *row = get_row (selected);
  gunichar digit = gdk_keyval_to_unicode (key);

  if (row == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0 || digit < '0' ||
      digit >= '0' + G_N_ELEMENTS (findings))
    return FALSE;
  if (g_str_equal (findings[digit - '0'].state, SHEQU_SURVEY_CHANGED) && !is_signed (row))
    {
      shequ_survey_changes_present (GTK_WIDGET (self), self->office, row->key,
                                    shequ_row_get_integer (row, "household"), household_changed, self);
      return TRUE;
    }
  mark (self, row->key, findings[digit - '0'].state);
  select_index (self->line_list, gtk_list_box_row_get_index (selected) + 1);
  return TRUE;
}

static void
line_activated (GtkListBox *list, GtkListBoxRow *widget, ShequSurveyView *self)
{
  const ShequRow *row = get_row (widget);

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, shequ_row_get_integer (row, "household"));
}

/* What a row says, and what a screen reader reads of it. */
static void
fill_line (GtkWidget *widget, ShequRecord *record)
{
  const ShequRow *row = shequ_record_get_row (record);
  GtkImage *icon = g_object_get_data (G_OBJECT (widget), "icon");
  g_autofree char *household = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *detail_markup = NULL;
  guint finding;

  if (row == NULL)
    return;
  household = shequ_row_expand (row, "{household}", SHEQU_FORMAT_PLAIN);
  detail = shequ_row_expand (row, "{state} · {done_on} · {done_by}", SHEQU_FORMAT_PLAIN);
  markup = g_markup_escape_text (household, -1);
  detail_markup = g_markup_escape_text (detail, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), detail_markup);
  finding = find_finding (shequ_row_get_text (row, "state"));
  gtk_image_set_from_icon_name (icon, findings[finding].icon);
  for (guint i = 0; i < G_N_ELEMENTS (findings); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (icon), findings[i].css);
  gtk_widget_add_css_class (GTK_WIDGET (icon), findings[finding].css);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
}

static void
line_filled (ShequRecord *record, GParamSpec *pspec, GtkWidget *widget)
{
  fill_line (widget, record);
}

static GtkWidget *
new_line (gpointer item, gpointer user_data)
{
  GtkWidget *widget = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new ();

  g_object_set_data_full (G_OBJECT (widget), "record", g_object_ref (item), g_object_unref);
  g_object_set_data (G_OBJECT (widget), "icon", icon);
  adw_action_row_add_prefix (ADW_ACTION_ROW (widget), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
  g_signal_connect_object (item, "notify::row", G_CALLBACK (line_filled), widget, 0);
  fill_line (widget, item);
  return widget;
}

static void
round_filled (ShequRecord *record, GParamSpec *pspec, GtkWidget *widget)
{
  const ShequRow *row = shequ_record_get_row (record);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *title_markup = NULL;
  g_autofree char *text_markup = NULL;
  gint64 lines, open;

  if (row == NULL)
    return;
  lines = shequ_row_get_integer (row, "lines");
  open = shequ_row_get_integer (row, "open");
  title = shequ_row_get_title (row);
  text = g_strdup_printf (_ ("%d of %d households done"), (int) (lines - open), (int) lines);
  title_markup = g_markup_escape_text (title, -1);
  text_markup = g_markup_escape_text (text, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), text_markup);
}

static GtkWidget *
new_round (gpointer item, gpointer user_data)
{
  GtkWidget *widget = adw_action_row_new ();

  g_object_set_data_full (G_OBJECT (widget), "record", g_object_ref (item), g_object_unref);
  g_signal_connect_object (item, "notify::row", G_CALLBACK (round_filled), widget, 0);
  round_filled (item, NULL, widget);
  return widget;
}

static const ShequSurveyGrid *
get_grid (ShequSurveyView *self)
{
  for (guint i = 0; self->grids != NULL && i < self->grids->len; i++)
    {
      const ShequSurveyGrid *grid = self->grids->pdata[i];

      if (grid->grid == self->grid)
        return grid;
    }
  return NULL;
}

static void
update_sign (ShequSurveyView *self)
{
  const ShequSurveyGrid *grid = get_grid (self);
  gboolean is_closed = grid != NULL && grid->signed_lines > 0;
  gint64 open = grid != NULL ? grid->households - grid->same - grid->changed : 0;

  gtk_widget_set_sensitive (self->sign, grid != NULL && !is_closed && open == 0);
  gtk_label_set_text (self->signed_by, is_closed ? _ ("Signed off; the list is closed") : "");
  gtk_widget_set_visible (self->sign, !is_closed);
  gtk_widget_set_visible (self->reopen, is_closed);
  gtk_widget_set_visible (self->hint, !is_closed);
}

static void
show_lines (ShequSurveyView *self)
{
  const ShequRegister *reg = shequ_office_get_register (self->office, "survey_line");
  g_autoptr (ShequQuery) query = shequ_office_new_query (self->office, reg);
  g_autofree char *where = shequ_survey_describe_lines (self->round, self->grid);

  shequ_query_add_where (query, where, NULL);
  shequ_record_list_set_query (self->lines, query);
  update_sign (self);
}

static void
grid_selected (GtkListBox *list, GtkListBoxRow *widget, ShequSurveyView *self)
{
  const gint64 *key = widget != NULL ? g_object_get_data (G_OBJECT (widget), "grid") : NULL;

  if (key == NULL || *key == self->grid)
    return;
  self->grid = *key;
  show_lines (self);
}

static GtkWidget *
new_grid (const ShequSurveyGrid *grid)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gint64 done = grid->same + grid->changed;
  g_autofree char *text = g_strdup_printf (_ ("%d/%d · %d changed · %d nobody met"), (int) done,
                                           (int) grid->households, (int) grid->changed, (int) grid->absent);
  g_autofree char *name = g_strdup_printf ("%s · %s", grid->name, text);
  GtkWidget *title = gtk_label_new (grid->name);
  GtkWidget *detail = gtk_label_new (text);
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar),
                                 grid->households > 0 ? (double) done / (double) grid->households : 0);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "numeric");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 8);
  gtk_widget_set_margin_end (box, 8);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "grid", g_memdup2 (&grid->grid, sizeof grid->grid), g_free);
  return row;
}

static void
grids_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequSurveyView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) grids = shequ_survey_list_grids_finish (SHEQU_OFFICE (source), result, &error);
  GtkWidget *child;
  int chosen = 0;

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (grids == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The round cannot be shown."), error);
      return;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid_list))) != NULL)
    gtk_list_box_remove (self->grid_list, child);
  g_clear_pointer (&self->grids, g_ptr_array_unref);
  self->grids = g_steal_pointer (&grids);
  for (guint i = 0; i < self->grids->len; i++)
    {
      const ShequSurveyGrid *grid = self->grids->pdata[i];

      gtk_list_box_append (self->grid_list, new_grid (grid));
      if (grid->grid == self->grid)
        chosen = (int) i;
    }
  gtk_list_box_select_row (self->grid_list, gtk_list_box_get_row_at_index (self->grid_list, chosen));
  update_sign (self);
}

static void
read_grids (ShequSurveyView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->round == 0)
    return;
  self->cancellable = g_cancellable_new ();
  shequ_survey_list_grids_async (self->office, self->round, self->cancellable, grids_listed,
                                 g_object_ref (self));
}

static gboolean
refresh_now (gpointer data)
{
  ShequSurveyView *self = data;

  self->refresh_id = 0;
  read_grids (self);
  return G_SOURCE_REMOVE;
}

static void
changed (ShequOffice *office, const char *reg, gint64 key, ShequSurveyView *self)
{
  if (g_str_equal (reg, "survey_line") && self->refresh_id == 0)
    {
      /* The rounds sum up their lines. */
      shequ_record_list_refresh (self->rounds);
      self->refresh_id = g_timeout_add (REFRESH_MILLISECONDS, refresh_now, self);
    }
}

static void
round_selected (GtkListBox *list, GtkListBoxRow *widget, ShequSurveyView *self)
{
  ShequRecord *record = widget != NULL ? g_object_get_data (G_OBJECT (widget), "record") : NULL;
  gint64 key = record != NULL ? shequ_record_get_key (record) : 0;

  if (key == 0 || key == self->round)
    return;
  self->round = key;
  self->grid = 0;
  read_grids (self);
}

static void
select_round (ShequSurveyView *self)
{
  guint position = self->round != 0 ? shequ_record_list_find (self->rounds, self->round) : 0;

  if (position != SHEQU_RECORD_LIST_NOT_FOUND)
    gtk_list_box_select_row (self->round_list,
                             gtk_list_box_get_row_at_index (self->round_list, (int) position));
}

static void
rounds_changed (ShequSurveyView *self)
{
  gboolean any = shequ_record_list_get_n_records (self->rounds) > 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any ? "rounds" : "nothing");
  if (any)
    select_round (self);
}

static void
was_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequSurveyView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->stack == NULL)
    return;
  if (shequ_survey_done_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_say (GTK_WIDGET (self), _ ("The grid is signed off; its list is closed."));
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The grid was not signed off."), error);
}

static void
sign_clicked (ShequSurveyView *self)
{
  if (self->round != 0 && self->grid != 0)
    shequ_survey_sign_async (self->office, self->round, self->grid, NULL, was_signed, g_object_ref (self));
}

static void
was_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequSurveyView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->stack == NULL)
    return;
  if (shequ_survey_done_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_say (GTK_WIDGET (self), _ ("The list of the grid is open again."));
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The list stays closed."), error);
}

/* The list that was asked about, whatever is selected meanwhile. */
typedef struct
{
  ShequSurveyView *view;
  gint64 round;
  gint64 grid;
} Reopening;

static void
reopening_free (gpointer data)
{
  g_object_unref (((Reopening *) data)->view);
  g_free (data);
}

static void
reason_given (const char *reason, gpointer data)
{
  const Reopening *reopening = data;

  shequ_survey_reopen_async (reopening->view->office, reopening->round, reopening->grid, reason, NULL,
                             was_opened, g_object_ref (reopening->view));
}

static void
reopen_clicked (ShequSurveyView *self)
{
  const ShequReasonAsk ask = {
    .heading = _ ("Open the list again?"),
    .body =
      _ ("Findings can be corrected then, and the list has to be signed off anew. Who had signed it and "
         "the reason stay in the change log."),
    .accept = _ ("_Open again"),
    .required = TRUE,
  };
  Reopening *reopening = g_new0 (Reopening, 1);

  reopening->view = g_object_ref (self);
  reopening->round = self->round;
  reopening->grid = self->grid;
  shequ_reason_dialog_present (GTK_WIDGET (self), &ask, reason_given, reopening, reopening_free);
}

static void
made (gint64 round, gpointer data)
{
  shequ_survey_view_open (data, round);
}

static void
shequ_survey_view_dispose (GObject *object)
{
  ShequSurveyView *self = SHEQU_SURVEY_VIEW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->grids, g_ptr_array_unref);
  g_clear_object (&self->rounds);
  g_clear_object (&self->lines);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_survey_view_parent_class)->dispose (object);
}

static void
shequ_survey_view_class_init (ShequSurveyViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_survey_view_dispose;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", SHEQU_TYPE_SURVEY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_survey_view_init (ShequSurveyView *self)
{
}

static GtkListBox *
new_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_LIST_BOX (list);
}

static GtkWidget *
new_scrolled (GtkListBox *list)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (list));
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
new_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 10);
  gtk_widget_set_margin_start (label, 14);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
new_side (ShequSurveyView *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *start = gtk_button_new_with_mnemonic (_ ("_New round"));

  self->round_list = new_list (_ ("Survey rounds"));
  self->grid_list = new_list (_ ("Grids of the round"));
  g_signal_connect_object (start, "clicked", G_CALLBACK (shequ_survey_view_start), self, G_CONNECT_SWAPPED);
  gtk_widget_set_margin_top (start, 8);
  gtk_widget_set_margin_start (start, 12);
  gtk_widget_set_margin_end (start, 12);
  gtk_box_append (GTK_BOX (side), start);
  gtk_box_append (GTK_BOX (side), new_scrolled (self->round_list));
  gtk_box_append (GTK_BOX (side), new_heading (_ ("Grids of the round")));
  gtk_box_append (GTK_BOX (side), new_scrolled (self->grid_list));
  gtk_widget_set_size_request (side, 280, -1);
  return side;
}

static GtkWidget *
new_main (ShequSurveyView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->line_list = new_list (_ ("Households of the grid"));
  gtk_list_box_set_activate_on_single_click (self->line_list, FALSE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (line_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->line_list), keys);
  self->hint = gtk_label_new (_ ("1 unchanged · 2 changed · 3 nobody met · 0 open again · Enter opens"));
  self->signed_by = GTK_LABEL (gtk_label_new (NULL));
  self->sign = gtk_button_new_with_mnemonic (_ ("_Sign off"));
  gtk_widget_set_tooltip_text (self->sign, _ ("Close the list of this grid, with your name and the day"));
  g_signal_connect_object (self->sign, "clicked", G_CALLBACK (sign_clicked), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (self->hint), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->signed_by), "success");
  gtk_widget_set_hexpand (GTK_WIDGET (self->signed_by), TRUE);
  gtk_label_set_xalign (self->signed_by, 0);
  gtk_box_append (GTK_BOX (bar), self->hint);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->signed_by));
  self->reopen = gtk_button_new_with_mnemonic (_ ("_Open again…"));
  gtk_widget_set_tooltip_text (self->reopen, _ ("Open the list that is signed off, with a reason"));
  g_signal_connect_object (self->reopen, "clicked", G_CALLBACK (reopen_clicked), self, G_CONNECT_SWAPPED);
  gtk_widget_hide (self->reopen);
  gtk_box_append (GTK_BOX (bar), self->sign);
  gtk_box_append (GTK_BOX (bar), self->reopen);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), new_scrolled (self->line_list));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
new_nothing (ShequSurveyView *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_New round"));

  g_object_set (
    page, "icon-name", "view-list-symbolic", "title", _ ("No survey round yet"), "description",
    _ ("A round lists the households of the chosen grids. From door to door only what has changed "
       "is typed; what is finished is signed off grid by grid."),
    NULL);
  g_signal_connect_object (button, "clicked", G_CALLBACK (shequ_survey_view_start), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static void
build (ShequSurveyView *self)
{
  GtkWidget *rounds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (rounds), new_side (self));
  gtk_box_append (GTK_BOX (rounds), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (rounds), new_main (self));
  gtk_list_box_bind_model (self->round_list, G_LIST_MODEL (self->rounds), new_round, self, NULL);
  gtk_list_box_bind_model (self->line_list, G_LIST_MODEL (self->lines), new_line, self, NULL);
  g_signal_connect (self->round_list, "row-selected", G_CALLBACK (round_selected), self);
  g_signal_connect (self->grid_list, "row-selected", G_CALLBACK (grid_selected), self);
  g_signal_connect (self->line_list, "row-activated", G_CALLBACK (line_activated), self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), new_nothing (self), "nothing");
  gtk_stack_add_named (GTK_STACK (self->stack), rounds, "rounds");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

/**
 * shequ_survey_view_new:
 * @office: whose rounds
 *
 * Returns: (transfer floating): the rounds of the office
 */
GtkWidget *
shequ_survey_view_new (ShequOffice *office)
{
  ShequSurveyView *self = g_object_new (SHEQU_TYPE_SURVEY_VIEW, NULL);
  const ShequRegister *reg = shequ_office_get_register (office, "survey_round");
  g_autoptr (ShequQuery) query = shequ_office_new_query (office, reg);

  self->office = g_object_ref (office);
  self->rounds = shequ_record_list_new (office, reg);
  self->lines = shequ_record_list_new (office, shequ_office_get_register (office, "survey_line"));
  build (self);
  g_signal_connect_object (self->rounds, "items-changed", G_CALLBACK (rounds_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (office, "changed", G_CALLBACK (changed), self, 0);
  shequ_record_list_set_query (self->rounds, query);
  return GTK_WIDGET (self);
}

/**
 * shequ_survey_view_start:
 * @self: a view
 *
 * Asks for a new round.
 */
void
shequ_survey_view_start (ShequSurveyView *self)
{
  g_return_if_fail (SHEQU_IS_SURVEY_VIEW (self));

  shequ_survey_dialog_present (GTK_WIDGET (self), self->office, made, self);
}

/**
 * shequ_survey_view_open:
 * @self: a view
 * @round: a round
 *
 * Shows a round, also one that the list does not hold yet.
 */
void
shequ_survey_view_open (ShequSurveyView *self, gint64 round)
{
  g_return_if_fail (SHEQU_IS_SURVEY_VIEW (self));

  self->round = round;
  self->grid = 0;
  read_grids (self);
  select_round (self);
}
