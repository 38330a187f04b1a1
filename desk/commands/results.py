"""`blossom results`: the letters of the decision."""

from pathlib import Path
from typing import Annotated

import typer

from desk.commands._arguments import SETTINGS, SettingsPath, the_desk

app = typer.Typer(help="The letters of the decision: prepare, check, release.", no_args_is_help=True)


@app.command("prepare")
def results_prepare(
    file: Annotated[Path, typer.Argument(help="An .xlsx with « Référence » and « Décision ».")],
    settings: SettingsPath = SETTINGS,
) -> None:
    """Compose a letter for each decision, and hold them: read them with `blossom letters show`."""
    from desk import results
    from notifier._french import count

    with the_desk(settings) as desk:
        done = results.prepare(desk, file)
        selected = count(done.selected, "retenue")
        replaced = count(done.replaced, "lettre remplacée", "lettres remplacées")
        print(f"{selected}, {count(done.not_selected, 'non retenue', 'non retenues')}, {replaced}")
        for complaint in results.check(desk):
            print(f"  {complaint}")


@app.command("check")
def results_check(settings: SettingsPath = SETTINGS) -> None:
    """Say why the letters may not be released yet."""
    from desk import results

    with the_desk(settings) as desk:
        complaints = results.check(desk)
        print("\n".join(complaints) or "Chaque candidature a une lettre, et une adresse qui fonctionne.")
    raise typer.Exit(1 if complaints else 0)


@app.command("release")
def results_release(settings: SettingsPath = SETTINGS) -> None:
    """Let them all leave with the next sending; none, while one of them is in doubt."""
    from desk import results
    from notifier._french import count

    with the_desk(settings) as desk:
        print(count(results.release(desk), "lettre libérée", "lettres libérées"))
