#include "shequ-draft-bar.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-drafts.h"
#include "shequ-time.h"

struct _ShequDraftBar
{
  AdwBin parent_instance;

  ShequOffice *office; /* (nullable): not held; the window lets it go here first */
  ShequDrafts *drafts; /* (nullable) */
  char *reg;           /* of the draft that is shown */
  gint64 key;
  GtkInfoBar *bar;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (ShequDraftBar, shequ_draft_bar, ADW_TYPE_BIN)

static void
hide (ShequDraftBar *self)
{
  gtk_info_bar_set_revealed (self->bar, FALSE);
  gtk_widget_hide (GTK_WIDGET (self->bar));
}

static void
show_draft (ShequDraftBar *self, const ShequDraft *draft, const ShequRegister *reg, guint n_drafts)
{
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;
  gint64 seconds = 0;

  if (shequ_moment_from_utc (draft->moment, &seconds))
    moment = shequ_moment_format (seconds);
  text = g_strdup_printf (n_drafts > 1 ? _ ("What was typed into “%s” on %s was not saved, and more.")
                                       : _ ("What was typed into “%s” on %s was not saved."),
                          reg->label, moment != NULL ? moment : draft->moment);
  g_free (self->reg);
  self->reg = g_strdup (draft->reg);
  self->key = draft->key;
  gtk_label_set_text (self->label, text);
  gtk_widget_show (GTK_WIDGET (self->bar));
  gtk_info_bar_set_revealed (self->bar, TRUE);
}

/* The newest of those whose register is still there. */
static void
show_next (ShequDraftBar *self, ShequOffice *office)
{
  g_autoptr (GPtrArray) drafts = shequ_drafts_list (self->drafts);

  for (guint i = 0; i < drafts->len; i++)
    {
      const ShequDraft *draft = drafts->pdata[i];
      const ShequRegister *reg = shequ_office_get_register (office, draft->reg);

      if (reg != NULL)
        {
          show_draft (self, draft, reg, drafts->len);
          return;
        }
    }
  hide (self);
}

static void
loaded (ShequDraftBar *self)
{
  if (self->office != NULL)
    show_next (self, self->office);
}

/* The form of the record offers it itself. */
static void
continue_clicked (ShequDraftBar *self)
{
  g_autofree char *reg = g_strdup (self->reg);
  gint64 key = self->key;

  hide (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(sx)", reg, key);
  if (key != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit", NULL);
}

static void
discard_clicked (ShequDraftBar *self)
{
  shequ_drafts_drop (self->drafts, self->reg, self->key);
  loaded (self);
}

static void
closed (GtkInfoBar *bar, int response, ShequDraftBar *self)
{
  hide (self);
}

static void
forget (ShequDraftBar *self)
{
  if (self->drafts != NULL)
    g_signal_handlers_disconnect_by_data (self->drafts, self);
  g_clear_object (&self->drafts);
  self->office = NULL;
}

static void
shequ_draft_bar_dispose (GObject *object)
{
  forget (SHEQU_DRAFT_BAR (object));
  g_clear_pointer (&SHEQU_DRAFT_BAR (object)->reg, g_free);
  G_OBJECT_CLASS (shequ_draft_bar_parent_class)->dispose (object);
}

static void
shequ_draft_bar_class_init (ShequDraftBarClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_draft_bar_dispose;
}

static void
shequ_draft_bar_init (ShequDraftBar *self)
{
  GtkWidget *bar = gtk_info_bar_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *go_on = gtk_button_new_with_mnemonic (_ ("_Continue"));
  GtkWidget *discard = gtk_button_new_with_mnemonic (_ ("_Discard it"));

  self->bar = GTK_INFO_BAR (bar);
  self->label = GTK_LABEL (label);
  gtk_info_bar_set_show_close_button (self->bar, TRUE);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (go_on, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (discard, GTK_ALIGN_CENTER);
  gtk_info_bar_add_child (self->bar, label);
  gtk_info_bar_add_child (self->bar, go_on);
  gtk_info_bar_add_child (self->bar, discard);
  g_signal_connect_object (go_on, "clicked", G_CALLBACK (continue_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (discard, "clicked", G_CALLBACK (discard_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect (bar, "response", G_CALLBACK (closed), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What was typed and not saved"), -1);
  hide (self);
  adw_bin_set_child (ADW_BIN (self), bar);
}

/**
 * shequ_draft_bar_set_office:
 * @self: a bar
 * @office: (nullable): whose drafts are offered
 */
void
shequ_draft_bar_set_office (ShequDraftBar *self, ShequOffice *office)
{
  g_return_if_fail (SHEQU_IS_DRAFT_BAR (self));

  forget (self);
  hide (self);
  if (office == NULL)
    return;
  self->office = office;
  self->drafts = g_object_ref (shequ_drafts_of (office));
  g_signal_connect_object (self->drafts, "loaded", G_CALLBACK (loaded), self, G_CONNECT_SWAPPED);
  shequ_drafts_load (self->drafts);
}
