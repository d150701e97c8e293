"""Terse sentences under a title: no word in them tells, so they are meant to be done (快递放门岗。)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liangyi.domains.governance.rules.words import words

# Longer sentences, or ones with a word that links, compares or describes, tell as often as they order.
_TELLS = re.compile(
    "|".join(words("telling")) + r"|是|了|也|都|很|最|越|已|曾|仍|尚|较|约|共|占|为|和|及|让|如|将|"
    r"就(?!诊|医|座|近|地|位|餐)|更(?!换|衣|新|改)|(?<![例晨早周月年院学大开散议])会(?!议|诊|同|计)|常(?!规)|一般|多(?!剂|功)|能(?!量)|"
    r"而(?!后)|与|对(?!照|账)|性|化(?!验)|感(?!染|控)|有(?!效期|无)|可(?!疑|视)|力[。；;]?$|(?:[快慢大差强弱高低难贵]|不[一齐同])[，,。；;]"
)
_NAMES_A_THING = re.compile(r"的[^，,。；;]{0,8}[。；;]$|^[^，,]{0,7}[。；;]$|^[^，,]*、[^，,]*$")
_NO_RULES = re.compile(
    r"分[级类型]|组成|案例|经过|通报|情况|名单|成员|附[件录表]|简介|概况|背景|参考|联系|依据|分析|现状|症状|表现|病因|[适禁]忌?应?[证症]"
)
_LONGEST = 50


def is_terse(text: str, path: Sequence[str] = ()) -> bool:
    """Whether `text` is a short whole sentence in which nothing tells, under a title of the policy.

    Without a title it may as well report what happened: words alone do not part the two.
    """
    if len(text) > _LONGEST or not text.endswith(("。", "；", ";")):
        return False
    if _TELLS.search(text) or _NAMES_A_THING.search(text):
        return False
    return bool(path) and not any(_NO_RULES.search(title) for title in path[-1:])
