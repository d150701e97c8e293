"""What outreach will do: disclosure, adverts, campaigns, education."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")
ADVERT = _("《医疗广告管理办法》《广告法》")
PRICE = _("《明码标价和禁止价格欺诈规定》")

PUBLIC_PAGE = register(
    Control(
        "outreach.public_page",
        Kind.RECORD,
        _("信息公示页"),
        _("公示机构资质、服务项目、价格、医生资质、流程和设备，可查询下载，保留各版本。"),
        source=_("《医疗机构管理条例》"),
        owner_role="director",
        words="公示 公开 信息公开 服务项目 医生资质 公布 透明 信息公示 院务公开 展示 "
        "在线查询 下载 网站 公示栏 对外公布 服务流程 公开透明 医疗信息",
        planned=True,
    )
)
PUBLIC_CURRENT = register(
    Control(
        "outreach.public_current",
        Kind.DUTY,
        _("公示内容及时更新"),
        _("资质、价格、人员变动后提醒更新公示，超期未更新的标出。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "days",
                "integer",
                3,
                _("天"),
                _("更新期限"),
                CONVENTION,
                stricter="lower",
                lowest=0,
                highest=30,
            ),
        ),
        owner_role="director",
        words="及时更新 更新公示 信息准确 变更 更新网站 最新 信息更新 真实准确 实时更新",
        planned=True,
    )
)
ADVERT_WORDS = register(
    Control(
        "outreach.advert_words",
        Kind.GATE,
        _("广告内容审查"),
        _("含夸大虚假、治愈率、疾病药物技术名称、患者形象等违禁内容的广告不能发布。"),
        source=ADVERT,
        words="广告 虚假宣传 夸大 虚假广告 不得含有 广告内容 医疗广告 宣传内容 误导 "
        "广告用语 真实 绝对化 治愈率 保证治愈 宣传材料 不实 疗效承诺",
        planned=True,
    )
)
ADVERT_FIELDS = register(
    Control(
        "outreach.advert_fields",
        Kind.GATE,
        _("广告必备要素"),
        _("缺少机构名称、地址、电话、诊疗科目、审查证明文号的广告不能发布。"),
        source=ADVERT,
        words="机构名称 地址 电话 诊疗科目 文号 广告审查证明 标明 注明 必须标明 审查文号 广告要素 联系电话",
        planned=True,
    )
)
ADVERT_CERTIFICATE = register(
    Control(
        "outreach.advert_certificate",
        Kind.GATE,
        _("广告审查证明有效"),
        _("没有有效审查证明或与样件不符的广告不能发布，证明按期限失效。"),
        source=ADVERT,
        parameters=(
            Parameter(
                "months",
                "integer",
                12,
                _("个月"),
                _("证明有效期"),
                ADVERT,
                stricter="lower",
                lowest=1,
                highest=12,
                legal=ADVERT,
            ),
        ),
        words="医疗广告审查证明 审查批准 卫生行政部门 备案 广告审批 广告备案 审批手续 有效期 "
        "核准 样件 审查机关 行政审批",
        planned=True,
    )
)
ADVERT_APPROVAL = register(
    Control(
        "outreach.advert_approval",
        Kind.GATE,
        _("宣传内容内部审批"),
        _("未经负责人审批的广告和宣传材料不能发布。"),
        source=CONVENTION,
        owner_role="director",
        words="负责人审批 审核发布 宣传审核 内部审批 审核广告 领导审批 发布前审核 审查制度 发布流程 市场部",
        planned=True,
    )
)
MEDIA_ALLOWED = register(
    Control(
        "outreach.media_allowed",
        Kind.GATE,
        _("发布媒体许可"),
        _("不在许可名单上的媒体和平台不能投放。"),
        source=ADVERT,
        words="媒体 平台 发布渠道 未经批准的媒体 投放 新媒体 自媒体 发布平台 宣传渠道 网络推广 直播",
        planned=True,
    )
)
CAMPAIGN_PLAN = register(
    Control(
        "outreach.campaign_plan",
        Kind.RECORD,
        _("营销活动方案"),
        _("活动方案写明内容、时间、地点、人员、渠道、预算，审批备案并总结。"),
        source=CONVENTION,
        owner_role="director",
        words="营销活动 活动方案 促销 推广活动 市场营销 活动策划 活动计划 市场推广 活动备案 "
        "营销策略 活动总结 市场活动 品牌推广 义诊",
        planned=True,
    )
)
CAMPAIGN_LEADS = register(
    Control(
        "outreach.campaign_leads",
        Kind.RECORD,
        _("客户资料收集"),
        _("活动收集的客户资料注明来源和同意，转入咨询并统计转化。"),
        source=_("《个人信息保护法》"),
        owner_role="consultant",
        words="客户资料 收集客户 潜在客户 客户信息收集 客户来源 客户开发 客户管理 转化 "
        "数据收集 客户关系 拓客 客户群",
        planned=True,
    )
)
MARKETING_CONSENT = register(
    Control(
        "outreach.marketing_consent",
        Kind.GATE,
        _("营销信息须同意"),
        _("未同意营销信息的患者不会收到推广短信和电话。"),
        source=_("《个人信息保护法》第二十四条"),
        owner_role="reception",
        words="营销短信 骚扰 推广信息 推送 拒收 退订 未经同意发送 营销电话 打扰",
        planned=True,
    )
)
PROMOTION_PRICE = register(
    Control(
        "outreach.promotion_price",
        Kind.GATE,
        _("促销价格真实"),
        _("折前价高于前七日最低成交价且无说明的促销不能发布。"),
        source=PRICE,
        parameters=(
            Parameter(
                "days",
                "integer",
                7,
                _("天"),
                _("比价天数"),
                PRICE,
                stricter="higher",
                lowest=7,
                highest=90,
                legal=PRICE,
            ),
        ),
        owner_role="director",
        words="促销价 价格欺诈 原价 虚构原价 打折 优惠活动 特价 价格真实 折扣 虚假优惠 诱骗",
        planned=True,
    )
)
EDUCATION_PLAN = register(
    Control(
        "outreach.education_plan",
        Kind.RECORD,
        _("健康教育计划"),
        _("按人群和病种制定健康教育计划、材料和责任人。"),
        source=CONVENTION,
        words="健康教育 患者教育 健康宣教 教育计划 科普 宣教 健康知识 教育内容 健康促进 "
        "就医指导 健康教育体系 教育材料 疾病预防 普及",
        planned=True,
    )
)
EDUCATION_GIVEN = register(
    Control(
        "outreach.education_given",
        Kind.RECORD,
        _("健康教育实施"),
        _("记录讲座、一对一、宣传册、视频等教育的对象、内容和时间。"),
        source=CONVENTION,
        owner_role="nurse",
        words="讲座 一对一 宣传册 健康讲座 宣传资料 视频 宣传栏 发放 开展教育 手册 "
        "健康指导 公众号 线上教育 健康课堂 个性化教育",
        planned=True,
    )
)
EDUCATION_EFFECT = register(
    Control(
        "outreach.education_effect",
        Kind.MEASURE,
        _("健康教育效果"),
        _("统计知晓率、行为改变和疾病控制情况。"),
        source=CONVENTION,
        words="知晓率 行为改变 教育效果 健康行为 知识掌握 教育评估 效果评价 自我管理 疾病控制 掌握程度",
        planned=True,
    )
)
