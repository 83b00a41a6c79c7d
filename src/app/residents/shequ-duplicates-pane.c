#include "shequ-duplicates-pane.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-duplicates.h"
#include "shequ-feedback.h"
#include "shequ-merge.h"
#include "shequ-pair-grid.h"
#include "shequ-reason-dialog.h"

/* More than a person goes through in a day. */
#define MOST_PAIRS 200

struct _ShequDuplicatesPane
{
  GtkWidget parent_instance;

  ShequOffice *office;
  GtkStack *steps; /* searching, none, pairs */
  AdwStatusPage *none;
  GtkListBox *list;
  GtkLabel *count;
  ShequPairGrid *grid;
  GtkWidget *merge;
  GtkWidget *apart;
  GArray *pairs; /* of ShequDuplicatePair, as the rows of the list */
  gint64 after;
  GCancellable *cancellable; /* (nullable): of the look on its way */
};

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequDuplicatesPane, shequ_duplicates_pane, GTK_TYPE_WIDGET)

static const ShequDuplicatePair *
get_chosen (ShequDuplicatesPane *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL && self->pairs != NULL
           ? &g_array_index (self->pairs, ShequDuplicatePair, gtk_list_box_row_get_index (row))
           : NULL;
}

static void
update_count (ShequDuplicatesPane *self)
{
  guint n = self->pairs != NULL ? self->pairs->len : 0;
  g_autofree char *pairs = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u pair", "%u pairs", n), n);
  g_autofree char *text =
    self->after > 0 ? g_strdup_printf (_ ("%s of this import"), pairs) : g_steal_pointer (&pairs);

  gtk_label_set_text (self->count, n > 0 ? text : "");
  gtk_stack_set_visible_child_name (self->steps, n > 0 ? "pairs" : "none");
}

/* The two of a pair, with the titles of what they link to. */
static gpointer
load_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const ShequDuplicatePair *pair = data;
  const gint64 keys[] = { pair->one, pair->other };
  g_autofree char *today = shequ_office_get_today (office);

  return shequ_store_fetch (shequ_office_get_store (office), shequ_office_get_register (office, "resident"),
                            keys, 2, SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, today, cancellable, error);
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequDuplicatesPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
  const ShequDuplicatePair *pair = self->list != NULL ? get_chosen (self) : NULL;
  gboolean both = rows != NULL && rows->len == 2;

  if (error != NULL)
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The two records could not be read"), error);
  /* Another pair was chosen meanwhile. */
  if (pair == NULL || (both && ((const ShequRow *) rows->pdata[0])->key != pair->one))
    return;
  shequ_pair_grid_set_rows (self->grid, both ? rows->pdata[0] : NULL, both ? rows->pdata[1] : NULL);
  gtk_widget_set_sensitive (self->merge, both);
  gtk_widget_set_sensitive (self->apart, both);
}

static void
show_pair (ShequDuplicatesPane *self)
{
  const ShequDuplicatePair *pair;

  /* A list that goes away with the window unselects its row. */
  if (self->list == NULL)
    return;
  pair = get_chosen (self);
  gtk_widget_set_sensitive (self->merge, FALSE);
  gtk_widget_set_sensitive (self->apart, FALSE);
  if (pair == NULL)
    shequ_pair_grid_set_rows (self->grid, NULL, NULL);
  else
    shequ_office_run_async (self->office, load_work, g_memdup2 (pair, sizeof *pair), g_free,
                            (GDestroyNotify) g_ptr_array_unref, NULL, loaded, g_object_ref (self));
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_row (const ShequDuplicatePair *pair, const char *one, const char *other)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *reasons = shequ_duplicate_describe (pair->reasons);
  g_autofree char *names = g_strdup_printf (_ ("%s and %s"), one, other);
  g_autofree char *score = g_strdup_printf (_ ("%d points"), pair->score);
  g_autofree char *detail = g_strdup_printf ("%s · %s", score, reasons);

  gtk_box_append (GTK_BOX (box), new_label (names, NULL));
  gtk_box_append (GTK_BOX (box), new_label (detail, "caption"));
  gtk_widget_set_margin_start (box, 10);
  gtk_widget_set_margin_end (box, 10);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, names, -1);
  return row;
}

/* The pairs that were found, and what the two of each are called. */
typedef struct
{
  gint64 after;
  GArray *pairs;
  GHashTable *titles; /* key -> name */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->pairs, g_array_unref);
  g_clear_pointer (&found->titles, g_hash_table_unref);
  g_free (found);
}

static gpointer
look_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Found *asked = data;
  Found *found = g_new0 (Found, 1);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) rows = NULL;

  found->pairs = shequ_duplicates_find (office, asked->after, MOST_PAIRS, cancellable, error);
  found->titles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; found->pairs != NULL && i < found->pairs->len; i++)
    {
      const ShequDuplicatePair *pair = &g_array_index (found->pairs, ShequDuplicatePair, i);

      g_array_append_val (keys, pair->one);
      g_array_append_val (keys, pair->other);
    }
  rows = found->pairs != NULL ? shequ_store_fetch (shequ_office_get_store (office),
                                                   shequ_office_get_register (office, "resident"),
                                                   &g_array_index (keys, gint64, 0), keys->len,
                                                   SHEQU_FETCH_PLAIN, NULL, cancellable, error)
                              : NULL;
  if (rows == NULL)
    {
      found_free (found);
      return NULL;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];

      g_hash_table_insert (found->titles, g_memdup2 (&row->key, sizeof row->key), shequ_row_get_title (row));
    }
  return found;
}

static void
show_found (ShequDuplicatesPane *self, Found *found)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_pointer (&self->pairs, g_array_unref);
  self->pairs = g_steal_pointer (&found->pairs);
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const ShequDuplicatePair *pair = &g_array_index (self->pairs, ShequDuplicatePair, i);
      const char *one = g_hash_table_lookup (found->titles, &pair->one);
      const char *other = g_hash_table_lookup (found->titles, &pair->other);

      gtk_list_box_append (self->list, new_row (pair, one != NULL ? one : "?", other != NULL ? other : "?"));
    }
  update_count (self);
  if (self->pairs->len > 0)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequDuplicatesPane) self = user_data;
  g_autoptr (GError) error = NULL;
  Found *found = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (found != NULL && self->list != NULL)
    show_found (self, found);
  else if (self->list != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      update_count (self);
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The register could not be looked through"), error);
    }
  g_clear_pointer (&found, found_free);
}

/* What is left of the list when a pair is done with: the next one is shown. */
static void
drop_pairs (ShequDuplicatesPane *self, const ShequDuplicatePair *done, gint64 lost)
{
  ShequDuplicatePair pair = *done;
  guint next = 0;

  for (guint i = self->pairs->len; i-- > 0;)
    {
      const ShequDuplicatePair *other = &g_array_index (self->pairs, ShequDuplicatePair, i);
      gboolean same = other->one == pair.one && other->other == pair.other;

      if (!same && other->one != lost && other->other != lost)
        continue;
      g_array_remove_index (self->pairs, i);
      gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)));
      next = i;
    }
  update_count (self);
  if (self->pairs->len > 0)
    gtk_list_box_select_row (
      self->list, gtk_list_box_get_row_at_index (self->list, (int) MIN (next, self->pairs->len - 1)));
}

/* What is needed to take a merge back. */
typedef struct
{
  ShequDuplicatesPane *pane;
  gint64 merge;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->pane);
  g_free (undo);
}

static void
undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequDuplicatesPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;
  guint n_left = 0;

  if (!shequ_merge_undo_finish (SHEQU_OFFICE (source), result, &n_left, &error))
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The merge could not be undone"), error);
      return;
    }
  left = g_strdup_printf (_ ("Undone; %u links or values that were changed since stay as they are"), n_left);
  shequ_feedback_say (GTK_WIDGET (self), n_left > 0 ? left : _ ("There are two records again"));
  if (self->list != NULL)
    shequ_duplicates_pane_look (self, self->after);
}

static void
undo_merge (gpointer data)
{
  Undo *undo = data;

  shequ_merge_undo_async (undo->pane->office, undo->merge, NULL, undone, g_object_ref (undo->pane));
}

static void
merged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequDuplicatesPane) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_links = 0;
  gint64 key = shequ_merge_run_finish (SHEQU_OFFICE (source), result, &n_links, &error);
  const ShequDuplicatePair *pair = self->list != NULL ? get_chosen (self) : NULL;
  g_autofree char *text = NULL;
  Undo *undo;

  if (key < 0)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The records could not be merged"), error);
      /* What somebody changed meanwhile is shown at once. */
      if (pair != NULL)
        show_pair (self);
      return;
    }
  text = g_strdup_printf (_ ("Merged; %u links were moved"), n_links);
  undo = g_new0 (Undo, 1);
  undo->pane = g_object_ref (self);
  undo->merge = key;
  shequ_feedback_offer_undo (GTK_WIDGET (self), text, undo_merge, undo, undo_free);
  if (pair != NULL)
    drop_pairs (self, pair, shequ_pair_grid_get_lost (self->grid)->key);
}

static void
merge_clicked (ShequDuplicatesPane *self)
{
  const ShequDuplicatePair *pair = get_chosen (self);
  g_autoptr (ShequRow) kept = NULL;
  g_autofree char *reason = NULL;

  if (pair == NULL || shequ_pair_grid_get_lost (self->grid) == NULL)
    return;
  kept = shequ_pair_grid_get_kept (self->grid);
  reason = shequ_duplicate_describe (pair->reasons);
  gtk_widget_set_sensitive (self->merge, FALSE);
  gtk_widget_set_sensitive (self->apart, FALSE);
  shequ_merge_run_async (self->office, kept, shequ_pair_grid_get_lost (self->grid), reason, NULL, merged,
                         g_object_ref (self));
}

static gpointer
last_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_merge_find_last (office, cancellable, error);
}

static void
undo_decided (const char *reason, gpointer data)
{
  undo_merge (data);
}

/* A toast is gone soon; which merge is taken back is said before. */
static void
last_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequDuplicatesPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
  ShequReasonAsk ask = { .heading = _ ("Undo the last merge?"),
                         .accept = _ ("_Undo"),
                         .without_reason = TRUE };
  g_autofree char *title = row != NULL ? shequ_row_get_title (row) : NULL;
  g_autofree char *body = NULL;
  Undo *undo;

  if (self->list == NULL)
    return;
  if (error != NULL)
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The merge could not be undone"), error);
  else if (row == NULL)
    shequ_feedback_say (GTK_WIDGET (self), _ ("No merge is left to be undone"));
  if (row == NULL)
    return;
  body = g_strdup_printf (_ ("%s, on %s by %s. What was changed since stays as it is."), title,
                          shequ_row_get_text (row, "merged_on"), shequ_row_get_text (row, "merged_by"));
  ask.body = body;
  undo = g_new0 (Undo, 1);
  undo->pane = g_object_ref (self);
  undo->merge = row->key;
  shequ_reason_dialog_present (GTK_WIDGET (self), &ask, undo_decided, undo, undo_free);
}

static void
undo_clicked (ShequDuplicatesPane *self)
{
  shequ_office_run_async (self->office, last_work, NULL, NULL, (GDestroyNotify) shequ_row_free, NULL,
                          last_found, g_object_ref (self));
}

typedef struct
{
  ShequDuplicatePair pair;
  char *reason;
} Apart;

static void
apart_free (gpointer data)
{
  g_free (((Apart *) data)->reason);
  g_free (data);
}

static gpointer
apart_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Apart *apart = data;
  gint64 key = shequ_duplicates_dismiss (office, apart->pair.one, apart->pair.other,
                                         *apart->reason != '\0' ? apart->reason : NULL, cancellable, error);

  return key > 0 ? g_memdup2 (&key, sizeof key) : NULL;
}

static void
set_apart (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequDuplicatesPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *key = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
  const ShequDuplicatePair *pair = self->list != NULL ? get_chosen (self) : NULL;

  if (key == NULL)
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("It could not be remembered"), error);
  else
    shequ_feedback_say (GTK_WIDGET (self), _ ("Remembered: two people, who are not proposed again"));
  if (key != NULL && pair != NULL)
    drop_pairs (self, pair, 0);
}

static void
apart_decided (const char *reason, gpointer data)
{
  ShequDuplicatesPane *self = data;
  const ShequDuplicatePair *pair = get_chosen (self);
  Apart *apart;

  if (pair == NULL)
    return;
  apart = g_new0 (Apart, 1);
  apart->pair = *pair;
  apart->reason = g_strdup (reason);
  shequ_office_run_async (self->office, apart_work, apart, apart_free, g_free, NULL, set_apart,
                          g_object_ref (self));
}

static void
apart_clicked (ShequDuplicatesPane *self)
{
  const ShequReasonAsk ask = {
    .heading = _ ("Two people?"),
    .body = _ ("The two are kept as they are and not proposed again. How is it known?"),
    .accept = _ ("_Not the same person"),
  };

  shequ_reason_dialog_present (GTK_WIDGET (self), &ask, apart_decided, g_object_ref (self), g_object_unref);
}

static void
close_clicked (ShequDuplicatesPane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
look_again (ShequDuplicatesPane *self)
{
  shequ_duplicates_pane_look (self, 0);
}

static GtkWidget *
new_button (ShequDuplicatesPane *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_head (ShequDuplicatesPane *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = new_label (_ ("Possible duplicates"), "heading");

  gtk_label_set_wrap (GTK_LABEL (title), FALSE);
  gtk_widget_add_css_class (head, "toolbar");
  self->count = GTK_LABEL (new_label ("", "dim-label"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->count), TRUE);
  gtk_box_append (GTK_BOX (head), new_button (self, _ ("_Back to the list"), G_CALLBACK (close_clicked)));
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (head), new_button (self, _ ("_Undo a merge…"), G_CALLBACK (undo_clicked)));
  gtk_box_append (GTK_BOX (head), new_button (self, _ ("Look _again"), G_CALLBACK (look_again)));
  return head;
}

static GtkWidget *
new_foot (ShequDuplicatesPane *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *hint = new_label (
    _ ("Every link to the record that goes is moved to the one that stays. It can be undone."), "dim-label");

  gtk_widget_add_css_class (foot, "toolbar");
  gtk_widget_set_hexpand (hint, TRUE);
  self->apart = new_button (self, _ ("_Not the same person"), G_CALLBACK (apart_clicked));
  self->merge = new_button (self, _ ("_Merge"), G_CALLBACK (merge_clicked));
  gtk_widget_add_css_class (self->merge, "suggested-action");
  gtk_widget_set_sensitive (self->merge, FALSE);
  gtk_widget_set_sensitive (self->apart, FALSE);
  gtk_box_append (GTK_BOX (foot), hint);
  gtk_box_append (GTK_BOX (foot), self->apart);
  gtk_box_append (GTK_BOX (foot), self->merge);
  return foot;
}

static GtkWidget *
new_scrolled (GtkWidget *child, gboolean expand)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  gtk_widget_set_hexpand (scrolled, expand);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
new_pairs (ShequDuplicatesPane *self)
{
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *left;

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Possible duplicates"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (show_pair), self, G_CONNECT_SWAPPED);
  self->grid = SHEQU_PAIR_GRID (shequ_pair_grid_new ());
  left = new_scrolled (GTK_WIDGET (self->list), FALSE);
  gtk_widget_set_size_request (left, 250, -1);
  gtk_box_append (GTK_BOX (right), new_scrolled (GTK_WIDGET (self->grid), TRUE));
  gtk_box_append (GTK_BOX (right), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (right), new_foot (self));
  gtk_box_append (GTK_BOX (sides), left);
  gtk_box_append (GTK_BOX (sides), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (sides), right);
  return sides;
}

static GtkWidget *
new_searching (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("The register is looked through …")));
  return box;
}

static void
shequ_duplicates_pane_dispose (GObject *object)
{
  ShequDuplicatesPane *self = SHEQU_DUPLICATES_PANE (object);
  GtkWidget *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->pairs, g_array_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_duplicates_pane_parent_class)->dispose (object);
}

static void
shequ_duplicates_pane_class_init (ShequDuplicatesPaneClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_duplicates_pane_dispose;
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", SHEQU_TYPE_DUPLICATES_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_duplicates_pane_init (ShequDuplicatesPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->steps = GTK_STACK (gtk_stack_new ());
  self->none = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->none, "emblem-ok-symbolic");
  adw_status_page_set_title (self->none, _ ("Nobody seems to be registered twice"));
  adw_status_page_set_description (
    self->none,
    _ ("Numbers, names, dates of birth, homes and telephones were compared. After an import, look "
       "again."));
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_stack_add_named (self->steps, new_searching (), "searching");
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->none), "none");
  gtk_stack_add_named (self->steps, new_pairs (self), "pairs");
  gtk_widget_set_vexpand (GTK_WIDGET (self->steps), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->steps));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/**
 * shequ_duplicates_pane_new:
 * @office: the office
 *
 * Returns: (transfer floating): a pane that has not looked yet
 */
GtkWidget *
shequ_duplicates_pane_new (ShequOffice *office)
{
  ShequDuplicatesPane *self = g_object_new (SHEQU_TYPE_DUPLICATES_PANE, NULL);

  self->office = g_object_ref (office);
  return GTK_WIDGET (self);
}

/**
 * shequ_duplicates_pane_look:
 * @self: a pane
 * @after: 0, or only pairs with a resident whose key is greater, as those that an import added
 *
 * Looks through the register on a worker thread and shows the pairs.
 */
void
shequ_duplicates_pane_look (ShequDuplicatesPane *self, gint64 after)
{
  Found *asked = g_new0 (Found, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->after = after;
  asked->after = after;
  gtk_stack_set_visible_child_name (self->steps, "searching");
  shequ_office_run_async (self->office, look_work, asked, found_free, found_free, self->cancellable, looked,
                          g_object_ref (self));
}
