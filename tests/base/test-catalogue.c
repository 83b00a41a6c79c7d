#include <string.h>

#include "shequ-catalogue.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define HEAD "[Register]\nName=sign_board\nLabel=Plate\nTitle={text}\n"
#define TEXT "[Field text]\nKind=text\nLabel=Text\n"
#define NUMBER "[Field n]\nKind=integer\nLabel=N\n"
#define BOOK HEAD TEXT

/* A register that no file of the program describes. */
static const char sign_board[] = "[Register]\n"
                                 "Name=sign_board\n"
                                 "Label=Plate\n"
                                 "Label[zh_CN]=牌子\n"
                                 "Title={text}\n"
                                 "Detail={demanded_by} · {status}\n"
                                 "Unit=community\n"
                                 "Identity=text+demanded_by;text\n"
                                 "[Group what]\n"
                                 "Label=What\n"
                                 "[Field text]\n"
                                 "Kind=text\n"
                                 "Label=Words on the sign_board\n"
                                 "Label[zh_CN]=牌子名称\n"
                                 "Synonyms=牌子;挂牌名称\n"
                                 "Required=true\n"
                                 "Search=part\n"
                                 "Group=what\n"
                                 "AtMost=40\n"
                                 "[Field demanded_by]\n"
                                 "Kind=link\n"
                                 "To=department\n"
                                 "OnDelete=clear\n"
                                 "Label=Demanded by\n"
                                 "[Field status]\n"
                                 "Kind=code\n"
                                 "Label=Status\n"
                                 "Codes[zh_CN]=keep:保留;removed:已清理\n"
                                 "Codes=keep:Keep;removed:Removed\n"
                                 "Default=keep\n"
                                 "[Field removed_on]\n"
                                 "Kind=date\n"
                                 "Label=Removed on\n"
                                 "NotAfter=today\n"
                                 "RequiredWhen=status=已清理\n"
                                 "[Field cost]\n"
                                 "Kind=money\n"
                                 "Label=Cost\n"
                                 "AtLeast=0\n"
                                 "AtMost=1000\n"
                                 "[List default]\n"
                                 "Columns=text;demanded_by;status\n"
                                 "Sort=-removed_on;text\n"
                                 "Filters=status;demanded_by\n"
                                 "Where=cost>=12.5 and demanded_by.level=city\n"
                                 "[Reminder recheck]\n"
                                 "Date=removed_on\n"
                                 "After=30d;90d\n"
                                 "While=status=removed\n"
                                 "Text=Look at {text} again\n";

static void
test_shipped (void)
{
  static const char *const names[] = { "org_unit",   "department",  "staff",       "grid",     "estate",
                                       "building",   "dwelling",    "household",   "resident", "work_item",
                                       "work_entry", "certificate", "application", "team",     "volunteer",
                                       "shift",      "assignment" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (shequ_catalogue_get_registers (catalogue)->len, >=, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const ShequRegister *reg = shequ_catalogue_lookup (catalogue, names[i]);

      g_assert_nonnull (reg);
      g_assert_nonnull (shequ_register_get_list (reg, NULL));
      for (guint j = 0; j < reg->fields->len; j++)
        g_assert_cmpuint (((const ShequField *) reg->fields->pdata[j])->index, ==, j);
    }
}

static void
test_labels (void)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  const ShequRegister *resident = shequ_catalogue_lookup (catalogue, "resident");
  const ShequField *relation = shequ_register_lookup (resident, "relation");
  const ShequField *state =
    shequ_register_lookup (shequ_catalogue_lookup (catalogue, "application"), "state");

  g_assert_cmpstr (resident->label, ==, "居民");
  g_assert_cmpstr (relation->label, ==, "与户主关系");
  g_assert_true (shequ_field_answers_to (relation, "关系"));
  g_assert_true (shequ_field_answers_to (relation, " 与户主 关系*"));
  g_assert_true (shequ_field_answers_to (relation, "relation to the head"));
  g_assert_true (shequ_field_answers_to (relation, "与户主关系（代码）"));
  g_assert_false (shequ_field_answers_to (relation, "户主"));
  g_assert_false (shequ_field_answers_to (relation, ""));
  g_assert_cmpstr (shequ_code_list_lookup (state->codes, "rejected")->label, ==, "不予准入");
  g_assert_cmpstr (shequ_code_list_recognise (state->codes, "Refused")->code, ==, "rejected");
}

static void
test_order (void)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  const GPtrArray *registers = shequ_catalogue_get_registers (catalogue);
  static const char *const wanted[] = {
    "org_unit", "estate", "building", "dwelling", "household", "resident"
  };
  guint next = 0;

  for (guint i = 0; i < registers->len && next < G_N_ELEMENTS (wanted); i++)
    if (g_str_equal (((const ShequRegister *) registers->pdata[i])->name, wanted[next]))
      next++;
  g_assert_cmpuint (next, ==, G_N_ELEMENTS (wanted));
}

static void
test_codes (void)
{
  static const struct
  {
    const char *field;
    const char *typed;
    const char *code;
  } cases[] = {
    { "sex", "男", "1" },
    { "sex", "女性", "2" },
    { "sex", "2", "2" },
    { "ethnic", "汉", "01" },
    { "ethnic", "蒙古族", "02" },
    { "relation", "妻子", "12" },
    { "relation", "户主", "02" },
    { "relation", "儿子", "20" },
    { "relation", "孙女", "42" },
    { "political", "党员", "01" },
    { "political", "群众", "13" },
    { "education", "大专", "30" },
    { "education", "本科", "20" },
    { "education", "初中", "70" },
    { "education", " 高　中 ", "60" },
    { "id_document", "护照", "414" },
    { "marital", "离异", "40" },
  };
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  const ShequRegister *resident = shequ_catalogue_lookup (catalogue, "resident");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ShequField *field = shequ_register_lookup (resident, cases[i].field);
      const ShequCode *code = shequ_code_list_recognise (field->codes, cases[i].typed);

      g_assert_nonnull (code);
      g_assert_cmpstr (code->code, ==, cases[i].code);
    }
  g_assert_null (shequ_code_list_recognise (shequ_register_lookup (resident, "sex")->codes, "甲"));
}

static void
test_unit_field (void)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  const ShequRegister *resident = shequ_catalogue_lookup (catalogue, "resident");
  const ShequField *unit = shequ_register_lookup (resident, "unit");

  g_assert_cmpint (resident->level, ==, SHEQU_LEVEL_COMMUNITY);
  g_assert_true (unit->target == shequ_catalogue_lookup (catalogue, "org_unit"));
  g_assert_true (shequ_field_answers_to (unit, "所属社区"));
  g_assert_null (shequ_register_lookup (shequ_catalogue_lookup (catalogue, "department"), "unit"));
}

static void
test_own_register (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autoptr (GPtrArray) referrers = NULL;
  g_autofree char *where = NULL;
  g_autofree char *when = NULL;
  const ShequRegister *reg;
  const ShequList *list;
  const ShequReminder *reminder;

  g_assert_true (shequ_catalogue_add_text (catalogue, "sign_board.ini", sign_board, &error));
  g_assert_true (shequ_catalogue_resolve (catalogue, &error));
  g_assert_no_error (error);
  reg = shequ_catalogue_lookup (catalogue, "sign_board");
  list = shequ_register_get_list (reg, NULL);
  reminder = reg->reminders->pdata[0];
  referrers = shequ_register_get_referrers (catalogue, shequ_catalogue_lookup (catalogue, "department"));

  g_assert_cmpstr (reg->label, ==, "牌子");
  g_assert_cmpuint (list->columns->len, ==, 3);
  g_assert_true (((const ShequSort *) (void *) list->sort->data)->descending);
  g_assert_cmpstr (list->label, ==, "牌子");
  where = shequ_condition_to_text (list->where);
  g_assert_cmpstr (where, ==, "cost>=1250 and demanded_by.level=city");
  when = shequ_condition_to_text (shequ_register_lookup (reg, "removed_on")->required_when);
  g_assert_cmpstr (when, ==, "status=removed");
  g_assert_cmpint (shequ_register_lookup (reg, "cost")->at_most, ==, 100000);
  g_assert_cmpuint (reminder->days->len, ==, 2);
  g_assert_cmpint (((const int *) (void *) reminder->days->data)[1], ==, 90);
  g_assert_cmpuint (reg->identity->len, ==, 2);
  g_assert_true (g_ptr_array_find (referrers, shequ_register_lookup (reg, "demanded_by"), NULL));
}

/* Each of these must be refused with file, group and key. */
static const struct
{
  const char *name;
  const char *text;
  const char *place;
  const char *word; /* (nullable): what the message must name besides */
} wrongs[] = {
  { "no-register", TEXT, "sign_board.ini: [Register]:", NULL },
  { "no-field", HEAD, "sign_board.ini: ", NULL },
  { "no-name", "[Register]\nLabel=P\nTitle=x\n" TEXT, "sign_board.ini: [Register] Name:", NULL },
  { "no-label", HEAD "[Field text]\nKind=text\n", "sign_board.ini: [Field text] Label:", NULL },
  { "no-kind", HEAD "[Field text]\nLabel=T\n", "sign_board.ini: [Field text] Kind:", NULL },
  { "bad-name", "[Register]\nName=Plate 1\nLabel=P\nTitle=x\n" TEXT,
    "sign_board.ini: [Register] Name:", "Plate 1" },
  { "unknown-key", BOOK "Colour=red\n", "sign_board.ini: [Field text] Colour:", NULL },
  { "unknown-group", BOOK "[Print]\nLedger=landscape\n", "sign_board.ini: [Print]:", NULL },
  { "nameless-field", BOOK "[Field]\nKind=text\nLabel=T\n", "sign_board.ini: [Field]:", NULL },
  { "unknown-kind", HEAD "[Field text]\nLabel=T\nKind=number\n",
    "sign_board.ini: [Field text] Kind:", "number" },
  { "two-fields", BOOK TEXT, "sign_board.ini: [Field text]:", "8" },
  { "two-keys", BOOK "Label=Again\n", "sign_board.ini: [Field text] Label:", NULL },
  { "reserved-name", BOOK "[Field version]\nKind=text\nLabel=T\n",
    "sign_board.ini: [Field version]:", "version" },
  { "no-syntax", BOOK "what is this\n", "sign_board.ini: ", "what is this" },
  { "empty-value", BOOK "Help=\n", "sign_board.ini: [Field text] Help:", NULL },
  { "bad-yes-no", BOOK "Required=maybe\n", "sign_board.ini: [Field text] Required:", "maybe" },
  { "bad-number", BOOK "AtMost=many\n", "sign_board.ini: [Field text] AtMost:", "many" },
  { "bad-choice", BOOK "Search=fast\n", "sign_board.ini: [Field text] Search:", "fast" },
  { "key-of-other-kind", BOOK "To=department\n", "sign_board.ini: [Field text] To:", "text" },
  { "language-of-word", BOOK "Search[zh_CN]=part\n", "sign_board.ini: [Field text] Search[zh_CN]:", NULL },
  { "language-alone", BOOK "Help[zh_CN]=帮助\n", "sign_board.ini: [Field text] Help[zh_CN]:", "Help" },
  { "link-without-to", BOOK "[Field who]\nKind=link\nLabel=W\n", "sign_board.ini: [Field who] To:", NULL },
  { "link-to-nothing", BOOK "[Field who]\nKind=link\nLabel=W\nTo=nobody\n",
    "sign_board.ini: [Field who] To:", "nobody" },
  { "code-without-codes", BOOK "[Field c]\nKind=code\nLabel=C\n", "sign_board.ini: [Field c] Codes:", NULL },
  { "code-list-missing", BOOK "[Field c]\nKind=code\nLabel=C\nCodeList=none\n",
    "sign_board.ini: [Field c] CodeList:", "none" },
  { "code-twice", BOOK "[Field c]\nKind=code\nLabel=C\nCodes=a:A;a:B\n",
    "sign_board.ini: [Field c] Codes:", "a" },
  { "code-without-label", BOOK "[Field c]\nKind=code\nLabel=C\nCodes=a;b\n",
    "sign_board.ini: [Field c] Codes:", "a" },
  { "codes-differ", BOOK "[Field c]\nKind=code\nLabel=C\nCodes=a:A;b:B\nCodes[zh_CN]=a:甲;c:丙\n",
    "sign_board.ini: [Field c] Codes[zh_CN]:", "c" },
  { "title-without-field", "[Register]\nName=sign_board\nLabel=P\nTitle={name}\n" TEXT,
    "sign_board.ini: [Register] Title:", "name" },
  { "title-computed",
    "[Register]\nName=sign_board\nLabel=P\nTitle={n}\n" TEXT
    "[Field n]\nKind=computed\nLabel=N\nCompute=count(sign_board)\n",
    "sign_board.ini: [Register] Title:", "n" },
  { "title-circular",
    "[Register]\nName=sign_board\nLabel=P\nTitle={up}\n[Field up]\nKind=link\nTo=sign_board\nLabel=U\n",
    "sign_board.ini: [Register] Title:", NULL },
  { "list-without-column", BOOK "[List default]\nColumns=text;gone\n",
    "sign_board.ini: [List default] Columns:", "gone" },
  { "list-where", BOOK "[List default]\nColumns=text\nWhere=gone=1\n",
    "sign_board.ini: [List default] Where:", "gone" },
  { "list-sort-computed",
    BOOK
    "[Field n]\nKind=computed\nLabel=N\nCompute=count(sign_board)\n[List default]\nColumns=text\nSort=n\n",
    "sign_board.ini: [List default] Sort:", "n" },
  { "condition-syntax", BOOK "RequiredWhen=text = \n", "sign_board.ini: [Field text] RequiredWhen:", NULL },
  { "condition-field", BOOK "RequiredWhen=gone is set\n",
    "sign_board.ini: [Field text] RequiredWhen:", "gone" },
  { "condition-code", BOOK "ShownWhen=c=z\n[Field c]\nKind=code\nLabel=C\nCodes=a:A\n",
    "sign_board.ini: [Field text] ShownWhen:", "z" },
  { "condition-link", BOOK "ShownWhen=text.name=z\n", "sign_board.ini: [Field text] ShownWhen:", "text" },
  { "default-misfit", BOOK "[Field d]\nKind=date\nLabel=D\nDefault=soon\n",
    "sign_board.ini: [Field d] Default:", "soon" },
  { "not-after-text", BOOK "[Field d]\nKind=date\nLabel=D\nNotAfter=text\n",
    "sign_board.ini: [Field d] NotAfter:", "text" },
  { "limits-crossed", BOOK "[Field n]\nKind=integer\nLabel=N\nAtLeast=5\nAtMost=4\n",
    "sign_board.ini: [Field n] AtLeast:", NULL },
  { "check-no-rule", BOOK "[Check c]\nText=W\n", "sign_board.ini: [Check c] Rule:", NULL },
  { "check-no-comparison", BOOK NUMBER "[Check c]\nText=W\nRule=n + 1\n",
    "sign_board.ini: [Check c] Rule:", "n + 1" },
  { "check-no-sum", BOOK NUMBER "[Check c]\nText=W\nRule=n = n n\n",
    "sign_board.ini: [Check c] Rule:", "n n" },
  { "check-field", BOOK NUMBER "[Check c]\nText=W\nRule=n = gone\n",
    "sign_board.ini: [Check c] Rule:", "gone" },
  { "check-text", BOOK NUMBER "[Check c]\nText=W\nRule=n = text\n",
    "sign_board.ini: [Check c] Rule:", "text" },
  { "check-money", BOOK NUMBER "[Field m]\nKind=money\nLabel=M\n[Check c]\nText=W\nRule=n = m\n",
    "sign_board.ini: [Check c] Rule:", "m" },
  { "check-numbers", BOOK NUMBER "[Check c]\nText=W\nRule=1 = 2\n",
    "sign_board.ini: [Check c] Rule:", "1 = 2" },
  { "check-when", BOOK NUMBER "[Check c]\nText=W\nRule=n = 1\nWhen=gone is set\n",
    "sign_board.ini: [Check c] When:", "gone" },
  { "check-words", BOOK NUMBER "[Check c]\nText={gone}\nRule=n = 1\n",
    "sign_board.ini: [Check c] Text:", "gone" },
  { "check-level", BOOK NUMBER "[Check c]\nText=W\nRule=n = 1\nLevel=maybe\n",
    "sign_board.ini: [Check c] Level:", "maybe" },
  { "bad-area", "[Register]\nName=sign_board\nLabel=P\nTitle=x\nArea=P\n" TEXT,
    "sign_board.ini: [Register] Area:", "P" },
  { "group-missing", BOOK "Group=what\n", "sign_board.ini: [Field text] Group:", "what" },
  { "behaviour-missing", "[Register]\nName=sign_board\nLabel=P\nTitle={text}\nBehaviour=magic\n" TEXT,
    "sign_board.ini: [Register] Behaviour:", "magic" },
  { "identity-missing", "[Register]\nName=sign_board\nLabel=P\nTitle={text}\nIdentity=text+gone\n" TEXT,
    "sign_board.ini: [Register] Identity:", "gone" },
  { "period-one", "[Register]\nName=sign_board\nLabel=Plate\nTitle={text}\nPeriod=text\n" TEXT,
    "sign_board.ini: [Register] Period:", NULL },
  { "period-text", "[Register]\nName=sign_board\nLabel=Plate\nTitle={text}\nPeriod=text;text\n" TEXT,
    "sign_board.ini: [Register] Period:", NULL },
  { "active-without-period", BOOK "[List default]\nColumns=text\nWhere=active\n",
    "sign_board.ini: [List default] Where:", NULL },
  { "has-in-a-form", BOOK "[Field n]\nKind=text\nLabel=N\nRequiredWhen=no sign_board()\n",
    "sign_board.ini: [Field n] RequiredWhen:", NULL },
  { "has-no-link", BOOK "[List default]\nColumns=text\nWhere=has sign_board()\n",
    "sign_board.ini: [List default] Where:", NULL },
  { "list-of-numbers",
    BOOK "[Field m]\nKind=integer\nLabel=M\n[Field n]\nKind=computed\nLabel=N\n"
         "Compute=list(sign_board.m)\n",
    "sign_board.ini: [Field n] Compute:", NULL },
  { "cycle-of-other", BOOK "[Field d]\nKind=link\nLabel=D\nTo=department\nNoCycle=true\n",
    "sign_board.ini: [Field d] NoCycle:", NULL },
  { "unique-unless-nothing", BOOK "Unique=true\nUniqueUnless=free\n",
    "sign_board.ini: [Field text] UniqueUnless:", "free" },
  { "unique-unless-text", BOOK "Unique=true\nUniqueUnless=text\n",
    "sign_board.ini: [Field text] UniqueUnless:", "text" },
  { "unique-unless-not-unique", BOOK "UniqueUnless=y\n[Field y]\nKind=yes_no\nLabel=Y\n",
    "sign_board.ini: [Field text] UniqueUnless:", "text" },
  { "series-without-number", BOOK "Series=XF{year}\n", "sign_board.ini: [Field text] Series:", "XF{year}" },
  { "series-twice", BOOK "Series={number}{number}\n", "sign_board.ini: [Field text] Series:", "{number}" },
  { "series-wide", BOOK "Series={number:0}\n", "sign_board.ini: [Field text] Series:", "{number:0}" },
  { "series-other", BOOK "Series={number}{month}\n", "sign_board.ini: [Field text] Series:", "{month}" },
  { "series-required", BOOK "Required=true\nSeries={number}\n",
    "sign_board.ini: [Field text] Series:", "text" },
  { "series-of-date", BOOK "[Field d]\nKind=date\nLabel=D\nSeries={number}\n",
    "sign_board.ini: [Field d] Series:", "date" },
  { "default-from-word", BOOK "DefaultFrom=board\n", "sign_board.ini: [Field text] DefaultFrom:", "board" },
  { "default-from-nothing", BOOK "DefaultFrom=board.text\n",
    "sign_board.ini: [Field text] DefaultFrom:", "board" },
  { "default-from-text", BOOK "DefaultFrom=t.text\n[Field t]\nKind=text\nLabel=T\n",
    "sign_board.ini: [Field text] DefaultFrom:", "t" },
  { "default-from-other-kind",
    BOOK "DefaultFrom=b.day\n[Field b]\nKind=link\nTo=sign_board\nLabel=B\n[Field day]\nKind=date\nLabel=D\n",
    "sign_board.ini: [Field text] DefaultFrom:", "day" },
  { "default-from-sensitive",
    BOOK "DefaultFrom=b.secret\n[Field b]\nKind=link\nTo=sign_board\nLabel=B\n"
         "[Field secret]\nKind=text\nLabel=S\nSensitivity=3\n",
    "sign_board.ini: [Field text] DefaultFrom:", "secret" },
  { "locked-when-nothing", BOOK "LockedWhen=free=yes\n", "sign_board.ini: [Field text] LockedWhen:", "free" },
  { "locked-when-linked", BOOK "LockedWhen=b.text is set\n[Field b]\nKind=link\nTo=sign_board\nLabel=B\n",
    "sign_board.ini: [Field text] LockedWhen:", NULL },
  { "locked-when-others", BOOK "LockedWhen=has sign_board()\n[Field b]\nKind=link\nTo=sign_board\nLabel=B\n",
    "sign_board.ini: [Field text] LockedWhen:", "has" },
  { "differs-from-itself", BOOK "DiffersFrom=text\n", "sign_board.ini: [Field text] DiffersFrom:", "text" },
  { "differs-from-other-kind", BOOK "DiffersFrom=d\n[Field d]\nKind=date\nLabel=D\n",
    "sign_board.ini: [Field text] DiffersFrom:", "d" },
  { "not-derived-by-nothing", BOOK "[Field l]\nKind=link\nTo=sign_board\nLabel=L\nNotDerivedBy=gone\n",
    "sign_board.ini: [Field l] NotDerivedBy:", "gone" },
  { "unique-with-one", "[Register]\nName=sign_board\nLabel=P\nTitle={text}\nUniqueWith=text\n" TEXT,
    "sign_board.ini: [Register] UniqueWith:", NULL },
  { "one-of-missing", "[Register]\nName=sign_board\nLabel=P\nTitle={text}\nOneOf=text;gone\n" TEXT,
    "sign_board.ini: [Register] OneOf:", "gone" },
  { "history-computed", BOOK "[Field n]\nKind=computed\nLabel=N\nCompute=count(sign_board)\nHistory=true\n",
    "sign_board.ini: [Field n] History:", "n" },
  { "history-columns", BOOK "History=true\n[Field valid_from]\nKind=date\nLabel=V\n",
    "sign_board.ini: [Register] History:", "valid_from" },
  { "since-without-history", "[Register]\nName=sign_board\nLabel=P\nTitle={text}\nSince=today\n" TEXT,
    "sign_board.ini: [Register] Since:", NULL },
  { "since-no-date", "[Register]\nName=sign_board\nLabel=P\nTitle={text}\nSince=text\n" TEXT "History=true\n",
    "sign_board.ini: [Register] Since:", "text" },
  { "compute-syntax", BOOK "[Field n]\nKind=computed\nLabel=N\nCompute=many(sign_board)\n",
    "sign_board.ini: [Field n] Compute:", "many" },
  { "compute-register", BOOK "[Field n]\nKind=computed\nLabel=N\nCompute=count(gone)\n",
    "sign_board.ini: [Field n] Compute:", "gone" },
  { "compute-field", BOOK "[Field n]\nKind=computed\nLabel=N\nCompute=sum(sign_board.gone)\n",
    "sign_board.ini: [Field n] Compute:", "gone" },
  { "compute-text", BOOK "[Field n]\nKind=computed\nLabel=N\nCompute=sum(sign_board.text)\n",
    "sign_board.ini: [Field n] Compute:", "text" },
  { "compute-circular", BOOK "[Field n]\nKind=computed\nLabel=N\nCompute=first(sign_board.n)\n",
    "sign_board.ini: [Field n] Compute:", NULL },
  { "head-of-two", BOOK "Synonyms=牌子\n[Field other]\nKind=text\nLabel=O\nSynonyms=牌子\n",
    "sign_board.ini: [Field other] Synonyms:", "牌子" },
  { "document-no-code", BOOK "[Field i]\nKind=id_number\nLabel=I\nDocument=text\n",
    "sign_board.ini: [Field i] Document:", "text" },
  { "reminder-date", BOOK "[Reminder r]\nDate=text\nBefore=3d\nText=x\n",
    "sign_board.ini: [Reminder r] Date:", "text" },
  { "reminder-days", BOOK "[Field d]\nKind=date\nLabel=D\n[Reminder r]\nDate=d\nBefore=3 days\nText=x\n",
    "sign_board.ini: [Reminder r] Before:", "3 days" },
  { "reminder-never", BOOK "[Field d]\nKind=date\nLabel=D\n[Reminder r]\nDate=d\nText=x\n",
    "sign_board.ini: [Reminder r] Before:", NULL },
  { "reminder-mixed", BOOK "[Field d]\nKind=date\nLabel=D\n[Reminder r]\nDate=d\nBefore=3d;2wd\nText=x\n",
    "sign_board.ini: [Reminder r] Before:", NULL },
  { "reminder-text", BOOK "[Field d]\nKind=date\nLabel=D\n[Reminder r]\nDate=d\nBefore=3d\nText={gone}\n",
    "sign_board.ini: [Reminder r] Text:", "gone" },
};

static void
test_wrong (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (shequ_catalogue_add_text (catalogue, "sign_board.ini", wrongs[number].text, &error) &&
                  shequ_catalogue_resolve (catalogue, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
  if (!g_str_has_prefix (error->message, wrongs[number].place))
    g_error ("%s does not start with %s", error->message, wrongs[number].place);
  if (wrongs[number].word != NULL &&
      strstr (error->message + strlen (wrongs[number].place), wrongs[number].word) == NULL)
    g_error ("%s does not name %s", error->message, wrongs[number].word);
}

static void
test_register_twice (void)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_catalogue_add_text (catalogue, "one.ini", BOOK, NULL));
  g_assert_false (shequ_catalogue_add_text (catalogue, "other.ini", BOOK, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
  g_assert_nonnull (strstr (error->message, "one.ini"));
}

static void
test_not_text (void)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (shequ_catalogue_add_text (catalogue, "bytes.ini", "\xff\xfe[Register]", &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
}

/* A description cut off anywhere is read or refused, never worse. */
static void
test_cut_off (void)
{
  guint refused = 0;

  for (gsize length = 0; length < strlen (sign_board); length++)
    {
      g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new ();
      g_autofree char *text = g_strndup (sign_board, length);
      g_autoptr (GError) error = NULL;

      if (shequ_catalogue_add_text (catalogue, "sign_board.ini", text, &error))
        continue;
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
      g_assert_true (g_str_has_prefix (error->message, "sign_board.ini: "));
      refused++;
    }
  g_assert_cmpuint (refused, >, 100);
}

/* docs/catalogue.md is made by `ninja -C build catalogue-doc`. */
static void
test_documentation (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "catalogue.md", NULL);
  g_autofree char *made = shequ_catalogue_describe_keys ();
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &written, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (written, ==, made);
}

#define EXTENSION(field) "[Register]\nName=sign_board\nExtends=true\n" field

/* What an office adds stands beside what is shipped; what is wrong of it is left out alone. */
static void
test_extend (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) base = shequ_catalogue_new ();
  g_autoptr (ShequCatalogue) catalogue = NULL;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_description_free);
  const ShequRegister *reg;
  const ShequField *field;

  shequ_catalogue_add_text (base, "sign_board.ini", HEAD "[Group what]\nLabel=What\n" TEXT, &error);
  g_assert_no_error (error);
  shequ_catalogue_resolve (base, &error);
  g_assert_no_error (error);
  g_ptr_array_add (added, shequ_description_new (
                            "one", EXTENSION ("[Field own_one]\nKind=yes_no\nLabel=One\nListed=true\n")));
  g_ptr_array_add (
    added, shequ_description_new ("two", EXTENSION ("[Field own_two]\nKind=link\nTo=own_book\nLabel=Two\n")));
  g_ptr_array_add (added, shequ_description_new (
                            "three", EXTENSION ("[Field own_three]\nKind=link\nTo=moon\nLabel=Three\n")));
  g_ptr_array_add (added, shequ_description_new ("four", "[Register]\nName=own_book\nLabel=Book\n"
                                                         "Title={a}\n[Field a]\nKind=text\nLabel=A\n"));
  catalogue = shequ_catalogue_extend (base, added, NULL, NULL);
  for (guint i = 0; i < added->len; i++)
    g_assert_true ((((ShequDescription *) added->pdata[i])->problem != NULL) == (i == 2));
  g_assert_nonnull (strstr (((ShequDescription *) added->pdata[2])->problem, "three: [Field own_three] To"));
  reg = shequ_catalogue_lookup (catalogue, "sign_board");
  field = shequ_register_lookup (reg, "own_one");
  g_assert_true (field->owner == reg);
  g_assert_cmpstr (field->group, ==, "own");
  g_assert_true (g_ptr_array_find (shequ_register_get_list (reg, NULL)->columns, field, NULL));
  g_assert_true (shequ_register_lookup (reg, "own_two")->target ==
                 shequ_catalogue_lookup (catalogue, "own_book"));
  g_assert_null (shequ_register_lookup (reg, "own_three"));
  /* What it is made of stays as it is. */
  g_assert_null (shequ_register_lookup (shequ_catalogue_lookup (base, "sign_board"), "own_one"));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/shipped", test_shipped);
  g_test_add_func ("/catalogue/labels", test_labels);
  g_test_add_func ("/catalogue/order", test_order);
  g_test_add_func ("/catalogue/codes", test_codes);
  g_test_add_func ("/catalogue/unit-field", test_unit_field);
  g_test_add_func ("/catalogue/own-register", test_own_register);
  g_test_add_func ("/catalogue/extend", test_extend);
  g_test_add_func ("/catalogue/register-twice", test_register_twice);
  g_test_add_func ("/catalogue/not-text", test_not_text);
  g_test_add_func ("/catalogue/cut-off", test_cut_off);
  g_test_add_func ("/catalogue/documentation", test_documentation);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autofree char *path = g_strconcat ("/catalogue/wrong/", wrongs[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_wrong);
    }
  return g_test_run ();
}
