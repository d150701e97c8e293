"""Addresses of the organisation's set-up screens."""

from __future__ import annotations

from django.urls import path

from liangyi.web.organisation.views import calendar, posts, premises, sites, working_days

app_name = "organisation"
urlpatterns = [
    path("settings/sites/", sites.sites, name="sites"),
    path("settings/sites/add/", sites.add_site, name="add_site"),
    path("settings/institution/", sites.institution, name="institution"),
    path("settings/sites/<uuid:site>/", sites.site, name="site"),
    path("settings/sites/<uuid:site>/edit/", sites.edit_site, name="edit_site"),
    path("settings/sites/<uuid:site>/licences/add/", sites.add_licence, name="add_licence"),
    path("settings/licences/<uuid:licence>/", sites.correct_licence, name="correct_licence"),
    path("settings/licences/<uuid:licence>/renew/", sites.renew_licence, name="renew_licence"),
    path("settings/premises/", premises.premises, name="premises"),
    path("settings/departments/add/", premises.add_department, name="add_department"),
    path("settings/departments/<uuid:department>/", premises.department, name="department"),
    path("settings/rooms/add/", premises.add_room, name="add_room"),
    path("settings/rooms/<uuid:room>/", premises.room, name="room"),
    path("settings/rooms/<uuid:room>/use/", premises.use_room, name="use_room"),
    path("settings/calendar/", calendar.opening, name="calendar"),
    path("settings/calendar/hours/", calendar.hours, name="hours"),
    path("settings/calendar/working-days/", working_days.working_days, name="working_days"),
    path("settings/calendar/working-days/load/", working_days.load_working_days, name="load_working_days"),
    path("settings/closing-days/add/", calendar.add_closing_day, name="add_closing_day"),
    path(
        "settings/closing-days/<uuid:closing_day>/remove/",
        calendar.remove_closing_day,
        name="remove_closing_day",
    ),
    path("settings/posts/", posts.posts, name="posts"),
    path("settings/posts/add/", posts.add_post, name="add_post"),
    path("settings/posts/<uuid:post>/", posts.post, name="post"),
]
