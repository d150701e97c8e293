"""Where a title ends and its text begins when nothing but the language says so."""

from __future__ import annotations

import re

from liangyi.domains.governance.rules.words import words

_LONGEST = 24
_RULE_SHORTEST = 7
_EACH = re.compile(r"一式.份|每(?![日天周月季年班次])|每[日天周月季年]\d")
_NOT_A_TITLE = re.compile(
    r"包括|如下|以下|下列|例如|比如|应当|必须|不得|可以|注意|做到|规定$|要求$|[应须是指]$|指出|认为"
)
# A colon of a clock time ("8:30") and one inside an open bracket end no title.
_RUN_IN = re.compile(r"[^，。；：:,;！？!?\n]{2,20}(?:[：:](?<!\d:)|[：:](?!\d\d))\s?(?=[^\s])")
_OPEN_BRACKET = re.compile(r"[(（【《“「][^)）】》”」]*$")
# What titles of policies end in.
_ENDS = words("title_ends")
# Words that open a sentence and seldom stand in the middle of a title.
_STRONG = words("sentence_openings")
# Nouns that open a sentence as often as they stand inside a title: only before a verb of rule.
_SUBJECT = re.compile(
    r"[^，。；：、,;:]{2,16}?(?:应|须|必须|需要?|不得|是(?!否)|实行|具有|具备|直接|关系|离不开|负责|受|复杂)"
)
_NOT_AFTER = re.compile(
    r"[一二两三四五六七八九十半\d]+个?[日天周月年小分]|(?:执行|合格|完成|达标|落实|签署|及时|正确)率|执行力|性|化|度|者|力|率|为(?:导向|中心|本|核心|主|依据)|(?:实施|执行|服务|管理|诊疗|治疗)过程|委员会|小组|人员|部门|制度|体系|工作|机构|办法|规定|标准|流程|机制|和|与|及|或|、|的|等|中|后|前|方面|过程|情况|记录|"
    r"质量|水平|能力|效果|应|须|是|能|可|需|也|都|并|时|所|有|包括|应急|内容|方案|措施|计划|资料|信息|要求|档案|系统"
)
_VERB_LED = re.compile(
    r"建立|健全|完善|制定|设立|成立|定期|明确|严格|组织|开展|实施|落实|执行|配备|做好|保持|设置|提供|安排|协助|根据|按照|对|为|在|由"
)
# No title begins so, and "优化的", "设置与" are no verbs at the head of a sentence.
_NOT_FIRST = re.compile(
    r"从事|定期(?!沟通|例会|评估|检查|会议)|对(?!外|内|账)|为|在(?!线|岗|职)|根据|按照|依据|通过|利用|如|若|凡|当(?!事)|将|应(?![急对用])|可(?!行|追)|不(?!良)"
)
_JOINED = re.compile(r"[的和与及、]")
# "物体表面 治疗床每客更换床单。": one space, a sentence behind it that does not lean on the words before.
_SPACED = re.compile(
    r"[\u4e00-\u9fff、]{2,10} (?=[\u4e00-\u9fff“《]{2}[^ \n]{6,})"
    r"(?!应|须|必须|不得|不|要|可|是|的|和|与|及|或|由|等|为|将|并|且|能|需|在|严禁|禁止|[一二三四五六七八九十]、)"
)
# More spaces than that come from a scan, and part nothing.
_GAP = re.compile(r"[\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
_NEAR = 80
_GENERAL = re.compile(
    r"(?:总则|前言|引言|目的|宗旨)(?=为(?:了|规范|加强|保|提高|确保|进一步|防|维护|促进)|本(?:制度|办法|规定|规范)|让|根据|依据)"
    r"|适用范围(?=[\u4e00-\u9fff]{2})(?!内|外|为|是|包括|的|和|与|及|应|以|如|见)|范围(?=适用于|凡|本(?:制度|办法|规定|规范))"
)
_ALONE = ("随着", "本制度", "本办法", "本规定", "为了", "我们")
# The words before these are the subject of the sentence, no title.
_IS_SUBJECT = re.compile(
    r"必须|应当|不得|不合格|不达标|(?:厚|长|温|湿|浓|高)度|间隔|次数|数量|在[^，。]{0,8}(?:左右|以内|之间|以上|以下)"
)
_DONE_BY = re.compile(r"[^，。；：、,;:]{2,12}?由(?!于|此)")
_THING = re.compile(r"(?:设备|药品|器械|耗材|物资|人员|机构|部门|岗位|材料|档案)$")
_TIMED = re.compile(r"每|在|将|由")
_GENERIC = ("基本原则", "适用范围", "工作原则", "总则", "目的")
_SOFT = re.compile(
    r"对(?!于)|为(?!了|实现|确保|规范|加强|提高|保障|进一步|保证|切实)|在|将|以|从|由(?!于)|每|提高|提升|确保|保证|其|该|此|这"
)


def run_in_title(text: str, *, numbered: bool) -> int:
    """Length of "资质审查：" at the beginning of `text`, colon included; 0 when there is none."""
    match = _RUN_IN.match(text)
    if (
        match is None
        or _NOT_A_TITLE.search(match.group().rstrip("：: "))
        or _OPEN_BRACKET.search(match.group())
    ):
        return 0
    if numbered and match.end() >= _RULE_SHORTEST and _EACH.search(match.group()):
        return 0  # "每台设备贴状态牌：绿色可用…"
    if not numbered and (len(match.group()) > 15 or re.search(r"[为有将同时即]", match.group())):
        return 0
    for word in _GENERIC if numbered else ():
        if text.startswith(word) and match.end() > len(word) + 3:
            return len(word)
    return match.end()


def spaced_title(text: str) -> int:
    """Length of "物体表面 " before a space and its first sentence; 0 when the space says nothing."""
    match = _SPACED.match(text) if len(_GAP.findall(text[:_NEAR])) == 1 else None
    return (
        match.end() if match and not _NOT_FIRST.match(text) and not _NOT_A_TITLE.search(match.group()) else 0
    )


def general_title(text: str) -> int:
    """Length of 总则, 目的 or 适用范围 before the sentence that always follows it; 0 when there is none."""
    match = _GENERAL.match(text)
    return match.end() if match else 0


def glued_title(text: str) -> int:
    """Length of a title that runs into its first sentence ("目的本制度旨在…" → 2); 0 when there is none."""
    scores = {end: score for end in range(2, _limit(text) + 1) if (score := _score(text, end))}
    if not scores:
        return _repeated_noun(text)
    best = max(scores, key=lambda end: (scores[end], -end))
    # "信息|公开在…": what looks like a sentence's verb may be the title's last word.
    for end in sorted(scores):
        if end > best and text[best:end] in _ENDS:
            best = end
    return best


def _limit(text: str) -> int:
    """Titles end before the first mark; one comma is let through ("明确目标，细化任务")."""
    stop = re.search(r"[。；：！？:;!?\n“(（]", text)
    limit = min(stop.start() if stop else len(text), _LONGEST, len(text) - 2)
    comma = re.search("[，,]", text[:limit])
    return limit if comma is None or comma.start() <= 9 else comma.start()


def _score(text: str, end: int) -> int:
    """How much `end` looks like the border: 0 not at all."""
    title, rest = text[:end], text[end:]
    suffix = max((len(word) for word in _ENDS if title.endswith(word)), default=0)
    suffix = suffix or int(end > 3 and rest.startswith(_ALONE))
    if (
        not suffix
        or _NOT_AFTER.match(rest)
        or _NOT_FIRST.match(title)
        or _VERB_LED.fullmatch(title)
        or re.search(r"[应须]|不得", title.replace("应急", "").replace("应对", ""))
    ):
        return 0
    comma = re.search("[，,]", title)
    if comma and end - comma.end() < 3:
        return 0
    if _is_subject(title, rest):
        return 0
    strength = _opening(rest) or (2 if title.endswith("制度") and _DONE_BY.match(rest) else 0)
    if not strength or (_VERB_LED.match(title) and (strength < 3 or _SOFT.match(rest))):
        return 0
    return strength * 10 + min(suffix, 3) - (5 if comma else 0) - end // 6


def _is_subject(title: str, rest: str) -> bool:
    """Whether what looks like a title is what the sentence speaks of: "设备｜每年检测一次"."""
    is_timed_thing = _THING.search(title) is not None and _TIMED.match(rest) is not None
    return is_timed_thing or _IS_SUBJECT.match(rest) is not None or title.startswith(("未", "先"))


def _repeated_noun(text: str) -> int:
    """For "外部专家评估的引入|外部专家具有…": the first sentence takes the title's own noun up again."""
    if _NOT_FIRST.match(text) or _VERB_LED.match(text):
        return 0
    for end in range(6, _limit(text) + 1):
        opening, title = text[end : end + 4], text[:end]
        known = title.startswith(opening) or title[2:-2].startswith(opening)
        if known and title[-1] not in "和与及、的或对为在" and not re.search("[，,]", title):
            return end
    return 0


def _opening(rest: str) -> int:
    opening = max((len(word) for word in _STRONG if rest.startswith(word)), default=0)
    if opening and not _JOINED.match(rest, opening):
        return 2 if _SOFT.match(rest) else 3
    return 2 if _SUBJECT.match(rest) else 0
