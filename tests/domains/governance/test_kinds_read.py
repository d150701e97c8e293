"""What kind a sentence is, class by class of how rules are put (kinds said by hand: test_kinds)."""

from __future__ import annotations

import pytest

from liangyi.domains.governance.rules.reading.kinds import kind_of
from liangyi.domains.governance.rules.reading.pieces import Kind

ORDERS = {
    "how often": [
        "食堂从业人员每年体检一次，健康证挂在窗口。",
        "疑难病例由科主任主持讨论。",
        "会员卡余额半年对账一次。",
    ],
    "when": ["血标本两小时内送检。", "夜班司机出车前检查轮胎、机油、灯光。", "急会诊十分钟到场。"],
    "who": ["公章由办公室主任保管。", "手术通知单由主治医师签发。", "器械护士与巡回护士共同清点纱布。"],
    "kept": ["抢救录音保存两年。", "授权书永久保存。", "合同一式三份，财务、法务、经办各执一份。"],
    "on which form": [
        "过敏药物写在病历首页右上角。",
        "技工单写清牙位、比色、返件日期。",
        "采血后打勾，异常的登记备查。",
    ],
    "who is answerable": ["护理部主任为第一责任人。", "感控小组设组长一名，组员四名。", "钥匙指定专人。"],
    "a saying": ["内镜一人一镜，用后立即床旁预处理。", "垃圾日产日清。", "先登记后借阅。"],
    "in case": [
        "供应商资质过期的停止付款。",
        "匿名举报的同样核查。",
        "印章丢失立即报公安机关备案。",
    ],
    "by which rule": ["报销凭发票和审批单办理。", "票据按号使用。", "尺寸以术中记录为准。"],
    "only": ["参观人员限两名，站在指定位置。", "只放已审核的宣传册。"],
    "how long": ["印模用流动水冲三十秒。", "雾化器管路浸泡三十分钟。"],
    "a chain": ["电梯故障时断电并挂牌，通知维保单位。", "核对处方，无误后签名发药。"],
    "a schedule": ["术后第2天、第5天、第10天；"],
    "a price": [
        "迟到一次扣二十元。",
        "弄虚作假的取消评优资格，并通报批评。",
        "全年零差错的科室奖励五百元。",
        "泄密的予以辞退。",
    ],
    "a target": ["候诊时间≤15分钟。", "床位使用率控制在百分之九十以内。", "感染率0。", "全年无火灾事故。"],
    "a limit": ["讨论人数不得少于五人。", "备用金不得超过两千元。", "复查不得晚于术后一周。"],
}
TERSE = [
    "托槽脱落者当日重粘。",
    "急救箱钥匙挂箱旁，旁人不锁。",
    "手术室门保持关闭，进出走侧门。",
    "代言人合同送法务过目。",
    "会诊专家车费实报实销。",
    "热玛吉探头凭防伪码开封，用毕剪断。",
]
NOT_TERSE = [
    "去年五月发生过两次停水。",
    "感染源经飞沫传播。",
    "种植手术每台耗时一小时。",
    "现行流程由患者先缴费再排队，往返三次。",
    "文件下发后各科反应不一。",
    "快递放门岗",  # no whole sentence: a cell or a title as well
    "超声机、灭菌器、吸引器。",
    "被血液污染的物品；",
    "种植体由钛合金制成。",
    "设备更新换代快，投入大。",
    "隐形矫治近几年在成人中流行。",
    "管理者的重视程度直接影响执行力。",
    "由于缺乏培训，新人操作不熟练。",
    "随访的目的在于了解恢复情况。",
    "检查组对我院给予好评。",
]
BANS = [
    "不佩戴首饰。",
    "不向厂家索要赞助。",
    "纠纷病历不外借。",
    "没有处方不发药。",
    "利器盒不能徒手开盖。",
    "微信群内不发病人照片。",
    "月经期不手术。",
    "不得当着顾客训斥同事。",
    "不要在走廊停放推车。",
    "切忌空腹给药。",
]
TOLD = [
    "门诊部位于市中心，交通便利。",
    "良好的沟通能拉近医患之间的距离。",
    "上一年度共接诊病人三万人次。",
    "不良习惯会影响治疗效果。",
    "不少患者担心疼痛。",
    "手术由麻醉、消毒、切开、缝合几步组成。",
    "灭菌分为高温和低温两类。",
    "消毒液浓度过高会腐蚀器械。",
    "检查结果正常的病人无需担心。",
    "随访数据显示满意度逐年上升。",
    "培训让员工看到了自己的不足。",
    "患者首次就诊多由朋友介绍。",
    "部分员工对制度理解不到位。",
    "医生每天看诊到很晚。",
    "每一次微笑都能温暖人心。",
    "本制度由质控部解释。",
    "本办法自2023年5月1日施行。",
    "顾客提前一天通知的，可以免费改期。",
    "为加强管理，规定如下：",
    "清洁操作前；",
    "难度一般，如小面积清创（一千平方毫米以内）。",
    "制度到底应如何拟定呢？",
]


@pytest.mark.parametrize(("text", "how"), [(text, how) for how, texts in ORDERS.items() for text in texts])
def test_order_without_a_word_of_rule_is_an_obligation(text: str, how: str) -> None:
    assert kind_of(text) is Kind.OBLIGATION, how


@pytest.mark.parametrize("text", TERSE)
def test_terse_sentence_in_which_nothing_tells_is_an_obligation(text: str) -> None:
    assert kind_of(text, ["二、日常管理"]) is Kind.OBLIGATION


def test_terse_sentence_without_a_title_may_as_well_report() -> None:
    assert kind_of("三号诊室空调漏水。") is Kind.NARRATIVE


def test_terse_sentence_under_a_title_of_no_rules_is_narrative() -> None:
    assert kind_of("快递车停门岗旁边。", ["三、案例"]) is Kind.NARRATIVE


@pytest.mark.parametrize("text", BANS)
def test_plain_not_is_a_prohibition(text: str) -> None:
    assert kind_of(text) is Kind.PROHIBITION


@pytest.mark.parametrize("text", TOLD + NOT_TERSE)
def test_what_is_only_told_stays_narrative(text: str) -> None:
    assert kind_of(text) is Kind.NARRATIVE
    assert kind_of(text, ["二、日常管理"]) is Kind.NARRATIVE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全员须提前十分钟到岗，开诊期间不许脱岗，迟到的照章处理。", Kind.OBLIGATION),
        ("立即停药，就地抢救，发现者不得离开。", Kind.OBLIGATION),
        ("备用钥匙当日交还，数目不符的人员不得离开。", Kind.OBLIGATION),
        ("未经院长同意，任何人不得对外发布。", Kind.PROHIBITION),
        ("清点不符时不得关闭切口，应立即寻找。", Kind.PROHIBITION),
        ("除值班人员外，其他人不得进入。", Kind.PROHIBITION),
    ],
)
def test_main_clause_says_what_a_mixed_clause_is(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("顾客以口头或书面提出的不满，称为投诉。", Kind.DEFINITION),
        ("指术后非计划返回手术室的情形。", Kind.DEFINITION),
        ("本办法包括采购、验收、领用、报废。", Kind.DEFINITION),
        ("为使病历真实完整，特订立本规定。", Kind.PRINCIPLE),
        ("根据上级要求，结合本院实际，制订本办法。", Kind.PRINCIPLE),
        ("指导实习生书写病历。", Kind.OBLIGATION),
    ],
)
def test_definitions_and_purposes(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


def test_scope_is_what_its_title_says() -> None:
    assert kind_of("全院各科室及外包人员。", ["2.范围"]) is Kind.DEFINITION


def test_under_a_title_of_duties_a_state_is_asked_for() -> None:
    assert kind_of("头发盘起，指甲剪短。", ["一、仪容"]) is Kind.OBLIGATION
    assert kind_of("头发盘起，指甲剪短。", ["一、背景"]) is Kind.NARRATIVE
