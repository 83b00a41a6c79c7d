#!/usr/bin/env python3
"""Imports the roster of a district through shequ-cli, against sqlite3's own .import of the same file.

Usage: import.py SHEQU_CLI SQLITE3 FOLDER

The roster is that of the example district as a street sends one: by household, the head first, with the number of the
household and its address in columns of their own, so that the import also forms the households. sqlite3 fills a plain
table with a unique index and two others. Both write ahead and safely; they run by turns, and the medians count.
"""

import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import district

ROWS = 227231
TURNS = 3
MOST_RATIO = 4.0


def read_roster(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = csv.reader(file)
        return next(rows), list(rows)


def split_household(row, column):
    """What names a household in the export is its address and its number."""
    address, _, number = row[column].rpartition(' ')
    return row[:column] + [number, address] + row[column + 1:]


def make_roster(cli, folder):
    roster = pathlib.Path(folder, 'roster.csv')
    units = pathlib.Path(folder, 'org_unit.csv')
    if district.is_current(roster, cli):
        return roster, units
    database = district.make(cli, folder)
    exported = pathlib.Path(folder, 'exported.csv')
    for file in (units, exported):
        file.unlink(missing_ok=True)
    district.run(cli, database, 'export', 'org_unit', units)
    district.run(cli, database, 'export', 'resident', exported, '--unmasked', '--purpose=benchmark')
    header, rows = read_roster(exported)
    exported.unlink()
    column = header.index('家庭户')
    relation = header.index('与户主关系')
    rows.sort(key=lambda row: (row[column].rpartition(' ')[2], row[relation] != '户主'))
    with open(roster, 'w', encoding='utf-8', newline='') as file:
        writer = csv.writer(file)
        writer.writerow(header[:column] + ['户号', '住址'] + header[column + 1:])
        writer.writerows(split_household(row, column) for row in rows)
    return roster, units


def measure(command, **options):
    """The output of a command, its seconds, and those that it kept a processor busy."""
    os.sync()
    start = time.monotonic()
    before = os.times()
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, **options).stdout.decode()
    after = os.times()
    busy = after.children_user - before.children_user + after.children_system - before.children_system
    return output, time.monotonic() - start, busy


def import_with_shequ(cli, folder, roster, units):
    database = pathlib.Path(folder, 'import-shequ.db')
    district.remove(database)
    district.run(cli, database, 'create', '--name=洮北区', '--level=district')
    district.run(cli, database, 'import', 'org_unit', units)
    output, seconds, busy = measure([cli, 'import', 'resident', roster, f'--database={database}', '--user=bench',
                                     '--quiet', '--json'])
    added = json.loads(output)['added']
    if added != ROWS:
        sys.exit(f'shequ-cli imported {added} rows, not {ROWS}')
    district.remove(database)
    return seconds, busy


def import_with_sqlite(sqlite, folder, roster, header):
    database = pathlib.Path(folder, 'import-sqlite.db')
    district.remove(database)
    columns = ', '.join(f'"{name}" TEXT' for name in header)
    script = f'''PRAGMA journal_mode=WAL;
CREATE TABLE roster ({columns});
CREATE UNIQUE INDEX by_number ON roster ("公民身份号码");
CREATE INDEX by_name ON roster ("姓名");
CREATE INDEX by_household ON roster ("户号");
.import --csv --skip 1 "{roster}" roster
SELECT count(*) FROM roster;
'''
    output, seconds, busy = measure([sqlite, '-bail', database], input=script.encode())
    if output.split()[-1] != str(ROWS):
        sys.exit(f'sqlite3 imported {output.split()[-1]} rows, not {ROWS}')
    district.remove(database)
    return seconds, busy


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    cli, sqlite, folder = sys.argv[1:]
    roster, units = make_roster(cli, folder)
    with open(roster, encoding='utf-8', newline='') as file:
        header = next(csv.reader(file))
    shequ = []
    plain = []
    for _ in range(TURNS):
        shequ.append(import_with_shequ(cli, folder, roster, units))
        plain.append(import_with_sqlite(sqlite, folder, roster, header))
    ours, theirs = (statistics.median(seconds for seconds, _ in turns) for turns in (shequ, plain))
    busy = [statistics.median(busy for _, busy in turns) for turns in (shequ, plain)]
    ratio = ours / theirs
    print(f'import of {ROWS} rows: shequ-cli {ours:.1f} s (processor {busy[0]:.1f} s), sqlite3 {theirs:.1f} s '
          f'(processor {busy[1]:.1f} s), ratio {ratio:.2f} (at most {MOST_RATIO:.1f})')
    sys.exit(0 if ratio <= MOST_RATIO else 1)


if __name__ == '__main__':
    main()
