#include "shequ-certificates-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-certificate-counter.h"
#include "shequ-certificate-desk.h"
#include "shequ-certificate-page.h"
#include "shequ-certificates.h"
#include "shequ-document-save.h"
#include "shequ-feedback.h"
#include "shequ-print-operation.h"
#include "shequ-reason-dialog.h"
#include "shequ-record-browser.h"

#define KIND_RESIDENCE "residence"

struct _ShequCertificatesPage
{
  ShequPage parent_instance;

  GtkStack *stack; /* of the two below and the desk */
  GtkWidget *main;
  GtkStack *views;
  ShequCertificateCounter *counter;
  ShequRecordBrowser *browser;
  ShequCertificateDesk *desk;
};

G_DEFINE_FINAL_TYPE (ShequCertificatesPage, shequ_certificates_page, SHEQU_TYPE_PAGE)

static gboolean
is_at_desk (ShequCertificatesPage *self)
{
  return gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->desk);
}

static gboolean
is_at_register (ShequCertificatesPage *self)
{
  return !is_at_desk (self) && gtk_stack_get_visible_child (self->views) == GTK_WIDGET (self->browser);
}

static ShequRecord *
get_record (ShequCertificatesPage *self)
{
  return shequ_record_details_get_record (shequ_record_browser_get_details (self->browser));
}

static void
sync_actions (ShequCertificatesPage *self)
{
  ShequPageActions actions = SHEQU_PAGE_CAN_FIND;

  if (is_at_desk (self))
    actions = SHEQU_PAGE_CAN_PRINT | SHEQU_PAGE_CAN_CREATE;
  else if (is_at_register (self))
    actions = shequ_record_browser_get_actions (self->browser) | SHEQU_PAGE_CAN_CREATE |
              (get_record (self) != NULL ? SHEQU_PAGE_CAN_PRINT : SHEQU_PAGE_NOTHING);
  else
    actions |= SHEQU_PAGE_CAN_CREATE;
  shequ_page_set_actions (SHEQU_PAGE (self), actions);
}

static void
start_issuing (ShequCertificatesPage *self, const char *kind, gint64 resident)
{
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->desk));
  shequ_certificate_desk_start (self->desk, kind, resident);
}

static void
counter_issue (ShequCertificateCounter *counter, const char *kind, ShequCertificatesPage *self)
{
  start_issuing (self, kind, 0);
}

/* The desk keeps what was typed until the next certificate is started. */
static void
go_back_to_desk (gpointer data)
{
  ShequCertificatesPage *self = data;

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->desk));
  gtk_widget_grab_focus (GTK_WIDGET (self->desk));
}

/* What was issued is seen in the register. */
static void
desk_left (ShequCertificateDesk *desk, ShequCertificatesPage *self)
{
  gint64 issued = shequ_certificate_desk_get_issued (desk);

  gtk_stack_set_visible_child (self->stack, self->main);
  if (issued != 0)
    {
      gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->browser));
      shequ_record_browser_open (self->browser, issued);
    }
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->counter));
  if (shequ_certificate_desk_get_changed (desk))
    shequ_feedback_offer_undo (GTK_WIDGET (self), _ ("The certificate was not issued"), go_back_to_desk,
                               g_object_ref (self), g_object_unref);
}

/* A paper on its way to the printer or into a file. */
typedef struct
{
  ShequCertificatesPage *page;
  gboolean print;
} Wanted;

static void
paper_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wanted *wanted = user_data;
  g_autoptr (ShequCertificatesPage) self = wanted->page;
  gboolean print = wanted->print;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificatePaper) paper =
    shequ_certificate_paper_finish (SHEQU_OFFICE (source), result, &error);
  g_autoptr (ShequDocument) document = NULL;

  g_free (wanted);
  if (paper != NULL && paper->is_void)
    {
      shequ_feedback_say (GTK_WIDGET (self), _ ("This certificate is void; it is not printed any more."));
      return;
    }
  document = paper != NULL ? shequ_certificate_document_new (paper, &error) : NULL;
  if (document == NULL)
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The page could not be made."), error);
  else if (print)
    shequ_print_operation_run (GTK_WIDGET (self), document);
  else
    shequ_document_save_ask (GTK_WIDGET (self), document, paper->number);
}

static void
read_paper (ShequCertificatesPage *self, gboolean print)
{
  Wanted *wanted;

  if (get_record (self) == NULL)
    return;
  wanted = g_new (Wanted, 1);
  wanted->page = g_object_ref (self);
  wanted->print = print;
  shequ_certificate_load_paper_async (shequ_page_get_office (SHEQU_PAGE (self)),
                                      shequ_record_get_key (get_record (self)), NULL, paper_read, wanted);
}

static void
print_clicked (ShequCertificatesPage *self)
{
  read_paper (self, TRUE);
}

static void
save_clicked (ShequCertificatesPage *self)
{
  read_paper (self, FALSE);
}

static void
made_void (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequCertificatesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_certificate_void_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_say (GTK_WIDGET (self), _ ("The certificate is void; its number stays taken."));
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The certificate was not made void."), error);
}

/* The certificate that somebody was asked about. */
typedef struct
{
  ShequCertificatesPage *page;
  gint64 key;
} Voiding;

static void
voiding_free (gpointer data)
{
  Voiding *voiding = data;

  g_object_unref (voiding->page);
  g_free (voiding);
}

static void
void_reason_given (const char *reason, gpointer data)
{
  Voiding *voiding = data;

  shequ_certificate_void_async (shequ_page_get_office (SHEQU_PAGE (voiding->page)), voiding->key, reason,
                                NULL, made_void, g_object_ref (voiding->page));
}

static void
void_clicked (ShequCertificatesPage *self)
{
  ShequRecord *record = get_record (self);
  g_autofree char *title = record != NULL ? shequ_record_get_title (record) : NULL;
  g_autofree char *heading = NULL;
  ShequReasonAsk ask = { .body = _ ("It cannot be printed any more. Its number and its record stay, and this "
                                    "cannot be taken back."),
                         .accept = _ ("Make _void"),
                         .required = TRUE,
                         .destructive = TRUE };
  Voiding *voiding;

  if (record == NULL || shequ_record_get_row (record) == NULL)
    return;
  if (g_strcmp0 (shequ_row_get_text (shequ_record_get_row (record), "status"), "void") == 0)
    {
      shequ_feedback_say (GTK_WIDGET (self), _ ("This certificate is void already."));
      return;
    }
  heading = g_strdup_printf (_ ("Make “%s” void?"), title);
  ask.heading = heading;
  voiding = g_new (Voiding, 1);
  voiding->page = g_object_ref (self);
  voiding->key = shequ_record_get_key (record);
  shequ_reason_dialog_present (GTK_WIDGET (self), &ask, void_reason_given, voiding, voiding_free);
}

static void
shequ_certificates_page_perform (ShequPage *page, ShequPageActions action)
{
  ShequCertificatesPage *self = SHEQU_CERTIFICATES_PAGE (page);

  if (action == SHEQU_PAGE_CAN_CREATE)
    start_issuing (self, KIND_RESIDENCE, 0);
  else if (action == SHEQU_PAGE_CAN_PRINT && is_at_desk (self))
    shequ_certificate_desk_print (self->desk);
  else if (action == SHEQU_PAGE_CAN_PRINT)
    print_clicked (self);
  else if (is_at_register (self))
    shequ_record_browser_perform (self->browser, action);
  else if (action == SHEQU_PAGE_CAN_FIND)
    gtk_widget_grab_focus (GTK_WIDGET (self->counter));
}

static void
show_register (ShequCertificatesPage *self)
{
  gtk_stack_set_visible_child (self->stack, self->main);
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->browser));
}

static gboolean
shequ_certificates_page_open_record (ShequPage *page, const ShequRegister *reg, gint64 key)
{
  ShequCertificatesPage *self = SHEQU_CERTIFICATES_PAGE (page);

  if (reg != shequ_record_browser_get_register (self->browser))
    return FALSE;
  if (key == 0)
    {
      start_issuing (self, KIND_RESIDENCE, 0);
      return TRUE;
    }
  show_register (self);
  shequ_record_browser_open (self->browser, key);
  return TRUE;
}

static gboolean
shequ_certificates_page_show_records (ShequPage *page, const ShequRegister *reg, const char *condition)
{
  ShequCertificatesPage *self = SHEQU_CERTIFICATES_PAGE (page);

  if (reg != shequ_record_browser_get_register (self->browser))
    return FALSE;
  show_register (self);
  shequ_record_view_set_condition (shequ_record_browser_get_view (self->browser), condition);
  return TRUE;
}

/* A certificate for a resident who is seen on another page. */
static gboolean
shequ_certificates_page_create_record (ShequPage *page, const ShequField *link, gint64 key)
{
  ShequCertificatesPage *self = SHEQU_CERTIFICATES_PAGE (page);

  if (link->owner != shequ_record_browser_get_register (self->browser) ||
      g_strcmp0 (link->name, "resident") != 0)
    return FALSE;
  start_issuing (self, KIND_RESIDENCE, key);
  return TRUE;
}

static gboolean
shequ_certificates_page_has_unsaved (ShequPage *page)
{
  ShequCertificatesPage *self = SHEQU_CERTIFICATES_PAGE (page);

  return is_at_desk (self) && shequ_certificate_desk_get_changed (self->desk);
}

static void
shequ_certificates_page_shown (ShequPage *page)
{
  ShequCertificatesPage *self = SHEQU_CERTIFICATES_PAGE (page);

  if (is_at_desk (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->desk));
  else if (!is_at_register (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->counter));
}

static void
add_button (ShequCertificatesPage *self, const char *label, const char *hint, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, hint);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  shequ_record_details_add_button (shequ_record_browser_get_details (self->browser), button);
}

static GtkWidget *
new_browser (ShequCertificatesPage *self)
{
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));

  self->browser = shequ_record_browser_new (office, shequ_office_get_register (office, "certificate"));
  add_button (self, _ ("P_rint"), _ ("Print the certificate again (Ctrl+P)"), G_CALLBACK (print_clicked));
  add_button (self, _ ("Save as _PDF"), _ ("Save the page as a PDF"), G_CALLBACK (save_clicked));
  add_button (self, _ ("Make _void…"), _ ("Make the certificate void, with a reason"),
              G_CALLBACK (void_clicked));
  g_signal_connect_object (self->browser, "notify::actions", G_CALLBACK (sync_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (shequ_record_browser_get_view (self->browser), "cursor-changed",
                           G_CALLBACK (sync_actions), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return GTK_WIDGET (self->browser);
}

static GtkWidget *
new_main (ShequCertificatesPage *self)
{
  GtkWidget *switcher = gtk_stack_switcher_new ();

  self->counter =
    SHEQU_CERTIFICATE_COUNTER (shequ_certificate_counter_new (shequ_page_get_office (SHEQU_PAGE (self))));
  g_signal_connect_object (self->counter, "issue", G_CALLBACK (counter_issue), self, 0);
  self->views = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_titled (self->views, GTK_WIDGET (self->counter), "counter", _ ("At the counter"));
  gtk_stack_add_titled (self->views, new_browser (self), "issued", _ ("Issued certificates"));
  gtk_widget_set_vexpand (GTK_WIDGET (self->views), TRUE);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->views);
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (switcher, 6);
  gtk_widget_set_margin_bottom (switcher, 6);
  self->main = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->main), switcher);
  gtk_box_append (GTK_BOX (self->main), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->main), GTK_WIDGET (self->views));
  return self->main;
}

static void
shequ_certificates_page_constructed (GObject *object)
{
  ShequCertificatesPage *self = SHEQU_CERTIFICATES_PAGE (object);

  G_OBJECT_CLASS (shequ_certificates_page_parent_class)->constructed (object);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->stack, new_main (self));
  self->desk =
    SHEQU_CERTIFICATE_DESK (shequ_certificate_desk_new (shequ_page_get_office (SHEQU_PAGE (self))));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->desk));
  g_signal_connect_object (self->desk, "left", G_CALLBACK (desk_left), self, 0);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (sync_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (sync_actions), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  sync_actions (self);
}

static void
shequ_certificates_page_class_init (ShequCertificatesPageClass *class)
{
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_certificates_page_constructed;
  page_class->shown = shequ_certificates_page_shown;
  page_class->perform = shequ_certificates_page_perform;
  page_class->open_record = shequ_certificates_page_open_record;
  page_class->show_records = shequ_certificates_page_show_records;
  page_class->create_record = shequ_certificates_page_create_record;
  page_class->has_unsaved = shequ_certificates_page_has_unsaved;
}

static void
shequ_certificates_page_init (ShequCertificatesPage *self)
{
}
