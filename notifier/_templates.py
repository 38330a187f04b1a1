"""The words of our letters: one template each, set once as text and once as HTML.

A letter's template (`templates/reply.j2`) holds its words and is written with the macros of `parts.j2`.
There are two `parts.j2`, one that lays out text and one that lays out HTML, and one environment for
each: so both parts of a mail say the same, and a value that an applicant wrote is escaped in one and
left as it is in the other. In the same way there is one `words.j2` for each language of letters to
applicants: a letter is put together once and says the same in all of them. `select_autoescape()` would
not do: it looks at the end of the name and leaves `digest.html.j2` unescaped (measured).
"""

import re
import textwrap
from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import product
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from data.errors import DeskError
from notifier import _french
from notifier._tongue import LANGUAGES, speak

HERE = Path(__file__).parent / "templates"
TEXT_WIDTH = 72


def as_text(name: str, values: Mapping[str, object], language: str = "fr") -> str:
    """The letter as plain text, wrapped."""
    text = _environment("text", language).get_template(f"{name}.j2").render(values)
    lines = (line.rstrip().replace(_french.NBSP, " ") for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def as_html(name: str, values: Mapping[str, object], language: str = "fr") -> str:
    """The letter as HTML, with the language's no-break spaces and without empty lines."""
    html = _environment("html", language).get_template(f"{name}.j2").render(values)
    parts = re.split(r"(<style>.*?</style>|<!--.*?-->|<[^>]*>)", html, flags=re.DOTALL)
    unbroken = speak(language).unbroken
    html = "".join(part if part.startswith("<") else unbroken(part) for part in parts)
    return "\n".join(line for line in html.splitlines() if line.strip()) + "\n"


def names() -> tuple[str, ...]:
    """Every template there is."""
    return tuple(sorted(path.stem for path in HERE.glob("*.j2")))


def compile_all() -> int:
    """Compile every template in both layouts; how many there are.

    Raises:
        DeskError: one has a fault.
    """
    for layout, language in product(("text", "html"), LANGUAGES):
        for name in (*names(), "parts", "words"):
            try:
                _environment(layout, language).get_template(f"{name}.j2")
            except TemplateError as error:
                advice = "Undo the last change in notifier/templates, or install the software again."
                line = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
                raise DeskError(f"{name}.j2 ({layout}, {language}){line}: {error.message}", advice) from error
    return len(names())


@cache
def _environment(layout: str, language: str) -> Environment:
    tongue = speak(language)
    environment = Environment(
        loader=FileSystemLoader([HERE / layout, HERE / language, HERE]),
        autoescape=layout == "html",  # noqa: S701  plain text has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"language": language, "colon": tongue.COLON}
    environment.filters |= {
        "date_longue": tongue.moment,
        "date_exacte": tongue.moment_exact,
        "jour": tongue.day,
        "heure": _french.hour,
        "taille": _french.size,
        "et": _french.join,
        "de": _french.of,
        "phrase": _french.sentence,
        "guillemets": _french.quoted,
        "nombre": _french.count,
        "wrap": partial(wrap, unbroken=tongue.unbroken),
        "close": close,
        "tel": tel,
    }
    return environment


def wrap(
    words: str,
    first: str = "",
    rest: str | None = None,
    width: int = TEXT_WIDTH,
    *,
    unbroken: Callable[[str], str] = _french.unbroken,
) -> str:
    """One paragraph on lines of at most `width` signs; no line starts with « : » or « ? »."""
    words = unbroken(" ".join(re.split(r"[ \t\r\n]+", words.strip(" \t\r\n"))))
    return textwrap.fill(
        words,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def close(lines: str) -> str:
    """The same without the empty lines: the lines of a list stand close together."""
    return "\n".join(line for line in lines.splitlines() if line.strip())


def tel(number: str) -> str:
    """What a `tel:` link dials: digits and a leading plus, whatever was written."""
    return Markup(re.sub(r"(?!^\+)[^0-9]", "", number.strip()))  # noqa: S704  digits and plus only
