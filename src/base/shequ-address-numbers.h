#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHEQU_ADDRESS_NUMBER_SIZE 16

/* What the word behind a number says of it. */
typedef enum
{
  SHEQU_ADDRESS_PLAIN,
  SHEQU_ADDRESS_BUILDING,
  SHEQU_ADDRESS_STAIRWELL,
  SHEQU_ADDRESS_FLOOR,
  SHEQU_ADDRESS_ROOM,
  SHEQU_ADDRESS_HOUSE,
  SHEQU_ADDRESS_YARD,
  SHEQU_ADDRESS_LANE,
  SHEQU_ADDRESS_PHASE,
  SHEQU_ADDRESS_STOREY, /* 楼: a building or a floor */
} ShequAddressMark;

/* A number of an address with its word: 3号楼. */
typedef struct
{
  char number[SHEQU_ADDRESS_NUMBER_SIZE];
  ShequAddressMark mark;
  gboolean dash; /* a dash follows */
  const char *start;
  const char *end;
} ShequAddressItem;

gboolean shequ_address_read_item (const char *text, ShequAddressItem *item);

G_END_DECLS
