#include "shequ-places-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-chooser.h"
#include "shequ-feedback.h"
#include "shequ-place-details.h"
#include "shequ-place-tree.h"
#include "shequ-network.h"
#include "shequ-record-form.h"

#define TREE_WIDTH 300
#define MOST_FOUND 12
#define REDRAW "redraw"

struct _ShequPlacesPage
{
  ShequPage parent_instance;

  ShequPlaceTree *tree;
  ShequPlaceDetails *details;
  GtkSearchEntry *search;
  ShequChooser *chooser;
  GtkDropDown *staff;
  GArray *staff_keys; /* of gint64, in the order of the choice */
  GtkWidget *redraw;
  GtkStack *stack; /* the tree, or what a search finds */
  guint asked;     /* the number of the last search */
};

G_DEFINE_FINAL_TYPE (ShequPlacesPage, shequ_places_page, SHEQU_TYPE_PAGE)

/* The registers whose records stand in the tree. */
static const char *const shown_registers[] = { "org_unit", "grid",      "estate", "building",
                                               "dwelling", "household", "place",  NULL };

static ShequOffice *
get_office (ShequPlacesPage *self)
{
  return shequ_page_get_office (SHEQU_PAGE (self));
}

static void
sync_actions (ShequPlacesPage *self)
{
  const ShequPlace *place = shequ_place_tree_get_selected (self->tree);
  ShequPageActions actions = SHEQU_PAGE_CAN_FIND;

  if (place != NULL && place->kind == SHEQU_PLACE_RECORD)
    actions |= SHEQU_PAGE_CAN_EDIT;
  if (place != NULL && g_str_equal (place->reg->name, "building"))
    actions |= SHEQU_PAGE_CAN_PRINT;
  shequ_page_set_actions (SHEQU_PAGE (self), actions);
}

static void
place_selected (ShequPlacesPage *self)
{
  shequ_place_details_set_place (self->details, shequ_place_tree_get_selected (self->tree));
  sync_actions (self);
}

static void
place_missed (ShequPlacesPage *self)
{
  shequ_feedback_say (GTK_WIDGET (self),
                      _ ("It stands nowhere in the tree; enter its building or its unit."));
}

static void
go_to (ShequPlacesPage *self, const char *name, gint64 key)
{
  const ShequRegister *reg = shequ_office_get_register (get_office (self), name);

  if (reg != NULL)
    shequ_place_tree_reveal (self->tree, reg, key);
}

static void
details_go_to (ShequPlaceDetails *details, const char *reg, gint64 key, ShequPlacesPage *self)
{
  go_to (self, reg, key);
}

/* What is asked for while typing, on a worker thread. */
typedef struct
{
  ShequPlacesPage *page;
  char *typed;
  guint number;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_object_unref (search->page);
  g_free (search->typed);
  g_free (search);
}

static gpointer
search_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *typed = data;

  return shequ_network_find_places (office, typed, MOST_FOUND, cancellable, error);
}

static void
found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  g_autoptr (GPtrArray) hits = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      const ShequHit *hit = hits->pdata[i];
      g_autofree char *detail = g_strdup_printf ("%s · %s", hit->reg->label, hit->detail);

      g_ptr_array_add (choices, shequ_choice_new (hit->reg, hit->key, hit->title, detail));
    }
  if (search->number == search->page->asked && hits != NULL)
    shequ_chooser_set_choices (search->page->chooser, choices);
  search_free (search);
}

static void
search_places (ShequChooser *chooser, const char *typed, ShequPlacesPage *self)
{
  Search *search = g_new0 (Search, 1);

  search->page = g_object_ref (self);
  search->typed = g_strdup (typed);
  search->number = ++self->asked;
  shequ_office_run_async (get_office (self), search_work, g_strdup (typed), g_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, found, search);
}

static void
search_changed (ShequPlacesPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));

  gtk_stack_set_visible_child_name (self->stack, *typed != '\0' ? "found" : "tree");
}

static void
place_chosen (ShequChooser *chooser, ShequChoice *choice, ShequPlacesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  shequ_place_tree_reveal (self->tree, shequ_choice_get_register (choice), shequ_choice_get_key (choice));
}

static void
staff_selected (ShequPlacesPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->staff);

  if (selected < self->staff_keys->len)
    shequ_place_tree_set_staff (self->tree, g_array_index (self->staff_keys, gint64, selected));
}

static gpointer
staff_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "staff", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;

  if (query == NULL || !shequ_query_add_where (query, "active=yes and has grid()", error))
    return NULL;
  return shequ_office_get_rows (office, query, cancellable, error);
}

static void
staff_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequPlacesPage) self = user_data;
  g_autoptr (GPtrArray) rows = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64 none = 0;

  if (rows == NULL || self->staff_keys == NULL)
    return;
  g_array_set_size (self->staff_keys, 0);
  g_array_append_val (self->staff_keys, none);
  gtk_string_list_append (names, _ ("All places"));
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      g_autofree char *name = g_strdup_printf (_ ("Grids of %s"), shequ_row_get_text (row, "name"));

      g_array_append_val (self->staff_keys, row->key);
      gtk_string_list_append (names, name);
    }
  gtk_drop_down_set_model (self->staff, G_LIST_MODEL (names));
}

static void
load_staff (ShequPlacesPage *self)
{
  shequ_office_run_async (get_office (self), staff_work, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL,
                          staff_listed, g_object_ref (self));
}

/* The wizard that merges and splits communities is the window's; its button shows when there is one. */
static void
shequ_places_page_shown (ShequPage *page)
{
  ShequPlacesPage *self = SHEQU_PLACES_PAGE (page);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean known = G_IS_ACTION_GROUP (root) && g_action_group_has_action (G_ACTION_GROUP (root), REDRAW);

  gtk_widget_set_visible (self->redraw, known);
}

static void
shequ_places_page_perform (ShequPage *page, ShequPageActions action)
{
  ShequPlacesPage *self = SHEQU_PLACES_PAGE (page);

  if (action == SHEQU_PAGE_CAN_FIND)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else if (action == SHEQU_PAGE_CAN_EDIT)
    shequ_place_details_edit (self->details);
  else if (action == SHEQU_PAGE_CAN_PRINT)
    shequ_place_details_print (self->details);
}

static gboolean
shequ_places_page_open_record (ShequPage *page, const ShequRegister *reg, gint64 key)
{
  ShequPlacesPage *self = SHEQU_PLACES_PAGE (page);

  if (key == 0 || !g_strv_contains (shown_registers, reg->name))
    return FALSE;
  shequ_place_tree_reveal (self->tree, reg, key);
  return TRUE;
}

static GtkWidget *
new_side (ShequPlacesPage *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a place"), -1);
  g_object_set (self->search, "placeholder-text", _ ("Address, building, grid"), NULL);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed), self,
                           G_CONNECT_SWAPPED);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->chooser = shequ_chooser_new ();
  shequ_chooser_set_entry (self->chooser, self->search);
  g_signal_connect_object (self->chooser, "search", G_CALLBACK (search_places), self, 0);
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (place_chosen), self, 0);
  self->staff = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->staff), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Whose grids"), -1);
  g_signal_connect_object (self->staff, "notify::selected", G_CALLBACK (staff_selected), self,
                           G_CONNECT_SWAPPED);
  self->redraw = gtk_button_new_with_mnemonic (_ ("_Redraw…"));
  gtk_widget_set_tooltip_text (self->redraw, _ ("Redraw grids, merge or split communities"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->redraw), "win." REDRAW);
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->staff));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->tree), "tree");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->chooser), "found");
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (side), self->redraw);
  gtk_widget_set_margin_top (side, 6);
  gtk_widget_set_margin_bottom (side, 6);
  gtk_widget_set_margin_start (side, 6);
  gtk_widget_set_margin_end (side, 6);
  gtk_widget_set_size_request (side, 200, -1);
  return side;
}

static void
shequ_places_page_constructed (GObject *object)
{
  ShequPlacesPage *self = SHEQU_PLACES_PAGE (object);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);

  G_OBJECT_CLASS (shequ_places_page_parent_class)->constructed (object);
  self->tree = shequ_place_tree_new (get_office (self));
  self->details = shequ_place_details_new (get_office (self));
  gtk_paned_set_start_child (GTK_PANED (paned), new_side (self));
  gtk_paned_set_end_child (GTK_PANED (paned), GTK_WIDGET (self->details));
  gtk_paned_set_position (GTK_PANED (paned), TREE_WIDTH);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_resize_start_child (GTK_PANED (paned), FALSE);
  g_signal_connect_object (self->tree, "selected", G_CALLBACK (place_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tree, "missed", G_CALLBACK (place_missed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "go-to", G_CALLBACK (details_go_to), self, 0);
  adw_bin_set_child (ADW_BIN (self), paned);
  load_staff (self);
  sync_actions (self);
}

static void
shequ_places_page_finalize (GObject *object)
{
  ShequPlacesPage *self = SHEQU_PLACES_PAGE (object);

  g_clear_pointer (&self->staff_keys, g_array_unref);
  G_OBJECT_CLASS (shequ_places_page_parent_class)->finalize (object);
}

static void
shequ_places_page_class_init (ShequPlacesPageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_places_page_constructed;
  G_OBJECT_CLASS (class)->finalize = shequ_places_page_finalize;
  page_class->shown = shequ_places_page_shown;
  page_class->perform = shequ_places_page_perform;
  page_class->open_record = shequ_places_page_open_record;
}

static void
shequ_places_page_init (ShequPlacesPage *self)
{
  self->staff_keys = g_array_new (FALSE, FALSE, sizeof (gint64));
}
