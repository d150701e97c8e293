"""The laws the demo clinic watches: most looked up lately, some still due, one that has changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from liangyi.demo.options import Options
from liangyi.demo.world import World
from liangyi.domains.governance.enums import CheckOutcome
from liangyi.domains.governance.models import Regulation
from liangyi.domains.governance.queries.laws import clauses_for_search
from liangyi.domains.governance.services.laws import check_regulation, link_clause, load_regulations
from liangyi.platform.actors import Actor

LISTED_DAYS = 110
CHECKED_DAYS = 60
CHANGED_DAYS = 3
NOT_YET = ("电子病历应用管理规范", "医疗保障基金使用监督管理条例")
CHANGED = ("医疗机构管理条例", "手头是 2016 年文本，条号与现行文本对不上，请逐条核对")
ANSWERED = (
    ("中华人民共和国医师法", "第十四条", "执业证书 就诊当天"),
    ("护士条例", "第八条", "执业证书 就诊当天"),
    ("医疗机构管理条例", "第二十二条", "执业许可证 校验"),
    ("医疗器械监督管理条例", "第五十条", "校准有效期"),
    ("医疗废物管理条例", "第十七条", "医疗废物 48小时"),
    ("中华人民共和国药品管理法", "第七十二条", "四查十对"),
    ("中华人民共和国广告法", "第十六条", "广告发布前应审查"),
    ("明码标价和禁止价格欺诈规定", "", "不得高于公示价格"),
    ("医疗纠纷预防和处理条例", "第十八条", "接到投诉"),
    ("中华人民共和国民法典", "第一千二百一十九条", "通俗的语言"),
    ("中华人民共和国个人信息保护法", "第十七条", "个人信息的处理目的"),
    (
        "最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释",
        "",
        "预付套餐",
    ),
)


def watch_laws(options: Options, world: World) -> None:
    """The quality manager's list, tied to the clauses in force; a change that waits to be answered."""
    quality = world.actors["quality"]
    listed = options.moment - timedelta(days=LISTED_DAYS)
    load_regulations(actor=quality, at=listed)
    laws = {law.title: law for law in Regulation.objects.all()}
    for title, article, words in ANSWERED:
        _tie(quality, listed, laws[title], article, words)
    for day, title in enumerate(sorted(laws.keys() - set(NOT_YET))):
        looked_up = options.moment - timedelta(days=CHECKED_DAYS - day)
        check_regulation(
            actor=quality, at=looked_up, regulation=laws[title].id, outcome=CheckOutcome.UNCHANGED
        )
    title, note = CHANGED
    check_regulation(
        actor=quality,
        at=options.moment - timedelta(days=CHANGED_DAYS),
        regulation=laws[title].id,
        outcome=CheckOutcome.CHANGED,
        note=note,
    )


def _tie(quality: Actor, at: datetime, law: Regulation, article: str, words: str) -> None:
    """The first clause with these words answers the article."""
    for clause in clauses_for_search(quality, words)[:1]:
        link_clause(actor=quality, at=at, regulation=law.id, clause=clause.id, article=article)
