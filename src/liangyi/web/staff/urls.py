"""Addresses of the staff screens."""

from __future__ import annotations

from django.urls import path

from liangyi.web.staff.views import credentials, members, privileges

app_name = "staff"
urlpatterns = [
    path("settings/staff/", members.members, name="members"),
    path("settings/staff/add/", members.add_member, name="add_member"),
    path("settings/staff/<uuid:member>/", members.member, name="member"),
    path("settings/staff/<uuid:member>/edit/", members.edit_member, name="edit_member"),
    path("settings/staff/<uuid:member>/account/", members.open_account, name="open_account"),
    path("settings/staff/<uuid:member>/leave/", members.leave_, name="leave"),
    path("settings/staff/<uuid:member>/posts/add/", members.hold_post, name="hold_post"),
    path("settings/staff/<uuid:member>/posts/<uuid:held>/end/", members.end_post, name="end_post"),
    path("settings/staff/<uuid:member>/credentials/add/", credentials.add_credential, name="add_credential"),
    path("settings/credentials/<uuid:credential>/", credentials.credential, name="credential"),
    path("settings/credentials/<uuid:credential>/edit/", credentials.edit_credential, name="edit_credential"),
    path("settings/credentials/<uuid:credential>/verify/", credentials.verify, name="verify_credential"),
    path("settings/credentials/<uuid:credential>/revoke/", credentials.revoke, name="revoke_credential"),
    path("settings/staff/<uuid:member>/privileges/add/", privileges.grant, name="grant_privilege"),
    path("settings/privileges/<uuid:privilege>/", privileges.privilege, name="privilege"),
    path("settings/privileges/<uuid:privilege>/suspend/", privileges.suspend, name="suspend_privilege"),
    path("settings/privileges/<uuid:privilege>/resume/", privileges.resume, name="resume_privilege"),
    path("settings/privileges/<uuid:privilege>/end/", privileges.end, name="end_privilege"),
]
