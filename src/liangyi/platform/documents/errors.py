"""What can be wrong with a file, a font or an archive."""

from __future__ import annotations

from liangyi.platform.errors import LiangyiError


class FileGone(LiangyiError):
    """A row speaks of a file that is not in HOME/files."""

    code = "documents.file_gone"
    kind = "missing"


class FileBroken(LiangyiError):
    """A kept file was changed, cut short, or encrypted with another key."""

    code = "documents.file_broken"


class FontsMissing(LiangyiError):
    """The Chinese fonts have not been put beside the engine."""

    code = "documents.fonts_missing"


class Tampered(Exception):
    """An archive is not what was signed. `entry` names the file in it, empty for the archive itself."""

    def __init__(self, entry: str, problem: str) -> None:
        super().__init__(f"{entry or 'the archive itself'}: {problem}")
        self.entry = entry
        self.problem = problem
