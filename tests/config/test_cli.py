"""Commands of the operator while nothing of Liangyi runs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from liangyi.config.embedded.server import Server


def liangyi(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "liangyi", *words]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)


def test_command_starts_the_database_and_ends_it_again(
    environ: Callable[..., dict[str, str]], home: Path, copy_home: Callable[[Path], None]
) -> None:
    copy_home(home)
    done = liangyi(environ(), "measure", "NOSHOW", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["denominator"] == 0
    assert done.stderr == "liangyi: starting the database for this command\n"
    assert Server(home).running() is None


def test_command_leaves_a_running_database_alone(
    environ: Callable[..., dict[str, str]], home: Path, copy_home: Callable[[Path], None]
) -> None:
    copy_home(home)
    server = Server(home)
    server.start()
    done = liangyi(environ(), "measure", "NOSHOW", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert server.is_alive
    server.stop()


def test_database_without_tables_is_one_line(environ: Callable[..., dict[str, str]], home: Path) -> None:
    done = liangyi(environ(), "measure", "NOSHOW")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("liangyi: the database is not set up yet")
    assert Server(home).running() is None


def test_database_out_of_reach_is_one_line(environ: Callable[..., dict[str, str]], free_port: int) -> None:
    url = f"postgresql://nobody:s3cret@127.0.0.1:{free_port}/none"
    done = liangyi(environ(database_url=url), "measure", "NOSHOW")
    assert done.returncode == 1
    assert done.stderr.startswith("liangyi: the database does not answer: ")
    assert len(done.stderr.splitlines()) == 1
    assert "s3cret" not in done.stderr
