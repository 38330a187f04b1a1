"""`ingest.recognise`: what is an application, what is not, what may be answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.edition import Edition
from data.model import Machine, MailKind
from ingest.envelope import read
from ingest.recognise import ENOUGH, EVIDENCE, may_answer, may_be_ours, recognise, withdraws
from tests.builders import a_mail
from tests.ingest.conftest import an_application, an_envelope

LR = "La Remise"

SUBJECTS = {
    # as asked, in every way of writing it
    "Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "Dossier de candidature - COOPCITY 2026 - La Remise": LR,
    "Dossier de candidature — COOPCITY 2026 — La Remise": LR,
    "Dossier de candidature ‐ COOPCITY 2026 ‐ La Remise": LR,
    "Dossier de candidature −COOPCITY 2026− La Remise": LR,
    "Dossier de candidature–COOPCITY 2026–La Remise": LR,
    "Dossier de candidature-COOPCITY 2026-La Remise": LR,
    "Dossier de candidature COOPCITY 2026 La Remise": LR,
    "dossier de candidature coopcity 2026 la remise": "la remise",
    "DOSSIER DE CANDIDATURE – COOPCITY 2026 – LA REMISE": "LA REMISE",
    "Dossier de candidature : COOPCITY 2026 : La Remise": LR,
    "Dossier de candidature, COOPCITY 2026, La Remise": LR,
    "Dossier de candidature | COOPCITY 2026 | La Remise": LR,
    "Dossier de candidature / COOPCITY 2026 / La Remise": "La Remise",
    "Dossier_de_candidature_COOPCITY_2026_La_Remise": LR,
    "Dossier-de-candidature-COOPCITY-2026-Remise": "Remise",
    # order, words left out, words added
    "La Remise – Dossier de candidature – COOPCITY 2026": LR,
    "COOPCITY 2026 – Dossier de candidature – La Remise": LR,
    "COOPCITY 2026 – La Remise – Dossier de candidature": LR,
    "La Remise : dossier candidature coopcity": LR,
    "Dossier candidature CoopCity - La Remise": LR,
    "Candidature COOPCITY 2026 – La Remise": LR,
    "Notre candidature pour COOPCITY – La Remise": LR,
    "Dossier COOPCITY 2026 – La Remise": LR,
    "Dossier de candidature BLOSSOM 2026-2027 – La Remise": LR,
    "Dossier de candidature programme BLOSSOM COOPCITY – La Remise": LR,
    "Candidature Blossom – La Remise": LR,
    "Dossier de candidature – La Remise": LR,
    "Envoi de notre dossier de candidature COOPCITY 2026 – La Remise": LR,
    "Dossier de candidature complet – COOPCITY 2026 – La Remise": LR,
    "URGENT – Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "candidature de La Remise pour COOPCITY 2026": LR,
    # the house, the year
    "Dossier de candidature – Coop City 2026 – La Remise": LR,
    "Dossier de candidature – coop-city 2026 – La Remise": LR,
    "Dossier de candidature – COOP CITY – La Remise": LR,
    "Dossier de candidature – COOPCITY2026 – La Remise": LR,
    "Dossier de candidature – COOPCITY 2025 – La Remise": LR,
    "Dossier de candidature – COOPCITY 2027 – La Remise": LR,
    "Dossier de candidature – COOPCITY – La Remise": LR,
    # slips and accents
    "Dosier de candidature – COOPCITY 2026 – La Remise": LR,
    "Dossier de candiature – COOPCITY 2026 – La Remise": LR,
    "Dossier de candidatrue – COOPCTY 2026 – La Remise": LR,
    "Dossiér de cándidature – CÔÔPCITY 2026 – La Remise": LR,
    "Dossier  de   candidature –  COOPCITY   2026 –   La   Remise": LR,
    # reply marks, of programs in three languages
    "RE: Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "Re : Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "TR: Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "TR : RE : Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "Fwd: Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "FW: RE[2]: Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "Antw: Doorst: Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "[EXTERNAL] Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    "***SPAM*** Dossier de candidature – COOPCITY 2026 – La Remise": LR,
    # Dutch and English
    "Kandidatuur COOPCITY 2026 – De Tuin vzw": "De Tuin vzw",
    "Kandidatuurdossier Coopcity 2026 - De Tuin": "De Tuin",
    "Application COOPCITY 2026 – The Garden": "The Garden",
    "Application form Blossom – The Garden": "The Garden",
    # the bracket, quotes, pictures
    "Dossier de candidature – COOPCITY 2026 – [nom de votre structure]": None,
    "Dossier de candidature – COOPCITY 2026 – [Nom de votre structure] La Remise": LR,
    "Dossier de candidature – COOPCITY 2026 – nom de votre structure": None,
    "Dossier de candidature – COOPCITY 2026 – [La Remise]": LR,
    "Dossier de candidature – COOPCITY 2026 – « La Remise »": LR,
    '"Dossier de candidature – COOPCITY 2026 – La Remise"': LR,
    "🌱 Dossier de candidature 🌱 COOPCITY 2026 – La Remise 🌸": LR,
    "Dossier de candidature – COOPCITY 2026": None,
    # names that look like something else
    "Dossier de candidature – COOPCITY 2026 – Saint-Gilles en Fleurs": "Saint-Gilles en Fleurs",
    "Dossier de candidature – COOPCITY 2026 – Seeds of Change": "Seeds of Change",
    "Dossier de candidature – COOPCITY 2026 – Blossom Bakery": "Blossom Bakery",
    "Dossier de candidature – COOPCITY 2026 – Job Yourself": "Job Yourself",
    "Dossier de candidature – COOPCITY 2026 – L’Étage 21 (ASBL)": "L’Étage 21 (ASBL)",
    "Dossier de candidature – COOPCITY 2026 – La Remise (1/2)": LR,
    "Dossier de candidature – COOPCITY 2026 – La Remise – annexes": LR,
    "Dossier de candidature – COOPCITY 2026 – Œuvre & Cie": "Œuvre & Cie",
}

REFUSED = {
    # subject: (files, text)
    "Question dossier de candidature COOPCITY 2026": ((), "Où trouver le formulaire ?"),
    "Dossier de candidature – COOPCITY 2026 – question": ((), "Bonjour, une question."),
    "Question sur la candidature BLOSSOM": ((), "Faut-il deux ans d'activité ?"),
    "Dossier de candidature COOPCITY 2026 ?": ((), "Est-il encore temps ?"),
    "Demande d'informations candidature Coopcity": ((), ""),
    "Dossier de candidature COOPCITY 2026": ((), "Bonjour, où se trouve le formulaire ? Merci."),
    "RE: Dossier de candidature COOPCITY 2026": ((), "Merci beaucoup !"),
    "Vraag over kandidatuur coopcity": ((), "Wanneer is de deadline?"),
    "Appel à candidatures COOPCITY 2026": (("affiche.pdf",), "Merci de diffuser."),
    "Invitation : séance d'information dossier de candidature COOPCITY 2026": ((), ""),
    "Newsletter COOPCITY – dossier de candidature 2026": ((), ""),
    "Webinaire BLOSSOM : préparer son dossier de candidature": ((), "https://zoom.example/1"),
    "Candidature spontanée – chargée de communication – COOPCITY": (("CV.pdf", "lettre.pdf"), ""),
    "Candidature stage COOPCITY": (("cv candidature.pdf",), ""),
    "Candidature au poste de comptable chez Coopcity": (("CV.pdf",), ""),
    "Sollicitatie COOPCITY": (("cv.pdf",), ""),
    "Facture 2026-113 COOPCITY": (("facture.pdf",), ""),
    "Devis traiteur – COOPCITY – dossier 2026": (("devis.pdf",), ""),
    "Dossier de candidature – COOPCITY Seeds 2026 – La Remise": (("dossier de candidature.pdf",), ""),
    "Candidature SEEDS – La Remise": (("candidature.docx",), ""),
    "Dossier médical de Léa": (("dossier.pdf",), ""),
    "Dossier subsides 2026": (("budget.xlsx",), ""),
    "Photos de vacances": (("IMG_1.jpg", "IMG_2.jpg"), ""),
    "Réunion COOPCITY mardi": ((), "On se voit à 10h."),
    "Procès-verbal CA COOPCITY": (("PV.pdf",), ""),
    "": ((), "Salut Matthias, on mange ensemble ?"),
    "Bon de commande": (("bon.pdf",), ""),
    "Re: nous deux": ((), "Je t'embrasse"),
}


@pytest.mark.parametrize(("subject", "organisation"), SUBJECTS.items())
def test_what_people_write_for_the_subject_is_an_application(
    subject: str, organisation: str | None, blossom: Edition
) -> None:
    """However the subject is written, with a document it is fetched and it is an application."""
    envelope = an_envelope(subject, files=("scan0001.pdf",))

    first = may_be_ours(an_envelope(subject), ("scan0001.pdf",), blossom, ())
    second = recognise(envelope, blossom, (), holds_form=False)

    assert (first.kind, second.kind) == (MailKind.APPLICATION, MailKind.APPLICATION)
    assert second.organisation == organisation


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_form_itself_settles_every_subject(subject: str, blossom: Edition) -> None:
    """A mail that holds the form is an application whatever its subject."""
    for named in (subject, "Divers", ""):
        envelope = an_envelope(named, files=("scan0001.pdf",))

        assert recognise(envelope, blossom, (), holds_form=True).kind is MailKind.APPLICATION


@pytest.mark.parametrize(("subject", "told"), REFUSED.items())
def test_what_only_resembles_an_application_is_none(
    subject: str, told: tuple[tuple[str, ...], str], blossom: Edition
) -> None:
    """Questions, calls, vacancies, invoices, other programmes and private mail are no applications."""
    envelope = an_envelope(subject, files=told[0], text=told[1])

    assert recognise(envelope, blossom, (), holds_form=False).kind is MailKind.OTHER


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

    assert recognise(envelope, blossom, (), holds_form=False).kind is MailKind.APPLICATION


def test_a_download_link_counts_as_a_file(blossom: Edition) -> None:
    """A link to files, without a file, is an application; the host is known and nothing is fetched."""
    envelope = an_envelope("Candidature COOPCITY", text="Nos fichiers : https://we.tl/t-abc ")

    assert recognise(envelope, blossom, (), holds_form=False).kind is MailKind.APPLICATION


def test_a_newsletter_that_quotes_the_words_is_automatic(blossom: Edition) -> None:
    """A list handing round the call is no application."""
    envelope = an_envelope(machine=Machine.LIST, automatic="List-Id: <news.example>")

    assert recognise(envelope, blossom, (), holds_form=False).kind is MailKind.AUTOMATIC


def test_an_application_through_a_group_address_is_one(blossom: Edition) -> None:
    """Where info@ is a group of the provider every mail bears list headers; the form still counts."""
    envelope = an_envelope(files=("form.pdf",), machine=Machine.LIST, automatic="List-Id: <info.coopcity.be>")

    assert recognise(envelope, blossom, (), holds_form=True).kind is MailKind.APPLICATION
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
    assert recognise(envelope, blossom, known, holds_form=False).kind is MailKind.AUTOMATIC
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
    assert recognise(ours, blossom, known, holds_form=False).kind is MailKind.BOUNCE


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
    second = recognise(an_envelope(**words, files=["cv.pdf"]), blossom, known, holds_form=False)  # type: ignore[arg-type]

    assert (first.kind, second.kind) == (MailKind.SUPPLEMENT, MailKind.SUPPLEMENT)


def test_thanks_in_our_thread_add_nothing(blossom: Edition) -> None:
    """« Merci » is no supplement; an answer with facts is, even without a file."""
    thanks = an_envelope("RE: À compléter", in_reply_to="ours-1@coopcity.be", text="Merci beaucoup !\n> long")
    facts = an_envelope("RE: À compléter", in_reply_to="ours-1@coopcity.be", text="Numéro : 0419.618.535")
    known = [an_application()]

    assert recognise(thanks, blossom, known, holds_form=False).kind is MailKind.OTHER
    assert recognise(facts, blossom, known, holds_form=False).kind is MailKind.SUPPLEMENT


def test_a_consultant_opens_a_second_application(blossom: Edition) -> None:
    """The asked subject for another structure, from a known sender, is an application of its own."""
    envelope = an_envelope("Dossier de candidature – COOPCITY 2026 – Le Potager", files=["scan.pdf"])

    found = recognise(envelope, blossom, [an_application()], holds_form=False)

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

    assert recognise(envelope, blossom, [an_application()], holds_form=False).kind is MailKind.WITHDRAWAL


@pytest.mark.parametrize("text", STAYING)
def test_taking_back_something_else_is_no_withdrawal(text: str, blossom: Edition) -> None:
    """A replaced file, a question or a quotation withdraws nothing."""
    envelope = an_envelope("Notre candidature", text=text)

    assert recognise(envelope, blossom, [an_application()], holds_form=False).kind is not MailKind.WITHDRAWAL


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

    assert recognise(envelope, other, (), holds_form=False).kind is MailKind.APPLICATION
    assert recognise(envelope, blossom, (), holds_form=False).kind is MailKind.OTHER


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
    assert recognise(envelope, edition, [an_application()], holds_form=False).kind in MailKind
    assert may_answer(envelope, edition) is None
    assert withdraws(text, edition) in (True, False)
