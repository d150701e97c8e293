"""What jobs prove about backups, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Site
from liangyi.platform.clock import HOME_ZONE
from liangyi.platform.controls.catalogue import Control, Finding, Kind, Parameter, register, watch
from liangyi.platform.controls.proofs import Kept, prove
from liangyi.platform.jobs.queries import backup_state
from liangyi.platform.jobs.services import BACKUPS
from liangyi.platform.jobs.subjects import BACKUP_RUN

MLPS = _("GB/T 22239—2019 网络安全等级保护基本要求")
CONVENTION = _("行业惯例，可由制度调整")

BACKUP = register(
    Control(
        "jobs.backup",
        Kind.DUTY,
        _("数据备份"),
        _("每夜自动备份数据库和文件，保留最近十四份；中断的当天补做，每次留下时间、大小和结果。"),
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
    )
)
BACKUP_MISSING = register(
    Control(
        "jobs.backup_missing",
        Kind.WATCH,
        _("备份缺失"),
        _("最近一次成功的备份早于备份间隔，即派给管理员查明；备份成功后自动关闭。"),
        source=MLPS,
        owner_role="admin",
        words="备份失败 备份中断 未备份 备份异常 备份报警 检查备份 备份是否成功 备份监控 漏备",
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

prove(
    BACKUP,
    Kept(
        BACKUP_RUN,
        "jobs.BackupRun",
        moment="started_at",
        where=Q(made_good_at=None),
        failing=Q(outcome="failed"),
    ),
)


@watch(BACKUP_MISSING)
def backups_missing(at: datetime) -> Iterator[Finding]:
    """The group as a whole: one dump holds the records of all its sites."""
    state = backup_state(at)
    if not state.is_missing(at):
        return
    last = f"{state.last.started_at.astimezone(ZoneInfo(HOME_ZONE)):%Y-%m-%d %H:%M}" if state.last else ""
    facts = {"last_backup": last, "backup_hours": state.hours}
    if state.last is not None:
        yield Finding(BACKUP_RUN, state.last.id, None, facts)
    elif oldest := Site.objects.order_by("id").values_list("id", flat=True).first():
        yield Finding(BACKUPS, oldest, None, facts)
