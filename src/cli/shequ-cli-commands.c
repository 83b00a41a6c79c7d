#include "shequ-cli-commands.h"

#include "config.h"

#include <glib/gi18n-lib.h>

static const ShequCliOption audit_options[] = {
  { "since", "DATE", N_ ("only from this day on") },
  { "who", "NAME", N_ ("only what this person did") },
  { "register", "REGISTER", N_ ("only of this register") },
  { "action", "NAME", N_ ("only this action, as view, export or change") },
  { "limit", "N", N_ ("the newest N entries") },
  { "report", "NAME", N_ ("looks, outside (of the own grid), nights, exports, sign-ins, deletions or all") },
  { "search", "TEXT", N_ ("only entries whose user, workstation or purpose holds this") },
  { "who-looked", "KEY",
    N_ ("who saw, printed or exported this resident's record; with a file, as a paper") },
  { NULL },
};

static const ShequCliOption check_options[] = {
  { "anchors", "FILE", N_ ("where the change log stood; else the file beside the last backup") },
  { NULL },
};

static const ShequCliOption create_options[] = {
  { "name", "NAME", N_ ("the name of the office, as it stands on papers") },
  { "level", "LEVEL", N_ ("community, street or district") },
  { "protected", "FILE",
    N_ ("seal what is sensitive and ask for a password from the start; the recovery key goes to this new "
        "file") },
  { NULL },
};

static const ShequCliOption demo_options[] = {
  { "scale", "SCALE", N_ ("community, street, district, city, or a number of residents") },
  { "seed", "N", N_ ("what all chance follows from; the same seed gives the same data") },
  { "today", "DATE", N_ ("the day on which the data ends; else today") },
  { NULL },
};

static const ShequCliOption duplicates_options[] = {
  { "limit", "N", N_ ("the surest N pairs, 20 where not said, 0 for all") },
  { "take", "FIELD", N_ ("of this field, take the value of the record that is merged into the other") },
  { "reason", "TEXT", N_ ("how it is known; kept with the merge or the decision") },
  { NULL },
};

static const ShequCliOption event_options[] = {
  { "day", "DATE", N_ ("when it happened; else today") },
  { "household", "KEY", N_ ("the household they come into") },
  { "address", "TEXT", N_ ("the address of a new household they form") },
  { "relation", "CODE", N_ ("the relation to the head of that household, by code or name") },
  { "head", "KEY", N_ ("who is head of a new household") },
  { "new-head", "KEY", N_ ("who is head of those who stay behind") },
  { "hukou", NULL, N_ ("the household registration comes along, or goes") },
  { "place", "TEXT", N_ ("where from, or where to") },
  { "reason", "TEXT", N_ ("why") },
  { "note", "TEXT", N_ ("anything else") },
  { "set", "FIELD=VALUE", N_ ("of a child, or of who was not registered: a field; may be repeated") },
  { NULL },
};

static const ShequCliOption export_options[] = {
  { "as-of", "DATE", N_ ("as it stood at the end of this day") },
  { "where", "FIELD=VALUE", N_ ("only records of which this holds; several are joined by “and”") },
  { "list", "NAME", N_ ("only records of this list, described or saved") },
  { "unmasked", NULL, N_ ("sensitive values in full; needs --purpose") },
  { "purpose", "TEXT", N_ ("what for; written to the change log") },
  { "ask", NULL, N_ ("only asks a second person to approve it; needs --purpose and --receiver") },
  { "receiver", "TEXT", N_ ("who receives it") },
  { "basis", "TEXT", N_ ("by which law or agreement") },
  { "format", "FORMAT", N_ ("csv or xlsx, where the file is “-”") },
  { NULL },
};

static const ShequCliOption refuse_options[] = {
  { "reason", "TEXT", N_ ("why") },
  { NULL },
};

static const ShequCliOption find_options[] = {
  { "as-of", "DATE", N_ ("as it stood at the end of this day; needs --in") },
  { "in", "REGISTER", N_ ("look in this register alone") },
  { "where", "CONDITION", N_ ("only records of which this holds, as in lists; needs --in, may be repeated") },
  { "list", "NAME", N_ ("only records of this list, described or saved") },
  { "limit", "N", N_ ("the best N findings, 20 where not said, 0 for all") },
  { NULL },
};

static const ShequCliOption import_options[] = {
  { "effective", "DATE", N_ ("the day from which changes and new records hold; else today, and since ever") },
  { "dry-run", NULL, N_ ("read and check everything, store nothing") },
  { "map", "COLUMN=FIELD",
    N_ ("where a column goes, if it was guessed wrong; without a field it is left out") },
  { "sheet", "NAME", N_ ("which sheet of the file, by name or number from 1") },
  { "rejects", "FILE.csv", N_ ("where refused rows go, with their reasons; can be corrected and imported") },
  { "on-duplicate", "WHAT",
    N_ ("of a row about a known record that differs: reject (default), skip, update") },
  { "compare", NULL, N_ ("only say what is new, different and missing; nothing is stored without --accept") },
  { "accept", "WHAT",
    N_ ("of the comparison store this: new, changed, or the changes of one field; may be repeated") },
  { "differences", "FILE.xlsx", N_ ("where the comparison goes, a line for each field (.xlsx or .csv)") },
  { "trust-headers", NULL, N_ ("the heads of the columns are right, whatever stands below them") },
  { "format", "FORMAT", N_ ("csv, xlsx or xls, where the file is “-” and cannot be recognised") },
  { "chunk", "N", N_ ("how many rows are stored at once; an interruption loses at most so many") },
  { "progress", NULL, N_ ("tell the progress also where standard error is no terminal") },
  { NULL },
};

static const ShequCliOption issue_options[] = {
  { "resident", "KEY", N_ ("whom it is about: the key of the resident") },
  { "purpose", "TEXT", N_ ("what it is for, and for nothing else") },
  { "to", "UNIT", N_ ("who asks for it, by name") },
  { "format", "FORMAT", N_ ("pdf, where the file is “-”") },
  { NULL },
};

static const ShequCliOption move_options[] = {
  { "to", "URI", N_ ("the database that is filled: a path, or the address of a server") },
  { "progress", NULL, N_ ("tell the progress also where standard error is no terminal") },
  { NULL },
};

static const ShequCliOption ballot_options[] = {
  { "format", "FORMAT", N_ ("pdf, where the file is “-”") },
  { NULL },
};

static const ShequCliOption coverage_options[] = {
  { "empty", "WHAT",
    N_ ("in place of the rates the places without: grid, head, party, stairwell or backbone") },
  { NULL },
};

static const ShequCliOption server_options[] = {
  { "unit", "UNIT", N_ ("the organisation unit, by name, code or key; those below it come with it") },
  { NULL },
};

static const ShequCliOption show_options[] = {
  { "as-of", "DATE", N_ ("as it stood at the end of this day") },
  { "purpose", "TEXT", N_ ("show what is restricted for this purpose, which is logged") },
  { "unmask", NULL, N_ ("sensitive values of this record in full; needs --purpose, and is logged") },
  { NULL },
};

static const ShequCliOption album_options[] = {
  { "list", "NAME", N_ ("only records of this list, described or saved") },
  { "format", "FORMAT", N_ ("pdf, where the file is “-”") },
  { NULL },
};

static const ShequCliOption picture_options[] = {
  { "paper", "SIZE", N_ ("a4 or a3") },
  { "by", "WHAT", N_ ("what colours the homes: use, tags, visits or people") },
  { "format", "FORMAT", N_ ("pdf, where the file is “-”") },
  { NULL },
};

static const ShequCliOption report_options[] = {
  { "as-of", "DATE", N_ ("of the base data and of statistics: as it stood at the end of this day") },
  { "in", "REGISTER", N_ ("of statistics: the register that is counted; residents where not said") },
  { "by", "WHAT", N_ ("of statistics: by what: a field, “age”, “tag” or “tag-by-unit”; else the first") },
  { "where", "CONDITION", N_ ("of statistics: only records of which this holds") },
  { "list", "NAME", N_ ("of statistics: only records of this list, described or saved") },
  { "search", "TEXT", N_ ("of statistics: only what this finds") },
  { "year", "N", N_ ("the year; else this year") },
  { "month", "N", N_ ("this month alone") },
  { "department", "NAME", N_ ("this department alone, by code or name") },
  { "format", "FORMAT", N_ ("pdf, svg, png, csv or xlsx, where the file is “-”") },
  { NULL },
};

static const ShequCliOption account_options[] = {
  { "role", "ROLE",
    N_ (
      "clerk (where not said), director, grid_member, data_officer, auditor, system_administrator, street or "
      "department") },
  { "unit", "KEY", N_ ("the organisation unit; that of the office where not said") },
  { "grid", "KEY", N_ ("the grid of a grid member") },
  { "department", "KEY", N_ ("the department of somebody there") },
  { "new-password-file", "FILE", N_ ("a file whose first line is the new password") },
  { NULL },
};

static const ShequCliOption password_options[] = {
  { "new-password-file", "FILE", N_ ("a file whose first line is the new password") },
  { NULL },
};

static const ShequCliOption recover_options[] = {
  { "new-password-file", "FILE", N_ ("a file whose first line is the new password") },
  { "by", "NAME:FILE", N_ ("one of the two who do it, with the file that holds their password; twice") },
  { NULL },
};

static const ShequCliCommand commands[] = {
  { "account add", "NAME [--role=ROLE] --new-password-file=FILE", N_ ("lets somebody sign in"), 1, 1,
    account_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_account_add },
  { "account close", "NAME", N_ ("lets somebody sign in no longer"), 1, 1, NULL, SHEQU_CLI_OPEN_DATABASE,
    shequ_command_account_close },
  { "account password", "--new-password-file=FILE", N_ ("changes the password of --user"), 0, 0,
    password_options, SHEQU_CLI_LOCKED_DATABASE, shequ_command_account_password },
  { "account recover", "NAME --new-password-file=FILE --by=NAME:FILE --by=NAME:FILE",
    N_ ("two managers replace a password that nobody knows"), 1, 1, recover_options,
    SHEQU_CLI_LOCKED_DATABASE, shequ_command_account_recover },
  { "account reset", "NAME --new-password-file=FILE", N_ ("gives somebody a new first password"), 1, 1,
    password_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_account_reset },
  { "admission screen", "FILE", N_ ("screens an application (a key file) and prints the findings"), 1, 1,
    NULL, SHEQU_CLI_OPEN_DATABASE, shequ_command_admission_screen },
  { "audit",
    "[--since=DATE] [--who=NAME] [--register=REGISTER] [--report=NAME] [--search=TEXT] [--who-looked=KEY "
    "[FILE.pdf]]",
    N_ ("the change log, newest first"), 0, 1, audit_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_audit },
  { "backup", "FILE|FOLDER", N_ ("makes a sealed copy of the whole database, opened and checked"), 1, 1, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_backup },
  { "backup key", "", N_ ("the recovery key of the backups, to be kept on paper"), 0, 0, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_backup_key },
  { "blank", "REGISTER FILE.xlsx",
    N_ ("writes a blank spreadsheet for a register, to be filled in and imported"), 2, 2, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_blank },
  { "certificate issue", "KIND --resident=KEY --purpose=TEXT --to=UNIT FILE.pdf",
    N_ ("numbers, records and prints a certificate"), 2, 2, issue_options, SHEQU_CLI_OPEN_DATABASE,
    shequ_command_certificate_issue },
  { "certificate kinds", "", N_ ("the kinds that may be issued"), 0, 0, NULL, SHEQU_CLI_NO_DATABASE,
    shequ_command_certificate_kinds },
  { "certificate may", "NAME", N_ ("may it be issued? with basis and where to go instead"), 1, 1, NULL,
    SHEQU_CLI_NO_DATABASE, shequ_command_certificate_may },
  { "certificate verify", "TEXT", N_ ("was a paper issued here? by its number and its check code"), 1, 4,
    NULL, SHEQU_CLI_OPEN_DATABASE, shequ_command_certificate_verify },
  { "check", "[--anchors=FILE]", N_ ("is the database whole? names what is wrong"), 0, 0, check_options,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_check },
  { "create", "[--name=NAME] [--level=community|street|district] [--protected=FILE --password-file=FILE]",
    N_ ("makes a new database; protected, --user becomes its first director"), 0, 0, create_options,
    SHEQU_CLI_NO_DATABASE, shequ_command_create },
  { "demo", "[--scale=community|street|district|city|N] [--seed=N] [--today=DATE]",
    N_ ("fills a new database with made-up, repeatable data"), 0, 0, demo_options, SHEQU_CLI_NO_DATABASE,
    shequ_command_demo },
  { "due", "DATE N", N_ ("the date N working days after a date"), 2, 2, NULL, SHEQU_CLI_NO_DATABASE,
    shequ_command_due },
  { "duplicates",
    "[merge KEPT LOST | undo MERGE | apart KEY KEY] [--limit=N] [--take=FIELD]… [--reason=TEXT]",
    N_ ("residents who may be registered twice; makes two records one, undoes it, or remembers that they are "
        "two"),
    0, 3, duplicates_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_duplicates },
  { "event", "birth|death|arrival|departure|move|split|union [RESIDENT…] [--day=DATE] […]",
    N_ ("records what happened to residents, with the change of the register from that day on"), 1, 500,
    event_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_event },
  { "event undo", "EVENT", N_ ("takes an event back, with all that it changed"), 1, 1, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_event_undo },
  { "export",
    "REGISTER FILE [--where=FIELD=VALUE]… [--list=NAME] [--as-of=DATE] [--unmasked --purpose=TEXT] "
    "[--ask --purpose=TEXT --receiver=TEXT [--basis=TEXT]]",
    N_ ("writes the records of a register to .csv or .xlsx, or to .zip with a password"), 2, 2,
    export_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_export },
  { "export approve", "REQUEST", N_ ("agrees, as a second person, to an export of many persons"), 1, 1, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_export_approve },
  { "export refuse", "REQUEST --reason=TEXT", N_ ("does not agree to it"), 1, 1, refuse_options,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_export_refuse },
  { "find", "[TEXT] [--in=REGISTER [--where=CONDITION]… [--list=NAME] [--as-of=DATE]] [--limit=N]",
    N_ ("what the search of the window finds, best first; or the records that meet a condition"), 0, 1,
    find_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_find },
  { "import",
    "REGISTER FILE [--dry-run] [--map=COLUMN=FIELD]… [--rejects=FILE.csv] "
    "[--on-duplicate=skip|update|reject] [--effective=DATE] [--compare [--accept=WHAT]… "
    "[--differences=FILE]]",
    N_ ("adds the rows of a spreadsheet to a register"), 2, 2, import_options, SHEQU_CLI_OPEN_DATABASE,
    shequ_command_import },
  { "move", "--to=URI", N_ ("copies the whole office into an empty database, also of the other kind"), 0, 0,
    move_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_move },
  { "network ballot", "KEY FILE.pdf", N_ ("the result sheet of the vote by which a post was filled"), 2, 2,
    ballot_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_network_ballot },
  { "network chain", "ADDRESS | REGISTER KEY", N_ ("who answers for a place, from the district down to it"),
    1, 2, NULL, SHEQU_CLI_OPEN_DATABASE, shequ_command_network_chain },
  { "network coverage", "[--empty=grid|head|party|stairwell|backbone]",
    N_ ("how full the network is, unit by unit; or which posts are empty"), 0, 0, coverage_options,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_network_coverage },
  { "picture album", "REGISTER FILE.pdf [--list=NAME]",
    N_ ("the records of a list with their pictures, as a booklet"), 2, 2, album_options,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_picture_album },
  { "picture building", "KEY FILE.pdf [--paper=a4|a3] [--by=use|tags|visits|people]",
    N_ ("a building as floors by stairwells, one cell a household"), 2, 2, picture_options,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_picture_building },
  { "picture estate", "KEY FILE.pdf [--paper=a4|a3] [--by=use|tags|visits|people]",
    N_ ("the buildings of an estate as a book to be bound"), 2, 2, picture_options, SHEQU_CLI_OPEN_DATABASE,
    shequ_command_picture_estate },
  { "protect", "FILE", N_ ("seals what is sensitive; the recovery key goes to a new file"), 1, 1, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_protect },
  { "protect renew", "", N_ ("seals everything anew under new keys"), 0, 0, NULL, SHEQU_CLI_OPEN_DATABASE,
    shequ_command_protect_renew },
  { "registers", "[REGISTER]",
    N_ ("the registers, or the fields of one; with those of the office's own where there is a database"), 0,
    1, NULL, SHEQU_CLI_NO_DATABASE, shequ_command_registers },
  { "registers add", "FILE.ini", N_ ("adds a register or fields of the office's own, or changes them"), 1, 1,
    NULL, SHEQU_CLI_OPEN_DATABASE, shequ_command_registers_add },
  { "registers describe", "[NAME]",
    N_ ("what the office has added; with a name, the text of the description, to be changed and added again"),
    0, 1, NULL, SHEQU_CLI_OPEN_DATABASE, shequ_command_registers_describe },
  { "registers restore", "NAME", N_ ("takes an own register or field into use again"), 1, 1, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_registers_restore },
  { "registers retire", "NAME", N_ ("takes an own register or field out of use; its data is kept"), 1, 1,
    NULL, SHEQU_CLI_OPEN_DATABASE, shequ_command_registers_retire },
  { "report",
    "[NAME FILE] [--year=N] [--month=N] [--as-of=DATE] [--department=NAME] [--in=REGISTER] [--by=WHAT] "
    "[--where=CONDITION]… [--list=NAME] [--search=TEXT]",
    N_ ("writes a report to .pdf, .svg, .png, .csv or .xlsx; alone, lists the reports"), 0, 2, report_options,
    SHEQU_CLI_NO_DATABASE, shequ_command_report },
  { "restore", "FILE [--password-file=FILE]",
    N_ ("puts a backup in the place of the database, which is kept; the file holds the recovery key"), 1, 1,
    NULL, SHEQU_CLI_NO_DATABASE, shequ_command_restore },
  { "retention", "", N_ ("which records are past their time, by which rule"), 0, 0, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_retention },
  { "retention approve", "LIST", N_ ("agrees, as a second person, that what is on a list is destroyed"), 1, 1,
    NULL, SHEQU_CLI_OPEN_DATABASE, shequ_command_retention_approve },
  { "retention destroy", "LIST", N_ ("destroys what is on an approved list, for good"), 1, 1, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_retention_destroy },
  { "retention draw", "RULE", N_ ("puts the records that are past their time on a list"), 1, 1, NULL,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_retention_draw },
  { "salvage", "FILE",
    N_ ("copies what can be read of a damaged database into a new one; says what is missing"), 1, 1, NULL,
    SHEQU_CLI_NO_DATABASE, shequ_command_salvage },
  { "server grant", "ROLE --unit=UNIT",
    N_ ("who signs in on the server with this name sees and changes this unit"), 1, 1, server_options,
    SHEQU_CLI_OPEN_DATABASE, shequ_command_server_grant },
  { "server init", "", N_ ("lets the server itself keep the units apart, whatever program is used"), 0, 0,
    NULL, SHEQU_CLI_OPEN_DATABASE, shequ_command_server_init },
  { "server list", "", N_ ("who has which unit on the server"), 0, 0, NULL, SHEQU_CLI_OPEN_DATABASE,
    shequ_command_server_list },
  { "server revoke", "ROLE [--unit=UNIT]", N_ ("takes a unit, or all, from a name on the server"), 1, 1,
    server_options, SHEQU_CLI_OPEN_DATABASE, shequ_command_server_revoke },
  { "show", "REGISTER KEY [--as-of=DATE] [--unmask] [--purpose=TEXT]",
    N_ ("one record, its links and its change log"), 2, 2, show_options, SHEQU_CLI_OPEN_DATABASE,
    shequ_command_show },
  { NULL },
};

/**
 * shequ_cli_commands_get:
 *
 * Returns: (transfer none): all commands, ended by one without a name
 */
const ShequCliCommand *
shequ_cli_commands_get (void)
{
  return commands;
}
