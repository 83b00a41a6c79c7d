#include "shequ-household-file-view.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-chooser.h"
#include "shequ-date.h"
#include "shequ-document-save.h"
#include "shequ-feedback.h"
#include "shequ-file-book.h"
#include "shequ-household-file.h"
#include "shequ-print-operation.h"
#include "shequ-record-form.h"
#include "shequ-visit-dialog.h"
#include "shequ-time.h"

#define REFRESH_MILLISECONDS 150

struct _ShequHouseholdFileView
{
  GtkWidget parent_instance;

  ShequOffice *office;
  gint64 household;         /* or 0 */
  ShequHouseholdFile *file; /* (nullable) until it is read */
  GCancellable *cancellable;
  guint refresh_id;
  char *scope; /* (nullable): of the book that is being made */

  GtkWidget *box;
  GtkWidget *choose;
  GtkWidget *popover;
  ShequChooser *chooser;
  GtkWidget *acts;
  GtkStack *stack;
  GtkWidget *sheet; /* what is read */
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequHouseholdFileView, shequ_household_file_view, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
row_clicked (GtkWidget *button, gpointer user_data)
{
  const char *reg = g_object_get_data (G_OBJECT (button), "register");
  const gint64 *key = g_object_get_data (G_OBJECT (button), "key");

  gtk_widget_activate_action (button, "win.open-record", "(sx)", reg, *key);
}

/* The first cell leads to the record. */
static GtkWidget *
new_cell (const ShequFileSection *section, guint row, guint column)
{
  const char *text = ((char **) section->rows->pdata[row])[column];
  GtkWidget *button;

  if (column > 0 || *text == '\0')
    return new_label (text, NULL);
  button = gtk_button_new_with_label (text);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "link");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "register", g_strdup (section->reg->name), g_free);
  g_object_set_data_full (G_OBJECT (button), "key",
                          g_memdup2 (&g_array_index (section->keys, gint64, row), sizeof (gint64)), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (row_clicked), NULL);
  return button;
}

static GtkWidget *
new_section (const ShequFileSection *section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *title = g_strdup_printf ("%s (%u)", section->title, section->rows->len);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, section->title, -1);
  for (guint c = 0; section->heads[c] != NULL; c++)
    {
      gtk_grid_attach (GTK_GRID (grid), new_label (section->heads[c], "dim-label"), (int) c, 0, 1, 1);
      for (guint r = 0; r < section->rows->len; r++)
        gtk_grid_attach (GTK_GRID (grid), new_cell (section, r, c), (int) c, (int) r + 1, 1, 1);
    }
  gtk_box_append (GTK_BOX (box), new_label (title, "heading"));
  gtk_box_append (GTK_BOX (box), grid);
  return box;
}

static GtkWidget *
new_facts (char *const *facts)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (int i = 0; facts[i] != NULL && facts[i + 1] != NULL; i += 2)
    {
      int column = i / 2 % 2 * 2, row = i / 4;
      GtkWidget *value = new_label (facts[i + 1], NULL);

      gtk_widget_set_hexpand (value, TRUE);
      gtk_grid_attach (GTK_GRID (grid), new_label (facts[i], "dim-label"), column, row, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), value, column + 1, row, 1, 1);
    }
  return grid;
}

static void
clear_sheet (ShequHouseholdFileView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->sheet)) != NULL)
    gtk_box_remove (GTK_BOX (self->sheet), child);
}

static void
show_file (ShequHouseholdFileView *self)
{
  clear_sheet (self);
  gtk_box_append (GTK_BOX (self->sheet), new_label (self->file->file.title, "title-2"));
  gtk_box_append (GTK_BOX (self->sheet), new_facts (self->file->file.facts));
  for (guint i = 0; i < self->file->file.sections->len; i++)
    gtk_box_append (GTK_BOX (self->sheet), new_section (self->file->file.sections->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, "file");
  gtk_widget_set_sensitive (self->acts, TRUE);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequHouseholdFileView) self = user_data;
  g_autoptr (GError) error = NULL;
  ShequHouseholdFile *file = shequ_household_file_load_finish (SHEQU_OFFICE (source), result, &error);

  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&file, shequ_household_file_free);
      return;
    }
  g_clear_pointer (&self->file, shequ_household_file_free);
  self->file = file;
  if (file != NULL)
    {
      show_file (self);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "nothing");
  gtk_widget_set_sensitive (self->acts, FALSE);
  shequ_feedback_show_error (GTK_WIDGET (self), _ ("The file of the household cannot be shown."), error);
}

static void
load (ShequHouseholdFileView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->household == 0)
    return;
  self->cancellable = g_cancellable_new ();
  shequ_household_file_load_async (self->office, self->household, self->cancellable, loaded,
                                   g_object_ref (self));
}

static gboolean
refresh_now (gpointer data)
{
  ShequHouseholdFileView *self = data;

  self->refresh_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
changed (ShequOffice *office, const char *reg, gint64 key, ShequHouseholdFileView *self)
{
  if (self->household != 0 && self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MILLISECONDS, refresh_now, self);
}

/* The papers of the file, as who is signed in prints them. */
static ShequDocument *
make_document (ShequHouseholdFileView *self, const GPtrArray *files, const char *scope, gboolean folder)
{
  g_autofree char *today = shequ_office_get_today (self->office);
  g_autofree char *printed = shequ_office_get_moment (self->office);
  g_autofree char *moment = NULL;
  g_autofree char *date = NULL;
  g_autofree char *count = files != NULL ? g_strdup_printf (_ ("%u households"), files->len) : NULL;
  ShequFileBook book = { .title = _ ("Household file"),
                         .scope = scope,
                         .office = shequ_office_get_name (self->office),
                         .handler = shequ_office_get_user (self->office) };
  ShequDate day;
  gint64 seconds;

  date = shequ_date_from_iso (today, &day) ? shequ_date_format_chinese (&day) : g_strdup (today);
  book.date = date;
  moment = shequ_moment_from_utc (printed, &seconds) ? shequ_moment_format (seconds) : g_strdup (printed);
  book.moment = moment;
  book.count = count;
  if (folder)
    return shequ_file_folder_new (&book, &self->file->file);
  return files != NULL ? shequ_file_book_new (&book, files) : shequ_file_sheet_new (&book, &self->file->file);
}

static void
save_clicked (ShequHouseholdFileView *self)
{
  g_autoptr (ShequDocument) document = self->file != NULL ? make_document (self, NULL, NULL, FALSE) : NULL;

  if (document != NULL)
    shequ_document_save_ask (GTK_WIDGET (self), document, NULL);
}

/* One household to be put away: with a cover and the inventory of what is in it. */
static void
save_folder (ShequHouseholdFileView *self)
{
  g_autoptr (ShequDocument) document = self->file != NULL ? make_document (self, NULL, NULL, TRUE) : NULL;

  if (document != NULL)
    shequ_document_save_ask (GTK_WIDGET (self), document, NULL);
}

static void
book_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequHouseholdFileView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = shequ_household_files_find_finish (SHEQU_OFFICE (source), result, &error);
  g_autoptr (ShequDocument) document = NULL;

  if (self->box == NULL)
    return;
  gtk_widget_set_sensitive (self->acts, TRUE);
  if (files == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The book was not made."), error);
      return;
    }
  document = make_document (self, files, self->scope, FALSE);
  shequ_document_save_ask (GTK_WIDGET (self), document, NULL);
}

/* A book of those who live in the building that is seen, or of those that the office looks after. */
static void
activate_book (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ShequHouseholdFileView *self = SHEQU_HOUSEHOLD_FILE_VIEW (widget);
  const char *scope = g_variant_get_string (parameter, NULL);
  g_autofree char *condition = NULL;

  if (g_str_equal (scope, "folder"))
    {
      save_folder (self);
      return;
    }
  if (g_str_equal (scope, "planned"))
    condition = g_strdup (SHEQU_HOUSEHOLDS_PLANNED);
  else if (g_str_equal (scope, "groups"))
    condition = g_strdup (SHEQU_HOUSEHOLDS_IN_GROUPS);
  else if (self->file != NULL && self->file->building != 0)
    condition = g_strdup_printf ("dwelling.building=%" G_GINT64_FORMAT, self->file->building);
  else
    {
      shequ_feedback_say (GTK_WIDGET (self), _ ("It is not known in which building this household lives."));
      return;
    }
  g_free (self->scope);
  self->scope = g_strdup (g_str_equal (scope, "planned")  ? _ ("Households with a visit plan")
                          : g_str_equal (scope, "groups") ? _ ("Households of key groups with visits")
                                                          : self->file->building_name);
  gtk_widget_set_sensitive (self->acts, FALSE);
  shequ_household_files_find_async (self->office, condition, NULL, book_found, g_object_ref (self));
}

static void
home_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequHouseholdFileView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
  gint64 household = row != NULL ? shequ_row_get_integer (row, "household") : 0;

  if (self->box == NULL)
    return;
  if (household != 0)
    shequ_household_file_view_open (self, household);
  else if (row != NULL)
    shequ_feedback_say (GTK_WIDGET (self), _ ("This resident belongs to no household yet."));
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The record cannot be read."), error);
}

/* A record on a worker thread: its register and its key. */
typedef struct
{
  const ShequRegister *reg;
  gint64 key;
} Wanted;

static gpointer
read_row (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wanted *wanted = data;

  return shequ_office_get_row (office, wanted->reg, wanted->key, cancellable, error);
}

static void
read_row_async (ShequHouseholdFileView *self, const char *reg, gint64 key, GAsyncReadyCallback callback)
{
  Wanted wanted = { shequ_office_get_register (self->office, reg), key };

  shequ_office_run_async (self->office, read_row, g_memdup2 (&wanted, sizeof wanted), g_free,
                          (GDestroyNotify) shequ_row_free, NULL, callback, g_object_ref (self));
}

/* People are found by name and by address; their household is what is opened. */
static void
resident_chosen (ShequChooser *chooser, ShequChoice *choice, ShequHouseholdFileView *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  read_row_async (self, "resident", shequ_choice_get_key (choice), home_found);
}

static void
search (ShequChooser *chooser, const char *typed, ShequHouseholdFileView *self)
{
  shequ_chooser_find_records (chooser, self->office, shequ_office_get_register (self->office, "resident"),
                              typed);
}

static void
shequ_household_file_view_dispose (GObject *object)
{
  ShequHouseholdFileView *self = SHEQU_HOUSEHOLD_FILE_VIEW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->file, shequ_household_file_free);
  g_clear_pointer (&self->scope, g_free);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_household_file_view_parent_class)->dispose (object);
}

static void
shequ_household_file_view_class_init (ShequHouseholdFileViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_household_file_view_dispose;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", SHEQU_TYPE_HOUSEHOLD_FILE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "file.book", "s", activate_book);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_household_file_view_init (ShequHouseholdFileView *self)
{
}

static GtkWidget *
new_button (ShequHouseholdFileView *self, const char *label, const char *hint, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, hint);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_book_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("This household, with cover and inventory…"), "file.book::folder");
  g_menu_append (menu, _ ("All households of this building…"), "file.book::building");
  g_menu_append (menu, _ ("Households with a visit plan…"), "file.book::planned");
  g_menu_append (menu, _ ("Households of key groups with visits…"), "file.book::groups");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("_Book (PDF)"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Bind many files into a book"), -1);
  return button;
}

static GtkWidget *
new_bar (ShequHouseholdFileView *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->chooser = shequ_chooser_new ();
  g_signal_connect_object (self->chooser, "search", G_CALLBACK (search), self, 0);
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (resident_chosen), self, 0);
  self->popover = shequ_chooser_new_popover (self->chooser, _ ("Name or address of a household"));
  self->choose = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->choose), _ ("_Find a household"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (self->choose), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->choose), self->popover);
  self->acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->acts), new_button (self, _ ("Log a _visit"), _ ("Log a visit (Ctrl+L)"),
                                                    G_CALLBACK (shequ_household_file_view_visit)));
  gtk_box_append (GTK_BOX (self->acts), new_button (self, _ ("_Edit"), _ ("Edit the household (F2)"),
                                                    G_CALLBACK (shequ_household_file_view_edit)));
  gtk_box_append (GTK_BOX (self->acts), new_button (self, _ ("P_rint"), _ ("Print (Ctrl+P)"),
                                                    G_CALLBACK (shequ_household_file_view_print)));
  gtk_box_append (GTK_BOX (self->acts), new_button (self, _ ("Save as _PDF"), _ ("Save the page as a PDF"),
                                                    G_CALLBACK (save_clicked)));
  gtk_box_append (GTK_BOX (self->acts), new_book_button ());
  gtk_widget_set_sensitive (self->acts, FALSE);
  gtk_widget_set_hexpand (self->choose, TRUE);
  gtk_widget_set_halign (self->choose, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (bar), self->choose);
  gtk_box_append (GTK_BOX (bar), self->acts);
  gtk_widget_add_css_class (bar, "toolbar");
  return bar;
}

static GtkWidget *
new_sheet (ShequHouseholdFileView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->sheet = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->sheet, "record-details");
  gtk_widget_set_margin_top (self->sheet, 12);
  gtk_widget_set_margin_bottom (self->sheet, 24);
  gtk_widget_set_margin_start (self->sheet, 18);
  gtk_widget_set_margin_end (self->sheet, 18);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->sheet);
  return scrolled;
}

/**
 * shequ_household_file_view_new:
 * @office: whose households
 *
 * Returns: (transfer floating): a view of no household yet
 */
GtkWidget *
shequ_household_file_view_new (ShequOffice *office)
{
  ShequHouseholdFileView *self = g_object_new (SHEQU_TYPE_HOUSEHOLD_FILE_VIEW, NULL);
  GtkWidget *nothing = adw_status_page_new ();

  self->office = g_object_ref (office);
  g_object_set (
    nothing, "icon-name", "user-home-symbolic", "title", _ ("The file of a household"), "description",
    _ ("Members, key groups, visits, certificates and events of one household, on one page and on "
       "paper. Find a household by name or address."),
    NULL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, nothing, "nothing");
  gtk_stack_add_named (self->stack, new_sheet (self), "file");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), new_bar (self));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (office, "changed", G_CALLBACK (changed), self, 0);
  return GTK_WIDGET (self);
}

/**
 * shequ_household_file_view_open:
 * @self: a view
 * @household: a household
 *
 * Shows the file of a household.
 */
void
shequ_household_file_view_open (ShequHouseholdFileView *self, gint64 household)
{
  g_return_if_fail (SHEQU_IS_HOUSEHOLD_FILE_VIEW (self));

  self->household = household;
  load (self);
}

gint64
shequ_household_file_view_get_household (ShequHouseholdFileView *self)
{
  return self->file != NULL ? self->file->file.key : 0;
}

/**
 * shequ_household_file_view_visit:
 * @self: a view
 *
 * Logs a visit to the household that is shown.
 */
void
shequ_household_file_view_visit (ShequHouseholdFileView *self)
{
  if (self->file != NULL)
    shequ_visit_dialog_present (GTK_WIDGET (self), self->office, self->file->file.key, 0,
                                *self->file->head != '\0' ? self->file->head : self->file->file.title);
}

static void
row_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequHouseholdFileView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (self->box == NULL)
    return;
  if (row == NULL)
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The record cannot be read."), error);
  else
    shequ_record_form_edit (shequ_record_form_present (GTK_WIDGET (self), self->office, row->reg), row);
}

/**
 * shequ_household_file_view_edit:
 * @self: a view
 *
 * Opens the form of the household that is shown.
 */
void
shequ_household_file_view_edit (ShequHouseholdFileView *self)
{
  if (self->file != NULL)
    read_row_async (self, "household", self->file->file.key, row_read);
}

/**
 * shequ_household_file_view_print:
 * @self: a view
 *
 * Prints the file that is shown.
 */
void
shequ_household_file_view_print (ShequHouseholdFileView *self)
{
  g_autoptr (ShequDocument) document = self->file != NULL ? make_document (self, NULL, NULL, FALSE) : NULL;

  if (document != NULL)
    shequ_print_operation_run (GTK_WIDGET (self), document);
}

/**
 * shequ_household_file_view_find:
 * @self: a view
 *
 * Asks for a household.
 */
void
shequ_household_file_view_find (ShequHouseholdFileView *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->choose));
}
