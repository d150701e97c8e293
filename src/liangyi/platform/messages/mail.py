"""The mail server, from LIANGYI_MAIL_URL, through Django's SMTP backend."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.mail import EmailMessage, get_connection

SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
TIMEOUT = 20
Outcome = Literal["sent", "later", "refused", "unknown"]


@dataclass(frozen=True)
class MailServer:
    """Where mail goes out and who it is from."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str

    def connection(self) -> Any:
        """A connection of Django's SMTP backend, not yet open."""
        return get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.security == "smtp+starttls",
            use_ssl=self.security == "smtps",
            timeout=TIMEOUT,
        )


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


def mail_server() -> MailServer | None:
    """The configured server, or None: then mail waits. Raises ValueError for a URL that cannot be one."""
    url = settings.ENV.mail_url
    return parse_mail_url(url) if url else None


def parse_mail_url(url: str) -> MailServer:
    """`smtp[s|+starttls]://[user:password@]host[:port][?from=address]`."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError(
            "LIANGYI_MAIL_URL must look like smtps://user:password@host:465?from=clinic@example.com"
        )
    user = unquote(parts.username or "")
    sender = parse_qs(parts.query).get("from", [user if "@" in user else f"liangyi@{parts.hostname}"])[0]
    port = parts.port or SCHEMES[parts.scheme]
    return MailServer(parts.hostname, port, user, unquote(parts.password or ""), parts.scheme, sender)


def send(server: MailServer, mail: Mail) -> Attempt:
    """Hand one letter to the server and say honestly what is known of it afterwards."""
    connection = server.connection()
    try:
        connection.open()
    except (OSError, ValueError) as problem:  # SMTPException is an OSError
        return Attempt("later", _reason(problem))
    try:
        return _deliver(connection, server, mail)
    finally:
        with suppress(OSError):  # the outcome is known; how the server says goodbye does not matter
            connection.close()


def _deliver(connection: Any, server: MailServer, mail: Mail) -> Attempt:
    letter = EmailMessage(mail.subject, mail.body, server.sender, [mail.address], connection=connection)
    letter.extra_headers["Message-ID"] = f"<{mail.identity}@{server.sender.rpartition('@')[2]}>"
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


@register
def check_mail_url(**_about: object) -> list[CheckMessage]:
    """A malformed LIANGYI_MAIL_URL stops the start."""
    try:
        mail_server()
    except ValueError as problem:
        return [Error(str(problem), id="messages.E001")]
    return []
