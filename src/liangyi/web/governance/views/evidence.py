"""How clauses are carried out: the register, the board, and one clause down to its records."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from liangyi.domains.governance import queries
from liangyi.domains.governance.permissions import VIEW
from liangyi.platform.controls.permissions import VIEW as VIEW_CONTROLS
from liangyi.web.governance.pages.board import board_context
from liangyi.web.governance.pages.clause import clause_context
from liangyi.web.governance.pages.register import register_context
from liangyi.web.shell.page import Request, page


@page(VIEW_CONTROLS)
def register(request: Request) -> HttpResponse:
    """Every obligation and prohibition in force with how it is carried out."""
    return render(request, "governance/evidence/register.html", register_context(request))


@page(VIEW_CONTROLS)
def board(request: Request) -> HttpResponse:
    """Which share of the clauses is carried out."""
    return render(request, "governance/evidence/board.html", board_context(request))


@page(VIEW)
def clause(request: Request, clause: UUID) -> HttpResponse:
    """One clause with its place, what carries it out, and the records behind that."""
    found = queries.clause_for(request.actor, clause)
    return render(request, "governance/evidence/clause.html", clause_context(request, found))
