#!/usr/bin/env python3
"""Makes an example of the benchmarks once, and runs a command on it.

Usage: district.py SHEQU_CLI FOLDER SCALE [COMMAND [ARGUMENT…]]

SCALE is `district` (227,231 residents), `city` (2,272,310) or a number of residents. The database is
FOLDER/SCALE.db, the same for everybody: from one seed on one day. It is made again when the program is newer. The
command gets the path of the database as its last argument.
"""

import os
import pathlib
import subprocess
import sys

TODAY = '2026-11-20'


def run(cli, database, *arguments):
    return subprocess.run([cli, *arguments, f'--database={database}', '--user=bench', '--quiet'], check=True,
                          stdout=subprocess.PIPE).stdout.decode()


def remove(database):
    for end in ('', '-wal', '-shm'):
        pathlib.Path(f'{database}{end}').unlink(missing_ok=True)


def is_current(path, cli):
    return path.exists() and path.stat().st_mtime >= os.stat(cli).st_mtime


def make(cli, folder, scale):
    """The database, made when there is none of this program yet."""
    database = pathlib.Path(folder, f'{scale}.db')
    if is_current(database, cli):
        return database
    database.parent.mkdir(parents=True, exist_ok=True)
    new = database.with_name(f'{scale}-new.db')
    remove(database)
    remove(new)
    run(cli, new, 'demo', f'--scale={scale}', f'--today={TODAY}')
    new.rename(database)
    return database


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    database = make(*sys.argv[1:4])
    if sys.argv[4:]:
        os.execv(sys.argv[4], [*sys.argv[4:], str(database)])


if __name__ == '__main__':
    main()
