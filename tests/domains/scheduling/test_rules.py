"""The pure rules, in tables and by properties against a slow and simple reading."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liangyi.domains.organisation.rules import LicenceFacts
from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.domains.scheduling.rules.days import local_day, local_days, minute_of, moment_of
from liangyi.domains.scheduling.rules.fitness import Task, fit_periods
from liangyi.domains.scheduling.rules.inputs import checked_days, checked_note, checked_start
from liangyi.domains.scheduling.rules.ladder import CLOSED, STEPS, may_move, may_step
from liangyi.domains.scheduling.rules.planning import checked_hours
from liangyi.domains.scheduling.rules.rota import Hours, Period, hours_on, is_within, overlaps
from liangyi.domains.scheduling.rules.slots import (
    Held,
    Lane,
    Need,
    Person,
    Timetable,
    bits_of,
    free_slots,
    mask,
    nearest,
    starts_within,
)
from liangyi.domains.staff.rules import CredentialFacts, PractitionerFacts
from liangyi.platform.errors import Invalid
from liangyi.platform.ids import new_id

SHANGHAI = ZoneInfo("Asia/Shanghai")
PARIS = ZoneInfo("Europe/Paris")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
MONDAY = date(2026, 11, 23)
ALWAYS = (Period("2020-01-01", None),)
LICENCE = LicenceFacts("n", "c", 4, frozenset({"s"}), date(2020, 1, 1), date(2199, 12, 31))
B, A, C, P, F, X, N = (
    "booked",
    "arrived",
    "called",
    "in_progress",
    "finished",
    "cancelled",
    "no_show",
)
ALLOWED = {(B, A), (B, X), (B, N), (A, C), (A, P), (A, X), (A, N), (C, C), (C, P), (C, N), (P, F), (N, B)}


@pytest.mark.parametrize("before", AppointmentStatus.values)
@pytest.mark.parametrize("after", AppointmentStatus.values)
def test_ladder(before, after):
    assert may_step(before, after) == ((before, after) in ALLOWED)


@pytest.mark.parametrize("status", AppointmentStatus.values)
def test_only_booked_moves_and_closed_goes_nowhere_but_back(status):
    assert may_move(status) == (status == B)
    if status in CLOSED:
        assert STEPS[status] <= {B}


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (SHANGHAI, MONDAY, 24),
        (PARIS, date(2027, 3, 28), 23),
        (PARIS, date(2026, 10, 25), 25),
        (LORD_HOWE, date(2026, 10, 4), 23.5),
        (LORD_HOWE, date(2027, 4, 4), 24.5),
    ],
)
def test_days_have_their_real_length(zone, day, hours):
    span = local_day(day, zone)
    assert span.end - span.start == hours * 60


@pytest.mark.parametrize("zone", [SHANGHAI, PARIS, LORD_HOWE, ZoneInfo("America/St_Johns")])
@pytest.mark.parametrize("day", [MONDAY, date(2027, 3, 28), date(2026, 10, 25), date(2026, 10, 4)])
@pytest.mark.parametrize("wall", [0, 8 * 60, 9 * 60 + 15, 17 * 60 + 45, 23 * 60 + 45])
def test_wall_clock_is_kept_through_changes(zone, day, wall):
    shown = moment_of(local_day(day, zone).at(wall), zone)
    assert (shown.date(), shown.hour * 60 + shown.minute) == (day, wall)


def test_days_follow_each_other_without_gap():
    days = list(local_days(date(2026, 10, 20), date(2026, 10, 31), PARIS))
    assert len(days) == 12
    assert all(a.end == b.start for a, b in pairwise(days))


WEEKLY = Hours(1, None, 540, 720, "2026-01-01", None)
ENDED = Hours(1, None, 780, 1020, "2026-01-01", "2026-11-22")
LATER = Hours(1, None, 780, 1020, "2026-11-24", None)
SINGLE = Hours(None, "2026-11-23", 600, 660, "2026-11-23", "2026-11-23")
OTHER_DAY = Hours(None, "2026-11-30", 600, 660, "2026-11-30", "2026-11-30")


@pytest.mark.parametrize(
    ("rota", "expected"),
    [
        ([], []),
        ([WEEKLY], [(540, 720)]),
        ([WEEKLY, ENDED, LATER], [(540, 720)]),
        ([WEEKLY, SINGLE], [(600, 660)]),
        ([WEEKLY, OTHER_DAY], [(540, 720)]),
        ([SINGLE, WEEKLY, SINGLE._replace(starts=300, ends=360)], [(300, 360), (600, 660)]),
        ([WEEKLY._replace(weekday=2)], []),
        ([WEEKLY._replace(valid_from="2026-11-23", valid_to="2026-11-23")], [(540, 720)]),
    ],
)
def test_single_days_replace_weeks(rota, expected):
    assert hours_on(rota, "2026-11-23", 1) == expected


@pytest.mark.parametrize(
    ("span", "spans", "within", "touched"),
    [
        ((10, 20), [(0, 30)], True, True),
        ((10, 20), [(10, 20)], True, True),
        ((10, 20), [(0, 15), (15, 30)], True, True),
        ((10, 20), [(15, 30), (0, 15)], True, True),
        ((10, 20), [(0, 14), (15, 30)], False, True),
        ((10, 20), [(20, 30)], False, False),
        ((10, 20), [(0, 10)], False, False),
        ((10, 20), [(11, 30)], False, True),
        ((10, 20), [], False, False),
    ],
)
def test_spans(span, spans, within, touched):
    assert is_within(*span, spans) == within
    assert overlaps(*span, spans) == touched


@given(st.integers(0, 2**80), st.integers(1, 40))
def test_starts_within_are_where_all_bits_are_set(free, length):
    slow = {i for i in range(90) if all(free >> (i + k) & 1 for k in range(length))}
    assert set(bits_of(starts_within(free, length))) == slow


@given(st.integers(0, 60), st.integers(0, 60))
def test_mask_sets_from_first_up_to_last(first, last):
    assert list(bits_of(mask(first, last))) == list(range(first, last))


HALF_HOUR = Need(30, 0, 0)


def table(need=HALF_HOUR, rota=(WEEKLY,), held=(), leave=(), rooms=1, pieces=None, zone=SHANGHAI, **other):
    person = Person(0, "p", "王", list(rota), list(leave), ALWAYS)
    values = {
        "zone": zone,
        "grid": 15,
        "need": need,
        "hours": {},
        "closed": frozenset(),
        "licences": (LICENCE,),
        "subject": "s",
        "level": 0,
        "people": [person],
        "rooms": [Lane(1, lane, "r", "室", None) for lane in range(rooms)],
        "pieces": pieces,
        "held": held,
    }
    return Timetable(**(values | other))


def clocks(found, zone=SHANGHAI):
    return [f"{moment_of(slot.starts, zone):%H:%M}" for slot in found]


def free(plan, day=MONDAY, earliest=0):
    return clocks(free_slots(plan, day, day, earliest=earliest), plan.zone)


def at(clock, day=MONDAY, zone=SHANGHAI):
    return minute_of(datetime.combine(day, time.fromisoformat(clock), zone))


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (table(), ["09:00", "09:15", "11:30"]),
        (table(need=Need(180, 0, 0)), ["09:00"]),
        (table(need=Need(181, 0, 0)), []),
        (table(need=Need(30, 240, 240)), ["09:00", "09:15", "11:30"]),
        (table(rooms=0), []),
        (table(pieces=[]), []),
        (table(closed=frozenset({"2026-11-23"})), []),
        (table(hours={2: (0, 1440)}), []),
        (table(hours={1: (600, 690)}), ["10:00", "10:15", "11:00"]),
        (table(level=5), []),
        (table(subject="other"), []),
        (table(licences=()), []),
        (table(leave=[(at("09:00"), at("11:00"))]), ["11:00", "11:15", "11:30"]),
        (table(held=[Held(0, 0, at("09:00"), at("11:00"))]), ["11:00", "11:15", "11:30"]),
        (table(held=[Held(1, 0, at("09:00"), at("11:00"))]), ["11:00", "11:15", "11:30"]),
        (table(held=[Held(1, 0, at("09:00"), at("11:00"))], rooms=2), ["09:00", "09:15", "11:30"]),
        (table(need=Need(30, 0, 60), held=[Held(1, 0, at("10:45"), at("12:00"))]), ["09:00", "09:15"]),
        (
            table(need=Need(30, 60, 0), held=[Held(1, 0, at("08:00"), at("09:30"))]),
            ["10:30", "10:45", "11:30"],
        ),
        (table(pieces=[Lane(2, 0, "e", "机", "2026-11-22")]), []),
        (table(pieces=[Lane(2, 0, "e", "机", "2026-11-23")]), ["09:00", "09:15", "11:30"]),
    ],
)
def test_free_times_of_a_day(plan, expected):
    found = free(plan)
    assert (found[:2] + found[-1:] if len(found) > 3 else found) == expected


@pytest.mark.parametrize("grid", [5, 10, 15, 20, 30, 60])
def test_grid_starts_at_midnight(grid):
    found = free(table(grid=grid))
    assert found[0] == "09:00"
    assert len(found) == 150 // grid + 1


def test_now_cuts_what_has_begun():
    assert free(table(), earliest=at("10:01"))[0] == "10:15"
    assert free(table(), earliest=at("13:00")) == []


def test_overnight_cleaning_reaches_into_the_next_day():
    late = Hours(1, None, 1380, 1439, "2020-01-01", None)
    early = Hours(2, None, 0, 240, "2020-01-01", None)
    plan = table(rota=[late, early], held=[Held(1, 0, at("23:00"), at("23:59") + 121)])
    assert free(plan, MONDAY + timedelta(days=1))[0] == "02:00"


@pytest.mark.parametrize(
    ("day", "count"), [(date(2026, 10, 25), 10), (date(2027, 3, 28), 6), (date(2027, 1, 3), 8)]
)
def test_summer_time_gives_and_takes_an_hour(day, count):
    night = Hours(7, None, 60, 240, "2020-01-01", None)
    found = list(free_slots(table(rota=[night], zone=PARIS, need=Need(60, 0, 0)), day, day, earliest=0))
    hours = (found[-1].ends - found[0].starts) / 60
    assert hours == {10: 4, 6: 2, 8: 3}[count]


SPANS = st.lists(
    st.tuples(st.integers(0, 1440), st.integers(1, 300)).map(lambda s: (s[0], s[0] + s[1])), max_size=6
)
DAYS = st.sampled_from(
    [
        (SHANGHAI, MONDAY),
        (PARIS, date(2026, 10, 25)),
        (PARIS, date(2027, 3, 28)),
        (LORD_HOWE, date(2026, 10, 4)),
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    where=DAYS,
    work=st.tuples(st.integers(0, 1000), st.integers(30, 430)),
    busy=st.tuples(SPANS, SPANS, SPANS, SPANS),
    need=st.builds(Need, st.integers(5, 200), st.integers(0, 60), st.integers(0, 60)),
    grid=st.sampled_from([5, 15, 30]),
)
def test_free_times_are_those_a_slow_reading_finds(where, work, busy, need, grid):
    zone, day = where
    span = local_day(day, zone)
    rota = Hours(day.isoweekday(), None, work[0], work[0] + work[1], "2020-01-01", None)
    of_person, of_room, of_other_lane, of_piece = [
        [(span.start + a, span.start + b) for a, b in spans] for spans in busy
    ]
    held = [Held(0, 0, *s) for s in of_person] + [Held(1, 0, *s) for s in of_room]
    held += [Held(1, 1, *s) for s in of_other_lane] + [Held(2, 0, *s) for s in of_piece]
    plan = table(
        need=need, rota=[rota], held=held, rooms=2, pieces=[Lane(2, 0, "e", "机", None)], zone=zone, grid=grid
    )
    worked = [(span.at(rota.starts), span.at(rota.ends))]

    def is_free(start):
        end = start + need.duration
        first, last = start - need.prepare, end + need.clean
        lanes = (of_room, of_other_lane)
        return (
            is_within(start, end, worked)
            and not overlaps(start, end, of_person)
            and any(not overlaps(first, last, lane) for lane in lanes)
            and not overlaps(first, last, of_piece)
        )

    slow = [minute for minute in range(span.start, span.end, grid) if is_free(minute)]
    assert [slot.starts for slot in free_slots(plan, day, day, earliest=0)] == slow


@settings(max_examples=50, deadline=None)
@given(first=st.dates(date(2026, 10, 1), date(2027, 4, 1)), length=st.integers(1, 20), busy=SPANS)
def test_a_span_of_days_is_its_single_days(first, length, busy):
    lines = [Hours(w, None, 540, 1020, "2020-01-01", None) for w in range(1, 8)]
    start = local_day(first, PARIS).start
    held = [Held(n % 2, 0, start + 1000 * n + a, start + 1000 * n + b) for n, (a, b) in enumerate(busy)]
    plan = table(rota=lines, held=held, zone=PARIS)
    last = first + timedelta(days=length - 1)
    whole = list(free_slots(plan, first, last, earliest=0))
    single = [first + timedelta(days=n) for n in range(length)]
    assert whole == [s for day in single for s in free_slots(plan, day, day, earliest=0)]


def test_nearest_prefers_the_same_person_then_the_closest():
    one, two = (Person(n, id, id, [], [], ALWAYS) for n, id in enumerate("ab"))
    room = Lane(9, 0, "r", "室", None)
    plan = table()
    found = [slot._replace(room=room) for slot in free_slots(plan, MONDAY, MONDAY, earliest=0)]
    slots = [slot._replace(person=one if n % 3 == 0 else two) for n, slot in enumerate(found)]
    offered = nearest(slots, at("10:00"), "a", 5)
    assert [slot.person.id for slot in offered] == ["a", "a", "a", "a", "b"]
    assert clocks(offered) == ["09:45", "10:30", "09:00", "11:15", "10:00"]


def person(**paper):
    values = {"id": new_id(), "kind": "nurse_licence", "number": "1", "issued_on": date(2020, 1, 1)} | paper
    site = values.pop("site", SITE)
    credential = CredentialFacts(sites=frozenset({site}), **values)
    return PractitionerFacts(new_id(), "护士", "nurse", "", None, (credential,))


SITE = new_id()
TASK = Task(new_id(), "s", False, SITE)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (person(), [("2026-11-01", "2026-11-30")]),
        (person(valid_to=date(2026, 11, 10)), [("2026-11-01", "2026-11-10")]),
        (person(valid_to=date(2026, 10, 31)), []),
        (person(issued_on=date(2026, 11, 20)), [("2026-11-20", "2026-11-30")]),
        (person(revoked_on=date(2026, 11, 5)), [("2026-11-01", "2026-11-04")]),
        (person(site=new_id()), []),
        (person(kind="life_support"), []),
    ],
)
def test_papers_allow_stretches_of_days(who, expected):
    found = fit_periods(who, TASK, date(2026, 11, 1), date(2026, 11, 30))
    merged = [(p.first, p.last) for p in found]
    days = {d for a, b in merged for d in _days(a, b)}
    assert days == {d for a, b in expected for d in _days(a, b)}


def _days(first, last):
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


@pytest.mark.parametrize(
    "hours", [[(time(9), time(9))], [(time(9), time(8))], [(time(9), time(12)), (time(11, 59), time(13))]]
)
def test_hours_must_make_sense(hours):
    with pytest.raises(Invalid):
        checked_hours(hours)


def test_touching_hours_are_put_in_order():
    afternoon, morning = (time(12), time(17)), (time(9), time(12))
    assert checked_hours([afternoon, morning]) == [morning, afternoon]


@given(st.datetimes(timezones=st.just(PARIS)))
def test_any_start_is_checked_without_a_crash(start):
    with suppress(Invalid):
        assert checked_start(start).second == 0


@given(st.dates(), st.dates())
def test_any_days_are_checked_without_a_crash(first, last):
    try:
        checked_days(first, last, 31)
    except Invalid:
        return
    assert 0 <= (last - first).days < 31


@given(st.text(max_size=400))
def test_any_note_is_stored_or_invalid(text):
    try:
        note = checked_note(text, "note", 300)
    except Invalid:
        return
    assert len(note) <= 300
    assert "\x00" not in note
