"""Bans: what nobody may do, and what only looks like a ban (不得少于三人 is a duty, 不可或缺 praise)."""

from __future__ import annotations

import re

_LIMIT = r"(?:少于|多于|超过|低于|高于|大于|小于|早于|晚于|迟于|短于|长于|超出)"
_WORD = re.compile(
    rf"不得(?!不|已|而知|人心|当(?![着作众成场班日])|{_LIMIT})|严禁|禁止|不准(?!确|{_LIMIT})|不许(?!{_LIMIT})|"
    rf"(?<!缺一)(?<!必)不可(?!少|或缺|避免|忽视|分割|替代|缺少|估量|逆|抗|预见|思议|能|{_LIMIT})|不应(?!{_LIMIT})|不允许|切[勿忌]|杜绝|"
    r"严格控制.{0,8}外|(?:一律|一概|概)不(?!能)|谢绝|请勿|(?<!要)不要(?!求|紧|是|说)|"
    r"\b(?:must|shall|may|should) not\b|\bprohibited\b|\bforbidden\b",
    re.IGNORECASE,
)
_LIMITED = re.compile(rf"(?:不得|不准|不许|不可|不应|不能){_LIMIT}")
_NO_BAN = (
    "断|仅|但|同|足|良|合格|符|满|具备|明|清|少|论|管|过|是|易|必|再|需|宜|利|便|适|当|到|在|够|如|止|只|一|愿|想|懂|及|愧|得|可|应|许|准|允|要|能|"
    "会|对|规范|完|成|间|锈|动产|定期|特定|均|慎|妨|惜|懈|畅|高|低|多|大|小|长|全|熟|平|正|法|真|严|力|行|尽|光|单|曾|由|幸|免|致|属|包|含|影响|存|涉|代表|等|受|构|视|忘|负|稳|安|了解|配合|服|遵|履|按|执行|知|认真|负责"
)
# "不佩戴夸张首饰": an order where it opens the clause, a description anywhere else (设备不足).
_OPENING = re.compile(rf"不(?!{_NO_BAN})[^，,。；;]{{1,30}}(?=[，,。；;]|$)")
_CONDITION = re.compile(r"(?:的|者|时|[之以]?[前后]|期间|情况下|情形下)$")
_ENDING = re.compile(
    r"[^，,。；;]{2}不(?:外[借传]|出借|拍|办|收|发[放药]?|借|退|换货?|[出入]库|上岗|放行|接诊|受理|[离脱空串]岗|离人|[过隔]夜|开机|使用|占用|重复使用|代[签办]|关机|接线)(?=[，,。；;]|$)|"
    r"不(?:带[出离]|[计列]入|外带|动用|拆[开封]|占用)[^，,。；;]{1,8}(?=[，,。；;]|$)|"
    r"不在[^，,。；;]{1,12}(?:[抽吸]烟|[吃喝打谈聊玩充洗晾堆]|会客|喧哗|议论)"
)
# What is not done by some, somewhere, at some time: 月经期不手术, 群内不发照片.
_WHERE = re.compile(rf"[者期内时室区]不(?!{_NO_BAN}|超|低)[^，,。；;]{{1,12}}(?=[，,。；;]|$)")
_CANNOT = re.compile(r"不能(?=[用碰拿把将带离进随乱只混倒独私徒裸](?!来|于))")


def has_ban(text: str) -> bool:
    """Whether a word of banning stands in `text`."""
    return _WORD.search(text) is not None


def has_limit(text: str) -> bool:
    """Whether `text` sets a least or a most: 不得少于三人, 不得超过三天."""
    return _LIMITED.search(text) is not None


def is_bare_ban(text: str) -> bool:
    """Whether `text` bans by a plain "not": 不佩戴首饰。 病案不外借。 不能徒手开盖。"""
    opening = _OPENING.match(text)
    if opening and not _CONDITION.search(opening.group()):
        return True
    return any(pattern.search(text) for pattern in (_ENDING, _WHERE, _CANNOT))
