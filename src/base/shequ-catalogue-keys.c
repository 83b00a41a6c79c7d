/* The one table of what a description may say. The loader reads by it, docs/catalogue.md is made from it. */
#include "config.h"

#include <string.h>

#include "shequ-catalogue-private.h"
#include "shequ-field-kind.h"

#define OFFSET(type, member) G_STRUCT_OFFSET (type, member)

static const char *const level_words[] = { "none", "district", "street", "community", NULL };
static const char *const class_words[] = { "people", "places",   "organisation", "work", "matters",
                                           "lists",  "accounts", "log",          NULL };
static const char *const severity_words[] = { "error", "warning", NULL };
static const char *const area_words[] = { "none", "A", "B", "C", "D", "E", "F", "G", "H",
                                          "I",    "J", "K", "L", "M", "N", "O", NULL };
static const char *const sensitivity_words[] = { "0", "1", "2", "3", "4", NULL };
static const char *const on_delete_words[] = { "keep", "clear", "refuse", NULL };
static const char *const search_words[] = { "none",    "exact", "part",   "pinyin",
                                            "address", "tail",  "linked", NULL };

static const char *const kind_words[] = {
  "text", "long_text", "integer",   "money",       "date",  "time",    "moment",   "yes_no",
  "code", "link",      "id_number", "credit_code", "phone", "picture", "computed", NULL,
};

G_STATIC_ASSERT (G_N_ELEMENTS (kind_words) == SHEQU_N_FIELD_KINDS + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (area_words) == SHEQU_N_AREAS + 1);

static const ShequKey keys[] = {
  { SHEQU_SECTION_REGISTER, "Name", SHEQU_KEY_NAME, TRUE, OFFSET (ShequRegister, name), NULL, NULL,
    "Name of the table, on the command line and in packages." },
  { SHEQU_SECTION_REGISTER, "Label", SHEQU_KEY_LABEL, TRUE, OFFSET (ShequRegister, label), NULL, NULL,
    "What one record is called." },
  { SHEQU_SECTION_REGISTER, "Help", SHEQU_KEY_LABEL, FALSE, OFFSET (ShequRegister, help), NULL, NULL,
    "What belongs into it, in a sentence: on the page of all registers, and where there is no record yet." },
  { SHEQU_SECTION_REGISTER, "Area", SHEQU_KEY_CHOICE, FALSE, OFFSET (ShequRegister, area), NULL, area_words,
    "Under which heading it stands on the page of all registers: the areas of an office's work in their "
    "order, "
    "from the organisation network (A) to inspections (O)." },
  { SHEQU_SECTION_REGISTER, "Extends", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequRegister, extends), NULL, NULL,
    "`Name` is a register described elsewhere, to which this file adds fields, groups, lists, reminders, "
    "papers and checks; "
    "their names begin with `own_`, and nothing else stands in `[Register]`." },
  { SHEQU_SECTION_REGISTER, "Page", SHEQU_KEY_NAME, FALSE, OFFSET (ShequRegister, page), NULL, NULL,
    "The subject of the sidebar under which it stands." },
  { SHEQU_SECTION_REGISTER, "Icon", SHEQU_KEY_TEXT, FALSE, OFFSET (ShequRegister, icon), NULL, NULL,
    "Name of an icon of the desktop's theme." },
  { SHEQU_SECTION_REGISTER, "Title", SHEQU_KEY_LABEL, TRUE, OFFSET (ShequRegister, title), NULL, NULL,
    "How a record is named in lists, links and messages; `{field}` stands for a value, of a link for the "
    "title of the linked record; `{field|other}` for the other where the first is empty. No computed fields; "
    "no circles." },
  { SHEQU_SECTION_REGISTER, "Detail", SHEQU_KEY_LABEL, FALSE, OFFSET (ShequRegister, detail), NULL, NULL,
    "A second line under the title, as `{kind} · {address}`; a part between ` · ` that is empty falls "
    "away." },
  { SHEQU_SECTION_REGISTER, "Unit", SHEQU_KEY_CHOICE, FALSE, OFFSET (ShequRegister, level), NULL, level_words,
    "Records belong to an organisation unit of this level: the field `unit` is added, a link to "
    "`org_unit`." },
  { SHEQU_SECTION_REGISTER, "Class", SHEQU_KEY_CHOICE, FALSE, OFFSET (ShequRegister, subject), NULL,
    class_words,
    "What it is about: by this `data/rules/rights.ini` says who may do what with its records. `people` when "
    "it "
    "does not say." },
  { SHEQU_SECTION_REGISTER, "Sensitivity", SHEQU_KEY_CHOICE, FALSE, OFFSET (ShequRegister, sensitivity), NULL,
    sensitivity_words, "0 open, 1 internal, 2 personal, 3 and 4 sensitive." },
  { SHEQU_SECTION_REGISTER, "Fixed", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequRegister, fixed), NULL, NULL,
    "Records are made by the program only, not typed or imported." },
  { SHEQU_SECTION_REGISTER, "Identity", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequRegister, identity_names), NULL,
    NULL,
    "What tells one record from another in a spreadsheet: fields joined by `+`, alternatives in the order in "
    "which "
    "they are tried." },
  { SHEQU_SECTION_REGISTER, "WeakIdentity", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequRegister, weak_names), NULL,
    NULL,
    "The same for rows of a spreadsheet that have none of `Identity` whole, within their unit; where several "
    "records answer, the row is refused and names two of them." },
  { SHEQU_SECTION_REGISTER, "Behaviour", SHEQU_KEY_NAME, FALSE, OFFSET (ShequRegister, behaviour_name), NULL,
    NULL, "Code that derives values and checks across fields." },
  { SHEQU_SECTION_REGISTER, "Period", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequRegister, period_names), NULL,
    NULL,
    "Two date fields, `started_on;ended_on`, between which a record holds; the word `active` of "
    "conditions." },
  { SHEQU_SECTION_REGISTER, "Since", SHEQU_KEY_NAME, FALSE, OFFSET (ShequRegister, since), NULL, NULL,
    "Of a register with versions (`History=`): `today`, a new record is there from the day it is entered; or "
    "a "
    "date field before which no record is there, a birth date, which says the same of new records. Rows of "
    "an import, and records of a register that does not say, have been there since ever." },
  { SHEQU_SECTION_REGISTER, "UniqueWith", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequRegister, unique_names), NULL,
    NULL, "Fields, `resident;tag`, of which no two records share all values; empty ones do not count." },
  { SHEQU_SECTION_REGISTER, "OneOf", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequRegister, one_of_names), NULL, NULL,
    "Fields, `household;resident`, of which exactly one is filled in." },
  { SHEQU_SECTION_REGISTER, "RestrictedWhen", SHEQU_KEY_CONDITION, FALSE,
    OFFSET (ShequRegister, restricted_when), NULL, NULL,
    "Records of which it is true are left out of lists, exports, sums and computed fields; at the record to "
    "which they link it is only said that there is one." },
  { SHEQU_SECTION_REGISTER, "Choose", SHEQU_KEY_CONDITION, FALSE, OFFSET (ShequRegister, choose), NULL, NULL,
    "Records of which it is true are offered where a link to this register is chosen, as those still in use; "
    "the others stay, and are shown, where they stand." },

  { SHEQU_SECTION_GROUP, "Label", SHEQU_KEY_LABEL, TRUE, OFFSET (ShequGroup, label), NULL, NULL,
    "Heading of the group in the form; groups stand in the order of the file." },
  { SHEQU_SECTION_GROUP, "Help", SHEQU_KEY_LABEL, FALSE, OFFSET (ShequGroup, help), NULL, NULL,
    "A sentence under the heading." },

  { SHEQU_SECTION_FIELD, "Kind", SHEQU_KEY_CHOICE, TRUE, OFFSET (ShequField, kind), NULL, kind_words,
    "What kind of value; see the kinds below." },
  { SHEQU_SECTION_FIELD, "Label", SHEQU_KEY_LABEL, TRUE, OFFSET (ShequField, label), NULL, NULL,
    "Name of the field on forms, lists and in exports." },
  { SHEQU_SECTION_FIELD, "Synonyms", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequField, synonyms), NULL, NULL,
    "Heads of columns under which spreadsheets bring it; the labels of all languages count without being "
    "named." },
  { SHEQU_SECTION_FIELD, "Group", SHEQU_KEY_NAME, FALSE, OFFSET (ShequField, group), NULL, NULL,
    "The group of the form in which it stands." },
  { SHEQU_SECTION_FIELD, "Help", SHEQU_KEY_LABEL, FALSE, OFFSET (ShequField, help), NULL, NULL,
    "A sentence where a clerk would hesitate." },
  { SHEQU_SECTION_FIELD, "Unit", SHEQU_KEY_LABEL, FALSE, OFFSET (ShequField, unit), "integer computed", NULL,
    "Unit of measure." },
  { SHEQU_SECTION_FIELD, "Default", SHEQU_KEY_TEXT, FALSE, OFFSET (ShequField, default_text),
    "text long_text integer money date time yes_no code phone", NULL,
    "Value of a new record: as one would type it, or `today` (date), `current_user` "
    "(text)." },
  { SHEQU_SECTION_FIELD, "DefaultFrom", SHEQU_KEY_TEXT, FALSE, OFFSET (ShequField, default_from),
    "text long_text integer money date time yes_no code phone link", NULL,
    "`link.field`: a new record in which it is empty takes over the value of the linked record, once, when "
    "it "
    "is stored; a field of the same kind that is no more sensitive." },
  { SHEQU_SECTION_FIELD, "Series", SHEQU_KEY_TEXT, FALSE, OFFSET (ShequField, series), "text", NULL,
    "A new record in which it is empty gets the next number, 1, 2, 3 … without gap: `{number}`, or "
    "`{number:4}` "
    "with zeros in front, and `{year}` where each year begins anew, as `XF{year}-{number:4}`. Each unit "
    "counts "
    "by itself, unless the field is `Unique`. A number that is taken is passed over." },
  { SHEQU_SECTION_FIELD, "Required", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, required), NULL, NULL,
    "May not be empty." },
  { SHEQU_SECTION_FIELD, "RequiredWhen", SHEQU_KEY_CONDITION, FALSE, OFFSET (ShequField, required_when), NULL,
    NULL, "May not be empty while the condition holds." },
  { SHEQU_SECTION_FIELD, "ShownWhen", SHEQU_KEY_CONDITION, FALSE, OFFSET (ShequField, shown_when), NULL, NULL,
    "The form shows it only while the condition holds." },
  { SHEQU_SECTION_FIELD, "LockedWhen", SHEQU_KEY_CONDITION, FALSE, OFFSET (ShequField, locked_when),
    "text long_text integer money date time moment yes_no code phone", NULL,
    "May not be changed, by form, import or otherwise, while the condition holds of the record as it is "
    "stored: `status=counted`. It asks the record alone." },
  { SHEQU_SECTION_FIELD, "Unique", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, unique),
    "text id_number credit_code phone integer code link", NULL, "No two records have the same value." },
  { SHEQU_SECTION_FIELD, "UniqueUnless", SHEQU_KEY_NAME, FALSE, OFFSET (ShequField, unique_unless_name),
    "text id_number credit_code phone integer code link", NULL,
    "A yes/no field of the register; a record in which it is yes may share the value: the exception is "
    "stated "
    "there, with whatever else that field requires." },
  { SHEQU_SECTION_FIELD, "DiffersFrom", SHEQU_KEY_NAME, FALSE, OFFSET (ShequField, differs_from_name), NULL,
    NULL, "Another field of the record that may not hold the same value: who checks is not who did." },
  { SHEQU_SECTION_FIELD, "NotDerivedBy", SHEQU_KEY_NAME, FALSE, OFFSET (ShequField, not_derived_name), "link",
    NULL,
    "A text field of the linked register: the condition from which belonging to such a record follows. Where "
    "it "
    "is filled in, nobody is linked to the record by hand, by import or otherwise." },
  { SHEQU_SECTION_FIELD, "History", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, history), NULL, NULL,
    "A change holds from a day on, and what held before is kept as a version of the record: the register can "
    "be looked at as of any day. `unit` is then kept, too; of other fields only the present value is "
    "known." },
  { SHEQU_SECTION_FIELD, "ReadOnly", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, read_only), NULL, NULL,
    "Set by the program; shown, not typed." },
  { SHEQU_SECTION_FIELD, "Hidden", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, hidden), NULL, NULL,
    "Neither in forms nor in imports." },
  { SHEQU_SECTION_FIELD, "Listed", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, listed), NULL, NULL,
    "Stands in the first list without being named there: as its last column and, of codes, links and yes/no, "
    "as a filter." },
  { SHEQU_SECTION_FIELD, "AtLeast", SHEQU_KEY_NUMBER, FALSE, OFFSET (ShequField, at_least), "integer money",
    NULL, "Smallest value; of money in yuan." },
  { SHEQU_SECTION_FIELD, "AtMost", SHEQU_KEY_NUMBER, FALSE, OFFSET (ShequField, at_most),
    "integer money text long_text", NULL,
    "Greatest value; of money in yuan; of texts the number of characters (200 and 5000 when it does not "
    "say)." },
  { SHEQU_SECTION_FIELD, "NotAfter", SHEQU_KEY_TEXT, FALSE, OFFSET (ShequField, not_after), "date", NULL,
    "`today`, or a date field that may not lie before this one." },
  { SHEQU_SECTION_FIELD, "NotBefore", SHEQU_KEY_TEXT, FALSE, OFFSET (ShequField, not_before), "date", NULL,
    "`today`, or a date field that may not lie after this one." },
  { SHEQU_SECTION_FIELD, "To", SHEQU_KEY_NAME, FALSE, OFFSET (ShequField, to), "link", NULL,
    "The register that is linked to; a link needs it." },
  { SHEQU_SECTION_FIELD, "OnDelete", SHEQU_KEY_CHOICE, FALSE, OFFSET (ShequField, on_delete), "link",
    on_delete_words,
    "What happens here when the linked record is deleted: the link is kept (as when it does not "
    "say), cleared, or the deletion refused." },
  { SHEQU_SECTION_FIELD, "NoCycle", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, no_cycle), "link", NULL,
    "A link to its own register, up which one never comes back to the record: a tree." },
  { SHEQU_SECTION_FIELD, "Create", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, create), "link", NULL,
    "An import makes the linked record when there is none." },
  { SHEQU_SECTION_FIELD, "Child", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, child), "link", NULL,
    "The record is a line of the linked one, on whose page it is entered, line after line." },
  { SHEQU_SECTION_FIELD, "Search", SHEQU_KEY_CHOICE, FALSE, OFFSET (ShequField, search),
    "text long_text integer link id_number credit_code phone", search_words,
    "How it is found: whole, by any part, by pinyin and initials, as an address, by last digits, or (links) "
    "by "
    "whatever finds the linked record." },
  { SHEQU_SECTION_FIELD, "Sensitivity", SHEQU_KEY_CHOICE, FALSE, OFFSET (ShequField, sensitivity), NULL,
    sensitivity_words, "As of the register; from 2 on it is masked where privacy asks." },
  { SHEQU_SECTION_FIELD, "Sealed", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequField, sealed), "text", NULL,
    "A short text that is sealed in a protected office, from sensitivity 2 on, as ID numbers, phones and "
    "long "
    "texts always are. It is found whole, but neither put in order nor found by its beginning." },
  { SHEQU_SECTION_FIELD, "Codes", SHEQU_KEY_CODES, FALSE, OFFSET (ShequField, codes), "code", NULL,
    "The codes and their labels: `keep:Keep;remove:Remove`. Each language names the same codes." },
  { SHEQU_SECTION_FIELD, "CodeList", SHEQU_KEY_NAME, FALSE, OFFSET (ShequField, code_list), "code", NULL,
    "In place of `Codes`: a table `data/codes/NAME.tsv`, with the spellings of `data/codes/aliases.tsv`." },
  { SHEQU_SECTION_FIELD, "Document", SHEQU_KEY_NAME, FALSE, OFFSET (ShequField, document), "id_number", NULL,
    "The code field that names the kind of document; the number is checked as that kind asks. Without it "
    "only "
    "citizens' numbers and residence permits are taken." },
  { SHEQU_SECTION_FIELD, "Tells", SHEQU_KEY_NAME, FALSE, OFFSET (ShequField, tells), "date", NULL,
    "A masked field of the record, of which this one would tell what the mask hides, as a day of birth "
    "beside an ID number: while that has a value, this is masked as well." },
  { SHEQU_SECTION_FIELD, "Compute", SHEQU_KEY_TEXT, FALSE, OFFSET (ShequField, compute_text), "computed",
    NULL,
    "`count(register where CONDITION)`, `sum(register.field where CONDITION)`, `first(register.field where "
    "CONDITION)` (of the oldest record), `list(register.field where CONDITION)` (the texts, or the names of "
    "the linked records, each once, joined by 、) or `age(date)`; `this` in the condition is the record "
    "itself; `/ 60` behind divides." },

  { SHEQU_SECTION_LIST, "Label", SHEQU_KEY_LABEL, FALSE, OFFSET (ShequList, label), NULL, NULL,
    "Name of the list; the register's label when it does not say." },
  { SHEQU_SECTION_LIST, "Columns", SHEQU_KEY_TEXTS, TRUE, OFFSET (ShequList, column_names), NULL, NULL,
    "Fields in the order of the columns." },
  { SHEQU_SECTION_LIST, "Sort", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequList, sort_names), NULL, NULL,
    "Stored fields by which it is sorted; `-field` for descending." },
  { SHEQU_SECTION_LIST, "Filters", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequList, filter_names), NULL, NULL,
    "Codes, links and yes/no fields offered to narrow it down." },
  { SHEQU_SECTION_LIST, "Where", SHEQU_KEY_CONDITION, FALSE, OFFSET (ShequList, where), NULL, NULL,
    "Only the records of which it is true." },

  { SHEQU_SECTION_REMINDER, "Date", SHEQU_KEY_NAME, TRUE, OFFSET (ShequReminder, date_name), NULL, NULL,
    "The date field that comes near." },
  { SHEQU_SECTION_REMINDER, "Before", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequReminder, before), NULL, NULL,
    "Days before the date, as `30d;7d`; working days as `3wd`; not both in one reminder." },
  { SHEQU_SECTION_REMINDER, "After", SHEQU_KEY_TEXTS, FALSE, OFFSET (ShequReminder, after), NULL, NULL,
    "Days after the date." },
  { SHEQU_SECTION_REMINDER, "While", SHEQU_KEY_CONDITION, FALSE, OFFSET (ShequReminder, when), NULL, NULL,
    "Only while the condition holds." },
  { SHEQU_SECTION_REMINDER, "Text", SHEQU_KEY_LABEL, TRUE, OFFSET (ShequReminder, text), NULL, NULL,
    "What Today says, with `{field}`." },

  { SHEQU_SECTION_CHECK, "Rule", SHEQU_KEY_TEXT, TRUE, OFFSET (ShequCheck, rule), NULL, NULL,
    "Two sums of numbers, or of amounts, of the record, and how they stand to each other: "
    "`total = men + women`, `present * 2 > members`, `city_share + district_share = 100`; `=` `!=` `<` `<=` "
    "`>` "
    "`>=`. What is not filled in counts as nothing; a sum of which nothing is filled in is not asked." },
  { SHEQU_SECTION_CHECK, "When", SHEQU_KEY_CONDITION, FALSE, OFFSET (ShequCheck, when), NULL, NULL,
    "Only while the condition holds." },
  { SHEQU_SECTION_CHECK, "Level", SHEQU_KEY_CHOICE, FALSE, OFFSET (ShequCheck, severity), NULL,
    severity_words,
    "`error`, the record is not stored; `warning`, it is said on entry and import, and stored." },
  { SHEQU_SECTION_CHECK, "Text", SHEQU_KEY_LABEL, TRUE, OFFSET (ShequCheck, text), NULL, NULL,
    "What is wrong, with `{field}`; both sums with their parts are added to it." },

  { SHEQU_SECTION_PAPER, "Label", SHEQU_KEY_LABEL, TRUE, OFFSET (ShequRecordPaper, label), NULL, NULL,
    "What the button at the record says." },
  { SHEQU_SECTION_PAPER, "Title", SHEQU_KEY_TEXT, TRUE, OFFSET (ShequRecordPaper, form.title), NULL, NULL,
    "The title on the paper, in Chinese whatever the program speaks." },
  { SHEQU_SECTION_PAPER, "Series", SHEQU_KEY_TEXT, FALSE, OFFSET (ShequRecordPaper, form.series), NULL, NULL,
    "The word before the year of its number; none: it has no number." },
  { SHEQU_SECTION_PAPER, "Addressee", SHEQU_KEY_TEXT, FALSE, OFFSET (ShequRecordPaper, form.addressee), NULL,
    NULL, "To whom, with `{field}`." },
  { SHEQU_SECTION_PAPER, "Text", SHEQU_KEY_TEXT, TRUE, OFFSET (ShequRecordPaper, form.text), NULL, NULL,
    "Its paragraphs, separated by `\\n`, with `{field}`, computed ones too; a paragraph whose fields are all "
    "empty is left out." },
  { SHEQU_SECTION_PAPER, "Receipt", SHEQU_KEY_YES_NO, FALSE, OFFSET (ShequRecordPaper, form.receipt), NULL,
    NULL, "Whether the receiver signs for it." },
  { SHEQU_SECTION_PAPER, "When", SHEQU_KEY_CONDITION, FALSE, OFFSET (ShequRecordPaper, when), NULL, NULL,
    "It is offered only while the condition holds." },
};

static const char *const section_names[] = {
  [SHEQU_SECTION_REGISTER] = "Register", [SHEQU_SECTION_GROUP] = "Group",
  [SHEQU_SECTION_FIELD] = "Field",       [SHEQU_SECTION_LIST] = "List",
  [SHEQU_SECTION_REMINDER] = "Reminder", [SHEQU_SECTION_CHECK] = "Check",
  [SHEQU_SECTION_PAPER] = "Paper",
};

G_STATIC_ASSERT (G_N_ELEMENTS (section_names) == SHEQU_N_SECTIONS);

static const char *const section_texts[] = {
  [SHEQU_SECTION_REGISTER] = "`[Register]`: the register itself, once in each file",
  [SHEQU_SECTION_GROUP] = "`[Group NAME]`: a group of the form",
  [SHEQU_SECTION_FIELD] = "`[Field NAME]`: a field; fields stand in the order of the file",
  [SHEQU_SECTION_LIST] = "`[List NAME]`: a list that is offered; the first is the one shown",
  [SHEQU_SECTION_REMINDER] = "`[Reminder NAME]`: what Today says when a date comes near",
  [SHEQU_SECTION_CHECK] = "`[Check NAME]`: sums of a record that belong together",
  [SHEQU_SECTION_PAPER] = "`[Paper NAME]`: a paper that is written from a record, numbered and kept",
};

static const char *const type_texts[] = {
  [SHEQU_KEY_NAME] = "name",
  [SHEQU_KEY_TEXT] = "text",
  [SHEQU_KEY_LABEL] = "text per language",
  [SHEQU_KEY_TEXTS] = "texts by `;`",
  [SHEQU_KEY_YES_NO] = "`true`, `false`",
  [SHEQU_KEY_NUMBER] = "number",
  [SHEQU_KEY_CHOICE] = NULL,
  [SHEQU_KEY_CONDITION] = "condition",
  [SHEQU_KEY_CODES] = "codes per language",
};

/* What stands before the tables in docs/catalogue.md. */
static const char introduction[] =
  "# The catalogue: what a description says\n"
  "\n"
  "One file per register in `data/catalogue/`, in the syntax of GKeyFile: comments, groups, keys, and\n"
  "`Key[zh_CN]=` for a language. The files are compiled into the program and checked when it starts: an\n"
  "unknown group or key, a link to nothing, a list without its column is refused with file, group and key.\n"
  "From a description follow the table, its rules, the form, the lists, the search, import, export and the\n"
  "change log.\n"
  "\n"
  "This page is made by `shequ_catalogue_describe_keys()` from the table by which the loader reads\n"
  "(`src/base/shequ-catalogue-keys.c`, `src/base/shequ-field-kind.c`); `ninja -C build catalogue-doc` "
  "writes\n"
  "it, a test compares. To add a key, add a line to the table and use what it sets.\n"
  "\n"
  "Names of registers, fields and codes are words of small letters, digits and `_`; a field may not be "
  "called\n"
  "`key`, `version`, `uuid`, `deleted`, `deleted_at`, `rowid` or, where the register says `Unit=`, `unit`.\n"
  "\n"
  "An office adds fields and registers of its own in the same words: they stand in the register "
  "`description`\n"
  "of its database and are loaded when it is opened. Names of such registers, and of what is added to "
  "shipped\n"
  "ones, begin with `own_`, so that a later version of the program never ships the same. What cannot be "
  "read\n"
  "is left out and named by the page Own fields and by `shequ-cli check`; the database opens all the same.\n"
  "\n"
  "Conditions: `field=a,b` (any of), `!=` (none of), `<` `<=` `>` `>=`, `is set`, `is empty`, `and`, `or`, "
  "`not`,\n"
  "brackets, and `link.field` for a field of the linked record, over several links `link.link.field`. Every\n"
  "comparison with an empty field is false.\n"
  "Values are written as one types them (money in yuan, `yes` and `no`, a code or its label), with blanks,\n"
  "commas or brackets between double quotes; `today`, `today+30d`, `today-1y` (also `w`, `m`) are days; "
  "`this`\n"
  "is the key of the record itself. Behind `<` `<=` `>` `>=` may stand another field of the same record and "
  "kind:\n"
  "`finished_on<=due_on`; also numbers that are computed, `plates_up>plates_norm`.\n"
  "\n"
  "`active`: today lies in the period of the record (`Period=`), both ends included; a date that is not "
  "filled "
  "in\n"
  "holds nothing up. `has register(CONDITION)`: there is a live record of that register that links to this "
  "one\n"
  "and meets the condition, which may be left out: `has visit()`; `no register(CONDITION)`: there is none. "
  "Where\n"
  "several fields link here, one is named: `has relation.resident(…)`. A form cannot see other records, so\n"
  "that `has` and `no` are refused in `RequiredWhen`, `ShownWhen` and `LockedWhen`.\n";

/**
 * shequ_keys_get_all:
 * @n_keys: (out): how many there are
 *
 * Returns: (transfer none): the table of keys
 */
const ShequKey *
shequ_keys_get_all (guint *n_keys)
{
  *n_keys = G_N_ELEMENTS (keys);
  return keys;
}

/**
 * shequ_key_lookup:
 * @section: where it stands
 * @name: a key without language
 *
 * Returns: (nullable) (transfer none): what is known of the key
 */
const ShequKey *
shequ_key_lookup (ShequSection section, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].section == section && strcmp (keys[i].name, name) == 0)
      return &keys[i];
  return NULL;
}

/**
 * shequ_section_get_name:
 * @section: a section
 *
 * Returns: the first word of its group in a file
 */
const char *
shequ_section_get_name (ShequSection section)
{
  return section_names[section];
}

/**
 * shequ_key_fits_kind:
 * @key: a key of a field
 * @kind: the field's kind
 *
 * Returns: whether the key says anything for fields of this kind
 */
gboolean
shequ_key_fits_kind (const ShequKey *key, ShequFieldKind kind)
{
  const char *name = shequ_field_kind_get_name (kind);
  gsize length = strlen (name);

  if (key->kinds == NULL)
    return TRUE;
  for (const char *at = key->kinds; (at = strstr (at, name)) != NULL; at += length)
    if ((at == key->kinds || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

static void
describe_section (GString *text, ShequSection section)
{
  g_string_append_printf (
    text, "\n## %s\n\n| key | value | must | for kinds | what it says |\n|---|---|---|---|---|\n",
    section_texts[section]);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *choices = NULL;

      if (keys[i].section != section)
        continue;
      if (keys[i].choices != NULL)
        choices = g_strjoinv (", ", (char **) keys[i].choices);
      g_string_append_printf (text, "| `%s` | %s | %s | %s | %s |\n", keys[i].name,
                              choices != NULL ? choices : type_texts[keys[i].type],
                              keys[i].required ? "yes" : "", keys[i].kinds != NULL ? keys[i].kinds : "",
                              keys[i].text);
    }
}

/**
 * shequ_catalogue_describe_keys:
 *
 * Returns: (transfer full): docs/catalogue.md, made from the table of keys and the table of kinds
 */
char *
shequ_catalogue_describe_keys (void)
{
  GString *text = g_string_new (introduction);

  for (ShequSection section = 0; section < SHEQU_N_SECTIONS; section++)
    describe_section (text, section);
  g_string_append (text, "\n## Kinds of fields\n\n| kind | what it is |\n|---|---|\n");
  for (ShequFieldKind kind = 0; kind < SHEQU_N_FIELD_KINDS; kind++)
    g_string_append_printf (text, "| `%s` | %s |\n", shequ_field_kind_get_name (kind),
                            shequ_field_kind_get_class (kind)->text);
  return g_string_free (text, FALSE);
}
