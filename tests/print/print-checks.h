#pragma once

#include "shequ-document.h"

G_BEGIN_DECLS

char *check_pdf (ShequDocument *document, const char *program, const char *option);
char *check_code (ShequDocument *document);
void check_sheet (ShequDocument *document, guint n_pages);
guint count_ink (ShequDocument *document,
                 guint page,
                 double x,
                 double y,
                 double radius,
                 double from,
                 double to);

G_END_DECLS
