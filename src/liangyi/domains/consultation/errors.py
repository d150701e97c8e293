"""What can go wrong with an enquiry."""

from __future__ import annotations

from liangyi.platform.errors import Conflict


class EnquiryClosedAlready(Conflict):
    """It has led to an appointment or was given up."""

    code = "consultation.enquiry_closed"
