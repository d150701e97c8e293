"""Page furniture: what document sites, printers and word processors put around a policy."""

from __future__ import annotations

import re
from collections import Counter

_N = r"\s*\d{1,4}\s*"
_WHOLE_LINE = re.compile(
    "|".join(
        (
            r"版权说明[:：].*",
            r"文档简介",
            r".{0,60}_第\d+页",
            r"已阅读\d+页.{0,40}",
            r"还剩\d+页未读.{0,20}",
            r"下载本文档",
            r"(?:免费|立即|点击|继续免费)(?:下载|阅读|查看).{0,20}",
            r"提交评论|评论|评论区|发表评论|写评论",
            r"0/\d{2,4}",
            rf"第{_N}页(?:\s*[/,，]?\s*共{_N}页)?",
            rf"共{_N}页(?:\s*[/,，]?\s*第{_N}页)?",
            rf"[-—–─]{{1,2}}{_N}[-—–─]{{1,2}}",
            rf"(?i:page){_N}(?:(?i:of){_N}|/{_N})?",
            r"\d{1,3}\s*/\s*\d{1,3}",
            r"(?:当前位置[:：]\s?)?首页\s?[>›»/].{0,60}",
            r"(?:发布|更新|发表)(?:时间|日期)[:：].{0,20}(?:来源|浏览|阅读|点击|作者).{0,30}",
            r"(?:返回|回到)(?:顶部|首页|目录)",
            r"上一[篇页][:：]?.{0,40}|下一[篇页][:：]?.{0,40}",
            r"(?:分享到|收藏本站|加入收藏|打印本页|关闭窗口).{0,20}",
            r"(?:扫码|扫一扫|长按识别).{0,30}",
            r"(?:欢迎)?关注(?:我们的|本)?(?:微信)?公众号.{0,30}",
            r"(?:更多|海量).{0,12}(?:范文|文档|资料|模板).{0,30}",
            r"(?:浏览|阅读|下载)(?:次数|量)[:：]?\s*\d+.{0,20}",
            r"(?:本文|文章|资料|内容)(?:来源于|来自|转自|由网友).{0,60}",
            r"(?:如有侵权|若有侵权|版权归原作者).{0,60}",
            r"本(?:文档|资料)(?:仅供参考|由用户上传).{0,40}",
            r"(?:https?://|www\.)\S+",
            r"TOC \\.*|HYPERLINK .*|PAGE\s*\\\*.*",
        )
    )
)
_SITE_NOTE = re.compile(
    r"下载文件中|本站|本网站|文库网|用户上传分享|电脑安装|压缩文件|权益所有人|WinRAR|版权.{0,12}(?:联系|删除)"
)
_NOTE_HEAD = re.compile(r"(?:温馨提示|友情提示|免责声明|版权声明|下载说明|特别说明)[:：]?")
_LIST_HEAD = re.compile(
    r"(?:最新|相关|热门|推荐|同类|猜你喜欢的?|更多相关|精品|相似)(?:文档|文章|资料|推荐|范文|资源|阅读)[:：]?|猜你喜欢[:：]?"
)
_LIST_END = re.compile(r"(?:提交)?评论|发表评论|0/\d+|返回顶部")
_GLUED = re.compile(r"^(?:NUM)?PAGES?(?:\s*\\\*\s*MERGEFORMAT)?\s*\d{0,3}(?=[\u4e00-\u9fff])")
_GLUED_PAGE = re.compile(r"(?<=[\u3002；！？])\s*(?:第\s*\d+\s*页\s*共\s*\d+\s*页|[-—]\s*\d+\s*[-—])\s*")
_PAGE_NAME = re.compile(r"(.{2,60})_第1页")
_SENTENCE = re.compile(r"[。；！？]")
_LONGEST_TITLE_LINE = 80


def title_in_furniture(lines: list[str]) -> str:
    """The document's name as a document site repeats it above every page."""
    found = (_PAGE_NAME.fullmatch(line) for line in lines)
    return next((match.group(1).strip() for match in found if match), "")


def without_furniture(lines: list[str]) -> list[str]:
    """The lines that belong to the policy, furniture glued to a line cut off."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        skipped = _block_length(lines, at)
        if skipped:
            at += skipped
            continue
        kept.append(_GLUED_PAGE.sub("", _GLUED.sub("", lines[at])))
        at += 1
    return kept


def without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages of a printed document without the lines that head or foot at least half of them."""
    if len(pages) < 3:
        return pages
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(line) for line in (*page[:2], *page[-2:]) if line})
    running = {shape for shape, count in edges.items() if count * 2 >= len(pages) and len(shape) <= 60}
    return [_without_edges(page, running) for page in pages]


def _without_edges(page: list[str], running: set[str]) -> list[str]:
    last = len(page) - 2
    return [line for at, line in enumerate(page) if not (_shape(line) in running and (at < 2 or at >= last))]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _block_length(lines: list[str], at: int) -> int:
    """How many lines from `at` on are furniture; 0 when this one is the policy's."""
    line = lines[at]
    if _NOTE_HEAD.fullmatch(line) and any(_SITE_NOTE.search(after) for after in lines[at + 1 : at + 3]):
        return 1
    if _LIST_HEAD.fullmatch(line):
        return 1 + _titles_after(lines, at + 1)
    return int(bool(_WHOLE_LINE.fullmatch(line) or _is_site_note(line)))


def _is_site_note(line: str) -> bool:
    return len(line) < 150 and _SITE_NOTE.search(line) is not None


def _titles_after(lines: list[str], start: int) -> int:
    count = 0
    for line in lines[start:]:
        if _LIST_END.fullmatch(line) or len(line) > _LONGEST_TITLE_LINE or _SENTENCE.search(line):
            break
        count += 1
    return count
