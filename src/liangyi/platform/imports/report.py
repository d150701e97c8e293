"""What became of an import: counts, and each rejected row with line, column and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

MOST_ERRORS = 10_000
SHOWN_ERRORS = 20


@dataclass(frozen=True)
class RowError:
    """Why a row was not taken. `line` is where it begins in the file (the header is line 1); `column` is
    the file's own name of the column, empty for the row as a whole."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = _("第 %(line)d 行") % {"line": self.line}
        return f"{place} {self.column}：{self.reason}" if self.column else f"{place}：{self.reason}"


@dataclass
class ImportReport:
    """`rows` = created + unchanged + rejected. In a dry run `created` is what would be created."""

    source: str
    is_dry_run: bool = False
    rows: int = 0
    created: int = 0
    unchanged: int = 0
    rejected: int = 0
    errors: list[RowError] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    def reject(self, *errors: RowError) -> None:
        """One row less, for one or more reasons. Beyond MOST_ERRORS only the count goes on."""
        self.rejected += 1
        self.errors.extend(errors[: max(0, MOST_ERRORS - len(self.errors))])

    def as_json(self) -> Mapping[str, Any]:
        """For `--json`."""
        return {
            "source": self.source,
            "dry_run": self.is_dry_run,
            "rows": self.rows,
            "created": self.created,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "errors": [
                {"line": error.line, "column": error.column, "reason": error.reason} for error in self.errors
            ],
            **self.notes,
        }

    def as_text(self) -> str:
        """For people: the counts and the first errors."""
        counts = _("%(rows)d 行：新增 %(created)d，已有 %(unchanged)d，未导入 %(rejected)d") % vars(self)
        head = _("试运行，未写入。") + counts if self.is_dry_run else counts
        lines = [head, *map(str, self.errors[:SHOWN_ERRORS])]
        if len(self.errors) > SHOWN_ERRORS:
            lines.append(_("……另有 %(count)d 处问题") % {"count": len(self.errors) - SHOWN_ERRORS})
        return "\n".join(lines)
