"""A mail server on a real port that writes down what it is given, and templates to say something with."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from liangyi.config.env import Env
from liangyi.config.mail import mail_settings
from liangyi.platform.messages.catalogue import MessageTemplate, register, templates

HELLO = "test.hello"


class MailStandIn(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP; `rcpt` and `data` are its answers, `hangs_up` ends the talk after the letter."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.rcpt = "250 ok"
        self.data = "250 ok"
        self.hangs_up = False


class _Talk(socketserver.StreamRequestHandler):
    server: MailStandIn

    def handle(self) -> None:
        self.say("220 ready")
        for raw in self.rfile:
            verb = raw.split()[0].upper().decode() if raw.split() else ""
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "DATA":
                self.say("354 go on")
                self.server.letters.append(self.letter())
                if self.server.hangs_up:
                    return
            self.say({"RCPT": self.server.rcpt, "DATA": self.server.data}.get(verb, "250 ok"))

    def letter(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        return message_from_bytes(b"".join(lines), policy=policy.default)  # type: ignore[return-value]

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def no_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = mail_settings(Env())["EMAIL_BACKEND"]


@pytest.fixture
def mail(settings: Any) -> Iterator[MailStandIn]:
    with MailStandIn() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        url = f"smtp://127.0.0.1:{server.server_address[1]}"
        for name, value in mail_settings(Env(mail_url=url, mail_from="clinic@example.com")).items():
            setattr(settings, name, value)
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def hello() -> Iterator[str]:
    """A template with one param, there for one test."""
    register(MessageTemplate(HELLO, _("取消"), _("{name}，您好")))
    yield HELLO
    templates().pop(HELLO)  # type: ignore[attr-defined]
