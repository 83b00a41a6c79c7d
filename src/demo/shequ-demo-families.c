/*
 * Households as ages and relations.
 *
 * First every household gets a form and a size, and sizes are mended until the number of persons is exact.
 * Then the forms are filled, those with most conditions first: children are drawn before their parents and
 * parents before grandparents, because children fit into fewest households.
 */
#include "shequ-demo-families.h"

#include "config.h"

#include <string.h>

#define LEAST_PARENT 21 /* full years older than the child, so that it is 20 by the day */
#define MOST_PARENT 39
#define LEAST_ADULT 18
#define LEAST_SPOUSE 22
#define ELDEST (SHEQU_DEMO_AGES - 1)

typedef struct _Builder Builder;
typedef struct _Form Form;

/* A form, the sizes it may have and how often each is, from the least one on. */
struct _Form
{
  const char *name; /* as key-rates.tsv names it */
  guint least;
  guint most;
  guint sizes[8]; /* per cent */
  void (*build) (Builder *builder, guint size);
};

struct _Builder
{
  ShequDemoPyramid *pyramid;
  ShequDemoRandom *random;
  ShequDemoFamily *family;
  double child[SHEQU_DEMO_AGES];
  double single[SHEQU_DEMO_AGES];
  double couple[SHEQU_DEMO_AGES];
};

typedef struct
{
  const Form *form;
  guint size;
} Plan;

static int
add (Builder *builder, ShequDemoSexes sexes, int low, int high, const double *factors)
{
  ShequDemoMember member = { .relation = "", .family = -1, .parents = { -1, -1 } };

  shequ_demo_pyramid_draw (builder->pyramid, builder->random, sexes, low, high, factors, &member.age,
                           &member.sex);
  g_array_append_val (builder->family->members, member);
  return (int) builder->family->members->len - 1;
}

static ShequDemoMember *
get (Builder *builder, int place)
{
  return &g_array_index (builder->family->members, ShequDemoMember, place);
}

static gboolean
is_male (Builder *builder, int place)
{
  return get (builder, place)->sex == 1;
}

/* A husband is up to eight years older, or four younger; [low, high] is what else bounds the age. */
static int
add_spouse (Builder *builder, int place, int low, int high)
{
  int age = get (builder, place)->age;
  gboolean male = is_male (builder, place);
  int spouse =
    add (builder, male ? SHEQU_DEMO_FEMALE : SHEQU_DEMO_MALE,
         MAX (low, MAX (LEAST_SPOUSE - 2, age - (male ? 8 : 4))), MIN (high, age + (male ? 4 : 8)), NULL);

  get (builder, place)->wedlock = SHEQU_DEMO_WEDLOCK_SPOUSE;
  get (builder, spouse)->wedlock = SHEQU_DEMO_WEDLOCK_SPOUSE;
  return spouse;
}

/* The ages that fit somebody whose children or grandchildren stand at [first, first + count). */
static void
get_parent_ages (Builder *builder, int first, guint count, int generations, int *low, int *high)
{
  int youngest = ELDEST, oldest = 0;

  for (guint i = 0; i < count; i++)
    {
      youngest = MIN (youngest, get (builder, first + (int) i)->age);
      oldest = MAX (oldest, get (builder, first + (int) i)->age);
    }
  *low = oldest + LEAST_PARENT * generations;
  *high = MAX (*low, youngest + MOST_PARENT * generations);
}

#define ROOM_FOR_SIBLINGS 8

/* Brothers and sisters, close in age; the later ones bear the surname of the first. */
static int
add_children (Builder *builder, guint count, int oldest)
{
  int first = add (builder, SHEQU_DEMO_EITHER, 0, oldest, builder->child);
  int age = get (builder, first)->age;

  get (builder, first)->wedlock = SHEQU_DEMO_WEDLOCK_NEVER;
  for (guint i = 1; i < count; i++)
    {
      int low = MAX (0, age - ROOM_FOR_SIBLINGS), high = MIN (oldest, age + ROOM_FOR_SIBLINGS);
      int child = add (builder, SHEQU_DEMO_EITHER, low, high, builder->child);

      get (builder, child)->wedlock = SHEQU_DEMO_WEDLOCK_NEVER;
      get (builder, child)->family = first;
    }
  return first;
}

/* Father first where there are two; returns the place of the first, the other one follows it. */
static int
add_parents (Builder *builder, int first_child, guint count, guint parents, int generations)
{
  int low, high, parent;

  get_parent_ages (builder, first_child, count, generations, &low, &high);
  parent = add (builder, parents == 2 ? SHEQU_DEMO_MALE : SHEQU_DEMO_EITHER, low, high, NULL);
  if (parents == 2)
    add_spouse (builder, parent, low, high);
  else
    get (builder, parent)->wedlock = SHEQU_DEMO_WEDLOCK_ALONE;
  return parent;
}

static void
bind_children (Builder *builder, int first, guint count, int father, int mother)
{
  for (guint i = 0; i < count; i++)
    {
      get (builder, first + (int) i)->parents[0] = father;
      get (builder, first + (int) i)->parents[1] = mother;
    }
}

static void
relate_parents (Builder *builder, int parent, guint parents, const char *father, const char *mother)
{
  for (guint i = 0; i < parents; i++)
    get (builder, parent + (int) i)->relation = is_male (builder, parent + (int) i) ? father : mother;
}

/* An only child has a code of its own; others are counted by sex from the eldest. */
static void
relate_children (Builder *builder, int first, guint count)
{
  static const char *const sons[] = { "22", "23", "24", "25", "26", "29" };
  static const char *const daughters[] = { "32", "33", "34", "35", "36", "39" };

  for (guint i = 0; i < count; i++)
    {
      ShequDemoMember *child = get (builder, first + (int) i);
      guint before = 0;

      for (guint k = 0; k < count; k++)
        {
          const ShequDemoMember *other = get (builder, first + (int) k);

          if (other->sex == child->sex && (other->age > child->age || (other->age == child->age && k < i)))
            before++;
        }
      if (count == 1)
        child->relation = child->sex == 1 ? "21" : "31";
      else
        child->relation = child->sex == 1 ? sons[MIN (before, 5)] : daughters[MIN (before, 5)];
    }
}

static void
relate_grandchildren (Builder *builder, int first, guint count, gboolean of_son)
{
  for (guint i = 0; i < count; i++)
    {
      ShequDemoMember *child = get (builder, first + (int) i);

      if (of_son)
        child->relation = child->sex == 1 ? "41" : "42";
      else
        child->relation = child->sex == 1 ? "43" : "44";
    }
}

/* Most often the man stands as head. */
static int
choose_head (Builder *builder, int one, int other)
{
  gboolean first = is_male (builder, one) == shequ_demo_random_chance (builder->random, 80);
  int head = first ? one : other;
  int spouse = first ? other : one;

  get (builder, head)->relation = "02";
  get (builder, spouse)->relation = is_male (builder, spouse) ? "11" : "12";
  return head;
}

static void
build_one_person (Builder *builder, guint size)
{
  int head = add (builder, SHEQU_DEMO_EITHER, LEAST_ADULT, ELDEST, builder->single);

  get (builder, head)->relation = "02";
}

static void
build_couple (Builder *builder, guint size)
{
  int husband = add (builder, SHEQU_DEMO_MALE, LEAST_SPOUSE, ELDEST, builder->couple);

  choose_head (builder, husband, add_spouse (builder, husband, 0, ELDEST));
}

static void
build_couple_with_children (Builder *builder, guint size)
{
  guint count = size - 2;
  int child = add_children (builder, count, 42);
  int father = add_parents (builder, child, count, 2, 1);

  get (builder, child)->family = father;
  bind_children (builder, child, count, father, father + 1);
  relate_children (builder, child, count);
  choose_head (builder, father, father + 1);
}

static void
build_one_parent (Builder *builder, guint size)
{
  guint count = size - 1;
  int child = add_children (builder, count, 50);
  int parent = add_parents (builder, child, count, 1, 1);

  if (is_male (builder, parent) || shequ_demo_random_chance (builder->random, 25))
    get (builder, child)->family = parent;
  bind_children (builder, child, count, parent, -1);
  relate_children (builder, child, count);
  get (builder, parent)->relation = "02";
}

/* The eldest as head: the child, who may be married, and its spouse stand at `middle`. */
static void
relate_to_eldest (Builder *builder,
                  int elder,
                  guint elders,
                  int child,
                  guint children,
                  int middle,
                  guint middles)
{
  gboolean son = is_male (builder, middle);

  if (elders == 2)
    choose_head (builder, elder, elder + 1);
  else
    get (builder, elder)->relation = "02";
  relate_children (builder, middle, 1);
  if (middles == 2)
    get (builder, middle + 1)->relation = son ? "38" : "28";
  relate_grandchildren (builder, child, children, son);
}

/* The middle generation as head: the man where there are two; the elders are parents of `middle`. */
static void
relate_to_middle (Builder *builder,
                  int elder,
                  guint elders,
                  int child,
                  guint children,
                  int middle,
                  guint middles)
{
  gboolean own = middles == 1 || is_male (builder, middle);

  get (builder, own ? middle : middle + 1)->relation = "02";
  if (middles == 2)
    get (builder, own ? middle + 1 : middle)->relation = "12";
  relate_parents (builder, elder, elders, own ? "51" : "55", own ? "52" : "56");
  relate_children (builder, child, children);
}

/* Makes the spouse the second of the middle ones, and the child of the elders the first. */
static int
add_middle (Builder *builder, int child, guint children, guint count)
{
  int low, high, middle;

  if (children > 0)
    get_parent_ages (builder, child, children, 1, &low, &high);
  else
    low = LEAST_SPOUSE, high = 55;
  middle = add (builder, shequ_demo_random_chance (builder->random, 75) ? SHEQU_DEMO_MALE : SHEQU_DEMO_FEMALE,
                low, high, NULL);
  if (count == 2)
    add_spouse (builder, middle, low, high);
  else
    get (builder, middle)->wedlock = SHEQU_DEMO_WEDLOCK_ALONE;
  return middle;
}

static void
build_generations (Builder *builder, guint elders, guint middles, guint children)
{
  int child = children > 0 ? add_children (builder, children, 26) : -1;
  int middle = add_middle (builder, child, children, middles);
  int elder = add_parents (builder, middle, 1, elders, 1);

  if (is_male (builder, elder))
    get (builder, middle)->family = elder;
  if (children > 0 && (is_male (builder, middle) || middles == 2))
    get (builder, child)->family = is_male (builder, middle) ? middle : middle + 1;
  bind_children (builder, middle, 1, elder, elders == 2 ? elder + 1 : -1);
  bind_children (builder, MAX (child, 0), children, middle, middles == 2 ? middle + 1 : -1);
  if (children == 0 || shequ_demo_random_chance (builder->random, 40))
    relate_to_eldest (builder, elder, elders, child, children, middle, middles);
  else
    relate_to_middle (builder, elder, elders, child, children, middle, middles);
}

static void
build_three_generations (Builder *builder, guint size)
{
  guint elders = size == 3 ? 1 : size == 4 ? 1 : shequ_demo_random_chance (builder->random, 70) ? 2 : 1;
  guint middles = size == 3 ? 1 : 2;

  build_generations (builder, elders, middles, size - elders - middles);
}

static void
build_parents_with_married_child (Builder *builder, guint size)
{
  build_generations (builder, size - 2, 2, 0);
}

static void
build_grandparents (Builder *builder, guint size)
{
  guint elders = size == 2 || shequ_demo_random_chance (builder->random, 20) ? 1 : 2;
  guint count = size - elders;
  int child = add_children (builder, count, 22);
  int elder = add_parents (builder, child, count, elders, 2);
  gboolean of_son = shequ_demo_random_chance (builder->random, 60);

  if (of_son && is_male (builder, elder))
    get (builder, child)->family = elder;
  if (elders == 2)
    choose_head (builder, elder, elder + 1);
  else
    get (builder, elder)->relation = "02";
  relate_grandchildren (builder, child, count, of_son);
}

static const char *
name_relative (const ShequDemoMember *head, const ShequDemoMember *other)
{
  gboolean male = other->sex == 1;

  if (head->age - other->age > 14)
    return male ? "93" : "94";
  if (other->age > head->age)
    return male ? "71" : "75";
  return male ? "73" : "77";
}

static void
build_other_relatives (Builder *builder, guint size)
{
  int head = add (builder, SHEQU_DEMO_EITHER, 22, 85, NULL);

  get (builder, head)->relation = "02";
  for (guint i = 1; i < size; i++)
    {
      int age = get (builder, head)->age;
      int other = add (builder, SHEQU_DEMO_EITHER, MAX (LEAST_ADULT, age - 30), age + 10, NULL);

      get (builder, other)->family = head;
      get (builder, other)->relation = name_relative (get (builder, head), get (builder, other));
    }
}

static void
build_non_relatives (Builder *builder, guint size)
{
  for (guint i = 0; i < size; i++)
    {
      int other = add (builder, SHEQU_DEMO_EITHER, LEAST_ADULT, 62, builder->single);

      get (builder, other)->relation = i == 0 ? "02" : "99";
    }
}

/* Those with most conditions first. */
static const Form forms[] = {
  { "three_generations", 3, 8, { 8, 22, 42, 20, 6, 2 }, build_three_generations },
  { "grandparents_with_grandchildren", 2, 5, { 35, 50, 13, 2 }, build_grandparents },
  { "couple_with_children", 3, 6, { 79, 18, 2, 1 }, build_couple_with_children },
  { "one_parent_with_children", 2, 5, { 82, 16, 2, 0 }, build_one_parent },
  { "parents_with_married_child", 3, 4, { 30, 70 }, build_parents_with_married_child },
  { "other_relatives", 2, 5, { 70, 25, 5, 0 }, build_other_relatives },
  { "non_relatives", 2, 8, { 55, 28, 12, 5, 0, 0, 0 }, build_non_relatives },
  { "couple", 2, 2, { 100 }, build_couple },
  { "one_person", 1, 1, { 100 }, build_one_person },
};

static const Form *
find_form (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].name, name))
      return &forms[i];
  return &forms[G_N_ELEMENTS (forms) - 1];
}

static guint
draw_size (const Form *form, ShequDemoRandom *random)
{
  guint drawn = shequ_demo_random_below (random, 100);
  guint size = form->least;

  while (size < form->most && drawn >= form->sizes[size - form->least])
    drawn -= form->sizes[size++ - form->least];
  return size;
}

/* A household gets one more; where its form is full, it becomes a larger form. */
static gboolean
grow (Plan *plan)
{
  if (plan->size < plan->form->most)
    plan->size++;
  else if (g_str_equal (plan->form->name, "one_person"))
    *plan = (Plan){ find_form ("couple"), 2 };
  else if (g_str_equal (plan->form->name, "couple"))
    *plan = (Plan){ find_form ("couple_with_children"), 3 };
  else if (plan->size < 8)
    *plan = (Plan){ find_form ("three_generations"), plan->size + 1 };
  else
    return FALSE;
  return TRUE;
}

static gboolean
shrink (Plan *plan)
{
  if (plan->size > plan->form->least)
    plan->size--;
  else if (plan->size == 3)
    *plan = (Plan){ find_form ("couple"), 2 };
  else if (plan->size == 2)
    *plan = (Plan){ find_form ("one_person"), 1 };
  else
    return FALSE;
  return TRUE;
}

/* Only where the forms as they are cannot make up the number are single persons and couples touched. */
static gboolean
may_mend (const Plan *plan, gboolean more, guint round)
{
  return round > 0 || (more ? plan->size < plan->form->most : plan->size > plan->form->least);
}

static void
mend_sizes (Plan *plans, guint count, guint sum, guint persons, ShequDemoRandom *random)
{
  for (guint tries = 0; sum != persons; tries++)
    {
      Plan *plan = &plans[shequ_demo_random_below (random, count)];
      gboolean more = sum < persons;

      if (may_mend (plan, more, tries / (20 * count + 100)) && (more ? grow (plan) : shrink (plan)))
        sum += more ? 1 : -1;
    }
}

static Plan *
make_plans (const ShequDemoRates *rates, ShequDemoRandom *random, guint families, guint persons)
{
  const ShequDemoTable *table = shequ_demo_rates_get (rates, "household_form", NULL);
  Plan *plans = g_new0 (Plan, families);
  guint sum = 0;

  for (guint i = 0; i < families; i++)
    {
      plans[i].form = find_form (shequ_demo_table_draw (table, random));
      plans[i].size = draw_size (plans[i].form, random);
      sum += plans[i].size;
    }
  mend_sizes (plans, families, sum, persons, random);
  return plans;
}

typedef struct
{
  int from; /* the first age it holds for; the last entry runs on */
  double factor;
} Preference;

static void
fill_factors (double *factors, const Preference *preferences, guint count)
{
  guint place = 0;

  for (int age = 0; age < SHEQU_DEMO_AGES; age++)
    {
      while (place + 1 < count && age >= preferences[place + 1].from)
        place++;
      factors[age] = preferences[place].factor;
    }
}

static void
set_up_factors (Builder *builder)
{
  /* All under 20 must find a family, of those over 25 only some live with their parents. */
  static const Preference child[] = { { 0, 25 }, { 20, 1.5 }, { 25, 0.6 }, { 30, 0.25 }, { 40, 0.05 } };
  static const Preference single[] = { { 0, 1 }, { 35, 0.7 }, { 65, 1.5 }, { 75, 2.5 } };
  static const Preference couple[] = { { 0, 0.6 }, { 35, 0.5 }, { 50, 1.4 }, { 80, 1 } };

  fill_factors (builder->child, child, G_N_ELEMENTS (child));
  fill_factors (builder->single, single, G_N_ELEMENTS (single));
  fill_factors (builder->couple, couple, G_N_ELEMENTS (couple));
}

static int
find_head (const GArray *members)
{
  for (guint i = 0; i < members->len; i++)
    if (g_str_equal (g_array_index (members, ShequDemoMember, i).relation, "02"))
      return (int) i;
  g_assert_not_reached ();
}

static int
move (int place, int head)
{
  return place < 0 || place > head ? place : place == head ? 0 : place + 1;
}

/* The head is named first in every household book. */
static void
put_head_first (ShequDemoFamily *family)
{
  int head = find_head (family->members);
  ShequDemoMember first = g_array_index (family->members, ShequDemoMember, head);

  g_array_remove_index (family->members, (guint) head);
  g_array_prepend_val (family->members, first);
  for (guint i = 0; i < family->members->len; i++)
    {
      ShequDemoMember *member = &g_array_index (family->members, ShequDemoMember, i);

      member->family = move (member->family, head);
      member->parents[0] = move (member->parents[0], head);
      member->parents[1] = move (member->parents[1], head);
    }
}

static ShequDemoFamily *
build_family (Builder *builder, const Plan *plan)
{
  ShequDemoFamily *family = g_new0 (ShequDemoFamily, 1);

  family->members = g_array_sized_new (FALSE, TRUE, sizeof (ShequDemoMember), plan->size);
  builder->family = family;
  plan->form->build (builder, plan->size);
  put_head_first (family);
  return family;
}

/**
 * shequ_demo_families_make:
 * @rates: the rates
 * @random: chance
 * @families: how many households
 * @persons: how many persons, one to eight times as many
 *
 * Returns: (transfer full) (element-type ShequDemoFamily): exactly so many, in no order
 */
GPtrArray *
shequ_demo_families_make (const ShequDemoRates *rates, ShequDemoRandom *random, guint families, guint persons)
{
  g_autoptr (ShequDemoPyramid) pyramid = shequ_demo_pyramid_new (rates, random, persons);
  GPtrArray *made = g_ptr_array_new_full (families, (GDestroyNotify) shequ_demo_family_free);
  g_autofree Plan *plans = NULL;
  Builder builder = { .pyramid = pyramid, .random = random };

  g_return_val_if_fail (persons >= families && persons <= families * 8, made);

  plans = make_plans (rates, random, families, persons);
  set_up_factors (&builder);
  for (guint form = 0; form < G_N_ELEMENTS (forms); form++)
    for (guint i = 0; i < families; i++)
      if (plans[i].form == &forms[form])
        g_ptr_array_add (made, build_family (&builder, &plans[i]));
  shequ_demo_random_shuffle (random, made->pdata, made->len);
  return made;
}

void
shequ_demo_family_free (ShequDemoFamily *family)
{
  g_array_unref (family->members);
  g_free (family);
}
