/*
 * Addresses as registers hold them.
 *
 * An address is taken apart from the left: region, street, community, then pieces of a name with the numbers
 * behind it. What a number means is said by its word (3号楼) or, between dashes, by its place (3-2-501). What
 * does not fit is kept in `rest`, so that nothing is lost.
 */
#include "shequ-address.h"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "shequ-address-numbers.h"
#include "shequ-text.h"

#define LONGEST_ADDRESS 512
#define MOST_ITEMS 8

static void
set (char **part, const char *start, gsize length)
{
  if (*part == NULL && length > 0)
    *part = g_strndup (start, length);
}

static void
append (char **part, const char *start, gsize length)
{
  char *joined;

  if (length == 0)
    return;
  joined = g_strdup_printf ("%s%.*s", *part == NULL ? "" : *part, (int) length, start);
  g_free (*part);
  *part = joined;
}

static gboolean
ends_on (const char *start, gsize length, const char *const *endings)
{
  for (guint i = 0; endings[i] != NULL; i++)
    {
      gsize size = strlen (endings[i]);

      if (length > size && memcmp (start + length - size, endings[i], size) == 0)
        return TRUE;
    }
  return FALSE;
}

static gsize
han_length (const char *text)
{
  const char *place = text;

  for (;;)
    {
      const char *next = place;

      if (!shequ_text_is_han (shequ_text_next (&next)))
        return place - text;
      place = next;
    }
}

/* Takes the start of the text up to an ending, when only Han and at most ten of them stand before it. */
static const char *
take_front (const char *text, const char *const *endings, char **part)
{
  gsize han = han_length (text);

  for (guint i = 0; endings[i] != NULL; i++)
    {
      const char *found = memmem (text, han, endings[i], strlen (endings[i]));

      if (found != NULL && found >= text + 2 * strlen ("市") - 3 && found > text && found - text <= 30)
        {
          const char *end = found + strlen (endings[i]);

          append (part, text, end - text);
          return end;
        }
    }
  return text;
}

static gboolean
is_county (const char *start, gsize length)
{
  static const char *const others[] = { "小区", "社区", "园区", "校区", "厂区", "院区",
                                        "宅区", "属区", "住区", "片区", NULL };

  return !ends_on (start, length, others);
}

static const char *
take_region (const char *text, ShequAddress *out)
{
  static const char *const provinces[] = { "省", "自治区", NULL };
  static const char *const cities[] = { "市", NULL };
  static const char *const counties[] = { "区", "县", NULL };
  g_autofree char *county = NULL;
  const char *after;

  text = take_front (text, provinces, &out->region);
  text = take_front (text, cities, &out->region);
  after = take_front (text, counties, &county);
  if (after != text && after - text <= 18 && is_county (text, after - text) &&
      (out->region != NULL || han_length (after) > 0))
    {
      append (&out->region, text, after - text);
      text = after;
    }
  return text;
}

static const char *
take_units (const char *text, ShequAddress *out)
{
  static const char *const streets[] = { "街道办事处", "街道", "镇", "乡", NULL };
  static const char *const communities[] = { "社区居民委员会", "社区居委会", "社区", "居民委员会",
                                             "居委会",         "村委会",     NULL };

  text = take_region (text, out);
  text = take_front (text, streets, &out->street);
  return take_front (text, communities, &out->community);
}

static const char *const road_endings[] = { "路", "街", "大道", "巷", "胡同", "道", NULL };

/* 新华路幸福小区: a road and an estate in one; 铁路小区 is an estate. */
static gsize
road_within (const char *start, gsize length)
{
  static const char *const marks[] = { "大街", "大道", "路", NULL };

  for (guint i = 0; marks[i] != NULL; i++)
    {
      const char *found = memmem (start, length, marks[i], strlen (marks[i]));
      gsize size = strlen (marks[i]);

      if (found != NULL && found - start >= 6 && start + length - found >= (gssize) size + 9)
        return found - start + size;
    }
  return 0;
}

/* 幸福小区1号门市: the estate ends where its word does. */
static gsize
estate_within (const char *start, gsize length)
{
  static const char *const words[] = { "小区", "花园", "家园", "公寓", "大厦", "新村", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *found = memmem (start, length, words[i], strlen (words[i]));

      if (found != NULL && found > start)
        return found - start + strlen (words[i]);
    }
  return 0;
}

static void
take_name (const char *start, gsize length, gboolean numbered, ShequAddress *out)
{
  static const char *const estates[] = { "小区", "花园", "家园", "公寓", "大厦", "广场", "城", "苑",
                                         "院",   "里",   "村",   "庄",   "府",   "园",   "庭", "湾",
                                         "楼",   "区",   "居",   "墅",   "郡",   NULL };
  gsize road = out->road == NULL ? road_within (start, length) : 0;

  if (length == 0)
    return;
  if (road > 0)
    {
      set (&out->road, start, road);
      start += road;
      length -= road;
    }
  if (out->road == NULL && ends_on (start, length, road_endings))
    set (&out->road, start, length);
  else if (out->estate == NULL && out->building == NULL)
    {
      gsize estate = numbered || ends_on (start, length, estates) ? length : estate_within (start, length);

      set (&out->estate, start, estate);
      append (&out->rest, start + estate, length - estate);
    }
  else
    append (&out->rest, start, length);
}

static void
keep_rest (const ShequAddressItem *item, ShequAddress *out)
{
  append (&out->rest, item->start, item->end - item->start - (item->dash ? 1 : 0));
}

static void
take_part (char **part, const ShequAddressItem *item, ShequAddress *out)
{
  if (*part == NULL)
    *part = g_strdup (item->number);
  else
    keep_rest (item, out);
}

static void
take_floor (const ShequAddressItem *item, ShequAddress *out)
{
  if (out->floor == 0 && g_ascii_isdigit (item->number[0]))
    out->floor = (int) g_ascii_strtoll (item->number, NULL, 10);
  else
    keep_rest (item, out);
}

/* Numbers without words mean building, stairwell, floor, room: the last is the room, the others as many as
 * there are. */
static void
take_plain (const ShequAddressItem *items, guint count, gboolean more, ShequAddress *out)
{
  guint i = 0;

  if (out->building == NULL && (count > 1 || more))
    take_part (&out->building, &items[i++], out);
  if (out->stairwell == NULL && (count - i > 1 || (more && i < count)))
    take_part (&out->stairwell, &items[i++], out);
  if (count - i > 1)
    take_floor (&items[i++], out);
  for (; i < count; i++)
    take_part (&out->room, &items[i], out);
}

static void
take_house (const ShequAddressItem *item, gboolean more, ShequAddress *out)
{
  if (out->building == NULL && more)
    take_part (&out->building, item, out);
  else if (out->building != NULL)
    take_part (&out->room, item, out);
  else
    take_part (&out->number, item, out);
}

/* 5楼501 is the fifth floor, 5楼2单元 and 5楼301 are building 5. */
static void
take_storey (const ShequAddressItem *items, guint count, ShequAddress *out)
{
  gboolean fits = count == 1 || (items[1].mark != SHEQU_ADDRESS_STAIRWELL &&
                                 shequ_address_floor_of_room (items[1].number) == atoi (items[0].number));

  if (out->building != NULL || (fits && (count > 1 || out->stairwell != NULL)))
    take_floor (items, out);
  else
    take_part (&out->building, items, out);
}

static void
take_phase (const ShequAddressItem *item, ShequAddress *out)
{
  if (out->estate != NULL && out->building == NULL)
    append (&out->estate, item->start, item->end - item->start - (item->dash ? 1 : 0));
  else
    keep_rest (item, out);
}

static guint
plain_run (const ShequAddressItem *items, guint count)
{
  guint run = 0;

  while (run < count && items[run].mark == SHEQU_ADDRESS_PLAIN)
    {
      run++;
      if (!items[run - 1].dash)
        return run;
    }
  /* 3-2-501室: the word belongs to the last. */
  if (run > 0 && run < count &&
      (items[run].mark == SHEQU_ADDRESS_ROOM || items[run].mark == SHEQU_ADDRESS_HOUSE))
    run++;
  return run;
}

static void
take_items (const ShequAddressItem *items, guint count, ShequAddress *out)
{
  for (guint i = 0; i < count; i++)
    {
      const ShequAddressItem *item = &items[i];
      gboolean more = i + 1 < count;
      guint run = plain_run (item, count - i);

      if (run > 0)
        {
          take_plain (item, run, i + run < count, out);
          i += run - 1;
        }
      else if (item->mark == SHEQU_ADDRESS_BUILDING)
        take_part (&out->building, item, out);
      else if (item->mark == SHEQU_ADDRESS_STAIRWELL)
        take_part (&out->stairwell, item, out);
      else if (item->mark == SHEQU_ADDRESS_FLOOR)
        take_floor (item, out);
      else if (item->mark == SHEQU_ADDRESS_ROOM)
        take_part (&out->room, item, out);
      else if (item->mark == SHEQU_ADDRESS_HOUSE)
        take_house (item, more, out);
      else if (item->mark == SHEQU_ADDRESS_STOREY)
        take_storey (item, count - i, out);
      else if (item->mark == SHEQU_ADDRESS_PHASE)
        take_phase (item, out);
      else if (out->number == NULL)
        set (&out->number, item->start, item->end - item->start - (item->dash ? 1 : 0));
      else
        keep_rest (item, out);
    }
}

/* The number of a road: 12号, 8-1号, 12号院, 100弄. Gives how many items it took. */
static guint
take_road_number (const ShequAddressItem *items, guint count, ShequAddress *out)
{
  guint last = count > 1 && items[0].mark == SHEQU_ADDRESS_PLAIN && items[0].dash ? 1 : 0;
  ShequAddressMark mark = count > 0 ? items[last].mark : SHEQU_ADDRESS_PLAIN;

  if (count == 0 || out->number != NULL)
    return 0;
  if (mark == SHEQU_ADDRESS_YARD || mark == SHEQU_ADDRESS_LANE)
    set (&out->number, items[0].start, items[last].end - items[0].start - (items[last].dash ? 1 : 0));
  else if (mark == SHEQU_ADDRESS_HOUSE)
    out->number =
      last == 1 ? g_strconcat (items[0].number, "-", items[1].number, NULL) : g_strdup (items[0].number);
  else
    return 0;
  return last + 1;
}

static const char *
take_piece (const char *text, ShequAddress *out)
{
  ShequAddressItem items[MOST_ITEMS];
  const char *name = text;
  guint count = 0;
  guint used = 0;
  gboolean had_road = out->road != NULL;
  gsize length;

  while (*text != '\0' && strchr ("-# ", *text) == NULL && !shequ_address_read_item (text, &items[0]))
    shequ_text_next (&text);
  length = text - name;
  while (count < MOST_ITEMS && shequ_address_read_item (text, &items[count]))
    text = items[count++].end;
  take_name (name, length, count > 0, out);
  if (!had_road && out->road != NULL && (out->estate == NULL || !ends_on (name, length, road_endings)))
    used = out->estate == NULL ? take_road_number (items, count, out) : 0;
  take_items (items + used, count - used, out);
  while (*text != '\0' && strchr ("-# ", *text) != NULL)
    text++;
  return text;
}

/* Folds the text; signs become blanks, and blanks between numbers dashes: 3 2 501. */
static gboolean
fold (const char *text, char *folded)
{
  char plain[LONGEST_ADDRESS];
  gsize length = 0;

  if (shequ_text_fold_into (text, plain, sizeof plain) < 0)
    return FALSE;
  for (const char *sign = plain; *sign != '\0'; sign++)
    {
      char before = length > 0 ? folded[length - 1] : '\0';

      if ((guchar) *sign >= 0x80 || g_ascii_isalnum (*sign) || *sign == '#')
        folded[length++] = *sign;
      else if ((g_ascii_isalnum (before) && g_ascii_isalnum (sign[1])) || *sign == '-')
        folded[length++] = '-';
      else if (*sign != ' ' && before != ' ')
        folded[length++] = ' ';
    }
  folded[length] = '\0';
  return TRUE;
}

/**
 * shequ_address_parse:
 * @text: an address as a register or a person writes it
 * @out: (out caller-allocates): its parts, to be freed with shequ_address_clear()
 *
 * Reads 海明街道民生社区幸福小区3号楼2单元501室, 幸福小区3-2-501, 3栋二单元5楼501, 新华路12号 and their like,
 * also in full-width digits and Chinese numerals.
 */
void
shequ_address_parse (const char *text, ShequAddress *out)
{
  char folded[LONGEST_ADDRESS];
  const char *place = folded;

  memset (out, 0, sizeof *out);
  if (!fold (text, folded))
    {
      out->rest = g_utf8_make_valid (text, -1);
      return;
    }
  place = take_units (place, out);
  while (*place != '\0')
    place = take_piece (place, out);
  if (out->floor == 0 && out->room != NULL)
    out->floor = shequ_address_floor_of_room (out->room);
}

/**
 * shequ_address_clear:
 * @address: an address
 *
 * Frees the parts.
 */
void
shequ_address_clear (ShequAddress *address)
{
  g_free (address->region);
  g_free (address->street);
  g_free (address->community);
  g_free (address->estate);
  g_free (address->road);
  g_free (address->number);
  g_free (address->building);
  g_free (address->stairwell);
  g_free (address->room);
  g_free (address->rest);
  memset (address, 0, sizeof *address);
}

static void
append_building (const ShequAddress *address, GString *text)
{
  if (address->estate != NULL)
    g_string_append (text, address->estate);
  else
    {
      g_string_append (text, address->road != NULL ? address->road : "");
      if (address->number != NULL)
        g_string_append_printf (
          text, "%s%s", address->number,
          g_str_has_suffix (address->number, "院") || g_str_has_suffix (address->number, "弄") ? "" : "号");
    }
  if (address->building != NULL)
    g_string_append_printf (text, "%s%s", address->building,
                            g_ascii_isalpha (address->building[0]) && address->building[1] == '\0' ? "座"
                                                                                                   : "号楼");
}

/**
 * shequ_address_format_building:
 * @address: an address
 *
 * Returns: (transfer full): the normal form down to the building, 幸福小区3号楼; empty when it names none
 */
char *
shequ_address_format_building (const ShequAddress *address)
{
  GString *text = g_string_new (NULL);

  append_building (address, text);
  return g_string_free (text, FALSE);
}

/**
 * shequ_address_format:
 * @address: an address
 *
 * Returns: (transfer full): the normal form by which dwellings are told apart, 幸福小区3号楼2单元501; empty
 * when nothing could be read
 */
char *
shequ_address_format (const ShequAddress *address)
{
  GString *text = g_string_new (NULL);

  append_building (address, text);
  if (address->stairwell != NULL)
    g_string_append_printf (text, "%s单元", address->stairwell);
  if (address->room != NULL)
    g_string_append (text, address->room);
  return g_string_free (text, FALSE);
}

/**
 * shequ_address_floor_of_room:
 * @room: a room, as 501 or 1203
 *
 * Returns: the floor that a room of three or four digits tells, else 0
 */
int
shequ_address_floor_of_room (const char *room)
{
  gsize digits = strspn (room, "0123456789");

  if (digits == 3)
    return room[0] - '0';
  return digits == 4 ? (room[0] - '0') * 10 + (room[1] - '0') : 0;
}
