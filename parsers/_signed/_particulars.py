"""What is written in the block beside the signatures: names and functions, the place, the day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.edition import Edition, QuestionKind
from data.model import Answer, AnswerState, Place
from parsers import _fields
from parsers._signed import _by_hand
from parsers._signed._block import Block, Label, LabelKind
from parsers._signed._people import BESIDE, are_perhaps_named, ends_with_people
from parsers._signed._places import by_role, headed_columns, value, value_columns, value_rows
from parsers._stream import Part, Stream
from parsers._wording import has_content, is_dash, is_filler, without_hints, without_leaders

_ASKS_BOTH = re.compile(
    r"\b(?:nom|naam|name)\b.{0,14}\b(?:fonction|qualité|functie|function)\b", re.IGNORECASE
)
_TOGETHER = "le nom et la fonction sont demandés ensemble, et rien ne les sépare"
_NAMED = "un nom se trouve près des signatures, sans qu'on sache de qui"
_UNREAD = "quelque chose est écrit à cet endroit, que nous n'avons pas pu lire"
_YEAR_ALONE = re.compile(r"\s*[/.–-]\s*(?:[/.–-]\s*)?20\d\d\W*")
"""« … / … / 2026 »: the form's own, where no day was filled in."""


def answers_of(text: Stream, block: Block | None, edition: Edition) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    wanted = _wanted(edition)
    named = block is None and ends_with_people(text, edition)
    for question, (kind, role) in wanted.items():
        if block is None and named:
            answers[question] = Answer(question, AnswerState.UNCLEAR, None, Place(text.file), 0.5, _NAMED)
            continue
        if block is None:
            answers[question] = Answer(question, AnswerState.NOT_FOUND, None, Place(text.file), 0.85)
            continue
        labels = [label for label in block.labels if label.kind is kind]
        if role is None and len(labels) > 1:  # « Le » and, in the cell beside it, « le 31/08/2026 »
            found = [_answer(text, block, label, role, question, edition) for label in labels]
            said = (answer for answer in found if answer.state is not AnswerState.BLANK)
            answers[question] = _by_hand.in_doubt(next(said, found[0]), text, block, labels[0])
            continue
        label = (label_of(text, block, kind, role, edition) if role else labels[0]) if labels else None
        if label is None and role and are_perhaps_named(text, block):
            answers[question] = Answer(question, AnswerState.UNCLEAR, None, Place(text.file), 0.5, _NAMED)
        elif label is None:
            lost = Answer(question, AnswerState.NOT_FOUND, None, Place(text.file), 0.75)
            answers[question] = _by_hand.over_its_label(question, text, block, role, edition) or lost
        else:
            answers[question] = _answer(text, block, label, role, question, edition)
            answers[question] = _by_hand.in_doubt(answers[question], text, block, label)
    return answers


def with_functions_behind_names(
    text: Stream, block: Block, said: Mapping[str, Answer], edition: Edition
) -> dict[str, Answer]:
    """The answers, where one label asks « Nom et fonction »: what stands behind the name is the function."""
    answers = dict(said)
    for signatory in edition.signatory:
        label = label_of(text, block, LabelKind.NAME, signatory.id, edition)
        both, function = answers[signatory.name_question], answers[signatory.function_question]
        asked = text.pieces[label.piece].text[label.start : label.end] if label else ""
        if function.state is not AnswerState.NOT_FOUND or not _ASKS_BOTH.search(asked):
            continue
        own = replace(both, question=function.question)
        if isinstance(both.value, str):
            name, *rest = BESIDE.split(both.value, maxsplit=1)
            doubt = replace(own, state=AnswerState.UNCLEAR, confidence=0.6, reason=_TOGETHER)
            answers[both.question] = replace(both, value=name)
            own = replace(own, value=rest[0].rstrip(" )")) if rest else doubt
        answers[function.question] = own
    return answers


def label_of(text: Stream, block: Block, kind: LabelKind, role: str, edition: Edition) -> Label | None:
    """A signatory's own label of a kind, or the one that stands for both people."""
    found = by_role(text, block, kind, edition)
    shared = next(iter(found.values())) if len(found) == 1 else None
    return found.get(role) or (shared if shared and serves_all(text, block, shared, edition) else None)


def serves_all(text: Stream, block: Block, label: Label, edition: Edition) -> bool:
    """Whether one label stands for both people, each in their column or in their row."""
    return bool(
        value_columns(text, block, label, edition)
        or value_rows(text, block, label, edition)
        or headed_columns(text, block, label)
    )


def _wanted(edition: Edition) -> dict[str, tuple[LabelKind, str | None]]:
    """What each question of the block asks: a signatory's name or function, else place, else date."""
    wanted: dict[str, tuple[LabelKind, str | None]] = {}
    for signatory in edition.signatory:
        wanted[signatory.name_question] = (LabelKind.NAME, signatory.id)
        wanted[signatory.function_question] = (LabelKind.FUNCTION, signatory.id)
    for section in edition.section:
        if any(question.id in wanted for question in section.question):
            for question in section.question:
                if question.id not in wanted:
                    is_date = question.kind is QuestionKind.DATE
                    wanted[question.id] = (LabelKind.DATE if is_date else LabelKind.PLACE, None)
    return {q: wanted[q] for q in edition.questions if q in wanted}


def _answer(
    text: Stream, block: Block, label: Label, role: str | None, question: str, edition: Edition
) -> Answer:
    parts = [
        p
        for p in value(text, block, label, role, edition)
        if not all(s.hint for s in p.spans if s.text.strip())
    ]
    parts = _one_value(parts)
    if edition.questions[question].kind is QuestionKind.DATE:
        parts = [part for part in parts if part.piece is text.pieces[label.piece] or _may_date(part)]
    if label.kind is LabelKind.PLACE:  # the day below it may have lost its « Le »
        parts = [p for p in parts if p.piece is text.pieces[label.piece] or not _fields.is_day(p.text)]
    written = " ".join(bare(part) for part in parts if bare(part)).strip(" ,;:")
    where = text.pieces[label.piece]
    asked = Place(text.file, where.line.page, where.box)
    written = re.sub(r"^(?:[–—=→-]|[=-]>)\s+|(?<=\S)\s+[–—-]$", "", written)
    if not has_content(written) or (is_dash(written) and len(written) > 3) or _YEAR_ALONE.fullmatch(written):
        if any(span.strike and part.piece.line.confidence < 1.0 for part in parts for span in part.spans):
            return Answer(question, AnswerState.UNCLEAR, None, text.place(parts), 0.5, _UNREAD, 1)
        return Answer(question, AnswerState.BLANK, None, asked, 0.9)
    if is_filler(written):
        reason = "un texte provisoire occupe la place de la réponse"
        return Answer(question, AnswerState.UNCLEAR, written, text.place(parts), 0.75, reason, 1)
    if edition.questions[question].past:
        written = _fields.iso_date(written) or written
    return Answer(question, AnswerState.ANSWERED, written, text.place(parts), 0.95, "", 1)


def _may_date(part: Part) -> bool:
    """Whether what stands under « Le » may be its day, and no name; of a scan nobody knows."""
    return part.piece.line.confidence < 1.0 or _fields.names_day(part.text)


def _one_value(parts: Sequence[Part]) -> list[Part]:
    """The first line, with those that it wraps into."""
    kept = list(parts[:1])
    for part in parts[1:]:
        above, below = kept[-1].piece.box, part.piece.box
        if above is None or below is None or below.top - above.bottom > 0.5 * (above.bottom - above.top):
            break
        kept.append(part)
    return kept


def bare(part: Part) -> str:
    text = "".join(span.text for span in part.spans if not span.hint and not span.strike)
    return " ".join(without_hints(without_leaders(text)).replace("\ufffc", " ").replace("_", " ").split())


def names_of(
    said: Mapping[str, Answer], answers: Mapping[str, Answer], edition: Edition
) -> dict[str, list[str]]:
    """By role, the names by which a seal or a typed name may be known."""
    names = {role: [name] if (name := said_name(said, role, edition)) else [] for role in edition.signatories}
    parts = [edition.fields.contact_first_name, edition.fields.contact_last_name]
    values = [str(answers[q].value) for q in parts if q and q in answers and answers[q].value]
    if len(values) == 2 and edition.signatory:
        names[edition.signatory[0].id].append(" ".join(values))
    return names


def said_name(answers: Mapping[str, Answer], role: str, edition: Edition) -> str | None:
    """The name written under a signature."""
    answer = answers.get(edition.signatories[role].name_question)
    return answer.value if answer and isinstance(answer.value, str) else None
