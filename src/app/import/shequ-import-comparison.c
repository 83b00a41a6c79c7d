#include "shequ-import-comparison.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-event-dialog.h"
#include "shequ-feedback.h"

/* What a person looks through on the screen; the rest is in the spreadsheet. */
#define MOST_SHOWN 200

static void
ticked (GtkCheckButton *check, GParamSpec *spec, gboolean *accepted)
{
  *accepted = gtk_check_button_get_active (check);
}

/* The differences live as long as the job, which the page keeps while they are shown. */
static GtkWidget *
new_tick (const char *name, gboolean *accepted)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), *accepted);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (check, "notify::active", G_CALLBACK (ticked), accepted);
  return check;
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  return row;
}

static void
add_tick (GtkWidget *row, GtkWidget *group, gboolean *accepted)
{
  GtkWidget *check = new_tick (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), accepted);
  GPtrArray *all = g_object_get_data (G_OBJECT (group), "ticks");

  g_ptr_array_add (all, check);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
}

static void
add_changed (GtkWidget *group, ShequDifference *difference)
{
  for (guint i = 0; i < difference->fields->len; i++)
    {
      ShequFieldDifference *field = difference->fields->pdata[i];
      g_autofree char *title = g_strdup_printf ("%s · %s", difference->title, field->field->label);
      g_autofree char *change =
        g_strdup_printf ("%s → %s", *field->before != '\0' ? field->before : _ ("(nothing)"), field->after);
      GtkWidget *row = new_row (title, change);

      add_tick (row, group, &field->accepted);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}

static void
open_record (GtkWidget *button, gpointer reg)
{
  gint64 key = *(gint64 *) g_object_get_data (G_OBJECT (button), "key");

  gtk_widget_activate_action (button, "win.open-record", "(sx)", ((const ShequRegister *) reg)->name, key);
}

/* Who left can be said of residents only. */
static gboolean
may_leave (const ShequRegister *reg)
{
  return g_str_equal (reg->name, "resident");
}

static void
add_missing (GtkWidget *group, const ShequRegister *reg, ShequDifference *difference)
{
  GtkWidget *row = new_row (difference->title, difference->detail);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Open"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "key", g_memdup2 (&difference->key, sizeof difference->key),
                          g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (open_record), (gpointer) reg);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  if (may_leave (reg))
    add_tick (row, group, &difference->accepted);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_one (GtkWidget *group, const ShequRegister *reg, ShequDifference *difference)
{
  g_autofree char *place = g_strdup_printf (_ ("Row %u"), difference->row);
  GtkWidget *row;

  switch (difference->kind)
    {
    case SHEQU_DIFFERENCE_CHANGED:
      add_changed (group, difference);
      break;
    case SHEQU_DIFFERENCE_MISSING:
      add_missing (group, reg, difference);
      break;
    case SHEQU_DIFFERENCE_ADDED:
      row = new_row (difference->title, place);
      add_tick (row, group, &difference->accepted);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      break;
    case SHEQU_DIFFERENCE_REFUSED:
    default:
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (place, difference->detail));
    }
}

/* All of one kind; those that are not shown follow, too. */
static void
tick_all (GtkCheckButton *all, GParamSpec *spec, ShequComparison *comparison)
{
  GPtrArray *ticks = g_object_get_data (G_OBJECT (all), "ticks");
  ShequDifferenceKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (all), "kind"));
  gboolean active = gtk_check_button_get_active (all);

  for (guint i = 0; i < comparison->differences->len; i++)
    {
      ShequDifference *difference = comparison->differences->pdata[i];

      if (difference->kind != kind)
        continue;
      difference->accepted = active;
      for (guint k = 0; difference->fields != NULL && k < difference->fields->len; k++)
        ((ShequFieldDifference *) difference->fields->pdata[k])->accepted = active;
    }
  for (guint i = 0; i < ticks->len; i++)
    gtk_check_button_set_active (ticks->pdata[i], active);
}

static GtkWidget *
new_all_tick (ShequComparison *comparison, ShequDifferenceKind kind, GPtrArray *ticks)
{
  GtkWidget *all = gtk_check_button_new_with_label (_ ("All"));

  /* Who is missing may well be there: each departure is somebody's decision. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (all), kind != SHEQU_DIFFERENCE_MISSING);
  g_object_set_data_full (G_OBJECT (all), "ticks", g_ptr_array_ref (ticks),
                          (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data (G_OBJECT (all), "kind", GUINT_TO_POINTER (kind));
  g_signal_connect (all, "notify::active", G_CALLBACK (tick_all), comparison);
  return all;
}

/* What is recorded of those who are missing. */
typedef struct
{
  ShequOffice *office;
  ShequComparison *comparison;
} Leaving;

static void
leaving_free (gpointer data, GClosure *closure)
{
  Leaving *leaving = data;

  g_object_unref (leaving->office);
  g_free (leaving);
}

static GArray *
list_leaving (const ShequComparison *comparison)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const ShequDifference *difference = comparison->differences->pdata[i];

      if (difference->kind == SHEQU_DIFFERENCE_MISSING && difference->accepted)
        g_array_append_val (keys, difference->key);
    }
  return keys;
}

/* Who has left is not offered again: their ticks go, and so does the choice. */
static void
departed (GtkWidget *button, gpointer data)
{
  ShequComparison *comparison = data;
  GPtrArray *ticks = g_object_get_data (G_OBJECT (button), "ticks");

  for (guint i = 0; i < ticks->len; i++)
    {
      GtkCheckButton *tick = ticks->pdata[i];

      if (!gtk_check_button_get_active (tick))
        continue;
      gtk_check_button_set_active (tick, FALSE);
      gtk_widget_set_sensitive (GTK_WIDGET (tick), FALSE);
    }
  for (guint i = 0; i < comparison->differences->len; i++)
    {
      ShequDifference *difference = comparison->differences->pdata[i];

      if (difference->kind == SHEQU_DIFFERENCE_MISSING)
        difference->accepted = FALSE;
    }
}

static void
record_departures (GtkWidget *button, Leaving *leaving)
{
  g_autoptr (GArray) keys = list_leaving (leaving->comparison);

  if (keys->len == 0)
    shequ_feedback_say (button, _ ("Tick first who has left"));
  else
    shequ_event_dialog_present_departures (button, leaving->office, keys, departed, leaving->comparison);
}

static GtkWidget *
new_leave_button (ShequOffice *office, ShequComparison *comparison, GPtrArray *ticks)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Record _departure…"));
  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->office = g_object_ref (office);
  leaving->comparison = comparison;
  g_object_set_data_full (G_OBJECT (button), "ticks", g_ptr_array_ref (ticks),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_data (button, "clicked", G_CALLBACK (record_departures), leaving, leaving_free, 0);
  return button;
}

static const char *
get_help (ShequDifferenceKind kind)
{
  switch (kind)
    {
    case SHEQU_DIFFERENCE_ADDED:
      return _ ("Nobody in the register is this person; what is ticked is added.");
    case SHEQU_DIFFERENCE_CHANGED:
      return _ ("The register → the file; what is ticked is taken over.");
    case SHEQU_DIFFERENCE_MISSING:
      return _ ("They stay in the register. Tick those who have left, and record it.");
    case SHEQU_DIFFERENCE_REFUSED:
    default:
      return _ ("Correct these rows in the file and compare again.");
    }
}

static GtkWidget *
new_group (ShequOffice *office,
           ShequComparison *comparison,
           const ShequRegister *reg,
           ShequDifferenceKind kind)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GPtrArray) ticks = g_ptr_array_new ();
  g_autofree char *title =
    g_strdup_printf ("%s (%u)", shequ_difference_kind_get_label (kind), comparison->counts[kind]);
  guint n = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), get_help (kind));
  g_object_set_data_full (G_OBJECT (group), "ticks", g_ptr_array_ref (ticks),
                          (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < comparison->differences->len && n < MOST_SHOWN; i++)
    {
      ShequDifference *difference = comparison->differences->pdata[i];

      if (difference->kind == kind)
        {
          add_one (group, reg, difference);
          n++;
        }
    }
  if (kind == SHEQU_DIFFERENCE_ADDED || kind == SHEQU_DIFFERENCE_CHANGED)
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group),
                                             new_all_tick (comparison, kind, ticks));
  if (kind == SHEQU_DIFFERENCE_MISSING && may_leave (reg))
    {
      GtkWidget *suffix = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

      gtk_box_append (GTK_BOX (suffix), new_leave_button (office, comparison, ticks));
      gtk_box_append (GTK_BOX (suffix), new_all_tick (comparison, kind, ticks));
      gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), suffix);
    }
  if (comparison->counts[kind] > n)
    {
      g_autofree char *rest = g_strdup_printf (_ ("and %u more, in the spreadsheet of the comparison"),
                                               comparison->counts[kind] - n);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (rest, NULL));
    }
  return group;
}

static GtkWidget *
new_heading (const ShequComparison *comparison)
{
  g_autofree char *text =
    g_strdup_printf (comparison->differences->len > 0
                       ? _ ("Nothing is stored yet. %u rows were read, %u are the same in the register.")
                       : _ ("%u rows were read, %u are the same in the register: there is nothing to store."),
                     comparison->read, comparison->unchanged);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

/**
 * shequ_import_comparison_new:
 * @job: a job that has compared
 * @office: where it compared
 *
 * Returns: (transfer floating): what is different, field by field, to be ticked
 */
GtkWidget *
shequ_import_comparison_new (ShequImportJob *job, ShequOffice *office)
{
  static const ShequDifferenceKind order[] = { SHEQU_DIFFERENCE_CHANGED, SHEQU_DIFFERENCE_ADDED,
                                               SHEQU_DIFFERENCE_MISSING, SHEQU_DIFFERENCE_REFUSED };
  ShequComparison *comparison = shequ_import_job_get_comparison (job);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();

  gtk_box_append (GTK_BOX (box), new_heading (comparison));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (comparison->counts[order[i]] > 0)
      gtk_box_append (GTK_BOX (box),
                      new_group (office, comparison, shequ_import_job_get_register (job), order[i]));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  return clamp;
}
