#include "shequ-base-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-base-file.h"
#include "shequ-date.h"
#include "shequ-feedback.h"
#include "shequ-number.h"

struct _ShequBasePage
{
  ShequPage parent_instance;

  GPtrArray *figures; /* (nullable): of ShequBaseFigure */
  char *day;          /* the day that is shown */
  gboolean asked;
  GCancellable *cancellable;

  GtkEditable *day_entry;
  GtkLabel *summary;
  GtkProgressBar *progress;
  GtkStack *stack; /* one page for each kind of responsibility */
};

G_DEFINE_FINAL_TYPE (ShequBasePage, shequ_base_page, SHEQU_TYPE_PAGE)

/* Three kinds of responsibility (R060), in the order of the codes. */
static const char *const kinds[] = { "street", "department", "community" };

static void
open_behind (AdwActionRow *row, ShequBaseFigure *figure)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "win.show-records", "(ss)", figure->reg->name,
                              figure->condition != NULL ? figure->condition : "");
}

static char *
describe (const ShequBaseFigure *figure)
{
  g_autofree char *period =
    shequ_row_format (figure->item, shequ_register_lookup (figure->item->reg, "period"), SHEQU_FORMAT_PLAIN);

  return g_strdup_printf ("%s · %s · %s%s%s", shequ_row_get_text (figure->item, "code"), period,
                          shequ_row_get_text (figure->item, "responsible"),
                          figure->reason != NULL ? " · " : "", figure->reason != NULL ? figure->reason : "");
}

/* As it is exported, with commas and what it is counted in; a small number stays hidden. */
static char *
format_value (const ShequBaseFigure *figure)
{
  const char *unit = shequ_row_get_text (figure->item, "measure_unit");
  const char *point = strchr (figure->text, '.');
  g_autofree char *number = NULL;

  if (figure->state != SHEQU_BASE_VALUE)
    return g_strdup (figure->text);
  number = g_ascii_isdigit (*figure->text)
             ? shequ_number_to_text (figure->value, point != NULL ? (guint) strlen (point + 1) : 0)
             : g_strdup (figure->text);
  return unit != NULL ? g_strdup_printf ("%s %s", number, unit) : g_steal_pointer (&number);
}

static GtkWidget *
new_row (ShequBaseFigure *figure)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *value = format_value (figure);
  g_autofree char *title = g_markup_escape_text (shequ_row_get_text (figure->item, "item"), -1);
  g_autofree char *detail = describe (figure);
  g_autofree char *markup = g_markup_escape_text (detail, -1);
  g_autofree char *spoken = g_strdup_printf ("%s %s", shequ_row_get_text (figure->item, "item"), value);
  GtkWidget *label = gtk_label_new (value);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  gtk_widget_set_tooltip_text (row, shequ_row_get_text (figure->item, "definition"));
  gtk_widget_add_css_class (label, figure->state == SHEQU_BASE_VALUE ? "title-4" : "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (figure->reg != NULL)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect (row, "activated", G_CALLBACK (open_behind), figure);
    }
  return row;
}

/* Items of one object and class stand together; the object is said once for each class. */
static GtkWidget *
new_group (ShequBasePage *self, const ShequBaseFigure *first)
{
  const char *class_name = shequ_row_get_text (first->item, "class");
  guint filled, all;
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title =
    g_markup_printf_escaped ("%s › %s", shequ_row_get_text (first->item, "object"), class_name);
  g_autofree char *rate = NULL;

  shequ_base_data_count (self->figures, class_name, &filled, &all);
  rate = g_strdup_printf (_ ("%u of %u filled"), filled, all);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), rate);
  return group;
}

static GtkWidget *
new_kind (ShequBasePage *self, const char *kind)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *group = NULL;
  const char *shown = NULL;

  for (guint i = 0; i < self->figures->len; i++)
    {
      ShequBaseFigure *figure = g_ptr_array_index (self->figures, i);
      const char *class_name = shequ_row_get_text (figure->item, "class");

      if (g_strcmp0 (shequ_row_get_text (figure->item, "level1"), kind) != 0)
        continue;
      if (g_strcmp0 (shown, class_name) != 0)
        {
          group = new_group (self, figure);
          gtk_box_append (GTK_BOX (box), group);
          shown = class_name;
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (figure));
    }
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 800);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
show_figures (ShequBasePage *self)
{
  const ShequRegister *reg =
    shequ_office_get_register (shequ_page_get_office (SHEQU_PAGE (self)), "base_item");
  const ShequField *level = shequ_register_lookup (reg, "level1");
  g_autofree char *visible = g_strdup (gtk_stack_get_visible_child_name (self->stack));
  g_autofree char *text = NULL;
  guint filled, all;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->stack))) != NULL)
    gtk_stack_remove (self->stack, child);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const ShequCode *code = shequ_code_list_lookup (level->codes, kinds[i]);

      gtk_stack_add_titled (self->stack, new_kind (self, kinds[i]), kinds[i], code->label);
    }
  gtk_stack_set_visible_child_name (self->stack, visible != NULL ? visible : "community");
  shequ_base_data_count (self->figures, NULL, &filled, &all);
  text = g_strdup_printf (_ ("%s · %u of %u items have a value (%u %%)"), self->day, filled, all,
                          all > 0 ? filled * 100 / all : 0);
  gtk_label_set_text (self->summary, text);
  shequ_page_set_actions (SHEQU_PAGE (self), SHEQU_PAGE_CAN_EXPORT);
}

typedef struct
{
  ShequBasePage *page;
  char *day;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_object_unref (ask->page);
  g_free (ask->day);
  g_free (ask);
}

typedef struct
{
  ShequBasePage *page;
  double share;
} Step;

static void
step_free (gpointer data)
{
  g_object_unref (((Step *) data)->page);
  g_free (data);
}

static gboolean
show_step (gpointer data)
{
  const Step *step = data;

  if (step->page->progress != NULL)
    gtk_progress_bar_set_fraction (step->page->progress, step->share);
  return G_SOURCE_REMOVE;
}

static void
tell (guint done, guint total, gpointer user_data)
{
  Step *step;

  if (done % 10 != 0)
    return;
  step = g_new0 (Step, 1);
  step->page = g_object_ref (((const Ask *) user_data)->page);
  step->share = (double) done / MAX (1, total);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, show_step, step, step_free);
}

static gpointer
ask_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *ask = data;

  return shequ_base_data_compute (office, 0, ask->day, tell, ask, cancellable, error);
}

static void
answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequBasePage) self = user_data;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *figures = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (self->progress == NULL)
    {
      g_clear_pointer (&figures, g_ptr_array_unref);
      return;
    }
  if (figures == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        shequ_feedback_show_error (GTK_WIDGET (self), _ ("The base data could not be computed."), error);
      return;
    }
  gtk_widget_hide (GTK_WIDGET (self->progress));
  /* The rows of the page hold on to the old ones until they are gone. */
  before = g_steal_pointer (&self->figures);
  self->figures = figures;
  show_figures (self);
}

static void
ask (ShequBasePage *self)
{
  Ask *data = g_new0 (Ask, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  data->page = g_object_ref (self);
  data->day = g_strdup (self->day);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_show (GTK_WIDGET (self->progress));
  shequ_office_run_async (shequ_page_get_office (SHEQU_PAGE (self)), ask_in_thread, data, ask_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, answered,
                          g_object_ref (self));
}

static void
day_typed (ShequBasePage *self)
{
  g_autofree char *today = shequ_office_get_today (shequ_page_get_office (SHEQU_PAGE (self)));
  ShequDate date;
  char day[SHEQU_DATE_TEXT_SIZE];

  if (!shequ_date_from_iso (gtk_editable_get_text (self->day_entry), &date))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->day_entry), "error");
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->day_entry), "error");
  shequ_date_to_iso (&date, day);
  g_free (self->day);
  self->day = g_strdup (strcmp (day, today) > 0 ? today : day);
  gtk_editable_set_text (self->day_entry, self->day);
  ask (self);
}

static void
write_file (GtkNativeDialog *dialog, int response, ShequBasePage *self)
{
  ShequOffice *office = shequ_page_get_office (SHEQU_PAGE (self));
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *title = g_strdup_printf ("%s %s", shequ_office_get_name (office), self->day);
  g_autoptr (GError) error = NULL;

  g_object_unref (dialog);
  if (path == NULL || self->figures == NULL)
    return;
  if (shequ_base_file_write (self->figures, title, path, g_str_has_suffix (path, ".csv") ? "csv" : "xlsx",
                             &error))
    shequ_feedback_say (GTK_WIDGET (self), _ ("The base data is exported"));
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The base data was not exported."), error);
}

static void export(ShequBasePage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *name = g_strdup_printf ("%s-%s.xlsx", _ ("Base data"), self->day);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Export the base data"), window, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (write_file), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
shequ_base_page_perform (ShequPage *page, ShequPageActions action)
{
  if (action == SHEQU_PAGE_CAN_EXPORT && SHEQU_BASE_PAGE (page)->figures != NULL)
    export(SHEQU_BASE_PAGE (page));
}

/* Computed when it is first looked at, not when the program starts. */
static void
shequ_base_page_shown (ShequPage *page)
{
  ShequBasePage *self = SHEQU_BASE_PAGE (page);

  if (!self->asked)
    ask (self);
  self->asked = TRUE;
}

static GtkWidget *
new_head (ShequBasePage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Day"));
  GtkWidget *refresh = gtk_button_new_with_mnemonic (_ ("_Compute"));

  self->day_entry = GTK_EDITABLE (entry);
  gtk_editable_set_width_chars (self->day_entry, 10);
  gtk_editable_set_text (self->day_entry, self->day);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL,
                                  -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (day_typed), self);
  g_signal_connect_swapped (refresh, "clicked", G_CALLBACK (day_typed), self);
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  gtk_label_set_xalign (self->summary, 1);
  gtk_label_set_ellipsize (self->summary, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), entry);
  gtk_box_append (GTK_BOX (head), refresh);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->summary));
  gtk_widget_add_css_class (head, "toolbar");
  return head;
}

static void
shequ_base_page_constructed (GObject *object)
{
  ShequBasePage *self = SHEQU_BASE_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *switcher = gtk_stack_switcher_new ();

  G_OBJECT_CLASS (shequ_base_page_parent_class)->constructed (object);
  self->day = shequ_office_get_today (shequ_page_get_office (SHEQU_PAGE (self)));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Being computed"), -1);
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
shequ_base_page_dispose (GObject *object)
{
  ShequBasePage *self = SHEQU_BASE_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  self->progress = NULL;
  g_clear_object (&self->cancellable);
  /* They point into the descriptions of the office, which goes with the page. */
  g_clear_pointer (&self->figures, g_ptr_array_unref);
  G_OBJECT_CLASS (shequ_base_page_parent_class)->dispose (object);
}

static void
shequ_base_page_finalize (GObject *object)
{
  ShequBasePage *self = SHEQU_BASE_PAGE (object);

  g_free (self->day);
  G_OBJECT_CLASS (shequ_base_page_parent_class)->finalize (object);
}

static void
shequ_base_page_class_init (ShequBasePageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  ShequPageClass *page_class = SHEQU_PAGE_CLASS (class);

  object_class->constructed = shequ_base_page_constructed;
  object_class->dispose = shequ_base_page_dispose;
  object_class->finalize = shequ_base_page_finalize;
  page_class->shown = shequ_base_page_shown;
  page_class->perform = shequ_base_page_perform;
}

static void
shequ_base_page_init (ShequBasePage *self)
{
}
