#include "shequ-chooser.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-chooser-private.h"
#include "shequ-search-attributes.h"
#include "shequ-search-marks.h"
#include "shequ-search.h"

#define MOST_CHOICES 20

struct _ShequChooser
{
  GtkWidget parent_instance;

  GtkSearchEntry *entry; /* (nullable): not ours */
  GtkListBox *list;
  GtkWidget *scrolled;
  GtkWidget *nothing;
  GPtrArray *choices;        /* of ShequChoice, one a row */
  GCancellable *cancellable; /* of the running search */
  char *asked;               /* (nullable): what was searched for last */
  gboolean answered;         /* the choices are those for it */
  gboolean taking;           /* Enter was pressed before they came */
};

enum
{
  SIGNAL_SEARCH,
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequChooser, shequ_chooser, GTK_TYPE_WIDGET)

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, ShequChooser *self)
{
  ShequChoice *found = g_ptr_array_index (self->choices, gtk_list_box_row_get_index (row));
  g_autoptr (ShequChoice) choice = g_object_ref (found);

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, choice);
}

static void
take_selected (ShequChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  self->taking = FALSE;
  if (row != NULL)
    row_activated (self->list, row, self);
}

static void
ask (ShequChooser *self, const char *typed)
{
  g_free (self->asked);
  self->asked = g_strdup (typed);
  self->answered = self->taking = FALSE;
  g_signal_emit (self, signals[SIGNAL_SEARCH], 0, self->asked);
}

/* Who types fast presses Enter before there is an answer, and means the one to what is typed. */
static void
entry_activated (GtkSearchEntry *entry, ShequChooser *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (self->asked != NULL && !g_str_equal (self->asked, typed))
    ask (self, typed);
  if (self->asked == NULL || self->answered)
    take_selected (self);
  else
    self->taking = TRUE;
}

static void
search_changed (ShequChooser *self)
{
  if (!self->taking || g_strcmp0 (self->asked, gtk_editable_get_text (GTK_EDITABLE (self->entry))) != 0)
    shequ_chooser_search (self);
}

static gboolean
move_selection (ShequChooser *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;

  row = gtk_list_box_get_row_at_index (self->list, index);
  if (row == NULL)
    return FALSE;
  gtk_list_box_select_row (self->list, row);
  return TRUE;
}

static gboolean
key_pressed (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             ShequChooser *self)
{
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    return move_selection (self, 1);
  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    return move_selection (self, -1);
  return FALSE;
}

static void
shequ_chooser_dispose (GObject *object)
{
  ShequChooser *self = SHEQU_CHOOSER (object);
  GtkWidget *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->entry);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (shequ_chooser_parent_class)->dispose (object);
}

static void
shequ_chooser_finalize (GObject *object)
{
  g_free (SHEQU_CHOOSER (object)->asked);
  G_OBJECT_CLASS (shequ_chooser_parent_class)->finalize (object);
}

static void
shequ_chooser_class_init (ShequChooserClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_chooser_dispose;
  G_OBJECT_CLASS (class)->finalize = shequ_chooser_finalize;

  signals[SIGNAL_SEARCH] = g_signal_new ("search", SHEQU_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SHEQU_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, SHEQU_TYPE_CHOICE);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_chooser_init (ShequChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "chooser");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Found"),
                                  -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated), self);

  self->nothing = gtk_label_new (_ ("Nothing matches"));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_margin_top (self->nothing, 12);
  gtk_widget_set_margin_bottom (self->nothing, 12);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 380);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->list));

  gtk_box_append (GTK_BOX (box), self->scrolled);
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  gtk_widget_hide (self->nothing);
}

ShequChooser *
shequ_chooser_new (void)
{
  return g_object_new (SHEQU_TYPE_CHOOSER, NULL);
}

/**
 * shequ_chooser_search:
 * @self: a chooser
 *
 * Asks for choices anew for what stands in the entry.
 */
void
shequ_chooser_search (ShequChooser *self)
{
  g_return_if_fail (SHEQU_IS_CHOOSER (self));

  if (self->entry != NULL)
    ask (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/**
 * shequ_chooser_set_entry:
 * @self: a chooser
 * @entry: where people type; Up, Down and Enter in it move and take
 *
 * Ties the list to an entry.
 */
void
shequ_chooser_set_entry (ShequChooser *self, GtkSearchEntry *entry)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_return_if_fail (SHEQU_IS_CHOOSER (self) && self->entry == NULL);

  g_set_weak_pointer (&self->entry, entry);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (search_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (entry_activated), self, 0);
}

static void
set_marks (GtkWidget *label, const GArray *marks)
{
  g_autoptr (PangoAttrList) attributes = shequ_search_attributes_new (marks);

  gtk_label_set_attributes (GTK_LABEL (label), attributes);
}

static GtkWidget *
new_row (ShequChoice *choice)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (shequ_choice_get_title (choice));
  const char *detail = shequ_choice_get_detail (choice);

  set_marks (title, shequ_choice_get_title_marks (choice));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), title);
  if (detail != NULL && *detail != '\0')
    {
      GtkWidget *label = gtk_label_new (detail);

      set_marks (label, shequ_choice_get_detail_marks (choice));
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  shequ_choice_get_title (choice), -1);
  return row;
}

/**
 * shequ_chooser_set_choices:
 * @self: a chooser
 * @choices: (element-type ShequChoice): best first
 *
 * Answers `search`.
 */
void
shequ_chooser_set_choices (ShequChooser *self, GPtrArray *choices)
{
  GtkWidget *child;

  g_return_if_fail (SHEQU_IS_CHOOSER (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = g_ptr_array_ref (choices);
  for (guint i = 0; i < choices->len; i++)
    gtk_list_box_append (self->list, new_row (g_ptr_array_index (choices, i)));
  gtk_widget_set_visible (self->scrolled, choices->len > 0);
  gtk_widget_set_visible (self->nothing, choices->len == 0);
  if (choices->len > 0)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  self->answered = TRUE;
  if (self->taking)
    take_selected (self);
}

typedef struct
{
  const ShequRegister *only; /* (nullable) */
  gboolean in_use;
  char *typed;
} Find;

static void
find_free (gpointer data)
{
  Find *find = data;

  g_free (find->typed);
  g_free (find);
}

static gpointer
find_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Find *find = data;
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (ShequSearchMarks) marks = NULL;
  ShequStore *store = shequ_office_get_store (office);

  if (find->only != NULL)
    hits = shequ_office_search_choices (office, find->only, find->typed, find->in_use, MOST_CHOICES,
                                        cancellable, error);
  else
    hits = shequ_office_search (office, find->typed, MOST_CHOICES, cancellable, error);
  if (hits == NULL)
    return NULL;
  marks = shequ_search_marks_new (find->typed, shequ_store_get_pinyin (store, NULL));
  for (guint i = 0; i < hits->len; i++)
    {
      const ShequHit *hit = g_ptr_array_index (hits, i);
      g_autofree char *detail = g_strdup (hit->detail);
      ShequChoice *choice;

      if (find->only == NULL)
        {
          g_free (detail);
          detail = hit->detail != NULL && *hit->detail != '\0'
                     ? g_strdup_printf ("%s · %s", hit->reg->label, hit->detail)
                     : g_strdup (hit->reg->label);
        }
      choice = shequ_choice_new (hit->reg, hit->key, hit->title, detail);
      shequ_choice_take_marks (choice, shequ_search_marks_find (marks, hit->title, TRUE),
                               shequ_search_marks_find (marks, detail, FALSE));
      g_ptr_array_add (choices, choice);
    }
  return g_steal_pointer (&choices);
}

static void
found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequChooser) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (choices != NULL && self->list != NULL)
    shequ_chooser_set_choices (self, choices);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_text (GTK_LABEL (self->nothing), error->message);
}

static void
find (ShequChooser *self, ShequOffice *office, const ShequRegister *only, gboolean in_use, const char *typed)
{
  Find *find = g_new0 (Find, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  find->only = only;
  find->in_use = in_use;
  find->typed = g_strstrip (g_strdup (typed));
  shequ_office_run_async (office, find_in_thread, find, find_free, (GDestroyNotify) g_ptr_array_unref,
                          self->cancellable, found, g_object_ref (self));
}

/**
 * shequ_chooser_find_records:
 * @self: a chooser
 * @office: where to look
 * @only: (nullable): the register to look in, or all
 * @typed: what was typed
 *
 * Answers `search` with the records that the search index finds, on a worker thread; a newer call takes the
 * place of one that is still running.
 */
void
shequ_chooser_find_records (ShequChooser *self,
                            ShequOffice *office,
                            const ShequRegister *only,
                            const char *typed)
{
  g_return_if_fail (SHEQU_IS_CHOOSER (self) && SHEQU_IS_OFFICE (office));

  find (self, office, only, FALSE, typed);
}

/**
 * shequ_chooser_find_choices:
 * @self: a chooser
 * @office: where to look
 * @reg: the register of the link that is filled in
 * @typed: what was typed
 *
 * As shequ_chooser_find_records(), without the records that are no longer to be chosen: closed communities,
 * groups out of use, whoever has left.
 */
void
shequ_chooser_find_choices (ShequChooser *self,
                            ShequOffice *office,
                            const ShequRegister *reg,
                            const char *typed)
{
  g_return_if_fail (SHEQU_IS_CHOOSER (self) && SHEQU_IS_OFFICE (office) && reg != NULL);

  find (self, office, reg, TRUE, typed);
}

/**
 * shequ_chooser_find_codes:
 * @self: a chooser
 * @codes: a code list
 * @typed: part of a label or of a code; all when empty
 *
 * Answers `search` with codes.
 */
void
shequ_chooser_find_codes (ShequChooser *self, const ShequCodeList *codes, const char *typed)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (SHEQU_IS_CHOOSER (self));

  for (guint i = 0; i < codes->codes->len; i++)
    {
      const ShequCode *code = g_ptr_array_index (codes->codes, i);

      if (strstr (code->label, typed) != NULL || g_str_has_prefix (code->code, typed))
        g_ptr_array_add (choices, shequ_choice_new_code (code->code, code->label));
    }
  shequ_chooser_set_choices (self, choices);
}

/**
 * shequ_chooser_new_popover:
 * @self: (transfer none): a chooser without an entry
 * @label: the name of the entry for screen readers, translated
 *
 * Returns: (transfer floating): a popover of a search entry and the chooser, which searches when it opens
 */
GtkWidget *
shequ_chooser_new_popover (ShequChooser *self, const char *label)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_search_entry_new ();

  g_return_val_if_fail (SHEQU_IS_CHOOSER (self), NULL);

  g_object_set (entry, "placeholder-text", _ ("Type to search"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self));
  gtk_widget_set_size_request (box, 280, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  shequ_chooser_set_entry (self, GTK_SEARCH_ENTRY (entry));
  g_signal_connect_object (popover, "show", G_CALLBACK (shequ_chooser_search), self, G_CONNECT_SWAPPED);
  return popover;
}
