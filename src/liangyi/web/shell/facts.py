"""What the facts of a refusal are called. A fact without a label is not shown: its sentence says it."""

from __future__ import annotations

from typing import Any

from liangyi.web.shell.formats import listed

_labels: dict[str, Any] = {}


def label_fact(name: str, title: Any) -> None:
    """Show the fact `name` of a refusal under `title` (lazy text)."""
    _labels[name] = title


def labelled(facts: dict[str, Any]) -> list[tuple[Any, str]]:
    """The facts that have a label and a value, in the order the gate gave them."""
    return [
        (_labels[name], _text(value))
        for name, value in facts.items()
        if name in _labels and value not in (None, "", [])
    ]


def _text(value: Any) -> str:
    return listed(value) if isinstance(value, list | tuple) else str(value)
