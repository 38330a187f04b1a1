"""`docs/checks.md` lists every check and everything it says, as the code has it."""

from collections.abc import Callable
from pathlib import Path

from checks import catalogue
from checks._check import Tell

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"
START, END = "<!-- table -->\n", "<!-- end -->\n"


def _table() -> str:
    tells: dict[Tell, list[str]] = {}
    for check in catalogue():
        for tell in check.tells:
            tells.setdefault(tell, []).append(f"`{check.name}`")
    rows = [
        f"| `{tell.code}` | {tell.severity} | {'officer' if tell.officer_only else 'applicant, officer'} "
        f"| {', '.join(names)} | {tell.sentence} |"
        for tell, names in sorted(tells.items(), key=lambda item: item[0].code)
    ]
    return "\n".join(
        ["| code | severity | told to | checks | sentence |", "| --- | --- | --- | --- | --- |", *rows, ""]
    )


def test_the_table_is_what_the_checks_say(golden: Callable[[Path, str], None]) -> None:
    """Code, severity, reader and sentence of every finding; `pytest --bless` writes it anew."""
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    after = rest.partition(END)[2]

    golden(PAGE, f"{before}{START}{_table()}{END}{after}")


def test_every_code_of_the_contract_has_its_check() -> None:
    """The codes were agreed on; a check may add some, and never takes one away."""
    said = {tell.code for check in catalogue() for tell in check.tells}

    assert said >= {
        "answer.blank",
        "answer.not_found",
        "answer.unclear",
        "answer.too_long",
        "answer.invalid",
        "signature.missing",
        "signature.unclear",
        "signature.typed_name",
        "signature.invalid",
        "signature.same_person",
        "annex.missing",
        "annex.partial",
        "annex.unclear",
        "annex.old",
        "document.unreadable",
        "document.encrypted",
        "document.too_large",
        "document.active_content",
        "document.link_only",
        "dossier.missing",
        "dossier.template_blank",
        "mail.late",
        "mail.wrong_subject",
        "mail.one_address",
        "eligibility.too_young",
        "eligibility.outside_brussels",
        "sender.unverified",
    }
