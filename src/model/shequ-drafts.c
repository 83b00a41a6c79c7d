#include "shequ-drafts.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "shequ-protection.h"

#define SETTING "draft."
#define CONTEXT "draft "
#define FORM "(ssxxa{ss})"
#define WHO_SIZE 16 /* letters of a name that tells a person at a workstation from others */

struct _ShequDrafts
{
  GObject parent_instance;

  ShequOffice *office; /* weak: it owns this */
  char *prefix;        /* of the names of the settings of this person at this workstation */
  GHashTable *left;    /* name -> ShequDraft: of the last time */
  GHashTable *kept;    /* names of those that were kept since and not dropped */

  GMutex lock;        /* guards what follows */
  GHashTable *wanted; /* name -> text to be kept, or NULL to be dropped */
  gboolean busy;
};

enum
{
  SIGNAL_LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequDrafts, shequ_drafts, G_TYPE_OBJECT)

static void
free_draft (gpointer data)
{
  ShequDraft *draft = data;

  g_free (draft->reg);
  g_free (draft->moment);
  g_hash_table_unref (draft->texts);
  g_hash_table_unref (draft->titles);
  g_free (draft);
}

static GHashTable *
new_texts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
shequ_drafts_finalize (GObject *object)
{
  ShequDrafts *self = SHEQU_DRAFTS (object);

  g_clear_weak_pointer (&self->office);
  g_free (self->prefix);
  g_hash_table_unref (self->left);
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->wanted);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (shequ_drafts_parent_class)->finalize (object);
}

static void
shequ_drafts_class_init (ShequDraftsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = shequ_drafts_finalize;
  signals[SIGNAL_LOADED] =
    g_signal_new ("loaded", SHEQU_TYPE_DRAFTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
shequ_drafts_init (ShequDrafts *self)
{
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_draft);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wanted = new_texts ();
  g_mutex_init (&self->lock);
}

static char *
name_draft (ShequDrafts *self, const char *reg, gint64 key)
{
  return g_strdup_printf ("%s%s.%" PRId64, self->prefix, reg, key);
}

/* (nullable): the seal of a protected office; `keeps` tells whether anything may be kept. */
static ShequSeal *
get_seal (ShequOffice *office, gboolean *keeps)
{
  ShequStore *store = shequ_office_get_store (office);
  g_autoptr (ShequKeyring) keyring = shequ_store_get_keyring (store);
  gboolean shared = strstr (shequ_store_get_uri (store), "://") != NULL;
  g_autoptr (GError) error = NULL;
  gboolean protected = keyring != NULL || shequ_store_is_protected (store, &error);

  *keeps = keyring != NULL || (!protected && error == NULL && !shared);
  return keyring != NULL ? shequ_keyring_new_seal (keyring) : NULL;
}

/* The last state of all forms that have changed, in one transaction. What comes meanwhile is left for the
 * next. */
static gboolean
write_wanted (ShequDrafts *self, ShequOffice *office, GError **error)
{
  g_autoptr (GHashTable) wanted = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequSeal) seal = NULL;
  gboolean keeps = FALSE;
  GHashTableIter iter;
  gpointer name, text;

  seal = get_seal (office, &keeps);
  g_mutex_lock (&self->lock);
  wanted = self->wanted;
  self->wanted = new_texts ();
  g_mutex_unlock (&self->lock);
  if (g_hash_table_size (wanted) == 0 || !keeps)
    return TRUE;
  transaction = shequ_office_begin (office, NULL, NULL, error);
  if (transaction == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      g_autofree char *context = g_strconcat (CONTEXT, name, NULL);
      g_autofree char *sealed =
        seal != NULL && text != NULL ? shequ_seal_close_text (seal, context, text) : NULL;

      if (!shequ_transaction_set_setting (transaction, name, sealed != NULL ? sealed : text, error))
        return FALSE;
    }
  return shequ_transaction_commit (transaction, error);
}

static gpointer
work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (write_wanted (data, office, error));
}

static void start (ShequDrafts *self);

/* What can't be kept is no reason to stand in the way: the form itself has it still. */
static void
written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ShequDrafts *self = user_data;
  gboolean more;

  shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);
  g_mutex_lock (&self->lock);
  self->busy = FALSE;
  more = g_hash_table_size (self->wanted) > 0;
  g_mutex_unlock (&self->lock);
  if (more)
    start (self);
}

static void
start (ShequDrafts *self)
{
  gboolean busy;

  if (self->office == NULL)
    return;
  g_mutex_lock (&self->lock);
  busy = self->busy;
  self->busy = TRUE;
  g_mutex_unlock (&self->lock);
  if (!busy)
    shequ_office_run_async (self->office, work, g_object_ref (self), g_object_unref, NULL, NULL, written,
                            self);
}

static void
want (ShequDrafts *self, char *name, char *text)
{
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->wanted, name, text);
  g_mutex_unlock (&self->lock);
  start (self);
}

/**
 * shequ_drafts_of:
 * @office: an office
 *
 * Returns: (transfer none): its drafts of this person at this workstation
 */
ShequDrafts *
shequ_drafts_of (ShequOffice *office)
{
  ShequDrafts *self = g_object_get_data (G_OBJECT (office), "drafts");
  g_autofree char *who = NULL;
  g_autofree char *digest = NULL;

  if (self != NULL)
    return self;
  self = g_object_new (SHEQU_TYPE_DRAFTS, NULL);
  g_set_weak_pointer (&self->office, office);
  who = g_strdup_printf ("%s\n%s", shequ_office_get_user (office), g_get_host_name ());
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, who, -1);
  self->prefix = g_strdup_printf (SETTING "%.*s.", WHO_SIZE, digest);
  g_object_set_data_full (G_OBJECT (office), "drafts", self, g_object_unref);
  return self;
}

/* Field by field, in the names of the register. */
static void
read_titles (ShequOffice *office, ShequDraft *draft)
{
  const ShequRegister *reg = shequ_office_get_register (office, draft->reg);
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, draft->texts);
  while (reg != NULL && g_hash_table_iter_next (&iter, &name, &text))
    {
      const ShequField *field = shequ_register_lookup (reg, name);
      gint64 key = g_ascii_strtoll (text, NULL, 10);
      g_autoptr (ShequRow) row = NULL;

      if (field == NULL || field->kind != SHEQU_FIELD_LINK || key == 0)
        continue;
      row = shequ_office_get_row (office, field->target, key, NULL, NULL);
      if (row != NULL)
        g_hash_table_insert (draft->titles, g_strdup (name), shequ_row_get_title (row));
    }
}

/* (nullable): what does not make sense is as good as nothing. */
static ShequDraft *
parse (const char *text)
{
  g_autoptr (GVariant) form = g_variant_parse (G_VARIANT_TYPE (FORM), text, NULL, NULL, NULL);
  g_autoptr (GVariantIter) fields = NULL;
  const char *name, *typed;
  ShequDraft *draft;

  if (form == NULL)
    return NULL;
  draft = g_new0 (ShequDraft, 1);
  draft->texts = new_texts ();
  draft->titles = new_texts ();
  g_variant_get (form, FORM, &draft->moment, &draft->reg, &draft->key, &draft->version, &fields);
  while (g_variant_iter_next (fields, "{&s&s}", &name, &typed))
    g_hash_table_insert (draft->texts, g_strdup (name), g_strdup (typed));
  return draft;
}

static gpointer
load (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *prefix = data;
  g_autoptr (GHashTable) settings =
    shequ_store_list_settings (shequ_office_get_store (office), prefix, error);
  GHashTable *drafts;
  g_autoptr (ShequSeal) seal = NULL;
  gboolean keeps = FALSE;
  GHashTableIter iter;
  gpointer name, text;

  if (settings == NULL)
    return NULL;
  seal = get_seal (office, &keeps);
  drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_draft);
  g_hash_table_iter_init (&iter, settings);
  while (keeps && g_hash_table_iter_next (&iter, &name, &text))
    {
      g_autofree char *context = g_strconcat (CONTEXT, name, NULL);
      g_autofree char *opened =
        seal != NULL ? shequ_seal_open_text (seal, context, text, NULL) : g_strdup (text);
      ShequDraft *draft = opened != NULL ? parse (opened) : NULL;

      if (draft == NULL)
        continue;
      read_titles (office, draft);
      g_hash_table_insert (drafts, g_strdup (name), draft);
    }
  return drafts;
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ShequDrafts *self = shequ_drafts_of (SHEQU_OFFICE (source));
  GHashTable *drafts = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);

  if (drafts == NULL)
    return;
  g_hash_table_unref (self->left);
  self->left = drafts;
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

/**
 * shequ_drafts_load:
 * @self: the drafts of an office
 *
 * Reads what was left when the program ended the last time; `loaded` tells when it is known.
 */
void
shequ_drafts_load (ShequDrafts *self)
{
  g_return_if_fail (SHEQU_IS_DRAFTS (self) && self->office != NULL);

  shequ_office_run_async (self->office, load, g_strdup (self->prefix), g_free,
                          (GDestroyNotify) g_hash_table_unref, NULL, loaded, NULL);
}

static gint
compare_moments (gconstpointer one, gconstpointer other)
{
  return -strcmp ((*(const ShequDraft *const *) one)->moment, (*(const ShequDraft *const *) other)->moment);
}

/**
 * shequ_drafts_list:
 * @self: the drafts of an office
 *
 * Returns: (transfer container) (element-type ShequDraft): what was left the last time, the newest first
 */
GPtrArray *
shequ_drafts_list (ShequDrafts *self)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer draft;

  g_return_val_if_fail (SHEQU_IS_DRAFTS (self), list);

  g_hash_table_iter_init (&iter, self->left);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    g_ptr_array_add (list, draft);
  g_ptr_array_sort (list, compare_moments);
  return list;
}

/**
 * shequ_drafts_find:
 * @self: the drafts of an office
 * @reg: the name of a register
 * @key: the key of a record, or 0
 *
 * Returns: (transfer none) (nullable): what was left of its form the last time
 */
const ShequDraft *
shequ_drafts_find (ShequDrafts *self, const char *reg, gint64 key)
{
  g_autofree char *name = name_draft (self, reg, key);

  return g_hash_table_lookup (self->left, name);
}

/**
 * shequ_drafts_keep:
 * @self: the drafts of an office
 * @reg: the name of the register of a form
 * @key: the key of its record, or 0
 * @version: of the record as the form has it
 * @texts: field -> what was typed, as the form reads it
 *
 * Keeps what is typed, in place of what was kept of this form before.
 */
void
shequ_drafts_keep (ShequDrafts *self, const char *reg, gint64 key, gint64 version, GHashTable *texts)
{
  GVariantBuilder fields;
  g_autoptr (GVariant) form = NULL;
  g_autofree char *moment = NULL;
  GHashTableIter iter;
  gpointer name, text;

  g_return_if_fail (SHEQU_IS_DRAFTS (self));

  if (self->office == NULL)
    return;
  g_variant_builder_init (&fields, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    g_variant_builder_add (&fields, "{ss}", name, text);
  moment = shequ_office_get_moment (self->office);
  form = g_variant_ref_sink (g_variant_new (FORM, moment, reg, key, version, &fields));
  g_hash_table_add (self->kept, name_draft (self, reg, key));
  want (self, name_draft (self, reg, key), g_variant_print (form, FALSE));
}

/**
 * shequ_drafts_drop:
 * @self: the drafts of an office
 * @reg: the name of the register of a form
 * @key: the key of its record, or 0
 *
 * Forgets what was kept of a form that is saved or cancelled.
 */
void
shequ_drafts_drop (ShequDrafts *self, const char *reg, gint64 key)
{
  char *name;

  g_return_if_fail (SHEQU_IS_DRAFTS (self));

  name = name_draft (self, reg, key);
  g_hash_table_remove (self->left, name);
  g_hash_table_remove (self->kept, name);
  want (self, name, NULL);
}

/**
 * shequ_drafts_discard:
 * @self: the drafts of an office
 *
 * Forgets at once what open forms have kept: somebody closes them and wants nothing of it.
 */
void
shequ_drafts_discard (ShequDrafts *self)
{
  GHashTableIter iter;
  gpointer name;

  g_return_if_fail (SHEQU_IS_DRAFTS (self));

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_hash_table_replace (self->wanted, g_strdup (name), NULL);
  g_mutex_unlock (&self->lock);
  g_hash_table_remove_all (self->kept);
  if (self->office != NULL)
    write_wanted (self, self->office, NULL);
}
