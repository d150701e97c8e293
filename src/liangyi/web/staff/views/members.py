"""People: list, page, joining, leaving, accounts and posts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.staff import queries, services
from liangyi.domains.staff.permissions import MANAGE, SEE
from liangyi.platform import clock
from liangyi.platform.errors import Invalid
from liangyi.web.organisation.fields import today_at
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit
from liangyi.web.staff import pages
from liangyi.web.staff.forms import (
    AccountForm,
    EndPostForm,
    LeaveForm,
    MemberForm,
    NewMemberForm,
    PostForm,
)


@page(SEE)
def members(request: Request) -> HttpResponse:
    """The people of the active site."""
    context = pages.member_list(request.actor, request.site, request.GET, clock.now())
    return render(request, "staff/members.html", context)


@page(MANAGE, methods=("GET", "POST"))
def add_member(request: Request) -> HttpResponse:
    """Somebody joins, with an account if they are to sign in."""
    form = NewMemberForm(request.POST or None, actor=request.actor, site=request.site)
    done = submit(
        request,
        form,
        lambda _data: services.add_member(
            actor=request.actor,
            at=clock.now(),
            site=request.site.id,
            account=form.new_account,
            **form.person,
        ),
        to=lambda member: _page_of(member.id),
    )
    return done or render(request, "staff/add_member.html", {"form": form})


@page(SEE)
def member(request: Request, member: UUID) -> HttpResponse:
    """One person."""
    found = queries.member_for(request.actor, member)
    context = pages.member_context(request.actor, found, request.site, clock.now())
    return render(request, "staff/member.html", context)


@page(MANAGE, methods=("GET", "POST"))
def edit_member(request: Request, member: UUID) -> HttpResponse:
    """Correct what is known of somebody."""
    found = queries.member_for(request.actor, member)
    form = MemberForm(
        request.POST or None,
        initial=MemberForm.initial_of(found),
        actor=request.actor,
        site=found.site or request.site,
    )
    done = submit(
        request,
        form,
        lambda data: services.change_member(actor=request.actor, at=clock.now(), member=member, **data),
        to=_page_of(member),
    )
    return done or render(request, "staff/edit_member.html", {"form": form, "member": found})


@page(MANAGE, methods=("GET", "POST"))
def open_account(request: Request, member: UUID) -> HttpResponse:
    """Let somebody sign in."""
    found = queries.member_for(request.actor, member)
    form = AccountForm(request.POST or None)

    def open_it(_data: object) -> object:
        if form.new_account is None:
            raise Invalid({"username": []})
        return services.open_account(
            actor=request.actor,
            at=clock.now(),
            member=member,
            site=request.site.id,
            account=form.new_account,
        )

    done = submit(request, form, open_it, to=_page_of(member))
    return done or render(request, "staff/open_account.html", {"form": form, "member": found})


@page(MANAGE, methods=("GET", "POST"))
def leave_(request: Request, member: UUID) -> HttpResponse:
    """Somebody leaves."""
    found = queries.member_for(request.actor, member)
    form = LeaveForm(request.POST or None, initial={"left_on": today_at(request.site, clock.now())})
    done = submit(
        request,
        form,
        lambda data: services.end_employment(actor=request.actor, at=clock.now(), member=member, **data),
        to=_page_of(member),
    )
    return done or render(request, "staff/leave.html", {"form": form, "member": found})


@page(MANAGE, methods=("GET", "POST"))
def hold_post(request: Request, member: UUID) -> HttpResponse:
    """Somebody takes a post."""
    found = queries.member_for(request.actor, member)
    known = {"site": request.site.id, "held_from": today_at(request.site, clock.now())}
    form = PostForm(request.POST or None, initial=known, actor=request.actor)
    done = submit(
        request,
        form,
        lambda data: services.hold_post(actor=request.actor, at=clock.now(), member=member, **data),
        to=_page_of(member),
    )
    return done or render(request, "staff/hold_post.html", {"form": form, "member": found})


@page(MANAGE, methods=("GET", "POST"))
def end_post(request: Request, member: UUID, held: UUID) -> HttpResponse:
    """Somebody gives a post up."""
    found = queries.member_for(request.actor, member)
    row = queries.post_held_for(found, held)
    form = EndPostForm(request.POST or None, initial={"held_to": today_at(request.site, clock.now())})
    done = submit(
        request,
        form,
        lambda data: services.end_post(actor=request.actor, at=clock.now(), held=held, **data),
        to=_page_of(member),
    )
    return done or render(request, "staff/end_post.html", {"form": form, "member": found, "held": row})


def _page_of(member: UUID) -> str:
    return reverse("staff:member", args=[member])
