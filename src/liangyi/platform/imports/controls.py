"""What imports prove, and what is still to come."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, register
from liangyi.platform.controls.proofs import Kept, prove
from liangyi.platform.imports.subjects import IMPORT_RUN

CONVENTION = _("行业惯例，可由制度调整")

FILE_IMPORT = register(
    Control(
        "imports.file_import",
        Kind.RECORD,
        _("数据导入试算"),
        _("历史预约从文件导入，可先试算，逐行报错，重复导入不重复；每次留下文件名、校验值和结果。"),
        source=CONVENTION,
        owner_role="admin",
        words="数据导入 导入 迁移 数据迁移 录入 系统上线 历史数据 信息录入 批量",
    )
)
EXCHANGE = register(
    Control(
        "imports.exchange",
        Kind.RECORD,
        _("标准接口交换"),
        _("以 FHIR、日历和通知接口与外部系统交换数据，逐次留痕。"),
        source=CONVENTION,
        owner_role="admin",
        words="数据交换 互联互通 信息共享 标准接口 区域平台 系统集成 数据共享 FHIR "
        "健康信息平台 医院信息系统 数据上报 HIS",
        planned=True,
    )
)

prove(FILE_IMPORT, Kept(IMPORT_RUN, "imports.ImportRun", moment="at", site="site_id"))
