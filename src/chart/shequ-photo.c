#include "shequ-photo.h"

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-picture.h"

/* 30 by 40 millimetres at 300 dots an inch. */
#define WIDTH 360
#define HEIGHT 480

/* Larger ones are no photographs but an attack on the memory. */
#define MOST_PIXELS (100 * 1000 * 1000)

#define BEST_QUALITY 88
#define LEAST_QUALITY 28
#define STEP 12

/* Turned as the camera was held, on white where one sees through it. */
static GdkPixbuf *
read_small (const char *path, GError **error)
{
  g_autoptr (GdkPixbuf) read = gdk_pixbuf_new_from_file (path, error);
  g_autoptr (GdkPixbuf) turned = read != NULL ? gdk_pixbuf_apply_embedded_orientation (read) : NULL;
  double scale;
  int width, height;

  if (turned == NULL)
    return NULL;
  width = gdk_pixbuf_get_width (turned);
  height = gdk_pixbuf_get_height (turned);
  scale = MIN (1, MIN ((double) WIDTH / width, (double) HEIGHT / height));
  return gdk_pixbuf_composite_color_simple (turned, MAX (1, (int) (width * scale + 0.5)),
                                            MAX (1, (int) (height * scale + 0.5)), GDK_INTERP_HYPER, 255, 16,
                                            0xFFFFFF, 0xFFFFFF);
}

static gboolean
check_size (const char *path, GError **error)
{
  int width, height;

  if (gdk_pixbuf_get_file_info (path, &width, &height) == NULL)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
        _ ("This file is no picture that can be read. Nothing was changed; choose a JPEG or "
           "PNG."));
      return FALSE;
    }
  if ((gint64) width * height <= MOST_PIXELS)
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
    _ ("The picture has %d by %d points, which is too large. Nothing was changed; choose a smaller "
       "one."),
    width, height);
  return FALSE;
}

/**
 * shequ_photo_read_file:
 * @path: a picture of any format that gdk-pixbuf reads
 * @error: return location
 *
 * Reads a picture and makes it as small as a field of the kind `picture` wants it, upright and whole. Blocks.
 *
 * Returns: (transfer full): the value of the field; %NULL with %SHEQU_ERROR_UNREADABLE
 */
char *
shequ_photo_read_file (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GdkPixbuf) small = NULL;

  if (!check_size (path, error))
    return NULL;
  small = read_small (path, &problem);
  for (int quality = BEST_QUALITY; small != NULL && quality >= LEAST_QUALITY; quality -= STEP)
    {
      g_autofree char *option = g_strdup_printf ("%d", quality);
      g_autofree char *buffer = NULL;
      gsize length = 0;

      if (!gdk_pixbuf_save_to_buffer (small, &buffer, &length, "jpeg", &problem, "quality", option, NULL))
        break;
      if (length <= SHEQU_PICTURE_MOST_BYTES)
        return shequ_picture_from_jpeg ((const guint8 *) buffer, length);
    }
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
    _ ("The picture cannot be read or made small enough (%s). Nothing was changed; choose another."),
    problem != NULL ? problem->message : "JPEG");
  return NULL;
}

static void
copy_pixels (const GdkPixbuf *pixbuf, cairo_surface_t *surface)
{
  const guint8 *source = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *target = cairo_image_surface_get_data (surface);
  int channels = gdk_pixbuf_get_n_channels (pixbuf);

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    {
      const guint8 *from = source + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);
      guint32 *to = (guint32 *) (void *) (target + (gsize) y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++, from += channels)
        to[x] = (guint32) from[0] << 16 | (guint32) from[1] << 8 | from[2];
    }
  cairo_surface_mark_dirty (surface);
}

/**
 * shequ_photo_to_surface:
 * @text: the value of a field of the kind `picture`
 *
 * A PDF takes the JPEG as it is.
 *
 * Returns: (transfer full) (nullable): the picture to paint; %NULL when it is damaged
 */
cairo_surface_t *
shequ_photo_to_surface (const char *text)
{
  g_autoptr (GBytes) bytes = shequ_picture_to_jpeg (text);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gboolean read = length > 0 && gdk_pixbuf_loader_write (loader, data, length, NULL);
  GdkPixbuf *pixbuf;
  cairo_surface_t *surface;

  if (!gdk_pixbuf_loader_close (loader, NULL) || !read)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, gdk_pixbuf_get_width (pixbuf),
                                        gdk_pixbuf_get_height (pixbuf));
  copy_pixels (pixbuf, surface);
  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, length,
                               (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (bytes));
  return surface;
}
