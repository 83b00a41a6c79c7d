#!/usr/bin/env python3
"""Scans all residents for records of the same person, against sqlite3 sorting the same names once.

Usage: duplicates.py SHEQU_CLI SQLITE3 FOLDER

A tenth of the example district and the district. The scan is `shequ-cli duplicates`, whole process; sqlite3 reads name,
birth date, number and household of the same residents and sorts them by name, which any scan must do at the least. The
quickest of some turns counts. Promised are the seconds of the district, and that a record does not cost more the more
records there are.
"""

import importlib
import sys

import district

measure = importlib.import_module('import').measure

SIZES = [('22723', 22723), ('district', 227231)]
TURNS = 3
MOST_SECONDS = 20
MOST_GROWTH = 2.0


def measure_size(cli, sqlite, folder, size):
    scale, rows = size
    database = district.make(cli, folder, scale)
    ours, theirs = [], []
    for _ in range(TURNS):
        output, seconds, busy = measure([cli, 'duplicates', '--limit=0', '--json', f'--database={database}',
                                         '--user=bench', '--quiet'])
        ours.append((seconds, busy, output.count('\n')))
        output, seconds, _ = measure([sqlite, '-readonly', database,
                                      'SELECT count(*) FROM (SELECT name, birth_date, id_number, household FROM resident '
                                      'WHERE deleted_at IS NULL ORDER BY name, birth_date LIMIT -1 OFFSET 1)'])
        theirs.append(seconds)
    seconds, busy, pairs = min(ours)
    print(f'{rows} residents: {pairs} candidates in {seconds:.2f} s (processor {busy:.2f} s), sqlite3 sorts them in '
          f'{min(theirs):.2f} s: {seconds / min(theirs):.1f} times', flush=True)
    return seconds, busy / rows, pairs


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    results = [measure_size(*sys.argv[1:], size) for size in SIZES]
    seconds, _, pairs = results[-1]
    if pairs == 0:
        sys.exit('the scan found nothing at all')
    growth = results[-1][1] / results[0][1]
    print(f'the district {seconds:.2f} s (at most {MOST_SECONDS}), growth of a record from size to size {growth:.2f} '
          f'(at most {MOST_GROWTH:.1f})')
    sys.exit(0 if seconds <= MOST_SECONDS and growth <= MOST_GROWTH else 1)


if __name__ == '__main__':
    main()
