#include "shequ-registers-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-accounts.h"
#include "shequ-admission-buttons.h"
#include "shequ-album-button.h"
#include "shequ-ballot-button.h"
#include "shequ-blank-dialog.h"
#include "shequ-export-buttons.h"
#include "shequ-exports.h"
#include "shequ-paper-buttons.h"
#include "shequ-password-button.h"
#include "shequ-record-browser.h"
#include "shequ-shelf-view.h"

#define SHELF "-shelf" /* no register is called so */

struct _ShequRegistersPage
{
  ShequPage parent_instance;

  GtkStack
    *stack; /* the shelf, and each ShequRecordBrowser by the name of its register, made when first shown */
  ShequShelfView *shelf;
  GtkWidget *bar; /* above a register */
  GtkLabel *label;
  GtkWidget *album; /* of a register with pictures */
};

G_DEFINE_FINAL_TYPE (ShequRegistersPage, shequ_registers_page, SHEQU_TYPE_PAGE)

static ShequRecordBrowser *
get_browser (ShequRegistersPage *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->stack);

  return SHEQU_IS_RECORD_BROWSER (child) ? SHEQU_RECORD_BROWSER (child) : NULL;
}

static void
sync_actions (ShequRegistersPage *self)
{
  ShequRecordBrowser *browser = get_browser (self);

  shequ_page_set_actions (SHEQU_PAGE (self),
                          browser != NULL ? shequ_record_browser_get_actions (browser) : SHEQU_PAGE_CAN_FIND);
}

static GtkWidget *
new_browser (ShequRegistersPage *self, const ShequRegister *reg)
{
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  ShequRecordBrowser *browser = shequ_record_browser_new (office, reg);

  gtk_stack_add_named (self->stack, GTK_WIDGET (browser), reg->name);
  if (g_str_equal (reg->name, "post"))
    shequ_ballot_button_add (shequ_record_browser_get_details (browser), office);
  if (g_str_equal (reg->name, SHEQU_ACCOUNT_REGISTER))
    shequ_password_button_add (shequ_record_browser_get_details (browser), office);
  if (g_str_equal (reg->name, SHEQU_EXPORT_REGISTER))
    shequ_export_buttons_add (shequ_record_browser_get_details (browser), office);
  shequ_paper_buttons_add (shequ_record_browser_get_details (browser), office, reg);
  shequ_admission_buttons_add (shequ_record_browser_get_details (browser), office, reg);
  g_signal_connect_object (browser, "notify::actions", G_CALLBACK (sync_actions), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (browser);
}

static ShequRecordBrowser *
show_register (ShequRegistersPage *self, const ShequRegister *reg)
{
  GtkWidget *browser = gtk_stack_get_child_by_name (self->stack, reg->name);

  if (browser == NULL)
    browser = new_browser (self, reg);
  gtk_stack_set_visible_child (self->stack, browser);
  gtk_label_set_text (self->label, reg->label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), reg->help);
  gtk_widget_show (self->bar);
  gtk_widget_set_visible (self->album, shequ_album_find_picture (reg) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registers.this-template", !reg->fixed);
  shequ_shelf_view_note_opened (self->shelf, reg);
  sync_actions (self);
  return SHEQU_RECORD_BROWSER (browser);
}

static void
show_shelf (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ShequRegistersPage *self = SHEQU_REGISTERS_PAGE (widget);

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->shelf));
  gtk_widget_hide (self->bar);
  sync_actions (self);
  shequ_shelf_view_focus_search (self->shelf);
}

static void
shelf_opened (ShequShelfView *shelf, const char *name, ShequRegistersPage *self)
{
  const ShequRegister *reg = shequ_office_get_register (shequ_page_get_office (SHEQU_PAGE (self)), name);

  if (reg != NULL)
    shequ_record_view_focus_search (shequ_record_browser_get_view (show_register (self, reg)));
}

static void
write_template (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (widget));
  const ShequRegister *reg = shequ_office_get_register (office, g_variant_get_string (parameter, NULL));

  if (reg != NULL)
    shequ_blank_dialog_ask (widget, office, reg);
}

static void
write_this_template (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ShequRecordBrowser *browser = get_browser (SHEQU_REGISTERS_PAGE (widget));

  if (browser != NULL)
    shequ_blank_dialog_ask (widget, shequ_page_get_office (SHEQU_PAGE (widget)),
                            shequ_record_browser_get_register (browser));
}

static void
save_album (ShequRegistersPage *self)
{
  ShequRecordBrowser *browser = get_browser (self);

  if (browser != NULL)
    shequ_album_ask (shequ_record_browser_get_view (browser), shequ_page_get_office (SHEQU_PAGE (self)));
}

static void
shequ_registers_page_perform (ShequPage *page, ShequPageActions action)
{
  ShequRecordBrowser *browser = get_browser (SHEQU_REGISTERS_PAGE (page));

  if (browser != NULL)
    shequ_record_browser_perform (browser, action);
  else
    shequ_shelf_view_focus_search (SHEQU_REGISTERS_PAGE (page)->shelf);
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
      if (SHEQU_IS_RECORD_BROWSER (child) && shequ_record_browser_has_unsaved (SHEQU_RECORD_BROWSER (child)))
        {
          gtk_stack_set_visible_child (self->stack, child);
          return TRUE;
        }
    }
  return FALSE;
}

static GtkWidget *
new_bar (ShequRegistersPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("‹ _All registers"));
  GtkWidget *template = gtk_button_new_with_mnemonic (_ ("_Blank spreadsheet…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "registers.back");
  gtk_widget_set_tooltip_text (back, _ ("Back to all registers (Alt+Left)"));
  gtk_widget_add_css_class (back, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (template), "registers.this-template");
  gtk_widget_set_tooltip_text (template, _ ("A spreadsheet of this register to be filled in and imported"));
  gtk_widget_add_css_class (template, "flat");
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "heading");
  gtk_box_append (GTK_BOX (box), back);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  self->album = gtk_button_new_with_mnemonic (_ ("_Picture book (PDF)…"));
  gtk_widget_set_tooltip_text (self->album, _ ("What the list shows, with pictures, as a booklet"));
  gtk_widget_add_css_class (self->album, "flat");
  g_signal_connect_object (self->album, "clicked", G_CALLBACK (save_album), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->album);
  gtk_box_append (GTK_BOX (box), template);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_hide (box);
  return box;
}

static void
shequ_registers_page_constructed (GObject *object)
{
  ShequRegistersPage *self = SHEQU_REGISTERS_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  G_OBJECT_CLASS (shequ_registers_page_parent_class)->constructed (object);
  self->shelf = SHEQU_SHELF_VIEW (shequ_shelf_view_new (shequ_page_get_office (SHEQU_PAGE (self))));
  self->stack = GTK_STACK (gtk_stack_new ());
  self->bar = new_bar (self);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->shelf), SHELF);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  g_signal_connect_object (self->shelf, "opened", G_CALLBACK (shelf_opened), self, 0);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  sync_actions (self);
}

static void
shequ_registers_page_shown (ShequPage *page)
{
  ShequRegistersPage *self = SHEQU_REGISTERS_PAGE (page);

  if (get_browser (self) == NULL)
    shequ_shelf_view_focus_search (self->shelf);
}

static void
shequ_registers_page_class_init (ShequRegistersPageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_registers_page_constructed;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "registers.back", NULL, show_shelf);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "registers.template", "s", write_template);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "registers.this-template", NULL,
                                   write_this_template);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (class), GDK_KEY_Left, GDK_ALT_MASK, "registers.back",
                                       NULL);
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
