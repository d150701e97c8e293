"""What can be wrong with a file or a map as a whole; single rows have RowError."""

from __future__ import annotations

from liangyi.platform.errors import LiangyiError


class FileUnusable(LiangyiError):
    """The file cannot be read as a table with the columns that are needed."""

    code = "imports.file_unusable"


class MapUnusable(LiangyiError):
    """The map file does not say clearly which column becomes what."""

    code = "imports.map_unusable"
