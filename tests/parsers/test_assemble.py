"""Mails and files as one dossier."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

import parsers
from checks import judge
from data.edition import Edition
from data.model import (
    AnnexState,
    AnswerState,
    Document,
    DocumentKind,
    FileKind,
    Line,
    Page,
    PageSource,
    Severity,
    SignatureState,
    Span,
    Submission,
    Unread,
    UnreadReason,
)
from tests.parsers import signing
from tests.parsers.conftest import CV, REPORT, STATUTES, a_pdf, a_word_file, accounts, an_attachment
from tests.parsers.layouts import LAYOUTS, Filled, fill
from tests.parsers.own_words import LABELS
from tests.parsers.printed import plain_text

Mail = Callable[..., Submission]

SCAN = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 100


def _form(edition: Edition, seed: int = 3, blanks: float = 0.0) -> bytes:
    return LAYOUTS["tables"](fill(edition, seed, blanks), edition)


def _annexes() -> list[tuple[str, bytes]]:
    return [
        ("doc1.docx", a_word_file(*STATUTES)),
        ("doc2.pdf", a_pdf(REPORT)),
        ("doc3.pdf", a_pdf(accounts(2025))),
        ("doc4.pdf", a_pdf(accounts(2024))),
        ("doc5.docx", a_word_file(*CV)),
    ]


def test_a_whole_dossier_is_whole(edition: Edition, a_mail: Mail) -> None:
    """A form and its annexes give every answer and every annex, each with the mail that brought it."""
    files = [an_attachment(*file) for file in (("form.docx", _form(edition)), *_annexes())]
    dossier = parsers.assemble([a_mail(*files)], edition, parsers.read)

    assert dossier.has_form
    assert {a.state for a in dossier.answers.values() if a.question != "a1.capital"} <= {
        AnswerState.ANSWERED,
        AnswerState.BLANK,
    }
    assert {annex.state for annex in dossier.annexes.values()} == {AnnexState.PRESENT}
    assert dossier.annexes["accounts"].years == (2025, 2024)
    assert {piece.mail for piece in dossier.pieces} == {"mail of day 10"}
    assert dossier.organisation == dossier.answers["a1.name"].value


def test_the_order_of_attachments_does_not_matter(edition: Edition, a_mail: Mail) -> None:
    """However the files are ordered in the mail, the dossier is the same."""
    files = [an_attachment(*file) for file in (("form.docx", _form(edition)), *_annexes()[:3])]
    dossiers = [
        parsers.assemble([a_mail(*order)], edition, parsers.read) for order in list(permutations(files))[::5]
    ]

    assert all(dossier == dossiers[0] for dossier in dossiers)


def test_one_file_of_everything_is_cut_into_ranges(edition: Edition, a_mail: Mail) -> None:
    """A single PDF of all annexes is listed once for each, with its pages."""
    whole = an_attachment("annexes.pdf", a_pdf(STATUTES, REPORT, accounts(2025), accounts(2024), CV))
    dossier = parsers.assemble(
        [a_mail(whole, an_attachment("f.docx", _form(edition)))], edition, parsers.read
    )
    ranges = [(p.kind, p.first_page, p.last_page) for p in dossier.pieces if p.file == "annexes.pdf"]

    assert ranges == [
        ("statutes", 1, 1),
        ("activity_report", 2, 2),
        ("accounts", 3, 3),
        ("accounts", 4, 4),
        ("cv", 5, 5),
    ]
    assert {annex.state for annex in dossier.annexes.values()} == {AnnexState.PRESENT}


def test_what_was_not_sent_is_missing(edition: Edition, a_mail: Mail) -> None:
    """Annexes that are nowhere are missing; one year of two is partial."""
    files = [an_attachment("f.docx", _form(edition)), an_attachment("b.pdf", a_pdf(accounts(2025)))]
    annexes = parsers.assemble([a_mail(*files)], edition, parsers.read).annexes

    assert annexes["accounts"].state is AnnexState.PARTIAL
    assert annexes["accounts"].years == (2025,)
    assert {annexes[k].state for k in ("statutes", "activity_report", "cv")} == {AnnexState.MISSING}


def test_what_was_not_read_is_never_missing(edition: Edition, a_mail: Mail) -> None:
    """A scan may be any annex, and the signed page; one whose name speaks leaves only that annex in doubt."""
    nameless = parsers.assemble(
        [a_mail(an_attachment("f.docx", _unsigned(edition)), an_attachment("IMG_12.jpg", SCAN))],
        edition,
        parsers.read,
    )
    named = parsers.assemble(
        [a_mail(an_attachment("f.docx", _unsigned(edition)), an_attachment("Statuts.jpg", SCAN))],
        edition,
        parsers.read,
    )

    assert {annex.state for annex in nameless.annexes.values()} == {AnnexState.UNCLEAR}
    assert {s.state for s in nameless.signatures.values()} == {SignatureState.UNCLEAR}
    assert named.annexes["statutes"].state is AnnexState.UNCLEAR
    assert named.annexes["cv"].state is AnnexState.MISSING
    assert {s.state for s in named.signatures.values()} == {SignatureState.MISSING}


def _unsigned(edition: Edition) -> bytes:
    return LAYOUTS["tables"](
        Filled(fill(edition, 3).answers, dict.fromkeys(edition.signatories, False)), edition
    )


@pytest.mark.parametrize("swapped", [False, True])
def test_a_page_signed_apart_is_read_with_the_forms_names(
    swapped: bool, edition: Edition, a_mail: Mail
) -> None:
    """It has no labels; whoever the form calls the contact signs as such, in whichever column."""
    said = fill(edition, 3, 0.0).answers
    form = LAYOUTS["tables"](Filled(said, dict.fromkeys(edition.signatories, False)), edition)
    names = [str(said[signatory.name_question]) for signatory in edition.signatory]
    page = signing.a_page_apart(names[::-1] if swapped else names, 330.0)
    mail = a_mail(an_attachment("f.docx", form), an_attachment("p.pdf", b"%PDF-1.7 a page"))

    def read(content: bytes) -> Document | Unread:
        return page if content.startswith(b"%PDF") else parsers.read(content)

    signed = parsers.assemble([mail], edition, read).signatures

    assert [signed[role].state for role in ("contact", "administrator")] == (
        [SignatureState.SIGNED, SignatureState.MISSING] if swapped
        else [SignatureState.MISSING, SignatureState.SIGNED]
    )  # fmt: skip


def test_names_on_a_page_signed_apart_answer_for_the_form(edition: Edition, a_mail: Mail) -> None:
    """They stand there without labels; who the contact is, the form's own questions say."""
    said = dict(fill(edition, 3, 0.0).answers)
    contact = [str(said[q]) for q in (edition.fields.contact_first_name, edition.fields.contact_last_name)]
    said |= {q: "" for q in said if q.startswith("s.")}
    form = LAYOUTS["tables"](Filled(said, dict.fromkeys(edition.signatories, False)), edition)
    page = signing.a_page_apart([" ".join(contact), "Zoé Martin"], 330.0)
    mail = a_mail(an_attachment("f.docx", form), an_attachment("p.pdf", b"%PDF-1.7 a page"))

    def read(content: bytes) -> Document | Unread:
        return page if content.startswith(b"%PDF") else parsers.read(content)

    answers = parsers.assemble([mail], edition, read).answers

    assert answers["s.contact_name"].value == " ".join(contact)
    assert answers["s.administrator_name"].value == "Zoé Martin"


def test_a_form_that_was_not_read_leaves_answers_in_doubt(edition: Edition, a_mail: Mail) -> None:
    """Where the only candidate for the form is a scan, no answer is called missing."""
    unread = Unread(FileKind.JPEG, UnreadReason.SCAN, "pas de données de langue")
    dossier = parsers.assemble([a_mail(an_attachment("dossier.jpg", SCAN))], edition, lambda _: unread)

    assert not dossier.has_form
    assert {answer.state for answer in dossier.answers.values()} == {AnswerState.UNCLEAR}
    assert [(p.kind, p.unread) for p in dossier.pieces] == [(DocumentKind.UNREADABLE, UnreadReason.SCAN)]


def test_a_form_on_pages_that_were_not_read_is_not_missing(edition: Edition, a_mail: Mail) -> None:
    """Of one scan of everything only the statutes were read: the form may stand on the other pages."""
    statutes = parsers.read(a_pdf(STATUTES))
    assert isinstance(statutes, Document)
    unread = Page(2, PageSource.NONE, 595.0, 842.0)
    half = replace(statutes, pages=(statutes.pages[0], unread))
    dossier = parsers.assemble([a_mail(an_attachment("scan.pdf", b"scan"))], edition, lambda _: half)
    verdict = judge(dossier, edition)

    assert {finding.subject for finding in verdict.findings if finding.severity is Severity.BLOCKING} == set()
    assert "dossier.unclear" in {finding.code for finding in verdict.findings}
    assert dossier.annexes["statutes"].state is AnnexState.PRESENT


def test_beside_the_form_a_report_in_its_order_is_a_report(edition: Edition, a_mail: Mail) -> None:
    """Alone, a paper that says what the form asks is taken for it; beside the form it is none."""
    parts = ("a1", "a3", "b")
    told = [f"{label} : {said}" for part in parts for label, said in LABELS[part].values()]
    report = an_attachment("doc2.docx", a_word_file("Rapport d'activités 2025", *told))
    form = an_attachment("f.docx", _form(edition))
    alone, both = (
        parsers.assemble([a_mail(*files)], edition, parsers.read) for files in ((report,), (report, form))
    )

    assert (alone.in_own_words, both.in_own_words) == (True, False)
    assert {piece.file: piece.kind for piece in alone.pieces} == {"doc2.docx": DocumentKind.DOSSIER}
    assert {piece.file: piece.kind for piece in both.pieces} == {
        "doc2.docx": "activity_report",
        "f.docx": DocumentKind.DOSSIER,
    }


TRANSLATED = [f"Question {n} of the form, in another tongue? And an answer to it." for n in range(30)]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Application form COOPCITY.docx", TRANSLATED),
        ("doc1.docx", ["BLOSSOM – application", "COOPCITY", *TRANSLATED]),
        ("doc1.docx", ["Un projet pour COOPCITY", *TRANSLATED]),
        ("doc1.docx", ["Lettre à COOPCITY", "Madame, Monsieur,", *TRANSLATED, *TRANSLATED]),
        ("doc2.docx", [*TRANSLATED, *TRANSLATED, "Nom, prénom : A B", "Fonction : X", "Signature :"] * 2),
    ],
)
def test_a_form_in_other_words_is_for_a_person(
    name: str, rows: list[str], edition: Edition, a_mail: Mail
) -> None:
    """A translated form is not recognised, and is not called missing: nothing in it is."""
    dossier = parsers.assemble([a_mail(an_attachment(name, a_word_file(*rows)))], edition, parsers.read)
    blocking = {f.subject for f in judge(dossier, edition).findings if f.severity is Severity.BLOCKING}

    assert {answer.state for answer in dossier.answers.values()} <= {
        AnswerState.UNCLEAR,
        AnswerState.ANSWERED,
    }
    assert UnreadReason.UNFAMILIAR in {piece.unread for piece in dossier.pieces}
    assert "dossier" not in blocking


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("flyer.docx", TRANSLATED),
        ("lettre.docx", ["Lettre à COOPCITY", "Madame, Monsieur,", *TRANSLATED[:10], "Cordialement,"]),
    ],
)
def test_a_letter_without_a_form_is_no_form(
    name: str, rows: list[str], edition: Edition, a_mail: Mail
) -> None:
    """Another paper of some length leaves the form missing; so does a letter of a page."""
    dossier = parsers.assemble([a_mail(an_attachment(name, a_word_file(*rows)))], edition, parsers.read)

    assert {answer.state for answer in dossier.answers.values()} == {AnswerState.NOT_FOUND}


def test_a_download_link_leaves_annexes_in_doubt(edition: Edition, a_mail: Mail) -> None:
    """A link where files should be is told by its host, and nothing is called missing."""
    mail = a_mail(an_attachment("f.docx", _form(edition)), text="Nos annexes : https://we.tl/t-abc123")
    dossier = parsers.assemble([mail], edition, parsers.read)

    assert dossier.mails[0].links == ("we.tl",)
    assert {annex.state for annex in dossier.annexes.values()} == {AnnexState.UNCLEAR}


def test_a_later_form_replaces_an_earlier_one_and_annexes_add_up(edition: Edition, a_mail: Mail) -> None:
    """Of two complete forms the later counts; what was sent before stays sent."""
    first = a_mail(an_attachment("v1.docx", _form(edition, 1)), an_attachment(*_annexes()[0]), day=8)
    second = a_mail(an_attachment("v2.docx", _form(edition, 2)), an_attachment(*_annexes()[4]), day=9)
    dossier = parsers.assemble([second, first], edition, parsers.read)

    assert dossier.answers["a1.name"].place
    assert dossier.answers["a1.name"].place.file == "v2.docx"
    assert {p.file: p.superseded for p in dossier.pieces if p.kind == "dossier"} == {
        "v1.docx": True,
        "v2.docx": False,
    }
    assert dossier.annexes["statutes"].state is AnnexState.PRESENT
    assert dossier.annexes["cv"].places
    assert dossier.received_at == second.received_at


def test_a_blank_form_sent_later_replaces_nothing(edition: Edition, a_mail: Mail) -> None:
    """The empty template attached to a later mail does not wipe out what was answered."""
    blank = LAYOUTS["lines"](
        Filled(dict.fromkeys(edition.questions), dict.fromkeys(edition.signatories, False)), edition
    )
    mails = [
        a_mail(an_attachment("v1.docx", _form(edition)), day=8),
        a_mail(an_attachment("vide.docx", blank), day=9),
    ]
    both = parsers.assemble(mails, edition, parsers.read)
    alone = parsers.assemble(mails[1:], edition, parsers.read)

    assert not both.template_blank
    assert both.answers["a1.legal_form"].state is AnswerState.ANSWERED
    assert alone.template_blank


def test_a_form_in_the_mails_own_text_counts(edition: Edition, a_mail: Mail) -> None:
    """A form pasted into the mail is the form."""
    dossier = parsers.assemble([a_mail(text=plain_text(fill(edition, 4, 0), edition))], edition, parsers.read)

    assert dossier.has_form
    assert dossier.answers["b.1"].state is AnswerState.ANSWERED


@pytest.mark.parametrize(
    ("subject", "organisation"),
    [
        ("Dossier de candidature – COOPCITY 2026 – Les Ateliers du Canal", "Les Ateliers du Canal"),
        ("RE: Dossier de candidature - COOPCITY 2026 - Jean-Jaurès & Co", "Jean-Jaurès & Co"),
        ("Dossier de candidature – COOPCITY 2026 – [nom de votre structure]", None),
        ("Dossier de candidature – COOPCITY 2026 – [Le Fil]", "Le Fil"),
        ("Candidature Blossom", None),
    ],
)
def test_the_organisation_is_named_by_the_subject(
    subject: str, organisation: str | None, edition: Edition, a_mail: Mail
) -> None:
    """Without an answer, the structure's name is what the subject adds to the words asked for."""
    assert parsers.assemble([a_mail(subject=subject)], edition, parsers.read).organisation == organisation


def test_logos_of_mail_signatures_are_no_files(edition: Edition, a_mail: Mail) -> None:
    """A tiny picture is decoration, and puts nothing in doubt."""
    logo = an_attachment("image001.png", b"\x89PNG\r\n\x1a\n" + b"x" * 900)
    dossier = parsers.assemble([a_mail(an_attachment("f.docx", _form(edition)), logo)], edition, parsers.read)

    assert [piece.file for piece in dossier.pieces] == ["f.docx"]
    assert [(piece.file, piece.kind) for piece in dossier.decorations] == [("image001.png", "other")]
    assert dossier.annexes["cv"].state is AnnexState.MISSING


def test_a_page_in_black_and_white_is_no_logo(edition: Edition, a_mail: Mail) -> None:
    """A fax takes no more bytes than a logo; what was read on it tells that it is a page."""
    told = ("Fait à Bruxelles", "Le 2 septembre 2026", *("Nom, prénom", "Fonction", "Signature") * 2)
    words = ("ETAPE 3 – SIGNER LE DOSSIER", *told, "ETAPE 4 – VÉRIFIER QUE VOUS N’AVEZ RIEN OUBLIÉ")
    lines = tuple(Line((Span(word),), 1) for word in words)
    page = Document(FileKind.PNG, (Page(1, PageSource.OCR, 595, 842, confidence=0.95),), lines)

    dossier = parsers.assemble([a_mail(an_attachment("signature_.png", b"x" * 900))], edition, lambda _: page)

    assert [piece.kind for piece in dossier.pieces] == [DocumentKind.SIGNATURE_PAGE]


def test_old_accounts_are_never_present(edition: Edition, a_mail: Mail) -> None:
    """Accounts of earlier years are shown with their years, and left to a person."""
    files = [an_attachment(f"c{year}.pdf", a_pdf(accounts(year))) for year in (2021, 2020)]
    annex = parsers.assemble([a_mail(*files)], edition, parsers.read).annexes["accounts"]

    assert annex.state is AnnexState.UNCLEAR
    assert annex.years == (2021, 2020)


def test_the_same_year_twice_is_one_year(edition: Edition, a_mail: Mail) -> None:
    """Two copies of one year's accounts do not make two years."""
    files = [an_attachment(f"copie{n}.pdf", a_pdf(accounts(2025))) for n in (1, 2)]
    annex = parsers.assemble([a_mail(*files)], edition, parsers.read).annexes["accounts"]

    assert annex.state is AnnexState.PARTIAL


def test_last_years_dossier_is_not_this_years(edition: Edition, a_mail: Mail) -> None:
    """Sent along, it answers nothing; alone, it is read: somebody took the wrong file to fill in."""
    old = edition.model_copy(
        update={"programme": edition.programme.model_copy(update={"years": "2025-2026"})}
    )
    past = plain_text(fill(edition, 4, 0), edition).replace("Année 2026-2027", "")
    sent = an_attachment("2025.txt", f"Année 2025-2026\n{past}".encode())
    now = an_attachment("2026.docx", _form(edition, 1))
    both = parsers.assemble([a_mail(sent, now)], edition, parsers.read)
    alone = parsers.assemble([a_mail(sent)], edition, parsers.read)

    assert {p.file: (p.kind, p.detail) for p in both.pieces} == {
        "2025.txt": ("other", "dossier d'une autre édition"),
        "2026.docx": ("dossier", ""),
    }
    assert alone.has_form
    assert parsers.assemble([a_mail(sent, now)], old, parsers.read).pieces[0].kind == "dossier"


def test_a_form_in_the_html_of_a_mail_is_read_with_its_cells(edition: Edition, a_mail: Mail) -> None:
    """Where the plain text says next to nothing, or has lost in which cell a cross stood."""
    asked = [q for q in edition.questions.values() if q.id[:2] in {"b.", "e."}]
    rated = "".join(f"<td>{'x' if number == 4 else ''}</td>" for number in range(1, 11))
    rows = [
        f"<p>{q.wording}</p><p><s>Non.</s> Oui.</p>" if q.id[0] == "b"
        else f"<table><tr><td>{q.wording}</td>{rated}</tr></table>"
        for q in asked
    ]  # fmt: skip
    mail = a_mail(text="Voir la version HTML.")
    mail = replace(mail, envelope=replace(mail.envelope, html="".join(rows)))

    answers = parsers.assemble([mail], edition, parsers.read).answers

    assert (answers["b.7"].value, answers["e.3"].value) == ("Oui.", 4)


def test_signatures_pasted_into_a_mail_are_for_a_person(edition: Edition, a_mail: Mail) -> None:
    """What a picture in a mail shows lies elsewhere: nobody's signature for certain, and not missing."""
    asked = "".join(
        f"<p>{q.wording}</p><p>Dit.</p>" for q in edition.questions.values() if q.id[:2] in {"a2", "b."}
    )
    signing = "".join(
        f"<tr><td>{said}</td><td>{said}</td></tr>" for said in ("Nom, prénom", "Fonction", "Signature")
    )
    pasted = '<img src="cid:1" width="150" height="50">'
    end = f"<p>Fait à Evere</p><table>{signing}<tr><td>{pasted}</td><td></td></tr></table>"
    mail = a_mail(text="Voir plus bas.")
    mail = replace(mail, envelope=replace(mail.envelope, html=asked + end))

    signed = parsers.assemble([mail], edition, parsers.read).signatures

    assert [signed[role].state for role in ("contact", "administrator")] == [
        SignatureState.UNCLEAR,
        SignatureState.MISSING,
    ]
