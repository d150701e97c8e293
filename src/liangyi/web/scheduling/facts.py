"""What the facts of scheduling's gates are called in a refusal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.web.shell.facts import label_fact

LABELS = {
    "practitioner": _("医生"),
    "site": _("院区"),
    "subject": _("诊疗科目"),
    "service": _("项目"),
    "level": _("项目级别"),
    "allowed": _("许可级别"),
    "licence": _("许可证号"),
    "model": _("设备型号"),
    "equipment": _("设备"),
    "due": _("校准到期"),
    "birth_date": _("出生日期"),
    "closing_reason": _("停诊原因"),
    "day": _("就诊日期"),
    "appointments": _("受影响的预约"),
    "first_day": _("最早一天"),
    "last_day": _("最晚一天"),
}


def label_facts() -> None:
    """Give each its name."""
    for name, title in LABELS.items():
        label_fact(name, title)
