/* What a number on a door says: the floor, and the place on it. */
#include "shequ-room.h"

#include "config.h"

#include <string.h>

#include "shequ-address.h"

/* 10004 is the fourth home of the hundredth floor. */
#define LONGEST_NUMBER 5

/* The marks of a floor below the ground, as B101, 负101, -101, 地下101. */
static const char *const below_marks[] = { "B", "b", "负", "-", "−", "地下" };

static const char *
skip_below_mark (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (below_marks); i++)
    if (g_str_has_prefix (text, below_marks[i]))
      return text + strlen (below_marks[i]);
  return text;
}

/* The first run of digits; empty when there is none. */
static char *
read_digits (const char *text)
{
  gsize start = strcspn (text, "0123456789");
  gsize length = strspn (text + start, "0123456789");

  return g_strndup (text + start, length);
}

/**
 * shequ_room_guess_floor:
 * @room: as it stands on the door: `501`, `1203室`, `B101`, `5-2`
 *
 * Returns: the floor, below zero under the ground; %SHEQU_FLOOR_UNKNOWN when the number tells none
 */
int
shequ_room_guess_floor (const char *room)
{
  g_autofree char *plain = g_utf8_normalize (room != NULL ? room : "", -1, G_NORMALIZE_ALL);
  const char *text = plain != NULL ? g_strstrip (plain) : "";
  const char *number = skip_below_mark (text);
  g_autofree char *digits = read_digits (number);
  const char *behind = strstr (number, digits) + strlen (digits);
  int floor = strlen (digits) == LONGEST_NUMBER ? (int) g_ascii_strtoll (digits, NULL, 10) / 100
                                                : shequ_address_floor_of_room (digits);

  /* 5-2 is the second home of the fifth floor. */
  if (*digits != '\0' && strlen (digits) <= 2 && *behind == '-' && g_ascii_isdigit (behind[1]))
    floor = (int) g_ascii_strtoll (digits, NULL, 10);
  return number != text ? -floor : floor;
}

/**
 * shequ_room_get_place:
 * @room: as it stands on the door
 *
 * Returns: the place on the floor: 1 of `501`; the number itself where it tells no floor; 0 without a number
 */
int
shequ_room_get_place (const char *room)
{
  g_autofree char *plain = g_utf8_normalize (room != NULL ? room : "", -1, G_NORMALIZE_ALL);
  const char *text = plain != NULL ? plain : "";
  g_autofree char *digits = read_digits (text);
  const char *dash = *text != '\0' ? strchr (text + 1, '-') : NULL;
  int number = (int) g_ascii_strtoll (digits, NULL, 10);

  if (shequ_room_guess_floor (text) == SHEQU_FLOOR_UNKNOWN)
    return number;
  if (strlen (digits) <= 2 && dash != NULL)
    return (int) g_ascii_strtoll (dash + 1, NULL, 10);
  return number % 100;
}

/**
 * shequ_room_compare:
 * @one: a number on a door
 * @other: another
 *
 * Returns: below, at or above zero, in the order of the doors: 9号 before 10号
 */
int
shequ_room_compare (const char *one, const char *other)
{
  g_autofree char *first = g_utf8_collate_key_for_filename (one != NULL ? one : "", -1);
  g_autofree char *second = g_utf8_collate_key_for_filename (other != NULL ? other : "", -1);

  return strcmp (first, second);
}
