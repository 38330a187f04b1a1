"""What commands show in the terminal, in French: the officer reads it too."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from data.edition import Edition
from data.model import (
    Application,
    Call,
    CallState,
    InboxState,
    LetterFact,
    LetterKind,
    LetterState,
    MailKind,
    Matter,
    Outcome,
    Severity,
    VerdictState,
)

if TYPE_CHECKING:
    from data.letters import StoredLetter
    from desk.wiring import Desk

VERDICTS = {
    VerdictState.COMPLETE: "[green]complet[/]",
    VerdictState.INCOMPLETE: "[red]incomplet[/]",
    VerdictState.TO_REVIEW: "[yellow]à vérifier[/]",
}
LETTERS = {
    LetterState.HELD: "retenue",
    LetterState.QUEUED: "en attente",
    LetterState.SENDING: "en cours",
    LetterState.SENT: "envoyée",
    LetterState.FAILED: "refusée",
    LetterState.UNKNOWN: "incertaine",
    LetterState.SUPERSEDED: "remplacée",
}
CALLS = {
    CallState.TO_CALL: "à appeler",
    CallState.REACHED: "joint",
    CallState.NO_ANSWER: "sans réponse",
    CallState.DONE: "fait",
    CallState.DROPPED: "sans objet",
}
KINDS = {
    MailKind.APPLICATION: "candidature",
    MailKind.SUPPLEMENT: "complément",
    MailKind.WITHDRAWAL: "retrait probable",
    MailKind.AUTOMATIC: "message automatique",
    MailKind.BOUNCE: "retour à l'expéditeur",
    MailKind.DOUBTFUL: "peut-être une candidature",
    MailKind.OTHER: "autre chose",
}


def applications_table(
    applications: Sequence[Application],
    letters: Iterable[LetterFact],
    calls: Iterable[Call],
    edition: Edition,
) -> Table:
    """Application and reception, verdict, what is missing, letters and call: readable in 80 columns."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_lines=False)
    table.add_column("Dossier, réception", min_width=22)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Ce qui manque, ou reste à vérifier (?)", ratio=1)
    table.add_column("Suite", no_wrap=True)
    written = [letter for letter in letters if letter.state is not LetterState.SUPERSEDED]
    planned = {call.application: call for call in calls}
    for each in applications:
        states = [letter.state for letter in written if letter.application == each.reference]
        table.add_row(
            f"{plain(each.organisation or 'sans nom')}\n[dim]{each.reference}[/] "
            f"{edition.local(each.received_at):%d/%m %H:%M}",
            VERDICTS[each.verdict.state] + ("" if each.verdict.on_time else "\n[red]en retard[/]"),
            summary(each, edition),
            "\n".join([*letters_in_short(states), *call_in_short(planned.get(each.reference), edition)]),
        )
    return table


def letters_in_short(states: Sequence[LetterState]) -> Iterator[str]:
    """« 2 lettres », and how many of them have not surely arrived."""
    if states:
        yield f"{len(states)} lettre{'s' if len(states) > 1 else ''}"
    for state in dict.fromkeys(states):
        if state is not LetterState.SENT:
            yield f"[yellow]{states.count(state)} {LETTERS[state]}[/]"


def call_in_short(call: Call | None, edition: Edition) -> Iterator[str]:
    """« appel 14/09 10:30 », or what became of it."""
    if call is not None and call.state is CallState.TO_CALL:
        yield f"appel {edition.local(call.starts_at):%d/%m %H:%M}"
    elif call is not None:
        yield f"appel {CALLS[call.state]}"


def summary(application: Application, edition: Edition, most: int = 4) -> str:
    """What is missing first, then what a person must look at; each thing once."""
    findings = application.verdict.findings
    missing = _names(edition, (f.subject for f in findings if f.severity is Severity.BLOCKING))
    doubtful = _names(edition, (f.subject for f in findings if f.severity is Severity.REVIEW))
    lines = [f"• {each}" for each in _some(missing, most)]
    lines += [f"[yellow]? {each}[/]" for each in _some(doubtful, most)]
    return "\n".join(lines)


def _names(edition: Edition, subjects: Iterable[str]) -> list[str]:
    """Subjects of findings in words; that it is late stands in a column of its own."""
    labels = {question.id: question.label for question in edition.questions.values()}
    labels |= {annex.id: annex.label for annex in edition.annex}
    labels |= {signatory.id: f"signature : {signatory.label}" for signatory in edition.signatory}
    labels |= {"dossier": "le formulaire"}
    return list(
        dict.fromkeys(labels.get(subject, plain(subject)) for subject in subjects if subject != "mail")
    )


def plain(words: str) -> str:
    """Words of others, so that neither the table nor the terminal takes any of them for a command."""
    return escape(_one_line(words))


def _some(names: list[str], most: int) -> list[str]:
    return names if len(names) <= most else [*names[: most - 1], f"… et {len(names) - most + 1} autres"]


def status_table(desk: "Desk") -> Table:
    """Every application that the store knows."""
    store = desk.store
    return applications_table(store.applications(), store.letters.facts(), store.calls(), desk.edition)


def inbox_lines(desk: "Desk") -> Iterator[str]:
    """How each inbox is being read."""
    for inbox in desk.store.inboxes():
        yield inbox_line(inbox, desk.edition)
    waiting, shelved = len(desk.store.unhandled()), len(desk.store.shelf())
    yield f"{waiting} message(s) en attente de lecture, {shelved} mis de côté (`blossom shelf list`)"


def inbox_line(inbox: InboxState, edition: Edition) -> str:
    """One inbox in a line."""
    read = f"lue le {edition.local(inbox.read_at):%d/%m à %H:%M}" if inbox.read_at else "jamais lue"
    trouble = f" ; en panne : {inbox.trouble}" if inbox.trouble else ""
    return f"boîte {inbox.account} : {read}, {inbox.seen} messages vus{trouble}"


def letters_table(letters: Sequence[LetterFact], edition: Edition) -> Table:
    """Letters and where they stand."""
    table = Table("Clé", "Composée", "Objet", "État", "Réponse du serveur", pad_edge=False)
    for each in letters:
        moment = f"{edition.local(each.composed_at):%d/%m %H:%M}"
        table.add_row(
            each.id[:10], moment, plain(each.subject), LETTERS[each.state], plain(each.last_reply[:60])
        )
    return table


NEXT_STEPS = {
    LetterState.HELD: "à relire, puis à libérer (`blossom letters show CLÉ`, `release CLÉ` ou `release all`)",
    LetterState.UNKNOWN: "à chercher dans les envois, puis `blossom letters settle CLÉ arrived` ou `again`",
    LetterState.FAILED: "à régler par téléphone : l'adresse ne reçoit pas nos messages",
}


def letter_lines(letters: Sequence[LetterFact]) -> Iterator[str]:
    """What waits for a person, and how to go on."""
    for state, step in NEXT_STEPS.items():
        if number := sum(each.state is state for each in letters):
            yield f"{number} {LETTERS[state]}{'s' if number > 1 else ''} : {step}"


def a_letter(stored: "StoredLetter", edition: Edition) -> str:
    """A letter to read before it leaves."""
    letter = stored.letter
    leaves = edition.local(stored.sent_at or stored.next_at)
    when = f"{'partie' if stored.sent_at else 'pas avant'} le {leaves:%d/%m/%Y à %H:%M}"
    head = (
        f"À : {letter.recipient.email}",
        f"Objet : {letter.subject}",
        f"État : {LETTERS[stored.state]}, {when}" + (f" ({stored.last_reply})" if stored.last_reply else ""),
    )
    return "\n".join((*map(_one_line, head), "", letter.text))


def _one_line(words: str) -> str:
    return "".join(each if each.isprintable() else " " for each in words)


def reminder_lines(desk: "Desk") -> Iterator[str]:
    """When reminders are written and leave; then each application, and where its reminder stands."""
    from desk import jobs
    from notifier import reminders

    written_at, leaves = jobs.reminders_at(desk), desk.edition.dates.reminder
    if written_at is None or leaves is None:
        yield "Cette édition ne prévoit pas de rappel."
        return
    local = desk.edition.local
    yield (
        f"Les rappels sont préparés le {local(written_at):%d/%m à %H:%M} et partent le "
        f"{local(leaves):%d/%m à %H:%M}, aux seules structures dont le dossier est incomplet."
    )
    written = {
        fact.application: fact
        for fact in desk.store.letters.facts()
        if fact.kind is LetterKind.REMINDER and fact.application
    }
    planned = {each.reference for each in reminders.wanted(jobs.counted(desk))} - written.keys()
    for each in desk.store.applications():
        if each.reference in written or each.reference in planned:
            fact = written.get(each.reference)
            told = LETTERS[fact.state] if fact else "prévu" if desk.now() < written_at else "sans rappel"
            yield f"{each.reference}  {_one_line(each.organisation or 'sans nom')} : {told}"


ANSWERS = {
    Matter.LATE: "Cela compte-t-il ? counts ou does-not-count",
    Matter.DOUBTS: "Tout est-il en ordre ? in-order ou not-in-order",
}


def matter_lines(desk: "Desk") -> Iterator[str]:
    """What waits for the officer's word, and the words that answer."""
    from desk import deciding, jobs
    from notifier.digest import name_of, question_of

    waiting, leaving = list(deciding.waiting(desk)), jobs.withdrawals_asked(desk)
    if not (waiting or leaving):
        yield "Rien n'attend votre décision."
    for event in leaving:
        yield _one_line(f"{event.application} : {event.detail}")
        yield "  Est-ce un retrait ? `blossom withdraw` le confirme ; stays : la candidature est maintenue"
    for application, matter in waiting:
        yield _one_line(f"{name_of(application)} : {question_of(application, matter, desk.edition)}")
        yield f"  {ANSWERS[matter]}"


def ruling_lines(application: Application, edition: Edition) -> Iterator[str]:
    """What the officer has said of an application, who it was and when; and what is asked still."""
    from notifier import rulings
    from notifier.digest import question_of, row_of

    yield _one_line(f"{application.organisation or 'sans nom'} : {row_of(application, edition).told}")
    for ruling in application.rulings:
        when = f"{edition.local(ruling.at):%d/%m/%Y à %H:%M}"
        lapsed = " ; quelque chose est arrivé depuis" if ruling.lapsed else ""
        note = f" – {ruling.note}" if ruling.note else ""
        yield _one_line(f"  {rulings.said(application, ruling)} ({ruling.by}, {when}{lapsed}){note}")
    for matter in rulings.asked(application, edition):
        yield _one_line(f"  À décider : {question_of(application, matter, edition)}")
        yield f"    {ANSWERS[matter]}"


def calls_table(calls: Sequence[Call], edition: Edition) -> Table:
    """The calls of the week, in order."""
    table = Table("Quand", "Structure", "Personne", "Téléphone", "Questions", "État", pad_edge=False)
    for each in calls:
        table.add_row(
            f"{edition.local(each.starts_at):%a %d/%m %H:%M}",
            plain(each.organisation),
            plain(each.person),
            each.phone or "numéro à trouver",
            "\n".join(f"• {plain(question)}" for question in each.questions),
            CALLS[each.state],
        )
    return table


def outcomes(results: Sequence[Outcome], edition: Edition) -> Table:
    """What each mail brought about."""
    table = Table("Message", "Nature", "Dossier", "Verdict", "Réponse", pad_edge=False)
    for each in results:
        application = each.application
        table.add_row(
            each.mail[:10],
            KINDS[each.recognition.kind],
            plain(application.organisation or application.reference) if application else "",
            VERDICTS[application.verdict.state] if application else "",
            "\n".join(plain(letter.subject) for letter in each.letters) or (each.suppressed or ""),
        )
    return table


def edition_tables(edition: Edition) -> Iterator[Table]:
    """The whole edition, for the officer to read through."""
    programme, dates = edition.programme, edition.dates
    facts = Table(
        title=f"{programme.name} {programme.years} ({edition.id})", show_header=False, pad_edge=False
    )
    facts.add_row("Échéance", f"{edition.local(dates.deadline):%A %d %B %Y %H:%M} ({programme.zone})")
    facts.add_row("Appels", f"{edition.calls.first:%d/%m} – {edition.calls.last:%d/%m}")
    facts.add_row("Décision", f"{dates.decision:%d/%m/%Y}")
    facts.add_row("Adresses", ", ".join(edition.mail.addresses))
    facts.add_row("Objet", plain(edition.mail.subject))
    facts.add_row("Annexes", "\n".join(plain(annex.wording) for annex in edition.annex))
    facts.add_row("Signatures", "\n".join(plain(signatory.label) for signatory in edition.signatory))
    yield facts
    questions = Table("Identifiant", "Question", "Nature", "Obligatoire", "Lignes", pad_edge=False)
    for section in edition.section:
        questions.add_section()
        questions.add_row("", f"[bold]{plain(section.title)}[/]")
        for each in section.question:
            questions.add_row(
                each.id,
                plain(each.wording),
                each.kind.value,
                "oui" if each.required else "non",
                str(each.max_lines or ""),
            )
    yield questions
