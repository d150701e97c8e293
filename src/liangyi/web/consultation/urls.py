"""Addresses of enquiries."""

from __future__ import annotations

from django.urls import path

from liangyi.web.consultation import views

app_name = "consultation"
_ONE = "enquiries/<uuid:enquiry_id>/"
urlpatterns = [
    path("enquiries/", views.enquiries, name="list"),
    path("enquiries/new/", views.new, name="new"),
    path(_ONE, views.enquiry, name="enquiry"),
    path(_ONE + "phone/", views.phone, name="phone"),
    path(_ONE + "patient/", views.link_patient, name="link_patient"),
    path(_ONE + "close/", views.close, name="close"),
]
