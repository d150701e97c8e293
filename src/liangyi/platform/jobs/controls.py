"""What jobs will prove about backups."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

MLPS = _("GB/T 22239—2019 网络安全等级保护基本要求")
CONVENTION = _("行业惯例，可由制度调整")

BACKUP = register(
    Control(
        "jobs.backup",
        Kind.DUTY,
        _("数据备份"),
        _("每日自动备份并保留多份，结果入库，失败即报警。"),
        source=MLPS,
        parameters=(
            Parameter(
                "hours",
                "integer",
                24,
                _("小时"),
                _("备份间隔"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=24,
            ),
        ),
        owner_role="admin",
        words="备份 数据备份 定期备份 异地备份 灾备 容灾 数据丢失 存储 数据安全 防止丢失 备份数据",
        planned=True,
    )
)
RESTORE_DRILL = register(
    Control(
        "jobs.restore_drill",
        Kind.DUTY,
        _("恢复演练"),
        _("定期把备份恢复到另一处并核对，记录用时。"),
        source=MLPS,
        parameters=(
            Parameter(
                "months",
                "integer",
                1,
                _("个月"),
                _("演练周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        owner_role="admin",
        words="恢复演练 数据恢复 恢复测试 灾难恢复 系统恢复 恢复数据",
        planned=True,
    )
)
