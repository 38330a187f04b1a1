"""What a person settles with an applicant: the reminder, the withdrawal, what counts."""

from typing import Annotated

import typer

from desk.commands._arguments import SETTINGS, SettingsPath, the_desk

reminders = typer.Typer(help="The reminder before the deadline: list, stop.", no_args_is_help=True)


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
    from notifier._french import count

    with the_desk(settings) as desk:
        stopped = jobs.stop_reminders(desk, reference)
        print(count(stopped, "rappel arrêté", "rappels arrêtés"))


def withdraw(
    reference: Annotated[str, typer.Argument(help="Reference of the application, as in every letter.")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Confirm that an applicant withdraws: they get a short letter; reminders and calls end."""
    from desk import deciding

    with the_desk(settings) as desk:
        letter = deciding.withdraw(desk, reference)
        told = f"« {letter.subject} » part avec le prochain envoi" if letter else "personne à qui écrire"
        print(f"{reference} : retrait confirmé ; {told}.")


def decide(
    reference: Annotated[
        str, typer.Argument(help="Reference of the application; none lists what waits to be decided.")
    ] = "",
    answer: Annotated[
        str,
        typer.Argument(help="counts, does-not-count, in-order, not-in-order, stays, or undecided again."),
    ] = "",
    note: Annotated[str, typer.Option("--note", help="Why; shown here alone.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who decides; else whoever is logged in.")] = "",
    settings: SettingsPath = SETTINGS,
) -> None:
    """Say whether what came late counts, or whether what you looked at is in order; no letter leaves."""
    from getpass import getuser

    from desk import deciding
    from desk.show import matter_lines, ruling_lines

    with the_desk(settings) as desk:
        if not reference:
            print("\n".join(matter_lines(desk)))
            return
        if answer:
            application, new = deciding.decide(desk, reference, answer, by=by.strip() or getuser(), note=note)
            print(f"{application.reference} : {'noté' if new else 'rien ne change'}.")
        else:
            application = deciding.found(desk, reference)
        print("\n".join(ruling_lines(application, desk.edition)))
