"""Evidence packs: asked for, made by a job, made again where that failed."""

from __future__ import annotations

from liangyi.domains.governance.services.packing.making import make_pack
from liangyi.domains.governance.services.packing.requesting import note_download, request_pack, retry_pack

__all__ = ["make_pack", "note_download", "request_pack", "retry_pack"]
