"""Leaf facts of consultation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnquiryStatus(models.TextChoices):
    """Where an enquiry stands."""

    OPEN = "open", _("待跟进")
    BOOKED = "booked", _("已预约")
    CLOSED = "closed", _("已关闭")
