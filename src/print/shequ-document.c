#include "shequ-document.h"

#include "config.h"

#include <cairo-pdf.h>

#include "shequ-picture-file.h"

struct _ShequDocument
{
  GObject parent_instance;

  char *title;
  char *author;
  char *subject;
  char *created;
  ShequPaper paper;
  GPtrArray *pages; /* ShequPaperPage */
};

G_DEFINE_FINAL_TYPE (ShequDocument, shequ_document, G_TYPE_OBJECT)

static void
shequ_document_finalize (GObject *object)
{
  ShequDocument *self = SHEQU_DOCUMENT (object);

  g_free (self->title);
  g_free (self->author);
  g_free (self->subject);
  g_free (self->created);
  g_ptr_array_unref (self->pages);

  G_OBJECT_CLASS (shequ_document_parent_class)->finalize (object);
}

static void
shequ_document_class_init (ShequDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shequ_document_finalize;
}

static void
shequ_document_init (ShequDocument *self)
{
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_paper_page_free);
}

/**
 * shequ_document_new:
 * @title: the title, for the window and the properties of a file
 * @paper: how large the sheets are, and how they lie
 *
 * Makes a document without pages.
 *
 * Returns: (transfer full): the document
 */
ShequDocument *
shequ_document_new (const char *title, ShequPaper paper)
{
  ShequDocument *self = g_object_new (SHEQU_TYPE_DOCUMENT, NULL);

  self->title = g_strdup (title);
  self->paper = paper;
  return self;
}

/**
 * shequ_document_get_title:
 * @self: a document
 *
 * Returns: the title
 */
const char *
shequ_document_get_title (ShequDocument *self)
{
  g_return_val_if_fail (SHEQU_IS_DOCUMENT (self), NULL);

  return self->title;
}

static void
set_text (char **target, const char *text)
{
  char *old = *target;

  *target = g_strdup (text);
  g_free (old);
}

/**
 * shequ_document_set_author:
 * @self: a document
 * @author: (nullable): the office
 *
 * Sets who is named as the author in the properties of a file.
 */
void
shequ_document_set_author (ShequDocument *self, const char *author)
{
  g_return_if_fail (SHEQU_IS_DOCUMENT (self));

  set_text (&self->author, author);
}

/**
 * shequ_document_set_subject:
 * @self: a document
 * @subject: (nullable): what it is about
 *
 * Sets the subject in the properties of a file.
 */
void
shequ_document_set_subject (ShequDocument *self, const char *subject)
{
  g_return_if_fail (SHEQU_IS_DOCUMENT (self));

  set_text (&self->subject, subject);
}

/**
 * shequ_document_set_created:
 * @self: a document
 * @created: (nullable): a moment as 2026-11-22T08:30:00Z; %NULL for the time of writing
 *
 * Sets when the document was made.
 */
void
shequ_document_set_created (ShequDocument *self, const char *created)
{
  g_return_if_fail (SHEQU_IS_DOCUMENT (self));

  set_text (&self->created, created);
}

/**
 * shequ_document_get_paper:
 * @self: a document
 *
 * Returns: how its sheets lie
 */
ShequPaper
shequ_document_get_paper (ShequDocument *self)
{
  g_return_val_if_fail (SHEQU_IS_DOCUMENT (self), SHEQU_PAPER_UPRIGHT);

  return self->paper;
}

gboolean
shequ_paper_is_across (ShequPaper paper)
{
  return paper == SHEQU_PAPER_ACROSS || paper == SHEQU_PAPER_A3_ACROSS;
}

gboolean
shequ_paper_is_a3 (ShequPaper paper)
{
  return paper == SHEQU_PAPER_A3_UPRIGHT || paper == SHEQU_PAPER_A3_ACROSS;
}

/* A sheet of A3 is two of A4 side by side. */
static double
get_measure (ShequPaper paper, gboolean longer)
{
  if (shequ_paper_is_a3 (paper))
    return longer ? SHEQU_A4_WIDTH * 2 : SHEQU_A4_HEIGHT;
  return longer ? SHEQU_A4_HEIGHT : SHEQU_A4_WIDTH;
}

/**
 * shequ_document_get_width:
 * @self: a document
 *
 * Returns: the width of its pages in millimetres
 */
double
shequ_document_get_width (ShequDocument *self)
{
  g_return_val_if_fail (SHEQU_IS_DOCUMENT (self), SHEQU_A4_WIDTH);

  return get_measure (self->paper, shequ_paper_is_across (self->paper));
}

/**
 * shequ_document_get_height:
 * @self: a document
 *
 * Returns: the height of its pages in millimetres
 */
double
shequ_document_get_height (ShequDocument *self)
{
  g_return_val_if_fail (SHEQU_IS_DOCUMENT (self), SHEQU_A4_HEIGHT);

  return get_measure (self->paper, !shequ_paper_is_across (self->paper));
}

/**
 * shequ_document_add_page:
 * @self: a document
 *
 * Adds an empty page behind the others.
 *
 * Returns: (transfer none): the page
 */
ShequPaperPage *
shequ_document_add_page (ShequDocument *self)
{
  g_return_val_if_fail (SHEQU_IS_DOCUMENT (self), NULL);

  g_ptr_array_add (self->pages,
                   shequ_paper_page_new (shequ_document_get_width (self), shequ_document_get_height (self)));
  return self->pages->pdata[self->pages->len - 1];
}

/**
 * shequ_document_get_n_pages:
 * @self: a document
 *
 * Returns: the number of pages
 */
guint
shequ_document_get_n_pages (ShequDocument *self)
{
  g_return_val_if_fail (SHEQU_IS_DOCUMENT (self), 0);

  return self->pages->len;
}

/**
 * shequ_document_get_page:
 * @self: a document
 * @page: index from 0
 *
 * Returns: (transfer none): the page
 */
ShequPaperPage *
shequ_document_get_page (ShequDocument *self, guint page)
{
  g_return_val_if_fail (SHEQU_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (page < self->pages->len, NULL);

  return self->pages->pdata[page];
}

/**
 * shequ_document_count_unknown_glyphs:
 * @self: a document
 *
 * Returns: how many characters no font of the machine has
 */
guint
shequ_document_count_unknown_glyphs (ShequDocument *self)
{
  guint unknown = 0;

  g_return_val_if_fail (SHEQU_IS_DOCUMENT (self), 0);

  for (guint i = 0; i < self->pages->len; i++)
    unknown += shequ_paper_page_count_unknown_glyphs (self->pages->pdata[i]);
  return unknown;
}

/**
 * shequ_document_draw_page:
 * @self: a document
 * @cr: where to paint, in points
 * @page: index from 0
 *
 * Paints a page: for GtkPrintOperation (with the unit of points), the preview, and PDF alike.
 */
void
shequ_document_draw_page (ShequDocument *self, cairo_t *cr, guint page)
{
  g_return_if_fail (SHEQU_IS_DOCUMENT (self));
  g_return_if_fail (page < self->pages->len);

  shequ_paper_page_draw (self->pages->pdata[page], cr);
}

static void
set_metadata (ShequDocument *self, cairo_surface_t *surface)
{
  const struct
  {
    cairo_pdf_metadata_t name;
    const char *value;
  } metadata[] = {
    { CAIRO_PDF_METADATA_TITLE, self->title },
    { CAIRO_PDF_METADATA_AUTHOR, self->author },
    { CAIRO_PDF_METADATA_SUBJECT, self->subject },
    { CAIRO_PDF_METADATA_CREATE_DATE, self->created },
    { CAIRO_PDF_METADATA_CREATOR, "Shequ " SHEQU_VERSION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (metadata); i++)
    if (metadata[i].value != NULL)
      cairo_pdf_surface_set_metadata (surface, metadata[i].name, metadata[i].value);
}

/**
 * shequ_document_write_pdf:
 * @self: a document
 * @path: name of the file
 * @error: return location
 *
 * Writes all pages, with title, author and subject in the file's properties.
 *
 * Returns: whether the file is complete; else the errors of shequ_picture_file_new() and
 *   shequ_picture_file_commit(), and an older file is as it was
 */
gboolean
shequ_document_write_pdf (ShequDocument *self, const char *path, GError **error)
{
  g_autoptr (ShequPictureFile) file = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  g_return_val_if_fail (SHEQU_IS_DOCUMENT (self), FALSE);

  file = shequ_picture_file_new (path, error);
  if (file == NULL)
    return FALSE;
  surface = cairo_pdf_surface_create_for_stream (shequ_picture_file_write, file,
                                                 shequ_document_get_width (self) * SHEQU_POINTS_PER_MM,
                                                 shequ_document_get_height (self) * SHEQU_POINTS_PER_MM);
  set_metadata (self, surface);
  cr = cairo_create (surface);
  for (guint i = 0; i < self->pages->len; i++)
    {
      shequ_document_draw_page (self, cr, i);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return shequ_picture_file_commit (file, status, error);
}
