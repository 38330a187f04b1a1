"""What a mail is to the programme: evidence weighed in one table, with its grounds kept.

Two looks. `may_be_ours` has the header and the files' names, and decides whether the rest of a private
inbox's mail is fetched at all. `recognise` has the whole mail. Both weigh by the table `EVIDENCE`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from data.edition import Edition
from data.model import (
    Address,
    Application,
    DocumentKind,
    Dossier,
    Envelope,
    Ground,
    Machine,
    MailKind,
    Recognition,
)
from ingest.automatic import writes_by_itself
from ingest.headers import fold
from ingest.link import by_sender, explicitly, is_ours, mentioned, twin, writer_of
from ingest.unpack import MAIL_MARK, is_mail
from ingest.wording import Wording, names_keyword, names_programme, reference_in, wording

FETCH = 5
"""Weight from which the body of a mail is fetched."""

ENOUGH = 8
"""Weight from which a mail is an application."""

DOUBT = 6
"""Weight from which a person is asked whether it is one."""

DOWNLOADS = (
    "we.tl",
    "wetransfer.com",
    "swisstransfer.com",
    "fromsmash.com",
    "drive.google.com",
    "docs.google.com",
    "dropbox.com",
    "1drv.ms",
    "onedrive.live.com",
    "sharepoint.com",
    "icloud.com",
    "mega.nz",
    "grosfichiers.com",
    "transfernow.net",
    "nextcloud",
)
"""Hosts of links that people send instead of files. Recognised, never fetched."""

_PICTURE = re.compile(r"\.(?:png|gif|jpe?g|bmp|svg|webp)$", re.IGNORECASE)
_DECORATION = re.compile(
    r"^(?:image\d{3}|logo|signature|banner|banniere|facebook|linkedin|outlook-|icon)", re.IGNORECASE
)
_NO_DOCUMENT = re.compile(r"\.(?:ics|vcf|p7s|asc|sig)$", re.IGNORECASE)
_SMALL_PICTURE = 8 * 1024
_SIGNED_PICTURE = 40 * 1024
"""« signature.jpg » of so many bytes is a page that was signed, and no mail program's ornament."""
_WRITTEN = re.compile(r"\.(?:docx?|docm|dotx?|odt|ott|rtf|pages)$", re.IGNORECASE)
"""The form is a Word file: who fills it in mostly sends one back, whatever the subject says."""
_OF_A_PERSON = re.compile(
    r"\b(?:cv|curriculum|resume|lm|lettre (?:de )?motivation|motivation|motivatiebrief|cover letter)\b"
)
_TOO_COMMON = frozenset({
    *("le", "la", "les", "l", "d", "de", "du", "des", "un", "une", "deux", "trois", "dernier", "derniere"),
    *("derniers", "dernieres", "annee", "annees", "personne", "pour"),
})  # fmt: skip
"""Words of an annex's label that name no annex."""
_FOREIGN = frozenset({DocumentKind.OTHER, DocumentKind.CV})

_QUOTED = re.compile(
    r"^(?:>|-{2,} ?(?:original message|message d.origine|message transf|forwarded|oorspronkelijk)|_{10,}\s*$"
    r"|(?:le|on|op) .{6,200}(?:a écrit|wrote|schreef|heeft geschreven).{0,3}:?\s*$"
    r"|(?:de|from|van|von) ?: .*@)",
    re.IGNORECASE,
)
_ENCLOSED = re.compile(
    r"\b(?:ci joints?|ci jointe?s?|ci annexee?s?|en annexe|en piece|en attache|pieces? jointes?"
    r"|vous trouverez|veuillez trouver|trouvez|voici|voila"
    r"|(?:vous|t) (?:envo\w+|transme\w+|adress\w+|fai\w+ parvenir|remet\w+)"
    r"|in (?:de )?bijlage|bijgevoegd|bijgaand|hierbij|attached|enclosed|attachment|please find|here is)\b"
)
_COURTESY = re.compile(
    r"\b(?:merci|bien recu|bonne reception|dank|bedankt|thanks?|d accord|parfait|super|ok)\b"
)

# ---------------------------------------------------------------- the case


@dataclass(frozen=True)
class Case:
    """One mail, with what is known, as the evidence looks at it."""

    envelope: Envelope
    file_names: tuple[str, ...]
    edition: Edition
    known: Sequence[Application]
    dossier: Dossier | None = None
    """What its files were read as; None while only the header is known."""

    @property
    def whole(self) -> bool:
        return self.dossier is not None

    @property
    def holds_form(self) -> bool:
        return self.dossier is not None and self.dossier.has_form

    @cached_property
    def annexes(self) -> frozenset[str]:
        """The kinds of annex among its files; a CV alone is what everybody sends who looks for work."""
        pieces = self.dossier.pieces if self.dossier else ()
        return frozenset(each.kind for each in pieces) & self.edition.annexes.keys() - {DocumentKind.CV}

    @property
    def is_read_and_foreign(self) -> bool:
        """Whether every file could be read, and none is the form or an annex."""
        pieces = self.dossier.pieces if self.dossier else ()
        read = all(each.unread is None and each.kind in _FOREIGN for each in pieces)
        return (
            bool(pieces)
            and read
            and not self.holds_form
            and not self.links_files
            and not self.envelope.refused
        )

    @property
    def is_about_else(self) -> bool:
        """Whether its subject speaks of another matter, and no file is an annex: applicants bill us too."""
        subject, pieces = self.subject, self.dossier.pieces if self.dossier else ()
        other = subject.bills or subject.hires or subject.other_programme or subject.elsewhere
        return other and not any(each.kind in self.edition.annexes for each in pieces)

    @property
    def machine(self) -> Machine | None:
        """What machine wrote it; a list that is one of our own addresses is none."""
        return None if _own_list(self.envelope, self.edition) else self.envelope.machine

    @property
    def hands_round(self) -> bool:
        """Whether it is the call handed round: a blank form or an announced one, from a machine or us."""
        blank = self.dossier is not None and self.dossier.template_blank
        return (blank or self.subject.announces) and (self.machine is not None or self.is_own)

    @cached_property
    def subject(self) -> Wording:
        return wording(self.envelope.subject, self.edition)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Names of the files that may be part of a dossier: no logos, no business cards."""
        small = {
            each.name
            for each in self.envelope.attachments
            if _PICTURE.search(each.name) and len(each.content) < _SMALL_PICTURE
        }
        signed = {
            each.name
            for each in self.envelope.attachments
            if each.name.lower().startswith("signature") and len(each.content) >= _SIGNED_PICTURE
        }
        return tuple(
            name
            for name in self.file_names
            if name not in small
            and (name in signed or not (_PICTURE.search(name) and _DECORATION.match(name)))
            and not _NO_DOCUMENT.search(name)
        )

    @cached_property
    def own_text(self) -> str:
        return own_text(self.envelope.text)

    @cached_property
    def folded_text(self) -> str:
        return fold(self.own_text)

    @cached_property
    def links_files(self) -> bool:
        return any(
            f"{host}/" in self.own_text.lower() or f"{host}." in self.own_text.lower() for host in DOWNLOADS
        )

    @property
    def brings(self) -> bool:
        """Whether it brings files, or a link to some, or leaves files that could not be unpacked."""
        return bool(self.documents or self.links_files or self.envelope.refused)

    @cached_property
    def withdraws(self) -> bool:
        return withdraws(f"{self.envelope.subject}. {self.own_text}", self.edition)

    @property
    def concerns_us(self) -> bool:
        """Whether the subject speaks of applications or of the programme."""
        return bool(self.subject.keywords or self.subject.programme)

    @property
    def speaks_of_us(self) -> bool:
        """Whether subject, text or a file's name does: annexes alone may be for anybody."""
        return self.concerns_us or _speaks_of_it(self) or any(_keyed(self, 2)) or any(_of_programme(self))

    @cached_property
    def is_own(self) -> bool:
        """Whether somebody of our own house wrote it, and does not pass on somebody else's mail."""
        writer = writer_of(self.envelope, self.edition)
        passes_on = self.subject.forward or any(is_mail(each) for each in self.envelope.attachments)
        return writer is not None and is_ours(writer, self.edition) and not passes_on


def own_text(text: str) -> str:
    """What the writer wrote: without the mail it answers. An attached mail's text is somebody's own."""
    kept: list[str] = []
    quoting = False
    for line in text.splitlines():
        if line.startswith(MAIL_MARK):
            quoting = False
        elif _QUOTED.match(line.strip()):
            quoting = True
        if not quoting:
            kept.append(line)
    return "\n".join(kept)


# ---------------------------------------------------------------- the evidence


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for an application, or against it."""

    what: str
    weight: int
    shows: Callable[[Case], bool]


def _asks_only(case: Case) -> bool:
    """A question, at most with a picture of the screen."""
    pictures = all(_PICTURE.search(name) for name in case.documents)
    return case.subject.asks and pictures and not case.links_files and not case.envelope.refused


def _says_enclosed(case: Case) -> bool:
    return not case.documents and _ENCLOSED.search(case.folded_text) is not None


def _speaks_of_it(case: Case) -> bool:
    text = case.own_text[:20_000]
    return names_keyword(text, case.edition) > 0 and names_programme(text, case.edition)


def _asks_in_text(case: Case) -> bool:
    """A question is asked, and nothing is said to be sent."""
    return not case.brings and "?" in case.own_text and not _ENCLOSED.search(case.folded_text)


def _asks_with_picture(case: Case) -> bool:
    """A question, with a picture in which nothing of a dossier was read: a screen that says an error."""
    asks = "?" in case.own_text or case.subject.asks
    return asks and case.is_read_and_foreign and all(_PICTURE.search(name) for name in case.documents)


def _to_all(case: Case) -> bool:
    wanted = {each.lower() for each in case.edition.mail.addresses}
    return len(wanted) > 1 and wanted <= {each.email.lower() for each in case.envelope.recipients}


def _words_in_shape(case: Case) -> bool:
    return case.subject.shaped


def _brings_nothing(case: Case) -> bool:
    """No file, and no word of one: whoever forgets to attach says « ci-joint »."""
    return case.whole and not case.brings and not _ENCLOSED.search(case.folded_text)


def _says_nothing(case: Case) -> bool:
    return case.subject.says_nothing and case.brings and not case.whole


def _brings_written(case: Case) -> bool:
    return not case.whole and any(_WRITTEN.search(name) for name in case.documents)


def _brings_only_cvs(case: Case) -> bool:
    return bool(case.documents) and all(_OF_A_PERSON.search(fold(name)) for name in case.documents)


EVIDENCE = (
    Evidence("le formulaire du programme est joint", 12, lambda c: c.holds_form),
    Evidence("une annexe demandée est jointe", 3, lambda c: bool(c.annexes)),
    Evidence("l'objet a la forme demandée, avec un nom", 2, _words_in_shape),
    Evidence("l'objet contient un mot-clé", 3, lambda c: c.subject.keywords > 0),
    Evidence("l'objet contient les mots demandés", 2, lambda c: c.subject.keywords > 1),
    Evidence("l'objet nomme le programme", 3, lambda c: c.subject.programme),
    Evidence("l'objet porte l'année", 1, lambda c: c.subject.year),
    Evidence("l'objet garde la mention à remplacer", 2, lambda c: c.subject.placeholder),
    Evidence("un nom de fichier contient un mot-clé", 1, lambda c: any(_keyed(c, 1))),
    Evidence("un nom de fichier contient les mots demandés", 3, lambda c: any(_keyed(c, 2))),
    Evidence("un nom de fichier nomme le programme", 2, lambda c: any(_of_programme(c))),
    Evidence(
        "les fichiers portent le nom de deux annexes demandées", 3, lambda c: len(_annexes_named(c)) > 1
    ),
    Evidence("un document ou un lien de téléchargement est joint", 3, lambda c: c.brings),
    Evidence("le message est adressé à toutes les adresses demandées", 2, _to_all),
    Evidence("le texte annonce une pièce jointe", 2, _says_enclosed),
    Evidence("le texte parle de candidature au programme", 2, _speaks_of_it),
    Evidence("l'objet ne dit rien, un document est joint", 2, _says_nothing),
    Evidence("un fichier de traitement de texte est joint", 2, _brings_written),
    Evidence("l'en-tête est illisible", 5, lambda c: not c.whole and _blank(c.envelope)),
    Evidence("l'objet pose une question, sans document", -5, _asks_only),
    Evidence("l'objet pose une question", -2, lambda c: c.subject.asks and not _asks_only(c)),
    Evidence("le texte pose une question, sans document", -4, _asks_in_text),
    Evidence("une question, avec une image qui n'est pas du dossier", -2, _asks_with_picture),
    Evidence("l'objet annonce un événement ou un appel", -5, lambda c: c.subject.announces),
    Evidence("l'objet parle d'emploi ou de stage", -8, lambda c: c.subject.hires),
    Evidence("l'objet parle d'une facture ou d'une offre", -6, lambda c: c.subject.bills),
    Evidence("l'objet parle de jury, de réunion ou de relecture", -6, lambda c: c.subject.prepares),
    Evidence("l'objet nomme un prix, un subside ou un autre dossier", -6, lambda c: c.subject.elsewhere),
    Evidence("les fichiers ne sont que des CV ou des lettres de motivation", -5, _brings_only_cvs),
    Evidence("aucun fichier lu n'est le formulaire ni une annexe", -5, lambda c: c.is_read_and_foreign),
    Evidence("aucun fichier, et rien n'en annonce un", -3, _brings_nothing),
    Evidence("l'objet nomme un autre programme", -7, lambda c: c.subject.other_programme),
    Evidence("… et aucune pièce n'est notre formulaire", -8, lambda c: _elsewhere(c)),
    Evidence("une réponse sans document", -6, lambda c: c.subject.reply and not c.brings),
    Evidence("une liste de diffusion", -6, lambda c: c.machine is Machine.LIST),
    Evidence("un envoi automatique", -3, lambda c: c.machine is Machine.ROBOT),
    Evidence("envoyé par nous-mêmes", -4, lambda c: c.is_own),
)
"""Weights are small whole numbers, so that a person can add them up: `ENOUGH` is what the asked subject
gives without anything else (3 + 2 + 3), or a form whatever the subject says."""


def _keyed(case: Case, times: int) -> Iterator[bool]:
    return (names_keyword(name, case.edition) >= times for name in case.documents)


def _of_programme(case: Case) -> Iterator[bool]:
    return (names_programme(name, case.edition) for name in case.documents)


def _annexes_named(case: Case) -> set[str]:
    """The annexes that the files' names name, in the edition's own words."""
    said = {word.rstrip("s") for name in case.documents for word in fold(name).split()}
    return {
        annex.id
        for annex in case.edition.annexes.values()
        if said.intersection(
            word.rstrip("s") for word in fold(annex.label).split() if word not in _TOO_COMMON
        )
    }


def _elsewhere(case: Case) -> bool:
    return case.whole and case.subject.other_programme and not case.holds_form


def _blank(envelope: Envelope) -> bool:
    return not (envelope.sender or envelope.subject or envelope.message_id or envelope.recipients)


def _weigh(case: Case) -> tuple[Ground, ...]:
    return tuple(Ground(each.what, each.weight) for each in EVIDENCE if each.shows(case))


# ---------------------------------------------------------------- whose thread it is


def _explicit(case: Case) -> Iterator[Ground]:
    """Our thread or our reference: nobody writes these by chance."""
    if explicitly(case.envelope, case.known, case.edition):
        yield Ground("répond à notre échange avec une structure, ou porte notre référence", 10)
    elif any(_known_reference(name, case) for name in case.file_names):
        yield Ground("contient un message qui porte notre référence", 10)


def _known_reference(text: str, case: Case) -> bool:
    found = reference_in(text, case.edition)
    return any(found == each.reference for each in case.known)


def _implicit(case: Case) -> Iterator[Ground]:
    if by_sender(case.envelope, case.known, case.edition):
        yield Ground("vient d'une adresse qui a déjà envoyé un dossier", 6)
    if mentioned(case.envelope.subject, case.known):
        yield Ground("l'objet nomme une structure qui a déjà envoyé un dossier", 4)
    if twin(case.envelope, case.known):
        yield Ground("apporte les mêmes fichiers qu'un dossier connu", 6)


# ---------------------------------------------------------------- the two looks


def may_be_ours(
    envelope: Envelope, file_names: Sequence[str], edition: Edition, known: Sequence[Application]
) -> Recognition:
    """Whether a mail is worth fetching whole, from its header and the names of its files.

    OTHER and AUTOMATIC are left where they lie, unread. A bounce or an automatic answer in our own thread
    is fetched: it concerns an applicant. One that does not is somebody's private mail.
    """
    case = Case(envelope, tuple(file_names), edition, known)
    explicit = tuple(_explicit(case))
    grounds = (*explicit, *_implicit(case), *_weigh(case))
    if envelope.machine in (Machine.BOUNCE, Machine.RESPONDER):
        if not explicit:
            return _recognition(MailKind.AUTOMATIC, case, grounds)
        kind = MailKind.BOUNCE if envelope.machine is Machine.BOUNCE else MailKind.SUPPLEMENT
        return _recognition(kind, case, grounds)
    if explicit or any(_implicit(case)):
        return _recognition(MailKind.SUPPLEMENT, case, grounds)
    if sum(each.weight for each in grounds) >= FETCH:
        return _recognition(MailKind.APPLICATION, case, grounds)
    if case.withdraws and case.concerns_us:
        return _recognition(MailKind.WITHDRAWAL, case, grounds)
    return _recognition(MailKind.AUTOMATIC if envelope.machine else MailKind.OTHER, case, grounds)


def recognise(
    envelope: Envelope, edition: Edition, known: Sequence[Application], dossier: Dossier
) -> Recognition:
    """What a whole mail is.

    Args:
        dossier: what its own files and text were read as.
    """
    names = tuple(each.name for each in envelope.attachments)
    case = Case(envelope, names, edition, known, dossier)
    explicit, implicit = tuple(_explicit(case)), tuple(_implicit(case))
    grounds = (*explicit, *implicit, *_weigh(case))
    return _recognition(_kind(case, grounds, bool(explicit), bool(implicit)), case, grounds)


def _kind(case: Case, grounds: tuple[Ground, ...], explicit: bool, implicit: bool) -> MailKind:
    """The kind of a whole mail, from what leaves no doubt down to what only weighs."""
    machine = case.machine
    if machine is Machine.BOUNCE:
        return MailKind.BOUNCE
    if machine is Machine.RESPONDER:
        return MailKind.AUTOMATIC
    if case.holds_form:
        handed_round = MailKind.AUTOMATIC if machine else MailKind.OTHER
        return handed_round if case.hands_round else MailKind.APPLICATION
    if case.withdraws and not case.documents and (explicit or implicit or case.concerns_us):
        return MailKind.WITHDRAWAL
    if explicit or implicit:
        return _from_known(case, grounds, explicit)
    if _own_weight(grounds) >= ENOUGH and case.speaks_of_us:
        return MailKind.APPLICATION
    if machine:
        return MailKind.AUTOMATIC
    return MailKind.DOUBTFUL if _own_weight(grounds) >= DOUBT else MailKind.OTHER


def _from_known(case: Case, grounds: tuple[Ground, ...], explicit: bool) -> MailKind:
    """A mail without a form from somebody whose dossier we hold.

    With a file it adds to that dossier, unless its subject opens another: a consultant writes for several
    structures. Without one, only an answer in our thread that says something is kept.
    """
    if case.brings:
        if case.is_about_else and not explicit:
            return MailKind.DOUBTFUL
        opens = _own_weight(grounds) >= ENOUGH and case.subject.as_asked and not case.subject.reply
        names_other = case.subject.organisation and not mentioned(case.envelope.subject, case.known)
        if opens and names_other and not explicit:
            return MailKind.APPLICATION
        return MailKind.SUPPLEMENT
    if explicit and says_something(case.own_text):
        return MailKind.SUPPLEMENT
    return MailKind.OTHER


def _own_weight(grounds: tuple[Ground, ...]) -> int:
    """The weight of the mail itself, whoever sent it."""
    of_table = {each.what for each in EVIDENCE}
    return sum(each.weight for each in grounds if each.what in of_table)


def _recognition(kind: MailKind, case: Case, grounds: tuple[Ground, ...]) -> Recognition:
    return Recognition(kind, grounds, case.subject.organisation)


def says_something(text: str) -> bool:
    """Whether an answer without files is more than a word of thanks."""
    said = fold(text)
    thanks = _COURTESY.search(said) is not None and "?" not in text
    return not (thanks and len(said.split()) <= 15 and not any(each.isdigit() for each in said))


# ---------------------------------------------------------------- withdrawals

_GIVES_UP = re.compile(
    r"\b(?:retir(?:e|es|ons|ez|ent|er|ait)|retrait|renonc\w+|abandonn\w+|annul\w+|withdraw\w*|trek|trekken|intrekken)\b"
)
_STEPS_BACK = re.compile(r"\b(?:(?:nous nous|je me|on se|nous|me|se) desist\w+|desistement)\b")
_NO_MORE = re.compile(r"\bne (?:souhait|voul|veu|desir|particip)\w* (?:plus|pas) (?:\w+ ){0,3}particip\w+")
_MEANS_A_FILE = re.compile(
    r"\b(?:pieces?|annexes?|fichiers?|documents?|versions?|precedente?s?|remplac\w*|corrig\w*|erronee?s?"
    r"|bijlage|attachment|file)\b"
)
_UNREAL = frozenset(
    {"si", "comment", "peut", "puis", "pouvons", "avant", "pas", "ne", "if", "als", "how", "not"}
)
_TAKING_PART = re.compile(r"\b(?:participation|inscription|deelname)\b")


def withdraws(text: str, edition: Edition) -> bool:
    """Whether somebody probably takes an application back: to be confirmed by a person, never carried out.

    « Nous retirons notre candidature » does; « je retire la pièce jointe précédente » does not.
    """
    sentences = re.split(r"(?<=[.!?;])\s+|\n\s*\n", text[:20_000])
    return any(_takes_back(sentence, edition) for sentence in sentences if "?" not in sentence)


def _takes_back(sentence: str, edition: Edition) -> bool:
    said = fold(sentence)
    if _STEPS_BACK.search(said) or _NO_MORE.search(said):
        return True
    given_up = _GIVES_UP.search(said)
    if given_up is None:
        return False
    before, after = said[: given_up.start()].split()[-5:], said[given_up.end() :].split()[:6]
    around = " ".join([*before, *after])
    if _UNREAL.intersection([*before, *after[:1]]) or _MEANS_A_FILE.search(around):
        return False
    return names_keyword(around, edition) > 0 or _TAKING_PART.search(around) is not None


# ---------------------------------------------------------------- whether it may be answered


def may_answer(envelope: Envelope, edition: Edition, *, verified: bool | None = None) -> str | None:
    """Why an automatic letter must not answer a mail, in French; None where it may.

    The only gate there is. It never decides what becomes of the dossier.

    Args:
        verified: what `authentication.sender_verified` says of the sender.
    """
    if verified is False:
        return "expéditeur non vérifié : l'adresse a probablement été usurpée"
    if envelope.automatic and not _own_list(envelope, edition):
        return f"message automatique ({envelope.automatic})"
    target = envelope.reply_to or envelope.sender
    if target is None:
        return "aucune adresse à laquelle répondre"
    return next(
        filter(None, (_unanswerable(each, edition) for each in (target, envelope.sender) if each)), None
    )


def _unanswerable(address: Address, edition: Edition) -> str | None:
    if is_ours(address, edition):
        return f"envoyé par l'une de nos propres adresses ({address.email})"
    if writes_by_itself(address.email):
        return f"adresse qui ne lit pas ses réponses ({address.email})"
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+", address.email):
        return f"adresse inutilisable ({address.email})"
    return None


def _own_list(envelope: Envelope, edition: Edition) -> bool:
    """Whether the list is one of our own addresses: a shared inbox may be a group of the mail provider."""
    said = (envelope.automatic or "").lower()
    names = {
        form for each in edition.mail.addresses for form in (each.lower(), each.lower().replace("@", "."))
    }
    return envelope.machine is Machine.LIST and any(
        f"<{name}>" in said or f"mailto:{name}" in said for name in names
    )
