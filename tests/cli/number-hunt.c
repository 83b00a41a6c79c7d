#include "number-hunt.h"

#include <string.h>

#define BASE64_PART 12

char *
number_hunt_make_id (guint i)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  g_autofree char *start =
    g_strdup_printf ("110101%04u%02u%02u%03u", 1940 + i % 60, 1 + i % 12, 1 + i % 28, i);
  int sum = 0;

  for (guint k = 0; k < G_N_ELEMENTS (weights); k++)
    sum += weights[k] * (start[k] - '0');
  return g_strdup_printf ("%s%c", start, "10X98765432"[sum % 11]);
}

char *
number_hunt_make_phone (guint i)
{
  return g_strdup_printf ("139%08u", 70000000 + i * 7919);
}

/* As an office would import it: names, and two numbers each. */
char *
number_hunt_make_roster (void)
{
  GString *text = g_string_new ("姓名,公民身份号码,手机号码\n");

  for (guint i = 0; i < NUMBER_HUNT_RESIDENTS; i++)
    {
      g_autofree char *number = number_hunt_make_id (i);
      g_autofree char *phone = number_hunt_make_phone (i);

      g_string_append_printf (text, "王小%u,%s,%s\n", i, number, phone);
    }
  return g_string_free (text, FALSE);
}

/* The numbers, and what base64 makes of the parts of them that it may begin with. */
typedef struct
{
  GHashTable *numbers;
  GHashTable *parts;
  guint n_found;
  char *where;
} Hunt;

static void
add_number (Hunt *hunt, char *number)
{
  for (guint offset = 0; offset < 3; offset++)
    g_hash_table_add (hunt->parts, g_base64_encode ((const guchar *) number + offset, BASE64_PART / 4 * 3));
  g_hash_table_add (hunt->numbers, number);
}

static void
look_at (Hunt *hunt, GHashTable *known, gsize length, const char *bytes, gsize size, const char *path)
{
  char window[32];

  for (gsize i = 0; i + length <= size; i++)
    {
      if (!g_ascii_isalnum (bytes[i]) || !g_ascii_isalnum (bytes[i + length - 1]))
        continue;
      memcpy (window, bytes + i, length);
      window[length] = '\0';
      if (!g_hash_table_contains (known, window))
        continue;
      if (hunt->n_found++ == 0)
        hunt->where = g_strdup_printf ("%s: %s", path, window);
    }
}

/* As it is, and without zeros (UTF-16), blanks and dashes. */
static void
hunt_in (Hunt *hunt, const char *path)
{
  g_autofree char *contents = NULL;
  g_autofree char *joined = NULL;
  gsize size = 0;
  gsize n = 0;

  if (!g_file_get_contents (path, &contents, &size, NULL))
    return;
  joined = g_malloc (size + 1);
  for (gsize i = 0; i < size; i++)
    if (contents[i] != '\0' && contents[i] != ' ' && contents[i] != '-')
      joined[n++] = contents[i];
  look_at (hunt, hunt->numbers, 18, contents, size, path);
  look_at (hunt, hunt->numbers, 11, contents, size, path);
  look_at (hunt, hunt->numbers, 18, joined, n, path);
  look_at (hunt, hunt->numbers, 11, joined, n, path);
  look_at (hunt, hunt->parts, BASE64_PART, contents, size, path);
}

static void
hunt_below (Hunt *hunt, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        hunt_below (hunt, path);
      else
        hunt_in (hunt, path);
    }
}

/* How often one of the numbers lies in a file below a folder; where the first does. */
guint
number_hunt_count (const char *folder, char **where)
{
  Hunt hunt = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0, NULL };

  for (guint i = 0; i < NUMBER_HUNT_RESIDENTS; i++)
    {
      add_number (&hunt, number_hunt_make_id (i));
      add_number (&hunt, number_hunt_make_phone (i));
    }
  hunt_below (&hunt, folder);
  g_hash_table_unref (hunt.numbers);
  g_hash_table_unref (hunt.parts);
  *where = hunt.where;
  return hunt.n_found;
}
