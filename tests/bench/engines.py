#!/usr/bin/env python3
"""The benchmarks of the store on both engines, side by side, and what it takes to move from one to the other.

Usage: with-server STATE engines.py SHEQU_CLI FOLDER KEYSTROKE AS_OF VISITS [SIZE…]

SIZE is that of import.py, a tenth of the district where none is named. One and the same program runs on the file and
on the office that was moved to the server; the address of the database is the only difference. What is promised is
promised of the file; here stands what the server makes of it.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

import district

postgres = __import__('import-postgres')
rosters = postgres.rosters

ROWS = {'22723': 22723, 'district': 227231}


def run(program, *arguments):
    """What a benchmark prints, whether it keeps its promise or not."""
    done = subprocess.run([program, *arguments], stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f'{program} ended with {done.returncode}')
    return done.stdout.decode()


def find_all(pattern, text):
    found = [float(number) for number in re.findall(pattern, text)]
    if not found:
        sys.exit(f'nothing like {pattern} in: {text}')
    return found


def read_memory(process):
    """The program's own memory, in MB."""
    try:
        status = pathlib.Path(f'/proc/{process.pid}/status').read_text(encoding='ascii')
    except FileNotFoundError:
        return 0
    found = re.search(r'RssAnon:\s+(\d+) kB', status)
    return int(found[1]) / 1000 if found else 0


def move(cli, source, target, most_seconds=None):
    """Seconds, the most memory, and what it printed; killed in the middle where it may take so long only."""
    start = time.monotonic()
    most = [0]
    with subprocess.Popen([cli, f'--database={source}', 'move', f'--to={target}', '--user=bench', '--quiet', '--json'],
                          stdout=subprocess.PIPE) as process:
        def watch():
            while process.poll() is None:
                most[0] = max(most[0], read_memory(process))
                if most_seconds is not None and time.monotonic() - start > most_seconds:
                    process.send_signal(signal.SIGKILL)
                time.sleep(0.05)
        watcher = threading.Thread(target=watch)
        watcher.start()
        output = process.stdout.read().decode()
        watcher.join()
    if process.returncode != 0 and most_seconds is None:
        sys.exit(f'the move failed: {output}')
    return time.monotonic() - start, most[0], output


def dump(source):
    """The same tables by PostgreSQL's own programs, indexes made last."""
    postgres.drop('bench_dump')
    postgres.psql(os.environ['SHEQU_TEST_SERVER'], 'CREATE DATABASE bench_dump TEMPLATE template0')
    start = time.monotonic()
    with subprocess.Popen(['pg_dump', '--no-owner', source], stdout=subprocess.PIPE) as dumped:
        subprocess.run(['psql', '-qAtX', '-v', 'ON_ERROR_STOP=1', postgres.get_address('bench_dump')],
                       stdin=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
    postgres.drop('bench_dump')
    return time.monotonic() - start


def measure_moves(cli, folder, database, server):
    """To the server, from it, and once more to another, killed in the middle; the server has the office then."""
    back = pathlib.Path(folder, 'moved-back.db')
    district.remove(back)
    postgres.drop('bench_server')
    there, there_memory, _ = move(cli, database, server)
    here, here_memory, _ = move(cli, server, back)
    peer = dump(server)
    postgres.drop('bench_again')
    again = postgres.get_address('bench_again')
    killed, _, _ = move(cli, database, again, there / 2)
    rest, _, output = move(cli, database, again)
    district.remove(back)
    postgres.drop('bench_again')
    if '"resumed":true' not in output.replace(' ', ''):
        sys.exit(f'a move that was killed was not taken up: {output}')
    print(f'move: to the server {there:.1f} s ({there_memory:.0f} MB), back {here:.1f} s ({here_memory:.0f} MB), '
          f'pg_dump | psql {peer:.1f} s: {there / peer:.2f} and {here / peer:.2f} times; killed after {killed:.1f} s '
          f'and taken up: {rest:.1f} s more', flush=True)


def measure_duplicates(cli, database):
    _, seconds, _ = rosters.measure([cli, 'duplicates', '--limit=0', '--json', f'--database={database}',
                                     '--user=bench', '--quiet'])
    return seconds


def measure_engine(cli, database, imported, due, keystroke, as_of):
    """What the benchmarks say of one database, by name; as-of is last, since it changes a server's."""
    typed = run(keystroke, '1000', database)
    scan = measure_duplicates(cli, database)
    past = run(as_of, database)
    return {
        'import, s': imported,
        'keystroke, median of the slowest order, ms': max(find_all(r'median +([\d.]+) ms', typed)),
        'keystroke, 99th percentile of the slowest order, ms': find_all(r'slowest order: ([\d.]+) ms', typed)[0],
        'visits due, ms': due,
        'duplicates, s': scan,
        'first page or count, the slowest, ms': max(find_all(r'today +([\d.]+) ms', past)),
        'the same as of a past day, ms': max(find_all(r'([\d.]+) ms, today', past)),
    }


def measure_size(cli, folder, programs, scale):
    database = str(district.make(cli, folder, scale))
    server = postgres.get_address('bench_server')
    roster, units = rosters.make_roster(cli, folder, scale)
    measure_moves(cli, folder, database, server)
    *programs, visits = programs
    due = run(visits, database, server)
    imported = rosters.import_with_shequ(cli, folder, roster, units, ROWS[scale])[0]
    file = measure_engine(cli, database, imported, find_all(r'file ([\d.]+) ms', due)[0], *programs)
    imported = postgres.import_with_shequ(cli, roster, units, ROWS[scale])
    postgres.wait_for_peace()
    served = measure_engine(cli, server, imported, find_all(r'server ([\d.]+) ms', due)[0], *programs)
    print(f'{scale:54} {"SQLite":>8} {"PostgreSQL":>11} {"ratio":>6}')
    for name, figure in file.items():
        print(f'{name:54} {figure:8.2f} {served[name]:11.2f} {served[name] / figure:6.2f}', flush=True)


def main():
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    cli, folder = sys.argv[1:3]
    for scale in sys.argv[6:] or ['22723']:
        measure_size(cli, folder, sys.argv[3:6], scale)
    for name in ('bench_server', 'bench_shequ'):
        postgres.drop(name)


if __name__ == '__main__':
    main()
