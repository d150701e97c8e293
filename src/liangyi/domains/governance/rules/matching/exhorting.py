"""Fine words: sentences that urge, praise or ask others, in which nobody has to do anything that shows."""

from __future__ import annotations

import re

_URGES = re.compile(
    r"始终|首位|相互(?:补充|促进|支持|理解|尊重|配合|信任)|不断(?:优化|创新|进步|适应|探索|追求)|与时俱进|"
    r"命脉|基石|生命线|灵魂|共同努力|齐心协力|携手|有力的?(?:支持|保障|支撑)|(?:打下|奠定).{0,10}基础|"
    r"适应.{0,24}(?:发展|变化|变革|需求|需要)|敏锐|勇于|敢于|积极向上|追求卓越|氛围|高度重视|"
    r"(?:充分|深刻)认识|树立.{0,10}(?:意识|理念|观念|形象)|深入人心|全力以赴|常抓不懈|持之以恒|良性循环|"
    r"重中之重|人性化|精益求精|主人翁|责任感|使命感|全心全意|尽心尽力"
)
_ASKS_OTHERS = re.compile(
    r"(?:患者|顾客|客户|家属)(?:在[^，,。]{0,16}时)?也?(?:应当?|要|须)(?:主动|积极|自觉|配合|遵守|尊重)"
)
_ACTS = re.compile(
    r"建立|设立|制定|编制|记录|登记|填写|检查|抽查|收集|统计|定期|每[年月季周日]|组织|(?<!正常)开展|培训|考核|"
    r"评估|审核|审批|签|公示|公布|公开|通知|告知|报告|上报|调查|配备|设置|安排|整改|归档|保存|核对|验收|盘点|"
    r"回访|随访|消毒|关注|不得|严禁|禁止"
)


def is_exhortation(text: str) -> bool:
    """Whether `text` only urges, or asks others than the clinic, without an act that would leave a trace."""
    if _ASKS_OTHERS.search(text):
        return True
    return _URGES.search(text) is not None and _ACTS.search(text) is None
