"""`blossom letters`: what waits, what left, what a person says of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from data.errors import UsageError
from desk.commands._arguments import SETTINGS, SettingsPath, a_console, the_desk

if TYPE_CHECKING:
    from desk.wiring import Desk


app = typer.Typer(help="Letters to applicants: list, read, release.", no_args_is_help=True)


@app.command("list")
def letters_list(
    state: Annotated[str, typer.Option(help="Only these: held, queued, sent, failed, unknown…")] = "",
    settings: SettingsPath = SETTINGS,
) -> None:
    """Every letter and where it stands, and what waits for a person."""
    from desk.show import letter_lines, letters_table

    with the_desk(settings) as desk:
        facts = desk.store.letters.facts()
        shown = [fact for fact in facts if state in ("", fact.state.value)]
        console = a_console()
        console.print(letters_table(shown, desk.edition))
        for line in letter_lines(facts):
            console.print(line, highlight=False, markup=False)


@app.command("show")
def letters_show(
    letter: Annotated[str, typer.Argument(help="The first characters of its key.")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Read a letter before it leaves."""
    from desk.show import a_letter

    with the_desk(settings) as desk:
        for id in chosen_letters(desk, letter):
            print(a_letter(desk.store.letters.get(id), desk.edition))


@app.command("release")
def letters_release(
    letter: Annotated[str, typer.Argument(help="The first characters of its key, or « all ».")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Let a held letter leave with the next sending."""
    from desk import jobs
    from notifier._french import count

    with the_desk(settings) as desk:
        chosen = chosen_letters(desk, letter)
        stay = [each for each in chosen if jobs.must_stay(desk, desk.store.letters.get(each).letter)]
        released = desk.store.letters.release(desk.now(), [each for each in chosen if each not in stay])
        print(count(released, "lettre libérée", "lettres libérées"))
        if stay:
            kept = count(len(stay), "lettre retenue", "lettres retenues")
            print(f"{kept} : c'est une répétition, et la personne n'y participe pas")


@app.command("settle")
def letters_settle(
    letter: Annotated[str, typer.Argument(help="The first characters of its key.")],
    what: Annotated[
        str, typer.Argument(help="« arrived »: it lies in Sent; « again »: it does not, send it.")
    ],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Say what became of a letter that is uncertain, once a person has looked in Sent."""
    from data.model import LetterState
    from desk.show import LETTERS

    states = {"arrived": LetterState.SENT, "again": LetterState.QUEUED}
    if what not in states:
        raise UsageError(f"{what}: neither « arrived » nor « again »")
    with the_desk(settings) as desk:
        uncertain = {fact.id for fact in desk.store.letters.facts(states=(LetterState.UNKNOWN,))}
        chosen = [each for each in chosen_letters(desk, letter) if each in uncertain]
        if len(chosen) != 1:
            raise UsageError(f"{letter}: {len(chosen)} uncertain letters begin so", "`blossom letters list`.")
        state = desk.store.letters.settle(
            chosen[0], states[what], reply="settled by a person", now=desk.now(), next_at=desk.now()
        )
        print(f"{chosen[0][:10]}  {LETTERS[state]}")


def chosen_letters(desk: "Desk", beginning: str) -> list[str]:
    """Ids of the letters that a person means.

    Raises:
        UsageError: none begins so.
    """
    ids = [fact.id for fact in desk.store.letters.facts()]
    chosen = [each for each in ids if beginning == "all" or each.startswith(beginning)]
    if not chosen:
        raise UsageError(f"{beginning}: no letter begins so", "`blossom letters list` shows them.")
    return chosen
