#include "shequ-registers-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-buttons.h"
#include "shequ-ballot-button.h"
#include "shequ-record-browser.h"

struct _ShequRegistersPage
{
  ShequPage parent_instance;

  GtkDropDown *chooser;
  GPtrArray *registers; /* of const ShequRegister, by label */
  GtkStack *stack;      /* of ShequRecordBrowser by the name of its register, made when first shown */
};

G_DEFINE_FINAL_TYPE (ShequRegistersPage, shequ_registers_page, SHEQU_TYPE_PAGE)

static int
compare_labels (gconstpointer one, gconstpointer other)
{
  return g_utf8_collate ((*(const ShequRegister *const *) one)->label,
                         (*(const ShequRegister *const *) other)->label);
}

static GPtrArray *
list_registers (ShequOffice *office)
{
  const GPtrArray *all = shequ_catalogue_get_registers (shequ_office_get_catalogue (office));
  GPtrArray *registers = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (registers, g_ptr_array_index (all, i));
  g_ptr_array_sort (registers, compare_labels);
  return registers;
}

static ShequRecordBrowser *
get_browser (ShequRegistersPage *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->stack);

  return child != NULL ? SHEQU_RECORD_BROWSER (child) : NULL;
}

static void
sync_actions (ShequRegistersPage *self)
{
  ShequRecordBrowser *browser = get_browser (self);

  shequ_page_set_actions (SHEQU_PAGE (self),
                          browser != NULL ? shequ_record_browser_get_actions (browser) : SHEQU_PAGE_NOTHING);
}

static ShequRecordBrowser *
show_register (ShequRegistersPage *self, const ShequRegister *reg)
{
  GtkWidget *browser = gtk_stack_get_child_by_name (self->stack, reg->name);
  guint index;

  if (browser == NULL)
    {
      browser = GTK_WIDGET (shequ_record_browser_new (shequ_page_get_office (SHEQU_PAGE (self)), reg));
      gtk_stack_add_named (self->stack, browser, reg->name);
      if (g_str_equal (reg->name, "post"))
        shequ_ballot_button_add (shequ_record_browser_get_details (SHEQU_RECORD_BROWSER (browser)),
                                 shequ_page_get_office (SHEQU_PAGE (self)));
      shequ_admission_buttons_add (shequ_record_browser_get_details (SHEQU_RECORD_BROWSER (browser)),
                                   shequ_page_get_office (SHEQU_PAGE (self)), reg);
      g_signal_connect_object (browser, "notify::actions", G_CALLBACK (sync_actions), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_stack_set_visible_child (self->stack, browser);
  if (g_ptr_array_find (self->registers, reg, &index))
    gtk_drop_down_set_selected (self->chooser, index);
  sync_actions (self);
  return SHEQU_RECORD_BROWSER (browser);
}

static void
register_chosen (ShequRegistersPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->chooser);

  if (selected < self->registers->len)
    show_register (self, g_ptr_array_index (self->registers, selected));
}

static void
shequ_registers_page_perform (ShequPage *page, ShequPageActions action)
{
  ShequRecordBrowser *browser = get_browser (SHEQU_REGISTERS_PAGE (page));

  if (browser != NULL)
    shequ_record_browser_perform (browser, action);
}

static gboolean
shequ_registers_page_open_record (ShequPage *page, const ShequRegister *reg, gint64 key)
{
  shequ_record_browser_open (show_register (SHEQU_REGISTERS_PAGE (page), reg), key);
  return TRUE;
}

static gboolean
shequ_registers_page_show_records (ShequPage *page, const ShequRegister *reg, const char *condition)
{
  ShequRecordBrowser *browser = show_register (SHEQU_REGISTERS_PAGE (page), reg);

  shequ_record_view_set_condition (shequ_record_browser_get_view (browser), condition);
  return TRUE;
}

static gboolean
shequ_registers_page_has_unsaved (ShequPage *page)
{
  ShequRegistersPage *self = SHEQU_REGISTERS_PAGE (page);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (shequ_record_browser_has_unsaved (SHEQU_RECORD_BROWSER (child)))
        {
          gtk_stack_set_visible_child (self->stack, child);
          return TRUE;
        }
    }
  return FALSE;
}

/* To what the office has made, and to making more. */
static GtkWidget *
new_own_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Own registers and fields…"));

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "win.page::own");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_end (button, 12);
  return button;
}

static GtkWidget *
new_chooser (ShequRegistersPage *self)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Register"));

  for (guint i = 0; i < self->registers->len; i++)
    gtk_string_list_append (labels, ((const ShequRegister *) g_ptr_array_index (self->registers, i))->label);
  self->chooser = GTK_DROP_DOWN (gtk_drop_down_new (
    G_LIST_MODEL (labels), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string")));
  gtk_drop_down_set_enable_search (self->chooser, TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->chooser));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (register_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chooser));
  gtk_box_append (GTK_BOX (box), new_own_button ());
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_top (box, 6);
  return box;
}

static void
shequ_registers_page_constructed (GObject *object)
{
  ShequRegistersPage *self = SHEQU_REGISTERS_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  G_OBJECT_CLASS (shequ_registers_page_parent_class)->constructed (object);
  self->registers = list_registers (shequ_page_get_office (SHEQU_PAGE (self)));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), new_chooser (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

/* The first register is read only when nobody has asked for another one. */
static void
shequ_registers_page_shown (ShequPage *page)
{
  ShequRegistersPage *self = SHEQU_REGISTERS_PAGE (page);

  if (get_browser (self) == NULL)
    register_chosen (self);
}

static void
shequ_registers_page_finalize (GObject *object)
{
  g_ptr_array_unref (SHEQU_REGISTERS_PAGE (object)->registers);
  G_OBJECT_CLASS (shequ_registers_page_parent_class)->finalize (object);
}

static void
shequ_registers_page_class_init (ShequRegistersPageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_registers_page_constructed;
  G_OBJECT_CLASS (class)->finalize = shequ_registers_page_finalize;
  page_class->shown = shequ_registers_page_shown;
  page_class->perform = shequ_registers_page_perform;
  page_class->open_record = shequ_registers_page_open_record;
  page_class->show_records = shequ_registers_page_show_records;
  page_class->has_unsaved = shequ_registers_page_has_unsaved;
}

static void
shequ_registers_page_init (ShequRegistersPage *self)
{
}
