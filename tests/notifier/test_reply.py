"""The reply: what may be said to an applicant, and what never."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.edition import Edition
from data.model import (
    Address,
    Annex,
    AnnexState,
    AnswerState,
    Application,
    Finding,
    Letter,
    LetterKind,
    Place,
    Severity,
    Signature,
    SignatureState,
    VerdictState,
)
from notifier import _inventory, reply
from tests.notifier.builders import (
    FORM,
    NOW,
    QUIET_S,
    RECEIVED,
    a_dossier,
    a_finding,
    a_piece,
    a_submission,
    a_verdict,
    an_answer,
    an_application,
    edition,
    forgetful,
    unsigned,
    without_annex,
    without_answers,
)

OFFICER_ONLY = (
    "eligibility.too_young",
    "eligibility.outside_brussels",
    "mail.one_address",
    "mail.wrong_subject",
    "mail.late",
    "sender.unverified",
    "signature.same_person",
    "signature.invalid",
    "answer.invalid",
    "answer.too_long",
    "document.active_content",
    "a.check.of.next.year",
)


def composed(application: Application, **more: object) -> Letter:
    keywords = {"mail": a_submission(), "now": NOW, "quiet_s": QUIET_S} | more
    return reply.compose(application, edition(), **keywords)  # type: ignore[arg-type]  # a test's keywords


def test_who_forgot_two_things_reads_of_these_two() -> None:
    """The annex and the signature are named, and nothing else is missed."""
    stock = _inventory.take(forgetful().dossier, forgetful().verdict, edition())
    absent = [item.what for item in stock.absent]

    assert absent == [
        "la signature de l'administrateur ou de l'administratrice",
        "le dernier rapport d'activité",
    ]


def test_five_answers_of_one_section_are_one_line() -> None:
    """By number, in the form's order, under the title that the form gives."""
    missing = ("b.12", "b.2", "b.3", "b.5", "b.9")
    verdict = a_verdict(*(a_finding("answer.blank", id) for id in missing))
    stock = _inventory.take(a_dossier(answers=without_answers(*missing)), verdict, edition())
    (line,) = stock.absent

    assert (line.what, line.told) == ("B. Description du projet", "questions 2, 3, 5, 9 et 12")
    assert stock.remains == "5 réponses"


@pytest.mark.parametrize(
    ("last", "pages", "told"),
    [(10, 8, "questions 7, 8, 9 et 10 (une page manque peut-être)"), (9, 8, ""), (10, 1, "")],
    ids=["a page's worth", "fewer", "a file without pages"],
)
def test_questions_in_a_row_that_are_nowhere_perhaps_stood_on_a_lost_page(
    last: int, pages: int, told: str
) -> None:
    """Who scans a form and drops a page learns why four questions of it are asked for."""
    missing = tuple(f"b.{number}" for number in range(7, last + 1))
    answers = without_answers(*missing, state=AnswerState.NOT_FOUND)
    dossier = a_dossier(answers=answers, pieces=[a_piece(FORM, "dossier", pages=pages)])
    verdict = a_verdict(*(a_finding("answer.not_found", id) for id in missing))
    line = _inventory.take(dossier, verdict, edition()).absent[0]

    assert line.told == told or (not told and "page" not in line.told)


@pytest.mark.parametrize("state", [AnswerState.ANSWERED, AnswerState.UNCLEAR])
def test_a_finding_that_the_reading_contradicts_accuses_nobody(state: AnswerState) -> None:
    """« Missing » needs both; else it is a doubt, and a person looks."""
    dossier = a_dossier(answers={"b.2": an_answer("b.2", state)})
    stock = _inventory.take(dossier, a_verdict(a_finding("answer.blank", "b.2")), edition())

    assert not stock.absent
    assert [item.what for item in stock.doubts] == [
        "B. Description du projet, question 2 (le problème ou besoin social)"
    ]


def test_what_is_doubted_is_not_told_as_found() -> None:
    """Accounts that are there but too old stand in one list only, with the years that were read."""
    accounts = Annex("accounts", AnnexState.PRESENT, (Place("Comptes.pdf"),), (2019, 2020))
    facts = {"found": "les exercices 2019 et 2020", "wanted": "les exercices 2024 et 2025"}
    verdict = a_verdict(a_finding("annex.old", "accounts", facts=facts))
    stock = _inventory.take(a_dossier(annexes={"accounts": accounts}), verdict, edition())

    assert "Les bilans comptables des deux dernières années" not in [item.what for item in stock.found]
    assert [item.told for item in stock.doubts] == [
        "nous avons lu les exercices 2019 et 2020 ; une personne va regarder"
    ]


def test_a_blank_form_beside_a_locked_file_accuses_nobody() -> None:
    """The filled one may be in what could not be opened: nothing is told as missing."""
    dossier = a_dossier(template_blank=True, answers=without_answers(*edition().questions))
    verdict = a_verdict(a_finding("document.encrypted", "tout.pdf"), a_finding("dossier.unclear", "dossier"))
    stock = _inventory.take(dossier, verdict, edition())

    assert not stock.absent
    assert not stock.formless
    assert [item.what for item in stock.doubts] == ["« tout.pdf »", "le formulaire"]


anything = st.sampled_from([*edition().questions, *edition().annexes, *edition().signatories, "CV.pdf", ""])
findings = st.builds(
    Finding,
    code=st.sampled_from(
        [
            *OFFICER_ONLY,
            *sorted(_inventory.KNOWN_BLOCKING),
            "answer.unclear",
            "annex.old",
            "signature.unclear",
        ]
    ),
    subject=anything,
    severity=st.sampled_from(Severity),
    message=st.just("Phrase pour la personne chargée du programme."),
)
ABSENT = (AnswerState.BLANK, AnswerState.NOT_FOUND)


@given(
    st.lists(findings, max_size=12),
    st.dictionaries(st.sampled_from(list(edition().questions)), st.sampled_from(AnswerState), max_size=8),
    st.dictionaries(st.sampled_from(list(edition().annexes)), st.sampled_from(AnnexState)),
    st.dictionaries(st.sampled_from(list(edition().signatories)), st.sampled_from(SignatureState)),
    st.booleans(),
)
def test_only_what_is_absent_for_certain_is_told_as_not_found(
    found: list[Finding],
    answers: dict[str, AnswerState],
    annexes: dict[str, AnnexState],
    signatures: dict[str, SignatureState],
    has_form: bool,
) -> None:
    """Whatever the findings say, a reading that is not « absent » is never told as missing."""
    dossier = a_dossier(
        answers={id: an_answer(id, state) for id, state in answers.items()},
        annexes={id: Annex(id, state) for id, state in annexes.items()},
        signatures={id: Signature(id, state) for id, state in signatures.items()},
        has_form=has_form,
    )
    stock = _inventory.take(dossier, a_verdict(*found), edition())

    assert stock.answers_count <= sum(state in ABSENT for state in answers.values())
    assert len(stock.absent_signatures) <= sum(s is SignatureState.MISSING for s in signatures.values())
    gone = (AnnexState.MISSING, AnnexState.PARTIAL)
    assert len(stock.absent_annexes) <= sum(state in gone for state in annexes.values())
    assert not (stock.no_form and has_form)


@given(st.lists(findings, max_size=12), st.sampled_from(VerdictState), st.booleans())
def test_a_letter_is_composed_of_anything(found: list[Finding], state: VerdictState, on_time: bool) -> None:
    """Any verdict gives a letter whose subject fits it; « complete » is said only of what is."""
    letter = composed(an_application(verdict=a_verdict(*found, state=state, on_time=on_time)))

    assert letter.subject.startswith("Bien reçu et complet") == (state is VerdictState.COMPLETE)
    assert ("est complet" in letter.text) == (state is VerdictState.COMPLETE)


@pytest.mark.parametrize("code", OFFICER_ONLY)
@pytest.mark.parametrize("severity", [Severity.REVIEW, Severity.NOTICE])
def test_what_concerns_the_officer_never_reaches_the_applicant(code: str, severity: Severity) -> None:
    """Eligibility, one address, same person…: the letter is the one without it."""
    secret = a_finding(code, "b.2", severity, message="Adresse hors de la Région.", facts={"value": "hors"})
    letter = composed(an_application(verdict=a_verdict(secret, state=VerdictState.TO_REVIEW)))
    plain = composed(an_application(verdict=a_verdict(state=VerdictState.TO_REVIEW)))

    assert (letter.subject, letter.text, letter.html) == (plain.subject, plain.text, plain.html)


def test_a_check_of_its_own_that_blocks_is_told_in_its_own_words() -> None:
    """An incomplete verdict never leaves the applicant without knowing why."""
    message = "Le budget prévisionnel n'est pas joint."
    new = a_finding("budget.absent", "budget", Severity.BLOCKING, message=message)
    letter = composed(an_application(verdict=a_verdict(new)))

    assert letter.subject.startswith("À compléter – ")
    assert message in letter.text


def test_the_same_state_gives_the_same_letter_and_another_state_another() -> None:
    """The id comes from mails, verdict and findings: not from the hour, nor from the words."""
    first = composed(forgetful())
    later = composed(forgetful(), now=NOW + timedelta(hours=3))
    grown = composed(replace(forgetful(), mails=("mail-1", "mail-2")))
    judged = composed(replace(forgetful(), verdict=a_verdict(a_finding("annex.missing", "activity_report"))))

    assert first.id == later.id
    assert len({first.id, grown.id, judged.id}) == 3
    assert first.cause.startswith("reply/BL26-K7Q3M/")


@given(st.permutations(list(forgetful().verdict.findings)))
def test_the_order_of_findings_makes_no_new_letter(findings: list[Finding]) -> None:
    """Checks may be found in any order."""
    shuffled = replace(forgetful(), verdict=replace(forgetful().verdict, findings=tuple(findings)))

    assert reply.cause_of(shuffled) == reply.cause_of(forgetful())


def test_a_letter_that_asks_waits_for_a_second_part() -> None:
    """« 1/2 » is not answered before « 2/2 » may have come; « complete » need not wait."""
    assert composed(forgetful()).not_before == RECEIVED + timedelta(seconds=QUIET_S)
    assert composed(forgetful(), now=RECEIVED + timedelta(hours=1)).not_before == RECEIVED + timedelta(
        hours=1
    )
    assert composed(an_application()).not_before == NOW


def test_the_letter_goes_to_one_address_and_into_the_thread() -> None:
    """Reply-To before From, and the applicant's mail is the one answered."""
    mail = a_submission()
    answered = replace(mail, envelope=replace(mail.envelope, reply_to=Address("", "equipe@laremise.example")))
    letter = composed(an_application(), mail=answered)

    assert letter.kind is LetterKind.REPLY
    assert letter.recipient.email == "equipe@laremise.example"
    assert letter.in_reply_to == mail.envelope.message_id
    assert letter.references == ("<earlier@laremise.example>", mail.envelope.message_id)
    assert letter.application == "BL26-K7Q3M"


def test_a_mail_without_sender_is_not_answered_into_the_void() -> None:
    """The gate stands before; here it is said aloud."""
    mail = a_submission()
    nobody = replace(mail, envelope=replace(mail.envelope, sender=None))

    with pytest.raises(ValueError, match="without sender"):
        composed(an_application(), mail=nobody)


def test_what_applicants_wrote_is_shown_and_never_run() -> None:
    """A file name or a structure's name with HTML in it is text in the HTML part."""
    evil = "<script>alert(1)</script>.pdf"
    dossier = a_dossier(organisation="<img src=x onerror=alert(1)>")
    letter = composed(an_application(dossier), mail=a_submission(files={evil: 10, "a\u202efdp.exe": 3}))

    assert "<script" not in letter.html
    assert "<img" not in letter.html
    assert evil in letter.text
    assert "\u202e" not in letter.text + letter.html


def test_an_organisation_without_name_leaves_no_empty_place() -> None:
    """The subject ends where it can."""
    subject = composed(an_application(a_dossier(organisation=None))).subject

    assert subject == "Bien reçu et complet – Dossier de candidature – COOPCITY 2026 [BL26-K7Q3M]"


def test_the_deadline_is_told_only_while_it_can_be_met() -> None:
    """After it, the applicant reads that it is not too late to send, and who may call."""
    before = composed(forgetful()).text
    after = composed(forgetful(), now=edition().dates.deadline + timedelta(seconds=1)).text

    assert "au plus tard le lundi 14" in " ".join(before.split())
    assert "au plus tard le lundi 14" not in " ".join(after.split())
    assert "vous pouvez encore nous envoyer" in " ".join(after.split())


def test_who_must_complete_the_form_signs_it_at_the_same_time() -> None:
    """One file to send, not two."""
    dossier = a_dossier(
        answers=without_answers("b.2"), signatures=unsigned("contact"), annexes=without_annex("cv")
    )
    codes = (("answer.blank", "b.2"), ("signature.missing", "contact"), ("annex.missing", "cv"))
    text = composed(an_application(dossier, a_verdict(*(a_finding(*each) for each in codes)))).text
    asked = text.partition("en joignant :")[2].partition("Ne renvoyez")[0]

    assert [line for line in asked.splitlines() if line.startswith("  - ")] == [
        "  - le formulaire complété, en entier, avec la signature de la personne",
        "  - le CV de la personne référente",
    ]


def test_nothing_of_this_programme_stands_in_code() -> None:
    """Another edition, in another town, with another officer: the letter is theirs."""
    changes: dict[str, dict[str, object]] = {
        "programme": {"organisation": "ATELIER", "name": "GERME", "zone": "Europe/Lisbon"},
        "officer": {
            "name": "Inès Sousa",
            "role": "Responsable",
            "email": "i@atelier.example",
            "phone": "21 000",
        },
        "mail": {
            "subject": "Candidature GERME : [nom]",
            "placeholder": "[nom]",
            "addresses": ("a@atelier.example",),
        },
    }
    ours = edition().model_dump()
    changed = {part: ours[part] | values for part, values in changes.items()}
    sections = [section for section in ours["section"] if section["id"] != "a3"]
    theirs = Edition.model_validate(ours | changed | {"section": sections, "language": ()})
    letter = reply.compose(forgetful(), theirs, mail=a_submission(), now=NOW, quiet_s=QUIET_S)
    said = f"{letter.subject} {' '.join(letter.text.split())}"

    assert letter.subject == "À compléter – Candidature GERME : La Remise [BL26-K7Q3M]"
    assert "à 15h42 (heure de Lisbonne)" in said
    assert "Inès Sousa Responsable, ATELIER i@atelier.example – 21 000" in said
    for foreign in ("COOPCITY", "BLOSSOM", "Matthias", "Bruxelles"):
        assert foreign not in said


def test_a_page_is_named_only_where_there_are_several() -> None:
    """A Word file that was never paged is one page to us: « page 1 » would send the reader to the first."""
    dossier = a_dossier()
    unpaged = [replace(piece, pages=1) if piece.kind == "dossier" else piece for piece in dossier.pieces]

    stock = _inventory.take(a_dossier(pieces=unpaged), a_verdict(), edition())
    told = {item.what: item.told for item in stock.found}

    assert told["La signature de la personne de contact"] == f"dans « {FORM} »"
    assert told["B. Description du projet"] == "toutes les réponses"
    assert told["Les statuts"] == "dans « annexes.pdf », pages 1 à 13"
