"""`make bench`: what the product does, and how fast.

    python -m benchmarks.run [--part requests] [--patients 10000] [--years 1] [--seconds 5] [--write] …

The clinic is loaded once into an embedded database of its own below benchmarks/out and kept there;
remove that folder to begin anew. Each part runs in a process and on a copy of that database of its own,
which is dropped when the part ends. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import with_sections
from liangyi.config.embedded.place import DATABASE, PORT
from liangyi.config.embedded.server import Server

OUT = Path(__file__).parent / "out"
DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"


@dataclass(frozen=True)
class Part:
    """A section of the page and the program that prints it."""

    title: str
    words: tuple[str, ...]
    takes_time: bool = False


PARTS = {
    "requests": Part("Requests", ("benchmarks.serving", "clinic"), takes_time=True),
    "importing": Part("Reading and matching policies", ("benchmarks.importing", "--section")),
    "evidence": Part("How clauses are carried out", ("benchmarks.serving", "evidence"), takes_time=True),
    "packing": Part("Evidence packs", ("benchmarks.packing", "--section")),
}


@dataclass(frozen=True)
class Options:
    """How large a clinic, what is measured how long, how the server is started."""

    part: list[str]
    patients: int
    years: float
    seconds: float
    workers: int
    threads: int
    only: str
    write: bool


def main() -> None:
    """Load if need be, measure part by part, print, and with --write keep the figures."""
    options = _options()
    home = _home(options)
    home.mkdir(parents=True, exist_ok=True)
    _point_to(home, options)
    server = Server(home)
    server.start()
    try:
        _fill(options)
        for name in options.part or PARTS:
            _measure(server, name, options)
    finally:
        server.stop()


def _measure(server: Server, name: str, options: Options) -> None:
    """One part: printed, and kept as soon as it is there, so that a later one that fails costs nothing."""
    part = PARTS[name]
    timed = ("--seconds", f"{options.seconds:g}", "--only", options.only) if part.takes_time else ()
    with _copy(server, f"bench_{name}") as url:
        environ = {**os.environ, "LIANGYI_DATABASE_URL": url}
        command = [sys.executable, "-m", *part.words, *timed]
        found = subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout
    sys.stdout.write(f"## {part.title}\n\n{found}\n")
    if options.write and not options.only:
        order = [each.title for each in PARTS.values()]
        DOCUMENT.write_text(with_sections(DOCUMENT.read_text(), {part.title: found}, order))


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="benchmarks.run")
    parser.add_argument(
        "--part", action="append", choices=PARTS, default=[], help="only this; may be repeated"
    )
    parser.add_argument("--patients", type=int, default=10_000)
    parser.add_argument("--years", type=float, default=1)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="", help="scenarios whose name holds this; never kept")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {DOCUMENT.name}")
    return Options(**vars(parser.parse_args()))


def _home(options: Options) -> Path:
    return OUT / f"home-{options.patients}-{options.years:g}"


def _point_to(home: Path, options: Options) -> None:
    """From here on this process and its children are a Liangyi of their own."""
    for name in [name for name in os.environ if name.startswith("LIANGYI_")]:
        del os.environ[name]
    os.environ |= {
        "LIANGYI_HOME": str(home),
        "LIANGYI_WORKERS": str(options.workers),
        "LIANGYI_THREADS": str(options.threads),
        "LIANGYI_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "liangyi.config.settings",
    }


def _fill(options: Options) -> None:
    _liangyi("migrate", "-v", "0")
    done = _home(options) / "loaded"
    if not done.exists():
        _liangyi("load_demo", "--patients", str(options.patients), "--years", f"{options.years:g}")
        done.write_text("")
    _liangyi("shell", "-v", "0", "-c", "from django.db import connection as c; c.cursor().execute('ANALYZE')")


def _liangyi(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "liangyi", *words], check=True)


@contextmanager
def _copy(server: Server, name: str) -> Iterator[str]:
    """Measure on a copy, so that every part begins with the same clinic and leaves nothing behind."""
    drop = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    with server.connect("postgres") as connection:
        connection.execute(drop)
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {DATABASE}")
    try:
        yield f"postgresql://{DATABASE}@:{PORT}/{name}?host={server.place.sockets}"
    finally:
        with server.connect("postgres") as connection:
            connection.execute(drop)


if __name__ == "__main__":
    main()
