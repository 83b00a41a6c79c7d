#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cairo.h>
#include <glib/gstdio.h>

#include "chart-samples.h"
#include "shequ-chart-file.h"
#include "shequ-error.h"

typedef struct
{
  char *folder;
  char *path;
  ShequChart *chart;
  ShequChartStyle style;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("shequ-chart-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "工时图.out", NULL);
  fixture->chart = sample_hours (SHEQU_CHART_STACKED_BARS, 9, 12);
  fixture->style = shequ_chart_style_for (SHEQU_CHART_PAPER);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_object_unref (fixture->chart);
}

static char *
run (const char *program, const char *first, const char *second, const char *third)
{
  const char *argv[] = { program, first, second, third, NULL };
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return output;
}

static void
test_pdf (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *info = NULL;
  g_autofree char *text = NULL;
  g_autofree char *fonts = NULL;

  g_assert_true (shequ_chart_write_pdf (fixture->chart, fixture->path, 500, 300, &fixture->style, &error));
  g_assert_no_error (error);
  info = run ("pdfinfo", fixture->path, NULL, NULL);
  g_assert_nonnull (strstr (info, "哪个部门占用了最多工时？"));
  g_assert_nonnull (strstr (info, "500 x 300 pts"));
  g_assert_nonnull (strstr (info, "Pages:           1"));
  text = run ("pdftotext", fixture->path, "-", NULL);
  g_assert_nonnull (strstr (text, "区委组织部占用最多"));
  g_assert_nonnull (strstr (text, "Other (2 series)"));
  fonts = run ("pdffonts", fixture->path, NULL, NULL);
  g_assert_nonnull (strstr (fonts, "yes yes yes"));
  g_assert_null (strstr (fonts, "no  "));
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_svg (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (shequ_chart_write_svg (fixture->chart, fixture->path, 500, 300, &fixture->style, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_nonnull (strstr (contents, "<svg"));
  g_assert_true (g_str_has_suffix (g_strchomp (contents), "</svg>"));
}

static void
test_png (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface;

  g_assert_true (shequ_chart_write_png (fixture->chart, fixture->path, 500, 300, 2, &fixture->style, &error));
  g_assert_no_error (error);
  surface = cairo_image_surface_create_from_png (fixture->path);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 1000);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 600);
  cairo_surface_destroy (surface);
}

/* The old file stays until the new one is complete. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  struct rlimit old, small;
  void (*handler) (int);

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 2000;
  handler = signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (shequ_chart_write_pdf (fixture->chart, fixture->path, 500, 300, &fixture->style, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  signal (SIGXFSZ, handler);

  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "工时图.out"));
  g_assert_true (g_file_get_contents (fixture->path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "old");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean root = geteuid () == 0;
  gboolean written;

  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  if (root)
    g_assert_cmpint (seteuid (65534), ==, 0);
  written = shequ_chart_write_png (fixture->chart, fixture->path, 500, 300, 1, &fixture->style, &error);
  if (root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);

  g_assert_false (written);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, fixture->folder));
}

static void
test_wrong_places (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->folder, "none", "a.svg", NULL);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) folder = NULL;

  g_assert_false (shequ_chart_write_svg (fixture->chart, below, 500, 300, &fixture->style, &missing));
  g_assert_error (missing, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_assert_false (
    shequ_chart_write_svg (fixture->chart, fixture->folder, 500, 300, &fixture->style, &folder));
  g_assert_error (folder, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* A picture that cairo cannot hold is an error, no file. */
static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (
    shequ_chart_write_png (fixture->chart, fixture->path, 40000, 300, 1, &fixture->style, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INTERNAL);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/file/pdf", Fixture, NULL, set_up, test_pdf, tear_down);
  g_test_add ("/file/svg", Fixture, NULL, set_up, test_svg, tear_down);
  g_test_add ("/file/png", Fixture, NULL, set_up, test_png, tear_down);
  g_test_add ("/file/full-disk", Fixture, NULL, set_up, test_full_disk, tear_down);
  g_test_add ("/file/read-only", Fixture, NULL, set_up, test_read_only, tear_down);
  g_test_add ("/file/wrong-places", Fixture, NULL, set_up, test_wrong_places, tear_down);
  g_test_add ("/file/too-large", Fixture, NULL, set_up, test_too_large, tear_down);

  return g_test_run ();
}
