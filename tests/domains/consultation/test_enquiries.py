"""An enquiry from the first word to the appointment it led to, or to none."""

from __future__ import annotations

import pytest

from liangyi.domains.consultation import queries, services
from liangyi.domains.consultation.errors import EnquiryClosedAlready
from liangyi.domains.consultation.models import Enquiry
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.services import book_appointment
from liangyi.platform.errors import Denied, Invalid, Missing
from liangyi.platform.worklist.models import WorkItem


@pytest.fixture
def enquiry(clinic, consultant, at):
    return services.open_enquiry(
        actor=consultant, at=at, site=clinic.site.id, name="陈女士", phone="138 1234 5678", channel="wechat"
    )


def test_open_enquiry_gives_the_consultants_a_day(enquiry):
    item = WorkItem.objects.get(subject_id=enquiry.id)
    assert (item.kind, item.role) == ("consultation.follow_up", "consultant")
    assert enquiry.phone == "13812345678"


def test_booking_from_an_enquiry_closes_it(clinic, consultant, enquiry, at):
    origin = ("consultation.enquiry", enquiry.id)
    booked = book_appointment(actor=consultant, at=at, **clinic.booking(origin=origin))
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.appointment_id) == ("booked", booked.id)
    assert enquiry.patient_id == clinic.patient.id
    assert WorkItem.objects.get(subject_id=enquiry.id).done_at == at


def test_booking_from_a_closed_enquiry_is_undone(clinic, consultant, enquiry, at):
    services.close_enquiry(actor=consultant, at=at, enquiry=enquiry.id, reason="太贵")
    with pytest.raises(EnquiryClosedAlready):
        book_appointment(
            actor=consultant, at=at, **clinic.booking(origin=("consultation.enquiry", enquiry.id))
        )
    assert not Appointment.objects.exists()


def test_link_an_appointment_that_was_booked_apart(clinic, consultant, enquiry, at):
    booked = book_appointment(actor=consultant, at=at, **clinic.booking())
    linked = services.link_appointment(actor=consultant, at=at, enquiry=enquiry.id, appointment=booked.id)
    assert linked.status == "booked"


def test_close_needs_a_reason_and_happens_once(consultant, enquiry, at):
    with pytest.raises(Invalid):
        services.close_enquiry(actor=consultant, at=at, enquiry=enquiry.id, reason="")
    services.close_enquiry(actor=consultant, at=at, enquiry=enquiry.id, reason="无意向")
    with pytest.raises(EnquiryClosedAlready):
        services.close_enquiry(actor=consultant, at=at, enquiry=enquiry.id, reason="无意向")


def test_link_patient_of_the_site(clinic, consultant, enquiry, at):
    linked = services.link_patient(actor=consultant, at=at, enquiry=enquiry.id, patient=clinic.patient.id)
    assert linked.patient_id == clinic.patient.id


@pytest.mark.parametrize(
    "values", [{"name": " "}, {"phone": "12"}, {"channel": "pigeon"}, {"note": "x" * 501}]
)
def test_open_enquiry_refuses_bad_input(clinic, consultant, at, values):
    with pytest.raises(Invalid):
        services.open_enquiry(
            **{"actor": consultant, "at": at, "site": clinic.site.id, "name": "陈"} | values
        )
    assert not Enquiry.objects.exists()


def test_outsider_and_nurse_get_nothing(clinic, enquiry, outsider, nurse, at):
    with pytest.raises(Missing):
        queries.enquiry_for(outsider, enquiry.id)
    with pytest.raises(Missing):
        services.close_enquiry(actor=outsider, at=at, enquiry=enquiry.id, reason="x")
    with pytest.raises(Denied):
        queries.enquiries_for_list(nurse, site=clinic.site.id)


def test_list_finds_by_name_and_last_digits(clinic, consultant, enquiry):
    for text in ("陈", "5678", ""):
        assert list(queries.enquiries_for_list(consultant, site=clinic.site.id, text=text)) == [enquiry]
    assert not queries.enquiries_for_list(consultant, site=clinic.site.id, after=enquiry.id)
