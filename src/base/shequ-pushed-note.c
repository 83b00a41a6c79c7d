/* Reads a message by which somebody gave a community a task, so that nobody has to type it off. */
#include "shequ-pushed-note.h"

#include "config.h"

#include <string.h>

#define MOST_TITLE 40
#define MOST_BASIS 5

/* The first word that stands in the text decides. */
typedef struct
{
  const char *word;
  const char *code;
} Word;

static const Word ways[] = {
  { "@所有人", "chat" },  { "群里", "chat" },       { "微信群", "chat" }, { "工作群", "chat" },
  { "接龙", "chat" },     { "来电", "phone" },      { "电话", "phone" },  { "会上", "meeting" },
  { "会议", "meeting" },  { "部署会", "meeting" },  { "当面", "visit" },  { "上门布置", "visit" },
  { "系统内", "system" }, { "平台派单", "system" }, { "〕", "paper" },    { "通知", "paper" },
  { "文件", "paper" },    { NULL, "other" },
};

static const Word categories[] = {
  { "证明", "certificate" }, { "盖章", "certificate" }, { "挂牌", "plate" },   { "牌子", "plate" },
  { "APP", "system" },       { "小程序", "system" },    { "平台", "system" },  { "台账", "ledger" },
  { "报表", "ledger" },      { "统计", "ledger" },      { "摸底", "ledger" },  { "填报", "ledger" },
  { "上报名单", "ledger" },  { "考核", "check" },       { "检查", "check" },   { "评比", "check" },
  { "创建", "check" },       { "排名", "check" },       { "功能室", "venue" }, { "阵地", "venue" },
  { "领导小组", "body" },    { "工作站", "body" },      { NULL, "task" },
};

static const Word roles[] = {
  { "责任主体", "lead" }, { "第一责任人", "lead" }, { "社区负责", "lead" }, { "主办", "lead" },
  { "责任状", "lead" },   { "配合", "cooperate" },  { NULL, "assist" },
};

static const char *
find_word (const Word *words, const char *text)
{
  guint i = 0;

  while (words[i].word != NULL && strstr (text, words[i].word) == NULL)
    i++;
  return words[i].code;
}

static char *
match (const char *pattern, const char *text, int group)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GMatchInfo) info = NULL;
  char *found;

  if (!g_regex_match (regex, text, 0, &info))
    return NULL;
  found = g_match_info_fetch (info, group);
  g_strstrip (found);
  if (*found == '\0')
    g_clear_pointer (&found, g_free);
  return found;
}

/* A day without a year is the last such day; one that has not come is a deadline, not when it was told. */
static char *
read_day (const char *text, const ShequDate *today)
{
  g_autoptr (GRegex) regex =
    g_regex_new ("(?:(20\\d\\d)[年./-])?(\\d{1,2})[月./-](\\d{1,2})(?:日|号|(?!\\d))", 0, 0, NULL);
  g_autoptr (GMatchInfo) info = NULL;

  for (gboolean more = g_regex_match (regex, text, 0, &info); more; more = g_match_info_next (info, NULL))
    {
      g_autofree char *year = g_match_info_fetch (info, 1);
      g_autofree char *month = g_match_info_fetch (info, 2);
      g_autofree char *day = g_match_info_fetch (info, 3);
      char iso[SHEQU_DATE_TEXT_SIZE];
      g_autofree char *typed = NULL;
      ShequDate date;

      typed = g_strdup_printf ("%04d-%02d-%02d", *year != '\0' ? atoi (year) : today->year, atoi (month),
                               atoi (day));
      if (!shequ_date_from_iso (typed, &date) || shequ_date_to_days (&date) > shequ_date_to_days (today))
        continue;
      shequ_date_to_iso (&date, iso);
      return g_strdup (iso);
    }
  return NULL;
}

static char *
cut (const char *text, glong most)
{
  return g_utf8_strlen (text, -1) > most ? g_utf8_substring (text, 0, most) : g_strdup (text);
}

/* “关于……的通知” says it best, then the name of the paper, what was “要求”, the first sentence that is no
 * address. */
static char *
read_title (const char *text)
{
  static const char *const patterns[] = {
    "关于(?:开展|做好|进一步做好|组织|报送|上报)?([^\\n，。；：《》]{2,60}?)的(?:紧急)?(?:通知|函|方案|请示)",
    "《([^》\\n]{2,60})》(?!第)", "(?:要求|布置|安排|部署)[：:，,]?([^，。；\\n]{4,60})"
  };
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autofree char *found = match (patterns[i], text, 1);

      if (found != NULL && !g_str_has_suffix (found, "法") && !g_str_has_suffix (found, "条例"))
        return cut (found, MOST_TITLE);
    }
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *sentence =
        match ("^(?:[^：:，。\\d]{1,12}(?:\\s\\d{1,2}:\\d{2}(?::\\d{2})?)?[：:])?\\s*(?:(?:@所有人|各社区|"
               "各位书记|请)[，,：:！!\\s]*)*([^\\n。；;！!]+)",
               g_strstrip (lines[i]), 1);

      if (sentence != NULL && g_utf8_strlen (sentence, -1) >= 4)
        return cut (sentence, MOST_TITLE);
    }
  return NULL;
}

/* What stands before a colon and is nobody's name. */
static const char *const headings[] = { "各社区", "各街道", "通知", "时间", "要求",
                                        "会",     "布置",   "文件", "内容", NULL };

/* Whoever stands before the colon of a message; addresses are no senders. */
static char *
read_who (const char *text)
{
  g_autofree char *sender =
    match ("^\\s*([^\\s：:，。@]{2,12})(?:\\s+\\d{1,2}:\\d{2}(?::\\d{2})?)?\\s*[：:]", text, 1);
  char *who;

  for (guint i = 0; sender != NULL && headings[i] != NULL; i++)
    if (strstr (sender, headings[i]) != NULL)
      g_clear_pointer (&sender, g_free);
  if (sender != NULL)
    return g_steal_pointer (&sender);
  who = match ("(?:联系人|经办人|布置人)[：:]?\\s*([^\\s，。；、（(\\d]{2,12})", text, 1);
  return who != NULL ? who
                     : match ("((?:(?![日月号午天晚上下])[\\x{4e00}-\\x{9fa5}]){1,4}(?:科长|主任|局长|书记|"
                              "科员|队长|所长|站长))(?:来电|电话|在会上|说|要求|通知)",
                              text, 1);
}

/* Names of laws with their articles, and numbers of papers. */
static char *
read_basis (const char *text)
{
  static const char pattern[] = "《[^》\\n]{2,40}(?:法|条例|办法|规定|细则)》(?:第["
                                "一二三四五六七八九十百零\\d]+条(?:、?第[一二三四五六七八九十百零\\d]+条)*)?"
                                "|[\\x{4e00}-\\x{9fa5}]{1,10}[〔\\[【]20\\d\\d[〕\\]】]\\s*\\d{1,4}\\s*号";
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) info = NULL;
  g_autoptr (GString) basis = g_string_new (NULL);
  guint count = 0;

  for (gboolean more = g_regex_match (regex, text, 0, &info); more && count < MOST_BASIS;
       more = g_match_info_next (info, NULL))
    {
      g_autofree char *found = g_match_info_fetch (info, 0);

      if (strstr (basis->str, found) != NULL)
        continue;
      g_string_append_printf (basis, "%s%s", count++ > 0 ? "；" : "", found);
    }
  return count > 0 ? g_strdup (basis->str) : NULL;
}

/**
 * shequ_pushed_note_read:
 * @text: what was pasted, dropped or typed
 * @today: the day on which it is read
 *
 * Finds who told a community to do what, when and how. What is not found is left open: it is a help for
 * typing, and a person reads it over.
 *
 * Returns: (transfer full): what was found
 */
ShequPushedNote *
shequ_pushed_note_read (const char *text, const ShequDate *today)
{
  ShequPushedNote *note = g_new0 (ShequPushedNote, 1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  note->title = read_title (valid);
  note->who = read_who (valid);
  note->how = find_word (ways, valid);
  note->day = read_day (valid, today);
  note->basis = read_basis (valid);
  note->category = find_word (categories, valid);
  note->role = find_word (roles, valid);
  return note;
}

void
shequ_pushed_note_free (ShequPushedNote *note)
{
  g_free (note->title);
  g_free (note->who);
  g_free (note->day);
  g_free (note->basis);
  g_free (note);
}
