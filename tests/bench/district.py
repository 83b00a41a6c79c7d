#!/usr/bin/env python3
"""Makes the example district of the benchmarks once, and runs a command on it.

Usage: district.py SHEQU_CLI FOLDER [COMMAND [ARGUMENT…]]

The database is FOLDER/district.db, the same for everybody: 227,231 residents from one seed on one day. It is made
again when the program is newer. The command gets the path of the database as its last argument.
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


def make(cli, folder):
    """The database, made when there is none of this program yet."""
    database = pathlib.Path(folder, 'district.db')
    if is_current(database, cli):
        return database
    database.parent.mkdir(parents=True, exist_ok=True)
    new = database.with_name('district-new.db')
    remove(database)
    remove(new)
    run(cli, new, 'demo', '--scale=district', f'--today={TODAY}')
    new.rename(database)
    return database


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    database = make(sys.argv[1], sys.argv[2])
    if sys.argv[3:]:
        os.execv(sys.argv[3], [*sys.argv[3:], str(database)])


if __name__ == '__main__':
    main()
