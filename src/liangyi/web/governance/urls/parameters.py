"""Addresses of parameters."""

from __future__ import annotations

from django.urls import path

from liangyi.web.governance.views import parameters as views

_ROOT = "policies/parameters/"

urlpatterns = [
    path(_ROOT, views.parameters, name="parameters"),
    path(_ROOT + "request/<uuid:match>/", views.request_setting, name="request_setting"),
    path(_ROOT + "request/<uuid:match>/effect/", views.effect, name="setting_effect"),
    path(_ROOT + "inline/<uuid:match>/", views.inline, name="parameter_inline"),
    path(_ROOT + "settings/<uuid:setting>/", views.setting, name="setting"),
    path(_ROOT + "settings/<uuid:setting>/end/", views.end_setting, name="end_setting"),
    path(_ROOT + "settings/<uuid:setting>/withdraw/", views.withdraw_setting, name="withdraw_setting"),
    path(_ROOT + "<str:control>/<str:name>/", views.parameter, name="parameter"),
]
