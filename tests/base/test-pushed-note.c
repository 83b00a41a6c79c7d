#include "shequ-pushed-note.h"

/* Monday, 23 November 2026. */
static const ShequDate today = { 2026, 11, 23 };

static const struct
{
  const char *text;
  const char *title;
  const char *who;
  const char *how;
  const char *day;
  const char *basis;
  const char *category;
  const char *role;
} notes[] = {
  /* A chat group. */
  { "李科长：@所有人 各社区请于11月27日前报送高龄老人统计报表，每日17点前上报。",
    "于11月27日前报送高龄老人统计报表，每日17点前上报", "李科长", "chat", NULL, NULL, "ledger", "assist" },
  /* A notice with its number. */
  { "区民政局文件\n某民发〔2026〕12号\n关于开展养老设施摸底的通知\n各街道：社区为责任主体……\n2026年11月20日",
    "养老设施摸底", NULL, "paper", "2026-11-20", "某民发〔2026〕12号", "ledger", "lead" },
  /* The note of a call. */
  { "11月19日下午王主任来电，要求社区派人参加创建检查，依据《消防法》第三十二条", "社区派人参加创建检查",
    "王主任", "phone", "2026-11-19", "《消防法》第三十二条", "check", "assist" },
  /* Said in a meeting; a day without a year that has not come is no day of the telling. */
  { "全区工作会议上布置：12月5日前挂牌", "12月5日前挂牌", NULL, "meeting", NULL, NULL, "plate", "assist" },
  { "张三 09:41：请社区配合发放问卷", "社区配合发放问卷", "张三", "other", NULL, NULL, "task", "cooperate" },
  { "", NULL, NULL, "other", NULL, NULL, "task", "assist" },
  { "2026-13-45 2026-02-30 7/8", NULL, NULL, "other", "2026-07-08", NULL, "task", "assist" },
};

static void
test_notes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (ShequPushedNote) note = shequ_pushed_note_read (notes[i].text, &today);

      g_test_message ("%s: %s · %s · %s", notes[i].text, note->title, note->who, note->how);
      if (notes[i].title != NULL)
        g_assert_cmpstr (note->title, ==, notes[i].title);
      g_assert_cmpstr (note->who, ==, notes[i].who);
      g_assert_cmpstr (note->how, ==, notes[i].how);
      g_assert_cmpstr (note->day, ==, notes[i].day);
      g_assert_cmpstr (note->basis, ==, notes[i].basis);
      g_assert_cmpstr (note->category, ==, notes[i].category);
      g_assert_cmpstr (note->role, ==, notes[i].role);
    }
}

/* Whatever is dropped: bytes that are no text, one long line, nothing but marks. */
static void
test_bad (void)
{
  g_autofree char *line = g_strnfill (200000, 'x');
  const char *const texts[] = { "\xff\xfe关于\xc3的通知", line, "：：：\n\n。。", "《《《法》第条" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ShequPushedNote) note = shequ_pushed_note_read (texts[i], &today);

      g_assert_true (note->title == NULL || g_utf8_validate (note->title, -1, NULL));
      g_assert_true (note->title == NULL || g_utf8_strlen (note->title, -1) <= 40);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pushed-note/notes", test_notes);
  g_test_add_func ("/pushed-note/bad", test_bad);
  return g_test_run ();
}
