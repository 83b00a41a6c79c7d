#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "shequ-actions.h"
#include "shequ-change-log.h"
#include "shequ-chooser.h"
#include "shequ-field-editor.h"
#include "shequ-pages.h"
#include "shequ-record-browser.h"
#include "shequ-record-form.h"
#include "shequ-record-selection.h"

typedef struct
{
  char *folder;
  ShequOffice *office;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autofree char *plate = g_test_build_filename (G_TEST_DIST, "registers", "plate.ini", NULL);
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  /* One register that no C knows. */
  g_assert_true (g_file_get_contents (plate, &text, NULL, &error));
  g_assert_true (shequ_catalogue_add_text (catalogue, "plate.ini", text, &error));
  g_assert_true (shequ_catalogue_resolve (catalogue, &error));
  fixture->folder = g_dir_make_tmp ("shequ-widgets-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->office =
    shequ_office_create (path, catalogue, "幸福里社区", SHEQU_LEVEL_COMMUNITY, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
}

static void
spin (void)
{
  for (guint i = 0; i < 30; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "office.db", "office.db-wal", "office.db-shm" };

  spin ();
  g_assert_finalize_object (fixture->office);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static gboolean
is_typed (const ShequField *field)
{
  return shequ_field_is_stored (field) && !field->hidden && !field->read_only;
}

/* Finds a widget of a type below another; `title` is that of a row. */
static GtkWidget *
find_widget (GtkWidget *parent, GType type, const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type) &&
          (title == NULL ||
           g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title)))
        return child;
      found = find_widget (child, type, title);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What a person could have typed for each kind. */
static const char *const samples[] = {
  [SHEQU_FIELD_TEXT] = "甲乙",
  [SHEQU_FIELD_LONG_TEXT] = "第一行\n第二行",
  [SHEQU_FIELD_MONEY] = "1234.50",
  [SHEQU_FIELD_DATE] = "2020-02-29",
  [SHEQU_FIELD_TIME] = "08:30",
  [SHEQU_FIELD_MOMENT] = "2020-02-29 08:30",
  [SHEQU_FIELD_YES_NO] = "是",
  [SHEQU_FIELD_ID_NUMBER] = "11010519491231002X",
  [SHEQU_FIELD_CREDIT_CODE] = "91350100M000100Y43",
  [SHEQU_FIELD_PHONE] = "13800138000",
  [SHEQU_FIELD_PICTURE] = "/9j//9k=",
};

static void
make_sample (const ShequField *field, ShequValue *value)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  if (field->kind == SHEQU_FIELD_LINK)
    shequ_value_set_integer (value, 7);
  else if (field->kind == SHEQU_FIELD_INTEGER)
    shequ_value_set_integer (value, field->has_at_least && field->at_least > 12 ? field->at_least
                                    : field->has_at_most && field->at_most < 12 ? field->at_most
                                                                                : 12);
  else if (field->kind == SHEQU_FIELD_CODE)
    shequ_value_set_text (value, ((const ShequCode *) g_ptr_array_index (field->codes->codes, 0))->code);
  else if (!shequ_field_parse (field, samples[field->kind], "2026-11-22", value, issues))
    g_error ("%s.%s refuses its sample", field->owner->name, field->name);
}

/* Each field of each register gives back what was put in, and is empty after nothing was. */
static void
test_editors (Fixture *fixture, gconstpointer data)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (fixture->office));

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = g_ptr_array_index (registers, i);

      for (guint j = 0; j < reg->fields->len; j++)
        {
          const ShequField *field = g_ptr_array_index (reg->fields, j);
          g_autoptr (ShequFieldEditor) editor = NULL;
          g_autoptr (GPtrArray) issues = shequ_issues_new ();
          g_auto (ShequValue) sample = SHEQU_VALUE_INIT;
          g_auto (ShequValue) nothing = SHEQU_VALUE_INIT;
          g_auto (ShequValue) back = SHEQU_VALUE_INIT;

          if (!is_typed (field))
            continue;
          g_test_message ("%s.%s", reg->name, field->name);
          editor = shequ_field_editor_new (fixture->office, field);
          g_assert_true (ADW_IS_PREFERENCES_ROW (shequ_field_editor_get_row (editor)));
          g_assert_true (g_str_has_prefix (
            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (shequ_field_editor_get_row (editor))),
            field->label));
          make_sample (field, &sample);
          shequ_field_editor_set_value (editor, &sample, "甲");
          g_assert_true (shequ_field_editor_get_value (editor, &back, issues));
          g_assert_true (shequ_value_equal (&sample, &back));
          shequ_field_editor_set_value (editor, &nothing, NULL);
          shequ_value_clear (&back);
          shequ_field_editor_get_value (editor, &back, issues);
          /* A switch knows only yes and no. */
          g_assert_true (shequ_value_is_null (&back) ||
                         (field->kind == SHEQU_FIELD_YES_NO && back.integer == 0));
        }
    }
}

/* List, details and form of every register, from its description alone. */
static void
test_registers (Fixture *fixture, gconstpointer data)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (fixture->office));

  g_assert_cmpuint (registers->len, >, 10);
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = g_ptr_array_index (registers, i);
      GtkWidget *window = gtk_window_new ();
      ShequRecordBrowser *browser = shequ_record_browser_new (fixture->office, reg);
      const ShequList *list = shequ_record_view_get_list (shequ_record_browser_get_view (browser));
      GtkWidget *view;

      g_test_message ("%s", reg->name);
      gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (browser));
      view = find_widget (GTK_WIDGET (browser), GTK_TYPE_COLUMN_VIEW, NULL);
      g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (GTK_COLUMN_VIEW (view))), ==,
                        list->columns->len);
      g_assert_cmpint ((shequ_record_browser_get_actions (browser) & SHEQU_PAGE_CAN_CREATE) != 0, ==,
                       !reg->fixed);
      if (!reg->fixed)
        shequ_record_browser_perform (browser, SHEQU_PAGE_CAN_CREATE);
      gtk_widget_show (window);
      spin ();
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
took_row (ShequRecordForm *form, const ShequRow *row, gpointer data)
{
  *(ShequRow **) data = shequ_row_copy (row);
}

/* What is wrong is said below the row; what fits is stored. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  const ShequField *name = shequ_register_lookup (reg, "name"),
                   *number = shequ_register_lookup (reg, "id_number");
  ShequRecordForm *form = g_object_ref_sink (shequ_record_form_new (fixture->office, reg));
  GtkWidget *name_row = find_widget (GTK_WIDGET (form), ADW_TYPE_ENTRY_ROW, name->label);
  GtkWidget *number_row = find_widget (GTK_WIDGET (form), ADW_TYPE_ENTRY_ROW, number->label);
  g_autoptr (ShequRow) stored = NULL;

  g_signal_connect (form, "saved", G_CALLBACK (took_row), &stored);
  g_assert_false (shequ_record_form_get_changed (form));
  g_assert_false (gtk_widget_has_css_class (name_row, "error"));

  shequ_record_form_save (form);
  spin ();
  g_assert_null (stored);
  g_assert_true (gtk_widget_has_css_class (name_row, "error"));

  gtk_editable_set_text (GTK_EDITABLE (name_row), "王小明");
  g_assert_true (shequ_record_form_get_changed (form));
  g_assert_false (gtk_widget_has_css_class (name_row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (number_row), "110105194912310021");
  g_assert_true (gtk_widget_has_css_class (number_row, "error"));
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_next_sibling (number_row)));
  gtk_editable_set_text (GTK_EDITABLE (number_row), "11010519491231002X");
  g_assert_false (gtk_widget_has_css_class (number_row, "error"));

  shequ_record_form_save (form);
  for (guint i = 0; i < 100 && stored == NULL; i++)
    spin ();
  g_assert_nonnull (stored);
  g_assert_false (shequ_record_form_get_changed (form));
  g_assert_cmpstr (shequ_row_get_text (stored, "name"), ==, "王小明");
  /* What follows from the number was shown and stored. */
  g_assert_cmpstr (shequ_row_get_text (stored, "birth_date"), ==, "1949-12-31");
  g_object_unref (form);
}

static void
count_changes (GtkSelectionModel *model, guint position, guint n_items, guint *n_changes)
{
  *n_changes += 1;
}

static void
test_selection (void)
{
  g_autoptr (GtkStringList) list =
    gtk_string_list_new ((const char *const[]){ "a", "b", "c", "d", "e", NULL });
  g_autoptr (ShequRecordSelection) selection = shequ_record_selection_new (G_LIST_MODEL (list));
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  g_autoptr (GtkBitset) selected = NULL;
  guint n_changes = 0;

  g_signal_connect (model, "selection-changed", G_CALLBACK (count_changes), &n_changes);
  gtk_selection_model_select_item (model, 3, TRUE);
  g_assert_true (gtk_selection_model_is_selected (model, 3));
  gtk_selection_model_select_item (model, 3, TRUE);
  g_assert_cmpuint (n_changes, ==, 1);
  gtk_string_list_remove (list, 0);
  g_assert_true (gtk_selection_model_is_selected (model, 2));
  g_assert_false (gtk_selection_model_is_selected (model, 3));
  gtk_selection_model_select_all (model);
  selected = gtk_selection_model_get_selection (model);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 4);
  gtk_selection_model_unselect_range (model, 1, 2);
  g_assert_false (gtk_selection_model_is_selected (model, 2));
  g_assert_true (gtk_selection_model_is_selected (model, 3));
}

static void
test_change_log (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autofree char *changed =
    shequ_change_log_describe (fixture->office, reg, "{\"name\":[\"王小明\",\"王晓明\"],\"unknown\":[1,2]}");
  g_autofree char *created = shequ_change_log_describe (fixture->office, reg, "{\"workplace\":\"学校\"}");
  g_autofree char *broken = shequ_change_log_describe (fixture->office, reg, "{");

  g_assert_nonnull (strstr (changed, "王小明 → 王晓明"));
  g_assert_null (strchr (changed, '\n'));
  g_assert_nonnull (strstr (created, "学校"));
  g_assert_cmpstr (broken, ==, "");
}

typedef struct
{
  ShequChooser *chooser;
  char *typed;
  char *chosen;
} Choosing;

/* The answer is what was typed, and comes only when the main loop runs. */
static gboolean
answer (gpointer data)
{
  Choosing *choosing = data;
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (choices, shequ_choice_new_code (choosing->typed, choosing->typed));
  shequ_chooser_set_choices (choosing->chooser, choices);
  return G_SOURCE_REMOVE;
}

static void
search_later (ShequChooser *chooser, const char *typed, Choosing *choosing)
{
  g_free (choosing->typed);
  choosing->typed = g_strdup (typed);
  g_idle_add (answer, choosing);
}

static void
keep_choice (ShequChooser *chooser, ShequChoice *choice, Choosing *choosing)
{
  g_assert_null (choosing->chosen);
  choosing->chosen = g_strdup (shequ_choice_get_code (choice));
}

/* Who types fast and presses Enter gets what was typed, not what an older answer offers. */
static void
test_fast_enter (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_search_entry_new ();
  Choosing choosing = { .chooser = shequ_chooser_new () };

  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (choosing.chooser));
  gtk_window_set_child (GTK_WINDOW (window), box);
  shequ_chooser_set_entry (choosing.chooser, GTK_SEARCH_ENTRY (entry));
  g_signal_connect (choosing.chooser, "search", G_CALLBACK (search_later), &choosing);
  g_signal_connect (choosing.chooser, "chosen", G_CALLBACK (keep_choice), &choosing);
  shequ_chooser_search (choosing.chooser);
  spin ();
  gtk_editable_set_text (GTK_EDITABLE (entry), "户主");
  g_signal_emit_by_name (entry, "activate");
  g_assert_null (choosing.chosen);
  for (guint i = 0; i < 10; i++)
    spin ();
  g_assert_cmpstr (choosing.chosen, ==, "户主");
  g_clear_pointer (&choosing.chosen, g_free);
  /* With the answer there it is taken at once. */
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (choosing.chosen, ==, "户主");
  gtk_window_destroy (GTK_WINDOW (window));
  g_free (choosing.chosen);
  g_free (choosing.typed);
}

/* No key is given twice, every page has one that exists. */
static void
test_keys (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_keys;
  const ShequActionKey *keys = shequ_actions_get_keys (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    {
      for (guint j = 0; keys[i].accelerators[j] != NULL; j++)
        {
          guint key;
          GdkModifierType modifiers;

          g_assert_true (gtk_accelerator_parse (keys[i].accelerators[j], &key, &modifiers));
          g_assert_true (g_hash_table_add (seen, (gpointer) keys[i].accelerators[j]));
        }
      if (g_str_has_prefix (keys[i].name, "win.page::"))
        g_assert_nonnull (shequ_pages_lookup (keys[i].name + strlen ("win.page::")));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/widgets/editors", Fixture, NULL, set_up, test_editors, tear_down);
  g_test_add ("/widgets/registers", Fixture, NULL, set_up, test_registers, tear_down);
  g_test_add ("/widgets/form", Fixture, NULL, set_up, test_form, tear_down);
  g_test_add_func ("/widgets/selection", test_selection);
  g_test_add ("/widgets/change-log", Fixture, NULL, set_up, test_change_log, tear_down);
  g_test_add_func ("/widgets/keys", test_keys);
  g_test_add_func ("/widgets/fast-enter", test_fast_enter);
  return g_test_run ();
}
