"""The day board: appointments as blocks on a grid of minutes, and the same day as a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.scheduling import queries
from liangyi.domains.scheduling.enums import AppointmentStatus as S
from liangyi.domains.scheduling.queries import Column, DayBoard, Row
from liangyi.platform import clock
from liangyi.web.scheduling.asked import day_from, today_of, uuid_from
from liangyi.web.shell.page import Request

Span = tuple[int, int]
Buffers = dict[UUID, tuple[int, int]]
"""Minutes of preparation and of cleaning by service."""
VIEWS = [("practitioner", _("按医生")), ("room", _("按房间")), ("list", _("列表"))]
USUAL = (9 * 60, 18 * 60)
COUNTED = (S.BOOKED, S.ARRIVED, S.CALLED, S.IN_PROGRESS, S.FINISHED, S.NO_SHOW)


@dataclass(frozen=True)
class Block:
    """An appointment on the grid, in minutes after the board's first; buffers before and after it."""

    row: Row
    top: int
    height: int
    lane: int
    lanes: int
    before: int
    after: int

    @property
    def is_short(self) -> bool:
        """Too low for two lines of text."""
        return self.height < 25


@dataclass(frozen=True)
class Strip:
    """A column of the grid with what is greyed out in it."""

    column: Column
    blocks: list[Block]
    off: list[Span]
    away: list[Span]


@dataclass(frozen=True)
class Grid:
    """The board's minutes: the first, how many, where the hours stand, and where it is now."""

    first: int
    length: int
    now: int | None
    strips: list[Strip]

    @property
    def hours(self) -> list[tuple[int, str]]:
        """Offset and name of every full hour."""
        return [
            (m - self.first, f"{m // 60:02d}:00") for m in range(self.first, self.first + self.length, 60)
        ]

    @property
    def start(self) -> str:
        """The first minute as a time of day."""
        return f"{self.first // 60:02d}:{self.first % 60:02d}"


def day_context(request: Request) -> dict[str, Any]:
    """The day asked for: three statements, however much is on it."""
    today = today_of(request)
    day = day_from(request.GET.get("day"), today)
    view = next((code for code, _title in VIEWS if code == request.GET.get("view")), "practitioner")
    by = "room" if view == "room" else "practitioner"
    board = queries.day_board(request.actor, site=request.site.id, day=day, by=by)  # type: ignore[arg-type]  # one of the two
    rows = sorted((row for column in board.columns for row in column.rows), key=lambda row: row.starts_at)
    practitioner = uuid_from(request.GET.get("practitioner"))
    return {
        "board": board,
        "grid": None if view == "list" else grid_of(board, _buffers(request), by),
        "view": view,
        "views": VIEWS,
        "today": today,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "total": len(rows),
        "counts": [(status, S(status).label, _count(rows, status)) for status in COUNTED],
        "rows": [row for row in rows if practitioner in (None, row.practitioner)],
        "people": _people(rows),
    }


def _buffers(request: Request) -> Buffers:
    services = catalogue.services_for_site(request.actor, request.site.id)
    return {row.id: (row.prepare_minutes, row.clean_minutes) for row in services}


def _count(rows: Iterable[Row], status: str) -> int:
    return sum(row.status == status for row in rows)


def _people(rows: Iterable[Row]) -> list[tuple[str, str, int]]:
    """Id, name and number of appointments of everybody booked, for the chips of the list."""
    names = {str(row.practitioner): row.practitioner_name or "" for row in rows if row.practitioner}
    counts = [str(row.practitioner) for row in rows]
    return [(id, name, counts.count(id)) for id, name in names.items()]


def grid_of(board: DayBoard, buffers: Buffers, by: str) -> Grid:
    """The columns as strips of minutes from the first full hour to the last that anything happens in."""
    first, last = _edges(board)
    now = _minute(clock.now(), board) if clock.local_day(clock.now(), board.zone) == board.day else None
    shown = now - first if now is not None and first <= now <= last else None
    opens = ((board.opens, board.closes),) if board.opens and board.closes else ()
    strips = [
        _strip(board, column, opens if by == "room" else column.works, (first, last), buffers)
        for column in board.columns
    ]
    return Grid(first, last - first, shown, strips)


def _minute(at: datetime, board: DayBoard) -> int:
    """Wall-clock minutes after the board's midnight."""
    midnight = datetime(board.day.year, board.day.month, board.day.day, tzinfo=ZoneInfo(board.zone))
    return int((at - midnight).total_seconds()) // 60


def _edges(board: DayBoard) -> Span:
    times: list[datetime] = [at for at in (board.opens, board.closes) if at is not None]
    for column in board.columns:
        times += [at for span in column.works for at in span]
        times += [at for row in column.rows for at in (row.starts_at, row.ends_at)]
    minutes = [_minute(at, board) for at in times] or list(USUAL)
    return max(min(minutes) // 60 * 60, 0), min(-(-max(minutes) // 60) * 60, 24 * 60)


def _strip(
    board: DayBoard,
    column: Column,
    works: Sequence[tuple[datetime, datetime]],
    edges: Span,
    buffers: Buffers,
) -> Strip:
    first, last = edges
    open_spans = [_span(board, span, first) for span in works]
    off = gaps([] if board.closing_reason is not None else open_spans, last - first)
    away = [_span(board, span, first) for span in column.away]
    cut = [(max(start, 0), min(end, last - first)) for start, end in away]
    return Strip(column, _blocks(board, column.rows, first, buffers), off, [s for s in cut if s[0] < s[1]])


def _span(board: DayBoard, times: tuple[datetime, datetime], first: int) -> Span:
    return _minute(times[0], board) - first, _minute(times[1], board) - first


def gaps(spans: Iterable[Span], length: int) -> list[Span]:
    """What of 0..length no span covers."""
    found, reached = [], 0
    for start, end in sorted(spans):
        if start > reached:
            found.append((reached, min(start, length)))
        reached = max(reached, end)
    if reached < length:
        found.append((max(reached, 0), length))
    return [span for span in found if span[0] < span[1]]


def _blocks(board: DayBoard, rows: Sequence[Row], first: int, buffers: Buffers) -> list[Block]:
    spans = [_span(board, (row.starts_at, row.ends_at), first) for row in rows]
    return [
        _block(row, span, lane, buffers) for row, span, lane in zip(rows, spans, lanes_of(spans), strict=True)
    ]


def _block(row: Row, span: Span, lane: Span, buffers: Buffers) -> Block:
    before, after = buffers.get(row.service, (0, 0)) if row.service else (0, 0)
    return Block(row, span[0], max(span[1] - span[0], 5), *lane, before, after)


def lanes_of(spans: Sequence[Span]) -> list[Span]:
    """For each span (sorted by start) the lane it stands in and how many lanes its cluster has."""
    lanes: list[int] = []
    clusters: list[list[int]] = []
    ends: list[int] = []
    for place, (start, end) in enumerate(spans):
        if not clusters or start >= max(ends):
            clusters.append([])
            ends = []
        lane = next((n for n, until in enumerate(ends) if until <= start), len(ends))
        ends[lane : lane + 1] = [end]
        lanes.append(lane)
        clusters[-1].append(place)
    width = {place: max(lanes[p] for p in cluster) + 1 for cluster in clusters for place in cluster}
    return [(lane, width[place]) for place, lane in enumerate(lanes)]
