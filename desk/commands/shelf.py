"""`blossom shelf`: mails that failed three times and wait for a person."""

from typing import Annotated

import typer

from data.errors import UsageError
from desk.commands._arguments import SETTINGS, SettingsPath, the_desk

app = typer.Typer(help="Mails that failed three times and wait for a person.", no_args_is_help=True)


@app.command("list")
def shelf_list(settings: SettingsPath = SETTINGS) -> None:
    """What lies on the shelf, and why."""
    with the_desk(settings) as desk:
        for each in desk.store.shelf():
            reason = each.trace.strip().splitlines()[-1] if each.trace.strip() else "sans trace"
            print(
                f"{each.mail[:12]}  reçu le {each.received_at:%Y-%m-%d %H:%M}Z  "
                f"essayé {each.attempts}×  {reason}"
            )


@app.command("retry")
def shelf_retry(
    mail: Annotated[str, typer.Argument(help="The first characters of a mail's key, or « all ».")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Put a mail remis au travail; the running service takes it up."""
    from desk import jobs

    with the_desk(settings) as desk:
        chosen = [each.mail for each in desk.store.shelf() if mail == "all" or each.mail.startswith(mail)]
        if not chosen:
            raise UsageError(
                f"{mail}: nothing on the shelf begins so", "`blossom shelf list` shows what there is."
            )
        for each in chosen:
            jobs.bring_back(desk, each)
            print(f"{each[:12]}  remis au travail")
