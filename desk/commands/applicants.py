"""What a person settles with an applicant: the reminder, the withdrawal."""

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
    from desk import jobs

    with the_desk(settings) as desk:
        letter = jobs.withdraw(desk, reference)
        told = f"« {letter.subject} » part avec le prochain envoi" if letter else "personne à qui écrire"
        print(f"{reference} : retrait confirmé ; {told}.")
