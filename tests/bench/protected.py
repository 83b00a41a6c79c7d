#!/usr/bin/env python3
"""What protection costs: an import and searches of a protected office, against those of an open one.

Usage: protected.py SHEQU_CLI FOLDER

Both offices take the same roster by turns, each time in a new database; the medians count. A search is one whole call
of shequ-cli, start and unlocking included.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROWS = 20000
TURNS = 3
SEARCHES = ['王小7', '7788', '139700']
MOST_IMPORT = 1.35
MOST_SEARCH = 1.2
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def make_number(i):
    start = f'{110101 + i // 600000}{1940 + i % 60}{1 + i // 60 % 12:02}{1 + i // 720 % 28:02}{i // 20160 % 1000:03}'
    return start + '10X98765432'[sum(w * int(d) for w, d in zip(WEIGHTS, start)) % 11]


def write_roster(path):
    with open(path, 'w', encoding='utf-8') as file:
        file.write('姓名,公民身份号码,手机号码\n')
        for i in range(ROWS):
            file.write(f'王小{i},{make_number(i)},139{70000000 + i:08}\n')


def run(cli, folder, *words):
    environment = dict(os.environ, SHEQU_DATABASE=str(folder / 'office.db'), SHEQU_USER='bench',
                       XDG_DATA_HOME=str(folder), SHEQU_KEY_FILE=str(folder / 'key'), LC_ALL='C.UTF-8')
    started = time.monotonic()
    subprocess.run([cli, '--quiet', *map(str, words)], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def measure(cli, folder, roster, protected):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    run(cli, folder, 'create')
    if protected:
        run(cli, folder, 'protect', folder / 'key')
    imported = run(cli, folder, 'import', 'resident', roster)
    searched = sum(run(cli, folder, 'find', words) for words in SEARCHES) / len(SEARCHES)
    return imported, searched, (folder / 'office.db').stat().st_size


def main():
    cli, base = sys.argv[1], pathlib.Path(sys.argv[2])
    base = pathlib.Path(tempfile.mkdtemp(prefix='protected-', dir=base))
    roster = base / 'roster.csv'
    write_roster(roster)
    turns = [[measure(cli, base / kind, roster, kind == 'protected') for kind in ('open', 'protected')]
             for _ in range(TURNS)]
    shutil.rmtree(base)
    sides = [[statistics.median(turn[side][what] for turn in turns) for what in range(3)] for side in range(2)]
    ratios = [sides[1][what] / sides[0][what] for what in range(3)]
    for name, what, unit, by in (('import', 0, 's', 1), ('search', 1, 'ms', 1000), ('file', 2, 'MB', 1e-6)):
        print(f'{name}: open {sides[0][what] * by:.2f} {unit}, protected {sides[1][what] * by:.2f} {unit}, '
              f'{ratios[what]:.2f} times')
    return ratios[0] > MOST_IMPORT or ratios[1] > MOST_SEARCH


if __name__ == '__main__':
    sys.exit(main())
