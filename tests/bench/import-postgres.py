#!/usr/bin/env python3
"""Imports rosters through shequ-cli into PostgreSQL, against psql's \\copy of the same rows into the same table.

Usage: with-server STATE import-postgres.py SHEQU_CLI FOLDER [SIZE…]

The rosters are those of import.py: by household, with number and address, so that shequ-cli validates every row, looks
for duplicates, forms the households and writes search documents and change log. psql is handed the very rows that came
of it, keys and orders made already, and copies them into a table of residents with the same indexes and links, and the
documents into its search index: "the same indexed table" is that of the residents with all of its indexes, among them
the search index, and psql has as much work_mem for it as shequ-cli. Both run by turns on the server of the tests; medians count. Printed besides: against
the rows alone, without their search index.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import time

import district

rosters = __import__('import')

SIZES = {'22723': (22723, 3), 'district': (227231, 3)}
MOST_RATIO = 3


def psql(address, *commands):
    arguments = [part for command in commands for part in ('-c', command)]
    return subprocess.run(['psql', '-qAtX', '-v', 'ON_ERROR_STOP=1', address, *arguments], check=True,
                          env={**os.environ, 'PGOPTIONS': '-c client_min_messages=error -c work_mem=64MB'},
                          stdout=subprocess.PIPE).stdout.decode().strip()


def get_address(name):
    return f"{os.environ['SHEQU_TEST_SERVER']}&dbname={name}"


def drop(name):
    psql(os.environ['SHEQU_TEST_SERVER'], f'DROP DATABASE IF EXISTS {name} WITH (FORCE)')


def import_with_shequ(cli, roster, units, rows):
    drop('bench_shequ')
    address = get_address('bench_shequ')
    district.run(cli, address, 'create', '--name=洮北区', '--level=district')
    rosters.import_units(cli, address, units)
    output, seconds, _ = rosters.measure([cli, 'import', 'resident', roster, f'--database={address}', '--user=bench',
                                          '--quiet', '--json'])
    stored = psql(address, 'SELECT count(*) FROM resident')
    if stored != str(rows):
        sys.exit(f'shequ-cli stored {stored} rows, not {rows}: {output}')
    return seconds


def wait_for_peace():
    """Until the server has merged and counted what an import left to it, which takes place beside other work."""
    start = time.monotonic()
    while psql(os.environ['SHEQU_TEST_SERVER'], "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'VACUUM%'"
               " AND pid <> pg_backend_pid()") != '0':
        time.sleep(0.1)
    return time.monotonic() - start


def copy_with_psql(folder, rows):
    """Both of the table of residents and its search index, and of the table alone."""
    drop('bench_copy')
    files = {table: pathlib.Path(folder, f'copy-{table}.txt') for table in ('resident', 'resident_search')}
    for table, file in files.items():
        psql(get_address('bench_shequ'), f"\\copy {table} to '{file}'")
    psql(os.environ['SHEQU_TEST_SERVER'], 'CREATE DATABASE bench_copy TEMPLATE bench_shequ')
    address = get_address('bench_copy')
    psql(address, 'TRUNCATE resident, resident_search CASCADE', 'CHECKPOINT')
    seconds = []
    for table, file in files.items():
        start = time.monotonic()
        psql(address, f"\\copy {table} from '{file}'")
        seconds.append(time.monotonic() - start)
        file.unlink()
    if psql(address, 'SELECT count(*) FROM resident') != str(rows):
        sys.exit('psql lost rows')
    return sum(seconds), seconds[0]


def measure_size(cli, folder, scale):
    rows, turns = SIZES[scale]
    roster, units = rosters.make_roster(cli, folder, scale)
    times = []
    for _ in range(turns):
        shequ = import_with_shequ(cli, roster, units, rows)
        peace = wait_for_peace()
        times.append((shequ, *copy_with_psql(folder, rows)))
        print(f'{scale}: shequ-cli {times[-1][0]:.2f} s, \\copy {times[-1][1]:.2f} s, of the rows alone '
              f'{times[-1][2]:.2f} s; the server went on for {peace:.2f} s', flush=True)
    shequ, copied, plain = (statistics.median(column) for column in zip(*times))
    print(f'{scale}: {shequ:.2f} s against {copied:.2f} s, ratio {shequ / copied:.2f} (at most {MOST_RATIO}); '
          f'against the rows alone {shequ / plain:.2f}', flush=True)
    return shequ / copied


def main():
    cli, folder = sys.argv[1:3]
    ratios = [measure_size(cli, folder, scale) for scale in sys.argv[3:] or SIZES]
    for name in ('bench_shequ', 'bench_copy'):
        drop(name)
    sys.exit(max(ratios) > MOST_RATIO)


if __name__ == '__main__':
    main()
