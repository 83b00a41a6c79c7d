#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/* Makes records that keep all rules of their description, with whatever they link to. */
typedef struct
{
  ShequStore *store;
  const ShequActor *actor;
  const char *today;
  gint64 unit;  /* of all records */
  guint number; /* grows, so that no two values are the same */
  GArray *made; /* of MadeRecord: what was stored, in this order */
} RecordMaker;

typedef struct
{
  const ShequRegister *reg;
  gint64 key;
} MadeRecord;

/* A value as a person would type it; %NULL for links and what is computed. */
char *record_maker_make_text (RecordMaker *maker, const ShequField *field);
ShequRow *record_maker_make_row (RecordMaker *maker, const ShequRegister *reg);
gint64 record_maker_add (RecordMaker *maker, const ShequRegister *reg);
/* Deletes what was made last. */
void record_maker_forget (RecordMaker *maker);
/* Deletes all that was made, so that the next register begins as this one did. */
void record_maker_sweep (RecordMaker *maker);

G_END_DECLS
