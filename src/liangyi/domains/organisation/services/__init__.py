"""Every change to the organisation."""

from __future__ import annotations

from liangyi.domains.organisation.services.calendar import (
    add_closing_day,
    remove_closing_day,
    set_opening_hours,
)
from liangyi.domains.organisation.services.institution import (
    change_institution,
    change_site,
    found_institution,
    set_up_site,
)
from liangyi.domains.organisation.services.licences import add_licence, correct_licence, renew_licence
from liangyi.domains.organisation.services.posts import add_post, change_post
from liangyi.domains.organisation.services.premises import (
    add_department,
    add_room,
    change_department,
    change_room,
    close_room,
    reopen_room,
)

__all__ = [
    "add_closing_day",
    "add_department",
    "add_licence",
    "add_post",
    "add_room",
    "change_department",
    "change_institution",
    "change_post",
    "change_room",
    "change_site",
    "close_room",
    "correct_licence",
    "found_institution",
    "remove_closing_day",
    "renew_licence",
    "reopen_room",
    "set_opening_hours",
    "set_up_site",
]
