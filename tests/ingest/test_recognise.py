"""`ingest.recognise`: what is an application, what is not, what may be answered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.edition import Edition
from data.model import Attachment, Dossier, Machine, MailKind, Piece
from ingest.envelope import read
from ingest.recognise import ENOUGH, EVIDENCE, may_answer, may_be_ours, recognise, withdraws
from tests.builders import a_mail
from tests.ingest.conftest import AT, an_application, an_envelope
from tests.ingest.subjects import DOUBTS, REFUSED, SUBJECTS

READ = Dossier("blossom-2026", None, AT, (), ())
WITH_FORM = replace(READ, has_form=True)


@pytest.mark.parametrize(("subject", "organisation"), SUBJECTS.items())
def test_what_people_write_for_the_subject_is_an_application(
    subject: str, organisation: str | None, blossom: Edition
) -> None:
    """However the subject is written, with a document it is fetched and it is an application."""
    envelope = an_envelope(subject, files=("scan0001.pdf",))

    first = may_be_ours(an_envelope(subject), ("scan0001.pdf",), blossom, ())
    second = recognise(envelope, blossom, (), READ)

    assert (first.kind, second.kind) == (MailKind.APPLICATION, MailKind.APPLICATION)
    assert second.organisation == organisation


@given(
    subject=st.sampled_from(sorted(SUBJECTS)),
    marks=st.lists(
        st.sampled_from(["RE: ", "Re : ", "TR: ", "Fwd: ", "FW: ", "Antw: ", "[EXT] "]), max_size=3
    ),
    blank=st.sampled_from(["", " ", "\t", "\u00a0"]),
)
def test_marks_before_a_subject_change_nothing(subject: str, marks: list[str], blank: str) -> None:
    """However often it was answered or passed on: the same kind, and the same name."""
    from data import edition as editions

    edition = editions.load(editions.shipped()["blossom-2026"])
    found = recognise(an_envelope("".join(marks) + blank + subject, files=("scan.pdf",)), edition, (), READ)

    assert (found.kind, found.organisation) == (MailKind.APPLICATION, SUBJECTS[subject])


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_form_itself_settles_every_subject(subject: str, blossom: Edition) -> None:
    """A mail that holds the form is an application whatever its subject."""
    for named in (subject, "Divers", ""):
        envelope = an_envelope(named, files=("scan0001.pdf",))

        assert recognise(envelope, blossom, (), WITH_FORM).kind is MailKind.APPLICATION


@pytest.mark.parametrize(("subject", "told"), REFUSED.items())
def test_what_only_resembles_an_application_is_none(
    subject: str, told: tuple[tuple[str, ...], str], blossom: Edition
) -> None:
    """Questions, calls, vacancies, invoices, other programmes and private mail are no applications."""
    envelope = an_envelope(subject, files=told[0], text=told[1])

    assert recognise(envelope, blossom, (), READ).kind is MailKind.OTHER


@pytest.mark.parametrize(("subject", "told"), DOUBTS.items())
def test_what_the_subject_alone_does_not_settle_is_asked_of_a_person(
    subject: str, told: tuple[tuple[str, ...], str], blossom: Edition
) -> None:
    """A file that nobody could read, under a subject that may mean us: no letter, and not lost."""
    envelope = an_envelope(subject, files=told[0], text=told[1])

    assert recognise(envelope, blossom, (), READ).kind is MailKind.DOUBTFUL


def test_the_tables_are_long_enough() -> None:
    """Sixty ways to write the subject, twenty-five resemblances, and no subject in two tables."""
    assert len(SUBJECTS) >= 60
    assert len(REFUSED) >= 25
    assert not SUBJECTS.keys() & REFUSED.keys() & DOUBTS.keys()


def read_as(*kinds: str, blank: bool = False, form: bool = False) -> Dossier:
    """A dossier of files that could be read."""
    pieces = tuple(Piece(f"{n}.pdf", f"{n}", 9, kind, "m", AT) for n, kind in enumerate(kinds))
    return Dossier("blossom-2026", None, AT, (), pieces, has_form=form, template_blank=blank)


@pytest.mark.parametrize(
    ("subject", "kinds", "kind"),
    [
        ("Dossier de presse COOPCITY 2026", ["other"], MailKind.OTHER),
        ("Subside COCOF 2026 - dossier de candidature COOPCITY à compléter", ["other"], MailKind.OTHER),
        ("Dossier de candidature – location bureau COOPCITY", ["other"], MailKind.DOUBTFUL),
        ("Nos candidatures COOPCITY 2026 – bilan", ["other"], MailKind.OTHER),
        ("Candidature COOPCITY", ["cv"], MailKind.OTHER),
        ("Dossier de candidature – COOPCITY 2026 – La Remise", ["other"], MailKind.APPLICATION),
        ("Candidature – La Remise", ["statutes", "other"], MailKind.APPLICATION),
        ("Bonjour", ["statutes", "accounts", "cv"], MailKind.DOUBTFUL),
    ],
)
def test_what_was_read_in_the_files_counts(
    subject: str, kinds: list[str], kind: MailKind, blossom: Edition
) -> None:
    """Annexes speak for an application, files that are none of it against; but the asked subject stands."""
    envelope = an_envelope(subject, files=["a.pdf"])

    assert recognise(envelope, blossom, (), read_as(*kinds)).kind is kind


@pytest.mark.parametrize(
    ("text", "kinds", "kind"),
    [
        (
            "Je n'arrive pas à ouvrir le formulaire. Pourriez-vous me l'envoyer ?",
            ["other"],
            MailKind.DOUBTFUL,
        ),
        ("Voici l'écran.", ["other"], MailKind.APPLICATION),
        ("Tout est-il bien arrivé ?", ["statutes"], MailKind.APPLICATION),
        ("Tout est-il bien arrivé ?", [], MailKind.APPLICATION),
    ],
)
def test_a_question_with_a_picture_of_the_screen_is_asked_of_a_person(
    text: str, kinds: list[str], kind: MailKind, blossom: Edition
) -> None:
    """Under the asked subject too, if nothing of a dossier was read in it; an unread photo may be one."""
    envelope = an_envelope("Dossier de candidature Blossom – formulaire Word", files=["a.png"], text=text)

    assert recognise(envelope, blossom, (), read_as(*kinds)).kind is kind


@pytest.mark.parametrize(
    "subject",
    [
        "Absent(e) du bureau Re: {}",
        "Je suis absent Re: {}",
        "Congés annuels : {}",
        "Notification d'absence : {}",
        "Niet aanwezig Re: {}",
        "On leave: {}",
        "Vacation reply: {}",
    ],
)
def test_an_absence_without_any_mark_of_a_machine_adds_nothing(subject: str, blossom: Edition) -> None:
    """It answers our letter and bears our reference; its subject's first words are all that tells."""
    ours = "À compléter : votre dossier – COOPCITY 2026 – La Remise [BL26-K7Q3M]"
    text = "Bonjour, je suis en congé jusqu'au 20 septembre et ne lis pas mes mails."
    raw = a_mail(text, subject=subject.format(ours), in_reply_to="<ours-1@coopcity.be>")

    assert recognise(read(raw), blossom, [an_application()], READ).kind is MailKind.AUTOMATIC


@pytest.mark.parametrize(
    ("told", "blank", "kind"),
    [
        ({"sender": "collegue@coopcity.be"}, True, MailKind.OTHER),
        ({"sender": "info@coopcity.be"}, True, MailKind.OTHER),
        ({"machine": Machine.LIST, "automatic": "List-Id: <x.example>"}, True, MailKind.AUTOMATIC),
        ({}, True, MailKind.APPLICATION),
        ({"sender": "collegue@coopcity.be"}, False, MailKind.APPLICATION),
    ],
)
def test_a_blank_form_that_is_handed_round_is_no_application(
    told: dict[str, object], blank: bool, kind: MailKind, blossom: Edition
) -> None:
    """From a colleague or a list it is the call itself; from an applicant it is an empty application."""
    envelope = an_envelope("Le formulaire", files=["form.docx"], **told)  # type: ignore[arg-type]

    assert recognise(envelope, blossom, (), read_as("dossier", blank=blank, form=True)).kind is kind


@pytest.mark.parametrize(
    ("subject", "files", "to"),
    [
        ("Bonjour", ["scan0001.pdf"], ["info@coopcity.be"]),
        ("Message from KM_C258", ["SKM_C25826091011.pdf"], ["info@coopcity.be"]),
        ("", ["document.pdf"], ["info@coopcity.be"]),
        ("La Remise asbl", ["formulaire.docx"], ["info@coopcity.be"]),
        ("La Remise asbl", ["remise.pdf"], ["info@coopcity.be", "matthias@coopcity.be"]),
        ("La Remise asbl", ["remise.pdf", "statuts.pdf", "Bilan 2024.pdf"], ["info@coopcity.be"]),
    ],
)
def test_a_subject_that_says_nothing_does_not_lose_a_dossier(
    subject: str, files: list[str], to: list[str], blossom: Edition
) -> None:
    """A Word file, both addresses, the annexes' names, or no word at all: worth fetching."""
    found = may_be_ours(an_envelope(subject, to=to), files, blossom, ())

    assert found.kind is MailKind.APPLICATION


def test_an_invoice_from_an_applicant_is_not_put_into_the_dossier(blossom: Edition) -> None:
    """A known sender writes of other things too: asked of a person, unless it stands in our thread."""
    known = [an_application()]
    alone = an_envelope("Facture 2026-113", files=["facture.pdf"])
    answer = an_envelope("Facture 2026-113", files=["facture.pdf"], in_reply_to="ours-1@coopcity.be")

    assert recognise(alone, blossom, known, READ).kind is MailKind.DOUBTFUL
    assert recognise(answer, blossom, known, READ).kind is MailKind.SUPPLEMENT


@pytest.mark.parametrize(
    ("subject", "files"),
    [
        ("", ()),
        ("Re: nous deux", ()),
        ("Photos de vacances", ("IMG_1.jpg",)),
        ("Facture 2026-113 COOPCITY", ("facture.pdf",)),
        ("Question dossier de candidature COOPCITY 2026", ()),
        ("Candidature stage COOPCITY", ("cv.pdf",)),
        ("Contrat de bail", ("bail signé.pdf",)),
    ],
)
def test_private_mail_stays_unread(subject: str, files: tuple[str, ...], blossom: Edition) -> None:
    """What a header shows to be no application is never fetched."""
    found = may_be_ours(an_envelope(subject), files, blossom, ())

    assert found.kind is MailKind.OTHER


def test_the_files_names_alone_make_a_mail_worth_fetching(blossom: Edition) -> None:
    """Another subject, with the form's name among the files, is fetched."""
    found = may_be_ours(an_envelope("Bonjour"), ("Dossier de candidature Blossom.docx",), blossom, ())

    assert found.kind is MailKind.APPLICATION


def test_a_forgotten_attachment_is_still_an_application(blossom: Edition) -> None:
    """The asked subject with « ci-joint » and nothing joined: the applicant is told so, not ignored."""
    envelope = an_envelope(text="Bonjour, veuillez trouver ci-joint notre dossier.")

    assert recognise(envelope, blossom, (), READ).kind is MailKind.APPLICATION


def test_a_download_link_counts_as_a_file(blossom: Edition) -> None:
    """A link to files, without a file, is an application; the host is known and nothing is fetched."""
    envelope = an_envelope("Candidature COOPCITY", text="Nos fichiers : https://we.tl/t-abc ")

    assert recognise(envelope, blossom, (), READ).kind is MailKind.APPLICATION


def test_a_newsletter_that_quotes_the_words_is_automatic(blossom: Edition) -> None:
    """A list handing round the call is no application."""
    envelope = an_envelope(machine=Machine.LIST, automatic="List-Id: <news.example>")

    assert recognise(envelope, blossom, (), READ).kind is MailKind.AUTOMATIC


def test_an_application_through_a_group_address_is_one(blossom: Edition) -> None:
    """Where info@ is a group of the provider every mail bears list headers; the form still counts."""
    envelope = an_envelope(files=("form.pdf",), machine=Machine.LIST, automatic="List-Id: <info.coopcity.be>")

    assert recognise(envelope, blossom, (), WITH_FORM).kind is MailKind.APPLICATION
    assert may_answer(envelope, blossom) is None


def test_an_absence_message_that_repeats_our_subject_is_automatic(blossom: Edition) -> None:
    """Out of office in our own thread, with the asked subject: fetched, and nothing more than automatic."""
    raw = a_mail(
        subject="Réponse automatique : Dossier de candidature – COOPCITY 2026 – La Remise",
        in_reply_to="<ours-1@coopcity.be>",
    )
    envelope = read(raw)
    known = [an_application()]

    assert envelope.machine is Machine.RESPONDER
    assert may_be_ours(envelope, (), blossom, known).kind is MailKind.SUPPLEMENT
    assert recognise(envelope, blossom, known, READ).kind is MailKind.AUTOMATIC
    assert may_answer(envelope, blossom)


def test_only_bounces_in_our_own_thread_are_fetched(blossom: Edition) -> None:
    """A bounce of our letter is a bounce; somebody's private bounce is left unread."""
    ours = an_envelope(
        "Undeliverable", machine=Machine.BOUNCE, automatic="x", in_reply_to="ours-1@coopcity.be"
    )
    private = an_envelope("Undeliverable", machine=Machine.BOUNCE, automatic="x")
    known = [an_application()]

    assert may_be_ours(ours, (), blossom, known).kind is MailKind.BOUNCE
    assert may_be_ours(private, (), blossom, known).kind is MailKind.AUTOMATIC
    assert may_be_ours(private, ("Bien reçu [BL26-K7Q3M].eml",), blossom, known).kind is MailKind.BOUNCE
    assert recognise(ours, blossom, known, READ).kind is MailKind.BOUNCE


@pytest.mark.parametrize(
    "told",
    [
        {"in_reply_to": "ours-1@COOPCITY.be", "sender": "collegue@autre.example"},
        {"references": ["x@y.example", "1@laremise.example"], "sender": "collegue@autre.example"},
        {"subject": "Le CV manquant [bl26-k7q3m]", "sender": "collegue@autre.example"},
        {"subject": "Le CV manquant"},
        {"subject": "La Remise : nos statuts", "sender": "collegue@autre.example"},
    ],
)
def test_an_annex_that_comes_later_is_a_supplement(told: dict[str, object], blossom: Edition) -> None:
    """By thread, reference, sender or structure's name, a file for a known dossier is a supplement."""
    words = {"subject": "Voici", **told}
    known = [an_application()]

    first = may_be_ours(an_envelope(**words), ("cv.pdf",), blossom, known)  # type: ignore[arg-type]
    second = recognise(an_envelope(**words, files=["cv.pdf"]), blossom, known, READ)  # type: ignore[arg-type]

    assert (first.kind, second.kind) == (MailKind.SUPPLEMENT, MailKind.SUPPLEMENT)


@pytest.mark.parametrize(("size", "kind"), [(300_000, MailKind.SUPPLEMENT), (9_000, MailKind.OTHER)])
def test_a_signed_page_is_no_ornament_of_a_mail(size: int, kind: MailKind, blossom: Edition) -> None:
    """« signature.jpg » is the page that was missing, or a few bytes of a mail program's."""
    picture = Attachment("Signature.jpg", "image/jpeg", b"x" * size, "x")
    envelope = an_envelope("La page signée", files=[picture])

    assert recognise(envelope, blossom, [an_application()], READ).kind is kind


def test_thanks_in_our_thread_add_nothing(blossom: Edition) -> None:
    """« Merci » is no supplement; an answer with facts is, even without a file."""
    thanks = an_envelope("RE: À compléter", in_reply_to="ours-1@coopcity.be", text="Merci beaucoup !\n> long")
    facts = an_envelope("RE: À compléter", in_reply_to="ours-1@coopcity.be", text="Numéro : 0419.618.535")
    known = [an_application()]

    assert recognise(thanks, blossom, known, READ).kind is MailKind.OTHER
    assert recognise(facts, blossom, known, READ).kind is MailKind.SUPPLEMENT


def test_a_consultant_opens_a_second_application(blossom: Edition) -> None:
    """The asked subject for another structure, from a known sender, is an application of its own."""
    envelope = an_envelope("Dossier de candidature – COOPCITY 2026 – Le Potager", files=["scan.pdf"])

    found = recognise(envelope, blossom, [an_application()], READ)

    assert (found.kind, found.organisation) == (MailKind.APPLICATION, "Le Potager")


WITHDRAWN = [
    "Bonjour, nous retirons notre candidature. Merci pour tout.",
    "Je souhaite retirer ma candidature au programme.",
    "Nous renonçons à notre candidature\nfaute de temps.",
    "Après réflexion, nous nous désistons.",
    "Nous ne souhaitons plus participer au programme.",
    "Nous avons décidé d'annuler notre participation.",
    "Nous vous informons du retrait de notre candidature.",
    "We withdraw our application.",
    "Wij trekken onze kandidatuur in.",
    "Nous retirons notre candidature car nous ne pouvons pas nous libérer.",
]
STAYING = [
    "Je retire la pièce jointe précédente.",
    "Je retire mon dossier et le remplace par celui-ci.",
    "Peut-on retirer sa candidature ?",
    "Nous ne retirons pas notre candidature.",
    "Si nous retirons notre candidature, que se passe-t-il ensuite.",
    "Veuillez annuler l'annexe de notre dossier, la version corrigée suit.",
    "Merci pour votre message.\n> Nous retirons notre candidature.",
    "Notre candidature est jointe.",
]


@pytest.mark.parametrize("text", WITHDRAWN)
def test_a_probable_withdrawal_is_seen(text: str, blossom: Edition) -> None:
    """Taking back an application is recognised, for the officer to confirm."""
    envelope = an_envelope("Notre candidature", text=text)

    assert recognise(envelope, blossom, [an_application()], READ).kind is MailKind.WITHDRAWAL


@pytest.mark.parametrize("text", STAYING)
def test_taking_back_something_else_is_no_withdrawal(text: str, blossom: Edition) -> None:
    """A replaced file, a question or a quotation withdraws nothing."""
    envelope = an_envelope("Notre candidature", text=text)

    assert recognise(envelope, blossom, [an_application()], READ).kind is not MailKind.WITHDRAWAL


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"automatic": "Auto-Submitted: auto-replied", "machine": Machine.RESPONDER}, "automatique"),
        ({"automatic": "Return-Path: <>", "machine": Machine.ROBOT}, "Return-Path"),
        ({"automatic": "List-Id: <jardins.example>", "machine": Machine.LIST}, "List-Id"),
        ({"sender": "Info@coopcity.be"}, "nos propres adresses"),
        ({"reply_to": "matthias@coopcity.be"}, "nos propres adresses"),
        ({"sender": "no-reply@wetransfer.example"}, "ne lit pas"),
        ({"sender": "ne-pas-repondre@banque.example"}, "ne lit pas"),
        ({"sender": "MAILER-DAEMON@mx.example"}, "ne lit pas"),
        ({"sender": None}, "aucune adresse"),
        ({"sender": "aline@localhost"}, "inutilisable"),
    ],
)
def test_the_gate_says_why_it_stays_shut(told: dict[str, object], why: str, blossom: Edition) -> None:
    """Machines, lists, ourselves and addresses that nobody reads are not answered."""
    reason = may_answer(an_envelope(**told), blossom)  # type: ignore[arg-type]

    assert reason is not None
    assert why in reason


def test_a_person_is_answered(blossom: Edition) -> None:
    """An ordinary sender may be answered, also at another Reply-To."""
    assert may_answer(an_envelope(), blossom) is None
    assert may_answer(an_envelope(reply_to="bureau@laremise.example"), blossom) is None


def test_another_edition_has_other_words(blossom: Edition) -> None:
    """Keywords and programme come from the edition, not from code."""
    mail = blossom.mail.model_copy(
        update={"keywords": ("bewerbung",), "programme_words": ("gründerhaus",), "other_programmes": ()}
    )
    other = blossom.model_copy(update={"mail": mail})
    envelope = an_envelope("Bewerbung Gründerhaus – Die Scheune", files=["scan.pdf"])

    assert recognise(envelope, other, (), READ).kind is MailKind.APPLICATION
    assert recognise(envelope, blossom, (), READ).kind is MailKind.OTHER


def test_the_asked_subject_weighs_enough_by_itself() -> None:
    """The table keeps its promise: keyword, both keywords and programme together reach the limit."""
    weights = {each.what: each.weight for each in EVIDENCE}

    asked = (
        "l'objet contient un mot-clé",
        "l'objet contient les mots demandés",
        "l'objet nomme le programme",
    )
    assert sum(weights[each] for each in asked) == ENOUGH
    assert weights["le formulaire du programme est joint"] > ENOUGH


@given(
    subject=st.text(max_size=200),
    text=st.text(max_size=300),
    files=st.lists(st.text(max_size=30), max_size=4),
)
def test_any_words_get_an_answer(subject: str, text: str, files: list[str]) -> None:
    """Both looks and the gate are total, and their grounds add up to what they say."""
    from data import edition as editions

    edition = editions.load(editions.shipped()["blossom-2026"])
    envelope = an_envelope(subject, text=text, files=files)

    assert may_be_ours(envelope, files, edition, [an_application()]).kind in MailKind
    assert recognise(envelope, edition, [an_application()], READ).kind in MailKind
    assert may_answer(envelope, edition) is None
    assert withdraws(text, edition) in (True, False)
