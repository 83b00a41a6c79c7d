/* Households of persons: families, given names, numbers, schooling, work and where they are registered. */
#include "shequ-demo-people.h"

#include "config.h"

#include <string.h>

#define OWN_REGION "220802"
#define OWN_CITY "2208"
#define SAME_REGION_PER_CENT 60
#define SAME_ETHNIC_PER_CENT 88
#define MONGOLIAN_NAME_PER_CENT 15
#define MONGOL "02"
#define CITIZEN "111"
#define PERMIT_OF_HONG_KONG_MACAU_TAIWAN "118"
#define HONG_KONG_MACAU_TAIWAN "5"

typedef struct
{
  const char *word; /* as key-rates.tsv has it */
  const char *code;
} Word;

static const Word ethnic_words[] = {
  { "汉族", "01" },   { "蒙古族", "02" },   { "回族", "03" },   { "维吾尔族", "05" },
  { "苗族", "06" },   { "壮族", "08" },     { "朝鲜族", "10" }, { "满族", "11" },
  { "土家族", "15" }, { "达斡尔族", "31" }, { "锡伯族", "38" }, { "其他", "04" },
};

static const Word education_words[] = {
  { "文盲", "90" }, { "小学", "81" },     { "初中", "71" },     { "高中", "61" },
  { "中职", "41" }, { "大学专科", "31" }, { "大学本科", "21" }, { "研究生", "14" },
};

/* Whoever is still at school has the group of the school. */
static const Word school_words[] = {
  { "小学", "80" },     { "初中", "70" },     { "高中", "60" },   { "中职", "40" },
  { "大学专科", "30" }, { "大学本科", "20" }, { "研究生", "10" },
};

static const Word marital_words[] = { { "未婚", "10" },
                                      { "已婚", "20" },
                                      { "离婚", "40" },
                                      { "丧偶", "30" } };

static const Word employment_words[] = {
  { "国家公务员", "11" }, { "专业技术人员", "13" }, { "职员", "17" },     { "企业管理人员", "21" },
  { "工人", "24" },       { "农民", "27" },         { "学生", "31" },     { "现役军人", "37" },
  { "自由职业者", "51" }, { "个体经营者", "54" },   { "无业人员", "70" }, { "退(离)休人员", "80" },
  { "其他", "90" },
};

static const Word political_words[] = {
  { "中共党员", "01" }, { "预备党员", "02" },   { "共青团员", "03" },
  { "民主党派", "05" }, { "无党派人士", "12" }, { "群众", "13" },
};

struct _ShequDemoPeople
{
  const ShequDemoRates *rates;
  ShequDemoRandom random;
  ShequDate today;
  ShequDemoNames *names;
  ShequDemoNumbers *numbers;
  const ShequDemoTable *education[SHEQU_DEMO_AGES]; /* %NULL below school age */
  const ShequDemoTable *employment[SHEQU_DEMO_AGES];
  const ShequDemoTable *marital[SHEQU_DEMO_AGES];
  const ShequDemoTable *political;
  const ShequDemoTable *ethnic;
  const ShequDemoTable *hukou;
  double has_mobile[SHEQU_DEMO_AGES];
  double youth_league;              /* per cent of those aged 14 to 28 */
  ShequDemoTable *household_status; /* a whole household's */
  ShequDemoTable *person_status;    /* exceptions among those registered and living here */
};

#define FIND(words, word) find_code (words, G_N_ELEMENTS (words), word)

/* Codes are literals, so that a person holds nothing but pointers to them. */
static const char *
find_code (const Word *words, guint count, const char *word)
{
  for (guint i = 0; i < count; i++)
    if (g_str_equal (words[i].word, word))
      return words[i].code;
  return NULL;
}

static const char *
draw (ShequDemoPeople *people, const ShequDemoTable *table)
{
  return shequ_demo_table_draw (table, &people->random);
}

static gboolean
chance (ShequDemoPeople *people, double per_cent)
{
  return shequ_demo_random_chance (&people->random, per_cent);
}

static void
set_up_ages (ShequDemoPeople *people)
{
  for (int age = 0; age < SHEQU_DEMO_AGES; age++)
    {
      const ShequDemoTable *mobile = shequ_demo_rates_get_for_age (people->rates, "has_mobile", age);

      people->education[age] = shequ_demo_rates_get_for_age (people->rates, "education", age);
      people->employment[age] = shequ_demo_rates_get_for_age (people->rates, "employment", age);
      people->marital[age] = shequ_demo_rates_get_for_age (people->rates, "marital", age);
      people->has_mobile[age] = mobile != NULL ? shequ_demo_table_get_weight (mobile, 0) : 0;
    }
}

/* Half of those who are away, or registered only, are whole households; the others miss from one. */
static void
set_up_status (ShequDemoPeople *people)
{
  const ShequDemoTable *rates = shequ_demo_rates_get (people->rates, "residence_status", NULL);
  double rest = 0;

  people->household_status = shequ_demo_table_new ();
  people->person_status = shequ_demo_table_new ();
  for (guint i = 0; i < shequ_demo_table_get_length (rates); i++)
    {
      const char *status = shequ_demo_table_get_label (rates, i);
      double share = shequ_demo_table_get_weight (rates, i);

      /* Foreigners have neither names nor numbers of this program's making: they count as people from
       * elsewhere. */
      if (g_str_equal (status, "3") || g_str_equal (status, "4") || g_str_equal (status, "6"))
        {
          shequ_demo_table_add (people->household_status, g_str_equal (status, "6") ? "4" : status, share);
          continue;
        }
      if (g_str_equal (status, "2") || g_str_equal (status, "7"))
        {
          share /= 2;
          shequ_demo_table_add (people->household_status, status, share);
        }
      shequ_demo_table_add (people->person_status, status, share);
      rest += share;
    }
  shequ_demo_table_add (people->household_status, "1", rest);
}

/**
 * shequ_demo_people_new:
 * @rates: the rates; must live as long as the people
 * @seed: what all chance follows from
 * @today: the day from which ages count
 * @error: return location
 *
 * Returns: (transfer full): a source of people, no two of whom share a number
 */
ShequDemoPeople *
shequ_demo_people_new (const ShequDemoRates *rates, guint64 seed, const ShequDate *today, GError **error)
{
  g_autoptr (ShequDemoPeople) people = g_new0 (ShequDemoPeople, 1);

  people->rates = rates;
  people->today = *today;
  shequ_demo_random_init (&people->random, seed);
  set_up_ages (people);
  set_up_status (people);
  people->political = shequ_demo_rates_get (rates, "political", NULL);
  people->ethnic = shequ_demo_rates_get (rates, "ethnic", NULL);
  people->hukou = shequ_demo_rates_get (rates, "hukou_kind", NULL);
  people->names = shequ_demo_names_new (rates, error);
  if (people->names == NULL)
    return NULL;
  people->numbers = shequ_demo_numbers_new (rates, error);
  return people->numbers != NULL ? g_steal_pointer (&people) : NULL;
}

void
shequ_demo_people_free (ShequDemoPeople *people)
{
  shequ_demo_table_free (people->household_status);
  shequ_demo_table_free (people->person_status);
  g_clear_pointer (&people->names, shequ_demo_names_free);
  g_clear_pointer (&people->numbers, shequ_demo_numbers_free);
  g_free (people);
}

gboolean
shequ_demo_status_is_registered (const char *status)
{
  return g_str_equal (status, "1") || g_str_equal (status, "2") || g_str_equal (status, "7");
}

gboolean
shequ_demo_status_is_present (const char *status)
{
  static const char *const absent[] = { "2", "7", "9", "10", NULL };

  return !g_strv_contains (absent, status);
}

/* Any day on which the age is right. */
static ShequDate
draw_birth (ShequDemoPeople *people, int age)
{
  ShequDate last = shequ_date_add_years (&people->today, -age);
  ShequDate first = shequ_date_add_years (&people->today, -age - 1);
  int days = shequ_date_to_days (&last) - shequ_date_to_days (&first);

  return shequ_date_add_days (&last, -(int) shequ_demo_random_below (&people->random, (guint) days));
}

/* A labour contract ends, but no job begins, at the age of a pension: women from 50, men from 55. */
static const char *
decide_employment (ShequDemoPeople *people, const ShequDemoPerson *person)
{
  const char *code;

  if (person->age < 6)
    return NULL;
  if (person->age < 18 || people->employment[person->age] == NULL)
    return FIND (employment_words, "学生");
  code = FIND (employment_words, draw (people, people->employment[person->age]));
  if (g_str_equal (code, "80") && person->age < (person->sex == 1 ? 55 : 50))
    return FIND (employment_words, "职员");
  return code;
}

static const char *
decide_school (ShequDemoPeople *people, int age, const char *drawn)
{
  const char *university = FIND (school_words, "大学本科");

  if (age < 12)
    return FIND (school_words, "小学");
  if (age < 15)
    return FIND (school_words, "初中");
  if (age < 18)
    return FIND (school_words, chance (people, 78) ? "高中" : "中职");
  return g_str_equal (drawn, "大学专科") || g_str_equal (drawn, "研究生") ? FIND (school_words, drawn)
                                                                          : university;
}

static const char *
decide_education (ShequDemoPeople *people, const ShequDemoPerson *person)
{
  const char *drawn;

  if (person->age < 6 || people->education[person->age] == NULL)
    return NULL;
  drawn = draw (people, people->education[person->age]);
  if (g_strcmp0 (person->employment, "31") == 0)
    return person->age == 6 && g_str_equal (drawn, "学前") ? NULL
                                                           : decide_school (people, person->age, drawn);
  return FIND (education_words, drawn);
}

/* The rate stands for all from 14 on, but the League keeps nobody over 28. */
static const char *
decide_political (ShequDemoPeople *people, int age)
{
  const char *code;

  if (age < 14)
    return "13";
  if (age <= 28)
    return chance (people, 22) ? "03" : age >= 20 && chance (people, 4) ? "01" : "13";
  code = FIND (political_words, draw (people, people->political));
  return g_str_equal (code, "03") ? "13" : code;
}

static const char *
decide_marital (ShequDemoPeople *people, const ShequDemoMember *member)
{
  const ShequDemoTable *table = people->marital[member->age];

  if (member->wedlock == SHEQU_DEMO_WEDLOCK_SPOUSE)
    return chance (people, 93) ? "21" : "22";
  if (member->wedlock == SHEQU_DEMO_WEDLOCK_NEVER || table == NULL)
    return "10";
  for (guint i = 0; i < 40; i++)
    {
      const char *code = FIND (marital_words, draw (people, table));
      gboolean alone = g_str_equal (code, "30") || g_str_equal (code, "40");

      if (alone ||
          (member->wedlock == SHEQU_DEMO_WEDLOCK_OPEN && (g_str_equal (code, "10") || chance (people, 25))))
        return code;
    }
  return member->age >= 60 ? "30" : "40";
}

/* The literal of a drawn status, which outlives the table. */
static const char *
draw_status (ShequDemoPeople *people, const ShequDemoTable *table)
{
  static const char *const statuses[] = { "1", "2", "3", "4", "5", "7", "8", "9", "10" };
  const char *drawn = draw (people, table);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i], drawn))
      return statuses[i];
  return statuses[0];
}

static const char *
decide_status (ShequDemoPeople *people, const char *household, const ShequDemoMember *member, gboolean head)
{
  const char *status;

  if (!g_str_equal (household, "1"))
    return household;
  status = draw_status (people, people->person_status);
  if ((head || member->wedlock == SHEQU_DEMO_WEDLOCK_SPOUSE) && !shequ_demo_status_is_registered (status))
    return "1";
  return g_str_equal (status, "10") && member->age < 60 ? "1" : status;
}

/* Registered elsewhere: in the same city by status 3, outside of it by all others. */
static char *
draw_hukou_address (ShequDemoPeople *people, const char *status)
{
  gboolean city = g_str_equal (status, "3");
  const char *region = OWN_REGION;

  for (guint i = 0; i < 20; i++)
    {
      region = shequ_demo_numbers_draw_region (people->numbers, &people->random);
      if (g_str_has_prefix (region, OWN_CITY) == city)
        break;
    }
  return shequ_demo_numbers_describe_region (people->numbers, region);
}

static void
write_number (ShequDemoPeople *people, ShequDemoPerson *person, const char *region, const ShequDate *birth)
{
  static const char *const permits[] = { "810000", "820000", "830000" };

  person->id_document = CITIZEN;
  if (g_str_equal (person->status, HONG_KONG_MACAU_TAIWAN))
    {
      person->id_document = PERMIT_OF_HONG_KONG_MACAU_TAIWAN;
      region = permits[shequ_demo_random_below (&people->random, G_N_ELEMENTS (permits))];
    }
  shequ_demo_numbers_make_id (people->numbers, &people->random, region, birth, person->sex,
                              person->id_number);
}

static void
decide_registration (ShequDemoPeople *people, ShequDemoPerson *person)
{
  if (shequ_demo_status_is_registered (person->status))
    {
      static const char *const kinds[] = { "11", "12", "13" };
      const char *drawn = draw (people, people->hukou);

      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (g_str_has_prefix (drawn, kinds[i]))
          person->hukou_type = kinds[i];
    }
  else if (!g_str_equal (person->status, HONG_KONG_MACAU_TAIWAN))
    person->hukou_address = draw_hukou_address (people, person->status);
}

typedef struct
{
  const ShequDemoFamily *family;
  const char *household_status;
  const char *region;
  const char *surnames[8];
  const char *ethnic[8];
} Kin;

static const ShequDemoMember *
get_member (const Kin *kin, int place)
{
  return &g_array_index (kin->family->members, ShequDemoMember, place);
}

static const char *
find_surname (ShequDemoPeople *people, Kin *kin, int place)
{
  int other = get_member (kin, place)->family;

  if (kin->surnames[place] == NULL)
    kin->surnames[place] = other >= 0 ? find_surname (people, kin, other)
                                      : shequ_demo_names_draw_surname (people->names, &people->random);
  return kin->surnames[place];
}

/* Children follow a parent; spouses and others mostly are of the head's. */
static const char *
find_ethnic (ShequDemoPeople *people, Kin *kin, int place)
{
  int parent = get_member (kin, place)->parents[0];

  if (kin->ethnic[place] != NULL)
    return kin->ethnic[place];
  if (parent >= 0)
    kin->ethnic[place] = find_ethnic (people, kin, parent);
  else if (place > 0 && kin->ethnic[0] != NULL && chance (people, SAME_ETHNIC_PER_CENT))
    kin->ethnic[place] = kin->ethnic[0];
  else
    kin->ethnic[place] = FIND (ethnic_words, draw (people, people->ethnic));
  return kin->ethnic[place];
}

static void
write_name (ShequDemoPeople *people, Kin *kin, int place, int birth_year, ShequDemoPerson *person)
{
  const char *surname = find_surname (people, kin, place);

  if (g_str_equal (person->ethnic, MONGOL) && chance (people, MONGOLIAN_NAME_PER_CENT))
    g_strlcpy (person->name, shequ_demo_names_draw_mongolian (people->names, &people->random),
               SHEQU_DEMO_NAME_SIZE);
  else
    shequ_demo_names_write (people->names, &people->random, surname, birth_year, person->sex, person->name);
}

static void
make_person (ShequDemoPeople *people, Kin *kin, int place, ShequDemoPerson *person)
{
  const ShequDemoMember *member = get_member (kin, place);
  ShequDate birth = draw_birth (people, member->age);
  const char *region = kin->region;

  if (!chance (people, SAME_REGION_PER_CENT))
    region = shequ_demo_numbers_draw_region (people->numbers, &people->random);
  person->age = member->age;
  person->sex = member->sex;
  person->relation = member->relation;
  memcpy (person->parents, member->parents, sizeof person->parents);
  shequ_date_to_iso (&birth, person->birth_date);
  person->status = decide_status (people, kin->household_status, member, place == 0);
  person->ethnic = find_ethnic (people, kin, place);
  write_name (people, kin, place, birth.year, person);
  write_number (people, person, region, &birth);
  person->employment = decide_employment (people, person);
  person->education = decide_education (people, person);
  person->marital = decide_marital (people, member);
  person->political = decide_political (people, member->age);
  decide_registration (people, person);
  if (!g_str_equal (person->status, "10") && chance (people, people->has_mobile[member->age]))
    shequ_demo_numbers_make_mobile (people->numbers, &people->random, person->phone);
}

static void
clear_person (gpointer data)
{
  g_free (((ShequDemoPerson *) data)->hukou_address);
}

static ShequDemoHousehold *
make_household (ShequDemoPeople *people, const ShequDemoFamily *family)
{
  ShequDemoHousehold *household = g_new0 (ShequDemoHousehold, 1);
  Kin kin = { .family = family };

  household->status = draw_status (people, people->household_status);
  household->persons = g_array_sized_new (FALSE, TRUE, sizeof (ShequDemoPerson), family->members->len);
  g_array_set_clear_func (household->persons, clear_person);
  g_array_set_size (household->persons, family->members->len);
  kin.household_status = household->status;
  kin.region = shequ_demo_numbers_draw_region (people->numbers, &people->random);
  for (guint i = 0; i < family->members->len; i++)
    make_person (people, &kin, (int) i, &g_array_index (household->persons, ShequDemoPerson, i));
  return household;
}

/**
 * shequ_demo_people_make_households:
 * @people: a source of people
 * @households: how many households
 * @persons: how many persons, one to eight times as many
 *
 * Returns: (transfer full) (element-type ShequDemoHousehold): exactly so many
 */
GPtrArray *
shequ_demo_people_make_households (ShequDemoPeople *people, guint households, guint persons)
{
  g_autoptr (GPtrArray) families =
    shequ_demo_families_make (people->rates, &people->random, households, persons);
  GPtrArray *made = g_ptr_array_new_full (families->len, (GDestroyNotify) shequ_demo_household_free);

  for (guint i = 0; i < families->len; i++)
    g_ptr_array_add (made, make_household (people, families->pdata[i]));
  return made;
}

/**
 * shequ_demo_people_write_name:
 * @people: a source of people
 * @age: in full years
 * @sex: 1 male, 2 female
 * @buffer: (out): of %SHEQU_DEMO_NAME_SIZE
 *
 * Writes a name for somebody who is no resident, as who works in the office.
 */
void
shequ_demo_people_write_name (ShequDemoPeople *people, int age, guint sex, char *buffer)
{
  const char *surname = shequ_demo_names_draw_surname (people->names, &people->random);

  shequ_demo_names_write (people->names, &people->random, surname, people->today.year - age, sex, buffer);
}

void
shequ_demo_people_write_phone (ShequDemoPeople *people, char *buffer)
{
  shequ_demo_numbers_make_mobile (people->numbers, &people->random, buffer);
}

void
shequ_demo_household_free (ShequDemoHousehold *household)
{
  g_array_unref (household->persons);
  g_free (household);
}
