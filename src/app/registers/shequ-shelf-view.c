#include "shequ-shelf-view.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-application.h"
#include "shequ-feedback.h"
#include "shequ-shelf-row.h"

/* Changes that come together are looked at once. */
#define REFRESH_MILLISECONDS 500
#define MOST_RECENT 6
#define FAVOURITES "favourite-registers"
#define RECENT "recent-registers"

struct _ShequShelfView
{
  GtkWidget parent_instance;

  ShequOffice *office;
  GPtrArray *books; /* (nullable) (element-type ShequBook) */
  GCancellable *cancellable;
  guint refresh_id;
  gboolean stale; /* something changed while nobody looked */
  gboolean focus; /* the search is to have the focus when it is there */
  gboolean opens; /* Enter was pressed before there was anything to be found */
  GtkWidget *box;
  GtkEditable *entry;
  GtkListBox *list;
  GtkWidget *nothing; /* says that no register answers */
  GtkLabel *summary;
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequShelfView, shequ_shelf_view, GTK_TYPE_WIDGET)

/* (transfer none) (nullable): none in a test that shows the shelf alone */
static ShequSettings *
get_settings (void)
{
  GApplication *application = g_application_get_default ();

  return SHEQU_IS_APPLICATION (application) ? shequ_application_get_settings (SHEQU_APPLICATION (application))
                                            : NULL;
}

/* (transfer full): names of registers */
static char **
read_names (const char *key)
{
  ShequSettings *settings = get_settings ();
  g_autofree char *text = settings != NULL ? shequ_settings_get_text (settings, key) : NULL;

  return g_strsplit (text != NULL ? text : "", ";", -1);
}

/* Puts a name first, or takes it out; the settings keep @most. */
static void
write_name (const char *key, const char *name, gboolean in, guint most)
{
  g_auto (GStrv) names = read_names (key);
  g_autoptr (GString) text = g_string_new (in ? name : NULL);
  guint n = in ? 1 : 0;

  if (get_settings () == NULL)
    return;
  for (guint i = 0; names[i] != NULL && n < most; i++)
    {
      if (*names[i] == '\0' || g_str_equal (names[i], name))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ";" : "", names[i]);
      n++;
    }
  shequ_settings_set_text (get_settings (), key, text->str);
}

static const ShequBook *
find_book (ShequShelfView *self, const char *name)
{
  for (guint i = 0; i < self->books->len; i++)
    if (g_str_equal (((const ShequBook *) self->books->pdata[i])->reg->name, name))
      return self->books->pdata[i];
  return NULL;
}

static gboolean
row_answers (ShequShelfView *self, GtkWidget *row)
{
  const char *typed = gtk_editable_get_text (self->entry);

  if (*typed == '\0')
    return TRUE;
  return shequ_shelf_row_is_shelved (SHEQU_SHELF_ROW (row)) &&
         shequ_book_answers (shequ_shelf_row_get_book (SHEQU_SHELF_ROW (row)), typed);
}

/* Rows are hidden rather than filtered: a screen reader would still read what a filter leaves out. */
static void
show_found (ShequShelfView *self)
{
  gboolean found = FALSE;

  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    {
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i));
      gboolean answers = row_answers (self, row);

      gtk_widget_set_visible (row, answers);
      found |= answers;
    }
  /* A list box shows a placeholder of its own only where it filters. */
  gtk_widget_set_visible (self->nothing, !found);
  gtk_list_box_invalidate_headers (self->list);
}

static void fill (ShequShelfView *self);
static void search_activated (ShequShelfView *self);

/* The list is made anew when the button has done. */
static gboolean
fill_later (gpointer data)
{
  fill (data);
  return G_SOURCE_REMOVE;
}

static void
row_starred (ShequShelfRow *row, ShequShelfView *self)
{
  write_name (FAVOURITES, shequ_shelf_row_get_book (row)->reg->name, shequ_shelf_row_is_starred (row),
              G_MAXUINT);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, fill_later, g_object_ref (self), g_object_unref);
}

static void
append_row (ShequShelfView *self,
            const ShequBook *book,
            const char *heading,
            gboolean shelved,
            char **favourites)
{
  gboolean starred = g_strv_contains ((const char *const *) favourites, book->reg->name);
  GtkWidget *row = shequ_shelf_row_new (book, heading, shelved, starred);

  g_signal_connect_object (row, "starred", G_CALLBACK (row_starred), self, 0);
  gtk_list_box_append (self->list, row);
}

static void
append_named (ShequShelfView *self, char **names, const char *heading, char **favourites)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const ShequBook *book = find_book (self, names[i]);

      if (book != NULL)
        append_row (self, book, heading, FALSE, favourites);
    }
}

static void
show_summary (ShequShelfView *self)
{
  guint n_used = 0, n_due = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->books->len; i++)
    {
      const ShequBook *book = self->books->pdata[i];

      n_used += book->n_records > 0;
      n_due += book->n_due;
    }
  text = g_strdup_printf (_ ("%u registers, %u in use · %u records due"), self->books->len, n_used, n_due);
  gtk_label_set_text (self->summary, text);
}

/* The row on which the person stands, so that it is found again. */
static char *
find_place (ShequShelfView *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return row != NULL ? g_strdup (shequ_shelf_row_get_book (SHEQU_SHELF_ROW (row))->reg->name) : NULL;
}

static void
return_to (ShequShelfView *self, const char *name)
{
  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (!g_str_equal (shequ_shelf_row_get_book (SHEQU_SHELF_ROW (row))->reg->name, name))
        continue;
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return;
    }
}

static void
fill (ShequShelfView *self)
{
  g_auto (GStrv) favourites = read_names (FAVOURITES);
  g_auto (GStrv) recent = read_names (RECENT);
  g_autofree char *place = find_place (self);
  GtkWidget *child;

  if (self->box == NULL || self->books == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  append_named (self, favourites, _ ("Favourites"), favourites);
  append_named (self, recent, _ ("Opened last"), favourites);
  for (guint i = 0; i < self->books->len; i++)
    {
      const ShequBook *book = self->books->pdata[i];

      append_row (self, book, shequ_area_get_label (book->reg->area), TRUE, favourites);
    }
  show_found (self);
  show_summary (self);
  if (place != NULL)
    return_to (self, place);
}

static void
listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequShelfView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) books = shequ_shelf_list_finish (SHEQU_OFFICE (source), result, &error);
  GPtrArray *before;

  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (books == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The registers cannot be shown."), error);
      return;
    }
  /* The rows that are taken out still point to what they showed. */
  before = self->books;
  self->books = g_steal_pointer (&books);
  fill (self);
  g_clear_pointer (&before, g_ptr_array_unref);
  if (self->focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  self->focus = FALSE;
  if (self->opens && gtk_widget_get_mapped (GTK_WIDGET (self)))
    search_activated (self);
  self->opens = FALSE;
}

static gboolean
refresh_now (gpointer data)
{
  ShequShelfView *self = data;

  self->refresh_id = 0;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  shequ_shelf_list_async (self->office, self->cancellable, listed, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
changed (ShequOffice *office, const char *reg, gint64 key, ShequShelfView *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MILLISECONDS, refresh_now, self);
}

static void
head_row (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *heading = shequ_shelf_row_get_heading (SHEQU_SHELF_ROW (row));
  GtkWidget *label;

  if (before != NULL && g_str_equal (shequ_shelf_row_get_heading (SHEQU_SHELF_ROW (before)), heading))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (heading);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "title-4");
  gtk_widget_add_css_class (label, "shelf-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, ShequShelfView *self)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0,
                 shequ_shelf_row_get_book (SHEQU_SHELF_ROW (row))->reg->name);
}

/* Of what is found what is called as was typed, else the first of which a name begins so, else the first. By
 * what stands in the entry now: the rows are shown and hidden a little after the last letter, and who types
 * and presses Enter at once would open what was found before. */
static GtkListBoxRow *
find_first (ShequShelfView *self)
{
  const char *typed = gtk_editable_get_text (self->entry);
  GtkListBoxRow *first = NULL;
  GtkListBoxRow *begins = NULL;

  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
      const ShequBook *book = shequ_shelf_row_get_book (SHEQU_SHELF_ROW (row));

      if (!row_answers (self, GTK_WIDGET (row)))
        continue;
      if (g_str_equal (book->reg->label, typed))
        return row;
      if (first == NULL)
        first = row;
      if (begins == NULL && shequ_book_begins (book, typed))
        begins = row;
    }
  return begins != NULL ? begins : first;
}

/* Enter in the search opens what is found first. */
static void
search_activated (ShequShelfView *self)
{
  GtkListBoxRow *row = find_first (self);

  self->opens = self->books == NULL;
  if (row != NULL)
    row_activated (self->list, row, self);
}

static gboolean
search_key_pressed (GtkEventControllerKey *controller,
                    guint keyval,
                    guint keycode,
                    GdkModifierType state,
                    ShequShelfView *self)
{
  GtkListBoxRow *row = keyval == GDK_KEY_Down ? find_first (self) : NULL;

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
shequ_shelf_view_map (GtkWidget *widget)
{
  ShequShelfView *self = SHEQU_SHELF_VIEW (widget);

  GTK_WIDGET_CLASS (shequ_shelf_view_parent_class)->map (widget);
  if (self->stale && self->refresh_id == 0)
    refresh_now (self);
}

static void
shequ_shelf_view_dispose (GObject *object)
{
  ShequShelfView *self = SHEQU_SHELF_VIEW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->books, g_ptr_array_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_shelf_view_parent_class)->dispose (object);
}

static void
shequ_shelf_view_class_init (ShequShelfViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_shelf_view_dispose;
  GTK_WIDGET_CLASS (class)->map = shequ_shelf_view_map;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", SHEQU_TYPE_SHELF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_search (ShequShelfView *self)
{
  GtkWidget *entry = gtk_search_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = GTK_EDITABLE (entry);
  g_object_set (entry, "placeholder-text", _ ("Find a register: its name, its initials, a column"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a register"), -1);
  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (show_found), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (search_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_pressed), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (entry, keys);
  return entry;
}

/* To what the office has made, and to making more. */
static GtkWidget *
new_own_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Own registers and fields…"));

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "win.page::own");
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
new_head (ShequShelfView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *clamp = adw_clamp_new ();

  gtk_box_append (GTK_BOX (line), new_search (self));
  gtk_box_append (GTK_BOX (line), new_own_button ());
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_box_append (GTK_BOX (head), line);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->summary));
  gtk_widget_set_margin_top (head, 12);
  gtk_widget_set_margin_bottom (head, 6);
  gtk_widget_set_margin_start (head, 12);
  gtk_widget_set_margin_end (head, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1000);
  adw_clamp_set_child (ADW_CLAMP (clamp), head);
  return clamp;
}

static GtkWidget *
new_list (ShequShelfView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->nothing = gtk_label_new (_ ("No register answers to this. Type less, or another word."));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_margin_top (self->nothing, 24);
  gtk_widget_hide (self->nothing);
  gtk_list_box_set_header_func (self->list, head_row, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Registers"),
                                  -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "shelf");
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated), self);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1000);
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
shequ_shelf_view_init (ShequShelfView *self)
{
  GtkWidget *list = new_list (self);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), new_head (self));
  gtk_box_append (GTK_BOX (self->box), list);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->stale = TRUE;
}

/**
 * shequ_shelf_view_new:
 * @office: whose registers
 *
 * Returns: (transfer floating): the shelf, read when it is first shown
 */
GtkWidget *
shequ_shelf_view_new (ShequOffice *office)
{
  ShequShelfView *self = g_object_new (SHEQU_TYPE_SHELF_VIEW, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (changed), self, 0);
  return GTK_WIDGET (self);
}

/**
 * shequ_shelf_view_focus_search:
 * @self: a shelf
 *
 * Puts the cursor where a register is looked for.
 */
void
shequ_shelf_view_focus_search (ShequShelfView *self)
{
  self->focus = self->books == NULL;
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

/**
 * shequ_shelf_view_note_opened:
 * @self: a shelf
 * @reg: the register that is shown now
 *
 * Remembers it among those opened last.
 */
void
shequ_shelf_view_note_opened (ShequShelfView *self, const ShequRegister *reg)
{
  write_name (RECENT, reg->name, TRUE, MOST_RECENT);
  fill (self);
}
