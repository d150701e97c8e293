"""Hands one letter to the configured mail server and says honestly what is known of it afterwards."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Literal

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

SMTP = "django.core.mail.backends.smtp.EmailBackend"
Outcome = Literal["sent", "later", "refused", "unknown"]


@dataclass(frozen=True)
class Mail:
    """One letter; `identity` goes into its Message-ID."""

    identity: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True)
class Attempt:
    """What became of a letter: certainly not delivered if `later` or `refused`, perhaps if `unknown`."""

    outcome: Outcome
    reason: str = ""


def has_mail_server() -> bool:
    """Whether a mail server is configured. Without one mail waits: nothing is passed off as sent."""
    return bool(settings.EMAIL_BACKEND == SMTP)


def send(mail: Mail) -> Attempt:
    """Deliver one letter to the server."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, ValueError) as problem:  # an SMTPException is an OSError
        return Attempt("later", _reason(problem))
    try:
        return _deliver(connection, mail)
    finally:
        with suppress(OSError):  # the outcome is known; how the server says goodbye does not matter
            connection.close()


def _deliver(connection: Any, mail: Mail) -> Attempt:
    letter = EmailMessage(mail.subject, mail.body, to=[mail.address], connection=connection)
    letter.extra_headers["Message-ID"] = f"<{mail.identity}@{letter.from_email.rpartition('@')[2]}>"
    try:
        letter.send()
    except SMTPRecipientsRefused as problem:
        code, text = next(iter(problem.recipients.values()))
        return _answered(code, text)
    except SMTPResponseException as problem:
        return _answered(problem.smtp_code, problem.smtp_error)
    except (ValueError, UnicodeError) as problem:
        return Attempt("refused", _reason(problem))
    except OSError as problem:
        return Attempt("unknown", _reason(problem))
    return Attempt("sent")


def _answered(code: int, text: bytes | str) -> Attempt:
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    return Attempt("refused" if 500 <= code < 600 else "later", f"{code} {said}")


def _reason(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"
