#!/usr/bin/env python3
"""Imports rosters through shequ-cli, against sqlite3's own .import of the same files.

Usage: import.py SHEQU_CLI SQLITE3 FOLDER

The rosters are those of a tenth of the example district, of the district and of ten times the district, as a street
sends one: by household, the head first, with the number of the household and its address in columns of their own, so
that the import also forms the households. sqlite3 fills a plain table with a unique index and two others. Both write
ahead and safely; they run by turns, and the medians count. The ratio is promised of the district; from size to size
the time of a row may grow by so much and no more, where the time of an import of nothing is taken off.
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

SIZES = [('22723', 22723, 3), ('district', 227231, 3), ('city', 2272310, 1)]  # scale, rows, turns
MOST_RATIO = 2.5
MOST_GROWTH = 1.3


def read_roster(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = csv.reader(file)
        return next(rows), list(rows)


def split_household(row, column):
    """What names a household in the export is its address and its number."""
    address, _, number = row[column].rpartition(' ')
    return row[:column] + [number, address] + row[column + 1:]


def make_roster(cli, folder, scale):
    roster = pathlib.Path(folder, f'roster-{scale}.csv')
    units = pathlib.Path(folder, f'units-{scale}.csv')
    if district.is_current(roster, cli):
        return roster, units
    database = district.make(cli, folder, scale)
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


def make_empty(folder, roster):
    """The head of a roster, without rows."""
    empty = pathlib.Path(folder, 'empty.csv')
    with open(roster, encoding='utf-8') as file:
        empty.write_text(file.readline(), encoding='utf-8')
    return empty


def measure(command, **options):
    """The output of a command, its seconds, and those that it kept a processor busy."""
    os.sync()
    start = time.monotonic()
    before = os.times()
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, **options).stdout.decode()
    after = os.times()
    busy = after.children_user - before.children_user + after.children_system - before.children_system
    return output, time.monotonic() - start, busy


def import_units(cli, database, units):
    """Once for each level at most: those above come behind those below in the list of an office."""
    for _ in range(5):
        done = subprocess.run([cli, 'import', 'org_unit', units, f'--database={database}', '--user=bench', '--quiet'],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode == 0:
            return
    sys.exit(done.stderr.decode())


def import_with_shequ(cli, folder, roster, units, rows):
    database = pathlib.Path(folder, 'import-shequ.db')
    district.remove(database)
    district.run(cli, database, 'create', '--name=洮北区', '--level=district')
    import_units(cli, database, units)
    output, seconds, busy = measure([cli, 'import', 'resident', roster, f'--database={database}', '--user=bench',
                                     '--quiet', '--json'])
    added = json.loads(output)['added']
    if added != rows:
        sys.exit(f'shequ-cli imported {added} rows, not {rows}')
    district.remove(database)
    return seconds, busy


def import_with_sqlite(sqlite, folder, roster, rows):
    database = pathlib.Path(folder, 'import-sqlite.db')
    district.remove(database)
    with open(roster, encoding='utf-8', newline='') as file:
        header = next(csv.reader(file))
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
    if output.split()[-1] != str(rows):
        sys.exit(f'sqlite3 imported {output.split()[-1]} rows, not {rows}')
    district.remove(database)
    return seconds, busy


def measure_size(cli, sqlite, folder, size):
    """The seconds of both, and those of an import of nothing."""
    scale, rows, turns = size
    roster, units = make_roster(cli, folder, scale)
    empty = make_empty(folder, roster)
    shequ, plain, nothing = [], [], []
    for _ in range(turns):
        shequ.append(import_with_shequ(cli, folder, roster, units, rows))
        plain.append(import_with_sqlite(sqlite, folder, roster, rows))
        nothing.append(import_with_shequ(cli, folder, empty, units, 0))
    ours, theirs, base = (statistics.median(seconds for seconds, _ in turns) for turns in (shequ, plain, nothing))
    busy = [statistics.median(busy for _, busy in turns) for turns in (shequ, plain)]
    row = (ours - base) / rows
    print(f'import of {rows} rows: shequ-cli {ours:.2f} s (processor {busy[0]:.2f} s), sqlite3 {theirs:.2f} s '
          f'(processor {busy[1]:.2f} s), ratio {ours / theirs:.2f}; {row * 1e6:.1f} µs for a row', flush=True)
    return ours / theirs, row


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    results = [measure_size(*sys.argv[1:], size) for size in SIZES]
    ratio = results[1][0]
    growth = max(results[i + 1][1] / results[i][1] for i in range(len(results) - 1))
    print(f'ratio of the district {ratio:.2f} (at most {MOST_RATIO:.1f}), growth of a row from size to size '
          f'{growth:.2f} (at most {MOST_GROWTH:.1f})')
    sys.exit(0 if ratio <= MOST_RATIO and growth <= MOST_GROWTH else 1)


if __name__ == '__main__':
    main()
