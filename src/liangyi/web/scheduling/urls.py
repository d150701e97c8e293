"""Addresses of the front desk."""

from __future__ import annotations

from django.urls import path

from liangyi.web.scheduling.views import appointment, booking, closing, day, queue, records, rota

app_name = "scheduling"
_ONE = "scheduling/appointments/<uuid:appointment_id>/"
_PERSON = "scheduling/rota/<uuid:staff_id>/"
urlpatterns = [
    path("scheduling/", day.day, name="day"),
    path("scheduling/book/", booking.book, name="book"),
    path("scheduling/book/patients/", booking.patient_hits, name="patient_hits"),
    path("scheduling/book/new-patient/", booking.new_patient, name="new_patient"),
    path("scheduling/queue/", queue.queue, name="queue"),
    path("scheduling/queue/wall/", queue.wall, name="wall"),
    path("scheduling/queue/walk-in/", queue.walk_in, name="walk_in"),
    path("scheduling/queue/past-visit/", queue.past_visit, name="past_visit"),
    path(_ONE, appointment.appointment, name="appointment"),
    path(_ONE + "check-in/", appointment.check_in, name="check_in"),
    path(_ONE + "call/", appointment.call, name="call"),
    path(_ONE + "start/", appointment.start, name="start"),
    path(_ONE + "finish/", appointment.finish, name="finish"),
    path(_ONE + "reschedule/", appointment.reschedule, name="reschedule"),
    path(_ONE + "cancel/", appointment.cancel, name="cancel"),
    path(_ONE + "no-show/", appointment.no_show, name="no_show"),
    path(_ONE + "undo-no-show/", appointment.undo_no_show, name="undo_no_show"),
    path(_ONE + "late/<slug:step>/", appointment.late, name="late"),
    path("scheduling/rota/", rota.rota, name="rota"),
    path(_PERSON + "week/", rota.week, name="rota_week"),
    path(_PERSON + "day/", rota.one_day, name="rota_day"),
    path(_PERSON + "end/", rota.end, name="rota_end"),
    path(_PERSON + "leave/", rota.add_leave, name="add_leave"),
    path("scheduling/leave/<uuid:leave_id>/end/", rota.end_leave, name="end_leave"),
    path("scheduling/rota/rebook/", rota.rebook, name="rebook"),
    path("scheduling/end-of-day/", closing.end_of_day, name="end_of_day"),
    path("scheduling/records/", records.records, name="records"),
    path("scheduling/patients/<uuid:patient_id>/", records.of_patient, name="of_patient"),
]
