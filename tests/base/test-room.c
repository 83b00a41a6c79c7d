#include "shequ-room.h"

static void
test_floors (void)
{
  static const struct
  {
    const char *room;
    int floor;
    int place;
  } cases[] = {
    { "501", 5, 1 },    { "1203", 12, 3 }, { "10004", 100, 4 },  { "501室", 5, 1 }, { "B101", -1, 1 },
    { "负201", -2, 1 }, { "-101", -1, 1 }, { "地下102", -1, 2 }, { "5-2", 5, 2 },   { "12-3", 12, 3 },
    { "12号", 0, 12 },  { "3", 0, 3 },     { "", 0, 0 },         { "东屋", 0, 0 },  { "501", 5, 1 },
    { "A501", 5, 1 },   { "501A", 5, 1 },  { "-", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].room);
      g_assert_cmpint (shequ_room_guess_floor (cases[i].room), ==, cases[i].floor);
      g_assert_cmpint (shequ_room_get_place (cases[i].room), ==, cases[i].place);
    }
  g_assert_cmpint (shequ_room_guess_floor (NULL), ==, SHEQU_FLOOR_UNKNOWN);
  g_assert_cmpint (shequ_room_get_place (NULL), ==, 0);
}

static void
test_order (void)
{
  g_assert_cmpint (shequ_room_compare ("9号", "10号"), <, 0);
  g_assert_cmpint (shequ_room_compare ("2单元", "12单元"), <, 0);
  g_assert_cmpint (shequ_room_compare ("501", "501"), ==, 0);
  g_assert_cmpint (shequ_room_compare (NULL, "1"), <, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/room/floors", test_floors);
  g_test_add_func ("/room/order", test_order);
  return g_test_run ();
}
