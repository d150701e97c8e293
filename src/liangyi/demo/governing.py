"""The clinic's own policies: in force and read by those who must, one about to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from liangyi.demo.options import Options
from liangyi.demo.world import World
from liangyi.domains.governance import services as governance
from liangyi.domains.governance.models import Match, PolicyVersion, Receipt
from liangyi.domains.governance.rules.bundled import bundled
from liangyi.domains.governance.rules.living import Asked
from liangyi.domains.governance.services import life, receipts
from liangyi.domains.governance.services.bundled import take_bundled
from liangyi.domains.governance.services.parameters import request_setting
from liangyi.platform.actors import Actor
from liangyi.platform.approvals.models import Approval
from liangyi.platform.approvals.services import decide

IN_FORCE_DAYS = 120
ASKED_AGAIN_DAYS = 4
LEFT_UNREAD = 5


@dataclass(frozen=True)
class Live:
    """A policy of the pack as the demo runs it: who must read it, and what they are asked."""

    code: str
    readers: tuple[str, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Value:
    """A clause of a policy, and the value that it gives to a parameter."""

    code: str
    number: str
    control: str
    parameter: str
    value: int


LIVE = (
    Live(
        "aesthetic_operations",
        ("surgeon", "anaesthetist", "nurse", "consultant"),
        (
            Asked("未登记监护人的 16 岁求美者能预约吗？", ("可以，到院再补", "不可以"), 1),
            Asked("设备校准昨天到期，今天还能用吗？", ("不能", "能，本周内补上即可"), 0),
        ),
    ),
    Live(
        "dental_front_desk",
        ("reception", "dentist"),
        (Asked("约不上时要告诉患者什么？", ("原因和就近的其他时间", "请他改天再打来"), 0),),
    ),
    Live("continuous_improvement", ("quality", "director"), ()),
)
SETTINGS = (
    Value("aesthetic_operations", "3.12", "staff.credential_expiring", "days_before", 60),
    Value("aesthetic_operations", "9.60", "facilities.calibration_due", "days_before", 30),
)
WAITING = Value("dental_front_desk", "2.6", "scheduling.reminded", "hours", 24)
REWRITTEN = {"平均候诊超过15分钟的应调整排班": "平均候诊超过10分钟的应调整排班"}
ADDED = "9. 患者等候超过30分钟的，前台应主动说明原因。\n"


def govern(options: Options, world: World) -> None:
    """Policies released a while ago, mostly read; values set from clauses; a new version in review."""
    began = options.moment - timedelta(days=IN_FORCE_DAYS)
    versions = {policy.code: _put_in_force(world, policy, began) for policy in LIVE}
    for value in SETTINGS:
        asked = _ask_for(world, began + timedelta(days=1), versions[value.code], value)
        _approve(world.actors["director"], began + timedelta(days=2), asked)
    _read_them(world, began)
    lately = options.moment - timedelta(days=ASKED_AGAIN_DAYS)
    _ask_for(world, lately, versions[WAITING.code], WAITING)
    _propose_a_change(world, lately, versions["dental_front_desk"])


def _put_in_force(world: World, policy: Live, began: datetime) -> PolicyVersion:
    quality, director = world.actors["quality"], world.actors["director"]
    version = take_bundled(actor=quality, at=began - timedelta(days=9), code=policy.code)
    receipts.write_test(
        actor=quality, at=began - timedelta(days=8), version=version.id, questions=policy.questions
    )
    life.submit_version(actor=quality, at=began - timedelta(days=8), version=version.id)
    _approve(director, began - timedelta(days=6), version.id)
    return life.release_version(
        actor=quality,
        at=began,
        version=version.id,
        effective_from=began.date(),
        readers=policy.readers,
    )


def _approve(director: Actor, at: datetime, subject: UUID) -> None:
    waiting = Approval.objects.get(subject_id=subject, closed_at=None)
    decide(actor=director, at=at, approval=waiting, approve=True)


def _ask_for(world: World, at: datetime, version: PolicyVersion, wanted: Value) -> UUID:
    """A clause's number as the value of a parameter, from the day after next."""
    match = Match.objects.get(policy=version.policy_id, clause__number=wanted.number, control=wanted.control)
    setting = request_setting(
        actor=world.actors["quality"],
        at=at,
        match=match.id,
        parameter=wanted.parameter,
        value=wanted.value,
        effective_from=(at + timedelta(days=2)).date(),
    )
    return setting.id


def _read_them(world: World, began: datetime) -> None:
    """Everybody with a place in the demo reads within days, but for every fifth."""
    people = {actor.id: actor for actor in world.actors.values()}
    asked = Receipt.objects.filter(completed_at=None).select_related("version").order_by("version", "account")
    for place, receipt in enumerate(asked):
        reader = people.get(receipt.account_id)
        if reader is not None and place % LEFT_UNREAD != LEFT_UNREAD - 1:
            _read(reader, receipt, began + timedelta(days=1 + place % 5, hours=2))


def _read(reader: Actor, receipt: Receipt, at: datetime) -> None:
    last = receipt.version.clauses.order_by("-position").values_list("position", flat=True)[0]
    receipts.note_progress(actor=reader, at=at, receipt=receipt.id, position=last)
    receipts.confirm_reading(actor=reader, at=at + timedelta(minutes=12), receipt=receipt.id)
    answers: Sequence[int] = list(
        receipt.version.questions.order_by("position").values_list("answer", flat=True)
    )
    if answers:
        receipts.answer_test(actor=reader, at=at + timedelta(minutes=14), receipt=receipt.id, answers=answers)


def _propose_a_change(world: World, at: datetime, before: PolicyVersion) -> None:
    """The front desk wants to be stricter: a new version that waits for the director."""
    quality = world.actors["quality"]
    text = bundled()["dental_front_desk"].text
    for old, new in REWRITTEN.items():
        text = text.replace(old, new)
    text = text.replace("\n四、咨询与分诊", f"{ADDED}\n四、咨询与分诊")
    version = governance.import_policy(
        actor=quality, at=at, content=text.encode(), filename="dental_front_desk.txt", policy=before.policy_id
    )
    life.submit_version(actor=quality, at=at, version=version.id, note="候诊目标收紧到 10 分钟")
