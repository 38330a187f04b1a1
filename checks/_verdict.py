"""The verdict: `complete`, `incomplete` or `to_review`, by the rule of the contract.

Two keys, so that no single slip does harm:

- `incomplete` needs a finding that blocks, hence a thing named as missing for certain;
- `complete` needs the reading itself to say that all is there (every required answer answered,
  everybody signed, every annex present), nothing left unread, and reception in time;
- everything else is `to_review`.

Findings for review alone change nothing: they tell a person where to look. One person signing twice,
a broken seal, a hint on eligibility, an unverified sender leave a complete dossier complete; the
contract settles the first two so, and names the only others that do not: late, and link only (there
the annexes are unclear). An unclear answer to an optional question does not hold a dossier back.
"""

from collections.abc import Iterable, Iterator

from checks._check import catalogue, said
from checks._standing import is_all_there, unread_pieces
from data.edition import Edition
from data.model import Dossier, Finding, Severity, Verdict, VerdictState


def judge(dossier: Dossier, edition: Edition) -> Verdict:
    """Put every question to a dossier and sum up the answers."""
    findings = tuple(_in_order(_findings(dossier, edition), edition))
    return Verdict(_state(dossier, edition, findings), _on_time(dossier, edition), findings)


def _findings(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    for check in catalogue():
        tells = {tell.code: tell for tell in check.tells}
        for finding in check(dossier, edition):
            yield said(finding, tells[finding.code], edition)


def _state(dossier: Dossier, edition: Edition, findings: tuple[Finding, ...]) -> VerdictState:
    if any(finding.severity is Severity.BLOCKING for finding in findings):
        return VerdictState.INCOMPLETE
    if not is_all_there(dossier, edition) or any(unread_pieces(dossier, edition)):
        return VerdictState.TO_REVIEW
    return VerdictState.COMPLETE if _on_time(dossier, edition) else VerdictState.TO_REVIEW


def _on_time(dossier: Dossier, edition: Edition) -> bool:
    return edition.is_on_time(dossier.received_at)


def _in_order(findings: Iterable[Finding], edition: Edition) -> Iterator[Finding]:
    """What is missing first, then the form's own order: the same for the same files, however they came."""
    severities = list(Severity)
    subjects = [*edition.questions, *edition.signatories, *edition.annexes]
    position = {subject: index for index, subject in enumerate(subjects)}

    def key(finding: Finding) -> tuple[int, int, str, str, str]:
        place = position.get(finding.subject, len(position))
        return severities.index(finding.severity), place, finding.code, finding.subject, finding.message

    once = {key(finding): finding for finding in findings}
    for each in sorted(once):
        yield once[each]
