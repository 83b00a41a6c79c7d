/* An album: cover, eight to a page, each with its picture, from a file as a camera writes it. */
#include "shequ-album-book.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "print-checks.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-photo.h"
#include "shequ-picture.h"

#define N_ENTRIES 19
#define PER_PAGE 8

/* A picture that no encoder can make small: every point another colour. */
static char *
write_noise (const char *folder, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GError) error = NULL;
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  char *path = g_build_filename (folder, "照片.png", NULL);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width * 3; x++)
      pixels[y * gdk_pixbuf_get_rowstride (pixbuf) + x] = (guchar) g_rand_int_range (random, 0, 256);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
  return path;
}

static char *
make_picture (guint32 colour)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 90, 120);
  g_autofree char *buffer = NULL;
  gsize length;

  gdk_pixbuf_fill (pixbuf, colour);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &length, "jpeg", NULL, NULL));
  return shequ_picture_from_jpeg ((const guint8 *) buffer, length);
}

static void
entry_free (gpointer data)
{
  ShequAlbumEntry *entry = data;

  g_free (entry->title);
  g_strfreev (entry->facts);
  g_free (entry->picture);
  g_free (entry);
}

static GPtrArray *
make_entries (void)
{
  static const char *const facts[] = { "退休类别", "退休老干部", "原工作单位", "市第一中学", NULL };
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < N_ENTRIES; i++)
    {
      ShequAlbumEntry *entry = g_new0 (ShequAlbumEntry, 1);

      entry->title = g_strdup_printf ("王建国%u", i + 1);
      entry->facts = g_strdupv ((char **) facts);
      /* The second has none. */
      entry->picture = i != 1 ? make_picture (0x101010FF) : NULL;
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

static void
test_book (void)
{
  static const ShequAlbumBook book = { .title = "老干部图册",
                                       .office = "桃北区沿河街道春风社区居民委员会",
                                       .date = "2026年11月22日" };
  g_autoptr (GPtrArray) entries = make_entries ();
  g_autoptr (ShequDocument) document = shequ_album_book_new (&book, entries);
  g_autofree char *text = check_pdf (document, "pdftotext", "-layout");
  g_autofree char *images = check_pdf (document, "pdfimages", "-list");
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  guint n_images = 0;

  check_sheet (document, shequ_document_get_n_pages (document));
  g_assert_cmpuint (shequ_document_get_n_pages (document), ==, 1 + (N_ENTRIES + PER_PAGE - 1) / PER_PAGE);
  g_assert_cmpuint (shequ_document_count_unknown_glyphs (document), ==, 0);
  g_assert_nonnull (strstr (pages[0], "老干部图册"));
  for (guint i = 0; i < N_ENTRIES; i++)
    g_assert_nonnull (strstr (pages[1 + i / PER_PAGE], ((const ShequAlbumEntry *) entries->pdata[i])->title));
  for (const char *at = strstr (images, " jpeg "); at != NULL; at = strstr (at + 1, " jpeg "))
    n_images++;
  g_assert_cmpuint (n_images, ==, N_ENTRIES - 1);
  /* The first is dark in its frame, in that of the second there is next to nothing. */
  g_assert_cmpuint (count_ink (document, 1, 43, 43, 8, 35, 51), >, 500);
  g_assert_cmpuint (count_ink (document, 1, 43 + 87.5, 33, 4, 29, 37), ==, 0);
}

static void
test_read (void)
{
  g_autofree char *folder = g_dir_make_tmp ("shequ-album-XXXXXX", NULL);
  g_autofree char *path = write_noise (folder, 1200, 900);
  g_autofree char *other = g_build_filename (folder, "不是.jpg", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = shequ_photo_read_file (path, &error);
  cairo_surface_t *surface;

  g_assert_no_error (error);
  g_assert_true (shequ_picture_is_valid (text));
  g_assert_cmpuint (strlen (text), <=, 32000);
  surface = shequ_photo_to_surface (text);
  g_assert_nonnull (surface);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 360);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 270);
  cairo_surface_destroy (surface);

  g_assert_true (g_file_set_contents (other, "GIF89 no picture at all", -1, NULL));
  g_assert_null (shequ_photo_read_file (other, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE);
  g_unlink (path);
  g_unlink (other);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/album-book/book", test_book);
  g_test_add_func ("/album-book/read", test_read);

  return g_test_run ();
}
