#pragma once

#include "shequ-demo-families.h"
#include "shequ-demo-names.h"
#include "shequ-demo-numbers.h"

G_BEGIN_DECLS

typedef struct _ShequDemoPeople ShequDemoPeople;

/**
 * ShequDemoPerson:
 * @age: in full years
 * @sex: 1 male, 2 female
 * @name: of at least two characters
 * @birth_date: as `1970-05-01`
 * @id_number: nobody else has it
 * @phone: empty when there is none
 * @relation: to the head, GB/T 4761
 * @parents: places of the parents in the household, or -1
 * @id_document: what the number is of
 * @ethnic: GB 3304
 * @education: (nullable): GB/T 4658
 * @marital: GB/T 2261.2
 * @employment: (nullable): GB/T 2261.4
 * @political: GB/T 4762
 * @status: residence status
 * @hukou_type: (nullable): of those registered here
 * @hukou_address: (nullable) (owned): of those registered elsewhere
 *
 * All codes are those of the code lists of the register `resident`.
 */
typedef struct
{
  int age;
  guint sex;
  char name[SHEQU_DEMO_NAME_SIZE];
  char birth_date[SHEQU_DATE_TEXT_SIZE];
  char id_number[SHEQU_DEMO_ID_NUMBER_SIZE];
  char phone[SHEQU_DEMO_PHONE_SIZE];
  const char *relation;
  int parents[2];
  const char *id_document;
  const char *ethnic;
  const char *education;
  const char *marital;
  const char *employment;
  const char *political;
  const char *status;
  const char *hukou_type;
  char *hukou_address;
} ShequDemoPerson;

/**
 * ShequDemoHousehold:
 * @persons: (element-type ShequDemoPerson): the head first
 * @status: the residence status that the household as a whole has
 */
typedef struct
{
  GArray *persons;
  const char *status;
} ShequDemoHousehold;

ShequDemoPeople *shequ_demo_people_new (const ShequDemoRates *rates,
                                        guint64 seed,
                                        const ShequDate *today,
                                        GError **error);
void shequ_demo_people_free (ShequDemoPeople *people);
GPtrArray *shequ_demo_people_make_households (ShequDemoPeople *people, guint households, guint persons);
void shequ_demo_people_write_name (ShequDemoPeople *people, int age, guint sex, char *buffer);
void shequ_demo_people_write_phone (ShequDemoPeople *people, char *buffer);

gboolean shequ_demo_status_is_registered (const char *status);
gboolean shequ_demo_status_is_present (const char *status);
void shequ_demo_household_free (ShequDemoHousehold *household);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoPeople, shequ_demo_people_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoHousehold, shequ_demo_household_free)

G_END_DECLS
