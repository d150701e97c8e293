"""How the states of an appointment look: tone and icon beside the word, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from liangyi.domains.scheduling.enums import AppointmentStatus as S


@dataclass(frozen=True)
class Mark:
    """Tone of the badge and name of the icon."""

    tone: str
    icon: str


MARKS = {
    S.BOOKED: Mark("quiet", icon="calendar"),
    S.ARRIVED: Mark("waiting", icon="armchair"),
    S.CALLED: Mark("info", icon="speakerphone"),
    S.IN_PROGRESS: Mark("good", icon="stethoscope"),
    S.FINISHED: Mark("quiet", icon="check"),
    S.CANCELLED: Mark("quiet", icon="x"),
    S.NO_SHOW: Mark("danger", icon="user-off"),
}


def masked_name(name: str) -> str:
    """`张*`: what a screen in the waiting room may show."""
    return f"{name.strip()[:1]}*"
