#include "access-fixture.h"

#include "shequ-locale.h"

static const char *const texts[] = {
  "[Register]\nName=org_unit\nClass=organisation\nLabel=Unit\nTitle={name}\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\n"
  "[Field parent]\nKind=link\nTo=org_unit\nLabel=Parent\n",
  "[Register]\nName=grid\nClass=places\nLabel=Grid\nTitle={name}\nUnit=community\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\n"
  "[Field parent]\nKind=link\nTo=grid\nLabel=Parent\n",
  "[Register]\nName=department\nClass=organisation\nLabel=Department\nTitle={name}\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\n",
  "[Register]\nName=resident\nClass=people\nLabel=Resident\nTitle={name}\nDetail={phone} · "
  "{illness}\nUnit=community\n"
  "Sensitivity=1\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=pinyin\nHistory=true\n"
  "[Field grid]\nKind=link\nTo=grid\nLabel=Grid\nSensitivity=0\n"
  "[Field phone]\nKind=phone\nLabel=Phone\nSensitivity=2\nSearch=tail\n"
  "[Field illness]\nKind=text\nLabel=Illness\nSensitivity=3\nSearch=part\n"
  "[Field sealed_note]\nKind=long_text\nLabel=Note\nSensitivity=4\nSearch=part\n"
  "[Field pension]\nKind=integer\nLabel=Pension\nSensitivity=3\n"
  "[Field matters]\nKind=computed\nLabel=Matters\nCompute=count(matter where resident=this)\n"
  "[List default]\nColumns=name;phone\nSort=name\n",
  "[Register]\nName=shop\nClass=places\nLabel=Shop\nTitle={name}\nUnit=community\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=part\n"
  "[Field grid]\nKind=link\nTo=grid\nLabel=Grid\n",
  "[Register]\nName=club\nClass=organisation\nLabel=Club\nTitle={name}\nUnit=community\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=part\n",
  "[Register]\nName=job\nClass=work\nLabel=Job\nTitle={name}\nUnit=community\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=part\n",
  "[Register]\nName=matter\nClass=matters\nLabel=Matter\nTitle={name}\nUnit=community\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=part\n"
  "[Field department]\nKind=link\nTo=department\nLabel=Department\n"
  "[Field resident]\nKind=link\nTo=resident\nLabel=Resident\nSearch=linked\n",
  "[Register]\nName=word\nClass=lists\nLabel=Word\nTitle={name}\nUnit=community\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=part\n",
  "[Register]\nName=key_holder\nClass=accounts\nLabel=Key holder\nTitle={name}\nUnit=community\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=part\n",
  "[Register]\nName=journal\nClass=log\nLabel=Journal\nTitle={name}\nUnit=community\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=part\n",
};

/* In the order of the classes. */
static const char *const names[] = { "resident", "shop", "club",       "job",
                                     "matter",   "word", "key_holder", "journal" };

G_STATIC_ASSERT (G_N_ELEMENTS (names) == N_TEST_REGISTERS);

const ShequRegister *
access_fixture_get (AccessFixture *fixture, const char *name)
{
  const ShequRegister *reg = shequ_catalogue_lookup (fixture->base.catalogue, name);

  g_assert_nonnull (reg);
  return reg;
}

static void
set_link (ShequRow *row, const char *name, gint64 key)
{
  if (shequ_register_lookup (row->reg, name) != NULL && key != 0)
    shequ_row_set_integer (row, name, key);
}

/* A record of a community, in its grid and of its department. */
ShequRow *
access_fixture_new_row (AccessFixture *fixture, const ShequRegister *reg, guint place, const char *name)
{
  ShequRow *row = shequ_row_new (reg);

  shequ_row_set_text (row, "name", name);
  set_link (row, "unit", fixture->communities[place]);
  set_link (row, "grid", fixture->grids[place]);
  set_link (row, "department", fixture->departments[place]);
  set_link (row, "resident", fixture->keys[SHEQU_REGISTER_PEOPLE][place]);
  return row;
}

gint64
access_fixture_add (AccessFixture *fixture, ShequRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction =
    shequ_store_begin (fixture->base.store, &test_actor, NULL, &error);
  gint64 key;

  g_assert_no_error (error);
  shequ_transaction_insert (transaction, row, &error);
  g_assert_no_error (error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  key = row->key;
  shequ_row_free (row);
  return key;
}

static void
make_gone (AccessFixture *fixture, guint subject)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;

  fixture->gone[subject] =
    access_fixture_add (fixture, access_fixture_new_row (fixture, fixture->regs[subject], HERE, "不在"));
  transaction = shequ_store_begin (fixture->base.store, &test_actor, NULL, &error);
  shequ_transaction_delete (transaction, fixture->regs[subject], fixture->gone[subject], 1, &error);
  g_assert_no_error (error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static gint64
add_unit (AccessFixture *fixture, const char *name, gint64 parent)
{
  ShequRow *row = shequ_row_new (access_fixture_get (fixture, "org_unit"));

  shequ_row_set_text (row, "name", name);
  set_link (row, "parent", parent);
  return access_fixture_add (fixture, row);
}

static void
add_places (AccessFixture *fixture)
{
  fixture->street = add_unit (fixture, "海明街道", 0);
  fixture->communities[HERE] = add_unit (fixture, "民生社区", fixture->street);
  fixture->communities[THERE] = add_unit (fixture, "光明社区", fixture->street);
  for (guint place = 0; place < N_PLACES; place++)
    {
      fixture->departments[place] = access_fixture_add (
        fixture,
        access_fixture_new_row (fixture, access_fixture_get (fixture, "department"), place, "民政局"));
      fixture->grids[place] = access_fixture_add (
        fixture, access_fixture_new_row (fixture, access_fixture_get (fixture, "grid"), place, "一网格"));
    }
  fixture->grids[N_PLACES] = access_fixture_add (
    fixture, access_fixture_new_row (fixture, access_fixture_get (fixture, "grid"), HERE, "二网格"));
}

static void
add_records (AccessFixture *fixture)
{
  static const char *const called[] = { "赵这边", "钱那边" };
  static const char *const phones[] = { "13904361111", "13904362222" };

  for (guint subject = 0; subject < N_TEST_REGISTERS; subject++)
    for (guint place = 0; place < N_PLACES; place++)
      {
        ShequRow *row = access_fixture_new_row (fixture, fixture->regs[subject], place, called[place]);

        if (subject == SHEQU_REGISTER_PEOPLE)
          {
            shequ_row_set_text (row, "phone", phones[place]);
            shequ_row_set_text (row, "illness", "慢性肾病");
            shequ_row_set_text (row, "sealed_note", "不可外传的经过");
            shequ_row_set_integer (row, "pension", 1234);
          }
        fixture->keys[subject][place] = access_fixture_add (fixture, row);
      }
  for (guint subject = 0; subject < N_TEST_REGISTERS; subject++)
    make_gone (fixture, subject);
}

void
access_fixture_set_up (AccessFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_prepare (&fixture->base);
  fixture->base.catalogue = shequ_catalogue_new ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *file = g_strdup_printf ("text-%u.ini", i);

      shequ_catalogue_add_text (fixture->base.catalogue, file, texts[i], &error);
      g_assert_no_error (error);
    }
  shequ_catalogue_resolve (fixture->base.catalogue, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_TEST_REGISTERS; i++)
    fixture->regs[i] = access_fixture_get (fixture, names[i]);
  fixture->rights = shequ_rights_load (&error);
  g_assert_no_error (error);
  fixture->base.store =
    shequ_store_open (fixture->base.path, fixture->base.catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  add_places (fixture);
  add_records (fixture);
}

void
access_fixture_tear_down (AccessFixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->rights, shequ_rights_unref);
  store_fixture_tear_down (&fixture->base, data);
}

void
access_fixture_sign_in_at (AccessFixture *fixture, ShequRole role, gint64 unit)
{
  g_autoptr (ShequAccess) access = role == SHEQU_N_ROLES ? shequ_access_new_nobody (fixture->rights)
                                                         : shequ_access_new (fixture->rights, role);
  ShequAccessPlace place = { unit, fixture->grids[HERE], fixture->departments[HERE] };

  shequ_access_set_place (access, &place);
  shequ_store_set_access (fixture->base.store, access);
}

void
access_fixture_sign_in (AccessFixture *fixture, ShequRole role)
{
  access_fixture_sign_in_at (fixture, role, fixture->communities[HERE]);
}

void
access_fixture_sign_out (AccessFixture *fixture)
{
  shequ_store_set_access (fixture->base.store, NULL);
}
