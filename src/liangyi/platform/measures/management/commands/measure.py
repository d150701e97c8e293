"""`liangyi measure CODE`: a measure's numbers on the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.measures.catalogue import Measure, measures
from liangyi.platform.measures.queries import By, Number, days_of, series, total
from liangyi.platform.measures.services import recount_dirty

HELP = """Print a measure: numerator, denominator, value (and median and P90 of durations).

Days whose records changed are counted again first. Without --source it is the clinic's own records;
imported sources are never mixed in. Without --from and --to it is every day that has a number.

value      a ratio is a fraction from 0 to 1; a duration is the mean, in "unit". null: nothing to count.
median,p90 nearest rank: the least value with at least half (nine tenths) of all at or below it, read
           from a histogram and therefore exact to the unit. The greatest bucket means "this or more".
rows       with --by day, week, month or site: one entry each ("period": a day, the Monday of a week or
           a month YYYY-MM; "site": its id and name). The numbers beside "rows" are always the totals.
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the measure's code, such as NOSHOW, LEAD or WAIT")
        parser.add_argument("--source", default="", help="the name of an import; without it the clinic's own")
        parser.add_argument("--site", help="one site, by id or name; without it all together")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="first day, YYYY-MM-DD")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="last day, YYYY-MM-DD")
        parser.add_argument("--by", choices=["total", "day", "week", "month", "site"], default="total")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        measure = measures().get(options["code"].upper())
        if measure is None:
            raise CommandError(f"no measure {options['code']} (known: {', '.join(sorted(measures()))})")
        recount_dirty(clock.now(), [measure.code])
        found = report(measure, _sites(options["site"]), **_chosen(options))
        self.stdout.write(
            json.dumps(found, ensure_ascii=False, indent=2) if options["json"] else _text(found)
        )


def report(
    measure: Measure, sites: dict[UUID, str], *, source: str, first: date | None, last: date | None, by: By
) -> dict[str, Any]:
    """What the command prints."""
    known = days_of(measure.code, sites, source)
    first, last = first or (known[0] if known else None), last or (known[1] if known else None)
    there = first is not None and last is not None
    whole = total(measure.code, sites, source, first, last) if there else Number(0, 0, None)  # type: ignore[arg-type]
    found = {
        "code": measure.code,
        "title": str(measure.title),
        "unit": measure.unit,
        "source": source,
        "from": first and first.isoformat(),
        "to": last and last.isoformat(),
        **_numbers(whole),
    }
    if by != "total":
        rows = series(measure.code, sites, source, first, last, by) if there else []  # type: ignore[arg-type]
        found["rows"] = [_place(row, sites) | _numbers(row) for row in rows]
    return found


def _chosen(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options[name] for name in ("source", "first", "last", "by")}


def _sites(wanted: str | None) -> dict[UUID, str]:
    known = dict(Site.objects.values_list("pk", "name"))
    if wanted is None:
        return known
    english = dict(Site.objects.values_list("pk", "name_en"))
    found = {key: name for key, name in known.items() if wanted in (str(key), name, english[key])}
    if not found:
        raise CommandError(f"no site {wanted} (known: {', '.join(known.values())})")
    return found


def _numbers(number: Number) -> dict[str, Any]:
    kept = ("numerator", "denominator", "value", "median", "p90")
    return {name: value for name, value in asdict(number).items() if name in kept}


def _place(number: Number, sites: dict[UUID, str]) -> dict[str, Any]:
    if number.site is not None:
        return {"site": str(number.site), "name": sites[number.site]}
    return {"period": number.period}


def _text(found: dict[str, Any]) -> str:
    head = f"{found['title']} ({found['code']}, {found['unit']}) {found['source'] or '-'}"
    lines = [f"{head}  {found['from'] or '-'} … {found['to'] or '-'}", _line("total", found)]
    lines += [_line(row.get("period") or row["name"], row) for row in found.get("rows", [])]
    return "\n".join(lines)


def _line(name: str, row: dict[str, Any]) -> str:
    value = "-" if row["value"] is None else f"{row['value']:.4f}"
    ends = f"  median {row['median']}  p90 {row['p90']}" if row["median"] is not None else ""
    return f"{name:12} {row['numerator']:>10} / {row['denominator']:<10} = {value}{ends}"
