"""What sites put around a policy goes, and nothing that a clinic could have written."""

from __future__ import annotations

import pytest

from liangyi.domains.governance.rules.reading import clean
from liangyi.domains.governance.rules.reading.furniture import without_furniture

RULE = "一、接诊前应核对姓名。"


@pytest.mark.parametrize(
    "line",
    [
        "您的位置：首页 > 医院管理 > 制度",
        "当前位置: 某某范文网 › 前台接待须知",
        "某某资料网>规章>接待制度",
        "首页 » 资料 » 制度 »",
        "发布时间:2022-03-04",
        "2020-05-06 13:14:15 27次",
        "时间:2022-01-02 03:04 来源: 作者:小王 浏览:",
        "时间：2022-01-02 03:04:05 小李 护理制度 我要投稿",
        "作者:某某 | 发布时间:2022-01-02 收藏本文 下载本文",
        "浏览：301 来源：网络",
        "格式:PDF , 页数:12 ,大小:30.5KB",
        "31.20KB 12 页 99+",
        "- 文档编号:2174",
        "- 格式:docx",
        "- 大小:14.02 KB",
        "接待制度汇编Word版.docx",
        "《接待制度.doc》由会员分享,可在线阅读,更多相关文档请在某某网上搜索。",
        "- 约2.50千字",
        "- 约 5页",
        "- 2023-04-05 发布于河南",
        "- 举报",
        "本文已影响2.5W人",
        "ImageVerifierCode 换一换",
        "下载须知",
        "文本预览下载声明",
        "合集下载",
        "显示全部",
        "下载地址: 点击此处下载",
        "【打印本页】【关闭窗口】",
        "【上一条】考勤制度 【下一条】值班制度",
        "上一篇：考勤制度 下一篇：值班制度",
        "该内容对我有帮助 赞一个",
        "本站所有资源如无特殊说明，都需要本地电脑安装阅读器。",
        "2、网站文档一经付费，不意味着购买了该文档的版权。",
        "制度是人人都要遵守的，下面是小编为大家整理的接待制度，欢迎阅读。",
        "百度文库接待管理制度",
        "扫码关注公众号",
        "更多文档请点击下载",
    ],
)
def test_line_of_a_site_goes(line: str) -> None:
    assert without_furniture([RULE, line, RULE]) == [RULE, RULE]


@pytest.mark.parametrize(
    "line",
    [
        "立即查看伤口并报告医师。",
        "立即阅读说明书",
        "扫码核对腕带后方可给药。",
        "扫码登记后方可入内",
        "上一页填满后方可使用下一页。",
        "上一班未完成的工作须写清楚。",
        "下一步由护士长复核。",
        "资料来自患者本人的，须核对证件。",
        "更多患者资料的查阅须经院长批准。",
        "员工不得在办公电脑安装无关软件。",
        "影像以压缩文件备份，每周一次。",
        "本站工作人员应佩戴工牌。",
        "本站疫苗冷链每日测温两次。",
        "本网站发布的广告须先取得审查证明。",
        "分享到朋友圈前须经本人书面同意",
        "新媒体小编不得使用顾客照片。",
        "关注术后出血情况",
        "下载病历须经授权",
        "举报人信息应当保密。",
        "评论区由客服部每日查看。",
        "时间：每周一上午八点",
        "来源不明的药品不得入库。",
        "发布日期：2024年3月起每月一次",
        "2024-01-05 起执行新价目表。",
        "2023年5月6日经院务会讨论通过",
        "抢救 > 急诊 > 择期",
        "内网 > 病历系统 > 打印，路径不得改动。",
        "当前位置：牙椅保持水平",
        "小编整理的术后照片须经顾客同意。",
        "第3页签名处由患者本人签署",
        "大小：按模型尺寸登记",
        "100积分",
        "大小：5cm",
        "格式：姓名在前，日期在后",
        "附件1：登记表.docx",
        "分享",
        "护理资讯",
        "温馨提示",
        "术后能不能洗脸吗",
        "相关资料",
    ],
)
def test_line_a_clinic_could_write_stays(line: str) -> None:
    assert without_furniture([RULE, line, RULE]) == [RULE, line, RULE]


@pytest.mark.parametrize("line", ["- 0", "某某网", "实时新闻", "2021-02-03", "6贝壳", "?", "种植牙疼吗"])
def test_names_and_bare_numbers_go_only_beside_furniture(line: str) -> None:
    assert without_furniture([RULE, "显示全部", line]) == [RULE]
    assert without_furniture([line, "显示全部", RULE]) == [RULE]
    assert without_furniture([RULE, line, RULE]) == [RULE, line, RULE]


def test_date_below_a_signature_stays_beside_furniture() -> None:
    assert without_furniture([RULE, "某某门诊部", "2021-02-03", "显示全部"])[1:] == [
        "某某门诊部",
        "2021-02-03",
    ]


def test_list_of_other_documents_ends_where_the_policy_goes_on() -> None:
    lines = ["相关文档", "插画设计试卷", "- 10、设备台账", "评论", RULE]
    assert without_furniture(lines) == [RULE]
    assert without_furniture(["相关文档", "插画设计试卷", RULE]) == [RULE]
    assert without_furniture(["相关文档", RULE, "二、登记表"]) == ["相关文档", RULE, "二、登记表"]


def test_furniture_glued_to_a_line_is_cut_off() -> None:
    text = "精选优质文档-倾情为你奉上洗手制度1.目的：减少感染。\n第2页 2.范围：全体员工。专心---专注---专业"
    assert clean(text).text.split("\n") == ["洗手制度", "1.目的：减少感染。", "2.范围：全体员工。"]
