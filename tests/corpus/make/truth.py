"""What is true of an invented application, in the contract's words; kept as one TOML file beside them."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ItemTruth:
    """One item of the form."""

    state: str
    value: str | int | None = None
    also: tuple[str, ...] = ()
    """Other states that are as honest: of handwriting `unclear`, of a deleted question `not_found`."""


@dataclass(frozen=True, slots=True)
class SignatureTruth:
    """One place to sign."""

    state: str
    how: str | None = None
    made: str = ""
    """What stands there in truth: `pen`, `initials`, `stamp`, `typed`, `script`, `cross`, `later`, …"""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexTruth:
    """One annex that the edition asks for."""

    state: str
    files: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentTruth:
    """One document: a file, or a range of the pages of one."""

    file: str
    kind: str
    first_page: int | None = None
    last_page: int | None = None
    """Both None where the file holds nothing else; pages count from 1."""
    years: tuple[int, ...] = ()
    """Closed financial years, of accounts."""


@dataclass(frozen=True, slots=True)
class Truth:
    """All of it."""

    edition: str
    seed: int
    layout: str
    format: str
    answers: Mapping[str, ItemTruth] = field(default_factory=dict)
    signatures: Mapping[str, SignatureTruth] = field(default_factory=dict)
    annexes: Mapping[str, AnnexTruth] = field(default_factory=dict)
    documents: tuple[DocumentTruth, ...] = ()
    pages: int = 0
    """Of the form, where they are counted."""


def dumps(truth: Truth) -> str:
    """As TOML, in the order of the nouns; what is empty is left out."""
    plain = asdict(truth)
    rows = [f"{key} = {_value(plain[key])}" for key in ("edition", "seed", "layout", "format", "pages")]
    for table in ("answers", "signatures", "annexes"):
        rows += ["", f"[{table}]"] if plain[table] else []
        rows += [f"{_key(name)} = {_inline(entry)}" for name, entry in plain[table].items()]
    for document in plain["documents"]:
        rows += ["", "[[documents]]", *(f"{key} = {_value(value)}" for key, value in _kept(document))]
    return "\n".join(rows) + "\n"


def loads(text: str) -> Truth:
    """The reverse of `dumps`."""
    raw = tomllib.loads(text)
    return Truth(
        **{key: raw[key] for key in ("edition", "seed", "layout", "format", "pages")},
        answers={name: ItemTruth(**_tuples(entry)) for name, entry in raw.get("answers", {}).items()},
        signatures={
            name: SignatureTruth(**_tuples(entry)) for name, entry in raw.get("signatures", {}).items()
        },
        annexes={name: AnnexTruth(**_tuples(entry)) for name, entry in raw.get("annexes", {}).items()},
        documents=tuple(DocumentTruth(**_tuples(entry)) for entry in raw.get("documents", ())),
    )


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _kept(entry: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(key, value) for key, value in entry.items() if value not in (None, (), [])]


def _inline(entry: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in _kept(entry)) + " }"


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() else json.dumps(name)


def _value(value: Any) -> str:
    """A JSON string is a TOML string too, and so are whole numbers and lists of them."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
