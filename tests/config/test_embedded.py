from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from liangyi.config.embedded.place import LONGEST_SOCKET_FOLDER, SYSTEM_FOLDER, place_for
from liangyi.config.embedded.server import Server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user for the server")


def test_place_of_a_deep_home_has_a_short_socket(home: Path) -> None:
    place = place_for(home / ("x" * 100))
    assert len(str(place.sockets)) <= LONGEST_SOCKET_FOLDER


def test_server_keeps_what_was_committed_over_a_restart(home: Path) -> None:
    server = Server(home)
    server.start()
    with server.connect() as connection:
        connection.execute("create table kept as select 7 as n")
    server.stop()
    server.start()
    with server.connect() as connection:
        assert connection.execute("select n from kept").fetchone() == (7,)
    server.stop()
    assert server.running() is None


def test_server_is_durable_and_off_the_network(server: Server) -> None:
    wanted = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "listen_addresses": ""}
    with server.connect() as connection:
        found = {name: connection.execute(f"show {name}").fetchone()[0] for name in wanted}
        locale = connection.execute(
            "select datlocprovider::text, datlocale, pg_encoding_to_char(encoding) from pg_database"
            " where datname = 'liangyi'"
        ).fetchone()
    assert found == wanted
    assert locale == ("b", "C.UTF-8", "UTF8")


def test_server_recovers_from_kill_9(server: Server) -> None:
    with server.connect() as connection:
        connection.execute("create table kept as select 7 as n")
    server.process.kill()
    server.process.wait()
    server.start()
    with server.connect() as connection:
        assert connection.execute("select n from kept").fetchone() == (7,)


def test_start_ends_a_server_that_was_left_behind(server: Server) -> None:
    left = server.running()
    second = Server(server.place.home)
    second.start()
    assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE
    assert second.running().pid == second.process.pid
    second.stop()


def test_a_reused_process_number_is_not_taken_for_the_server(home: Path) -> None:
    server = Server(home)
    server.start()
    server.stop()
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (server.place.data / "postmaster.pid").write_text(f"{other.pid}\n{server.place.data}\n")
    server.start()
    server.stop()
    assert other.poll() is None
    other.send_signal(signal.SIGKILL)
    other.wait()


def test_a_killed_initdb_leaves_no_half_cluster(home: Path) -> None:
    half = home / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    server = Server(home)
    server.start()
    server.stop()
    assert not half.exists()


@as_root
def test_root_runs_the_server_as_another_user(server: Server) -> None:
    assert server.running().uids().real != 0
    assert server.place.data.stat().st_uid == server.running().uids().real


@as_root
def test_root_keeps_the_cluster_elsewhere_if_home_cannot_be_reached(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    server = Server(tmp_path / "var")
    server.start()
    server.stop()
    assert server.place.folder.parent == SYSTEM_FOLDER
    assert place_for(tmp_path / "var") == server.place
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(tmp_path / "var")
    assert place_for(tmp_path / "var").folder != server.place.folder
    shutil.rmtree(server.place.folder)
