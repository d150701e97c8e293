"""What patients are told by mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.messages.catalogue import MessageTemplate, register

CONFIRMATION = register(
    MessageTemplate(
        "scheduling.confirmation",
        _("预约确认：{when}"),
        _(
            "{patient}您好：\n您已预约 {when} 在{site}的“{service}”，医生：{practitioner}。\n{notes}\n"
            "如需改期或取消，请提前联系我们。"
        ),
    )
)
REMINDER = register(
    MessageTemplate(
        "scheduling.reminder",
        _("就诊提醒：{when}"),
        _("{patient}您好：\n提醒您 {when} 到{site}就诊，项目“{service}”，医生：{practitioner}。\n{notes}"),
    )
)
CANCELLATION = register(
    MessageTemplate(
        "scheduling.cancellation",
        _("预约已取消：{when}"),
        _("{patient}您好：\n您 {when} 在{site}的预约已取消。如需另约时间，请联系我们。"),
    )
)
