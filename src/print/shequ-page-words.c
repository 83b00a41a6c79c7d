#include "shequ-page-words.h"

#include "config.h"

#include "shequ-text.h"

static const struct
{
  gunichar narrow;
  gunichar wide;
} marks[] = {
  { ',', 0xff0c }, { ';', 0xff1b }, { ':', 0xff1a }, { '?', 0xff1f },
  { '!', 0xff01 }, { '(', 0xff08 }, { ')', 0xff09 },
};

static gunichar
widen_mark (gunichar mark)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (marks[i].narrow == mark)
      return marks[i].wide;
  return 0;
}

static gboolean
is_chinese (gunichar character)
{
  return shequ_text_is_han (character) || (character >= 0x3001 && character <= 0x301b) ||
         (character >= 0xff01 && character <= 0xff5e);
}

/**
 * shequ_page_words_widen:
 * @text: words of a paper
 *
 * Gives commas, colons, brackets and the like beside Chinese characters the width that they have in print
 * (GB/T 15834-2011). A bracket is as wide as its partner. Times and numbers stay as they are.
 *
 * Returns: (transfer full): the words for paper
 */
char *
shequ_page_words_widen (const char *text)
{
  GString *words = g_string_new (NULL);
  g_autoptr (GArray) brackets = g_array_new (FALSE, FALSE, sizeof (gboolean));
  gunichar before = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar mark = g_utf8_get_char (at);
      gunichar wide = widen_mark (mark);
      gboolean widen =
        wide != 0 && (is_chinese (before) || is_chinese (g_utf8_get_char (g_utf8_next_char (at))));

      if (mark == '(')
        g_array_append_val (brackets, widen);
      if (mark == ')' && brackets->len > 0)
        {
          widen = g_array_index (brackets, gboolean, brackets->len - 1);
          g_array_set_size (brackets, brackets->len - 1);
        }
      before = widen ? wide : mark;
      g_string_append_unichar (words, before);
    }
  return g_string_free (words, FALSE);
}
