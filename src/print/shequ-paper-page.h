#pragma once

#include <cairo.h>
#include <glib.h>

#include "shequ-building-picture.h"
#include "shequ-chart-style.h"
#include "shequ-page-font.h"

G_BEGIN_DECLS

#define SHEQU_POINTS_PER_MM (72.0 / 25.4)

/* GB/T 9704-2012: the type area of a sheet of A4, in millimetres. */
#define SHEQU_A4_WIDTH 210.0
#define SHEQU_A4_HEIGHT 297.0
#define SHEQU_MARGIN_TOP 37.0
#define SHEQU_MARGIN_LEFT 28.0
#define SHEQU_MARGIN_RIGHT 26.0
#define SHEQU_MARGIN_BOTTOM 35.0
#define SHEQU_TEXT_WIDTH 156.0
#define SHEQU_TEXT_HEIGHT 225.0
/* 28 characters a line, 22 lines a page. */
#define SHEQU_CHARACTER_PITCH (SHEQU_TEXT_WIDTH / 28)
#define SHEQU_LINE_PITCH (SHEQU_TEXT_HEIGHT / 22)

/* Sizes of type in points, by the names that papers use. */
#define SHEQU_SIZE_2 22.0
#define SHEQU_SIZE_3 16.0
#define SHEQU_SIZE_SMALL_3 15.0
#define SHEQU_SIZE_4 14.0
#define SHEQU_SIZE_SMALL_4 12.0
#define SHEQU_SIZE_5 10.5
#define SHEQU_SIZE_SMALL_5 9.0

typedef enum
{
  SHEQU_ALIGN_LEFT,
  SHEQU_ALIGN_CENTER,
  SHEQU_ALIGN_RIGHT,
  SHEQU_ALIGN_JUSTIFY,
} ShequPageAlign;

/**
 * ShequPageType:
 * @face: the face
 * @size: height of the characters in points
 * @pitch: from line to line in points, 0 for what the font asks for
 * @spacing: added between characters, in points
 * @align: how lines lie in their width
 * @indent: how far the first line is put in, in characters
 * @lines: the most lines, 0 for any number; what does not fit ends with "…"
 * @whole_names: whether short names between "、" stay on one line each
 *
 * How a text is set.
 */
typedef struct
{
  ShequPageFace face;
  double size;
  double pitch;
  double spacing;
  ShequPageAlign align;
  double indent;
  int lines;
  gboolean whole_names;
} ShequPageType;

/* A round place kept free for a seal, in millimetres. */
typedef struct
{
  double x;
  double y;
  double radius;
} ShequPageSeal;

typedef struct _ShequPaperPage ShequPaperPage;

ShequPaperPage *shequ_paper_page_new (double width, double height);
void shequ_paper_page_free (ShequPaperPage *self);
double shequ_paper_page_get_width (ShequPaperPage *self);
double shequ_paper_page_get_height (ShequPaperPage *self);

double shequ_paper_page_measure (ShequPaperPage *self,
                                 const ShequPageType *type,
                                 const char *text,
                                 double width,
                                 double *natural_width);
double shequ_paper_page_add_text (ShequPaperPage *self,
                                  const ShequPageType *type,
                                  const char *text,
                                  double x,
                                  double y,
                                  double width);
void shequ_paper_page_add_line (ShequPaperPage *self,
                                double x1,
                                double y1,
                                double x2,
                                double y2,
                                double weight);
void shequ_paper_page_add_dashes (ShequPaperPage *self,
                                  double x1,
                                  double y1,
                                  double x2,
                                  double y2,
                                  double weight);
void shequ_paper_page_add_tint (ShequPaperPage *self, double x, double y, double width, double height);
void shequ_paper_page_add_chart (ShequPaperPage *self,
                                 ShequChart *chart,
                                 double x,
                                 double y,
                                 double width,
                                 double height);
void shequ_paper_page_add_picture (ShequPaperPage *self,
                                   ShequBuildingPicture *picture,
                                   double x,
                                   double y,
                                   double width,
                                   double size);
gboolean shequ_paper_page_add_photo (ShequPaperPage *self,
                                     const char *text,
                                     double x,
                                     double y,
                                     double width,
                                     double height);
gboolean shequ_paper_page_add_code (ShequPaperPage *self, const char *text, double x, double y, double side);
void shequ_paper_page_add_watermark (ShequPaperPage *self, const char *text);
void shequ_paper_page_add_faint_mark (ShequPaperPage *self, const char *text);

void shequ_paper_page_keep_free (ShequPaperPage *self, double x, double y, double radius);
guint shequ_paper_page_get_n_seals (ShequPaperPage *self);
ShequPageSeal shequ_paper_page_get_seal (ShequPaperPage *self, guint seal);

guint shequ_paper_page_count_unknown_glyphs (ShequPaperPage *self);
void shequ_paper_page_draw (ShequPaperPage *self, cairo_t *cr);

ShequPageType shequ_page_type_body (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequPaperPage, shequ_paper_page_free)

G_END_DECLS
