#pragma once

#include "shequ-burden-report.h"

G_BEGIN_DECLS

gboolean shequ_burden_report_write (const ShequBurdenReport *report,
                                    ShequChart *chart,
                                    const char *path,
                                    const char *format,
                                    GError **error);

G_END_DECLS
