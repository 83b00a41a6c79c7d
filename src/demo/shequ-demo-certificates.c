/* Certificates of residence that the communities gave out in the last year. */
#include "shequ-demo-private.h"

#include "config.h"

#include <string.h>

#include "shequ-certificate-check.h"
#include "shequ-certificate-rules.h"
#include "shequ-data.h"
#include "shequ-mask.h"

#define DAYS 365
#define VALID_DAYS 30
#define VOID_PER_CENT 1
#define KIND "residence"

typedef struct
{
  ShequDemoFilling *filling;
  ShequDemoCommunity *community;
  ShequDemoRandom random;
  GPtrArray *purposes; /* of char **: purpose, receiver */
  GHashTable *texts;   /* words of papers */
  const char *document;
  const char *title;
} Counter;

static gboolean
add_purpose (char **cells, guint line, gpointer user_data, GError **error)
{
  Counter *counter = user_data;
  const char *pair[] = { cells[0], cells[1], NULL };

  g_ptr_array_add (counter->purposes, g_strdupv ((char **) pair));
  return TRUE;
}

static gboolean
add_text (char **cells, guint line, gpointer user_data, GError **error)
{
  g_hash_table_insert (((Counter *) user_data)->texts, g_strdup (cells[0]), g_strdup (cells[1]));
  return TRUE;
}

/* `values` are names and values in turn, ended by %NULL. */
static char *
expand (Counter *counter, const char *key, const char *const *values)
{
  GString *text = g_string_new (g_hash_table_lookup (counter->texts, key));

  for (guint i = 0; values[i] != NULL; i += 2)
    {
      g_autofree char *name = g_strdup_printf ("{%s}", values[i]);

      g_string_replace (text, name, values[i + 1], 0);
    }
  return g_string_free (text, FALSE);
}

/* With the name of the community where there are several, as shequ_certificate_issue() numbers them. */
static char *
make_number (Counter *counter, const char *day)
{
  g_autofree char *year = g_strndup (day, 4);
  g_autofree char *series =
    g_strdup_printf ("certificate/%" G_GINT64_FORMAT "/%s", counter->community->key, year);
  gint64 number = shequ_demo_writer_next_number (counter->filling->writer, series);
  g_autofree char *serial = g_strdup_printf ("%04" G_GINT64_FORMAT, number);
  g_autofree char *unit = g_strdup (counter->community->name);
  g_autofree char *prefix = NULL;

  if (g_str_has_suffix (unit, "社区"))
    unit[strlen (unit) - strlen ("社区")] = '\0';
  prefix = g_strconcat (counter->filling->communities->len > 1 ? unit : "",
                        (const char *) g_hash_table_lookup (counter->texts, "certificate.prefix"), NULL);
  return expand (counter, "certificate.number",
                 (const char *const[]){ "prefix", prefix, "year", year, "serial", serial, NULL });
}

static char *
write_facts (Counter *counter, const ShequDemoNeighbour *neighbour)
{
  g_autofree char *number = shequ_mask_id_number (neighbour->id_number, SHEQU_MASK_STAFF);

  return expand (counter, "certificate.residence",
                 (const char *const[]){ "name", neighbour->name, "sex", neighbour->sex == 1 ? "男" : "女",
                                        "document", counter->document, "number", number, "address",
                                        neighbour->address, NULL });
}

static void
add_certificate (Counter *counter, const ShequDemoNeighbour *neighbour, const ShequDate *day)
{
  static const char *const methods[] = { "records", "visit", "neighbours", "papers" };
  const GArray *workers = counter->community->workers;
  ShequRow *row = shequ_demo_writer_start (counter->filling->writer, "certificate");
  char **purpose =
    counter->purposes->pdata[shequ_demo_random_below (&counter->random, counter->purposes->len)];
  const ShequDemoWorker *worker = &g_array_index (
    workers, ShequDemoWorker, 1 + shequ_demo_random_below (&counter->random, workers->len - 1));
  ShequDate end = shequ_date_add_days (day, VALID_DAYS);
  g_autofree char *facts = write_facts (counter, neighbour);
  g_autofree char *number = NULL, *check = NULL;
  char text[SHEQU_DATE_TEXT_SIZE];

  shequ_row_set_integer (row, "unit", counter->community->key);
  shequ_row_set_text (row, "kind", KIND);
  shequ_row_set_text (row, "title", counter->title);
  shequ_row_set_integer (row, "resident", neighbour->key);
  shequ_row_set_text (row, "resident_name", neighbour->name);
  shequ_row_set_text (row, "purpose", purpose[0]);
  shequ_row_set_text (row, "receiver", purpose[1]);
  shequ_row_set_text (row, "facts", facts);
  shequ_row_set_text (row, "verified_by", worker->name);
  shequ_row_set_text (row, "verify_method",
                      methods[shequ_demo_random_below (&counter->random, G_N_ELEMENTS (methods))]);
  shequ_row_set_text (row, "handler", worker->name);
  shequ_row_set_text (row, "approver", g_array_index (workers, ShequDemoWorker, 0).name);
  shequ_row_set_integer (row, "copies", 1);
  shequ_date_to_iso (&end, text);
  shequ_row_set_text (row, "valid_until", text);
  shequ_date_to_iso (day, text);
  shequ_row_set_text (row, "issued_on", text);
  number = make_number (counter, text);
  shequ_row_set_text (row, "number", number);
  check = shequ_certificate_make_check_text (row);
  shequ_row_set_text (row, "check_text", check);
  if (shequ_demo_random_chance (&counter->random, VOID_PER_CENT))
    {
      shequ_row_set_text (row, "status", "void");
      shequ_row_set_text (row, "void_reason", "用途填写有误,另行出具");
    }
  shequ_demo_writer_add (counter->filling->writer, row);
}

/* In the order of the days, so that numbers run as they do on paper. */
static void
fill_year (Counter *counter)
{
  const ShequDemoFilling *filling = counter->filling;
  double rate = shequ_demo_rates_get_value (filling->rates, "yearly_event",
                                            "certificates_issued_per_1000_residents_a_year", "");
  double per_day = counter->community->residents * rate / 1000 / DAYS * 7 / 5;
  GArray *neighbours = counter->community->neighbours;
  double due = 0;

  for (int i = -DAYS; i < 0 && neighbours->len > 0 && !shequ_demo_writer_has_failed (filling->writer); i++)
    {
      ShequDate day = shequ_date_add_days (&filling->today, i);

      if (!shequ_workdays_is_workday (filling->workdays, &day))
        continue;
      for (due += per_day; due >= 1; due--)
        add_certificate (counter,
                         &g_array_index (neighbours, ShequDemoNeighbour,
                                         shequ_demo_random_below (&counter->random, neighbours->len)),
                         &day);
    }
}

static const char *
find_document_label (ShequDemoFilling *filling)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "resident");
  const ShequField *field = shequ_register_lookup (row->reg, "id_document");
  const ShequCode *code = shequ_code_list_lookup (field->codes, "111");

  return code != NULL ? code->label : "";
}

static gboolean
read_tables (Counter *counter, const ShequCertificateRules *rules, GError **error)
{
  return rules != NULL &&
         shequ_data_read_table ("demo/certificate-purposes.tsv", "purpose receiver", add_purpose, counter,
                                error) &&
         shequ_data_read_table ("rules/paper-texts.tsv", "key text", add_text, counter, error);
}

/**
 * shequ_demo_fill_certificates:
 * @filling: the filling
 * @community: one with workers and neighbours
 */
void
shequ_demo_fill_certificates (ShequDemoFilling *filling, ShequDemoCommunity *community)
{
  Counter counter = { .filling = filling, .community = community };
  GError *error = NULL;
  g_autoptr (ShequCertificateRules) rules = shequ_certificate_rules_new (&error);

  shequ_demo_filling_init_random (filling, "certificates", community->number, &counter.random);
  counter.purposes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  counter.texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  counter.document = find_document_label (filling);
  if (read_tables (&counter, rules, &error))
    {
      const ShequCertificateRule *rule = shequ_certificate_rules_find_kind (rules, KIND);

      counter.title = rule != NULL ? rule->title : KIND;
      fill_year (&counter);
    }
  else
    shequ_demo_writer_take_error (filling->writer, error);
  g_ptr_array_unref (counter.purposes);
  g_hash_table_unref (counter.texts);
}
