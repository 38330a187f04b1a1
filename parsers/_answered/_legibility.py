"""Answers on recognised pages: what could not be read is doubt, never an answer left out.

Tesseract loses words and reads others wrong. A question that it did not see was probably asked; where ink
stands under a question, somebody answered; words that it is not sure of are for a person's eyes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from data.edition import Edition, Question, QuestionKind
from data.model import (
    Answer,
    AnswerState,
    Box,
    Cell,
    Document,
    Look,
    Origin,
    PageSource,
    Picture,
    PictureForm,
    Place,
    Signature,
    SignatureState,
    Span,
)
from parsers._answered._choices import beside, is_marked_in_brackets, offered
from parsers._answered._regions import Region
from parsers._stream import Part, Piece, Stream
from parsers._wording import fold, has_content, words

PAGE_LOST = 4
"""So many questions in a row that were not seen are on a page that is not there, if all others are clear."""
CLEAR = 0.85
"""How sure the words of a page are that was read well."""
BY_LOOK = 0.85
"""How sure a choice is at most that bold, a line or a ring told on a scan: so many of them are right."""
FEWEST_NUMBERS = 4
"""So many numbers in the row of a statement are a printed scale."""
SURE = 0.55
"""Below this, the recognised words of an answer are not told as its text."""
_YES_NO = ("oui", "non")
_RINGS = re.compile(r"[©®@○◯]|(?<!\w)[OoQ0](?!\w)")
"""What printed circles are read as."""
_SCALE = "12345678910"
_MIXED, _WORDY = re.compile(r"(?=.*\d)(?=.*[^\W\d_])\w{2,3}"), 10
"""What is neither a word nor a number; and letters beside a number that rates nothing, if badly read."""
_SIGN = re.compile(r"\s*[+=<>#&€$£§†±×]{1,2}\s*")
"""What a short word by hand is read as, « + » of « F »: no leader, no dash, no bullet, no speck."""
_NEARLY = 58.0
"""Likeness of what was read to an option over which a mark lies."""
_YES_OR_NO = re.compile(r"\W*(?:oui|non)\s*(?:[,:(.]|\W*$)")
_BOTH = re.compile(r"\W*oui\W*(?:\bou\b)?\W*non\W*")
_BOTH_AND_ONE = re.compile(rf"{_BOTH.pattern}(?<!\w)(?:oui|non)(?!\w)")
"""« oui/non Non »: what the form offers, and what was typed behind it."""
_NEITHER = re.compile(rf"{_BOTH.pattern}|\W*[^\W\d]?\W*")
"""Both, or a single letter."""
_ANNOUNCED = re.compile(r"^\w{1,10}\s?[:)]\s*")
_ONE_AND_A_REST = re.compile(r"\W*(?:oui[\s/–—-]+(?:ou\s+)?\w{1,3}|\w{1,3}[\s/–—-]+(?:ou\s+)?non)\W*")
_LEFT_OVER, _SCRAP = re.compile(r"(?!oui|non).{1,60}(?:oui|non)\W*", re.DOTALL), 4
"""« deu)}NON »: what a mark has left of « oui/non », or of the other options."""
_BEHIND_PT = 150.0
"""How far behind its label an answer begins."""
_LINE_ABOVE = 2.2
"""How high the line over a label is, in heights of it: people write larger than small print."""
_LEAST_STROKE_PT = 5.0
_LOST_PT = 30.0
"""Strokes of so much unread ink may be a question that was lost."""
_TICK_PT = 12.0
_SIGNING_PT = (160.0, 60.0)
"""How far from its label, across and down, a stroke may be a part of somebody's signature."""

UNSEEN = "la question n'a pas pu être lue sur la page numérisée"
UNREAD = "quelque chose est écrit à cet endroit, que nous n'avons pas pu lire"
UNSURE = "l'écriture est difficile à lire"
UNTOLD = "on ne voit pas sur la page numérisée quelle option est choisie"
POOR = "la page numérisée est difficile à lire"
CUT = "la page qui suit n'a pas pu être lue"
LOST = "la page qui suit n'est pas parmi celles que nous avons"
NO_PLACE = "la place de la signature n'a pas pu être lue sur la page numérisée"


def with_doubts(
    answers: Mapping[str, Answer],
    text: Stream,
    regions: Sequence[Region],
    edition: Edition,
    signing_at: int,
) -> dict[str, Answer]:
    """The answers, in doubt where a page was recognised and not well enough.

    Args:
        signing_at: the line where the place for signatures starts.
    """
    seen, poor = _recognised(text.document), _poor(text.document)
    answers = _cut_off(answers, text, regions)
    if not seen:
        return dict(answers)
    clear = not poor
    unseen = _unseen(answers, edition, PAGE_LOST if clear else len(edition.questions) + 1)
    unseen |= _hidden(answers, text, regions, signing_at)
    last = _last_before_a_gap(answers, edition, unseen)
    numberless = _numberless(regions, edition)
    judged = {}
    for question, answer in answers.items():
        region = next((r for r in regions if r.match.anchor.question == question), None)
        if answer.state is AnswerState.NOT_FOUND and question in unseen:
            answer = replace(answer, state=AnswerState.UNCLEAR, reason=UNSEEN, confidence=0.5)
        elif region is not None and text.pieces[region.match.start[0]].line.page in seen:
            answer = _judged(answer, text, region, regions, edition.questions[question])
            if answer.state is AnswerState.BLANK and question in numberless:
                answer = replace(answer, state=AnswerState.UNCLEAR, reason=UNTOLD, confidence=0.5)
        if answer.state is AnswerState.BLANK and question in last:
            answer = replace(answer, state=AnswerState.UNCLEAR, reason=LOST, confidence=0.5)
        if answer.state is AnswerState.BLANK and answer.place and answer.place.page in poor:
            answer = replace(answer, state=AnswerState.UNCLEAR, reason=POOR, confidence=0.5)
        judged[question] = answer
    return judged


def with_doubts_of_signing(
    signatures: Mapping[str, Signature], text: Stream, has_block: bool
) -> dict[str, Signature]:
    """The signatures, in doubt where the page was recognised badly, or the place to sign was not seen."""
    seen, poor = _recognised(text.document), _poor(text.document)
    judged = dict(signatures)
    for role, signature in signatures.items():
        if signature.state is not SignatureState.MISSING or not seen:
            continue
        page = signature.place.page if signature.place else None
        if page in poor or (page is None and (poor or has_block or _is_written_on(text.document, seen))):
            reason = POOR if page else NO_PLACE
        elif page in seen and signature.place and _has_strokes_at(signature.place, text.document):
            reason = UNREAD
        else:
            continue
        judged[role] = replace(signature, state=SignatureState.UNCLEAR, reason=reason, confidence=0.5)
    return judged


def _is_written_on(document: Document, pages: set[int]) -> bool:
    """Whether a hand wrote anything on these pages."""
    return any(p.page in pages and p.look in {Look.HAND, Look.WRITING, Look.STAMP} for p in document.pictures)


def _has_strokes_at(place: Place, document: Document) -> bool:
    """Whether something stands beside or under a label that is neither print nor large enough to be told."""
    at, (across, down) = place.box, _SIGNING_PT
    return at is not None and any(
        p.page == place.page and (p.stroke_pt or 0.0) >= _TICK_PT and p.look is Look.TRACE
        and at.x0 - 10 < p.box.x0 < at.x1 + across and at.top - 10 < p.box.top < at.bottom + down
        for p in document.pictures if p.box
    )  # fmt: skip


def _recognised(document: Document) -> set[int]:
    return {page.number for page in document.pages if page.source is PageSource.OCR}


def _poor(document: Document) -> set[int]:
    """Recognised pages of which words were lost."""
    return {
        page.number
        for page in document.pages
        if page.source is PageSource.OCR and page.confidence is not None and page.confidence < CLEAR
    }


def _cut_off(answers: Mapping[str, Answer], text: Stream, regions: Sequence[Region]) -> dict[str, Answer]:
    """Blanks in doubt where the page that follows the question is one that nobody could read."""
    lost = {page.number for page in text.document.pages if page.source is PageSource.NONE}
    judged = dict(answers)
    pages = [text.pieces[region.match.start[0]].line.page for region in regions]
    for at, region in enumerate(regions if lost else ()):
        answer = answers.get(region.match.anchor.question or "")
        ends = pages[at + 1] if at + 1 < len(pages) else pages[at] + 2
        if answer and answer.state is AnswerState.BLANK and lost & set(range(pages[at] + 1, ends)):
            judged[answer.question] = replace(answer, state=AnswerState.UNCLEAR, reason=CUT, confidence=0.5)
    return judged


def _unseen(answers: Mapping[str, Answer], edition: Edition, lost: int) -> set[str]:
    """Questions that were not found though their neighbours were: they are on the page, and not read."""
    runs: list[list[str]] = [[]]
    pages: list[int | None] = [None]
    for question in edition.questions:
        if question not in answers:
            continue
        if answers[question].state is AnswerState.NOT_FOUND:
            runs[-1].append(question)
        else:
            runs.append([])
            place = answers[question].place
            pages.append(place.page if place else None)
    after = [*pages[1:], None]
    signing = _block(edition)
    signs = any(q in signing and answer.state is not AnswerState.NOT_FOUND for q, answer in answers.items())
    return {
        question
        for run, page, following in zip(runs, pages, after, strict=True)
        for question in run
        if len(run) < lost or (page is not None and page == following) or (signs and question in signing)
    }


def _last_before_a_gap(answers: Mapping[str, Answer], edition: Edition, unseen: set[str]) -> set[str]:
    """Questions behind which others are not there: what was answered may have gone with them."""
    order = [question for question in edition.questions if question in answers]
    gone = {q for q in order if answers[q].state is AnswerState.NOT_FOUND and q not in unseen}
    return {
        before for before, after in pairwise(order)
        if after in gone and before not in gone and edition.questions[before].kind is not QuestionKind.SCALE
    }  # fmt: skip


def _hidden(
    answers: Mapping[str, Answer], text: Stream, regions: Sequence[Region], signing_at: int
) -> set[str]:
    """Questions that were not found where, between their neighbours, something stands that was not read."""
    starts = {r.match.anchor.question: text.pieces[r.match.start[0]].at for r in regions}
    runs: list[tuple[list[str], int]] = [([], 0)]
    hidden: set[str] = set()
    for question, answer in answers.items():
        if question in starts:
            hidden |= _lost_between(*runs[-1], starts[question], text)
            runs.append(([], starts[question]))
        elif answer.state is AnswerState.NOT_FOUND:
            runs[-1][0].append(question)
    return hidden | _lost_between(*runs[-1], signing_at, text)


def _lost_between(run: Sequence[str], first: int, end: int, text: Stream) -> set[str]:
    unread = (p.stroke_pt or 0.0 for p in _ink(text.document) if first <= p.after < end)
    return set(run) if run and (end < first or sum(unread) >= _LOST_PT) else set()


def _ink(document: Document) -> list[Picture]:
    """What stands on recognised pages and was not read."""
    return [
        picture for picture in document.pictures
        if picture.form is PictureForm.INK and picture.look is not Look.EMPTY
        and (picture.stroke_pt or 0.0) >= _LEAST_STROKE_PT
    ]  # fmt: skip


def _block(edition: Edition) -> set[str]:
    """What is asked beside the signatures: it stands together on one page."""
    names = {signatory.name_question for signatory in edition.signatory}
    sections = ({question.id for question in section.question} for section in edition.section)
    return {question for asked in sections if names & asked for question in asked}


def _is_circled(answer: Answer, parts: Sequence[Part]) -> bool:
    """Whether a number of a printed scale was drawn around: « 5 » is then read as « (6) » or « © »."""
    if answer.state not in {AnswerState.BLANK, AnswerState.ANSWERED}:
        return False
    said = [part for part in parts if part.text.strip()]
    if len(_RINGS.findall(" ".join(part.text for part in said))) >= FEWEST_NUMBERS - 1:
        return True
    unmarked = answer.state is AnswerState.ANSWERED and not _is_marked(parts)
    if unmarked and any(map(_runs_together, said)):
        return True
    if sum(part.text.strip().isdigit() for part in said) < FEWEST_NUMBERS:
        return False
    if answer.state is AnswerState.BLANK:
        odd = any(not part.text.strip().isdigit() and len(part.text.strip()) <= 3 for part in said)
        return odd or _lacks_one(said)
    return any(re.search(r"\(?\d+\)|\(\d+|[©®]", part.text) for part in said)


def _runs_together(part: Part) -> bool:
    """« 3456789 »: some of a printed scale, of which no single number was typed."""
    return any(run in _SCALE for run in re.findall(r"\d{3,}", part.text))


def _lacks_one(said: Sequence[Part]) -> bool:
    """Whether of a row of cells that count on, a single one says no number: something hides it."""
    rows: dict[tuple[int, int], dict[int, int]] = {}
    for part in said:
        if part.cell and part.text.strip().isdigit():
            rows.setdefault((part.cell.table, part.cell.row), {})[part.cell.column] = int(part.text)
    return any(
        len({number - column for column, number in row.items()}) == 1
        and len(row) >= FEWEST_NUMBERS and max(row) - min(row) == len(row)
        for row in rows.values()
    )  # fmt: skip


def _judged(
    answer: Answer, text: Stream, region: Region, regions: Sequence[Region], question: Question
) -> Answer:
    if question.kind is QuestionKind.SCALE and _is_circled(answer, region.parts):
        return replace(answer, state=AnswerState.UNCLEAR, value=None, reason=UNREAD, confidence=0.5)
    if answer.state is AnswerState.BLANK or _is_choice(answer, question):
        ink = _ink_under(text, region, regions, question)
        if question.kind is QuestionKind.SCALE:
            ink = _beside_its_statement(ink, text, region, question)
        if answer.state is AnswerState.ANSWERED:
            settled = _is_marked(region.parts) and not _lacks_a_box(region.parts, question)
            settled = settled or _is_typed(region.parts, question.choices)
            ink = [] if settled else [p for p in ink if (p.stroke_pt or 0.0) >= _TICK_PT]
        if ink:
            place = Place(text.file, ink[0].page, ink[0].box)
            return replace(answer, state=AnswerState.UNCLEAR, reason=UNREAD, place=place, confidence=0.5)
    if answer.state is AnswerState.BLANK and _is_struck_out(region.parts):
        return replace(answer, state=AnswerState.UNCLEAR, reason=UNREAD, confidence=0.5)
    if answer.state is AnswerState.BLANK and any(_SIGN.fullmatch(part.text) for part in region.parts):
        return replace(answer, state=AnswerState.UNCLEAR, reason=UNREAD, confidence=0.5)
    if answer.state is AnswerState.BLANK and _offers(region.parts, question):
        return replace(answer, state=AnswerState.UNCLEAR, reason=UNTOLD, confidence=0.5)
    if _is_choice(answer, question) and _is_half_read(answer, region.parts, question.choices):
        return replace(answer, state=AnswerState.UNCLEAR, reason=UNTOLD, confidence=0.5)
    if answer.state is AnswerState.ANSWERED and _is_a_scrap(answer, region.parts, question):
        return replace(answer, state=AnswerState.UNCLEAR, reason=UNSURE, confidence=0.5)
    if answer.state is AnswerState.ANSWERED and not _is_an_option(answer, question):
        return replace(answer, state=AnswerState.UNCLEAR, reason=UNSURE, confidence=0.5)
    if answer.state is AnswerState.ANSWERED and (sure := _sureness(region.parts)) < 1.0:
        if sure < SURE and not (_is_headed(answer, text, region.parts) or _proves_itself(answer, question)):
            return replace(answer, state=AnswerState.UNCLEAR, reason=UNSURE, confidence=round(sure, 2))
        told = answer.confidence * min(1.0, sure + 0.05)
        return replace(answer, confidence=round(min(told, _surest(answer, region.parts, question)), 2))
    return answer


def with_drawings(
    answers: Mapping[str, Answer], text: Stream, regions: Sequence[Region], signing_at: int
) -> dict[str, Answer]:
    """The answers, in doubt where nothing is typed and something is drawn: a stylus on a PDF, ink in Word.

    Args:
        signing_at: the line where the place for signatures starts; what is drawn there signs.
    """
    printed = {page.number for page in text.document.pages if page.source is PageSource.TEXT}
    drawn = [
        picture for picture in text.document.pictures
        if picture.form is not PictureForm.RASTER
        and picture.origin is Origin.BODY and picture.page in printed
    ]  # fmt: skip
    if not drawn:
        return dict(answers)
    judged = dict(answers)
    for region in regions:
        answer = answers.get(region.match.anchor.question or "")
        if answer is None or answer.state is not AnswerState.BLANK:
            continue
        mine = [p for p in drawn if _is_under(p, text, region, regions) and p.after < signing_at]
        if mine:
            place = Place(text.file, mine[0].page, mine[0].box)
            judged[answer.question] = replace(
                answer, state=AnswerState.UNCLEAR, reason=UNREAD, place=place, confidence=0.5
            )
    return judged


def _surest(answer: Answer, parts: Sequence[Part], question: Question) -> float:
    """How sure an answer can be: among options that all stand there, a look has told which is chosen."""
    if not _is_choice(answer, question) or any(s.tick is not None for part in parts for s in part.spans):
        return 1.0
    return BY_LOOK if len(offered(parts, question.choices)) > 1 else 1.0


def _is_choice(answer: Answer, question: Question) -> bool:
    """Whether an option seems chosen: where a pen hid the one that it marked, the others alone were read."""
    kinds = {QuestionKind.YES_NO, QuestionKind.CHOICE}
    return answer.state is AnswerState.ANSWERED and question.kind in kinds


def _offers(parts: Sequence[Part], question: Question) -> bool:
    """Whether options stand there that were not all seen to be left: then one may be the answer.

    Those without boxes: a scan does not show which is bold or coloured; and of those with boxes the pen may
    have made one no box.
    """
    if question.kind is QuestionKind.SCALE:
        return _offers_numbers(parts)
    if question.kind not in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        return False
    boxes = _empty_boxes(parts)
    if boxes and any(map(_has_a_stray_bracket, parts)):
        return True
    return bool(boxes or offered(parts, question.choices)) and boxes < len(question.choices or ("oui", "non"))


def _has_a_stray_bracket(part: Part) -> bool:
    """« oui ) »: it closes nothing, and is what was seen of a ring."""
    return any(part.text.count(one) != part.text.count(other) for one, other in ("()", "[]", "{}"))


def _lacks_a_box(parts: Sequence[Part], question: Question) -> bool:
    """Whether boxes stand there, and fewer than options: what lies over the others may mark them, too."""
    boxes = sum(span.tick is not None for part in parts for span in part.spans)
    return 0 < boxes < len(offered(parts, question.choices))


def _is_half_read(answer: Answer, parts: Sequence[Part], options: Sequence[str]) -> bool:
    """Whether options stand there of which one was read as something else: it is the one that was marked.

    « oui nef », « ouXnon », « -eur- ou non »; of study levels a piece that is nearly another one.
    """
    if not options:
        value = fold(str(answer.value))
        said = (value, *_rows(parts))
        ticked = any(span.tick for part in parts for span in part.spans)
        if ticked or is_marked_in_brackets(parts, options) or (_is_marked(parts) and value in _YES_NO):
            return False
        return bool(_NEITHER.fullmatch(value)) or any(map(_is_nearly_both, said))
    known = [fold(option) for option in options]
    unread = [fold(piece) for piece in beside(parts, options)]
    return any(fuzz.ratio(option, piece) >= _NEARLY for option in known for piece in unread)


def _rows(parts: Sequence[Part]) -> list[str]:
    """What stands on each row and is not struck out, however many gaps it has."""
    rows: list[list[Part]] = []
    for part in parts:
        last, box = rows[-1][-1].piece if rows else None, part.piece.box
        if last and last.box and box and last.line.page == part.piece.line.page and last.box.bottom > box.top:
            rows[-1].append(part)
        else:
            rows.append([part])
    return [_left_of([span for part in row for span in part.spans]) for row in rows]


def _left_of(spans: Sequence[Span]) -> str:
    """What is not struck out; of « oui ou non » neither the « ou »."""
    left = " ".join(span.text for span in spans if not span.strike).strip()
    struck = any(span.strike for span in spans)
    return re.sub(r"^ou\b|\bou$", "", left, flags=re.IGNORECASE) if struck else left


def _is_nearly_both(text: str) -> bool:
    """Whether what stands there is « oui / non », but for the letters of one."""
    said = _ANNOUNCED.sub("", fold(text).strip())
    if _BOTH.fullmatch(said) or _YES_OR_NO.match(said) or _BOTH_AND_ONE.match(said):
        return False
    letters = "".join(char for char in said if char.isalnum())
    return _ONE_AND_A_REST.fullmatch(said) is not None or fuzz.ratio(letters, "ouinon") >= _NEARLY


def _offers_numbers(parts: Sequence[Part]) -> bool:
    """Whether a printed scale has neither a cell nor a box to each number: then no pixels were compared."""
    told = _numbers(parts)
    cells = {part.cell for part in told if part.cell}
    return len(told) >= FEWEST_NUMBERS and max(len(cells), _empty_boxes(parts)) < len(told)


def _numberless(regions: Sequence[Region], edition: Edition) -> set[str]:
    """Statements of which numbers were not read where others have theirs: one not seen may be marked."""
    told = {
        question: len(_numbers(region.parts))
        for region in regions
        if (question := region.match.anchor.question)
        and edition.questions[question].kind is QuestionKind.SCALE
    }
    whole = edition.scale.highest - edition.scale.lowest + 1
    printed = any(count >= FEWEST_NUMBERS for count in told.values())
    return {question for question, count in told.items() if printed and count < whole}


def _numbers(parts: Sequence[Part]) -> list[Part]:
    """The parts in which numbers stand, as often as they do."""
    return [part for part in parts for _ in re.findall(r"(?<!\d)\d{1,2}(?!\d)", part.text)]


def _empty_boxes(parts: Sequence[Part]) -> int:
    return sum(span.tick is False for part in parts for span in part.spans)


def _is_marked(parts: Sequence[Part]) -> bool:
    """Whether the mark itself was seen: a tick, or a line around an option or through one."""
    return any(span.tick or span.highlight or span.strike for part in parts for span in part.spans)


def _is_struck_out(parts: Sequence[Part]) -> bool:
    """Whether words stand there that a line runs through: it may run on, under or into a short answer."""
    return any(span.strike and has_content(span.text) for part in parts for span in part.spans)


def _is_typed(parts: Sequence[Part], options: Sequence[str]) -> bool:
    """Whether the only option that stands there goes on in words: it was typed, and none is offered."""
    added = [word for piece in beside(parts, options) for word in words(piece) if len(word.text) > 2]
    return len(added) > 1 and len(offered(parts, options)) == 1


def _is_a_scrap(answer: Answer, parts: Sequence[Part], question: Question) -> bool:
    """Whether an answer is what was left of print: « o1 » of « oui », a number in a misread title."""
    if question.kind is not QuestionKind.SCALE:
        return _MIXED.fullmatch(str(answer.value)) is not None
    unsure = [part.text for part in parts if part.piece.line.confidence < CLEAR]
    return any(len(re.sub(r"[\W\d_]", "", said)) >= _WORDY and str(answer.value) in said for said in unsure)


def _is_an_option(answer: Answer, question: Question) -> bool:
    """Whether a choice is one of those that the form gives: of a scan, other words are letters lost."""
    said, options = fold(str(answer.value)), question.choices
    if question.kind is QuestionKind.YES_NO and _LEFT_OVER.fullmatch(said):
        return False
    alike = any(fuzz.partial_ratio(fold(option), said) >= 92 for option in options)
    return not options or (alike and len(said) > _SCRAP)


def _sureness(parts: Sequence[Part]) -> float:
    """How sure the words of an answer are, the longer lines counting more."""
    letters = sum(len(part.text.strip()) for part in parts)
    sure = sum(part.piece.line.confidence * len(part.text.strip()) for part in parts)
    return sure / letters if letters else 1.0


def _proves_itself(answer: Answer, question: Question) -> bool:
    """Whether the two last digits of an enterprise number are those that the others ask for (modulo 97)."""
    from stdnum.be import vat

    return question.kind is QuestionKind.ENTERPRISE_NUMBER and bool(vat.is_valid(str(answer.value)))


def _is_headed(answer: Answer, text: Stream, parts: Sequence[Part]) -> bool:
    """Whether a number stands in the column that is headed by the same one: each of them tells the other."""
    said = str(answer.value)
    own = {part.cell for part in parts if part.cell and part.text.strip() == said}
    columns = {(cell.table, cell.column) for cell in own}
    return any(
        line.text.strip() == said and line.confidence >= SURE
        for line in text.document.lines
        if line.cell and line.cell not in own and (line.cell.table, line.cell.column) in columns
    )


def _ink_under(text: Stream, region: Region, regions: Sequence[Region], question: Question) -> list[Picture]:
    """What stands between a question and the next one and was not read, beside the question's own words.

    A mark among these is none of their letters where options may stand on the same row.
    """
    chosen = {Look.MARK, Look.RING} if question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE} else {}
    asked = range(region.match.start[0], region.match.end[0] + 1)
    boxes = [text.pieces[index].box for index in asked if index < len(text.pieces)]
    return [
        picture for picture in _ink(text.document)
        if _is_under(picture, text, region, regions)
        and (picture.look in chosen or not any(_is_within(picture, box) for box in boxes if box))
    ] or [
        picture for picture in _ink(text.document) if _goes_over(picture, text.pieces[region.match.end[0]])
    ]  # fmt: skip


def _beside_its_statement(
    ink: Sequence[Picture], text: Stream, region: Region, question: Question
) -> list[Picture]:
    """What is not in the statement's own cell, where there are others to be marked or written in.

    It is print that was not read, if each number has a cell, or if the statement lacks letters; a trace is,
    if it lacks as much as a full stop.
    """
    own = text.pieces[region.match.start[0]].cell
    if own is None:
        return list(ink)
    numbered = len({part.cell for part in _numbers(region.parts) if part.cell}) >= FEWEST_NUMBERS
    letters, signs = _lost(own, text, question)
    return [
        picture for picture in ink
        if picture.cell is None or (picture.cell.table, picture.cell.column) != (own.table, own.column)
        or not (numbered or letters > 1 or (signs and picture.look is Look.TRACE))
    ]  # fmt: skip


def _lost(own: Cell, text: Stream, question: Question) -> tuple[int, int]:
    """Letters, and all signs, that were not read of a statement that has a cell, and others to its right."""
    cells = [line.cell for line in text.document.lines if line.cell and line.cell.table == own.table]
    if not any(cell.column > own.column for cell in cells):
        return 0, 0
    said = "".join(line.text for line in text.document.lines if line.cell == own)
    asked, told = (
        ["".join(fold(each).split()), "".join(char for char in fold(each) if char.isalnum())]
        for each in (question.wording, said)
    )
    return len(asked[1]) - len(told[1]), max(0, len(asked[0]) - len(told[0]))


def _is_within(picture: Picture, words: Box) -> bool:
    """Whether a picture is a part of words that were read, unsurely."""
    box = picture.box
    if box is None:
        return False
    beside = words.x0 - 3 <= box.x0 and box.x1 <= words.x1 + 3
    return beside and words.top - 3 <= box.top and box.bottom <= words.bottom + 3


def _goes_over(picture: Picture, label: Piece) -> bool:
    """Whether what is written in several rows, and is told as its middle one's, goes over a label's, too.

    Behind the label, or around it: what is written there was not read, and may be its answer.
    """
    box, own = picture.box, label.box
    if box is None or own is None or picture.page != label.line.page or label.cell or picture.cell:
        return False
    height = own.bottom - own.top
    beside = box.x0 < own.x1 + _BEHIND_PT and own.x0 < box.x1
    begins, ends = box.top < own.top + 0.5 * height, own.bottom < box.bottom + 0.3 * height
    rows = box.bottom - box.top > 1.8 * height and begins and ends
    return beside and rows and picture.look in {Look.HAND, Look.WRITING, Look.STAMP, Look.PRINT}


def _is_above(picture: Picture, label: Piece) -> bool:
    """Whether a picture stands on the line over a label."""
    box, own = picture.box, label.box
    if box is None or own is None or picture.page != label.line.page:
        return False
    height = own.bottom - own.top
    beside = box.x0 < own.x1 + _BEHIND_PT and own.x0 - height < box.x1
    return beside and own.top - _LINE_ABOVE * height < (box.top + box.bottom) / 2 < own.top


def _is_under(picture: Picture, text: Stream, region: Region, regions: Sequence[Region]) -> bool:
    """Whether a picture stands between a question and the next one, or in the question's rows."""
    first = text.pieces[region.match.start[0]]
    if region.is_caption:
        return _is_above(picture, first)
    starts = [text.pieces[r.match.start[0]].at for r in regions]
    end = min((at for at in starts if at > first.at), default=len(text.document.lines))
    cell, own = picture.cell, first.cell
    if cell and cell != own and any(text.pieces[r.match.start[0]].cell == cell for r in regions):
        return False  # another question stands in that cell, and its answer, too
    if cell and own and cell.table == own.table:
        after = text.document.lines[end].cell if end < len(text.document.lines) else None
        if after and after.table == own.table:  # rows in which nothing was read have no line to tell them by
            return own.row <= cell.row <= max(own.row, after.row - 1)
        return own.row <= cell.row
    return first.at <= picture.after < end
