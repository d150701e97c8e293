"""Finds rows by their token array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

ModelT = TypeVar("ModelT", bound=Model)
MOST_HITS = 500


def matching(
    queryset: QuerySet[ModelT], tokens: Sequence[str], *, field: str = "tokens", most: int = MOST_HITS
) -> QuerySet[ModelT]:
    """The rows of `queryset` whose array `field` contains every token, at most `most` of them.

    Without tokens nothing is found. The hits are collected first, in a materialized CTE and through the GIN
    index: an ORDER BY … LIMIT put on the result would otherwise make PostgreSQL walk the sort key's index.
    Filters already on `queryset` count before the cap, so narrow to what the actor may see first.
    """
    if not tokens:
        return queryset.none()
    hits = queryset.filter(**{f"{field}__contains": list(tokens)}).order_by().values("pk")[:most]
    sql, params = hits.query.sql_with_params()
    # The statement is Django's own, with its parameters apart.
    chosen = RawSQL(f"WITH hit AS MATERIALIZED ({sql}) SELECT * FROM hit", params)  # noqa: S608, S611
    return queryset.filter(pk__in=chosen)
