"""The commands. Each one only reads its arguments, calls one function of the desk, and shows the result.

Heavy libraries are imported inside the commands, so that `blossom --help` answers at once.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from data.errors import DeskError, EditionError, MailboxError, StoreError, UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console

    from data.edition import Edition
    from desk.settings import Settings
    from desk.wiring import Desk

EXIT_CODES = """
Exit codes: 0 done, or complete · 1 incomplete, or a line of `doctor` failed · 2 wrong usage, settings or
edition · 3 to review · 4 no application · 5 an inbox · 6 sending · 7 database or disk.
"""

app = typer.Typer(
    name="blossom",
    help="Reads application dossiers from shared inboxes, checks that they are complete, answers, and "
    "prepares the officer's day. Start with `blossom demo`.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
    add_completion=False,
)
shelf = typer.Typer(help="Mails that failed three times and wait for a person.", no_args_is_help=True)
letters = typer.Typer(help="Letters to applicants: list, read, release.", no_args_is_help=True)
reminders = typer.Typer(help="The reminder before the deadline: list, stop.", no_args_is_help=True)
editions = typer.Typer(help="The programme as data.", no_args_is_help=True)
phone = typer.Typer(help="The calls to make in the week after the deadline.")
app.add_typer(phone, name="calls")
app.add_typer(shelf, name="shelf")
app.add_typer(letters, name="letters")
app.add_typer(reminders, name="reminders")
app.add_typer(editions, name="edition")
outcomes = typer.Typer(help="The letters of the decision: prepare, check, release.", no_args_is_help=True)
app.add_typer(outcomes, name="results")

SettingsPath = Annotated[
    Path, typer.Option("--settings", help="The settings file.", envvar="BLOSSOM_SETTINGS")
]
SETTINGS = Path("blossom.toml")


def main() -> NoReturn:
    """Run a command; an error of ours is one line of what happened and one of what to do."""
    try:
        app()
    except DeskError as error:
        complain(error)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.filename is None:
            raise
        complain(StoreError(f"{error.filename}: {error.strerror}", "Look at the path and its rights."))
        sys.exit(StoreError.exit_code)
    sys.exit(0)


def complain(error: DeskError) -> None:
    """Say on standard error what happened and what to do: one line where one thing is wrong."""
    gap = "\n  " if "\n" in str(error) else " "
    print(f"blossom: {error}{gap}→ {error.advice}", file=sys.stderr)


# ---------------------------------------------------------------- without a mailbox


@app.command()
def check(
    paths: Annotated[
        list[Path], typer.Argument(help="An .eml (or several of one applicant), a folder, or files.")
    ],
    edition: Annotated[str, typer.Option(help="Id of an edition, or its file.")] = "",
    received: Annotated[
        str, typer.Option(help="When it was received (ISO 8601), where the input does not say.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, as the contract has it.")] = False,
    explain: Annotated[
        Path | None, typer.Option(help="Write a page (HTML) that shows what was found, where and why.")
    ] = None,
) -> None:
    """Judge one application from files: is it complete, and what stands where?"""
    import json

    from data.model import Recognition
    from desk import check as checking
    from desk import confined, report

    programme = the_edition(edition)
    with confined.tools() as tools:
        checked = checking.check(paths, programme, tools, a_moment(received))
    if isinstance(checked, Recognition):
        told = report.not_an_application(programme, checked)
        print(
            json.dumps(told, ensure_ascii=False, indent=2)
            if as_json
            else f"Pas une candidature : {told['reason']}."
        )
        raise typer.Exit(report.NOT_AN_APPLICATION)
    if explain:
        from desk.explain import evidence_of

        explain.write_text(evidence_of(checked, programme), "utf-8")
    if as_json:
        told = report.as_json(checked.dossier, checked.verdict, programme, received=checked.received)
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        from notifier import checklist

        print(checklist.render(checked.dossier, checked.verdict, programme, received=checked.received))
    raise typer.Exit(report.exit_code(checked.verdict))


@app.command()
def replay(
    folder: Annotated[Path, typer.Argument(help="A folder of .eml files.")],
    out: Annotated[Path | None, typer.Option(help="Write verdicts (.json) and letters (.eml) here.")] = None,
    edition: Annotated[str, typer.Option(help="Id of an edition, or its file.")] = "",
) -> None:
    """Run a folder of mails through the whole pipeline: the same mails give the same verdicts and letters."""
    from desk import confined
    from desk import replay as replaying
    from desk.pipeline import Manners
    from desk.show import outcomes

    programme = the_edition(edition)
    domain = programme.officer.email.rpartition("@")[2]
    with confined.tools() as tools:
        results = list(replaying.replay(folder, programme, tools, Manners(domain)))
    if out:
        replaying.write(results, out, programme, domain)
    a_console().print(outcomes(results, programme))


@app.command()
def demo(
    out: Annotated[
        Path, typer.Option(help="Where letters, digests, call sheet and calendar are written.")
    ] = Path("demo-out"),
    long: Annotated[
        bool, typer.Option("--long", help="Forty applicants, until the results of 2 October.")
    ] = False,
) -> None:
    """Show it: two invented inboxes and a fortnight in September 2026, in a minute or two."""
    from desk.demo.run import run_demo

    run_demo(out, a_console(), long=long)


@editions.command("check")
def edition_check(file: Annotated[Path, typer.Argument(help="An edition file.")]) -> None:
    """Test an edition file and print it as a table, to show it to the programme officer."""
    from checks import complaints
    from data.edition import load
    from desk.show import edition_tables

    console = a_console()
    programme = load(file)
    for table in edition_tables(programme):
        console.print(table)
    if wrong := [f"{file}: {complaint}" for complaint in complaints(programme)]:
        raise EditionError("\n".join(wrong))


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = SETTINGS,
    show: Annotated[bool, typer.Option("--print", help="Print it instead.")] = False,
) -> None:
    """Write an annotated example of the settings."""
    example = (Path(__file__).parent / "blossom.example.toml").read_text("utf-8")
    if show:
        print(example, end="")
        return
    if path.exists():
        raise UsageError(f"{path} exists already", "Move it away first, or use --print.")
    path.write_text(example, "utf-8")
    print(f"{path} written: fill in hosts and users, then `blossom doctor`.")


# ---------------------------------------------------------------- the service


@app.command()
def run(settings: SettingsPath = SETTINGS) -> None:
    """Work: read the inboxes, judge, answer, write the digest, until told to stop (SIGTERM)."""
    from desk.journal import open_journal
    from desk.service import run as serve

    open_journal()
    with the_desk(settings) as desk:
        serve(desk, a_console())


@app.command()
def poll(
    once: Annotated[
        bool, typer.Option("--once", help="Read each inbox once, judge what came, and end.")
    ] = False,
    settings: SettingsPath = SETTINGS,
) -> None:
    """Read the inboxes now."""
    if not once:
        raise UsageError("poll: say --once; `blossom run` reads them again and again")
    from desk.journal import open_journal
    from desk.service import poll_once
    from desk.show import status_table

    open_journal()
    with the_desk(settings) as desk:
        troubles = poll_once(desk)
        a_console().print(status_table(desk))
    for trouble in troubles:
        complain(trouble)
    raise typer.Exit(MailboxError.exit_code if troubles else 0)


@app.command()
def doctor(settings: SettingsPath = SETTINGS) -> None:
    """Test everything the service depends on: a line each, and what to do where one fails."""
    from data.edition import find
    from desk.doctor import examine

    read = the_settings(settings)
    console = a_console()
    bad = 0
    for line in examine(read, find(read.edition)):
        bad += not line.good
        told = [f"{'ok  ' if line.good else 'FAIL'}  {line.thing:<16} {line.told}"]
        told += [f"      {'':<16} → {line.advice}"] if line.advice else []
        console.print("\n".join(told), highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1 if bad else 0)


@app.command()
def status(settings: SettingsPath = SETTINGS) -> None:
    """Where each application stands."""
    from desk.show import inbox_lines, status_table

    with the_desk(settings) as desk:
        console = a_console()
        console.print(status_table(desk))
        for line in inbox_lines(desk):
            console.print(line, highlight=False, markup=False)


@app.command()
def digest(
    day: Annotated[str, typer.Option(help="The day, as 2026-09-07.")] = "",
    show: Annotated[bool, typer.Option("--show", help="Print it; nothing is kept or sent.")] = False,
    settings: SettingsPath = SETTINGS,
) -> None:
    """The officer's digest of a day."""
    from desk import jobs
    from notifier import digest as digests

    with the_desk(settings) as desk:
        today = a_moment(day).date() if day else desk.edition.local(desk.now()).date()  # type: ignore[union-attr]
        if show:
            book = jobs.day_book(desk, today)
            print(digests.compose(book, desk.edition, to=desk.reader_of_digest, now=desk.now()).text)
        else:
            jobs.write_digest(desk, today.isoformat())
            print(f"The digest of {today} is queued; it leaves with the next sending.")


@phone.callback(invoke_without_command=True)
def calls(
    context: typer.Context,
    ics: Annotated[Path | None, typer.Option(help="Write the calls as a calendar.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Write the call sheet (HTML, one page a call).")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write the call sheet as a PDF, to print.")] = None,
    settings: SettingsPath = SETTINGS,
) -> None:
    """The calls to make in the week after the deadline."""
    if context.invoked_subcommand:
        return
    from desk.show import calls_table
    from notifier import calendar
    from notifier import sheet as sheets

    with the_desk(settings) as desk:
        planned, known = desk.store.calls(), desk.store.applications()
        if ics:
            ics.write_bytes(calendar.compose(planned, desk.edition, now=desk.now()))
        if sheet:
            sheet.write_text(sheets.as_html(planned, known, desk.edition), "utf-8")
        if pdf:
            pdf.write_bytes(sheets.as_pdf(planned, known, desk.edition))
        a_console().print(calls_table(planned, desk.edition))


Who = Annotated[str, typer.Argument(help="The reference, or part of the structure's name.")]
Note = Annotated[str, typer.Option("--note", help="What was said.")]


@phone.command("next")
def calls_next(settings: SettingsPath = SETTINGS) -> None:
    """Whom to call now: who, which number, which questions."""
    from desk import calling

    with the_desk(settings) as desk:
        call = calling.next_call(desk)
        if call is None:
            print("Aucun appel à faire.")
            return
        print(calling.told(call, desk))
        print(f"{call.person or 'nom à demander'} – {call.phone or 'numéro à trouver'}")
        for number, question in enumerate(call.questions, 1):
            print(f"  {number}. {question}")
        for note in call.notes:
            print(f"  note : {note}")


@phone.command("done")
def calls_done(who: Who, note: Note = "", settings: SettingsPath = SETTINGS) -> None:
    """The call was made and all is settled."""
    from desk import calling

    with the_desk(settings) as desk:
        print(f"{calling.told(calling.spoken(desk, who, settled=True, words=note), desk)} : fait")


@phone.command("reached")
def calls_reached(who: Who, note: Note = "", settings: SettingsPath = SETTINGS) -> None:
    """Somebody answered, and something is still awaited."""
    from desk import calling

    with the_desk(settings) as desk:
        print(f"{calling.told(calling.spoken(desk, who, settled=False, words=note), desk)} : joint")


@phone.command("no-answer")
def calls_no_answer(who: Who, note: Note = "", settings: SettingsPath = SETTINGS) -> None:
    """Nobody answered: another half-day; after two, a letter proposes two moments."""
    from desk import calling

    with the_desk(settings) as desk:
        call, written = calling.no_answer(desk, who, note)
        print(f"{calling.told(call, desk)} : prochain essai")
        if written:
            print("Une lettre propose deux moments (`blossom letters list`).")


@phone.command("note")
def calls_note(
    who: Who,
    words: Annotated[str, typer.Argument(help="What to remember.")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Write a note on a call; it stands on its sheet."""
    from desk import calling

    with the_desk(settings) as desk:
        print(f"{calling.told(calling.noted(desk, who, words), desk)} : noté")


# ---------------------------------------------------------------- what waits for a person


@shelf.command("list")
def shelf_list(settings: SettingsPath = SETTINGS) -> None:
    """What lies on the shelf, and why."""
    with the_desk(settings) as desk:
        for each in desk.store.shelf():
            reason = each.trace.strip().splitlines()[-1] if each.trace.strip() else "no trace"
            print(
                f"{each.mail[:12]}  received {each.received_at:%Y-%m-%d %H:%M}Z  "
                f"tried {each.attempts}×  {reason}"
            )


@shelf.command("retry")
def shelf_retry(
    mail: Annotated[str, typer.Argument(help="The first characters of a mail's key, or « all ».")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Put a mail back to work; the running service takes it up."""
    from desk import jobs

    with the_desk(settings) as desk:
        chosen = [each.mail for each in desk.store.shelf() if mail == "all" or each.mail.startswith(mail)]
        if not chosen:
            raise UsageError(
                f"{mail}: nothing on the shelf begins so", "`blossom shelf list` shows what there is."
            )
        for each in chosen:
            jobs.bring_back(desk, each)
            print(f"{each[:12]}  back to work")


@letters.command("list")
def letters_list(
    state: Annotated[str, typer.Option(help="Only these: held, queued, sent, failed, unknown…")] = "",
    settings: SettingsPath = SETTINGS,
) -> None:
    """Every letter and where it stands, and what waits for a person."""
    from desk.show import letter_lines, letters_table

    with the_desk(settings) as desk:
        facts = desk.store.letter_facts()
        shown = [fact for fact in facts if state in ("", fact.state.value)]
        console = a_console()
        console.print(letters_table(shown, desk.edition))
        for line in letter_lines(facts):
            console.print(line, highlight=False, markup=False)


@letters.command("show")
def letters_show(
    letter: Annotated[str, typer.Argument(help="The first characters of its key.")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Read a letter before it leaves."""
    from desk.show import a_letter

    with the_desk(settings) as desk:
        for id in chosen_letters(desk, letter):
            print(a_letter(desk.store.letter(id), desk.edition))


@letters.command("release")
def letters_release(
    letter: Annotated[str, typer.Argument(help="The first characters of its key, or « all ».")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Let a held letter leave with the next sending."""
    from desk import jobs

    with the_desk(settings) as desk:
        chosen = chosen_letters(desk, letter)
        stay = [each for each in chosen if jobs.must_stay(desk, desk.store.letter(each).letter)]
        released = desk.store.release(desk.now(), [each for each in chosen if each not in stay])
        print(f"{released} released")
        if stay:
            print(f"{len(stay)} kept: this is a rehearsal, and they are not a tester's")


@letters.command("settle")
def letters_settle(
    letter: Annotated[str, typer.Argument(help="The first characters of its key.")],
    what: Annotated[
        str, typer.Argument(help="« arrived »: it lies in Sent; « again »: it does not, send it.")
    ],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Say what became of a letter that is uncertain, once a person has looked in Sent."""
    from data.model import LetterState

    states = {"arrived": LetterState.SENT, "again": LetterState.QUEUED}
    if what not in states:
        raise UsageError(f"{what}: neither « arrived » nor « again »")
    with the_desk(settings) as desk:
        uncertain = {fact.id for fact in desk.store.letter_facts(states=(LetterState.UNKNOWN,))}
        chosen = [each for each in chosen_letters(desk, letter) if each in uncertain]
        if len(chosen) != 1:
            raise UsageError(f"{letter}: {len(chosen)} uncertain letters begin so", "`blossom letters list`.")
        state = desk.store.settle(
            chosen[0], states[what], reply="settled by a person", now=desk.now(), next_at=desk.now()
        )
        print(f"{chosen[0][:10]}  {state.value}")


def chosen_letters(desk: "Desk", beginning: str) -> list[str]:
    """Ids of the letters that a person means.

    Raises:
        UsageError: none begins so.
    """
    ids = [fact.id for fact in desk.store.letter_facts()]
    chosen = [each for each in ids if beginning == "all" or each.startswith(beginning)]
    if not chosen:
        raise UsageError(f"{beginning}: no letter begins so", "`blossom letters list` shows them.")
    return chosen


@reminders.command("list")
def reminders_list(settings: SettingsPath = SETTINGS) -> None:
    """Who is reminded, and when the reminders are written and leave."""
    from desk.show import reminder_lines

    with the_desk(settings) as desk:
        for line in reminder_lines(desk):
            print(line)


@reminders.command("stop")
def reminders_stop(
    reference: Annotated[str, typer.Argument(help="Reference of an application, or « all ».")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Let reminders that wait never leave."""
    from desk import jobs

    with the_desk(settings) as desk:
        stopped = jobs.stop_reminders(desk, reference)
        print(f"{stopped} stopped")


@app.command()
def withdraw(
    reference: Annotated[str, typer.Argument(help="Reference of the application, as in every letter.")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Confirm that an applicant withdraws: they get a short letter; reminders and calls end."""
    from desk import jobs

    with the_desk(settings) as desk:
        letter = jobs.withdraw(desk, reference)
        told = f"« {letter.subject} » leaves with the next sending" if letter else "nobody can be written to"
        print(f"{reference}: withdrawn; {told}.")


# ---------------------------------------------------------------- the decision


@outcomes.command("prepare")
def results_prepare(
    file: Annotated[Path, typer.Argument(help="An .xlsx with « Référence » and « Décision ».")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Compose a letter for each decision, and hold them: read them with `blossom letters show`."""
    from desk import results

    with the_desk(settings) as desk:
        done = results.prepare(desk, file)
        print(f"{done.selected} selected, {done.not_selected} not selected, {done.replaced} replaced")
        for complaint in results.check(desk):
            print(f"  {complaint}")


@outcomes.command("check")
def results_check(settings: SettingsPath = SETTINGS) -> None:
    """Say why the letters may not be released yet."""
    from desk import results

    with the_desk(settings) as desk:
        complaints = results.check(desk)
        print("\n".join(complaints) or "Every application has one letter, and an address that works.")
    raise typer.Exit(1 if complaints else 0)


@outcomes.command("release")
def results_release(settings: SettingsPath = SETTINGS) -> None:
    """Let them all leave with the next sending; none, while one of them is in doubt."""
    from desk import results

    with the_desk(settings) as desk:
        print(f"{results.release(desk)} released")


# ---------------------------------------------------------------- reading arguments


def the_edition(name: str) -> "Edition":
    """The edition named, else the one that is shipped."""
    from data.edition import find

    return find(name)


def the_settings(path: Path) -> "Settings":
    """The settings file, read."""
    from desk.settings import load

    return load(path)


def the_desk(path: Path) -> "AbstractContextManager[Desk]":
    """The desk, opened as the settings say."""
    from desk.wiring import open_desk

    return open_desk(the_settings(path))


def a_moment(text: str) -> datetime | None:
    """An ISO time; a time without zone is on the clocks of this machine.

    Raises:
        UsageError: it is none.
    """
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise UsageError(f"{text}: not a time such as 2026-09-10T11:22:33+02:00") from error


def a_console() -> "Console":
    """The terminal."""
    from rich.console import Console

    return Console()
