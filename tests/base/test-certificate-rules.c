#include "shequ-certificate-rules.h"
#include "shequ-data.h"
#include "shequ-locale.h"

#include <string.h>

static ShequCertificateRules *
load_rules (void)
{
  g_autoptr (GError) error = NULL;
  ShequCertificateRules *rules = shequ_certificate_rules_new (&error);

  g_assert_no_error (error);
  return rules;
}

static const struct
{
  const char *typed;
  ShequCertificateAnswer answer;
  const char *id;
  gboolean certain;
} asked[] = {
  { "亲属关系证明", SHEQU_CERTIFICATE_CONDITIONAL, "N01", TRUE },
  { "亲属关系", SHEQU_CERTIFICATE_CONDITIONAL, "N01", TRUE },
  { "亲属证明", SHEQU_CERTIFICATE_CONDITIONAL, "N01", TRUE },
  { " 亲 属 关 系 证 明 ", SHEQU_CERTIFICATE_CONDITIONAL, "N01", TRUE },
  { "亲", SHEQU_CERTIFICATE_CONDITIONAL, "N01", FALSE },
  { "公证亲属关系证明", SHEQU_CERTIFICATE_CONDITIONAL, "A10", TRUE },
  { "无犯罪", SHEQU_CERTIFICATE_REFUSE, "N05", TRUE },
  { "能不能开无犯罪记录证明吗", SHEQU_CERTIFICATE_REFUSE, "N05", TRUE },
  { "犯罪记录", SHEQU_CERTIFICATE_REFUSE, "N05", TRUE },
  { "收入证明", SHEQU_CERTIFICATE_REFUSE, "N17", TRUE },
  { "养犬", SHEQU_CERTIFICATE_CONDITIONAL, "N04", TRUE },
  { "养狗证明", SHEQU_CERTIFICATE_CONDITIONAL, "N04", TRUE },
  { "单身证明", SHEQU_CERTIFICATE_REFUSE, "N08", TRUE },
  { "不扰民证明", SHEQU_CERTIFICATE_REFUSE, "N19", TRUE },
  { "燃气本丢失", SHEQU_CERTIFICATE_REFUSE, "L26", TRUE },
  { "低保证明", SHEQU_CERTIFICATE_REFUSE, "L20", TRUE },
  { "共同居住证明", SHEQU_CERTIFICATE_REFUSE, "L30", TRUE },
  { "居住证明", SHEQU_CERTIFICATE_ISSUE, "A01", TRUE },
  { "居(租)住证明", SHEQU_CERTIFICATE_ISSUE, "A01", TRUE },
  { "居民在社区居住情况证明", SHEQU_CERTIFICATE_ISSUE, "A01", TRUE },
  { "困难证明", SHEQU_CERTIFICATE_ISSUE, "A02", TRUE },
  { "志愿服务时间证明", SHEQU_CERTIFICATE_ISSUE, "A23", TRUE },
  { "社会实践", SHEQU_CERTIFICATE_ISSUE, "A03", TRUE },
  { "养老机构床位预订证明", SHEQU_CERTIFICATE_UNKNOWN, NULL, FALSE },
  { "证明", SHEQU_CERTIFICATE_UNKNOWN, NULL, FALSE },
  { "", SHEQU_CERTIFICATE_UNKNOWN, NULL, FALSE },
  { "xyz", SHEQU_CERTIFICATE_UNKNOWN, NULL, FALSE },
};

static void
test_asked (void)
{
  g_autoptr (ShequCertificateRules) rules = load_rules ();

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (ShequCertificateReply) reply = shequ_certificate_rules_answer (rules, asked[i].typed);

      g_test_message ("%s -> %s", asked[i].typed, reply->rule != NULL ? reply->rule->id : "none");
      g_assert_cmpstr (reply->rule != NULL ? reply->rule->id : NULL, ==, asked[i].id);
      g_assert_cmpint (reply->answer, ==, asked[i].answer);
      g_assert_cmpint (reply->certain, ==, asked[i].certain);
    }
}

/* Every name and alias of the national list is answered “no”, or “no, but”, with the basis and where to go.
 */
static gboolean
check_refused_row (char **cells, guint line, gpointer user_data, GError **error)
{
  g_autofree char *names = g_strjoin ("、", cells[1], cells[2], cells[3], NULL);
  g_auto (GStrv) list = g_strsplit (names, "、", -1);
  gboolean has_exception = g_str_equal (cells[0], "N01") || g_str_equal (cells[0], "N04");

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autoptr (ShequCertificateReply) reply = NULL;

      if (*list[i] == '\0')
        continue;
      reply = shequ_certificate_rules_answer (user_data, list[i]);
      g_test_message ("%s %s -> %s", cells[0], list[i], reply->rule != NULL ? reply->rule->id : "none");
      g_assert_nonnull (reply->rule);
      g_assert_cmpstr (reply->rule->id, ==, cells[0]);
      g_assert_true (reply->certain);
      g_assert_cmpint (reply->answer, ==,
                       has_exception ? SHEQU_CERTIFICATE_CONDITIONAL : SHEQU_CERTIFICATE_REFUSE);
      g_assert_true (g_str_has_prefix (reply->rule->basis[0], "民发〔2020〕20号附件第"));
      g_assert_cmpuint (reply->rule->instead->len, >=, 1);
      g_assert_cmpstr (reply->rule->version, ==, "2020-04");
      g_assert_cmpstr (reply->rule->reason, !=, "");
      g_assert_true (!has_exception || *reply->rule->note != '\0');
    }
  return TRUE;
}

static gboolean
check_local_row (char **cells, guint line, gpointer user_data, GError **error)
{
  g_autoptr (ShequCertificateReply) reply = shequ_certificate_rules_answer (user_data, cells[1]);

  g_assert_cmpstr (reply->rule->id, ==, cells[0]);
  g_assert_cmpint (reply->answer, ==, SHEQU_CERTIFICATE_REFUSE);
  g_assert_cmpuint (reply->rule->instead->len, >=, 1);
  g_assert_cmpstr (reply->rule->source, !=, "");
  return TRUE;
}

static gboolean
check_allowed_row (char **cells, guint line, gpointer user_data, GError **error)
{
  g_autoptr (ShequCertificateReply) reply = shequ_certificate_rules_answer (user_data, cells[1]);

  g_assert_cmpstr (reply->rule->id, ==, cells[0]);
  g_assert_true (reply->answer == SHEQU_CERTIFICATE_ISSUE || reply->answer == SHEQU_CERTIFICATE_CONDITIONAL);
  return TRUE;
}

static void
test_every_row (void)
{
  g_autoptr (ShequCertificateRules) rules = load_rules ();
  g_autoptr (GError) error = NULL;

  shequ_data_read_table ("rules/certificates-refused.tsv", "id name aliases everyday_names",
                         check_refused_row, rules, &error);
  g_assert_no_error (error);
  shequ_data_read_table ("rules/certificates-local-refused.tsv", "id name", check_local_row, rules, &error);
  g_assert_no_error (error);
  shequ_data_read_table ("rules/certificates-allowed.tsv", "id name", check_allowed_row, rules, &error);
  g_assert_no_error (error);
}

static void
test_instead (void)
{
  g_autoptr (ShequCertificateRules) rules = load_rules ();
  const ShequCertificateRule *rule = shequ_certificate_rules_find (rules, "N05");
  const ShequCertificateChannel *channel = rule->instead->pdata[0];

  g_assert_cmpstr (channel->body, ==, "公安派出所");
  g_assert_cmpstr (channel->how, ==, "户籍地或居住地派出所申请,也可在网上政务平台申请");
  g_assert_cmpstr (shequ_certificate_rules_find (rules, "N01")->related[0], ==, "A10");
}

static void
test_kinds (void)
{
  g_autoptr (ShequCertificateRules) rules = load_rules ();
  g_autoptr (GPtrArray) kinds = shequ_certificate_rules_list_kinds (rules);
  g_autoptr (GPtrArray) refused = shequ_certificate_rules_list (rules, SHEQU_CERTIFICATE_REFUSE);
  guint printable = 0;

  g_assert_cmpuint (kinds->len, ==, 28);
  g_assert_cmpuint (refused->len, ==, 18 + 30);
  for (guint i = 0; i < kinds->len; i++)
    printable += ((ShequCertificateRule *) kinds->pdata[i])->printable;
  g_assert_cmpuint (printable, ==, 1);
  g_assert_cmpstr (shequ_certificate_rules_find_kind (rules, "residence")->id, ==, "A01");
  g_assert_cmpstr (shequ_certificate_rules_find_kind (rules, "A02")->kind, ==, "A02");
  g_assert_null (shequ_certificate_rules_find_kind (rules, "N01"));
  g_assert_cmpstr (shequ_certificate_answer_get_name (SHEQU_CERTIFICATE_CONDITIONAL), ==, "conditional");
}

/* A rule out of date still answers, and says so. */
static void
test_out_of_date (void)
{
  g_autoptr (ShequCertificateRules) rules = load_rules ();
  g_autoptr (ShequCertificateReply) old = shequ_certificate_rules_answer (rules, "廉租房申请人证明");
  g_autoptr (ShequCertificateReply) current = shequ_certificate_rules_answer (rules, "无犯罪记录证明");

  g_assert_nonnull (strstr (old->rule->out_of_date, "公共租赁住房"));
  g_assert_cmpstr (current->rule->out_of_date, ==, "");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/certificate-rules/asked", test_asked);
  g_test_add_func ("/certificate-rules/every-row", test_every_row);
  g_test_add_func ("/certificate-rules/instead", test_instead);
  g_test_add_func ("/certificate-rules/kinds", test_kinds);
  g_test_add_func ("/certificate-rules/out-of-date", test_out_of_date);

  return g_test_run ();
}
