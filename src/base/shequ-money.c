#include "shequ-money.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-text.h"

/* A hundred million million yuan: more than any office has, and far from the end of 64 bits. */
#define MOST_FEN G_GINT64_CONSTANT (10000000000000000)
#define MOST_DECIMALS 10

typedef struct
{
  const char *word;
  gint64 factor;
} Unit;

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
  return FALSE;
}

static gboolean
skip_any (const char **text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (*text, words[i]))
      {
        *text += strlen (words[i]);
        return TRUE;
      }
  return FALSE;
}

/* The whole yuan, with commas between groups of three or none at all. */
static gboolean
read_whole (const char **text, gint64 *whole)
{
  gboolean grouped = FALSE;
  guint width = 0;
  guint total = 0;

  *whole = 0;
  for (;; (*text)++)
    {
      if (g_ascii_isdigit (**text))
        {
          if (++total > 16)
            return FALSE;
          *whole = *whole * 10 + (**text - '0');
          width++;
        }
      else if (**text == ',')
        {
          if (grouped ? width != 3 : width == 0 || width > 3)
            return FALSE;
          grouped = TRUE;
          width = 0;
        }
      else
        return !grouped || width == 3;
    }
}

static gboolean
read_decimals (const char **text, gint64 *decimals, guint *places)
{
  *decimals = 0;
  *places = 0;
  if (**text != '.')
    return TRUE;
  for ((*text)++; g_ascii_isdigit (**text); (*text)++)
    {
      if (++*places > MOST_DECIMALS)
        return FALSE;
      *decimals = *decimals * 10 + (**text - '0');
    }
  return *places > 0;
}

static gint64
read_unit (const char **text)
{
  static const Unit units[] = { { "亿", 100000000 }, { "万", 10000 }, { "千", 1000 }, { "百", 100 } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (*text, units[i].word))
      {
        *text += strlen (units[i].word);
        return units[i].factor;
      }
  return 1;
}

/* 12元5角3分: what stands behind the yuan. */
static gboolean
read_jiao_and_fen (const char **text, gint64 *fen)
{
  static const char *const jiao[] = { "角", "毛", NULL };
  static const char *const fen_words[] = { "分", NULL };

  if (g_ascii_isdigit ((*text)[0]) && !g_ascii_isdigit ((*text)[1]))
    {
      const char *behind = *text + 1;

      if (skip_any (&behind, jiao))
        {
          *fen += ((*text)[0] - '0') * 10;
          *text = behind;
        }
    }
  if (g_ascii_isdigit ((*text)[0]) && !g_ascii_isdigit ((*text)[1]))
    {
      const char *behind = *text + 1;

      if (skip_any (&behind, fen_words))
        {
          *fen += (*text)[0] - '0';
          *text = behind;
        }
    }
  return TRUE;
}

static gboolean
scale (gint64 whole, gint64 decimals, guint places, gint64 factor, gint64 *fen, GError **error)
{
  static const char *const too_big = N_ ("The amount is too big. Look whether 万 or a comma is wrong.");
  gint64 power = 1;
  gint64 part;

  for (guint i = 0; i < places; i++)
    power *= 10;
  if (whole > MOST_FEN / 100 / factor)
    return refuse (error, _ (too_big));
  /* Ten decimals times 10^10 stays below 2^63 only step by step. */
  part = decimals;
  factor *= 100;
  while (places > 0 && factor >= 10)
    {
      factor /= 10;
      power /= 10;
      places--;
    }
  if (part % power != 0)
    return refuse (error, _ ("The amount has parts of a fen. Write at most two decimals, as 12.50."));
  *fen += part / power * factor;
  return TRUE;
}

/**
 * shequ_money_parse:
 * @text: an amount as people write it: 1,234.50, ¥12, 12元, 1.2万元, 12元5角, -3.5
 * @fen: (out): the amount in fen
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * Returns: %FALSE when it is no amount, has parts of a fen, or is beyond a hundred million million yuan
 */
gboolean
shequ_money_parse (const char *text, gint64 *fen, GError **error)
{
  static const char *const before[] = { "¥", "￥", "人民币", "RMB", "CNY", NULL };
  static const char *const behind[] = { "元整", "圆整", "元", "圆", "块", NULL };
  char squeezed[96];
  const char *place = squeezed;
  gint64 whole, decimals, factor;
  gboolean negative;
  guint places;

  if (shequ_text_squeeze_into (text, squeezed, sizeof squeezed) <= 0)
    return refuse (error, _ ("This is no amount of money. Write it as 1234.50."));
  negative = *place == '-';
  if (negative)
    place++;
  while (skip_any (&place, before))
    ;
  if (!negative && *place == '-')
    {
      negative = TRUE;
      place++;
    }
  if (!g_ascii_isdigit (*place) || !read_whole (&place, &whole) ||
      !read_decimals (&place, &decimals, &places))
    return refuse (error, _ ("This is no amount of money. Write it as 1234.50."));
  factor = read_unit (&place);
  *fen = 0;
  if (!scale (whole, decimals, places, factor, fen, error))
    return FALSE;
  *fen += whole * factor * 100;
  if (skip_any (&place, behind) && places == 0 && factor == 1)
    read_jiao_and_fen (&place, fen);
  if (*place != '\0')
    return refuse (error, _ ("This is no amount of money. Write it as 1234.50."));
  if (negative)
    *fen = -*fen;
  return TRUE;
}

/**
 * shequ_money_format_plain:
 * @fen: an amount in fen
 *
 * Returns: (transfer full): yuan with two decimals and no commas, as files want it: `1234.50`
 */
char *
shequ_money_format_plain (gint64 fen)
{
  guint64 size = fen < 0 ? -(guint64) fen : (guint64) fen;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", fen < 0 ? "-" : "", size / 100,
                          (guint) (size % 100));
}

/**
 * shequ_money_format:
 * @fen: an amount in fen
 *
 * Returns: (transfer full): yuan with commas and two decimals, as people read it: `1,234.50`
 */
char *
shequ_money_format (gint64 fen)
{
  g_autofree char *plain = shequ_money_format_plain (fen);
  GString *text = g_string_new (plain);
  gssize first = plain[0] == '-' ? 1 : 0;

  for (gssize place = (gssize) text->len - 6; place > first; place -= 3)
    g_string_insert_c (text, place, ',');
  return g_string_free (text, FALSE);
}
