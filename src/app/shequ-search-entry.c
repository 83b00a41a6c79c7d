#include "shequ-search-entry.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-chooser.h"
#include "shequ-record-view.h"

struct _ShequSearchEntry
{
  GtkWidget parent_instance;

  ShequOffice *office; /* (nullable) */
  GtkWidget *entry;
  GtkWidget *popover;
  ShequChooser *chooser;
  GtkWidget *past;       /* says that what is found is of today */
  ShequRecordView *view; /* (nullable) (owned): the list that shows a past day */
};

G_DEFINE_FINAL_TYPE (ShequSearchEntry, shequ_search_entry, GTK_TYPE_WIDGET)

static void
leave (ShequSearchEntry *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
search (ShequChooser *chooser, const char *typed, ShequSearchEntry *self)
{
  if (self->office == NULL || *typed == '\0')
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return;
    }
  shequ_chooser_find_records (self->chooser, self->office, NULL, typed);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* The list in front that shows a past day. */
static ShequRecordView *
find_past (GtkWidget *widget)
{
  ShequRecordView *view = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (SHEQU_IS_RECORD_VIEW (widget))
    return shequ_record_view_get_as_of (SHEQU_RECORD_VIEW (widget)) != NULL ? SHEQU_RECORD_VIEW (widget)
                                                                            : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); view == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    view = find_past (child);
  return view;
}

static void
focus_taken (GtkEventControllerFocus *controller, ShequSearchEntry *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->view);
  if (root != NULL)
    self->view = find_past (GTK_WIDGET (root));
  if (self->view != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Searches today’s register, not that of %s"),
                                               shequ_record_view_get_as_of (self->view));

      g_object_ref (self->view);
      gtk_label_set_text (GTK_LABEL (self->past), text);
    }
  gtk_widget_set_visible (self->past, self->view != NULL);
}

static void
chosen (ShequChooser *chooser, ShequChoice *choice, ShequSearchEntry *self)
{
  leave (self);
  if (self->view != NULL)
    shequ_record_view_set_as_of (self->view, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(sx)",
                              shequ_choice_get_register (choice)->name, shequ_choice_get_key (choice));
}

static void
focus_left (GtkEventControllerFocus *controller, ShequSearchEntry *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static gboolean
shequ_search_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SHEQU_SEARCH_ENTRY (widget)->entry);
}

static void
shequ_search_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ShequSearchEntry *self = SHEQU_SEARCH_ENTRY (widget);

  gtk_widget_allocate (self->entry, width, height, baseline, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self->chooser), MAX (width - 24, 200), -1);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
shequ_search_entry_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  gtk_widget_measure (SHEQU_SEARCH_ENTRY (widget)->entry, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
shequ_search_entry_dispose (GObject *object)
{
  ShequSearchEntry *self = SHEQU_SEARCH_ENTRY (object);

  g_clear_object (&self->office);
  g_clear_object (&self->view);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  G_OBJECT_CLASS (shequ_search_entry_parent_class)->dispose (object);
}

static void
shequ_search_entry_class_init (ShequSearchEntryClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_search_entry_dispose;
  widget_class->grab_focus = shequ_search_entry_grab_focus;
  widget_class->size_allocate = shequ_search_entry_size_allocate;
  widget_class->measure = shequ_search_entry_measure;
}

static GtkWidget *
new_found (ShequSearchEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->past = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->past), 0);
  gtk_label_set_wrap (GTK_LABEL (self->past), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->past), 30);
  gtk_widget_add_css_class (self->past, "warning");
  gtk_widget_hide (self->past);
  gtk_box_append (GTK_BOX (box), self->past);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chooser));
  return box;
}

static void
shequ_search_entry_init (ShequSearchEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search everything"), -1);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (leave), self);

  self->chooser = shequ_chooser_new ();
  shequ_chooser_set_entry (self->chooser, GTK_SEARCH_ENTRY (self->entry));
  g_signal_connect (self->chooser, "search", G_CALLBACK (search), self);
  g_signal_connect (self->chooser, "chosen", G_CALLBACK (chosen), self);

  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_child (GTK_POPOVER (self->popover), new_found (self));
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));

  g_signal_connect (focus, "enter", G_CALLBACK (focus_taken), self);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left), self);
  gtk_widget_add_controller (self->entry, focus);
}

/**
 * shequ_search_entry_set_office:
 * @self: the entry
 * @office: (nullable): where to look
 *
 * Sets where the entry looks.
 */
void
shequ_search_entry_set_office (ShequSearchEntry *self, ShequOffice *office)
{
  g_return_if_fail (SHEQU_IS_SEARCH_ENTRY (self));

  g_set_object (&self->office, office);
  gtk_widget_set_sensitive (GTK_WIDGET (self), office != NULL);
}

/**
 * shequ_search_entry_show_hint:
 * @self: the entry
 *
 * Shows in the empty entry what it is for; not before the first frame, which letters make late.
 */
void
shequ_search_entry_show_hint (ShequSearchEntry *self)
{
  g_return_if_fail (SHEQU_IS_SEARCH_ENTRY (self));

  g_object_set (self->entry, "placeholder-text", _ ("Search everything (Ctrl+K)"), NULL);
}
