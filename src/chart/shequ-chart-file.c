#include "shequ-chart-file.h"

#include "config.h"

#include <math.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "shequ-chart-draw.h"
#include "shequ-picture-file.h"

static cairo_status_t
paint (ShequChart *chart, cairo_surface_t *surface, double width, double height, const ShequChartStyle *style)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  shequ_chart_draw (chart, cr, width, height, style);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

static cairo_status_t
finish (cairo_surface_t *surface, cairo_status_t status)
{
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

/**
 * shequ_chart_write_pdf:
 * @chart: a chart
 * @path: name of the file
 * @width: width in points
 * @height: height in points
 * @style: how it is painted
 * @error: return location
 *
 * Writes the chart as a page of its size; the title is in the file's properties.
 *
 * Returns: whether the file is complete; else the errors of shequ_picture_file_new() and
 *   shequ_picture_file_commit(), and an older file is as it was
 */
gboolean
shequ_chart_write_pdf (ShequChart *chart,
                       const char *path,
                       double width,
                       double height,
                       const ShequChartStyle *style,
                       GError **error)
{
  g_autoptr (ShequPictureFile) file = NULL;
  cairo_surface_t *surface;

  g_return_val_if_fail (SHEQU_IS_CHART (chart) && style != NULL, FALSE);
  g_return_val_if_fail (width >= 1 && height >= 1, FALSE);

  file = shequ_picture_file_new (path, error);
  if (file == NULL)
    return FALSE;
  surface = cairo_pdf_surface_create_for_stream (shequ_picture_file_write, file, width, height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, shequ_chart_get_title (chart));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, shequ_chart_get_finding (chart));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Shequ " SHEQU_VERSION);
  return shequ_picture_file_commit (file, finish (surface, paint (chart, surface, width, height, style)),
                                    error);
}

/**
 * shequ_chart_write_svg:
 * @chart: a chart
 * @path: name of the file
 * @width: width in points
 * @height: height in points
 * @style: how it is painted
 * @error: return location
 *
 * Writes the chart as a scalable picture; its words are outlines, so that it looks the same without the
 * fonts.
 *
 * Returns: as shequ_chart_write_pdf()
 */
gboolean
shequ_chart_write_svg (ShequChart *chart,
                       const char *path,
                       double width,
                       double height,
                       const ShequChartStyle *style,
                       GError **error)
{
  g_autoptr (ShequPictureFile) file = NULL;
  cairo_surface_t *surface;

  g_return_val_if_fail (SHEQU_IS_CHART (chart) && style != NULL, FALSE);
  g_return_val_if_fail (width >= 1 && height >= 1, FALSE);

  file = shequ_picture_file_new (path, error);
  if (file == NULL)
    return FALSE;
  surface = cairo_svg_surface_create_for_stream (shequ_picture_file_write, file, width, height);
  return shequ_picture_file_commit (file, finish (surface, paint (chart, surface, width, height, style)),
                                    error);
}

/**
 * shequ_chart_write_png:
 * @chart: a chart
 * @path: name of the file
 * @width: width in units of the style
 * @height: height in units of the style
 * @scale: pixels for each unit
 * @style: how it is painted
 * @error: return location
 *
 * Writes the chart as a picture of pixels.
 *
 * Returns: as shequ_chart_write_pdf()
 */
gboolean
shequ_chart_write_png (ShequChart *chart,
                       const char *path,
                       double width,
                       double height,
                       double scale,
                       const ShequChartStyle *style,
                       GError **error)
{
  g_autoptr (ShequPictureFile) file = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;

  g_return_val_if_fail (SHEQU_IS_CHART (chart) && style != NULL, FALSE);
  g_return_val_if_fail (width >= 1 && height >= 1 && scale > 0, FALSE);

  file = shequ_picture_file_new (path, error);
  if (file == NULL)
    return FALSE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, ceil (width * scale)),
                                        MAX (1, ceil (height * scale)));
  cairo_surface_set_device_scale (surface, scale, scale);
  status = paint (chart, surface, width, height, style);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, shequ_picture_file_write, file);
  return shequ_picture_file_commit (file, finish (surface, status), error);
}
