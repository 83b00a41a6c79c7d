#include "print-checks.h"

#include <math.h>
#include <string.h>

#include <cairo.h>
#include <glib/gstdio.h>

#define PIXELS_PER_MM 6.0

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return output;
}

/* What a program of poppler says about the document as PDF; pdftotext writes to its output. */
char *
check_pdf (ShequDocument *document, const char *program, const char *option)
{
  g_autofree char *folder = g_dir_make_tmp ("shequ-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "页.pdf", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  char *output;

  g_assert_true (shequ_document_write_pdf (document, path, &error));
  g_assert_no_error (error);
  g_ptr_array_add (argv, (char *) program);
  if (option != NULL)
    g_ptr_array_add (argv, (char *) option);
  g_ptr_array_add (argv, path);
  if (g_str_equal (program, "pdftotext"))
    g_ptr_array_add (argv, (char *) "-");
  g_ptr_array_add (argv, NULL);
  output = run ((const char *const *) argv->pdata);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return output;
}

static cairo_surface_t *
paint (ShequDocument *document, guint page)
{
  double scale = PIXELS_PER_MM / SHEQU_POINTS_PER_MM;
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, ceil (shequ_document_get_width (document) * PIXELS_PER_MM),
    ceil (shequ_document_get_height (document) * PIXELS_PER_MM));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  shequ_document_draw_page (document, cr, page);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* What the QR code on the first page says. */
char *
check_code (ShequDocument *document)
{
  g_autofree char *folder = g_dir_make_tmp ("shequ-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "page.png", NULL);
  const char *const argv[] = { "zbarimg", "--nodbus", "-q", "--raw", path, NULL };
  cairo_surface_t *surface = paint (document, 0);
  char *output;

  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  output = run (argv);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return g_strchomp (output);
}

/* A4, as many pages, every font embedded, no box in the place of a character. */
void
check_sheet (ShequDocument *document, guint n_pages)
{
  g_autofree char *info = check_pdf (document, "pdfinfo", NULL);
  g_autofree char *fonts = check_pdf (document, "pdffonts", NULL);
  g_autofree char *pages = g_strdup_printf ("Pages:           %u\n", n_pages);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (fonts), "\n", -1);

  g_assert_nonnull (strstr (info, pages));
  g_assert_nonnull (strstr (info, "(A4)"));
  g_assert_nonnull (strstr (info, shequ_document_get_title (document)));
  g_assert_cmpuint (g_strv_length (lines), >, 2);
  for (char **line = lines + 2; *line != NULL; line++)
    g_assert_nonnull (strstr (*line, "yes yes yes"));
  g_assert_cmpuint (shequ_document_count_unknown_glyphs (document), ==, 0);
}

/* Dark pixels in a circle, between two heights; all in millimetres. */
guint
count_ink (ShequDocument *document, guint page, double x, double y, double radius, double from, double to)
{
  cairo_surface_t *surface = paint (document, page);
  const guchar *data = cairo_image_surface_get_data (surface);
  guint ink = 0;

  for (int row = from * PIXELS_PER_MM; row < to * PIXELS_PER_MM; row++)
    for (int column = (x - radius) * PIXELS_PER_MM; column < (x + radius) * PIXELS_PER_MM; column++)
      {
        guchar green = data[row * cairo_image_surface_get_stride (surface) + column * 4 + 1];

        if (hypot (column / PIXELS_PER_MM - x, row / PIXELS_PER_MM - y) < radius && green < 200)
          ink++;
      }
  cairo_surface_destroy (surface);
  return ink;
}
