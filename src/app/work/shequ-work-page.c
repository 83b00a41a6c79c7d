#include "shequ-work-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-record-browser.h"
#include "shequ-work-day.h"
#include "shequ-work-departments.h"
#include "shequ-work-log.h"

#define LOG_WIDTH 1000

struct _ShequWorkPage
{
  ShequPage parent_instance;

  GtkStack *stack;
  ShequWorkLog *log;
  ShequWorkDay *day;
  ShequWorkDepartments *departments;
  ShequRecordBrowser *items;
  ShequRecordBrowser *entries;
};

G_DEFINE_FINAL_TYPE (ShequWorkPage, shequ_work_page, SHEQU_TYPE_PAGE)

/* The list that is in front, if any. */
static ShequRecordBrowser *
get_browser (ShequWorkPage *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (name, "items") == 0)
    return self->items;
  return g_strcmp0 (name, "entries") == 0 ? self->entries : NULL;
}

static void
sync_actions (ShequWorkPage *self)
{
  ShequRecordBrowser *browser = get_browser (self);

  if (browser != NULL)
    shequ_page_set_actions (SHEQU_PAGE (self), shequ_record_browser_get_actions (browser));
  else
    shequ_page_set_actions (SHEQU_PAGE (self),
                            shequ_work_log_get_ready (self->log) ? SHEQU_PAGE_CAN_SAVE : SHEQU_PAGE_NOTHING);
}

static void
refresh_log (ShequWorkPage *self)
{
  shequ_work_log_refresh (self->log);
  shequ_work_day_refresh (self->day);
}

static void
entries_changed (ShequWorkPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh_log (self);
}

static void
items_changed (ShequWorkPage *self)
{
  shequ_work_departments_refresh (self->departments);
  entries_changed (self);
}

static void
department_chosen (ShequWorkPage *self, const char *condition)
{
  shequ_record_view_set_condition (shequ_record_browser_get_view (self->items), condition);
}

static void
shequ_work_page_shown (ShequPage *page)
{
  refresh_log (SHEQU_WORK_PAGE (page));
  shequ_work_departments_refresh (SHEQU_WORK_PAGE (page)->departments);
}

static void
shequ_work_page_perform (ShequPage *page, ShequPageActions action)
{
  ShequWorkPage *self = SHEQU_WORK_PAGE (page);
  ShequRecordBrowser *browser = get_browser (self);

  if (browser != NULL)
    shequ_record_browser_perform (browser, action);
  else if (action == SHEQU_PAGE_CAN_SAVE)
    shequ_work_log_save (self->log);
}

static ShequRecordBrowser *
bring_forward (ShequWorkPage *self, const ShequRegister *reg)
{
  if (reg == shequ_record_browser_get_register (self->items))
    gtk_stack_set_visible_child_name (self->stack, "items");
  else if (reg == shequ_record_browser_get_register (self->entries))
    gtk_stack_set_visible_child_name (self->stack, "entries");
  else
    return NULL;
  return get_browser (self);
}

static gboolean
shequ_work_page_open_record (ShequPage *page, const ShequRegister *reg, gint64 key)
{
  ShequRecordBrowser *browser = bring_forward (SHEQU_WORK_PAGE (page), reg);

  if (browser != NULL)
    shequ_record_browser_open (browser, key);
  return browser != NULL;
}

static gboolean
shequ_work_page_show_records (ShequPage *page, const ShequRegister *reg, const char *condition)
{
  ShequRecordBrowser *browser = bring_forward (SHEQU_WORK_PAGE (page), reg);

  if (browser != NULL)
    shequ_record_view_set_condition (shequ_record_browser_get_view (browser), condition);
  return browser != NULL;
}

static gboolean
shequ_work_page_has_unsaved (ShequPage *page)
{
  ShequWorkPage *self = SHEQU_WORK_PAGE (page);

  return shequ_work_log_has_unsaved (self->log) || shequ_record_browser_has_unsaved (self->items) ||
         shequ_record_browser_has_unsaved (self->entries);
}

static GtkWidget *
new_log_page (ShequWorkPage *self)
{
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  self->log = shequ_work_log_new (office);
  self->day = shequ_work_day_new (office);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->log));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->day));
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), LOG_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  g_signal_connect_object (self->log, "notify::ready", G_CALLBACK (sync_actions), self, G_CONNECT_SWAPPED);
  return scrolled;
}

static ShequRecordBrowser *
new_browser (ShequWorkPage *self, const char *name)
{
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  ShequRecordBrowser *browser = shequ_record_browser_new (office, shequ_office_get_register (office, name));

  gtk_widget_set_hexpand (GTK_WIDGET (browser), TRUE);
  g_signal_connect_object (browser, "notify::actions", G_CALLBACK (sync_actions), self, G_CONNECT_SWAPPED);
  return browser;
}

static GtkWidget *
new_items_page (ShequWorkPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->departments = shequ_work_departments_new (shequ_page_get_office (SHEQU_PAGE (self)));
  self->items = new_browser (self, "work_item");
  g_signal_connect_object (self->departments, "chosen", G_CALLBACK (department_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->departments));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->items));
  return box;
}

static void
shequ_work_page_constructed (GObject *object)
{
  ShequWorkPage *self = SHEQU_WORK_PAGE (object);
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *switcher = gtk_stack_switcher_new ();

  G_OBJECT_CLASS (shequ_work_page_parent_class)->constructed (object);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_titled (self->stack, new_log_page (self), "log", _ ("Log work"));
  gtk_stack_add_titled (self->stack, new_items_page (self), "items", _ ("Work items"));
  self->entries = new_browser (self, "work_entry");
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->entries), "entries", _ ("Work entries"));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (switcher, 6);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (sync_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (office, "changed::work_entry", G_CALLBACK (entries_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (office, "changed::work_item", G_CALLBACK (items_changed), self, G_CONNECT_SWAPPED);
  sync_actions (self);
}

static void
shequ_work_page_class_init (ShequWorkPageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_work_page_constructed;
  page_class->shown = shequ_work_page_shown;
  page_class->perform = shequ_work_page_perform;
  page_class->open_record = shequ_work_page_open_record;
  page_class->show_records = shequ_work_page_show_records;
  page_class->has_unsaved = shequ_work_page_has_unsaved;
}

static void
shequ_work_page_init (ShequWorkPage *self)
{
}
