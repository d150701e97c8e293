"""What a clause is: heading, principle, obligation, prohibition, definition or narrative."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liangyi.domains.governance.rules.reading.bans import has_ban, has_limit, is_bare_ban
from liangyi.domains.governance.rules.reading.orders import is_no_order, is_order, is_report
from liangyi.domains.governance.rules.reading.pieces import Kind
from liangyi.domains.governance.rules.reading.terse import is_terse
from liangyi.domains.governance.rules.words import words

_DUTY = re.compile(
    r"(?<![不反响适供相对效感呼顺副答内照因])应(?!如何|怎[么样]|用(?!通俗|简明|中文|普通话|书面|专用|专门)|急|激|答|聘(?!请|用|任)|届|运|征|变|酬|收(?!集|取|回|存|治)|付|有尽有|战|接不暇|力|得|许|对(?:能力|策略|措施|突发|危机|挑战|风险|医疗|这|未来|市场|各种|机制|预案|方案))"
    r"|必须|务必|务须|须(?!知)|应当|(?<![急所亟必按无不])需(?!求)"
    r"|(?<![需重主必只就概摘简次首纲将不若我你])要(?!求|点|素|件|么|害|领|约|闻|旨|因|紧|是|在于)|要求(?=.{1,12}(?:按照?|严格|遵守|热情|必须))"
    r"|[\d一二三四五六七八九十两]\s?个?(?:工作日|小时|分钟|天|日|周|月|声)(?:之|以)?内(?![容部外])|一律|[一每]人一(?!个)|一患一|一用一"
    r"|每(?:日|天|周|月|季度?|半年|年|班|次|例|台)[^，。]{0,8}(?:(?<!人)次|检查|消毒|清洁|记录|核对|盘点|校准)"
    r"|(?:按|依照?|依据)[^，。]{1,20}(?:处罚|追究|处分|处理)|责任人?为|由.{2,30}(?:负责|承担|审批|批准|签字|组织|共同|执行)|负责[^，。]{2,}|有(?:义务|责任)|不少于|不低于|不超过|不高于|至少|以内|内完成|方可|才能上岗"
    r"|\b(?:must|shall|should|is required to|are required to|has to|have to)\b",
    re.IGNORECASE,
)
_IMPERATIVE = words("imperatives")
_STARTS = re.compile("(?:" + "|".join(_IMPERATIVE) + ")(?![的者率]|组(?![织建成]))")
_LEAD_IN = re.compile(
    r"(?:同时|此外|另外|并且?|还要?|也要|要|首先|其次|再次|最后|然后|随后|接下来|具体来说|必要时|如有必要|原则上|一般|平时)[，,]?"
)
_CIRCUMSTANCE = re.compile(
    r"(?:对于?|针对|根据|按照?|依据|依照|通过|为了?|在|从|将|把|以|向|与|如|若|当|凡|由(?!于)|自|经|利用|结合|借助|采用|除了?|遇|一旦|接到|发生|发现)"
)
_AFTER_CIRCUMSTANCE = re.compile(
    r"(?:进行|予以|给予|作出|做出|实施|提供|开展|制定|建立|设置|公布|记录|安排|组织|评估|定期|及时|立即|完善|加强|处理|告知|"
    r"收集|分析|反馈|分享|纳入|培训|签署|检查|登记|上报|报告|确认|设立|发送|通知|采取|调整|做好|明确|确保|保护|核对|停止|启动|提高|了解|发布|搭建|存放|保存|归档|消毒|构建|组建|公示|统计|接受|接待|解释|说明|纳入|观察|询问|发现|分类|签订|填写|汇总|更新|挂钩|放在)"
)
_ACTOR = re.compile(
    r"(?:各?(?:医生|医师|护士|医护人员|医务人员|工作人员|员工|客户|患者|家属|公司|医院|诊所|科室|部门|主任|院长|药师|麻醉师|手术者|术者|"
    r"前台|客服|咨询师|顾问|收银员?|会计|机构|门诊|护士长|负责人|管理员|质控员|药房|仓库)[^，。；：]{0,8}?)"
    r"(?:对|与|向|按照?|根据|为|在.{1,12}[前后中时]|每[日天周月年次])?[^，。；]{0,12}?"
    r"(?:进行|登记|签署|负责|提供|安排|填写|检查|核对|记录|上报|报告|指导|完成|执行|审核|审批|确认|通知|告知|制定)"
)
_PERMISSION = re.compile(r"^[^，。]{0,14}(?:可以|可|有权|能够)(?!能|能性)")
_ESSAY = re.compile(
    r"重要(?:组成部分|性|意义|因素|环节|保障|标志|途径|手段|标准|指标|一环|原因|依据|任务)|关键(?:所在|环节|因素|保障|在于)|基石|"
    r"核心(?:是|在于|任务|要素)|随着|近年来|当前|目前|日益|往往|已经?成为|可能会?(?:导致|对|面临|引发|影响)|导致|"
    r"存在(?:一定|诸多|一些|着|差异)|面临|带来了?|例如|比如|如[:：]|据统计|研究表明|旨在|意味着|取决于|有待|亟待|仍需|仍然|"
    r"不仅.{2,30}(?:还|也|更)|只有.{2,60}才能|将(?:会|致力于|继续|成为|更加)|综上|总之|是一[个种]|"
    r"我们(?:相信|坚信|取得|积累|得出|的|坚持患者|也将|将|不断|注重|定期|也|信心)|提出了?更高|"
    r"是.{1,30}的(?:过程|体现|工具|基础|前提|关键|核心|保障|原则|重要|活动)"
)
# Beside a word of rule these say nothing; without one they tell.
_WEAK_ESSAY = re.compile(r"有助于|有利于|体现在?|才能|得到了|能够|可以")
_DEFINITION = re.compile(
    r"(?:所称|所指|是指|系指|指的是|定义[为是:：])|^[^，。]{1,20}[：:]\s?(?:是?指)|适用于|"
    r"[，,](?:统?称为?|即为|简称)[^，,。；;]{2,12}[。；;]?$|^系?指(?![导定标出派示挥引纹甲数征南明望责])|"
    r"^本(?:制度|办法|规定|细则|规范|方案)(?:所?包[括含]|涵盖)|^适用范围|"
    r"^[^，,。；;]{2,14}是[^。；;]{6,60}的(?:医疗)?(?:文书|凭[据证]|药品|器械|物品|材料|行为|情形|事件|操作|手术|场所)(?=[，,。；;]|$)|"
    r"\b(?:means|refers to|applies to)\b"
)
_PRINCIPLE = re.compile(
    r"原则[:：是]|的原则|为(?:宗旨|原则|核心理念|使命|己任|方针)|宗旨[:：是]|方针[:：是]|理念[:：是]|本(?:制度|办法|规定|细则|规范|方案|程序)旨在|"
    r"^为了?.{4,120}(?:特?制定|制订)本|以.{2,10}为(?:中心|导向|本|根本|准则)"
)
_PURPOSE = re.compile(
    r"(?:为了?|根据|依据|依照|按照|结合)[^。；;]{4,120}(?:制定|制订|订定|订立|拟定|拟订|制作|订)(?:了|出)?(?:本|此)|"
    r"本(?:制度|办法|规定|细则|规范|方案|程序|预案)[^。；;]{0,90}旨在"
)
_INTRODUCES = re.compile(
    r"^(?:为|根据|依据|依照|结合)[^。；;]{2,80}(?:(?:规定|要求|通知|制度|办法)如下|(?:作|做)出?如下(?:规定|要求))[：:。]?$|^为[^，,。的]{2,12}$"
)
_CONDITION = re.compile(
    r"^(?:未|除|凡|非|没有|无|如|若|遇|当|对|在|因|经)|(?:的|者|时|[之以]?[前后]|期间|过程中|情况下|情形下|中|内|外)\s*$"
)
# A bare moment out of a list of moments is nothing to do yet: 清洁操作前；
_MOMENT = re.compile(r"^[^，,。；;]{2,14}(?:(?<!提)前|(?<!善|殿)后|(?<![及按准定随])时)[；;。]?$")
_BRACKETS = re.compile(r"[（(][^（()）]{0,60}[)）]")
_PRINCIPLE_TITLE = re.compile(r"原则|宗旨|目的|方针|理念|愿景|使命|价值观")
_SCOPE_TITLE = re.compile(r"适用范围|定义|术语|名词解释|释义|概念|(?:^|[\W\d])范围")
_ESSAY_TITLE = re.compile(
    r"引言|前言|背景|现状|重要性|原因|挑战|机遇|展望|趋势|经验|教训|意义|概述|问题产生|存在的?问题|问题$|^.{0,3}总结|结语|预测"
)


def kind_of(text: str, path: Sequence[str] = (), lead: Kind | None = None) -> Kind:
    """The kind of one clause's own words under the titles of `path`.

    `lead` is the kind of the sentence with a colon it hangs from: what is listed under a ban is banned.
    """
    words = text.strip()
    if lead is Kind.PROHIBITION:
        return Kind.PROHIBITION
    if _DEFINITION.search(words) or any(_SCOPE_TITLE.search(title) for title in path[-1:]):
        return Kind.DEFINITION
    if _PURPOSE.search(words) and not has_ban(words) and not _DUTY.search(words):
        return Kind.PRINCIPLE
    if _bans(words, path):
        return Kind.OBLIGATION if _begins_with_duty(words) else Kind.PROHIBITION
    if any(_PRINCIPLE_TITLE.search(title) for title in path[-2:]) and not _is_told(words):
        return Kind.PRINCIPLE
    if is_normative(words, path):
        return Kind.PRINCIPLE if _PRINCIPLE.search(words) and not _DUTY.search(words) else Kind.OBLIGATION
    if lead is Kind.OBLIGATION:
        return Kind.OBLIGATION
    return Kind.PRINCIPLE if _PRINCIPLE.search(words) else Kind.NARRATIVE


def is_normative(text: str, path: Sequence[str] = ()) -> bool:
    """Whether `text` says what has to be done or left: by a word of rule, or by how it is put."""
    words = text.strip()
    if _bans(words, path):
        return True
    if has_ban(words):
        return False
    if _DUTY.search(_without_brackets(words)) or has_limit(words):
        return not (_is_told(words) and not re.search(r"应当|必须|应(?=[^对急用])", words))
    if _is_lead_in(words) or _MOMENT.search(words) or any(_ESSAY_TITLE.search(title) for title in path):
        return False
    if not (_is_told(words) or is_no_order(words)) and (is_order(words, path) or is_terse(words, path)):
        return True
    return _PERMISSION.search(words) is None and _is_imperative(words)


def _bans(words: str, path: Sequence[str]) -> bool:
    if _is_told(words):
        return False
    if has_ban(words):
        return True
    return is_bare_ban(words) and not any(_ESSAY_TITLE.search(title) for title in path)


def _begins_with_duty(words: str) -> bool:
    """Whether a duty comes before the first ban: 全员须提前到岗，开诊期间不许脱岗，… is a duty in the main.

    What stands before it as a condition does not count: 未经同意，任何人不得…
    """
    for segment in re.split("[，,；;]", words):
        if has_ban(segment) or is_bare_ban(segment):
            return False
        if not _CONDITION.search(segment) and is_normative(segment):
            return True
    return False


def _without_brackets(words: str) -> str:
    """A remark in brackets makes no rule: 单纯吸脂（一千毫升以内）."""
    return _BRACKETS.sub("", words) or words


def _is_lead_in(words: str) -> bool:
    """为加强管理，规定如下： says what for, and nothing yet of what to do."""
    return _INTRODUCES.search(words) is not None


def _is_told(words: str) -> bool:
    return _ESSAY.search(words) is not None


def _is_imperative(words: str) -> bool:
    """Chinese rules leave out "should": 建立…制度。对…进行检查。 医生填写…。"""
    body = _LEAD_IN.sub("", words, count=1) if _LEAD_IN.match(words) else words
    if len(body) < 4:
        return False
    is_whole = _CIRCUMSTANCE.match(body) and not body.startswith(("将", "把", "对"))
    head = body if is_whole else re.split("[，,；;。]", body, maxsplit=1)[0]
    if _is_told(head) or is_report(head) or _WEAK_ESSAY.search(head):
        return False
    if _STARTS.match(body):
        return re.match(r"[^，,。]{1,14}(?:(?<![但还])是(?![否])|包括)", body) is None
    if _CIRCUMSTANCE.match(body):
        return _AFTER_CIRCUMSTANCE.search(body) is not None
    return not _is_told(body) and not _WEAK_ESSAY.search(body) and _ACTOR.match(body) is not None
