/* A thousand searches find the same records in the same order on both engines. */
#include "store-fixture.h"

#include "shequ-locale.h"
#include "shequ-row-index.h"
#include "test-server.h"

#define SEED 20261122
#define N_HOUSEHOLDS 700
#define N_RESIDENTS 3000
#define N_QUERIES 1000
#define TODAY "2026-11-22"

static const char *const surnames[] = { "王", "李",   "张",   "刘", "陈", "杨", "赵", "单", "曾", "仇",
                                        "解", "欧阳", "司马", "吕", "盛", "翟", "石", "史", "胡", "吴" };
static const char given[] =
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国建军玉兰秀英志强海燕晓东重行长乐银花"
  "小红小明大山春梅冬冬欣怡子轩浩宇梓涵一诺思远";
static const char *const estates[] = { "幸福小区", "明仁小区",   "铁路家属楼",
                                       "瀚海路",   "光明街12委", "民生西路" };
static const char *const words[] = { "3号楼",   "2单元", "幸福",  "明仁小区", "12号楼", "东路",
                                     "3-2-101", "1301",  "王",    "李",       "zhang",  "li",
                                     "w",       "138",   "22080", "小",       "明",     "101室" };

typedef struct
{
  StoreFixture files;
  StoreFixture server;
  GRand *random;
  GPtrArray *documents; /* of char**: the tokens of records, without signs */
} Fixture;

static char *
pick_characters (GRand *random, guint n)
{
  GString *text = g_string_new (NULL);
  glong length = g_utf8_strlen (given, -1);

  for (guint i = 0; i < n; i++)
    {
      const char *at = g_utf8_offset_to_pointer (given, g_rand_int_range (random, 0, (gint32) length));

      g_string_append_unichar (text, g_utf8_get_char (at));
    }
  return g_string_free (text, FALSE);
}

static char *
make_digits (GRand *random, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_c (text, (char) ('0' + g_rand_int_range (random, 0, 10)));
  return g_string_free (text, FALSE);
}

static ShequRow *
make_household (GRand *random, const ShequRegister *reg, guint number)
{
  ShequRow *row = shequ_row_new (reg);
  g_autofree char *digits = g_strdup_printf ("2208%05u", number);
  g_autofree char *address =
    g_strdup_printf ("%s%d号楼%d单元%d0%d", estates[g_rand_int_range (random, 0, G_N_ELEMENTS (estates))],
                     g_rand_int_range (random, 1, 20), g_rand_int_range (random, 1, 5),
                     g_rand_int_range (random, 1, 12), g_rand_int_range (random, 1, 4));

  shequ_row_set_text (row, "number", digits);
  shequ_row_set_text (row, "address", address);
  return row;
}

static ShequRow *
make_resident (GRand *random, const ShequRegister *reg)
{
  ShequRow *row = shequ_row_new (reg);
  g_autofree char *rest = pick_characters (random, (guint) g_rand_int_range (random, 1, 3));
  g_autofree char *name =
    g_strconcat (surnames[g_rand_int_range (random, 0, G_N_ELEMENTS (surnames))], rest, NULL);
  g_autofree char *phone = make_digits (random, 9);
  g_autofree char *number = make_digits (random, 17);
  g_autofree char *mobile = g_strconcat ("13", phone, NULL);
  g_autofree char *id = g_strconcat (number, "X", NULL);
  g_autofree char *work = pick_characters (random, 4);

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "id_number", id);
  if (g_rand_int_range (random, 0, 3) > 0)
    shequ_row_set_text (row, "phone", mobile);
  if (g_rand_int_range (random, 0, 3) == 0)
    shequ_row_set_text (row, "workplace", work);
  if (g_rand_int_range (random, 0, 9) > 0)
    shequ_row_set_integer (row, "household", g_rand_int_range (random, 1, N_HOUSEHOLDS + 1));
  if (g_rand_boolean (random))
    shequ_row_set_text (row, "birth_date", "1980-01-01");
  return row;
}

/* The same records on both. */
static void
insert (Fixture *fixture, ShequTransaction *transactions[2], ShequRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) copy = shequ_row_copy (row);

  shequ_transaction_insert (transactions[0], row, &error);
  g_assert_no_error (error);
  shequ_transaction_insert (transactions[1], copy, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->key, ==, copy->key);
}

static void
note_tokens (Fixture *fixture, ShequRow *row, ShequSearchTokens *tokens)
{
  const char *document = shequ_row_index_get_document (shequ_row_get_index (row, tokens));
  g_auto (GStrv) all = g_strsplit (document, " ", -1);
  GPtrArray *plain = g_ptr_array_new ();

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != *SHEQU_ROW_INDEX_MARK && !g_str_has_prefix (all[i], SHEQU_SEARCH_NAME_START) &&
        !g_str_has_prefix (all[i], SHEQU_SEARCH_NAME_PART) && *all[i] != '\0')
      g_ptr_array_add (plain, g_strdup (all[i]));
  g_ptr_array_add (plain, NULL);
  g_ptr_array_add (fixture->documents, g_ptr_array_free (plain, FALSE));
}

static void
fill (Fixture *fixture)
{
  StoreFixture *stores[] = { &fixture->files, &fixture->server };
  ShequTransaction *transactions[2];
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSearchTokens) tokens = shequ_store_new_tokens (fixture->files.store, &error);

  for (guint i = 0; i < 2; i++)
    transactions[i] = shequ_store_begin (stores[i]->store, &test_actor, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_HOUSEHOLDS + N_RESIDENTS; i++)
    {
      g_autoptr (ShequRow) row = i < N_HOUSEHOLDS ? make_household (fixture->random, fixture->files.house, i)
                                                  : make_resident (fixture->random, fixture->files.pet);

      insert (fixture, transactions, row);
      note_tokens (fixture, row, tokens);
    }
  for (guint i = 0; i < 2; i++)
    {
      shequ_transaction_commit (transactions[i], &error);
      g_assert_no_error (error);
      shequ_transaction_free (transactions[i]);
    }
}

static void
open_store (StoreFixture *fixture, gboolean file)
{
  g_autoptr (GError) error = NULL;

  store_fixture_prepare (fixture);
  if (file)
    {
      g_free (fixture->path);
      fixture->path = g_build_filename (fixture->folder, "office.db", NULL);
    }
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->house = shequ_catalogue_lookup (fixture->catalogue, "household");
  fixture->pet = shequ_catalogue_lookup (fixture->catalogue, "resident");
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
}

static void
free_tokens (gpointer tokens)
{
  g_strfreev (tokens);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->random = g_rand_new_with_seed (SEED);
  fixture->documents = g_ptr_array_new_with_free_func (free_tokens);
  open_store (&fixture->files, TRUE);
  open_store (&fixture->server, FALSE);
  fill (fixture);
  /* As a server does by itself within a minute. */
  test_server_run (fixture->server.path, "ANALYZE");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  store_fixture_tear_down (&fixture->files, data);
  store_fixture_tear_down (&fixture->server, data);
  g_ptr_array_unref (fixture->documents);
  g_rand_free (fixture->random);
}

/* A token of some record, or its beginning: Han, pinyin, initials, digits, a piece of an address. */
static void
append_token (GString *text, GRand *random, char **tokens)
{
  const char *token = tokens[g_rand_int_range (random, 0, (gint32) g_strv_length (tokens))];
  glong length = g_utf8_strlen (token, -1);
  glong cut = g_rand_boolean (random) ? length : g_rand_int_range (random, 1, (gint32) length + 1);

  g_string_append_len (text, token, g_utf8_offset_to_pointer (token, MIN (cut, 12)) - token);
}

static char *
make_query (Fixture *fixture)
{
  GString *text = g_string_new (NULL);
  guint of_one = (guint) g_rand_int_range (fixture->random, 0, (gint32) fixture->documents->len);
  gint32 n = g_rand_int_range (fixture->random, 0, 10);

  n = n < 5 ? 1 : n < 8 ? 2 : n < 9 ? 3 : 4;
  for (gint32 i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      if (g_rand_int_range (fixture->random, 0, 4) == 0)
        g_string_append (text, words[g_rand_int_range (fixture->random, 0, G_N_ELEMENTS (words))]);
      else
        append_token (text, fixture->random, fixture->documents->pdata[of_one]);
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *name;
  guint limit;
  const char *sort;
  const char *where;
  gboolean households;
} Way;

static const Way ways[] = {
  { "best match", 0, NULL, NULL, FALSE },
  { "the best twenty", 20, NULL, NULL, FALSE },
  { "by name", 0, "name", NULL, FALSE },
  { "the first fifty by name", 50, "name", NULL, FALSE },
  { "best match of a filter", 30, NULL, "birth_date is set", FALSE },
  { "by household in a filter", 0, "household", "birth_date is empty", FALSE },
  { "households", 0, NULL, NULL, TRUE },
};

static GArray *
list_keys (const StoreFixture *fixture, const Way *way, const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (way->households ? fixture->house : fixture->pet, TODAY);
  GArray *keys;

  if (typed != NULL)
    shequ_query_set_search (query, typed);
  query->limit = way->limit;
  if (way->sort != NULL)
    g_assert_true (shequ_query_sort_by (query, way->sort, FALSE, &error));
  if (way->where != NULL)
    g_assert_true (shequ_query_add_where (query, way->where, &error));
  g_assert_no_error (error);
  keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
  g_assert_no_error (error);
  return keys;
}

static gboolean
differs (const GArray *one, const GArray *other)
{
  /* An empty array has no data. */
  return one->len != other->len ||
         (one->len > 0 && memcmp (one->data, other->data, one->len * sizeof (gint64)) != 0);
}

static void
test_keys (Fixture *fixture)
{
  guint n_wrong = 0;
  guint n_found = 0;

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autofree char *typed = make_query (fixture);

      for (guint k = 0; k < G_N_ELEMENTS (ways); k++)
        {
          g_autoptr (GArray) files = list_keys (&fixture->files, &ways[k], typed);
          g_autoptr (GArray) server = list_keys (&fixture->server, &ways[k], typed);

          n_found += files->len > 0;
          if (!differs (files, server))
            continue;
          if (n_wrong++ < 10)
            g_test_message ("“%s”, %s: %u in the file, %u on the server", typed, ways[k].name, files->len,
                            server->len);
        }
    }
  g_test_message ("%u of %u searches find something", n_found, N_QUERIES * (guint) G_N_ELEMENTS (ways));
  g_assert_cmpuint (n_wrong, ==, 0);
  g_assert_cmpuint (n_found, >, N_QUERIES * G_N_ELEMENTS (ways) / 2);
}

/* Whole lists: names by pinyin, empty ones first, upwards and downwards. */
static void
test_order (Fixture *fixture)
{
  static const char *const fields[] = { "name", "household", "phone", "birth_date", "workplace" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GError) error = NULL;
      GArray *keys[2];
      StoreFixture *stores[] = { &fixture->files, &fixture->server };

      for (guint k = 0; k < 2; k++)
        {
          g_autoptr (ShequQuery) query = shequ_query_new (stores[k]->pet, TODAY);

          g_assert_true (shequ_query_sort_by (query, fields[i / 2], i % 2 == 1, &error));
          keys[k] = shequ_store_list_keys (stores[k]->store, query, NULL, &error);
          g_assert_no_error (error);
        }
      g_assert_cmpuint (keys[0]->len, ==, N_RESIDENTS);
      g_assert_false (differs (keys[0], keys[1]));
      g_array_unref (keys[0]);
      g_array_unref (keys[1]);
    }
}

/* Over all registers, as the window's search and `shequ-cli find` show it. */
static void
test_hits (Fixture *fixture)
{
  for (guint i = 0; i < N_QUERIES / 5; i++)
    {
      g_autofree char *typed = make_query (fixture);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) files =
        shequ_store_search (fixture->files.store, typed, NULL, 20, TODAY, NULL, &error);
      g_autoptr (GPtrArray) server =
        shequ_store_search (fixture->server.store, typed, NULL, 20, TODAY, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (files->len, ==, server->len);
      for (guint k = 0; k < files->len; k++)
        {
          const ShequHit *one = files->pdata[k];
          const ShequHit *other = server->pdata[k];

          g_assert_cmpstr (one->reg->name, ==, other->reg->name);
          g_assert_cmpint (one->key, ==, other->key);
          g_assert_cmpstr (one->title, ==, other->title);
          g_assert_cmpstr (one->detail, ==, other->detail);
        }
    }
}

/* One after the other, since filling takes longer than searching. */
static void
test_parity (Fixture *fixture, gconstpointer data)
{
  test_keys (fixture);
  test_order (fixture);
  test_hits (fixture);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/search-parity", Fixture, NULL, set_up, test_parity, tear_down);

  return g_test_run ();
}
