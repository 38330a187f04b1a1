"""Questions that the form leaves empty and a mail's own text seems to answer: they are for a person.

Who is told that B.9 is missing, or sees it on sending, writes « B.9 : en janvier 2024 » into a mail, or below
the question that it quotes. That is no form; but what somebody sent is not called missing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from data.edition import Edition, Question, QuestionKind
from data.model import Answer, AnswerState, Place, Submission
from parsers._answered import _coded
from parsers._asked._anchors import form
from parsers._dossier import _mail_text
from parsers._wording import has_content, is_filler, words

REASON = "le texte d'un message semble y répondre"

ALIKE = 90.0
"""How like a question's wording, or its label in our letters, the words of a mail are that name it."""

_SHORT = 2
"""In words: what is so short, « Adresse », names a question only before a colon."""
_MOST_ROWS = 2_000
_LONGEST = 12
"""Rows of an answer that are shown."""

_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_BULLET = re.compile(r"^[^\w«\"]*(?:\d{1,2}\s?[.)]\s*)?[^\w]*")
_CODE = re.compile(
    r"^\W*(?:(?:à la |la )?(?:question|point|r[ée]ponse|vraag|punt)\s+)?(?P<letter>[A-E])\s?[.\-]?\s?"
    r"(?P<first>\d{1,2})(?:\s?[.\-]\s?(?P<second>\d{1,2}))?(?P<parted>\s*(?:[:=)→]|[–—-]+(?=\s)|\.(?=\s|$))\s*|\s*$|\s+)",
    re.IGNORECASE,
)
_PARTED = re.compile(r"^[\s?:.=)»\"–—→>-]*")


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    quoted: bool
    """It stands in the mail that is answered."""


def with_doubts(
    answers: Mapping[str, Answer], mails: Sequence[Submission], edition: Edition
) -> dict[str, Answer]:
    """The answers, those in doubt that are empty and that one of these mails answers.

    Args:
        mails: that came with the form or after it, and are not the form themselves.
    """
    empty = {
        question for question, answer in answers.items()
        if answer.state in {AnswerState.BLANK, AnswerState.NOT_FOUND}
    }  # fmt: skip
    told = dict(answers)
    for mail in mails if empty else ():
        for question, said in _said(_rows(mail.envelope.text), edition):
            if question in empty:
                kind = edition.questions[question].kind
                value = said if kind in {QuestionKind.TEXT, QuestionKind.WORDS} else None
                told[question] = replace(
                    told[question], state=AnswerState.UNCLEAR, value=value, place=Place(_mail_text.MAIL_BODY),
                    confidence=0.5, reason=REASON, lines=0,
                )  # fmt: skip
    return told


def _rows(text: str) -> list[_Row]:
    rows = _mail_text.without_earlier(text).splitlines()[:_MOST_ROWS]
    return [_Row(_QUOTE.sub("", row).strip(), bool(_QUOTE.match(row))) for row in rows]


def _said(rows: Sequence[_Row], edition: Edition) -> Iterator[tuple[str, str]]:
    """Question → what stands behind its name, or below, in the writer's own words."""
    named = {at: found for at, row in enumerate(rows) if row.text and (found := _named(rows, at, edition))}
    for at, (questions, last, rest) in named.items():
        said = [] if rows[at].quoted or not has_content(rest) else [rest]
        below = last + 1
        while not said and below < len(rows) and not rows[below].text:
            below += 1
        while below < len(rows) and rows[below].text and below not in named:
            if _mail_text.is_closing(rows[below].text) or rows[below].quoted:
                break
            said.append(rows[below].text)
            below += 1
        answer = "\n".join(said[:_LONGEST])
        if has_content(answer) and not answer.rstrip().endswith("?") and not is_filler(answer):
            yield from ((question, answer) for question in questions)


def _named(rows: Sequence[_Row], at: int, edition: Edition) -> tuple[list[str], int, str] | None:
    """The questions that a row names by code or wording, the last row of it, and what is left of that."""
    text, code = rows[at].text, _CODE.match(rows[at].text)
    questions = _by_code(code, edition) if code else []
    behind = text[code.end() :] if code and questions else _BULLET.sub("", text)
    worded = _worded(rows, at, behind, edition, questions)
    if worded:
        return worded
    if code and questions and (code["parted"].strip() or not behind or rows[at].quoted):
        return questions, at, behind
    return None


def _by_code(code: re.Match[str], edition: Edition) -> list[str]:
    said = (code["letter"].upper(), code["first"], *([code["second"]] if code["second"] else []))
    return [a.question for c, a in _coded.codes(edition, form(edition)) if c == said and a.question]


def _worded(
    rows: Sequence[_Row], at: int, behind: str, edition: Edition, among: Sequence[str]
) -> tuple[list[str], int, str] | None:
    """The question whose wording or label begins here; it may go on for some rows."""
    following = [behind]
    for row in rows[at + 1 : at + 6]:
        if not row.text or row.quoted != rows[at].quoted:
            break
        following.append(row.text)
    text = "\n".join(following)
    said = words(text)
    best: tuple[float, int, str, int] | None = None
    for question in [edition.questions[q] for q in among] or edition.questions.values():
        for name in _names(question):
            end = said[len(name) - 1].end if 0 < len(name) <= len(said) else 0
            if not end or (len(name) <= _SHORT and not _ends_as_label(text, end, rows[at].quoted)):
                continue
            likeness = fuzz.ratio(" ".join(name), " ".join(word.text for word in said[: len(name)]))
            if likeness >= ALIKE and (best is None or (likeness, len(name)) > best[:2]):
                best = likeness, len(name), question.id, end
    if best is None:
        return None
    last = at + text.count("\n", 0, best[3])
    return [best[2]], last, _PARTED.sub("", text[best[3] :].split("\n")[0])


def _names(question: Question) -> list[list[str]]:
    """The words of its wording and of its label, which letters put an article before."""
    names = [[word.text for word in words(said)] for said in (question.wording, question.label)]
    return [*names, names[1][1:]] if names[1][:1] in (["le"], ["la"], ["les"]) else names


def _ends_as_label(text: str, end: int, quoted: bool) -> bool:
    rest = text[end:].split("\n")[0].strip()
    return rest.startswith(":") or (quoted and not rest)
