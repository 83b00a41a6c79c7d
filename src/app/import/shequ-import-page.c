#include "shequ-import-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "shequ-feedback.h"
#include "shequ-import-columns.h"
#include "shequ-import-comparison.h"
#include "shequ-import-preview.h"

#define PROGRESS_MILLISECONDS 150

struct _ShequImportPage
{
  ShequPage parent_instance;

  GtkStack *stack;
  AdwStatusPage *choose;
  GtkWidget *choose_button;
  AdwActionRow *file_row;
  AdwComboRow *register_row;
  AdwComboRow *sheet_row;
  GtkSpinButton *header_spin;
  AdwComboRow *duplicates_row;
  GtkSwitch *save_switch;
  ShequImportColumns *columns;
  GtkLabel *mapped_label;
  GtkWidget *doubts_box;
  GtkLabel *doubts_label;
  GtkScrolledWindow *comparison;
  GtkWidget *apply_button;
  GtkScrolledWindow *preview;
  GtkWidget *run_button;
  GtkProgressBar *progress;
  GtkWidget *cancel_button;
  GtkLabel *progress_label;
  GtkScrolledWindow *summary;
  GtkWidget *run_now_button;
  GtkWidget *show_button;

  GPtrArray *registers;      /* of const ShequRegister, as in register_row */
  ShequImportJob *job;       /* (nullable): the open file */
  GCancellable *cancellable; /* (nullable): of the work on its way */
  GPtrArray *corrections;    /* of Correction: made while the first rows were being read */
  guint sheet;               /* wanted */
  guint header_row;          /* wanted, or 0 */
  gboolean busy;             /* a worker has the job */
  gboolean setting;          /* the page, not a person, moves the controls */
  ShequImportRun run;
  guint ticks;
};

G_DEFINE_FINAL_TYPE (ShequImportPage, shequ_import_page, SHEQU_TYPE_PAGE)

typedef struct
{
  guint column;
  char *path;
} Correction;

static void
correction_free (gpointer data)
{
  Correction *correction = data;

  g_free (correction->path);
  g_free (correction);
}

static void open_path (ShequImportPage *self, const ShequRegister *reg, const char *path);

static ShequOffice *
get_office (ShequImportPage *self)
{
  return shequ_page_get_office (SHEQU_PAGE (self));
}

static GCancellable *
renew_cancellable (ShequImportPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

/* Back to the first step; why the file was not opened stands there until another one is. */
static void
show_choose (ShequImportPage *self, const char *title, const char *text)
{
  adw_status_page_set_title (self->choose, title);
  adw_status_page_set_description (self->choose, text);
  gtk_stack_set_visible_child_name (self->stack, "choose");
  gtk_widget_grab_focus (self->choose_button);
}

static void
start_again (ShequImportPage *self)
{
  g_clear_pointer (&self->job, shequ_import_job_unref);
  show_choose (self, _ ("Import a spreadsheet"),
               _ ("Excel, WPS or CSV files of residents or any other register. Choose one, or drop it here: "
                  "nothing is stored before you have seen it."));
}

/* Controls of the second step. */

static void
update_mapped (ShequImportPage *self)
{
  const ShequMapping *mapping = shequ_import_job_get_mapping (self->job);
  g_autofree char *text = g_strdup_printf (_ ("Columns: %u of %u go into the register"),
                                           shequ_mapping_count_mapped (mapping), mapping->headers->len);

  gtk_label_set_text (self->mapped_label, text);
}

/* Heads that stand over the wrong columns are asked about. */
static void
update_doubts (ShequImportPage *self)
{
  g_autofree char *doubts = shequ_import_job_describe_doubts (self->job);
  g_autofree char *text =
    doubts != NULL ? g_strdup_printf (_ ("The columns may have moved: %s."), doubts) : NULL;

  gtk_widget_set_visible (self->doubts_box, doubts != NULL);
  gtk_label_set_text (self->doubts_label, text != NULL ? text : "");
}

static void
show_preview (ShequImportPage *self)
{
  update_doubts (self);
  shequ_import_columns_show (self->columns, self->job);
  gtk_scrolled_window_set_child (self->preview, shequ_import_preview_new (self->job));
  self->sheet = shequ_import_job_get_sheet (self->job);
  self->setting = TRUE;
  gtk_spin_button_set_value (self->header_spin, shequ_import_job_get_header_row (self->job));
  adw_combo_row_set_selected (self->sheet_row, self->sheet);
  self->setting = FALSE;
  update_mapped (self);
}

static void apply_corrections (ShequImportPage *self);
static void preview_again (ShequImportPage *self);

static void
previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = shequ_import_job_preview_finish (SHEQU_OFFICE (source), result, &error);

  self->busy = FALSE;
  if (self->stack == NULL || self->job == NULL)
    return;
  if (!done && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The file is read as it was before."), error);
  show_preview (self);
  apply_corrections (self);
}

static void
apply_corrections (ShequImportPage *self)
{
  if (self->busy || (self->corrections->len == 0 && self->header_row == 0 &&
                     self->sheet == shequ_import_job_get_sheet (self->job)))
    return;
  for (guint i = 0; i < self->corrections->len; i++)
    {
      const Correction *correction = g_ptr_array_index (self->corrections, i);
      g_autofree char *number = g_strdup_printf ("%u", correction->column + 1);
      g_autoptr (GError) error = NULL;

      if (!shequ_mapping_assign (shequ_import_job_get_mapping (self->job), number, correction->path, &error))
        shequ_feedback_show_error (GTK_WIDGET (self), _ ("The column stays as it was."), error);
    }
  g_ptr_array_set_size (self->corrections, 0);
  preview_again (self);
}

static void
preview_again (ShequImportPage *self)
{
  shequ_import_columns_show (self->columns, self->job);
  self->busy = TRUE;
  shequ_import_job_preview_async (self->job, get_office (self), self->sheet, self->header_row,
                                  renew_cancellable (self), previewed, g_object_ref (self));
  self->header_row = 0;
}

static void
put_right_clicked (ShequImportPage *self)
{
  if (self->busy || self->job == NULL)
    return;
  shequ_import_job_put_right (self->job);
  preview_again (self);
}

static void
column_assigned (ShequImportColumns *columns, guint column, const char *path, ShequImportPage *self)
{
  Correction *correction = g_new0 (Correction, 1);

  correction->column = column;
  correction->path = g_strdup (path);
  g_ptr_array_add (self->corrections, correction);
  apply_corrections (self);
}

static void
header_changed (ShequImportPage *self)
{
  if (self->setting || self->job == NULL)
    return;
  self->header_row = (guint) gtk_spin_button_get_value_as_int (self->header_spin);
  apply_corrections (self);
}

static void
sheet_selected (ShequImportPage *self)
{
  if (self->setting || self->job == NULL)
    return;
  self->sheet = adw_combo_row_get_selected (self->sheet_row);
  apply_corrections (self);
}

/* Most files have one sheet, and then there is nothing to choose. */
static void
list_sheets (ShequImportPage *self)
{
  const GPtrArray *sheets = shequ_import_job_get_sheets (self->job);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < sheets->len; i++)
    gtk_string_list_append (names, g_ptr_array_index (sheets, i));
  self->setting = TRUE;
  adw_combo_row_set_model (self->sheet_row, G_LIST_MODEL (names));
  self->setting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->sheet_row), sheets->len > 1);
}

static void
register_selected (ShequImportPage *self)
{
  guint selected = adw_combo_row_get_selected (self->register_row);
  g_autofree char *path = NULL;

  if (self->setting || self->job == NULL || self->busy || selected >= self->registers->len)
    return;
  if (g_ptr_array_index (self->registers, selected) == shequ_import_job_get_register (self->job))
    return;
  path = g_strdup (shequ_import_job_get_path (self->job));
  open_path (self, g_ptr_array_index (self->registers, selected), path);
}

static void
show_check (ShequImportPage *self)
{
  const char *path = shequ_import_job_get_path (self->job);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *name_markup = g_markup_escape_text (name, -1);
  g_autofree char *folder_markup = g_markup_escape_text (shown, -1);
  guint place;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), name_markup);
  adw_action_row_set_subtitle (self->file_row, folder_markup);
  self->setting = TRUE;
  if (g_ptr_array_find (self->registers, shequ_import_job_get_register (self->job), &place))
    adw_combo_row_set_selected (self->register_row, place);
  self->setting = FALSE;
  list_sheets (self);
  show_preview (self);
  gtk_stack_set_visible_child_name (self->stack, "check");
  gtk_widget_grab_focus (self->run_button);
}

static void
opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImportJob) job = shequ_import_job_open_finish (SHEQU_OFFICE (source), result, &error);

  if (self->stack == NULL)
    return;
  self->busy = FALSE;
  if (job != NULL)
    {
      g_clear_pointer (&self->job, shequ_import_job_unref);
      self->job = g_steal_pointer (&job);
      show_check (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    start_again (self);
  else if (self->job != NULL) /* another register does not fit; the one before does */
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The file does not fit this register."), error);
      show_check (self);
    }
  else
    {
      g_autofree char *markup = g_markup_escape_text (error->message, -1);

      show_choose (self, _ ("The file cannot be imported"), markup);
    }
}

static void
show_working (ShequImportPage *self, const char *text)
{
  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_progress_bar_set_text (self->progress, "");
  gtk_stack_set_visible_child_name (self->stack, "working");
  gtk_widget_grab_focus (self->cancel_button);
}

static void
open_path (ShequImportPage *self, const ShequRegister *reg, const char *path)
{
  if (self->busy)
    return;
  self->busy = TRUE;
  show_working (self, _ ("Reading the file…"));
  shequ_import_job_open_async (get_office (self), reg, path, renew_cancellable (self), opened,
                               g_object_ref (self));
}

static void
file_chosen (GtkNativeDialog *dialog, int response, ShequImportPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      g_clear_pointer (&self->job, shequ_import_job_unref);
      if (path != NULL)
        open_path (self, NULL, path);
    }
  g_object_unref (dialog);
}

static void
choose_file (ShequImportPage *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Choose a spreadsheet"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
    GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  static const char *const patterns[] = { "*.xlsx", "*.xls", "*.csv", "*.txt", "*.xml", "*.html", "*.htm" };
  g_autoptr (GtkFileFilter) sheets = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (sheets, _ ("Spreadsheets"));
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    gtk_file_filter_add_pattern (sheets, patterns[i]);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), sheets);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gboolean
file_dropped (GtkDropTarget *target, const GValue *value, double x, double y, ShequImportPage *self)
{
  g_autofree char *path = g_file_get_path (g_value_get_object (value));

  if (path == NULL || self->busy)
    return FALSE;
  g_clear_pointer (&self->job, shequ_import_job_unref);
  open_path (self, NULL, path);
  return TRUE;
}

static void
show_summary (ShequImportPage *self, const GError *error)
{
  gtk_scrolled_window_set_child (self->summary, shequ_import_summary_new (self->job, &self->run, error));
  gtk_widget_set_visible (self->run_now_button, self->run.dry_run && error == NULL);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_grab_focus (gtk_widget_get_visible (self->run_now_button) ? self->run_now_button
                                                                       : self->show_button);
}

static void
show_comparison (ShequImportPage *self, const GError *error)
{
  if (error != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        shequ_feedback_show_error (GTK_WIDGET (self), _ ("The file could not be compared."), error);
      show_check (self);
      return;
    }
  gtk_scrolled_window_set_child (self->comparison,
                                 shequ_import_comparison_new (self->job, get_office (self)));
  gtk_stack_set_visible_child_name (self->stack, "compare");
  gtk_widget_grab_focus (self->apply_button);
}

static void
ran (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  const ShequImportResult *what;

  shequ_import_job_run_finish (SHEQU_OFFICE (source), result, &error);
  self->busy = FALSE;
  g_clear_handle_id (&self->ticks, g_source_remove);
  if (self->stack == NULL)
    return;
  if (self->run.work == SHEQU_IMPORT_COMPARE)
    {
      show_comparison (self, error);
      return;
    }
  what = shequ_import_job_get_result (self->job);
  if (error != NULL && what->read == 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("Nothing was imported."), error);
      show_check (self);
      return;
    }
  show_summary (self, error);
}

static gboolean
show_progress (gpointer data)
{
  ShequImportPage *self = data;
  ShequImportResult counts;
  double fraction = shequ_import_job_get_progress (self->job, &counts);
  g_autofree char *text =
    g_strdup_printf (_ ("%" PRIu64 " rows read: %" PRIu64 " added, %" PRIu64 " updated, %" PRIu64
                        " unchanged, %" PRIu64 " refused"),
                     counts.read, counts.added, counts.updated, counts.unchanged, counts.rejected);
  g_autofree char *percent = g_strdup_printf ("%.0f%%", fraction * 100);

  gtk_progress_bar_set_fraction (self->progress, fraction);
  gtk_progress_bar_set_text (self->progress, percent);
  gtk_label_set_text (self->progress_label, text);
  return G_SOURCE_CONTINUE;
}

static void
start (ShequImportPage *self, ShequImportWork work, gboolean dry_run)
{
  if (self->busy || self->job == NULL)
    return;
  self->run.work = work;
  self->run.dry_run = dry_run;
  self->run.on_duplicate = (ShequOnDuplicate) adw_combo_row_get_selected (self->duplicates_row);
  self->run.save_rejects = gtk_switch_get_active (self->save_switch);
  self->busy = TRUE;
  show_working (self, work == SHEQU_IMPORT_COMPARE ? _ ("Comparing…")
                      : dry_run                    ? _ ("Trying…")
                                                   : _ ("Importing…"));
  self->ticks = g_timeout_add (PROGRESS_MILLISECONDS, show_progress, self);
  shequ_import_job_run_async (self->job, get_office (self), &self->run, renew_cancellable (self), ran,
                              g_object_ref (self));
}

static void
run_clicked (ShequImportPage *self)
{
  start (self, SHEQU_IMPORT_STORE, FALSE);
}

static void
compare_clicked (ShequImportPage *self)
{
  start (self, SHEQU_IMPORT_COMPARE, FALSE);
}

static void
apply_clicked (ShequImportPage *self)
{
  start (self, SHEQU_IMPORT_APPLY, FALSE);
}

static void
back_clicked (ShequImportPage *self)
{
  show_check (self);
}

static void
save_comparison_clicked (ShequImportPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = shequ_import_job_save_comparison (self->job, &error);
  g_autofree char *shown = path != NULL ? g_filename_display_name (path) : NULL;
  g_autofree char *text = shown != NULL ? g_strdup_printf (_ ("The comparison is in %s"), shown) : NULL;

  if (text != NULL)
    shequ_feedback_say (GTK_WIDGET (self), text);
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The comparison could not be saved."), error);
}

static void
try_clicked (ShequImportPage *self)
{
  start (self, SHEQU_IMPORT_STORE, TRUE);
}

static void
cancel_clicked (ShequImportPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
show_records (ShequImportPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-records", "(ss)",
                              shequ_import_job_get_register (self->job)->name, "");
}

static gboolean
shequ_import_page_open_file (ShequPage *page, const char *path)
{
  ShequImportPage *self = SHEQU_IMPORT_PAGE (page);

  if (self->busy)
    return FALSE;
  g_clear_pointer (&self->job, shequ_import_job_unref);
  open_path (self, NULL, path);
  return TRUE;
}

static gboolean
shequ_import_page_has_unsaved (ShequPage *page)
{
  return SHEQU_IMPORT_PAGE (page)->ticks != 0;
}

static void
shequ_import_page_shown (ShequPage *page)
{
  ShequImportPage *self = SHEQU_IMPORT_PAGE (page);
  const char *step = gtk_stack_get_visible_child_name (self->stack);

  gtk_widget_grab_focus (g_str_equal (step, "check") ? self->run_button : self->choose_button);
}

/* Fills the list of registers in the order of the catalogue. */
static void
fill_registers (ShequImportPage *self)
{
  const GPtrArray *all = shequ_catalogue_get_registers (shequ_office_get_catalogue (get_office (self)));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const ShequRegister *reg = g_ptr_array_index (all, i);

      if (reg->fixed)
        continue;
      g_ptr_array_add (self->registers, (gpointer) reg);
      gtk_string_list_append (labels, reg->label);
    }
  self->setting = TRUE;
  adw_combo_row_set_model (self->register_row, G_LIST_MODEL (labels));
  self->setting = FALSE;
}

static void
shequ_import_page_constructed (GObject *object)
{
  ShequImportPage *self = SHEQU_IMPORT_PAGE (object);
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  G_OBJECT_CLASS (shequ_import_page_parent_class)->constructed (object);
  fill_registers (self);
  g_signal_connect (drop, "drop", G_CALLBACK (file_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  start_again (self);
}

static void
shequ_import_page_dispose (GObject *object)
{
  ShequImportPage *self = SHEQU_IMPORT_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->ticks, g_source_remove);
  self->stack = NULL;
  g_clear_pointer (&self->job, shequ_import_job_unref);
  g_clear_pointer (&self->registers, g_ptr_array_unref);
  g_clear_pointer (&self->corrections, g_ptr_array_unref);
  G_OBJECT_CLASS (shequ_import_page_parent_class)->dispose (object);
}

static void
shequ_import_page_class_init (ShequImportPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->constructed = shequ_import_page_constructed;
  G_OBJECT_CLASS (class)->dispose = shequ_import_page_dispose;
  page_class->shown = shequ_import_page_shown;
  page_class->open_file = shequ_import_page_open_file;
  page_class->has_unsaved = shequ_import_page_has_unsaved;

  g_type_ensure (SHEQU_TYPE_IMPORT_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Shequ/ui/shequ-import-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, ShequImportPage, name)
  BIND (stack);
  BIND (choose);
  BIND (choose_button);
  BIND (file_row);
  BIND (register_row);
  BIND (sheet_row);
  BIND (header_spin);
  BIND (duplicates_row);
  BIND (save_switch);
  BIND (columns);
  BIND (mapped_label);
  BIND (doubts_box);
  BIND (doubts_label);
  BIND (comparison);
  BIND (apply_button);
  BIND (preview);
  BIND (run_button);
  BIND (progress);
  BIND (cancel_button);
  BIND (progress_label);
  BIND (summary);
  BIND (run_now_button);
  BIND (show_button);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, choose_file);
  gtk_widget_class_bind_template_callback (widget_class, start_again);
  gtk_widget_class_bind_template_callback (widget_class, register_selected);
  gtk_widget_class_bind_template_callback (widget_class, sheet_selected);
  gtk_widget_class_bind_template_callback (widget_class, sheet_selected);
  gtk_widget_class_bind_template_callback (widget_class, header_changed);
  gtk_widget_class_bind_template_callback (widget_class, column_assigned);
  gtk_widget_class_bind_template_callback (widget_class, put_right_clicked);
  gtk_widget_class_bind_template_callback (widget_class, compare_clicked);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, save_comparison_clicked);
  gtk_widget_class_bind_template_callback (widget_class, run_clicked);
  gtk_widget_class_bind_template_callback (widget_class, try_clicked);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, show_records);
}

static void
shequ_import_page_init (ShequImportPage *self)
{
  self->registers = g_ptr_array_new ();
  self->corrections = g_ptr_array_new_with_free_func (correction_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
