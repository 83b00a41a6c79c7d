#include "shequ-chart-style.h"

#include "config.h"

#include <math.h>

/*
 * Every fill of a theme has a lightness of its own (CIE L*, at least 5 apart), so that a grey print and a
 * colour-blind reader tell them apart; neighbours in the list are far apart. The last is for the others.
 */
static const guint32 light_fills[SHEQU_CHART_MOST_SERIES + 1] = {
  0x03497c, 0xf78a26, 0x0b7c7b, 0xead25c, 0xac2039, 0x51c8f7, 0xa76dbe, 0x939393,
};

static const guint32 dark_fills[SHEQU_CHART_MOST_SERIES + 1] = {
  0x109eea, 0xffb872, 0x00918a, 0xfcea7d, 0xca404f, 0x87e4fe, 0xd391de, 0xb6b6b6,
};

static ShequChartColor
color_from_hex (guint32 hex)
{
  return (ShequChartColor){
    ((hex >> 16) & 0xff) / 255.0,
    ((hex >> 8) & 0xff) / 255.0,
    (hex & 0xff) / 255.0,
  };
}

static ShequChartColor
color_for_theme (ShequChartTheme theme, guint32 light, guint32 dark, guint32 paper)
{
  switch (theme)
    {
    case SHEQU_CHART_DARK:
      return color_from_hex (dark);
    case SHEQU_CHART_PAPER:
      return color_from_hex (paper);
    case SHEQU_CHART_LIGHT:
    default:
      return color_from_hex (light);
    }
}

/**
 * shequ_chart_style_for:
 * @theme: a theme
 *
 * Makes the usual style of a theme: text of 13 units on screens (pixels), of 9 on paper (points), heading
 * and ground painted, nothing highlighted.
 *
 * Returns: the style
 */
ShequChartStyle
shequ_chart_style_for (ShequChartTheme theme)
{
  return (ShequChartStyle){
    .theme = theme,
    .font_size = theme == SHEQU_CHART_PAPER ? 9 : 13,
    .background = TRUE,
    .heading = TRUE,
    .highlight = { SHEQU_CHART_NONE, SHEQU_CHART_NONE },
  };
}

/**
 * shequ_chart_theme_get_fill:
 * @theme: a theme
 * @slot: place of a series among those painted, up to %SHEQU_CHART_MOST_SERIES for the others together
 *
 * Returns: the colour of its bars or line
 */
ShequChartColor
shequ_chart_theme_get_fill (ShequChartTheme theme, guint slot)
{
  guint index = MIN (slot, SHEQU_CHART_MOST_SERIES);

  return color_from_hex (theme == SHEQU_CHART_DARK ? dark_fills[index] : light_fills[index]);
}

/**
 * shequ_chart_theme_get_ground:
 * @theme: a theme
 *
 * Returns: the colour behind everything
 */
ShequChartColor
shequ_chart_theme_get_ground (ShequChartTheme theme)
{
  return color_for_theme (theme, 0xffffff, 0x242424, 0xffffff);
}

/**
 * shequ_chart_theme_get_text:
 * @theme: a theme
 *
 * Returns: the colour of text
 */
ShequChartColor
shequ_chart_theme_get_text (ShequChartTheme theme)
{
  return color_for_theme (theme, 0x1f1f1f, 0xf5f5f5, 0x000000);
}

/**
 * shequ_chart_theme_get_quiet_text:
 * @theme: a theme
 *
 * Returns: the colour of text that stands back: unit, ticks
 */
ShequChartColor
shequ_chart_theme_get_quiet_text (ShequChartTheme theme)
{
  return color_for_theme (theme, 0x5a5a5a, 0xc0c0c0, 0x303030);
}

/**
 * shequ_chart_theme_get_grid:
 * @theme: a theme
 *
 * Returns: the colour of grid lines
 */
ShequChartColor
shequ_chart_theme_get_grid (ShequChartTheme theme)
{
  return color_for_theme (theme, 0xdcdcdc, 0x474747, 0xc4c4c4);
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/**
 * shequ_chart_color_get_lightness:
 * @color: a colour (sRGB)
 *
 * Returns: its lightness L* of CIE 1976, 0 for black and 100 for white
 */
double
shequ_chart_color_get_lightness (ShequChartColor color)
{
  double luminance =
    0.2126 * linear (color.red) + 0.7152 * linear (color.green) + 0.0722 * linear (color.blue);

  return luminance > 0.008856 ? 116 * cbrt (luminance) - 16 : 903.3 * luminance;
}
