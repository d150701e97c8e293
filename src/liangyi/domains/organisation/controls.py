"""What organisation keeps, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.models import Licence
from liangyi.domains.organisation.subjects import LICENCE
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Control, Finding, Kind, Parameter, register, watch
from liangyi.platform.controls.proofs import Standing, prove
from liangyi.platform.controls.warning import running_out, warning_days

LIC = _("《医疗机构管理条例》")
CONVENTION = _("行业惯例，可由制度调整")
MOST_DAYS = 365

LICENCE_REGISTER = register(
    Control(
        "organisation.licence_register",
        Kind.RECORD,
        _("执业许可证登记"),
        _("登记每个院区的执业许可证：登记号、机构类别、诊疗科目、最高手术级别和有效期，每次变更留痕。"),
        source=LIC,
        owner_role="admin",
        words="医疗机构执业许可证 执业许可 营业执照 机构资质 证照 登记 核准 诊疗科目 "
        "合法执业 依法设立 注册 备案 资质齐全 法人 名称 地址",
    )
)
LICENCE_EXPIRING = register(
    Control(
        "organisation.licence_expiring",
        Kind.WATCH,
        _("许可证到期"),
        _("院区的执业许可证已经过期，或在规定天数内到期而没有登记新证。"),
        source=LIC,
        parameters=(warning_days(90, MOST_DAYS),),
        owner_role="director",
        words="许可证 有效期 到期 换证 延续 续期 变更登记 提前办理 过期 失效",
    )
)
LICENCE_VERIFICATION = register(
    Control(
        "organisation.licence_verification",
        Kind.DUTY,
        _("许可证按期校验"),
        _("校验周期将满时派给负责人办理校验，并登记结果。"),
        source=LIC,
        parameters=(
            Parameter(
                "months",
                "integer",
                12,
                _("个月"),
                _("校验周期"),
                LIC,
                stricter="lower",
                lowest=1,
                highest=36,
            ),
        ),
        owner_role="director",
        words="校验 年检 校验周期 按期校验 校验记录",
        planned=True,
    )
)
ROOMS = register(
    Control(
        "organisation.rooms",
        Kind.RECORD,
        _("诊疗用房登记"),
        _("登记诊室、候诊区、治疗室、手术室、药房、检验室、消毒供应室等用房，注明用途、所属科室和接待人数。"),
        source=_("《医疗美容服务管理办法》"),
        owner_role="admin",
        words="诊疗区 候诊区 治疗室 手术室 药房 检验室 消毒供应室 诊室 用房 区域划分 "
        "功能分区 布局 场所 面积 空间 设置 牙椅 床位",
    )
)
DEPARTMENTS = register(
    Control(
        "organisation.departments",
        Kind.RECORD,
        _("科室设置"),
        _("登记各院区的科室及其上下级关系，人员、用房和数据都归到科室。"),
        source=LIC,
        owner_role="admin",
        words="科室设置 科室 部门 组织架构 组织结构 职能部门 下设 内设机构 部门分工 "
        "管理架构 医疗美容科 行政部门",
    )
)
POST_DUTIES = register(
    Control(
        "organisation.post_duties",
        Kind.RECORD,
        _("岗位说明书"),
        _("每个岗位写明职责和对应的系统角色，修改留痕。"),
        source=CONVENTION,
        owner_role="admin",
        words="岗位说明书 岗位职责 职责 分工 明确职责 权限 责任 岗位设置 任职要求 工作内容 "
        "职务 谁负责 职责明确 各司其职 岗位责任制",
    )
)
OPENING_HOURS = register(
    Control(
        "organisation.opening_hours",
        Kind.RECORD,
        _("开诊时间与停诊日"),
        _("登记各院区每周开诊时间和停诊日，预约只开放这些时间。"),
        source=LIC,
        owner_role="admin",
        words="营业时间 开诊 门诊时间 工作时间 停诊 节假日 休息日 上班时间 作息 服务时间 延时服务 周末门诊",
    )
)
COMMITTEES = register(
    Control(
        "organisation.committees",
        Kind.RECORD,
        _("质量管理组织"),
        _("登记质量管理委员会、质量管理部门和科室小组的成员、职权和任期。"),
        source=_("《医疗质量管理办法》"),
        owner_role="director",
        words="质量管理委员会 委员会 领导小组 质量管理部门 质控小组 工作小组 成立 组建 "
        "主任委员 成员 组长 三级质控 管理机构 专职 职权 组织体系",
        planned=True,
    )
)
WAYFINDING = register(
    Control(
        "organisation.wayfinding",
        Kind.CHECK,
        _("标识与指引"),
        _("按清单核对院内标识、楼层图和路线指引是否清晰准确。"),
        source=CONVENTION,
        owner_role="admin",
        words="引导标识 标识 指示牌 导向 指引 标牌 楼层图 路线 醒目 清晰 平面图 方位 科室分布",
        planned=True,
    )
)

prove(LICENCE_REGISTER, Standing("organisation.licence", "organisation.Licence", site="site_id"))
prove(
    ROOMS,
    Standing(
        "",
        "organisation.Room",
        site="site_id",
        where=Q(is_active=True),
        what=_("诊疗用房"),
        named="name",
    ),
)
prove(
    DEPARTMENTS,
    Standing("", "organisation.Department", site="unit__site_id", what=_("科室"), named="unit__name"),
)
prove(POST_DUTIES, Standing("", "organisation.Post", what=_("岗位"), named="name"))
prove(OPENING_HOURS, Standing("", "organisation.OpeningHours", site="site_id", what=_("开诊时间")))


@watch(LICENCE_EXPIRING)
def licences_expiring(at: datetime) -> Iterator[Finding]:
    """Licences of working sites that end within `days_before` days or have ended, and that no later one
    continues. Two statements."""
    today = local_day(at, HOME_ZONE)
    for licence, site, left in running_out(
        LICENCE_EXPIRING,
        _ending(today + timedelta(days=MOST_DAYS)),
        today=today,
        site_of=lambda licence: licence.site_id,
        end_of=lambda licence: licence.valid_to,
    ):
        yield Finding(LICENCE, licence.id, site, _facts(licence, left))


def _ending(last_day: date) -> QuerySet[Licence]:
    later = Licence.objects.filter(site=OuterRef("site"), valid_to__gt=OuterRef("valid_to"))
    ending = Licence.objects.filter(valid_to__lte=last_day, site__is_active=True).exclude(Exists(later))
    return ending.order_by("valid_to", "id")


def _facts(licence: Licence, left: int | None) -> dict[str, object]:
    return {"number": licence.number, "valid_to": licence.valid_to.isoformat(), "days_left": left}
