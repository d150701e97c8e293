"""The labels: which controls would carry out a sample of the five documents' clauses."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

from liangyi.domains.governance.rules.reading import Reading
from liangyi.platform.controls.catalogue import controls

LABELS = Path(__file__).parent / "labels.csv"


def _rows() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_labels_are_a_large_enough_sample_of_every_document() -> None:
    counts = Counter(row["file"] for row in _rows())
    assert len(counts) == 5
    assert min(counts.values()) >= 20
    assert counts.total() >= 150


def test_labels_name_controls_that_exist() -> None:
    for row in _rows():
        codes = [] if row["controls"] == "none" else row["controls"].split()
        assert len(codes) == len(set(codes)) <= 3
        assert [code for code in codes if code not in controls()] == []


def test_halves_are_told_by_the_hash() -> None:
    for row in _rows():
        first = hashlib.sha256(f"half:{row['file']}:{row['number']}".encode()).digest()[0]
        assert row["half"] == ("tune" if first % 2 == 0 else "held")


def test_labelled_clauses_are_read_as_they_were(readings: dict[str, Reading]) -> None:
    texts = {
        (name, clause.number): clause.text for name, reading in readings.items() for clause in reading.clauses
    }
    for row in _rows():
        text = texts[row["file"][:3], row["number"]].strip()
        assert hashlib.sha256(text.encode()).hexdigest()[:12] == row["digest"], row["number"]
