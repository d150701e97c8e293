"""The components pages are made of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from liangyi.platform.errors import Refusal, Refused
from liangyi.web.shell import facts


class VisitForm(forms.Form):
    reason = forms.CharField(label="来由", help_text="一句话")
    urgent = forms.BooleanField(label="加急", required=False)
    kind = forms.ChoiceField(label="类型", choices=[("a", "初诊"), ("b", "复诊")], widget=forms.RadioSelect)


def drawn(source: str, path: str = "/list/", **context: Any) -> str:
    request = RequestFactory().get(path)
    return Template("{% load shell %}" + source).render(Context({"request": request, **context}))


def test_form_field_shows_label_help_and_error_wired_together() -> None:
    html = drawn("{% form_field form.reason %}", form=VisitForm({"reason": ""}))
    assert 'for="id_reason"' in html
    assert 'aria-describedby="id_reason_help id_reason_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="field-error" id="id_reason_error"' in html


def test_form_field_draws_choices_as_a_named_group() -> None:
    html = drawn("{% form_field form.kind %}", form=VisitForm())
    assert "<fieldset" in html
    assert html.count("form-check-input") == 2


def test_form_field_says_what_may_be_left_out() -> None:
    assert "选填" not in drawn("{% form_field form.reason %}", form=VisitForm())
    assert 'type="checkbox"' in drawn("{% form_field form.urgent %}", form=VisitForm())


def test_form_include_draws_the_whole_form() -> None:
    html = drawn(
        '{% include "shell/form.html" with form=form verb="确认" cancel="/back/" %}', form=VisitForm()
    )
    assert 'data-draft="/list/"' in html
    assert "确认</button>" in html
    assert 'href="/back/"' in html


def test_refusal_says_what_why_and_how_to_put_it_right() -> None:
    facts.label_fact("test_expires_on", "到期日")
    refused = Refused(
        "Book",
        [
            Refusal(
                control="none",
                reason="王医生的执业证书 2026-10-31 到期",
                facts={"test_expires_on": "2026-10-31", "test_unlabelled": 3},
                remedy="更新证书",
                remedy_url="/staff/1/",
                overridable_by=("director",),
            )
        ],
    )
    html = drawn("{% refusal refused %}", refused=refused)
    assert "王医生的执业证书 2026-10-31 到期" in html
    assert "<dt>到期日</dt><dd>2026-10-31</dd>" in html
    assert "test_unlabelled" not in html
    assert 'href="/staff/1/"' in html
    assert "可由院长写明理由" in html


def test_refusal_escapes_what_people_typed() -> None:
    html = drawn("{% refusal r %}", r=Refusal(control="none", reason="<script>alert(1)</script>"))
    assert "<script>" not in html


def test_icon_points_into_the_sprite_and_is_decorative() -> None:
    html = drawn('{% icon "calendar" %}')
    assert "#calendar" in html
    assert 'aria-hidden="true"' in html


def test_status_badge_is_more_than_colour() -> None:
    html = drawn('{% status_badge "已到" "good" %}')
    assert "已到" in html
    assert "#check" in html


def test_chips_set_and_unset_their_value_and_forget_the_page() -> None:
    source = '{% chips "status" choices label="状态" %}'
    choices = [("open", "待办", 3), ("done", "已办")]
    html = drawn(source, path="/list/?status=open&after=9&q=x", choices=choices)
    assert 'class="chip is-on" href="?q=x"' in html
    assert 'href="?status=done&amp;q=x"' in html


def test_load_more_needs_a_key() -> None:
    assert "?after=k9" in drawn('{% load_more "k9" %}')
    assert "<a" not in drawn('{% load_more "" %}')


def test_query_with_replaces_values() -> None:
    assert drawn('{% query_with day="2026-01-02" q="" %}', path="/list/?day=1&q=2") == "?day=2026-01-02"


def test_capture_keeps_text_for_two_places() -> None:
    assert drawn("{% capture x %} <b>{{ y }}</b> {% endcapture %}{{ x }}{{ x }}", y="&") == "<b>&amp;</b>" * 2


def test_json_attribute_cannot_break_out_of_its_attribute() -> None:
    html = drawn('<p data-x="{{ value|json_attribute }}">', value={"a": '"><script>'})
    assert "<script>" not in html
    assert html.count('"') == 2
