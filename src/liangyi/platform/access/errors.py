"""What is wrong with a sign-in, an account or a grant."""

from __future__ import annotations

from liangyi.platform.errors import Conflict, LiangyiError


class WrongCredentials(LiangyiError):
    """User name and password do not belong together, or the account has ended: both look the same."""

    code = "access.wrong_credentials"
    kind = "denied"


class OutsideValidity(WrongCredentials):
    """The password is right, but the account's time has not come or is over."""

    code = "access.outside_validity"


class TooManyAttempts(LiangyiError):
    """Locked out for a while after too many wrong passwords."""

    code = "access.too_many_attempts"
    kind = "busy"


class LastAdministrator(Conflict):
    """Nobody would be left who can manage the accounts of a site."""

    code = "access.last_administrator"


class AlreadyReviewed(Conflict):
    """Somebody else has reviewed this emergency look meanwhile."""

    code = "access.already_reviewed"
