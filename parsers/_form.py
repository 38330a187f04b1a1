"""The form in a document: which questions stand there, and what stands under each.

First every wording is placed (`_match`), then an answer is what stands between a question and the next
thing that the form itself printed, without the form's own hints.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rapidfuzz import fuzz

from data.edition import Edition, Question, QuestionKind
from data.model import (
    Answer,
    AnswerState,
    Document,
    Origin,
    Picture,
    PictureForm,
    Place,
    Signature,
    SignatureState,
)
from parsers import _choices, _coded, _fields, _grid, _legibility, _signatures, _twice, _unclaimed
from parsers._anchors import Form, form, translations
from parsers._match import Match, matches, printed_lines
from parsers._stream import Part, Piece, Stream, stream
from parsers._wording import (
    STOP,
    fold,
    has_content,
    is_dash,
    is_filler,
    stem,
    without_hints,
    without_leaders,
    words,
)  # fmt: skip

FEWEST_QUESTIONS = 7
"""A document with fewer of the questions is no form, but may quote one."""

MOST_OF_A_FORM = 0.6
"""Where so many questions are found, they are in the words of this form."""

MOST_WRAPPED = 5
"""A question printed once more, in another language, wraps into so many lines at most."""

LONGEST_SHARED = 8
"""In words: what is longer is no label of two fields."""

CHARACTERS_PER_LINE = 90

_TEXTS = {QuestionKind.TEXT, QuestionKind.WORDS}
_MARKERS = re.compile(r"^[\s•·▪◦‣➢➤→●○*\-–—:.;,]*[•·▪◦‣➢➤→:]\s*|^\s*[-–—]\s+(?=\w)")


_ANSWER = re.compile(r"^\s*(?:votre\s+)?(?:r[ée]ponses?|r[ée]p\.?|r)\s*:\s*", re.IGNORECASE)
_COMPLEMENT = re.compile(r"\s*(?:(?:du|des?|[dl]e plus|la plus)\s|d['’])[^A-ZÀ-Ý\d:?]{0,50}")
"""« Nom » … « de la personne référente »: words of the label that the form does not have."""

_TRANSLATED = re.compile(r"\s*[/|–—-]\s*([^\n]{6,200}?)\s*[:?]\s*")
_LIMIT = re.compile(r"\W*(?:max(?:imum)?\W*)?\d+\s+lignes?\b[^\d\n]{0,30}\W*", re.IGNORECASE)
"""« (10 lignes max. par réponse) » alone on its line."""

_NUMBERING = re.compile(r"\W*(?:[A-Z]\W?)?(?:\d{1,2}\W)?(\d{1,2})\W*")
_NUMBERING_OR_LETTER = re.compile(rf"{_NUMBERING.pattern}|\W*[A-Za-z]\s?[.)]\W*")
"""« 3 », « E.3 » and « A1.3 » in a cell of their own; a letter, « c) », counts as well, but rates nothing."""

_RATED_BEFORE = re.compile(
    r"\W*(?:[(\[]\s*\d{1,2}\s*[)\]]|\d{1,2}\s*/\s*10\b|\d{1,2}\s*[-–—:=→>]+(?=\s)|\d{1,2}(?=\s+[^\W\d]))\W*"
)
"""« (7) », « 7/10 », « 7 – » or « 7 » before a statement, but not « 7. » or « 7) », which count."""

_BULLET = re.compile(r"^[•·▪◦‣➢●○❖\uf0b7]\s*")
"""A printed bullet: Word files do not have it in their text, and a PDF reads as they do."""


@dataclass(frozen=True, slots=True)
class FormReading:
    """What one document says as the edition's form."""

    file: str
    found: int
    """How many of the questions stand there."""
    answered: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    has_block: bool = False
    """The place for signatures stands there."""
    pages: tuple[int, int] | None = None
    """First and last page of what was recognised."""

    @property
    def is_form(self) -> bool:
        return self.found >= FEWEST_QUESTIONS


@dataclass(slots=True)
class _Region:
    """What belongs to one question."""

    match: Match
    parts: list[Part]


def holds_form(document: Document, edition: Edition) -> bool:
    """Whether this document is the edition's form, filled or blank."""
    return bool(_placed(stream(document), edition)[0])


def read(document: Document, file: str, edition: Edition) -> FormReading:
    """Answers and signatures of one document; where the form stands twice, the fuller, and what it lacks."""
    parts = _twice.parted(document, edition, form(edition))
    readings = [_read(part, file, edition) for part in parts]
    best = max(reversed(readings), key=lambda reading: reading.answered)
    for other in readings:
        if other is not best and other.is_form and _says_something(other):
            best = _completed(best, other)
    return best


def _says_something(reading: FormReading) -> bool:
    """Whether a form was answered in words: behind the questions of a table of contents stand pages."""
    said = [str(a.value) for a in reading.answers.values() if a.state is AnswerState.ANSWERED]
    return 2 * sum(bool(re.search(r"[^\W\d_]", value)) for value in said) > len(said)


def _completed(reading: FormReading, other: FormReading) -> FormReading:
    """The form with the answers and signatures that only stand where it is printed once more."""
    lacking = {AnswerState.BLANK, AnswerState.NOT_FOUND}
    answers = {
        question: other.answers.get(question, answer) if answer.state in lacking else answer
        for question, answer in reading.answers.items()
    }
    signatures = {
        role: other.signatures.get(role, own) if own.state is SignatureState.MISSING else own
        for role, own in reading.signatures.items()
    }
    return replace(reading, answers=answers, signatures=signatures)


def _read(document: Document, file: str, edition: Edition) -> FormReading:
    text = stream(document, file)
    chain, worded = _placed(text, edition)
    known = form(worded)
    if not chain:
        block = _signatures.find(text, printed_lines(text, known), edition)
        if block is None or not block.is_certain:
            return FormReading(file, 0, 0)
        signing = _signatures.read(text, block, edition)
        signed = _legibility.with_doubts_of_signing(signing.signatures, text, has_block=True)
        return FormReading(file, 0, 0, signing.answers, signed, True, block.pages)
    block = _signatures.find(text, chain, worded)
    regions = _regions(text, chain, block, known)
    signing_at = text.pieces[block.start[0]].at if block else len(document.lines)
    text = _without_counters(text, regions, edition)
    answers = _answers(text, regions, known, edition)
    answers = _legibility.with_drawings(answers, text, regions, signing_at)
    signing = _signatures.read(text, block, edition, answers)
    answers.update(signing.answers)
    found = sum(answer.state is not AnswerState.NOT_FOUND for answer in answers.values())
    answered = sum(answer.state in {AnswerState.ANSWERED, AnswerState.UNCLEAR} for answer in answers.values())
    answers = _legibility.with_doubts(answers, text, regions, edition, signing_at)
    ends = block.start[0] if block else len(text.pieces)
    answers = _unclaimed.with_doubts(answers, text, chain, edition, ends)
    signed = _legibility.with_doubts_of_signing(signing.signatures, text, has_block=block is not None)
    pages = sorted({text.pieces[m.start[0]].line.page for m in chain})
    spread = (pages[0], block.pages[1] if block else pages[-1])
    return FormReading(file, found, answered, answers, signed, block is not None, spread)


def _placed(text: Stream, edition: Edition) -> tuple[list[Match], Edition]:
    """Where the form's questions and other lines stand, and the edition as they are worded there.

    Nothing where this is not the form: neither in its own words, nor translated, nor by its numbers alone.
    """
    chain, best = matches(text, form(edition)), edition
    if _asked(chain) >= MOST_OF_A_FORM * len(edition.questions):
        return chain, edition
    for worded in translations(edition):
        if _begins_alike(text, form(worded)):
            other = matches(text, form(worded))
            chain, best = max((chain, best), (other, worded), key=lambda found: _asked(found[0]))
    if _is_sure(chain):
        return chain, best
    return _coded.find(text, form(edition), edition), edition


def _asked(chain: Sequence[Match]) -> int:
    return sum(match.anchor.question is not None for match in chain)


def _begins_alike(text: Stream, known: Form) -> bool:
    """Whether some lines begin as questions do: matching them all takes longer, and annexes are many."""
    asked = [anchor for anchor in known.anchors if anchor.question]
    heads = {variant.words[:2] for anchor in asked for variant in anchor.variants}
    ends = [*text.first_token, len(text.tokens)][1:]
    starts = zip(text.first_token, ends, strict=True)
    said = (tuple(token.text for token in text.tokens[first:last][:4]) for first, last in starts)
    return sum(any(line[at : at + 2] in heads for at in (0, 1, 2)) for line in said) >= FEWEST_QUESTIONS


def _is_sure(chain: Sequence[Match]) -> bool:
    """Enough questions, and enough of them by wordings that are not just « Nom » and « Adresse »."""
    asked = [match for match in chain if match.anchor.question]
    telling = [m for m in asked if m.last > m.first and len(m.anchor.stems) >= 3 and m.score >= 0.7]
    return len(asked) >= FEWEST_QUESTIONS and len(telling) >= 4


# ---------------------------------------------------------------- what belongs to a question


def _regions(
    text: Stream, chain: Sequence[Match], block: _signatures.Block | None, known: Form
) -> list[_Region]:
    end = (len(text.pieces), 0)
    stops = [match.start for match in chain]
    if block is not None:
        stops.append(block.start)
    regions = []
    for match in chain:
        following = min((stop for stop in stops if stop > match.start and stop >= match.end), default=end)
        regions.append(_Region(match, [*_within(text, match), *text.between(match.end, following)]))
    _give_rows_their_cells(text, regions, known)
    _give_columns_their_cells(text, regions)
    _give_columns_their_lines(text, regions)
    _give_labels_their_boxes(text, regions)
    return regions


def _within(text: Stream, match: Match) -> list[Part]:
    """What stands beside a question of several lines, and was read between two of them."""
    opening = text.pieces[match.start[0]]
    beside = []
    for piece in text.pieces[match.start[0] + 1 : match.end[0]]:
        if piece.box is None or opening.box is None:
            continue
        if piece.box.x0 <= opening.box.x1 and piece.box.x1 >= opening.box.x0:
            continue
        said = [word.text for word in words(piece.text)]
        telling = {stem(word) for word in said if word not in STOP or len(said) == 1}
        if (telling and not telling & match.anchor.opening) or (not said and has_content(piece.text)):
            beside.append(Part(piece, 0, len(piece.text)))
    return beside


def _give_rows_their_cells(text: Stream, regions: list[_Region], known: Form) -> None:
    """Cells to the left of a question, in its row, are that question's and not the one's before.

    Unless the title of the section stands there, beside all its questions.
    """
    for before, region in pairwise(regions):
        cell = text.pieces[region.match.start[0]].cell
        if cell is None:
            continue
        left = [
            part for part in before.parts
            if part.cell and (part.cell.table, part.cell.row) == (cell.table, cell.row)
            and part.cell.column < cell.column and part.cell != text.pieces[before.match.start[0]].cell
        ]  # fmt: skip
        own = text.pieces[before.match.start[0]].cell
        if own is not None and (own.table, own.row) == (cell.table, cell.row):
            continue
        before.parts = [part for part in before.parts if part not in left]
        title = fold(" ".join(part.text for part in left))
        if not any(fuzz.ratio(title, line, score_cutoff=93) for line in known.template):
            region.parts = left + region.parts


def _give_columns_their_cells(text: Stream, regions: list[_Region]) -> None:
    """Labels side by side in one row of a table, answers under them."""
    for index, region in enumerate(regions):
        cell = text.pieces[region.match.start[0]].cell
        row = [region]
        for other in regions[index + 1 :]:
            at = text.pieces[other.match.start[0]].cell
            if cell and at and (at.table, at.row) == (cell.table, cell.row) and not _said(row[-1].parts):
                row.append(other)
            else:
                break
        if len(row) < 2 or cell is None or any(_said(r.parts) for r in row[:-1]):
            continue
        below = [p for p in row[-1].parts if p.cell and p.cell.table == cell.table and p.cell.row > cell.row]
        if not below or _said(row[-1].parts[: row[-1].parts.index(below[0])]):
            continue
        columns = {text.pieces[r.match.start[0]].cell: r for r in row}
        by_column = {at.column: r for at, r in columns.items() if at}
        row[-1].parts = [
            p for p in row[-1].parts if p not in below or not p.cell or p.cell.column not in by_column
        ]
        for part in below:
            if part.cell and part.cell.column in by_column:
                by_column[part.cell.column].parts.append(part)


def _give_columns_their_lines(text: Stream, regions: list[_Region]) -> None:
    """The same on a page without rules: what stands under the first of two labels is its."""
    row: list[_Region] = []
    for region, following in pairwise([*regions, None]):
        if region is None:
            continue
        row.append(region)
        level = following is not None and not _said(region.parts) and _are_level(text, region, following)
        if level:
            continue
        if len(row) > 1:
            parts, row[-1].parts = row[-1].parts, []
            lefts = [box.x0 for each in row if (box := text.pieces[each.match.start[0]].box)]
            for part in parts:
                box = part.piece.box
                below = box is not None and part.start == 0
                columns = [at for at, x in enumerate(lefts) if below and box and x < box.x0 + 4]
                row[columns[-1] if columns else -1].parts.append(part)
        row = []


def _give_labels_their_boxes(text: Stream, regions: list[_Region]) -> None:
    """A box to write in, set behind its label, begins higher than it: what it says was read before."""
    for before, region in reversed([*pairwise(regions)]):
        label = text.pieces[region.match.end[0]]
        if label.box is None or label.cell or _said(region.parts):
            continue
        top = label.box.top
        while before.parts and _is_raised(before.parts[-1], text, label, top):
            part = before.parts.pop()
            region.parts.insert(0, part)
            top = part.piece.box.top if part.piece.box else top


def _is_raised(part: Part, text: Stream, label: Piece, top: float) -> bool:
    """Whether a line stands behind a label, less than a row above what stands at ``top``, and alone there."""
    box, own = part.piece.box, label.box
    if box is None or own is None or part.start or part.cell or part.piece.line.page != label.line.page:
        return False
    height = own.bottom - own.top
    near = height if top == own.top else 1.4 * height
    rows = [p.box.top for p in text.pieces if p.box and p.line.page == label.line.page and p.box.x0 < box.x0]
    alone = not any(abs(row - box.top) < 0.4 * height for row in rows)
    return 0.4 * height < top - box.top < near and box.x0 > own.x1 - 2 and alone


def _are_level(text: Stream, one: _Region, other: _Region) -> bool:
    """Whether two questions stand side by side, outside of any table."""
    first, second = (text.pieces[each.match.start[0]] for each in (one, other))
    if first.box is None or second.box is None or first.cell or second.cell:
        return False
    apart = second.box.x0 - first.box.x1 > 6 and first.line.page == second.line.page
    return apart and abs(first.box.top - second.box.top) < 0.5 * (first.box.bottom - first.box.top)


def _said(parts: Sequence[Part]) -> bool:
    return any(has_content(without_leaders(part.text)) for part in parts)


# ---------------------------------------------------------------- answers


def _answers(text: Stream, regions: Sequence[_Region], known: Form, edition: Edition) -> dict[str, Answer]:
    by_question: dict[str | None, _Region] = {
        region.match.anchor.question: region for region in regions if region.match.anchor.question
    }
    header = _grid.columns(text.document, edition.scale.lowest, edition.scale.highest)
    _give_rows_their_numbers(text, regions, edition)
    _give_statements_their_numbers(text, regions, edition)
    _drop_numbering(text, by_question, edition)
    answers: dict[str, Answer] = {}
    scales: list[str] = []
    for question in edition.questions.values():
        if question.id in known.signature_questions:
            continue
        region = by_question.get(question.id)
        if region is None:
            answers[question.id] = _from_fields(text, question)
        elif question.kind is QuestionKind.SCALE:
            answers[question.id] = _rated(text, region, question, header, edition)
            scales.append(question.id)
        else:
            answers[question.id] = _answer(text, region, question, known)
    answers = _with_shared_labels(answers, text, regions, edition)
    return _without_template_rest(answers, scales, by_question)


def _with_shared_labels(
    answers: dict[str, Answer], text: Stream, regions: Sequence[_Region], edition: Edition
) -> dict[str, Answer]:
    """« Nom et prénom : » asks for both: what is said there answers the one whose own label is nowhere."""
    shared = dict(answers)
    for region in regions:
        asked = region.match.anchor.question or ""
        if asked not in answers or answers[asked].state is not AnswerState.ANSWERED:
            continue
        label = _spoken(re.split("[:=?]", text.pieces[region.match.start[0]].text)[0])
        if len(label.split()) > LONGEST_SHARED:
            continue
        section = next(each for each in edition.section if any(q.id == asked for q in each.question))
        for question in section.question:
            missing = question.id in answers and answers[question.id].state is AnswerState.NOT_FOUND
            if missing and f" {_spoken(question.wording)} " in f" {label} ":
                shared[question.id] = replace(answers[asked], question=question.id, confidence=0.8)
    return shared


def _spoken(text: str) -> str:
    return " ".join(word.text for word in words(text))


def _give_rows_their_numbers(text: Stream, regions: Sequence[_Region], edition: Edition) -> None:
    """On a page without rules, a number to the left of a statement rates it, unless it only counts it.

    It answers no question before it; nor does the number of a question.
    """
    rating: list[tuple[_Region, Part]] = []
    for before, region in pairwise(regions):
        asked = edition.questions.get(region.match.anchor.question or "")
        if before.parts and _stands_left(before.parts[-1], text.pieces[region.match.start[0]]):
            number = before.parts.pop()
            if asked is not None and asked.kind is QuestionKind.SCALE:
                rating.append((region, number))
    numbers = [int(re.sub(r"\D", "", part.text)) for _, part in rating]
    for region, part in rating if numbers != sorted(set(numbers)) else ():
        region.parts.insert(0, part)


def _give_statements_their_numbers(text: Stream, regions: Sequence[_Region], edition: Edition) -> None:
    """« (7) Notre structure est … »: a number typed before a statement rates it, unless it only counts it."""
    before: list[tuple[_Region, Part]] = []
    for region in regions:
        asked = edition.questions.get(region.match.anchor.question or "")
        piece = text.pieces[region.match.start[0]]
        typed = _RATED_BEFORE.match(piece.text[region.match.start[1] :])
        if asked is not None and asked.kind is QuestionKind.SCALE and typed and not _said(region.parts):
            start = region.match.start[1]
            before.append((region, Part(piece, start, start + typed.end())))
    numbers = [int(re.findall(r"\d+", part.text)[0]) for _, part in before]
    again = all(number in (1, last + 1) for last, number in pairwise([0, *numbers]))
    for region, part in before if numbers != sorted(set(numbers)) and not again else ():
        region.parts.insert(0, part)


def _stands_left(part: Part, opening: Piece) -> bool:
    """Whether a bare number stands on the row of a question, to its left, outside of any table."""
    box, own = part.piece.box, opening.box
    if box is None or own is None or part.cell or opening.cell or part.piece.line.page != opening.line.page:
        return False
    level = abs(box.top - own.top) < 0.5 * (own.bottom - own.top)
    return level and box.x1 < own.x0 and re.fullmatch(r"\W*\d{1,2}\W*", part.text) is not None


def _drop_numbering(text: Stream, by_question: Mapping[str | None, _Region], edition: Edition) -> None:
    """A column of numbers to the left of the statements counts them, and rates nothing."""
    rated = [q for q in edition.questions.values() if q.kind is QuestionKind.SCALE and q.id in by_question]
    for questions in (rated, [q for q in edition.questions.values() if q.kind is not QuestionKind.SCALE]):
        left: list[tuple[_Region, Part, int]] = []
        numbering = _NUMBERING if questions is rated else _NUMBERING_OR_LETTER
        for question in questions:
            region = by_question.get(question.id)
            cell = text.pieces[region.match.start[0]].cell if region else None
            for part in region.parts if region and cell else ():
                same_row = cell and part.cell and (part.cell.table, part.cell.row) == (cell.table, cell.row)
                number = numbering.fullmatch(part.text)
                if region and same_row and part.cell and cell and part.cell.column < cell.column and number:
                    left.append((region, part, int(number[1] or 0)))
        counted = [number for _, _, number in left]
        if questions is rated and counted != sorted(set(counted)):
            continue
        for region, part, _ in left:
            region.parts = [p for p in region.parts if p is not part]


def _without_counters(text: Stream, regions: Sequence[_Region], edition: Edition) -> Stream:
    """Without ink to the left of statements, where the numbers read in that column count them.

    What stands there and was not read is a number of the form's, too.
    """
    rated = [question.id for question in edition.questions.values() if question.kind is QuestionKind.SCALE]
    counts: dict[tuple[int, int], list[bool]] = {}
    for region in regions:
        cell = text.pieces[region.match.start[0]].cell
        if cell is None or region.match.anchor.question not in rated:
            continue
        ordinal = 1 + rated.index(region.match.anchor.question)
        for part in region.parts:
            number = re.fullmatch(r"\W*(\d{1,2})\W*", part.text)
            left = part.cell and (part.cell.table, part.cell.row) == (cell.table, cell.row)
            if number and left and part.cell and part.cell.column < cell.column:
                column = part.cell.table, part.cell.column
                counts.setdefault(column, []).append(int(number[1]) == ordinal)
    counting = {column for column, ordinals in counts.items() if all(ordinals)}
    pictures = tuple(
        picture for picture in text.document.pictures
        if not picture.cell or (picture.cell.table, picture.cell.column) not in counting
        or picture.form is not PictureForm.INK
    )  # fmt: skip
    return replace(text, document=replace(text.document, pictures=pictures)) if counting else text


def _rated(
    text: Stream, region: _Region, question: Question, header: _grid.Columns, edition: Edition
) -> Answer:
    pictures = _pictures_of(text, region)
    statement = text.pieces[region.match.start[0]].cell
    parts = [p for p in region.parts if p.piece.line.origin is not Origin.COMMENT]
    parts = [p for p in parts if not _is_hint(p) and not _is_of_statement(p, statement, question)]
    if len(parts) > 1:
        parts = [p for p in parts if not _grid.is_template_rest(p.piece.line.text)] or parts
    lowest, highest = edition.scale.lowest, edition.scale.highest
    choice = _grid.rate(_row_of(parts, statement), pictures, header, lowest, highest, statement)
    value = int(choice.value) if choice.value is not None else None
    place = (
        text.place(parts)
        if choice.state is not AnswerState.BLANK and parts
        else _asked_at(text, region.match)
    )
    return Answer(
        question.id, choice.state, value, place, _confidence(region.match, choice.state), choice.reason, 1
    )


def _is_of_statement(part: Part, statement: object, question: Question) -> bool:
    """Whether these are words of the statement in its own cell, that were read too badly to be matched."""
    said = [word.text for word in words(part.text)]
    asked = {word.text for word in words(question.wording)}
    at_home = part.cell is not None and part.cell == statement
    return at_home and bool(said) and all(len(word) > 2 and word in asked for word in said)


def _row_of(parts: Sequence[Part], statement: object) -> Sequence[Part]:
    """Of a statement in a table, the cells of its own row where they hold anything; else all."""
    row = getattr(statement, "row", None)
    table = getattr(statement, "table", None)
    own = [p for p in parts if p.cell and p.cell.table == table and p.cell.row == row]
    return (
        own
        if any(p.cell != statement and (p.text.strip() or (p.cell and p.cell.shaded)) for p in own)
        else parts
    )


def _pictures_of(text: Stream, region: _Region) -> list[Picture]:
    """Crosses and circles drawn in the cells of a statement's row, or of the numbers below it."""
    cell = text.pieces[region.match.start[0]].cell
    own = {part.cell for part in region.parts}
    worded = {part.cell for part in region.parts if re.search(r"[^\W\d_]{2}", part.text)}
    drawn = [
        p for p in _grid.scribbles(text.document.pictures)
        if p.cell and p.cell != cell and p.cell not in worded
    ]  # fmt: skip
    return [
        p for p in drawn
        if p.cell in own or (cell and p.cell and (p.cell.table, p.cell.row) == (cell.table, cell.row))
    ]  # fmt: skip


def _without_template_rest(
    answers: dict[str, Answer], scales: Sequence[str], regions: Mapping[str | None, _Region]
) -> dict[str, Answer]:
    """A « 10 » after the first statement is the blank form's own, where no other statement was judged."""
    if not scales:
        return answers
    if _only_counted([answers[scale] for scale in scales]):
        return answers | {q: replace(answers[q], state=AnswerState.BLANK, value=None) for q in scales}
    first, others = answers[scales[0]], [answers[q] for q in scales[1:]]
    texts = [part.piece.line.text for part in regions[scales[0]].parts if part.text.strip()]
    alone = bool(others) and all(answer.state is AnswerState.BLANK for answer in others)
    printed = len(texts) == 1 and _grid.is_template_rest(texts[0])
    if first.state is AnswerState.ANSWERED and first.value == 10 and (alone or printed):
        answers[scales[0]] = replace(first, state=AnswerState.BLANK, value=None)
    return answers


def _only_counted(rated: Sequence[Answer]) -> bool:
    """« 2 », « 3 », « 4 » … and nothing after the last: each is the number of the statement that follows."""
    counted = [answer.value for answer in rated]
    return len(rated) > 3 and counted == [*range(2, len(rated) + 1), None]


def _answer(text: Stream, region: _Region, question: Question, known: Form) -> Answer:
    parts = [part for part in _own(region, question, known) if part.piece.line.origin is not Origin.COMMENT]
    match = region.match
    written = _without_bracket(_joined(parts), question)
    if not match.whole and match.anchor.number:
        number = match.anchor.number
        written = re.sub(rf"^(?:{number}\s?[.)]|[A-H]\s?\.?\s?{number}(?!\d)[.):]?)\s*", "", written)
    if question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        choice = _choices.choose(parts, question.choices, written)
        if choice.state is not AnswerState.BLANK:
            state, reason = choice.state, choice.reason
            if choice.value and is_filler(choice.value):
                state, reason = AnswerState.UNCLEAR, "un texte provisoire occupe la place de la réponse"
            sure = _confidence(match, state)
            return Answer(question.id, state, choice.value, text.place(parts), sure, reason, _lines(parts))
        written = ""
    if not has_content(written) and not _is_doubt(written, parts, match, text):
        return _from_comments(text, region, question)
    judged, why = _judged(written, question)
    value = written
    if question.kind is QuestionKind.DATE and question.past:
        value = _fields.iso_date(written) or written
    sure = _confidence(match, judged)
    return Answer(question.id, judged, value, text.place(parts), sure, why, _lines(parts))


def _without_bracket(written: str, question: Question) -> str:
    """Without the « (le cas échéant) » of the question, before which somebody answered."""
    last = re.search(r"\s*(\([^()]*\))\W*$", written)
    own = [fold(each) for each in re.findall(r"\([^()]*\)", question.wording)]
    return written[: last.start()] if last and fold(last[1]) in own else written


def _is_doubt(written: str, parts: Sequence[Part], match: Match, text: Stream) -> bool:
    """« ??? » or « [nom] »; a lone « ? » too, unless it is the question's own, on a line after it."""
    if written == "?":
        said = [part for part in parts if part.text.strip()]
        below = all(part.start == 0 for part in said)
        if said and said[0].piece.text[: said[0].start].rstrip().endswith("?"):
            return True
        asked = text.pieces[match.end[0]]
        return match.first == match.last or (below and (asked.box is None or "?" in asked.text))
    return re.fullmatch(r"[-–—\s]*(?:\?\s*){2,}|\[.*\]|<.*>", written, re.DOTALL) is not None


def _judged(written: str, question: Question) -> tuple[AnswerState, str]:
    if is_dash(written) and question.kind is QuestionKind.TEXT and question.required:
        return AnswerState.UNCLEAR, "un simple tiret tient lieu de réponse"
    if is_filler(written):
        return AnswerState.UNCLEAR, "un texte provisoire occupe la place de la réponse"
    return AnswerState.ANSWERED, ""


def _from_comments(text: Stream, region: _Region, question: Question) -> Answer:
    """Nothing under the question itself: an answer may have been written as a comment."""
    comments = [part for part in region.parts if part.piece.line.origin is Origin.COMMENT]
    written = _joined(comments)
    if has_content(written):
        return Answer(
            question.id, AnswerState.ANSWERED, written, text.place(comments), 0.7, "", _lines(comments)
        )
    where = _asked_at(text, region.match)
    return Answer(question.id, AnswerState.BLANK, None, where, _confidence(region.match, AnswerState.BLANK))


def _from_fields(text: Stream, question: Question) -> Answer:
    """The wording is nowhere on the page: a form field or control may be named after it."""
    wanted = fold(question.wording)
    for piece in text.pieces:
        label = piece.line.label
        if not label or not piece.text.strip():
            continue
        name = fold(label.split(" = ")[0])
        named = name == question.id or name.replace("_", ".") == question.id
        if named or (len(name) > 5 and fuzz.ratio(name, wanted) >= 88):
            part = Part(piece, 0, len(piece.text))
            if any(span.hint for span in part.spans) or not has_content(piece.text):
                return Answer(question.id, AnswerState.BLANK, None, text.place([part]), 0.8)
            state, reason = _judged(piece.text, question)
            return Answer(question.id, state, piece.text.strip(), text.place([part]), 0.8, reason, 1)
    return Answer(question.id, AnswerState.NOT_FOUND, None, Place(text.file), 0.8)


def _asked_at(text: Stream, match: Match) -> Place:
    piece = text.pieces[match.start[0]]
    return Place(text.file, piece.line.page, piece.box)


def _confidence(match: Match, state: AnswerState) -> float:
    likeness = 0.98 if match.score >= 0.9 else 0.94 if match.score >= 0.75 else 0.85
    return round(likeness * (0.75 if state is AnswerState.UNCLEAR else 1.0), 2)


# ---------------------------------------------------------------- the applicant's words, and the form's


def _own(region: _Region, question: Question, known: Form) -> list[Part]:
    """The parts without the form's own text."""
    kept = [part for part in region.parts if not _is_hint(part) and not _is_printed(part, known)]
    kept = _without_numbers_beside(region, _announced(kept))
    kept = _without_rest_of_label(_without_translation(kept, known), region.match)
    kept = [part for part in kept if not _LIMIT.fullmatch(part.text)]
    return kept if region.match.whole else _without_rest_of_wording(kept, question)


def _announced(parts: list[Part]) -> list[Part]:
    """From « Réponse : » on: what stands before it on the question's own line is the question's."""
    for at, part in enumerate(parts):
        said = _ANSWER.match(part.text) if part.start == 0 else None
        if said:
            before = [each for each in parts[:at] if each.start == 0]
            return [*before, replace(part, start=said.end()), *parts[at + 1 :]]
    return parts


def _is_hint(part: Part) -> bool:
    shown = [span for span in part.spans if span.text.strip()]
    return bool(shown) and all(span.hint and span.tick is None for span in shown)


def _is_printed(part: Part, known: Form) -> bool:
    folded = fold(part.text)
    folded = re.sub(r"^[\W\d]+", "", folded) or folded
    if len(folded) < 10 or part.text.lstrip()[:1].islower():
        return False  # the form's own lines start with a capital, a line within a sentence need not
    if folded in known.template:
        return True
    return len(folded) >= 14 and any(
        abs(len(line) - len(folded)) < 6 and fuzz.ratio(line, folded) >= 93 for line in known.template
    )


def _without_numbers_beside(region: _Region, parts: list[Part]) -> list[Part]:
    """Without the cell that holds the question's own number."""
    number = region.match.anchor.number
    if number is None or len(parts) < 2:
        return parts
    first = parts[0]
    alone = re.fullmatch(rf"\W*(?:[A-Z]\W?)?{number}\W*", first.text)
    return parts[1:] if alone and first.cell is not None else parts


def _without_translation(parts: list[Part], known: Form) -> list[Part]:
    """« Nom l’entreprise / Naam van de onderneming : »: what the label says in another language."""
    said = _TRANSLATED.match(parts[0].text) if parts else None
    if said is not None and _prints(known, said[1], 88):
        return [replace(parts[0], start=parts[0].start + said.end()), *parts[1:]]
    for count in range(2, min(len(parts), MOST_WRAPPED) + 1):
        whole = " ".join(part.text for part in parts[:count])
        if parts[count - 1].piece.box and not re.search(r":\s*\S", whole) and _prints(known, whole, 95):
            return parts[count:]
    return parts


def _prints(known: Form, text: str, likeness: int) -> bool:
    """Whether the form prints this, in any of its languages."""
    folded = fold(text).strip(" ?.:")
    near = (line for line in known.template if abs(len(line) - len(folded)) < 12)
    return len(folded) >= 10 and any(fuzz.ratio(line, folded) >= likeness for line in near)


def _without_rest_of_label(parts: list[Part], match: Match) -> list[Part]:
    """What follows on the label's own line in nothing but the question's words."""
    if not parts or parts[0].start != match.end[1] or len(parts[0].text) > 60:
        return parts
    telling = [stem(word.text) for word in words(parts[0].text) if word.text not in STOP]
    closed = re.search(r"[:?.]\s*$", parts[0].piece.text[: parts[0].start])
    if not closed and _COMPLEMENT.fullmatch(parts[0].text):
        return parts[1:]
    if match.whole and (closed or match.anchor.is_short):
        return parts
    enough = len(telling) >= (3 if closed and len(parts) == 1 else 1)
    return parts[1:] if enough and all(s in match.anchor.stems for s in telling) else parts


def _without_rest_of_wording(parts: list[Part], question: Question) -> list[Part]:
    """Only a part of the wording was recognised: the rest of it, if it follows, is no answer."""
    asked = " ".join(word.text for word in words(question.wording))
    kept = list(parts)
    while kept:
        said = " ".join(word.text for word in words(kept[0].text))
        cut = re.search(r"\w\s*…\s*$", kept[0].text) is not None  # « … ? Quelles … »
        if (len(said) >= 12 or cut) and fuzz.partial_ratio(said, asked) >= 92 and len(said) < len(asked):
            kept.pop(0)
        else:
            break
    return kept


def _joined(parts: Sequence[Part]) -> str:
    """Parts as the applicant's text: lines that only wrap are joined, others kept apart."""
    written = ""
    right = max((p.piece.box.x1 for p in parts if p.piece.box), default=0.0)
    previous: Part | None = None
    for part in parts:
        text = _bare(part)
        if previous is not None:
            text = _BULLET.sub("", text)
        if not text:
            continue
        if previous is None or not written:  # of « • » alone nothing was left
            written = _MARKERS.sub("", text) if not is_dash(text) else text
        elif part.piece.at == previous.piece.at and part.piece.row == previous.piece.row:
            written += " " + text
        elif _wraps(previous, part, right):
            written += text if _is_cut(written, text) else " " + text
        else:
            written += "\n" + text
        previous = part
    return re.sub(r" {2,}", " ", without_hints(written)).strip()


def _bare(part: Part) -> str:
    text = "".join(
        span.text for span in part.spans if not span.hint and not (span.strike and span.tick is None)
    )
    text = without_leaders(text).replace("\ufffc", " ")
    return re.sub(r"[ \t\xa0\u202f]{2,}", " ", text).strip(" \t\r\n\xa0")


def _wraps(before: Part, after: Part, right: float) -> bool:
    """Whether a laid-out line goes on in the next one."""
    one, other = before.piece.box, after.piece.box
    if one is None or other is None:
        return False
    if re.match(r"\s*(?:[•·▪◦‣➢➤→*\-–—]\s|\d{1,2}[.)]\s)", after.text):
        return False
    first = after.text.split()[0] if after.text.split() else ""
    room = right - one.x1
    return room < len(first) * 5.5 + 12 or after.text.lstrip()[:1].islower()


def _is_cut(written: str, text: str) -> bool:
    """Whether a word goes on in the next line: « mi-» « temps », an address of the web or of mail."""
    last, first = written.split()[-1], text.split()[0]
    if re.search(r"[^\W\d_]-$", last) and first[0].islower():
        return True
    return (
        bool(re.search(r"@|^www\.|^https?:", last))
        and ("." in first or "/" in first)
        and not last.endswith(",")
    )


def _lines(parts: Sequence[Part]) -> int:
    """Lines as laid out, or on a standard line."""
    laid_out = {(p.piece.line.page, round(p.piece.box.top)) for p in parts if p.piece.box and p.text.strip()}
    if laid_out:
        return len(laid_out)
    lengths = [len(_bare(p)) for p in parts if _bare(p)]
    return sum(-(-length // CHARACTERS_PER_LINE) for length in lengths)
