from __future__ import annotations

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from liangyi.config.logs import Formatter
from liangyi.config.requests import RequestMiddleware


def _answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.request_id)  # type: ignore[attr-defined]


def test_request_gets_a_number_that_the_answer_repeats(rf: RequestFactory) -> None:
    response = RequestMiddleware(_answer)(rf.get("/"))
    assert response["X-Request-Id"] == response.content.decode()
    assert len(response["X-Request-Id"]) == 32


@pytest.mark.parametrize(
    ("sent", "is_kept"), [("abc-123_456.7", True), ("short", False), ("a\nb" * 5, False)]
)
def test_request_keeps_a_sensible_number(rf: RequestFactory, sent: str, is_kept: bool) -> None:
    response = RequestMiddleware(_answer)(rf.get("/", headers={"X-Request-Id": sent}))
    assert (response["X-Request-Id"] == sent) == is_kept


def test_request_line_holds_no_query(rf: RequestFactory, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "liangyi.requests"):
        RequestMiddleware(_answer)(rf.get("/patients/?q=13800001234"))
    assert "GET /patients/ 200" in caplog.text
    assert "13800001234" not in caplog.text


def test_pages_stay_out_of_caches(rf: RequestFactory) -> None:
    assert RequestMiddleware(_answer)(rf.get("/"))["Cache-Control"] == "no-store"


def test_log_takes_the_row_out_of_a_database_error() -> None:
    error = ValueError("duplicate key\nDETAIL:  Key (phone)=(13800001234) already exists.")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", (), (ValueError, error, None))
    line = Formatter("%(levelname)s %(request_id)s %(message)s").format(record)
    assert line.startswith("ERROR - failed")
    assert "duplicate key" in line
    assert "13800001234" not in line
