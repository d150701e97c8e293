"""Addresses of accounts, roles, sessions, emergency looks, history and reads."""

from __future__ import annotations

from django.urls import path

from liangyi.web.access.views import accounts, passwords, records, roles, sessions

app_name = "access"
urlpatterns = [
    path("access/", accounts.accounts, name="accounts"),
    path("access/accounts/add/", accounts.add, name="add_account"),
    path("access/accounts/<uuid:account>/", accounts.account, name="account"),
    path("access/accounts/<uuid:account>/edit/", accounts.edit, name="edit_account"),
    path("access/accounts/<uuid:account>/grant/", accounts.grant, name="grant"),
    path("access/accounts/<uuid:account>/revoke/<uuid:held>/", accounts.revoke, name="revoke"),
    path("access/accounts/<uuid:account>/password/", passwords.reset, name="reset_password"),
    path("access/accounts/<uuid:account>/end/", passwords.end, name="end_account"),
    path("access/accounts/<uuid:account>/reactivate/", passwords.reactivate, name="reactivate_account"),
    path("access/roles/", roles.roles, name="roles"),
    path("access/roles/add/", roles.add, name="add_role"),
    path("access/roles/<uuid:role>/", roles.edit, name="edit_role"),
    path("access/sessions/", sessions.sessions, name="sessions"),
    path("access/break-glass/", records.break_glass, name="break_glass"),
    path("access/break-glass/<uuid:record>/", records.review, name="break_glass_review"),
    path("access/history/<slug:table>/<uuid:row>/", records.history, name="history"),
    path("access/reads/", records.reads, name="reads"),
]
