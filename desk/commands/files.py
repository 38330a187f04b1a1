"""What needs no mailbox: dossiers and mails as files, the demo, an edition, an example of the settings."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.errors import EditionError, UsageError
from desk.commands._arguments import SETTINGS, a_console, a_moment

if TYPE_CHECKING:
    from data.edition import Edition


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


def demo(
    out: Annotated[
        Path, typer.Option(help="Where letters, digests, call sheet and calendar are written.")
    ] = Path("demo-out"),
    long: Annotated[
        bool, typer.Option("--long", help="Forty applicants, until the results of 2 October.")
    ] = False,
) -> None:
    """Show it: two invented inboxes and a fortnight in September 2026, in about a minute."""
    from desk.demo.run import run_demo

    run_demo(out, a_console(), long=long)


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


def init(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = SETTINGS,
    show: Annotated[bool, typer.Option("--print", help="Print it instead.")] = False,
) -> None:
    """Write an annotated example of the settings."""
    example = (Path(__file__).parents[1] / "blossom.example.toml").read_text("utf-8")
    if show:
        print(example, end="")
        return
    if path.exists():
        raise UsageError(f"{path} exists already", "Move it away first, or use --print.")
    path.write_text(example, "utf-8")
    print(f"{path} written: fill in hosts and users, then `blossom doctor`.")


def the_edition(name: str) -> "Edition":
    """The edition named, else the one that is shipped."""
    from data.edition import find

    return find(name)
