"""The English catalogues: what is missing, what is left over, adding and compiling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from liangyi.web.shell.wording.extraction import ROOT, Wording, wordings_by_app
from liangyi.web.shell.wording.traditional import traditional

HEADER = r"""msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def catalogue_path(app: Path, locale: str = "en") -> Path:
    """Where an app keeps its words in `locale`."""
    return app / "locale" / locale / "LC_MESSAGES" / "django.po"


def read(app: Path) -> Catalog:
    """An app's English; empty if it has none yet."""
    path = catalogue_path(app)
    if not path.exists():
        return Catalog(locale="en", project="Liangyi", charset="utf-8", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale="en", abort_invalid=True)


def problems() -> list[str]:
    """Everything wrong with the wording, one line each: missing, fuzzy, left over, wrong placeholders."""
    apps = wordings_by_app()
    lines: list[str] = []
    for app in sorted({*apps, *_apps_with_english()}):
        lines += [
            f"{app.relative_to(ROOT)}: {line}" for line in _problems_of(read(app), apps.get(app, {}).values())
        ]
    return lines + _said_differently(apps)


def update(only: str = "") -> int:
    """Add what is missing to the English catalogues, empty, and drop what is left over. How many changed.

    `only` is one app's folder below the package: "web/shell".
    """
    changed = 0
    for app, wordings in wordings_by_app().items():
        if only and app.relative_to(ROOT).as_posix() != only:
            continue
        catalogue = read(app)
        new = [wording for wording in wordings.values() if _entry(catalogue, wording) is None]
        old = [message for message in catalogue if message.id and _is_left_over(message, wordings)]
        for message in old:
            catalogue.delete(message.id, context=message.context)
        for wording in new:
            catalogue.add(wording.text, context=wording.context)
        if new or old:
            _write(catalogue, catalogue_path(app))
            changed += len(new) + len(old)
    return changed


def compile_all() -> int:
    """Write every app's .mo files: English, and Traditional derived from the source. How many apps."""
    apps = wordings_by_app()
    for app, wordings in apps.items():
        _compile(read(app), catalogue_path(app).with_suffix(".mo"))
        _compile(_derived(wordings.values()), catalogue_path(app, "zh_Hant").with_suffix(".mo"))
    return len(apps)


def _problems_of(catalogue: Catalog, wordings: Iterable[Wording]) -> Iterator[str]:
    wanted = {wording.key: wording for wording in wordings}
    for wording in wanted.values():
        message = _entry(catalogue, wording)
        if message is None or not _is_translated(message):
            yield f"no English for {wording.text!r} ({wording.places[0]})"
        elif message.fuzzy:
            yield f"fuzzy: {wording.text!r}"
        elif missing := _missing_placeholders(message):
            yield f"{', '.join(sorted(missing))} missing in the English of {wording.text!r}"
    for message in catalogue:
        if message.id and _key(message) not in wanted:
            yield f"no longer said: {message.id!r}"


def _said_differently(apps: dict[Path, dict[tuple[str, str | None], Wording]]) -> list[str]:
    """Texts with two different English wordings: the reader would see either, by chance."""
    seen: dict[tuple[str, str | None], tuple[str, Path]] = {}
    lines = []
    for app in sorted(apps):
        for message in read(app):
            english = str(message.string)
            if not message.id or not _is_translated(message):
                continue
            first, where = seen.setdefault(_key(message), (english, app))
            if first != english:
                here, there = app.relative_to(ROOT), where.relative_to(ROOT)
                lines.append(f"{here}: {_key(message)[0]!r} is {english!r} here, {first!r} in {there}")
    return lines


def _entry(catalogue: Catalog, wording: Wording) -> Message | None:
    message = catalogue.get(wording.key[0], wording.context)
    if message is None or isinstance(message.id, str) != isinstance(wording.text, str):
        return None
    return message


def _is_left_over(message: Message, wordings: Mapping[tuple[str, str | None], Wording]) -> bool:
    """Whether nothing says it any more; a text that is no longer counted (or now is) is another text."""
    wording = wordings.get(_key(message))
    return wording is None or isinstance(message.id, str) != isinstance(wording.text, str)


def _key(message: Message) -> tuple[str, str | None]:
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def _is_translated(message: Message) -> bool:
    return all(_texts(message.string))


def _missing_placeholders(message: Message) -> set[str]:
    wanted = {name for text in _texts(message.id) for name in _PLACEHOLDER.findall(text)}
    return wanted - set(_PLACEHOLDER.findall(_texts(message.string)[-1]))


def _texts(text: str | Sequence[str] | None) -> list[str]:
    return [text or ""] if text is None or isinstance(text, str) else list(text)


def _derived(wordings: Iterable[Wording]) -> Catalog:
    catalogue = Catalog(locale="zh_Hant", charset="utf-8", fuzzy=False)
    for wording in wordings:
        if isinstance(wording.text, str):
            catalogue.add(wording.text, traditional(wording.text), context=wording.context)
        else:
            catalogue.add(wording.text, (traditional(wording.text[0]),), context=wording.context)
    return catalogue


def _write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        target.write(HEADER.encode())
        write_po(target, catalogue, width=110, no_location=True, sort_output=True, omit_header=True)


def _compile(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_mo(target, catalogue)


def _apps_with_english() -> Iterator[Path]:
    for path in ROOT.rglob("locale/en/LC_MESSAGES/django.po"):
        yield path.parents[3]
