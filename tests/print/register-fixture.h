#pragma once

#include "../model/model-fixture.h"
#include "record-maker.h"

G_BEGIN_DECLS

/* One office for all registers: what they leave behind for each other is deleted. */
typedef struct
{
  ModelFixture model;
  ShequStore *store;
  ShequRights *rights;
  RecordMaker maker;
  char *path; /* of the spreadsheet at hand */
} RegisterFixture;

ShequQuery *register_query (const ShequRegister *reg);
gboolean register_export (RegisterFixture *fixture,
                          const ShequRegister *reg,
                          const char *path,
                          GError **error);

void check_export (RegisterFixture *fixture, const ShequRow *row);
void check_blank (RegisterFixture *fixture, const ShequRow *row);
void check_import_blank (RegisterFixture *fixture, const ShequRow *row);

G_END_DECLS
