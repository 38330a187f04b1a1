"""The fortnight as data: who writes what and when, and what a fair desk makes of it.

Every mail is the same, byte for byte, each time it is built.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime, parseaddr
from functools import cache, cached_property, partial
from zoneinfo import ZoneInfo

import parsers
from data.edition import Edition, load, shipped
from desk.demo import annexes, forms, pens
from desk.demo.mime import as_bytes, type_of
from desk.demo.others import OTHERS, Other
from desk.demo.people import Applicant, applicants

EDITION = "blossom-2026"
BRUSSELS = ZoneInfo("Europe/Brussels")
BOTH = ("matthias@coopcity.be", "info@coopcity.be")
PASSWORD = "tulipe"  # noqa: S105 - of the file that nobody can open
LINK = "https://we.tl/t-Zq8KexampleN4"


@dataclass(frozen=True)
class File:
    """An attachment, made when it is first looked at."""

    name: str
    make: Callable[[], bytes]

    @cached_property
    def content(self) -> bytes:
        return self.make()


@dataclass(frozen=True, slots=True)
class Expected:
    """What the desk ought to say of the application once this mail is read, with no OCR installed."""

    verdict: str
    blocking: frozenset[str] | None = frozenset()
    """Subjects of all blocking findings; None where they are not foretold one by one."""
    review: frozenset[str] = frozenset()
    """Subjects that a person is asked to look at, among others."""
    codes: frozenset[str] = frozenset()
    """Codes of findings, among others."""
    on_time: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail of the fortnight."""

    key: str
    """« le-fil-retrouve », « le-fil-retrouve/2 », « newsletter »."""
    at: datetime
    """When COOPCITY's server has it, in the zone of Brussels."""
    sender: str
    subject: str
    body: str
    recipients: tuple[str, ...] = BOTH
    files: tuple[File, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    answers: str | None = None
    """The address that got our letter, where this is an answer to it."""
    about: str | None = None
    """Key of the application it belongs to; None for all that is none of ours."""
    kind: str = "application"
    """As `data.model.MailKind` names it."""
    expected: Expected | None = None

    @property
    def envelope_sender(self) -> str:
        """For SMTP's MAIL FROM: what machines send to tell of their troubles comes from nobody."""
        return "" if self.kind == "bounce" else parseaddr(self.sender)[1]

    def raw(self, letter: bytes | None = None) -> bytes:
        """The mail's bytes.

        Args:
            letter: ours, that this mail answers; without it, it is a mail on its own.
        """
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"], mail["To"] = self.sender, ", ".join(self.recipients)
        mail["Subject"], mail["Date"] = self.subject, format_datetime(self.at)
        mail["Message-ID"] = f"<{self.key.replace('/', '.')}@{self.sender.rpartition('@')[2].strip('>')}>"
        theirs = _heading_of(letter)
        for name, value in (_thread(theirs) | dict(self.headers)).items():
            del mail[name]
            mail[name] = value
        if letter is not None and self.kind == "supplement":
            mail.replace_header("Subject", f"Re: {theirs['Subject']}")
        mail.set_content(self.body + (_quoted(theirs) if self.kind == "supplement" else ""))
        for file in self.files:
            _attach(mail, file)
        if self.kind == "bounce":
            _report(mail, self.answers or "", letter)
        return as_bytes(mail)


def _heading_of(letter: bytes | None) -> Mapping[str, str]:
    heading = BytesHeaderParser(policy=policy.default).parsebytes(letter or b"")
    return {name: str(value) for name, value in heading.items()}


def _thread(heading: Mapping[str, str]) -> dict[str, str]:
    """What a mail program adds when somebody presses « Répondre »."""
    if not (theirs := heading.get("Message-ID")):
        return {}
    return {"In-Reply-To": theirs, "References": f"{heading.get('References', '')} {theirs}".strip()}


def _quoted(theirs: Mapping[str, str]) -> str:
    """The letter answered, below, as mail programs quote it."""
    if not theirs:
        return ""
    when, who, what = (theirs.get(name, "") for name in ("Date", "From", "Subject"))
    return f"\n\nLe {when}, {who} a écrit :\n> {what}\n"


def _attach(mail: EmailMessage, file: File) -> None:
    main, _, sub = type_of(file.name).partition("/")
    if main == "message":
        mail.add_attachment(message_from_bytes(file.content, policy=policy.SMTP), filename=file.name)
    else:
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)


def _report(mail: EmailMessage, recipient: str, letter: bytes | None) -> None:
    """Make a mail a delivery report (RFC 3464) on our letter, with the letter's header at its end."""
    told = (
        f"Reporting-MTA: dns; mx.{recipient.partition('@')[2]}\n\nFinal-Recipient: rfc822; {recipient}\n"
        "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\n"
    )
    header = (letter or b"").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    status = message_from_bytes(
        b"Content-Type: message/delivery-status\n\n" + told.encode(), policy=policy.SMTP
    )
    returned = message_from_bytes(
        b"Content-Type: text/rfc822-headers\n\n" + header + b"\n", policy=policy.SMTP
    )
    mail.make_mixed()
    mail.attach(status)
    mail.attach(returned)
    mail.replace_header("Content-Type", "multipart/report; report-type=delivery-status")


# ---------------------------------------------------------------- what an applicant puts together


@dataclass(frozen=True, slots=True)
class Dossier:
    """The files of one applicant, before something goes wrong with them."""

    applicant: Applicant
    edition: Edition

    def filled(self, changes: Mapping[str, str] | None = None) -> forms.Filled:
        """The form as answered, signed by both; `changes` replaces answers."""
        signatories = {"contact": self.applicant.contact, "administrator": self.applicant.administrator}
        ink = {role: pens.signature(person.name) for role, person in signatories.items()}
        return forms.Filled({**self.applicant.answers, **(changes or {})}, ink)

    def form(self, layout: str, filled: forms.Filled | None = None) -> File:
        """The form in a layout of `forms.WORD` or `forms.PDF`."""
        ending = "docx" if layout in forms.WORD else "pdf"
        name = f"Dossier de candidature {self.applicant.name}.{ending}"
        return File(name, partial(self._form, layout, filled))

    def _form(self, layout: str, filled: forms.Filled | None) -> bytes:
        make = forms.word if layout in forms.WORD else forms.pdf
        return make(self.edition, filled or self.filled(), layout)

    def statutes(self) -> File:
        return File("Statuts coordonnés.pdf", partial(annexes.as_pdf, annexes.statutes(self.applicant)))

    def report(self) -> File:
        return File(
            "Rapport d'activités 2025.pdf", partial(annexes.as_pdf, annexes.activity_report(self.applicant))
        )

    def accounts(self, year: int) -> File:
        return File(f"Comptes {year}.pdf", partial(annexes.as_pdf, annexes.accounts(self.applicant, year)))

    def cv(self) -> File:
        name = f"CV {self.applicant.contact.name}"
        paper = annexes.cv(self.applicant)
        if len(self.applicant.key) % 2:  # as good as any other way to have some of each
            return File(f"{name}.docx", partial(annexes.as_word, paper))
        return File(f"{name}.pdf", partial(annexes.as_pdf, paper))

    def annexes(self) -> tuple[File, ...]:
        """All that the form asks to be joined."""
        return (self.statutes(), self.report(), self.accounts(2024), self.accounts(2025), self.cv())

    def mail(self, when: str, files: Sequence[File], expected: Expected | None) -> Sent:
        """The mail as the form asks for it."""
        person = self.applicant.contact
        return Sent(
            key=self.applicant.key,
            at=brussels(when),
            sender=f"{person.name} <{self.applicant.email}>",
            subject=f"Dossier de candidature – COOPCITY 2026 – {self.applicant.name}",
            body=(
                f"Bonjour,\n\nVous trouverez en pièces jointes le dossier de candidature de"
                f" {self.applicant.name}"
                " pour le programme BLOSSOM, avec ses annexes.\n\nBien à vous,\n\n"
                f"{person.name}\n{person.function}\n{self.applicant.name}\n{self.applicant.phone}\n"
            ),
            files=tuple(files),
            about=self.applicant.key,
            expected=expected,
        )


def brussels(when: str) -> datetime:
    """« 09-14 09:59:59 » of 2026, in Brussels."""
    return datetime.fromisoformat(f"2026-{when}").replace(tzinfo=BRUSSELS)


COMPLETE = Expected("complete")


# ---------------------------------------------------------------- the fortnight


@cache
def fortnight() -> tuple[Sent, ...]:
    """Every mail from 1 to 18 September 2026, in the order of reception."""
    edition = load(shipped()[EDITION])
    people = {key: Dossier(applicant, edition) for key, applicant in applicants(edition).items()}
    mails = [mail for tell in _TALES for mail in tell(people)]
    mails += [_sent(other) for other in OTHERS]
    return tuple(sorted(mails, key=lambda mail: mail.at))


def study() -> tuple[Sent, ...]:
    """Those of the fortnight that the long form tells too, with all that is no application.

    Who forgets an annex, scans, writes to one address, sends a link, comes late, and whose address comes
    back; that one writes again from another.
    """
    edition = load(shipped()[EDITION])
    people = {key: Dossier(applicant, edition) for key, applicant in applicants(edition).items()}
    mails = [mail for tell in _STUDY for mail in tell(people)]
    mails += [_sent(other) for other in OTHERS]
    return (*mails, _writes_from_another_address(people["kaleido"]))


def _writes_from_another_address(dossier: Dossier) -> Sent:
    """After the call: the form signed by both, from an address that works."""
    again = dossier.mail("09-16 14:20:00", [dossier.form("tables")], COMPLETE)
    return replace(
        again, key=f"{again.key}/2", sender=f"{dossier.applicant.contact.name} <contact@kaleido.example>"
    )


def final() -> dict[str, Expected]:
    """By key of application, what is expected after its last mail."""
    return {mail.about: mail.expected for mail in fortnight() if mail.about and mail.expected}


def _sent(other: Other) -> Sent:
    return Sent(
        key=other.key,
        at=brussels(other.when),
        sender=other.sender,
        subject=other.subject,
        body=other.body,
        recipients=other.recipients,
        files=tuple(
            File(f.name, partial(annexes.as_pdf, annexes.Paper(f.title, f.subtitle, f.lines)))
            for f in other.files
        ),
        headers=other.headers,
        answers=other.answers,
        kind=other.kind,
    )


People = Mapping[str, Dossier]


def _as_asked(people: People) -> list[Sent]:
    """Complete, in four of the five layouts, to both addresses."""
    wanted = {
        "la-remise": ("09-03 14:12:08", "plain"),
        "graines-de-quartier": ("09-04 21:47:30", "boxes"),
        "bruit-de-fond": ("09-14 09:59:59", "controls"),
    }
    return [
        people[key].mail(when, [people[key].form(layout), *people[key].annexes()], COMPLETE)
        for key, (when, layout) in wanted.items()
    ]


def _forgets_annex_and_signature(people: People) -> list[Sent]:
    """Sends both on Friday, by answering our letter."""
    dossier = people["le-fil-retrouve"]
    whole = dossier.filled()
    unsigned = replace(whole, ink={"contact": whole.ink["contact"]})
    files = [f for f in dossier.annexes() if not f.name.startswith("Rapport")]
    missing = Expected(
        "incomplete",
        blocking=frozenset({"activity_report", "administrator"}),
        codes=frozenset({"annex.missing", "signature.missing"}),
    )
    first = dossier.mail("09-10 16:42:51", [dossier.form("tables", unsigned), *files], missing)
    signed = replace(dossier.form("tables"), name="Dossier signé.docx")
    second = replace(
        dossier.mail("09-11 11:20:04", [dossier.report(), signed], COMPLETE),
        key=f"{first.key}/2",
        subject=f"Re: {first.subject}",
        body="Bonjour,\n\nMerci pour votre message. Voici le rapport d'activités et le dossier signé par"
        " notre"
        " administrateur.\n\nBelle journée,\nFatiha Ouali\n",
        headers={},
        answers=dossier.applicant.email,
        kind="supplement",
    )
    return [first, second]


def _forgets_a_year(people: People) -> list[Sent]:
    dossier = people["lire-ensemble"]
    files = [dossier.form("lines"), *(f for f in dossier.annexes() if f.name != "Comptes 2024.pdf")]
    partial = Expected("incomplete", blocking=frozenset({"accounts"}), codes=frozenset({"annex.partial"}))
    return [dossier.mail("09-07 10:05:33", files, partial)]


def _sends_the_form_blank(people: People) -> list[Sent]:
    """The wrong file of the two: the form as it was handed out."""
    dossier = people["les-tilleuls"]
    blank = replace(dossier.form("plain", forms.Filled()), name="dossier_candidature_BLOSSOM.docx")
    told = Expected("incomplete", blocking=None, codes=frozenset({"dossier.template_blank"}))
    return [dossier.mail("09-02 17:31:00", [blank, *dossier.annexes()], told)]


def _scans(people: People) -> list[Sent]:
    """Prints, signs and scans after coffee: one answer is for a person; without OCR's data all are."""
    dossier = people["le-levain-solidaire"]
    scan = File(
        "scan_20260907_1832.pdf", partial(_scan, dossier.form("boxes"), dossier.applicant.answers["b.9"])
    )
    unread = Expected("to_review", review=frozenset({scan.name}), codes=frozenset({"document.unreadable"}))
    read = Expected("to_review", codes=frozenset({"answer.unclear"}))
    told = unread if parsers.ocr_missing() else read
    return [dossier.mail("09-08 18:40:12", [scan, *dossier.annexes()], told)]


def _scan(file: File, spilt_on: str) -> bytes:
    return annexes.as_scan(file.content, spilt_on)


def _writes_to_one_address(people: People) -> list[Sent]:
    dossier = people["cyclo-colis-canal"]
    told = Expected("complete", codes=frozenset({"mail.one_address"}))
    mail = dossier.mail("09-09 08:15:45", [dossier.form("controls"), *dossier.annexes()], told)
    return [replace(mail, recipients=("info@coopcity.be",))]


def _zips(people: People) -> list[Sent]:
    dossier = people["zinne-couches"]
    packed = File("Zinne Couches.zip", partial(_zip, [dossier.form("lines"), *dossier.annexes()]))
    return [dossier.mail("09-12 22:08:19", [packed], COMPLETE)]


def _zip(files: Sequence[File]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(f"Candidature/{file.name}", forms.MADE_AT.timetuple()[:6])
            archive.writestr(entry, file.content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _sends_a_link(people: People) -> list[Sent]:
    """The form, and a link that will expire where the annexes should be."""
    dossier = people["tok-studio"]
    unsure = frozenset({"statutes", "activity_report", "accounts", "cv"})
    told = Expected("to_review", review=unsure, codes=frozenset({"document.link_only"}))
    mail = dossier.mail("09-11 15:02:27", [dossier.form("tables")], told)
    body = (
        "Bonjour,\n\nVoici notre dossier de candidature. Les annexes étant trop lourdes, vous pouvez les"
        " télécharger"
        f" ici (lien valable 7 jours) :\n{LINK}\n\nBien à vous,\n\nÉlodie Kaminski\nTok Studio\n"
    )
    return [replace(mail, body=body)]


def _locks_a_file(people: People) -> list[Sent]:
    """The accounts of 2024 open with a password only."""
    dossier = people["cuisine-des-voisines"]
    paper = annexes.accounts(dossier.applicant, 2024)
    locked = File("Comptes 2024.pdf", partial(annexes.as_pdf, paper, password=PASSWORD))
    files = [locked if f.name == locked.name else f for f in dossier.annexes()]
    told = Expected(
        "to_review", review=frozenset({"accounts", locked.name}), codes=frozenset({"document.encrypted"})
    )
    return [dossier.mail("09-09 13:55:40", [dossier.form("boxes"), *files], told)]


def _comes_late(people: People) -> list[Sent]:
    dossier = people["repair-marolles"]
    told = Expected("to_review", codes=frozenset({"mail.late"}), on_time=False)
    mail = dossier.mail("09-14 10:03:00", [dossier.form("lines"), *dossier.annexes()], told)
    return [replace(mail, headers={"Date": format_datetime(brussels("09-14 09:58:41"))})]


def _leaves_two_blank(people: People) -> list[Sent]:
    dossier = people["toit-partage"]
    blanks = frozenset({"b.4", "b.9"})
    told = Expected("incomplete", blocking=blanks, codes=frozenset({"answer.blank"}))
    form = dossier.form("plain", dossier.filled(dict.fromkeys(blanks, "")))
    return [dossier.mail("09-10 23:51:02", [form, *dossier.annexes()], told)]


def _types_a_name(people: People) -> list[Sent]:
    dossier = people["kaleido"]
    whole = dossier.filled()
    typed = replace(
        whole,
        ink={"contact": whole.ink["contact"]},
        typed={"administrator": dossier.applicant.administrator.name},
    )
    told = Expected(
        "incomplete", blocking=frozenset({"administrator"}), codes=frozenset({"signature.typed_name"})
    )
    return [dossier.mail("09-11 17:26:16", [dossier.form("tables", typed), *dossier.annexes()], told)]


def _promises(people: People) -> list[Sent]:
    """One answer is « à compléter »."""
    dossier = people["compost-et-cie"]
    told = Expected("to_review", review=frozenset({"b.10"}), codes=frozenset({"answer.unclear"}))
    form = dossier.form("boxes", dossier.filled({"b.10": "à compléter"}))
    return [dossier.mail("09-13 19:12:55", [form, *dossier.annexes()], told)]


def _words_the_subject_otherwise(people: People) -> list[Sent]:
    dossier = people["rue-du-verre"]
    told = Expected("complete", codes=frozenset({"mail.wrong_subject"}))
    mail = dossier.mail("09-07 09:31:22", [dossier.form("controls"), *dossier.annexes()], told)
    return [replace(mail, subject="Blossom : Rue du Verre")]


def _forwards(people: People) -> list[Sent]:
    """A colleague forwards as a file the mail that was first sent to a wrong address."""
    dossier = people["les-petites-mains"]
    first = dossier.mail("09-08 12:10:00", [dossier.form("plain"), *dossier.annexes()], COMPLETE)
    original = replace(first, recipients=("mathias@coop-city.example",))
    return [
        replace(
            first,
            at=brussels("09-08 15:45:09"),
            sender="Julien Caron <julien@lespetitesmains.example>",
            subject=f"Fwd: {first.subject}",
            body="Bonjour,\n\nMa collègue Véronique s'était trompée d'adresse, je vous transfère son"
            " message.\n\nJulien\n",
            files=(File("Dossier de candidature.eml", original.raw),),
            headers={"Message-ID": "<transfert.1@lespetitesmains.example>"},
        )
    ]


def _mistypes_the_number(people: People) -> list[Sent]:
    """Two digits of the enterprise number are swapped."""
    dossier = people["ruche-numerique"]
    number = dossier.applicant.number
    wrong = {"a1.enterprise_number": number[:-2] + number[-1] + number[-2]}
    told = Expected("complete", codes=frozenset({"answer.invalid"}))
    form = dossier.form("lines", dossier.filled(wrong))
    return [dossier.mail("09-13 11:03:37", [form, *dossier.annexes()], told)]


_STUDY = (
    _forgets_annex_and_signature,
    _scans,
    _writes_to_one_address,
    _sends_a_link,
    _comes_late,
    _types_a_name,
)
_TALES = (
    _as_asked,
    _forgets_annex_and_signature,
    _forgets_a_year,
    _sends_the_form_blank,
    _scans,
    _writes_to_one_address,
    _zips,
    _sends_a_link,
    _locks_a_file,
    _comes_late,
    _leaves_two_blank,
    _types_a_name,
    _promises,
    _words_the_subject_otherwise,
    _forwards,
    _mistypes_the_number,
)
