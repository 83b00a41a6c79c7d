#include "shequ-event-dialog.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-field-editor.h"

#define STATUS_GONE "9"

/* What may be asked; which kind asks for what stands in `asked`. */
enum
{
  DAY,
  NAME,
  ID_NUMBER,
  SEX,
  BIRTH_DATE,
  HOUSEHOLD,
  ADDRESS,
  RELATION,
  PLACE,
  REASON,
  N_EDITORS,
};

static const struct
{
  const char *reg;
  const char *field;
  const char *title; /* (nullable): where the field's own would not do */
} editor_fields[N_EDITORS] = {
  [DAY] = { "resident_event", "happened_on", NULL },
  [NAME] = { "resident", "name", NULL },
  [ID_NUMBER] = { "resident", "id_number", NULL },
  [SEX] = { "resident", "sex", NULL },
  [BIRTH_DATE] = { "resident", "birth_date", NULL },
  [HOUSEHOLD] = { "resident", "household", N_ ("Into the household") },
  [ADDRESS] = { "household", "address", N_ ("Or address of a new household") },
  [RELATION] = { "resident", "relation", NULL },
  [PLACE] = { "resident_event", "place", NULL },
  [REASON] = { "resident_event", "reason", NULL },
};

#define ASKS(editor) (1u << (editor))

static const struct
{
  guint editors;
  gboolean members;  /* others of the household go along */
  gboolean new_head; /* somebody may have to be head of those who stay */
  const char *hukou; /* (nullable): what is asked of the household registration */
} asked[] = {
  [SHEQU_EVENT_BIRTH] = { ASKS (DAY) | ASKS (NAME) | ASKS (SEX) | ASKS (ID_NUMBER) | ASKS (RELATION), FALSE,
                          FALSE, NULL },
  [SHEQU_EVENT_DEATH] = { ASKS (DAY) | ASKS (REASON), FALSE, TRUE, NULL },
  [SHEQU_EVENT_ARRIVAL] = { ASKS (DAY) | ASKS (NAME) | ASKS (SEX) | ASKS (ID_NUMBER) | ASKS (BIRTH_DATE) |
                              ASKS (RELATION) | ASKS (PLACE) | ASKS (REASON),
                            FALSE, FALSE, N_ ("The household registration comes along") },
  [SHEQU_EVENT_DEPARTURE] = { ASKS (DAY) | ASKS (PLACE) | ASKS (REASON), TRUE, TRUE,
                              N_ ("The household registration goes along") },
  [SHEQU_EVENT_MOVE] = { ASKS (DAY) | ASKS (HOUSEHOLD) | ASKS (ADDRESS) | ASKS (RELATION) | ASKS (REASON),
                         TRUE, TRUE, NULL },
  [SHEQU_EVENT_SPLIT] = { ASKS (DAY) | ASKS (ADDRESS) | ASKS (REASON), TRUE, TRUE, NULL },
  [SHEQU_EVENT_UNION] = { ASKS (DAY) | ASKS (HOUSEHOLD) | ASKS (RELATION) | ASKS (REASON), FALSE, FALSE,
                          NULL },
};

/* Who had left comes back: whom it concerns is known, where to is asked. */
#define ASKED_OF_RETURN (ASKS (DAY) | ASKS (HOUSEHOLD) | ASKS (ADDRESS) | ASKS (RELATION) | ASKS (PLACE))

typedef struct
{
  gint64 key;
  GtkCheckButton *goes; /* (nullable) */
} Member;

/* A dialog that is open, freed with it. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *asker;
  ShequOffice *office;
  ShequEventKind kind;
  ShequRow *resident;
  gboolean returns; /* an arrival of somebody who had left */
  gboolean saving;
  gboolean closed;
  ShequFieldEditor *editors[N_EDITORS]; /* (nullable) each */
  AdwPreferencesGroup *group;
  GtkSwitch *hukou;      /* (nullable) */
  AdwComboRow *new_head; /* (nullable) */
  GArray *members;       /* of Member */
  GArray *many;          /* (nullable) of gint64: residents of several households, in place of @resident */
  ShequEventRecorded recorded; /* (nullable) */
  gpointer recorded_data;
  GtkWidget *save;
  GtkLabel *problem;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  for (guint i = 0; i < N_EDITORS; i++)
    g_clear_object (&dialog->editors[i]);
  g_array_unref (dialog->members);
  g_clear_pointer (&dialog->many, g_array_unref);
  g_clear_pointer (&dialog->resident, shequ_row_free);
  g_object_unref (dialog->asker);
  g_object_unref (dialog->office);
  g_free (dialog);
}

static guint
get_asked (const Dialog *dialog)
{
  return dialog->returns ? ASKED_OF_RETURN : asked[dialog->kind].editors;
}

/* What was typed, as it is stored; %NULL for nothing. Takes what is wrong with it into `issues`. */
static char *
read_text (const Dialog *dialog, guint editor, GPtrArray *issues)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  if (dialog->editors[editor] == NULL)
    return NULL;
  shequ_field_editor_get_value (dialog->editors[editor], &value, issues);
  return value.type == SHEQU_VALUE_TEXT ? g_strdup (value.text) : NULL;
}

static gint64
read_key (const Dialog *dialog, guint editor, GPtrArray *issues)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  if (dialog->editors[editor] == NULL)
    return 0;
  shequ_field_editor_get_value (dialog->editors[editor], &value, issues);
  return value.type == SHEQU_VALUE_INTEGER ? value.integer : 0;
}

static void
set_problem (Dialog *dialog, const char *message)
{
  gtk_label_set_text (dialog->problem, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (dialog->problem), message != NULL);
}

/* Somebody who was not registered: a child, or a new neighbour. */
static ShequRow *
read_person (const Dialog *dialog, GPtrArray *issues)
{
  static const guint editors[] = { NAME, ID_NUMBER, SEX, BIRTH_DATE };
  ShequRow *person =
    shequ_office_new_row (dialog->office, shequ_office_get_register (dialog->office, "resident"));

  for (guint i = 0; i < G_N_ELEMENTS (editors); i++)
    {
      g_autofree char *text = read_text (dialog, editors[i], issues);

      if (text != NULL)
        shequ_row_set_text (person, editor_fields[editors[i]].field, text);
    }
  return person;
}

/* Whom it concerns: the one who was shown, and those who were ticked. */
static GArray *
read_residents (const Dialog *dialog)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (dialog->many != NULL)
    {
      g_array_append_vals (keys, dialog->many->data, dialog->many->len);
      return keys;
    }
  g_array_append_val (keys, dialog->resident->key);
  for (guint i = 0; i < dialog->members->len; i++)
    {
      const Member *member = &g_array_index (dialog->members, Member, i);

      if (member->goes != NULL && gtk_check_button_get_active (member->goes))
        g_array_append_val (keys, member->key);
    }
  return keys;
}

static gint64
read_new_head (const Dialog *dialog)
{
  guint selected = dialog->new_head != NULL ? adw_combo_row_get_selected (dialog->new_head) : 0;

  return selected > 0 && selected <= dialog->members->len
           ? g_array_index (dialog->members, Member, selected - 1).key
           : 0;
}

static void
take_back (ShequOffice *office, gint64 key, GAsyncReadyCallback callback, gpointer user_data)
{
  shequ_events_take_back_async (office, key, NULL, callback, user_data);
}

static char *
describe_whom (const Dialog *dialog)
{
  if (dialog->many == NULL)
    return shequ_row_get_title (dialog->resident);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u resident", "%u residents", dialog->many->len),
                          dialog->many->len);
}

static void
tell (const Dialog *dialog, gint64 key, const GPtrArray *issues)
{
  g_autofree char *name = describe_whom (dialog);
  g_autofree char *doubts = shequ_issues_to_text (issues, SHEQU_ISSUE_WARNING);
  g_autofree char *message =
    /* Translators: what happened, and to whom */
    g_strdup_printf (_ ("%s of %s is recorded"), shequ_event_kind_get_label (dialog->kind), name);
  g_autofree char *text =
    doubts != NULL && *doubts != '\0' ? g_strdup_printf ("%s · %s", message, doubts) : g_strdup (message);

  shequ_feedback_offer_to_take_back (dialog->asker, text, dialog->office, key, take_back,
                                     shequ_events_take_back_finish, _ ("The change was not taken back."));
}

static void
was_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "event");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  gint64 key = shequ_events_record_finish (SHEQU_OFFICE (source), result, &issues, &error);

  dialog->saving = FALSE;
  if (key != 0)
    {
      tell (dialog, key, issues);
      if (dialog->recorded != NULL)
        dialog->recorded (dialog->asker, dialog->recorded_data);
    }
  else if (dialog->closed)
    shequ_feedback_show_error (dialog->asker, _ ("The change was not recorded."), error);
  else
    set_problem (dialog, error->message);
  if (dialog->closed)
    return;
  gtk_widget_set_sensitive (dialog->save, TRUE);
  if (key != 0)
    gtk_window_destroy (GTK_WINDOW (window));
}

static void
save (Dialog *dialog)
{
  gboolean is_new =
    dialog->kind == SHEQU_EVENT_BIRTH || (dialog->kind == SHEQU_EVENT_ARRIVAL && !dialog->returns);
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (GArray) residents = read_residents (dialog);
  g_autoptr (ShequRow) person = is_new ? read_person (dialog, issues) : NULL;
  g_autofree char *day = read_text (dialog, DAY, issues);
  g_autofree char *address = read_text (dialog, ADDRESS, issues);
  g_autofree char *relation = read_text (dialog, RELATION, issues);
  g_autofree char *place = read_text (dialog, PLACE, issues);
  g_autofree char *reason = read_text (dialog, REASON, issues);
  ShequEvent event = { .kind = dialog->kind,
                       .day = day,
                       .residents = (const gint64 *) (gpointer) residents->data,
                       .n_residents = residents->len,
                       .person = person,
                       .household = read_key (dialog, HOUSEHOLD, issues),
                       .address = address,
                       .relation = relation,
                       .new_head = read_new_head (dialog),
                       .choose_heads = dialog->many != NULL,
                       .hukou = dialog->hukou != NULL && gtk_switch_get_active (dialog->hukou),
                       .place = place,
                       .reason = reason };

  if (dialog->kind == SHEQU_EVENT_SPLIT)
    event.head = dialog->resident->key;
  if (is_new && dialog->kind == SHEQU_EVENT_ARRIVAL)
    {
      event.n_residents = 0;
      event.household = shequ_row_get_integer (dialog->resident, "household");
    }
  if (shequ_issues_have_errors (issues))
    {
      g_autofree char *text = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);

      set_problem (dialog, text);
      return;
    }
  if (dialog->saving)
    return;
  dialog->saving = TRUE;
  gtk_widget_set_sensitive (dialog->save, FALSE);
  shequ_events_record_async (dialog->office, &event, NULL, was_recorded, g_object_ref (dialog->window));
}

static void
window_destroyed (Dialog *dialog)
{
  dialog->closed = TRUE;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Dialog *dialog)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  gtk_window_destroy (GTK_WINDOW (dialog->window));
  return TRUE;
}

static void
add_member_rows (Dialog *dialog, const GPtrArray *rows)
{
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("Who goes along"));
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      g_autofree char *name = shequ_row_get_title (row);
      g_autofree char *relation =
        shequ_row_format (row, shequ_register_lookup (row->reg, "relation"), SHEQU_FORMAT_PLAIN);
      GtkWidget *line = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      g_array_index (dialog->members, Member, i).goes = GTK_CHECK_BUTTON (check);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (line), relation);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (ADW_ACTION_ROW (line), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), check);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), line);
    }
  adw_preferences_group_add (dialog->group, expander);
}

static void
add_new_head (Dialog *dialog, const GPtrArray *rows)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  gtk_string_list_append (names, _ ("The head stays"));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *name = shequ_row_get_title (rows->pdata[i]);

      gtk_string_list_append (names, name);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("New head of those who stay"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_object_unref (names);
  dialog->new_head = ADW_COMBO_ROW (row);
  adw_preferences_group_add (dialog->group, row);
}

static void
members_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "event");
  g_autoptr (GPtrArray) rows = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);

  if (rows == NULL || dialog->closed)
    return;
  for (guint i = rows->len; i > 0; i--)
    if (((const ShequRow *) rows->pdata[i - 1])->key == dialog->resident->key)
      g_ptr_array_remove_index (rows, i - 1);
  for (guint i = 0; i < rows->len; i++)
    {
      Member member = { ((const ShequRow *) rows->pdata[i])->key, NULL };

      g_array_append_val (dialog->members, member);
    }
  if (rows->len > 0 && asked[dialog->kind].members)
    add_member_rows (dialog, rows);
  if (rows->len > 0 && asked[dialog->kind].new_head)
    add_new_head (dialog, rows);
}

static gpointer
find_members (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (office, shequ_office_get_register (office, "resident"));
  g_autofree char *condition = g_strdup_printf ("household=%" G_GINT64_FORMAT, *(gint64 *) data);

  if (!shequ_query_add_where (query, condition, error))
    return NULL;
  return shequ_office_get_rows (office, query, cancellable, error);
}

static void
ask_for_members (Dialog *dialog)
{
  gint64 household = dialog->many == NULL ? shequ_row_get_integer (dialog->resident, "household") : 0;

  if (household != 0 && (asked[dialog->kind].members || asked[dialog->kind].new_head))
    shequ_office_run_async (dialog->office, find_members, g_memdup2 (&household, sizeof household), g_free,
                            (GDestroyNotify) g_ptr_array_unref, NULL, members_found,
                            g_object_ref (dialog->window));
}

static void
add_hukou (Dialog *dialog)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  dialog->hukou = GTK_SWITCH (toggle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (asked[dialog->kind].hukou));
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (asked[dialog->kind].hukou), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (dialog->group, row);
}

static GtkWidget *
new_fields (Dialog *dialog)
{
  g_auto (ShequValue) today = SHEQU_VALUE_INIT;

  dialog->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  for (guint i = 0; i < N_EDITORS; i++)
    {
      const ShequRegister *reg = shequ_office_get_register (dialog->office, editor_fields[i].reg);

      if ((get_asked (dialog) & ASKS (i)) == 0)
        continue;
      dialog->editors[i] =
        shequ_field_editor_new (dialog->office, shequ_register_lookup (reg, editor_fields[i].field));
      if (editor_fields[i].title != NULL)
        adw_preferences_row_set_title (ADW_PREFERENCES_ROW (shequ_field_editor_get_row (dialog->editors[i])),
                                       _ (editor_fields[i].title));
      adw_preferences_group_add (dialog->group, shequ_field_editor_get_row (dialog->editors[i]));
    }
  shequ_value_take_text (&today, shequ_office_get_today (dialog->office));
  shequ_field_editor_set_value (dialog->editors[DAY], &today, NULL);
  if (asked[dialog->kind].hukou != NULL)
    add_hukou (dialog);
  return GTK_WIDGET (dialog->group);
}

static GtkWidget *
new_head_bar (Dialog *dialog)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  dialog->save = gtk_button_new_with_mnemonic (_ ("_Record"));
  gtk_widget_add_css_class (dialog->save, "suggested-action");
  g_signal_connect_swapped (dialog->save, "clicked", G_CALLBACK (save), dialog);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), dialog->save);
  return head;
}

static void
build (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  dialog->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (dialog->problem, TRUE);
  gtk_label_set_xalign (dialog->problem, 0);
  gtk_widget_add_css_class (GTK_WIDGET (dialog->problem), "error");
  gtk_widget_hide (GTK_WIDGET (dialog->problem));
  gtk_box_append (GTK_BOX (box), new_head_bar (dialog));
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (dialog->problem));
  gtk_box_append (GTK_BOX (body), new_fields (dialog));
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_widget_set_margin_start (body, 12);
  gtk_widget_set_margin_end (body, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 520);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), body);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), dialog);
  gtk_widget_add_controller (dialog->window, keys);
  adw_window_set_content (ADW_WINDOW (dialog->window), box);
}

static Dialog *
dialog_new (GtkWidget *widget, ShequOffice *office, ShequEventKind kind)
{
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->window = adw_window_new ();
  dialog->asker = g_object_ref (widget);
  dialog->office = g_object_ref (office);
  dialog->kind = kind;
  dialog->members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_object_set_data_full (G_OBJECT (dialog->window), "event", dialog, dialog_free);
  return dialog;
}

static GtkWidget *
present (Dialog *dialog)
{
  GtkRoot *root = gtk_widget_get_root (dialog->asker);
  g_autofree char *name = describe_whom (dialog);
  g_autofree char *title = g_strdup_printf ("%s · %s", shequ_event_kind_get_label (dialog->kind), name);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog->window), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 520, 500);
  gtk_window_set_title (GTK_WINDOW (dialog->window), title);
  g_signal_connect_swapped (dialog->window, "destroy", G_CALLBACK (window_destroyed), dialog);
  build (dialog);
  ask_for_members (dialog);
  gtk_window_present (GTK_WINDOW (dialog->window));
  return dialog->window;
}

/**
 * shequ_event_dialog_present:
 * @widget: who asks, and is told through #ShequFeedback how it ended
 * @office: where it is kept
 * @kind: what happened
 * @resident: to whom: of a birth the mother, of an arrival the one who comes back, or somebody of the
 * household that a new neighbour comes into
 *
 * Asks what has to be known of it and records it, with a way back.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
shequ_event_dialog_present (GtkWidget *widget,
                            ShequOffice *office,
                            ShequEventKind kind,
                            const ShequRow *resident)
{
  Dialog *dialog = dialog_new (widget, office, kind);

  dialog->resident = shequ_row_copy (resident);
  dialog->returns = kind == SHEQU_EVENT_ARRIVAL &&
                    g_strcmp0 (shequ_row_get_text (resident, "residence_status"), STATUS_GONE) == 0;
  return present (dialog);
}

/**
 * shequ_event_dialog_present_departures:
 * @widget: who asks, and is told through #ShequFeedback how it ended
 * @office: where it is kept
 * @residents: (element-type gint64): who left, of whatever households
 * @recorded: (nullable): called when it is recorded
 * @data: for @recorded
 *
 * Asks for the day and the reason and records that they all have left, with one way back.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
shequ_event_dialog_present_departures (GtkWidget *widget,
                                       ShequOffice *office,
                                       const GArray *residents,
                                       ShequEventRecorded recorded,
                                       gpointer data)
{
  Dialog *dialog = dialog_new (widget, office, SHEQU_EVENT_DEPARTURE);

  dialog->many = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (dialog->many, residents->data, residents->len);
  dialog->recorded = recorded;
  dialog->recorded_data = data;
  return present (dialog);
}
