"""What is answered to each question, from what belongs to it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from data.edition import Edition, Question, QuestionKind
from data.model import Answer, AnswerState, Origin, Place
from parsers import _fields
from parsers._answered import _asked_again, _choices, _statements, _written
from parsers._answered._regions import Region
from parsers._asked._anchors import Form
from parsers._asked._found import Match
from parsers._stream import Part, Stream
from parsers._wording import STOP, fold, has_content, is_dash, is_filler, stem, words

LONGEST_SHARED = 8
"""In words: what is longer is no label of two fields."""

FEWEST_PARTED = 4
"""Before so many answers a dash is the form's own."""

AT_ONCE = "plusieurs questions se suivent sur une ligne : ce qui suit répond peut-être à chacune"

_IN_ITS_OWN_WORDS, _MOST_IN_THEIR_OWN = 0.98, 0.9
"""A question so like its wording is in it; a form of which so many are is the one that was handed out."""

_LEADER_LEFT = re.compile(r"\s*(?:…|\.{2,3})$")
"""What is left of a line of dots behind what was typed over it."""

_INVITES = re.compile(
    r"votre\b|vos\b|nom\b|ici\b|ins[ée]r|indiqu|[ée]cri|compl[ée]t|rempli|pr[ée]cis|r[ée]pon|texte\b"
)
"""Within brackets, what tells that an answer goes there."""


def find(text: Stream, regions: Sequence[Region], known: Form, edition: Edition) -> dict[str, Answer]:
    """An answer to each question but those of the block of signatures; statements of section E are rated."""
    by_question: dict[str | None, Region] = {
        region.match.anchor.question: region for region in regions if region.match.anchor.question
    }
    _asked_again.without_printed(text, regions)
    _drop_separators(text, regions)
    printed = _statements.scales_of(text, regions, edition)
    _statements.give_numbers(text, regions, edition)
    answers: dict[str, Answer] = {}
    scales: list[str] = []
    for question in edition.questions.values():
        if question.id in known.signature_questions:
            continue
        region = by_question.get(question.id)
        if region is None:
            answers[question.id] = _from_fields(text, question)
        elif question.kind is QuestionKind.SCALE:
            answers[question.id] = _statements.rate(text, region, question, printed, edition)
            scales.append(question.id)
        else:
            answers[question.id] = _answer(text, region, question, known)
    answers = _with_shared_labels(answers, text, regions, edition)
    answers = _with_words_before_colons(answers, text, regions, edition)
    answers = _with_questions_asked_at_once(answers, text, regions)
    answers = _statements.without_template_rest(answers, scales, by_question)
    return _statements.with_doubt_where_told_together(answers, scales, by_question, text, edition)


def _drop_separators(text: Stream, regions: Sequence[Region]) -> None:
    """« Téléphone – », where others say « Genre – femme »: the dash parts, and answers nothing."""
    behind = [
        region for region in regions
        if region.match.anchor.question and region.parts
        and (first := region.parts[0]).piece is text.pieces[region.match.end[0]]
        and first.start == region.match.end[1] and re.match(r"\s*[–—-](?:\s|$)", first.text)
    ]  # fmt: skip
    parting = [region for region in behind if has_content(region.parts[0].text.lstrip(" –—-"))]
    for region in behind if len(parting) >= FEWEST_PARTED else ():
        parting_dash = re.match(r"\s*[–—-]\s*", region.parts[0].text)
        if parting_dash and is_dash(region.parts[0].text):
            answered = replace(region.parts[0], start=region.parts[0].start + parting_dash.end())
            region.parts[:1] = (
                [answered] if answered.text.strip() else []
            )  # of « – – » the second one is said


def _with_shared_labels(
    answers: dict[str, Answer], text: Stream, regions: Sequence[Region], edition: Edition
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


def _with_questions_asked_at_once(
    answers: dict[str, Answer], text: Stream, regions: Sequence[Region]
) -> dict[str, Answer]:
    """Questions that follow each other in one line: what stands behind the last may answer each of them."""
    judged = dict(answers)
    for region, following in reversed([*pairwise(regions)]):
        own, other = (judged.get(each.match.anchor.question or "") for each in (region, following))
        if own is None or other is None or not _are_asked_at_once(text, region.match, following.match):
            continue
        if own.state is AnswerState.BLANK and other.state is not AnswerState.BLANK:
            judged[own.question] = replace(
                own, state=AnswerState.UNCLEAR, value=other.value, reason=AT_ONCE, confidence=0.5
            )
    return judged


def _are_asked_at_once(text: Stream, match: Match, following: Match) -> bool:
    """« … répond-elle ? 3. Qui sont … » in one line, with no « : » between them, behind which one answers."""
    last, first = text.tokens[match.last - 1], text.tokens[following.first]
    between = text.pieces[last.piece].text[last.end : first.start]
    return (
        last.piece == first.piece and re.fullmatch(r"\W*[?.]\s+(?:\d{1,2}\s?[.)/]\s*)?", between) is not None
    )


def _with_words_before_colons(
    answers: dict[str, Answer], text: Stream, regions: Sequence[Region], edition: Edition
) -> dict[str, Answer]:
    """« Nom l’entreprise La Remise en selle : »: typed before the colon of a form that keeps its own words.

    Of a form made anew the same words may belong to the label, as in « Adresse complète : ».
    """
    asked = [region for region in regions if region.match.anchor.question]
    telling = [region.match for region in asked if not region.match.anchor.is_short]
    own = sum(match.whole and match.score >= _IN_ITS_OWN_WORDS for match in telling)
    if not telling or own < _MOST_IN_THEIR_OWN * len(telling):
        return answers
    found = dict(answers)
    for region in asked:
        question = edition.questions[region.match.anchor.question or ""]
        answer = answers.get(question.id)
        said = _before_colon(text, region.match) if question.kind is not QuestionKind.SCALE else ""
        if said and answer is not None and answer.state is AnswerState.BLANK:
            where = region.asked_at(text)
            found[question.id] = Answer(question.id, AnswerState.ANSWERED, said, where, 0.75, "", 1)
    return found


def _before_colon(text: Stream, match: Match) -> str:
    """Words between a wording that is whole and the colon after it, but for what stands in brackets."""
    last = text.tokens[match.last - 1]
    piece = text.pieces[last.piece]
    between = piece.text[last.end : match.end[1]] if last.piece == match.end[0] else ""
    bare = re.sub(r"\([^)]*\)", " ", between).strip(" :=?\t\xa0\u202f")
    surely = match.whole and piece.line.confidence == 1.0 and re.search(r"[:=]\s*$", between)
    is_translated = re.match(r"[/|–—-]", bare)  # « Forme juridique / Rechtsvorm : »
    return bare if surely and has_content(bare) and not is_translated else ""


def _spoken(text: str) -> str:
    return " ".join(word.text for word in words(text))


def _answer(text: Stream, region: Region, question: Question, known: Form) -> Answer:
    if question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        region.parts = _choices.with_ticks(region.parts, question.choices)
    parts = [
        part for part in _written.own(region, question, known) if part.piece.line.origin is not Origin.COMMENT
    ]
    match = region.match
    written = _without_bracket(_written.joined(parts), question, parts, text, match)
    if not match.whole and match.anchor.number:
        number = match.anchor.number
        written = re.sub(rf"^(?:{number}\s?[.)]|[A-H]\s?\.?\s?{number}(?!\d)[.):]?)\s*", "", written)
    if question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        own = written == "?" and not _is_doubt(written, parts, match, text)
        choice = _choices.choose(
            parts, question.choices, "" if own else written, text.pieces[match.end[0]].cell
        )
        if choice.state is not AnswerState.BLANK:
            state, reason = choice.state, choice.reason
            if choice.value and is_filler(choice.value):
                state, reason = AnswerState.UNCLEAR, "un texte provisoire occupe la place de la réponse"
            sure = region.sureness(state)
            return Answer(
                question.id, state, choice.value, text.place(parts), sure, reason, _written.lines(parts)
            )
        written = ""
    recognised = any(part.piece.line.confidence < 1.0 for part in parts)
    written = _out_of_its_box(written, question, spaced=not recognised)
    if question.kind is not QuestionKind.TEXT:  # who writes sentences ends them so
        written = _LEADER_LEFT.sub("", written)
    if not has_content(written) and not _is_doubt(written, parts, match, text):
        return _from_comments(text, region, question)
    judged, why = _judged(written, question)
    value = written
    if question.kind is QuestionKind.DATE and question.past:
        value = _fields.iso_date(written) or written
    sure = region.sureness(judged)
    return Answer(question.id, judged, value, text.place(parts), sure, why, _written.lines(parts))


def _out_of_its_box(written: str, question: Question, *, spaced: bool) -> str:
    """« [ 12 mars 2019 ] »: typed between the brackets of a field; « [ votre nom ] » invites."""
    room = r"\s+" if spaced else r"\s*"  # of what is recognised, spaces are lost
    boxed = re.fullmatch(rf"\[(?:{room}([^\[\]]*?){room}|\s*)\]", written)
    if boxed is None:
        return written
    inside = boxed[1] or ""
    asked = {stem(word.text) for word in words(question.wording)} - STOP
    said = {stem(word.text) for word in words(inside)} - STOP
    return written if _INVITES.match(fold(inside)) or (said and said <= asked) else inside


def _without_bracket(
    written: str, question: Question, parts: Sequence[Part], text: Stream, match: Match
) -> str:
    """Without the « (le cas échéant) » of the question, before which somebody answered on its own line."""
    last = re.search(r"\s*(\([^()]*\))\W*$", written)
    own = [fold(each) for each in re.findall(r"\([^()]*\)", question.wording)]
    if last is None or fold(last[1]) not in own or parts[-1].piece is not text.pieces[match.end[0]]:
        return written
    asked = fold(text.pieces[match.end[0]].text[: match.end[1]])
    return written if match.first == match.last or fold(last[1]) in asked else written[: last.start()]


def _is_doubt(written: str, parts: Sequence[Part], match: Match, text: Stream) -> bool:
    """« ??? » or « [nom] »; a lone « ? » too, unless it is the question's own, on a line after it.

    Behind the label's own mark, or in the next cell, it is somebody's: a 7 by hand is read so.
    """
    if written == "?":
        said = [part for part in parts if part.text.strip()]
        below = all(part.start == 0 for part in said)
        if said and said[0].piece.text[: said[0].start].rstrip().endswith(("?", ":")):
            return True
        if said and said[0].cell and said[0].cell != text.pieces[match.end[0]].cell:
            return True
        last = text.tokens[match.last - 1]
        asked = text.pieces[last.piece]
        marked = "?" in asked.text[last.end :]
        return match.first == match.last or (below and (asked.box is None or marked))
    return re.fullmatch(r"[-–—\s]*(?:\?\s*){2,}|\[.*\]|<.*>", written, re.DOTALL) is not None


def _judged(written: str, question: Question) -> tuple[AnswerState, str]:
    if is_dash(written) and question.kind is QuestionKind.TEXT and question.required:
        return AnswerState.UNCLEAR, "un simple tiret tient lieu de réponse"
    if is_filler(written):
        return AnswerState.UNCLEAR, "un texte provisoire occupe la place de la réponse"
    return AnswerState.ANSWERED, ""


def _from_comments(text: Stream, region: Region, question: Question) -> Answer:
    """Nothing under the question itself: an answer may have been written as a comment."""
    comments = [part for part in region.parts if part.piece.line.origin is Origin.COMMENT]
    written = _written.joined(comments)
    if has_content(written):
        return Answer(
            question.id,
            AnswerState.ANSWERED,
            written,
            text.place(comments),
            0.7,
            "",
            _written.lines(comments),
        )
    where = region.asked_at(text)
    return Answer(question.id, AnswerState.BLANK, None, where, region.sureness(AnswerState.BLANK))


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
