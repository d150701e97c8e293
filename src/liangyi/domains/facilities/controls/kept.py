"""What facilities keeps, and what proves it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, register
from liangyi.platform.controls.proofs import Kept, Standing, prove

EQUIPMENT_REGISTER = register(
    Control(
        "facilities.equipment_register",
        Kind.RECORD,
        _("设备台账"),
        _("逐台登记型号、序列号、位置、保管人和状态，变更留痕。"),
        source=_("《医疗器械监督管理条例》第五十条"),
        owner_role="admin",
        words="设备台账 设备档案 医疗设备 仪器 登记 资产 设备管理 器械台账 建立设备档案 "
        "设备信息 仪器设备 医疗器械 序列号 固定资产",
    )
)
CALIBRATION_LOG = register(
    Control(
        "facilities.calibration_log",
        Kind.RECORD,
        _("校准计量记录"),
        _("记录每次校准检定的日期、证书编号和下次到期日。"),
        source=_("《强制检定的工作计量器具检定管理办法》"),
        owner_role="admin",
        words="校准 计量 检定 校准记录 计量器具 强制检定 检定证书 校准和计量 精度 准确性 检测 计量检定",
    )
)

prove(EQUIPMENT_REGISTER, Standing("facilities.equipment", "facilities.Equipment", site="site_id"))
prove(
    CALIBRATION_LOG,
    Kept(
        "facilities.equipment",
        "facilities.Calibration",
        moment="done_on",
        site="equipment__site_id",
        subject_id="equipment_id",
    ),
)
