"""Addresses of the shell."""

from __future__ import annotations

from django.urls import path

from liangyi.web.shell.views import account, drafts, entrance, home, notifications, preferences

app_name = "shell"
urlpatterns = [
    path("", home.home, name="home"),
    path("work/<uuid:item>/finish/", home.finish, name="finish_work"),
    path("work/<uuid:item>/assign/", home.assign, name="assign_work"),
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("language/", entrance.language, name="language"),
    path("keep-alive/", entrance.keep_alive, name="keep_alive"),
    path("me/preferences/", preferences.preferences, name="preferences"),
    path("me/site/", preferences.switch_site, name="switch_site"),
    path("me/password/", account.change_password, name="change_password"),
    path("me/sessions/", account.sessions, name="sessions"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("me/notifications/", notifications.notifications, name="notifications"),
]
