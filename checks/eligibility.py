"""The structure has been active long enough, and in the programme's region: hints, never a decision."""

import re
from collections.abc import Iterator
from datetime import date

from checks._check import Tell, check
from checks._invalid import INVALID, lookalike
from checks._lookalikes import digits, proposal
from checks._standing import answer_to
from checks._voice import plain
from data.edition import Edition
from data.model import Answer, AnswerState, Dossier, Finding, Severity

TOO_YOUNG = Tell(
    "eligibility.too_young",
    Severity.REVIEW,
    "La structure indique une création le {created}, soit moins de {years} ans avant la clôture du dépôt.",
    officer_only=True,
)
OUTSIDE = Tell(
    "eligibility.outside_brussels",
    Severity.REVIEW,
    "L'adresse indiquée semble hors de la région du programme ; un impact sur celle-ci peut suffire.",
    officer_only=True,
)
OTHER_AGREEMENT = Tell(
    "eligibility.other_agreement",
    Severity.REVIEW,
    "L'agrément indiqué ({said}) est peut-être un autre que celui que le formulaire demande.",
    officer_only=True,
)


@check(TOO_YOUNG, OUTSIDE, OTHER_AGREEMENT, INVALID, asks="The structure is old enough and in the region.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Hint at what a person may want to ask: activity can be older than its legal person."""
    yield from _age(dossier, edition)
    yield from _region(dossier, edition)
    yield from _agreement(dossier, edition)


def _age(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    years, question = edition.eligibility.years_active, edition.eligibility.created_question
    answer = _answered(dossier, question)
    if years is None or question is None or answer is None:
        return
    try:
        created = date.fromisoformat(str(answer.value))
    except ValueError:  # in the applicant's own words: for a person to read
        return
    closing = edition.local(edition.dates.deadline).date()
    if (created.year + years, created.month, created.day) > (closing.year, closing.month, closing.day):
        yield TOO_YOUNG.about(question, answer.place, created=f"{created:%d/%m/%Y}", years=years)


def _region(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    postcodes, question = edition.eligibility.postcodes, edition.eligibility.address_question
    answer = _answered(dossier, question)
    if question is None or answer is None:
        return

    def inside(text: str) -> str | None:
        found = set(re.findall(r"\d+", text)) & set(postcodes)
        return found.pop() if len(found) == 1 else None

    read, lengths = str(answer.value), {len(postcode) for postcode in postcodes}
    numbers = {number for number in re.findall(r"\d+", read) if len(number) in lengths}
    if numbers & set(postcodes):
        return
    if meant := proposal(read, digits(read), inside):
        yield lookalike(edition.questions[question], answer, meant)
    elif numbers:
        yield OUTSIDE.about(question, answer.place)


def _agreement(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """The federal agreement of cooperatives is often named for the region's own."""
    question = edition.eligibility.agreement_question
    answer = _answered(dossier, question)
    if question is None or answer is None:
        return
    told = plain(str(answer.value))
    named = [plain(words) for words in edition.eligibility.other_agreements]
    if any(re.search(rf"\b{re.escape(words)}\b", told) for words in named if words):
        yield OTHER_AGREEMENT.about(question, answer.place, said=answer.value)


def _answered(dossier: Dossier, question: str | None) -> Answer | None:
    answer = answer_to(dossier, question) if question else None
    return answer if answer and answer.state is AnswerState.ANSWERED else None
