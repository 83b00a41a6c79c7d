#include "shequ-record-browser.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-record-export.h"
#include "shequ-record-print.h"
#include "shequ-record-form.h"

struct _ShequRecordBrowser
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  ShequPageActions actions;
  gint64 next; /* the record to show after the form is left, or 0 */

  AdwLeaflet *leaflet;
  ShequRecordView *view;
  GtkWidget *separator;
  GtkWidget *pane; /* hidden as long as there is nothing in it */
  GtkWidget *back;
  GtkStack *stack;
  GtkWidget *several; /* said in place of one record */
  ShequRecordDetails *details;
  ShequRecordForm *form; /* (nullable) until it is needed */
};

enum
{
  PROP_0,
  PROP_ACTIONS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ShequRecordBrowser, shequ_record_browser, GTK_TYPE_WIDGET)

static gboolean
is_editing (ShequRecordBrowser *self)
{
  return self->form != NULL && gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->form);
}

static const ShequRow *
get_shown_row (ShequRecordBrowser *self)
{
  ShequRecord *record = shequ_record_details_get_record (self->details);

  return record != NULL ? shequ_record_get_row (record) : NULL;
}

/* What the store would refuse is not offered. */
static ShequPageActions
get_permitted (ShequRecordBrowser *self)
{
  static const struct
  {
    ShequPageActions action;
    ShequRight right;
  } rights[] = {
    { SHEQU_PAGE_CAN_CREATE, SHEQU_RIGHT_CREATE }, { SHEQU_PAGE_CAN_EDIT, SHEQU_RIGHT_CHANGE },
    { SHEQU_PAGE_CAN_DELETE, SHEQU_RIGHT_DELETE }, { SHEQU_PAGE_CAN_EXPORT, SHEQU_RIGHT_EXPORT },
    { SHEQU_PAGE_CAN_PRINT, SHEQU_RIGHT_PRINT },
  };
  ShequPageActions permitted = SHEQU_PAGE_CAN_FIND | SHEQU_PAGE_CAN_SAVE;

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    if (shequ_store_allows (shequ_office_get_store (self->office), rights[i].right, self->reg, NULL))
      permitted |= rights[i].action;
  return permitted;
}

static void
update_actions (ShequRecordBrowser *self)
{
  ShequPageActions actions = SHEQU_PAGE_CAN_FIND | SHEQU_PAGE_CAN_EXPORT | SHEQU_PAGE_CAN_PRINT;

  gboolean fixed = self->reg->fixed || shequ_record_view_get_as_of (self->view) != NULL;

  if (!fixed)
    actions |= SHEQU_PAGE_CAN_CREATE;
  if (is_editing (self))
    actions |= SHEQU_PAGE_CAN_SAVE;
  else if (!fixed && shequ_record_details_get_record (self->details) != NULL)
    actions |= SHEQU_PAGE_CAN_EDIT | SHEQU_PAGE_CAN_DELETE;
  actions &= get_permitted (self);
  if (self->actions == actions)
    return;
  self->actions = actions;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIONS]);
}

static void
show_pane (ShequRecordBrowser *self, GtkWidget *child)
{
  gtk_stack_set_visible_child (self->stack, child);
  gtk_widget_show (self->separator);
  gtk_widget_show (self->pane);
  update_actions (self);
}

/* The list has all the room then. */
static void
hide_pane (ShequRecordBrowser *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->view));
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->details));
  gtk_widget_hide (self->separator);
  gtk_widget_hide (self->pane);
  update_actions (self);
}

static void
show_record (ShequRecordBrowser *self, gint64 key)
{
  shequ_record_details_set_key (self->details, key);
  if (key != 0)
    show_pane (self, GTK_WIDGET (self->details));
  else if (shequ_record_view_get_n_selected (self->view) > 1)
    show_pane (self, self->several);
  else
    hide_pane (self);
}

static void
go_to_pane (ShequRecordBrowser *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->pane);
}

static void
go_back (ShequRecordBrowser *self)
{
  if (is_editing (self) && shequ_record_form_get_changed (self->form))
    shequ_record_form_leave (self->form);
  else
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->view));
}

static void
cursor_changed (ShequRecordView *view, ShequRecord *record, ShequRecordBrowser *self)
{
  gint64 key = record != NULL ? shequ_record_get_key (record) : 0;

  if (!is_editing (self))
    {
      show_record (self, key);
      return;
    }
  /* What is being typed is not taken away by a click on another record. */
  if (key == 0)
    return;
  self->next = key;
  shequ_record_form_leave (self->form);
}

static void
view_activated (ShequRecordView *view, ShequRecord *record, ShequRecordBrowser *self)
{
  if (!is_editing (self))
    show_record (self, shequ_record_get_key (record));
  go_to_pane (self);
}

/* The past is read, not written. */
static void
as_of_changed (ShequRecordBrowser *self)
{
  shequ_record_details_set_as_of (self->details, shequ_record_view_get_as_of (self->view));
  if (is_editing (self))
    shequ_record_form_leave (self->form);
  update_actions (self);
}

static void
form_left (ShequRecordForm *form, ShequRecordBrowser *self)
{
  ShequRecord *record = shequ_record_details_get_record (self->details);
  gint64 key = self->next != 0 ? self->next : record != NULL ? shequ_record_get_key (record) : 0;

  self->next = 0;
  show_record (self, key);
  if (key == 0)
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->view));
}

static void
form_saved (ShequRecordForm *form, const ShequRow *row, ShequRecordBrowser *self)
{
  g_autofree char *title = shequ_row_get_title (row);
  g_autofree char *message = g_strdup_printf (_ ("“%s” is saved"), title);
  gint64 next = self->next;

  self->next = 0;
  show_record (self, next != 0 ? next : row->key);
  shequ_record_view_select (self->view, next != 0 ? next : row->key);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  shequ_feedback_say (GTK_WIDGET (self), message);
}

static ShequRecordForm *
ensure_form (ShequRecordBrowser *self)
{
  if (self->form == NULL)
    {
      self->form = shequ_record_form_new (self->office, self->reg);
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->form));
      g_signal_connect_object (self->form, "saved", G_CALLBACK (form_saved), self, 0);
      g_signal_connect_object (self->form, "left", G_CALLBACK (form_left), self, 0);
    }
  return self->form;
}

static void
start_editing (ShequRecordBrowser *self, const ShequRow *row)
{
  shequ_record_view_set_as_of (self->view, NULL);
  if (is_editing (self) && shequ_record_form_get_changed (self->form))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->form));
      return;
    }
  shequ_record_form_edit (ensure_form (self), row);
  show_pane (self, GTK_WIDGET (self->form));
  go_to_pane (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
edit (ShequRecordBrowser *self)
{
  if (get_shown_row (self) != NULL && !self->reg->fixed && shequ_record_view_get_as_of (self->view) == NULL)
    start_editing (self, get_shown_row (self));
}

/* What was deleted, as long as it can be brought back. */
typedef struct
{
  ShequRecordBrowser *browser;
  gint64 key;
  char *title;
} Deleted;

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_object_unref (deleted->browser);
  g_free (deleted->title);
  g_free (deleted);
}

static void
restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordBrowser) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_office_restore_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The record was not brought back."), error);
}

static void
bring_back (gpointer data)
{
  Deleted *deleted = data;
  ShequRecordBrowser *self = deleted->browser;

  shequ_record_view_select (self->view, deleted->key);
  shequ_office_restore_async (self->office, self->reg, deleted->key, NULL, restored, g_object_ref (self));
}

static void
was_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Deleted *deleted = user_data;
  ShequRecordBrowser *self = deleted->browser;
  ShequRecord *record = shequ_record_details_get_record (self->details);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (!shequ_office_delete_finish (SHEQU_OFFICE (source), result, &error))
    {
      message = g_strdup_printf (_ ("“%s” was not deleted."), deleted->title);
      shequ_feedback_show_error (GTK_WIDGET (self), message, error);
      deleted_free (deleted);
      return;
    }
  if (!is_editing (self) && record != NULL && shequ_record_get_key (record) == deleted->key)
    {
      show_record (self, 0);
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
    }
  message = g_strdup_printf (_ ("“%s” is deleted"), deleted->title);
  shequ_feedback_offer_undo (GTK_WIDGET (self), message, bring_back, deleted, deleted_free);
}

static void delete (ShequRecordBrowser *self)
{
  const ShequRow *row = get_shown_row (self);
  Deleted *deleted;

  if (row == NULL || self->reg->fixed || is_editing (self) ||
      shequ_record_view_get_as_of (self->view) != NULL)
    return;
  deleted = g_new0 (Deleted, 1);
  deleted->browser = g_object_ref (self);
  deleted->key = row->key;
  deleted->title = shequ_row_get_title (row);
  shequ_office_delete_async (self->office, self->reg, row->key, row->version, NULL, was_deleted, deleted);
}

static void
leaflet_folded (ShequRecordBrowser *self)
{
  gtk_widget_set_visible (self->back, adw_leaflet_get_folded (self->leaflet));
}

static void
shequ_record_browser_dispose (GObject *object)
{
  ShequRecordBrowser *self = SHEQU_RECORD_BROWSER (object);
  GtkWidget *leaflet = GTK_WIDGET (self->leaflet);

  self->leaflet = NULL;
  g_clear_pointer (&leaflet, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_record_browser_parent_class)->dispose (object);
}

static void
shequ_record_browser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACTIONS)
    g_value_set_uint (value, SHEQU_RECORD_BROWSER (object)->actions);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
shequ_record_browser_class_init (ShequRecordBrowserClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = shequ_record_browser_dispose;
  object_class->get_property = shequ_record_browser_get_property;

  properties[PROP_ACTIONS] =
    g_param_spec_uint ("actions", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_record_browser_init (ShequRecordBrowser *self)
{
}

static GtkWidget *
new_pane (ShequRecordBrowser *self)
{
  self->several = adw_status_page_new ();
  g_object_set (self->several, "title", _ ("Several records selected"), "description",
                _ ("Below the list stands what can be done with all of them at once."), NULL);
  gtk_widget_add_css_class (self->several, "compact");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->stack, self->several);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->details));
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);

  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_set_tooltip_text (self->back, _ ("Back to the list"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back to the list"), -1);
  gtk_widget_add_css_class (self->back, "flat");
  gtk_widget_set_halign (self->back, GTK_ALIGN_START);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (go_back), self);

  self->pane = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->pane), self->back);
  gtk_box_append (GTK_BOX (self->pane), GTK_WIDGET (self->stack));
  gtk_widget_set_size_request (self->pane, 340, -1);
  return self->pane;
}

static void
build (ShequRecordBrowser *self)
{
  self->view = shequ_record_view_new (self->office, self->reg);
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->view), 360, -1);
  g_signal_connect_object (self->view, "cursor-changed", G_CALLBACK (cursor_changed), self, 0);
  g_signal_connect_object (self->view, "activated", G_CALLBACK (view_activated), self, 0);
  g_signal_connect_object (self->view, "as-of-changed", G_CALLBACK (as_of_changed), self, G_CONNECT_SWAPPED);
  self->details = shequ_record_details_new (self->office, self->reg);
  g_signal_connect_object (self->details, "edit", G_CALLBACK (edit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "delete", G_CALLBACK (delete), self, G_CONNECT_SWAPPED);

  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_append (self->leaflet, GTK_WIDGET (self->view));
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  adw_leaflet_page_set_navigatable (adw_leaflet_append (self->leaflet, self->separator), FALSE);
  adw_leaflet_append (self->leaflet, new_pane (self));
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (leaflet_folded), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->leaflet), GTK_WIDGET (self));
  leaflet_folded (self);
  hide_pane (self);
}

/**
 * shequ_record_browser_new:
 * @office: whose records
 * @reg: the register
 *
 * Returns: (transfer floating): list and details of the register
 */
ShequRecordBrowser *
shequ_record_browser_new (ShequOffice *office, const ShequRegister *reg)
{
  ShequRecordBrowser *self = g_object_new (SHEQU_TYPE_RECORD_BROWSER, NULL);

  self->office = g_object_ref (office);
  self->reg = reg;
  build (self);
  return self;
}

const ShequRegister *
shequ_record_browser_get_register (ShequRecordBrowser *self)
{
  return self->reg;
}

/**
 * shequ_record_browser_get_view:
 * @self: a browser
 *
 * Returns: (transfer none): its list
 */
ShequRecordView *
shequ_record_browser_get_view (ShequRecordBrowser *self)
{
  return self->view;
}

/**
 * shequ_record_browser_get_details:
 * @self: a browser
 *
 * Returns: (transfer none): the pane in which a record is read, for panels and buttons of a page
 */
ShequRecordDetails *
shequ_record_browser_get_details (ShequRecordBrowser *self)
{
  return self->details;
}

ShequPageActions
shequ_record_browser_get_actions (ShequRecordBrowser *self)
{
  return self->actions;
}

static gint64
get_shown (ShequRecordBrowser *self)
{
  ShequRecord *record = shequ_record_details_get_record (self->details);

  return record != NULL ? shequ_record_get_key (record) : 0;
}

/**
 * shequ_record_browser_perform:
 * @self: a browser
 * @action: one of those in `actions`
 *
 * Does what a key or a button of the window asks.
 */
void
shequ_record_browser_perform (ShequRecordBrowser *self, ShequPageActions action)
{
  g_return_if_fail (SHEQU_IS_RECORD_BROWSER (self));

  switch (action)
    {
    case SHEQU_PAGE_CAN_FIND:
      adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->view));
      shequ_record_view_focus_search (self->view);
      break;
    case SHEQU_PAGE_CAN_CREATE:
      start_editing (self, NULL);
      break;
    case SHEQU_PAGE_CAN_EDIT:
      edit (self);
      break;
    case SHEQU_PAGE_CAN_SAVE:
      shequ_record_form_save (self->form);
      break;
    case SHEQU_PAGE_CAN_DELETE:
      delete (self);
      break;
    case SHEQU_PAGE_CAN_EXPORT:
      shequ_record_export_ask (self->view, self->office);
      break;
    case SHEQU_PAGE_CAN_PRINT:
      shequ_record_print_ask (self->view, self->office, get_shown (self));
      break;
    default:
      break;
    }
}

/**
 * shequ_record_browser_open:
 * @self: a browser
 * @key: a record, or 0 for a new one
 *
 * Shows a record, also one that the list does not hold just now.
 */
void
shequ_record_browser_open (ShequRecordBrowser *self, gint64 key)
{
  g_return_if_fail (SHEQU_IS_RECORD_BROWSER (self));

  if (key == 0)
    {
      start_editing (self, NULL);
      return;
    }
  if (is_editing (self) && shequ_record_form_get_changed (self->form))
    {
      self->next = key;
      shequ_record_form_leave (self->form);
      return;
    }
  show_record (self, key);
  shequ_record_view_select (self->view, key);
  go_to_pane (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * shequ_record_browser_create:
 * @self: a browser
 * @field: the name of a field
 * @value: what is known of it
 * @title: (nullable): title of the linked record
 *
 * Starts a new record of which something is known, so that nobody has to type it.
 */
void
shequ_record_browser_create (ShequRecordBrowser *self,
                             const char *field,
                             const ShequValue *value,
                             const char *title)
{
  g_return_if_fail (SHEQU_IS_RECORD_BROWSER (self));

  start_editing (self, NULL);
  if (!shequ_record_form_get_changed (self->form))
    shequ_record_form_preset (self->form, field, value, title);
}

gboolean
shequ_record_browser_has_unsaved (ShequRecordBrowser *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_BROWSER (self), FALSE);

  return self->form != NULL && shequ_record_form_get_changed (self->form);
}
