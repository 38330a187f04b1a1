"""The form made anew for the screen and printed by a browser, as Google Docs and online forms print it.

No word processor had these in its hands: cards with a shaded head, labels without rules beside values that
stand at half their height, a booklet of two columns with answers inside the question's paragraph, and a
sheet of answers that has the form's numbers and none of its questions.
"""

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from playwright.sync_api import Browser

from desk.demo.script import Asked, Grid, Questions, Signing, Text, script
from tests.corpus.make.applications import Application
from tests.corpus.make.ink import laid
from tests.corpus.make.sheet import bare, label, options, rows_of


@dataclass(frozen=True, slots=True)
class Web:
    """How one page sets each part of the form."""

    asked: Callable[[Application, Asked], str]
    style: str
    grid: Callable[[Application, Sequence[Asked]], str]
    titles: bool = True


def html(application: Application, layout: str) -> str:
    """The page."""
    web = LAYOUTS[layout]
    body = "".join(_items(application, web))
    style = "@page{size:A4;margin:18mm}body{font:10.5pt Liberation Sans}p{margin:3px 0}" + web.style
    return (
        f"<!doctype html><html lang=fr><meta charset=utf-8><style>{style}</style><body>{body}</body></html>"
    )


def printed(browser: Browser, page: str) -> bytes:
    """As the browser's « print to PDF » gives it."""
    tab = browser.new_page()
    try:
        tab.set_content(page)
        return tab.pdf(prefer_css_page_size=True, print_background=True)
    finally:
        tab.close()


def _items(application: Application, web: Web) -> Iterator[str]:
    for item in script(application.edition):
        match item:
            case Text():
                if web.titles:
                    tag = f"h{item.level}" if item.level else "p"
                    yield f"<{tag}>{escape(item.line)}</{tag}>"
            case Questions():
                yield from (web.asked(application, asked) for asked in item.asked)
            case Grid():
                yield web.grid(application, item.asked)
            case Signing():
                yield _signing(application)


def _said(application: Application, asked: Asked) -> Sequence[str]:
    answer = application.answers[asked.question.id]
    return rows_of("" if answer is None else str(answer))


def _paragraphs(rows: Sequence[str]) -> str:
    return "".join(f"<p>{escape(row)}</p>" for row in rows) or "<p>&nbsp;</p>"


def _numbered(asked: Asked) -> str:
    return f"{asked.question.number}. {bare(asked)}" if asked.question.number else bare(asked)


# ---------------------------------------------------------------- questions


def _card(application: Application, asked: Asked) -> str:
    """A shaded head with the question, a framed body with what was said."""
    said = _said(application, asked)
    if asked.question.choices:
        boxes = " &nbsp; ".join(
            f"{'☒' if said and said[0] == option else '☐'} {escape(option)}" for option in options(asked)
        )
        body = f"<p>{boxes}</p>"
    else:
        body = _paragraphs(said)
    return f"<div class=card><div class=q>{escape(_numbered(asked))}</div><div class=a>{body}</div></div>"


def _beside(application: Application, asked: Asked) -> str:
    """A row of a table that nobody sees; the browser sets cells at half the height of their row."""
    return (
        f"<table><tr><td class=l>{escape(_numbered(asked))}</td>"
        f"<td>{_paragraphs(_said(application, asked))}</td></tr></table>"
    )


def _within(application: Application, asked: Asked) -> str:
    """Behind the question, in its own paragraph, blue and slanted."""
    said = "<br>".join(f"<i>{escape(row)}</i>" for row in _said(application, asked))
    number = f"{asked.question.number}. " if asked.question.number else "• "
    return f"<p>{number}{escape(label(asked))} {said}</p>"


def _coded(application: Application, asked: Asked) -> str:
    """« B.7 : … »."""
    section = next(s for s in application.edition.section if asked.question in s.question)
    place = asked.question.number or str(section.question.index(asked.question) + 1)
    if section.id == "s":
        return f"<p>{escape(label(asked))} {escape(' '.join(_said(application, asked)))}</p>"
    letter = (section.heading or section.title)[0]
    number = re.match(r"\d", section.title)
    code = ".".join([letter, *([number[0]] if number else []), place])
    first, *rest = _said(application, asked) or [""]
    return f"<p>{code} : {escape(first)}</p>{''.join(f'<p>{escape(row)}</p>' for row in rest)}"


# ---------------------------------------------------------------- statements


def _crossed(application: Application, statements: Sequence[Asked]) -> str:
    """One table, ten columns, one cross a row."""
    head = "".join(f"<th>{n}</th>" for n in range(1, 11))
    rows = [
        f"<tr><td>{escape(bare(asked))}</td>"
        + "".join(
            f"<td>{'X' if application.answers[asked.question.id] == n else ''}</td>" for n in range(1, 11)
        )
        for asked in statements
    ]
    return f"<table class=grid><tr><th></th>{head}</tr>{''.join(rows)}</table>"


def _out_of_ten(application: Application, statements: Sequence[Asked]) -> str:
    """« 7/10 » where the other answers stand."""
    return "".join(
        f"<table><tr><td class=l>{escape(bare(asked))}</td><td><p>"
        + (f"{value}/10" if (value := application.answers[asked.question.id]) is not None else "")
        + "</p></td></tr></table>"
        for asked in statements
    )


def _each(how: Callable[[Application, Asked], str]) -> Callable[[Application, Sequence[Asked]], str]:
    """Statements set as the questions are."""
    return lambda application, statements: "".join(how(application, asked) for asked in statements)


# ---------------------------------------------------------------- signatures


def _signing(application: Application) -> str:
    """Two columns without rules: name, function, place to sign."""
    cells = []
    for who in application.edition.signatory:
        name, function = (
            escape(str(application.answers[question] or ""))
            for question in (who.name_question, who.function_question)
        )
        put = laid(application, who.id)
        pictures = "".join(
            f"<img style='width:{width}mm' src='data:image/png;base64,{base64.b64encode(png).decode()}'>"
            for png, width in put.pictures
        )
        cells.append(
            f"<td><p>Nom, prénom {name}</p><p>Fonction {function}</p><p>Signature {escape(put.text)}</p>"
            f"{pictures}</td>"
        )
    return f"<table class=signing><tr>{''.join(cells)}</tr></table>"


_TABLE = "table{width:100%;border-collapse:collapse}td{padding:5px}.signing td{width:50%;vertical-align:top}"
LAYOUTS: Mapping[str, Web] = {
    "cards": Web(
        _card,
        _TABLE + ".card{border:1px solid #888;margin:6px 0;break-inside:avoid}.q{background:#ddd;padding:4px}"
        ".a{padding:6px}.grid td,.grid th{border:1px solid #000}.grid tr{break-inside:avoid}",
        _crossed,
    ),
    "beside": Web(_beside, _TABLE + ".l{width:40%;color:#444}tr{break-inside:avoid}", _out_of_ten),
    "booklet": Web(
        _within,
        "@page{size:A4 landscape}body{columns:2;column-gap:14mm}i{color:#0a3fa0}" + _TABLE,
        _each(_within),
    ),
    "answers alone": Web(_coded, _TABLE, _each(_coded), titles=False),
}
