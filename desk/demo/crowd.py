"""More applicants for the long form: what differs from one told in full, and the mails they send.

One TOML file each in `applicants/crowd/`. « like » names the applicant whose answers are borrowed, with
the structure's name put in place of the other.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any

from data.edition import Edition
from desk.demo import annexes
from desk.demo.people import HERE, read
from desk.demo.story import Dossier, File, Sent

ANNEXES = ("statutes", "report", "accounts 2024", "accounts 2025", "cv")


@cache
def raw(key: str) -> Mapping[str, Any]:
    """An applicant's file as it stands."""
    folder = HERE if (HERE / f"{key}.toml").exists() else HERE / "crowd"
    return tomllib.loads((folder / f"{key}.toml").read_text("utf-8"))


def mails(edition: Edition) -> Iterator[Sent]:
    """Every mail of the crowd, applicant by applicant."""
    for path in sorted((HERE / "crowd").glob("*.toml")):
        own = raw(path.stem)
        dossier = Dossier(read(path.stem, _whole(own), edition), edition)
        for number, mail in enumerate(own["mail"], 1):
            yield _sent(dossier, mail, number)


def _whole(own: Mapping[str, Any]) -> dict[str, Any]:
    """The applicant with what is borrowed, the name changed wherever it stands."""
    like = raw(own["like"])
    borrowed = _renamed(like, like["name"], own["name"])
    people = {role: borrowed[role] | own[role] for role in ("contact", "administrator")}
    whole: dict[str, Any] = borrowed | dict(own) | people
    return whole


def _renamed(value: Any, old: str, new: str) -> Any:
    match value:
        case str():
            return value.replace(old, new)
        case list():
            return [_renamed(each, old, new) for each in value]
        case dict():
            return {key: _renamed(each, old, new) for key, each in value.items()}
        case _:
            return value


def _sent(dossier: Dossier, mail: Mapping[str, Any], number: int) -> Sent:
    """One mail, as its file describes it."""
    whole = dossier.mail(mail["at"], tuple(_files(dossier, mail)), None)
    first = number == 1
    sent = replace(
        whole,
        key=whole.key if first else f"{whole.key}/{number}",
        subject=f"{whole.subject}{mail.get('subject', '')}",
        answers=dossier.applicant.email if mail.get("supplement") or mail.get("withdraws") else None,
        kind="supplement" if mail.get("supplement") else "application",
    )
    if mail.get("withdraws"):
        person = dossier.applicant.contact.name
        body = f"Bonjour,\n\nNous retirons notre candidature : l'équipe a changé de projet.\n\n{person}\n"
        sent = replace(sent, subject=f"Re: {whole.subject}", body=body, kind="withdrawal")
    return sent


def _files(dossier: Dossier, mail: Mapping[str, Any]) -> Iterator[File]:
    if mail.get("withdraws"):
        return
    wanted = mail.get("only", ["form", *ANNEXES])
    if "form" in wanted:
        yield _form(dossier, mail)
    papers = {
        "statutes": ("Statuts.txt", annexes.statutes(dossier.applicant)),
        "report": ("Rapport d'activités 2025.txt", annexes.activity_report(dossier.applicant)),
        "accounts 2024": ("Comptes 2024.txt", annexes.accounts(dossier.applicant, 2024)),
        "accounts 2025": ("Comptes 2025.txt", annexes.accounts(dossier.applicant, 2025)),
        "cv": (f"CV {dossier.applicant.contact.name}.txt", annexes.cv(dossier.applicant)),
    }
    for key, (name, paper) in papers.items():
        if key in wanted and key not in mail.get("without", ()):
            yield File(name, partial(annexes.as_text, paper))


def _form(dossier: Dossier, mail: Mapping[str, Any]) -> File:
    filled = dossier.filled(dict.fromkeys(mail.get("blank", ()), ""))
    ink = {role: picture for role, picture in filled.ink.items() if role not in mail.get("unsigned", ())}
    return dossier.form(mail["layout"], replace(filled, ink=ink))
