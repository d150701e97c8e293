"""Posts as defined for the group."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.organisation import queries, services
from liangyi.domains.organisation.permissions import MANAGE, SEE
from liangyi.platform import clock
from liangyi.web.organisation import pages
from liangyi.web.organisation.forms import PostForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(SEE)
def posts(request: Request) -> HttpResponse:
    """Every post with the role it needs."""
    return render(request, "organisation/posts.html", {"rows": pages.post_rows()})


@page(MANAGE, methods=("GET", "POST"))
def add_post(request: Request) -> HttpResponse:
    """Define a post."""
    form = PostForm(request.POST or None)
    done = submit(
        request,
        form,
        lambda data: services.add_post(actor=request.actor, at=clock.now(), **data),
        to=reverse("organisation:posts"),
    )
    return done or render(request, "organisation/post_form.html", {"form": form})


@page(MANAGE, methods=("GET", "POST"))
def post(request: Request, post: UUID) -> HttpResponse:
    """Change a post."""
    found = queries.post_for(request.actor, post)
    form = PostForm(request.POST or None, initial=PostForm.initial_of(found))
    done = submit(
        request,
        form,
        lambda data: services.change_post(actor=request.actor, at=clock.now(), post=post, **data),
        to=reverse("organisation:posts"),
    )
    return done or render(request, "organisation/post_form.html", {"form": form, "post": found})
