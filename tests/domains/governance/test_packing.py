"""Evidence packs: what is in them, who may have them, and what happens when two make the same."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Clause, Pack
from liangyi.domains.governance.queries import packs as queries
from liangyi.domains.governance.rules.packing import csv_line, download_name, masked, record_file
from liangyi.domains.governance.services import inspecting, packing
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.models import Verdict
from liangyi.platform.documents import files, pdf, signing
from liangyi.platform.documents.verification import verify_archive
from liangyi.platform.errors import Conflict, Denied, Invalid, Missing

CONTROL = "scheduling.patient_free"
TEXT = "预约管理制度\n一、预约\n同一医师同一时间不得安排两位患者。\n应每日核对预约。\n"
PERIOD = (date(2026, 11, 1), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("13812345678", "***"),
        ("电话 138 不全", "电话 138 不全"),
        ("致电13812345678。", "致电***。"),
        ("+86 13812345678", "***"),
        ("310101199001011234", "***"),
        ("身份证31010119900101123X。", "身份证***。"),
        ("01a20192-2682-744d-ab5a-196a261a96ef", "01a20192-2682-744d-ab5a-196a261a96ef"),
        ({"phone": "021-555", "title": "好"}, {"phone": "***", "title": "好"}),
        ({"identity_number_sealed": "x", "phone": ""}, {"identity_number_sealed": "***", "phone": ""}),
        ([{"email": "a@b.c"}], [{"email": "***"}]),
        (7, 7),
        (None, None),
    ],
)
def test_phones_and_identity_numbers_are_masked(value: Any, shown: Any) -> None:
    assert masked(value) == shown


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=cmd()", "'=cmd()"), ("@x", "'@x"), ("-5", "-5"), ("-x", "'-x"), ("甲,乙", '"甲,乙"'), (None, "")],
)
def test_csv_holds_no_formula(cell: Any, shown: str) -> None:
    assert csv_line([cell]).decode() in (f"{shown}\r\n", '""\r\n')


def test_names_fit_any_system() -> None:
    assert download_name("../检查:一/二", *PERIOD) == ".. 检查 一 二 20261101-20261123.zip"
    assert record_file("a.b/../c") == "records/a.b_.._c.json"


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    if not list(pdf.FONTS.glob("*.ttf")):
        pytest.skip("NO FONTS: the front end was not built")
    settings.HOME = tmp_path / "home"
    return tmp_path


@pytest.fixture
def clauses(home: Path, setup_actor: Actor, at: datetime, db: None) -> list[Clause]:
    """Two clauses, the first tied to a gate."""
    version = services.import_policy(actor=setup_actor, at=at, content=TEXT.encode())
    found = list(queries.clauses_to_pack(setup_actor, [version.policy_id]))
    services.decide_match(actor=setup_actor, at=at, clause=found[0].id, control=CONTROL, state="confirmed")
    return found


@pytest.fixture
def verdicts(setup_actor: Actor, site: Site, at: datetime) -> list[Verdict]:
    """Three passed, one refused with a phone in its facts."""
    refusal = {"control": CONTROL, "reason": "已有预约", "facts": {"phone": "13812345678"}}
    with recorded(setup_actor):
        return [
            Verdict.objects.create(
                decision="BookAppointment",
                at=at - timedelta(hours=number),
                site=site,
                actor_kind="staff",
                actor_name="前台小张",
                outcome="refused" if number == 3 else "passed",
                passed=[] if number == 3 else [CONTROL],
                refusals=[refusal] if number == 3 else [],
            )
            for number in range(4)
        ]


@pytest.fixture
def asked(quality: Actor, site: Site, clauses: list[Clause], at: datetime) -> Callable[..., Pack]:
    def make(**said: Any) -> Pack:
        usual: dict[str, Any] = {
            "actor": quality,
            "at": at,
            "site": site.id,
            "title": "年度校验",
            "clauses": [clause.id for clause in clauses],
            "first_day": PERIOD[0],
            "last_day": PERIOD[1],
        }
        return packing.request_pack(**(usual | said))

    return make


@pytest.fixture
def made(asked: Callable[..., Pack], setup_actor: Actor, at: datetime, home: Path) -> Callable[..., Path]:
    """`made()` is a finished pack as a file outside."""

    def make(name: str = "pack.zip", **said: Any) -> Path:
        pack = packing.make_pack(actor=setup_actor, at=at, pack=asked(**said).id)
        assert pack.error == ""
        assert pack.file is not None
        (home / name).write_bytes(b"".join(files.read(pack.file)))
        return home / name

    return make


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.django_db
def test_pack_holds_clauses_controls_records_and_proof(
    made: Callable[..., Path], verdicts: list[Verdict]
) -> None:
    path = made()
    with zipfile.ZipFile(path) as opened:
        held = {name: opened.read(name) for name in opened.namelist()}
    assert set(held) == {
        f"records/{CONTROL}.json",
        "evidence.csv",
        "clauses.csv",
        "controls.csv",
        "history.csv",
        "summary.pdf",
        "README.txt",
        "manifest.json",
        "manifest.sig",
        "public_key.pem",
    }
    assert [row["状态"] for row in _rows(held["clauses.csv"])] == ["已落实", "尚无"]
    assert len(_rows(held["evidence.csv"])) == 4
    assert _rows(held["history.csv"])[0]["新状态"] == "confirmed"
    facts = json.loads(held["manifest.json"])
    assert (facts["clauses"], facts["controls"], facts["records"]) == (2, 1, 4)
    assert facts["site"]["name"] == "良医医疗美容医院"


@pytest.mark.django_db
def test_records_are_what_the_history_holds_without_phones(
    made: Callable[..., Path], verdicts: list[Verdict]
) -> None:
    with zipfile.ZipFile(made()) as opened:
        records = json.loads(opened.read(f"records/{CONTROL}.json"))
        everything = b"".join(opened.read(name) for name in opened.namelist())
    refused = next(record for record in records if record["outcome"] == "refused")
    assert refused["record"]["id"] == str(verdicts[3].id)
    assert refused["record"]["row"]["refusals"][0]["facts"] == {"phone": "***"}
    assert [change["op"] for change in refused["record"]["history"]] == ["I"]
    assert b"13812345678" not in everything


@pytest.mark.django_db
def test_summary_reads_as_chinese(made: Callable[..., Path], verdicts: list[Verdict]) -> None:
    with zipfile.ZipFile(made()) as opened:
        pages = PdfReader(io.BytesIO(opened.read("summary.pdf"))).pages
    text = "".join(page.extract_text() for page in pages)
    for words in ("证据包", "年度校验", "不得安排两位患者", "已落实", "通过 3", "第 1 页"):
        assert words in text


@pytest.mark.django_db
def test_same_input_gives_the_same_bytes(made: Callable[..., Path], verdicts: list[Verdict]) -> None:
    assert made("one.zip").read_bytes() == made("two.zip").read_bytes()


@pytest.mark.django_db
def test_pack_is_verified_and_a_changed_byte_is_named(
    made: Callable[..., Path], verdicts: list[Verdict], at: datetime, capsys: Any
) -> None:
    path = made()
    call_command("verify_pack", path, fingerprint=signing.signer(at).fingerprint)
    assert "OK: every byte" in capsys.readouterr().out
    with zipfile.ZipFile(path) as opened:
        spot = opened.getinfo("clauses.csv").header_offset + 60
    whole = bytearray(path.read_bytes())
    whole[spot] ^= 1
    path.write_bytes(whole)
    with pytest.raises(CommandError, match=r"clauses\.csv"):
        call_command("verify_pack", path)


@pytest.mark.django_db
def test_key_that_was_replaced_still_verifies_its_packs(
    made: Callable[..., Path], setup_actor: Actor, at: datetime
) -> None:
    path, old = made(), signing.signer(at).fingerprint
    call_command("rotate_signing_key", reason="换钥")
    assert verify_archive(path, fingerprint=old).fingerprint == old
    assert verify_archive(made("new.zip")).fingerprint != old


@pytest.mark.django_db
def test_command_ends_with_a_status(home: Path) -> None:
    (home / "no.zip").write_bytes(b"PK nothing")
    command = [sys.executable, "-m", "liangyi.config.cli", "verify_pack", str(home / "no.zip")]
    program = "from liangyi.config.cli import main; main()"
    done = subprocess.run(
        [command[0], "-c", program, *command[3:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "NOT the pack" in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"clauses": []}, "clauses"),
        ({"first_day": date(2026, 11, 24)}, "last_day"),
        ({"last_day": date(2026, 11, 24)}, "last_day"),
        ({"first_day": date(2020, 1, 1)}, "first_day"),
        ({"title": ""}, "title"),
    ],
)
def test_what_cannot_be_packed_is_told(asked: Callable[..., Pack], said: Any, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        asked(**said)
    assert field in caught.value.fields
    assert not Pack.objects.exists()


@pytest.mark.django_db
def test_only_quality_and_director_ask(
    asked: Callable[..., Pack], reception: Actor, surgeon: Actor, other_site: Site
) -> None:
    for actor in (reception, surgeon):
        with pytest.raises(Denied):
            asked(actor=actor)
    with pytest.raises(Missing):
        asked(site=other_site.id)


@pytest.mark.django_db
def test_failure_says_why_and_can_be_tried_again(
    asked: Callable[..., Pack],
    quality: Actor,
    setup_actor: Actor,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    pack = asked()
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "FONTS", tmp_path / "none")
        pdf._compiler.cache_clear()
        assert packing.make_pack(actor=setup_actor, at=at, pack=pack.id).state == "failed"
    assert "缺少中文字体" in Pack.objects.get().error
    assert [path for path in (tmp_path / "home" / "files").rglob("*") if path.is_file()] == []
    packing.retry_pack(actor=quality, at=at, pack=pack.id)
    assert packing.make_pack(actor=setup_actor, at=at, pack=pack.id).state == "done"
    with pytest.raises(Conflict):
        packing.retry_pack(actor=quality, at=at, pack=pack.id)


@pytest.mark.django_db
def test_pack_half_made_by_a_killed_job_is_made_anew(
    asked: Callable[..., Pack], setup_actor: Actor, at: datetime
) -> None:
    pack = asked()
    with recorded(setup_actor):
        Pack.objects.update(state="running", done=1)
    assert queries.packs_left(at) == []
    assert queries.packs_left(at + timedelta(minutes=3)) == [pack.id]
    assert packing.make_pack(actor=setup_actor, at=at, pack=pack.id).state == "done"
    assert queries.packs_left(at + timedelta(minutes=3)) == []


@pytest.mark.django_db
def test_making_twice_changes_nothing(asked: Callable[..., Pack], setup_actor: Actor, at: datetime) -> None:
    pack = asked()
    first = packing.make_pack(actor=setup_actor, at=at, pack=pack.id)
    second = packing.make_pack(actor=setup_actor, at=at, pack=pack.id)
    assert second.file_id == first.file_id


@pytest.mark.django_db
def test_inspector_sees_finished_packs_made_for_them(
    asked: Callable[..., Pack], quality: Actor, setup_actor: Actor, site: Site, at: datetime
) -> None:
    opened = inspecting.open_inspection(
        actor=quality,
        at=at,
        site=site.id,
        organisation="卫健委",
        inspector="李",
        reason="检查",
        valid_from=at,
        valid_until=at + timedelta(days=1),
    )
    theirs, other = asked(inspection=opened.inspection.id), asked()
    inspector = actor_for(opened.inspection.account, at=at)
    assert list(queries.packs_visible_to(inspector)) == []
    for pack in (theirs, other):
        packing.make_pack(actor=setup_actor, at=at, pack=pack.id)
    assert [pack.id for pack in queries.packs_visible_to(inspector)] == [theirs.id]
    with pytest.raises(Missing):
        queries.pack_for(inspector, other.id)


@pytest.mark.django_db
def test_other_sites_packs_are_missing(
    asked: Callable[..., Pack], person: Callable[..., Account], other_site: Site
) -> None:
    pack = asked()
    stranger = actor_for(person("director", "stranger", other_site))
    with pytest.raises(Missing):
        queries.pack_for(stranger, pack.id)
