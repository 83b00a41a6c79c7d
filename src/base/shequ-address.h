#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequAddress:
 * @region: (nullable): province, city and county in front
 * @street: (nullable): as 海明街道
 * @community: (nullable): as 民生社区
 * @estate: (nullable): as 幸福小区, with its phase
 * @road: (nullable): as 新华路
 * @number: (nullable): of the road: `12`, `12号院`, `100弄`
 * @building: (nullable): `3`, `A`, `3A`
 * @stairwell: (nullable): `2`
 * @floor: 0 when unknown
 * @room: (nullable): `501`
 * @rest: (nullable): what could not be read
 *
 * An address in its parts. Numbers are in half-width digits whatever the text had.
 */
typedef struct
{
  char *region;
  char *street;
  char *community;
  char *estate;
  char *road;
  char *number;
  char *building;
  char *stairwell;
  char *room;
  char *rest;
  int floor;
} ShequAddress;

void shequ_address_parse (const char *text, ShequAddress *out);
void shequ_address_clear (ShequAddress *address);
char *shequ_address_format (const ShequAddress *address);
char *shequ_address_format_building (const ShequAddress *address);
int shequ_address_floor_of_room (const char *room);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShequAddress, shequ_address_clear)

G_END_DECLS
