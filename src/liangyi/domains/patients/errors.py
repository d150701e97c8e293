"""What can be wrong with a patient's record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from liangyi.platform.errors import Conflict

if TYPE_CHECKING:
    from liangyi.domains.patients.rules.entries import Candidate


class LikelyDuplicates(Conflict):
    """Somebody like this is already known. Certain ones are never made a second time.

    `data`: `candidates` as JSON values, and `can_confirm`: whether "this is another person" is an answer.
    """

    code = "patients.likely_duplicates"

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = tuple(candidates)
        self.can_confirm = not any(candidate.is_certain for candidate in candidates)
        super().__init__(
            _("已有相似的档案，请先确认是不是同一个人"),
            candidates=[candidate.as_json() for candidate in candidates],
            can_confirm=self.can_confirm,
        )


class RecordMoved(Conflict):
    """The record was merged into another one meanwhile."""

    code = "patients.record_moved"


class RecordClosed(Conflict):
    """A pseudonymous record of an imported history is finished fact."""

    code = "patients.record_closed"


class AlreadyEnded(Conflict):
    """An allergy, alert, guardian or consent that somebody has ended before."""

    code = "patients.already_ended"


class AlreadyGiven(Conflict):
    """This very version has been agreed to and not withdrawn."""

    code = "patients.already_given"
