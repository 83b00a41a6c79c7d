#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHEQU_DATE_TEXT_SIZE 11
#define SHEQU_MONTH_KEY_SIZE 8
#define SHEQU_TIME_TEXT_SIZE 6
#define SHEQU_MOMENT_TEXT_SIZE 21

#define SHEQU_DATE_FIRST_YEAR 1850
#define SHEQU_DATE_LAST_YEAR 2200

/**
 * ShequDate:
 *
 * A civil date in Asia/Shanghai. Stored and handed about as the text `2026-11-22`, which sorts as it runs.
 */
typedef struct
{
  int year;
  int month;
  int day;
} ShequDate;

gboolean shequ_date_is_valid (int year, int month, int day);
gboolean shequ_date_parse (const char *text, ShequDate *date, GError **error);
gboolean shequ_date_parse_with_time (const char *text, ShequDate *date, int *seconds, GError **error);
gboolean shequ_date_from_iso (const char *text, ShequDate *date);
gboolean shequ_date_from_serial (double serial, gboolean from_1904, ShequDate *date, GError **error);
char *shequ_date_normalise (const char *text, GError **error);

void shequ_date_to_iso (const ShequDate *date, char *buffer);
char *shequ_date_format_chinese (const ShequDate *date);
void shequ_date_to_month_key (const ShequDate *date, char *buffer);
gboolean shequ_date_from_month_key (const char *month_key, ShequDate *first);

int shequ_date_to_days (const ShequDate *date);
ShequDate shequ_date_from_days (int days);
ShequDate shequ_date_add_days (const ShequDate *date, int days);
ShequDate shequ_date_add_months (const ShequDate *date, int months);
ShequDate shequ_date_add_years (const ShequDate *date, int years);
int shequ_date_compare (const ShequDate *one, const ShequDate *other);
int shequ_date_years_between (const ShequDate *birth, const ShequDate *at);
int shequ_date_weekday (const ShequDate *date);
int shequ_date_month_length (int year, int month);

G_END_DECLS
