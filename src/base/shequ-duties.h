#pragma once

#include "shequ-screening.h"

G_BEGIN_DECLS

/** ShequDutyRole: what a statute asks of the community. */
typedef enum
{
  SHEQU_DUTY_OWN,
  SHEQU_DUTY_ASSIST,
  SHEQU_DUTY_COOPERATE,
  SHEQU_DUTY_REPORT,
  SHEQU_DUTY_MAY,
} ShequDutyRole;

/** ShequDuty: one @duty of the community by @article of @law as it stood in @version. */
typedef struct
{
  char *id;
  char *area;
  char *duty;
  ShequDutyRole role;
  char *law;
  char *version;
  char *article;
  char *list;
  char *note;
} ShequDuty;

typedef struct _ShequDuties ShequDuties;

ShequDuties *shequ_duties_new (GError **error);
void shequ_duties_free (ShequDuties *duties);
const GPtrArray *shequ_duties_get (ShequDuties *duties);
GPtrArray *shequ_duties_find (ShequDuties *duties, const char *basis);
void shequ_duties_screen (ShequDuties *duties, const ShequApplicationFacts *facts, GPtrArray *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDuties, shequ_duties_free)

G_END_DECLS
