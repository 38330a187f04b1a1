"""`blossom calls`: whom to call, and what became of it."""

from pathlib import Path
from typing import Annotated

import typer

from desk.commands._arguments import SETTINGS, SettingsPath, a_console, the_desk

app = typer.Typer(help="The calls to make in the week after the deadline.")

Who = Annotated[str, typer.Argument(help="The reference, or part of the structure's name.")]
Note = Annotated[str, typer.Option("--note", help="What was said.")]


@app.callback(invoke_without_command=True)
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


@app.command("next")
def calls_next(settings: SettingsPath = SETTINGS) -> None:
    """Whom to call now: who, which number, which questions."""
    from desk import calling
    from notifier.calls import shown_number

    with the_desk(settings) as desk:
        call = calling.next_call(desk)
        if call is None:
            print("Aucun appel à faire.")
            return
        print(calling.told(call, desk))
        number = shown_number(call.phone, desk.edition) if call.phone else "numéro à trouver"
        print(f"{call.person or 'nom à demander'} – {number}")
        for place, question in enumerate(call.questions, 1):
            print(f"  {place}. {question}")
        for note in call.notes:
            print(f"  note : {note}")


@app.command("done")
def calls_done(who: Who, note: Note = "", settings: SettingsPath = SETTINGS) -> None:
    """The call was made and all is settled."""
    from desk import calling

    with the_desk(settings) as desk:
        print(f"{calling.told(calling.spoken(desk, who, settled=True, words=note), desk)} : fait")


@app.command("reached")
def calls_reached(who: Who, note: Note = "", settings: SettingsPath = SETTINGS) -> None:
    """Somebody answered, and something is still awaited."""
    from desk import calling

    with the_desk(settings) as desk:
        print(f"{calling.told(calling.spoken(desk, who, settled=False, words=note), desk)} : joint")


@app.command("no-answer")
def calls_no_answer(who: Who, note: Note = "", settings: SettingsPath = SETTINGS) -> None:
    """Nobody answered: another half-day; after two, a letter proposes two moments."""
    from desk import calling

    with the_desk(settings) as desk:
        call, written = calling.no_answer(desk, who, note)
        print(f"{calling.told(call, desk)} : prochain essai")
        if written:
            print("Une lettre propose deux moments (`blossom letters list`).")


@app.command("note")
def calls_note(
    who: Who,
    words: Annotated[str, typer.Argument(help="What to remember.")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Write a note on a call; it stands on its sheet."""
    from desk import calling

    with the_desk(settings) as desk:
        print(f"{calling.told(calling.noted(desk, who, words), desk)} : noté")
