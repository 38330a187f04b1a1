"""What the applicant wrote under a question, without the words that the form prints there."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from data.edition import Question
from parsers._answered._regions import Region
from parsers._asked._anchors import Form
from parsers._asked._found import Match
from parsers._stream import Part
from parsers._wording import ANSWERS, STOP, fold, is_dash, stem, without_hints, without_leaders, words

MOST_WRAPPED = 5
"""A question printed once more, in another language, wraps into so many lines at most."""

CHARACTERS_PER_LINE = 90
"""On a page of A4, where a file does not tell its columns."""

_MARKERS = re.compile(r"^[\s•·▪◦‣➢➤→●○*\-–—:.;,]*[•·▪◦‣➢➤→:]\s*|^\s*[-–—]\s+(?=\w)|^\s*[-=–]*>+\s+(?=\S)")
"""What stands before an answer: a bullet, a dash, « -> »."""

_DASHED = re.compile(r"\s*[-–—]\s+(?=\w)")
"""A line of a list, as people type them."""

_ANSWER = re.compile(r"^\s*(?:votre\s+)?(?:r[ée]ponses?|r[ée]p\.?|r)\s*:\s*", re.IGNORECASE)
_COMPLEMENT = re.compile(r"\s*(?:(?:du|des?|[dl]e plus|la plus)\s|d['’])[^A-ZÀ-Ý\d:?]{0,50}")
"""« Nom » … « de la personne référente »: words of the label that the form does not have."""

_TRANSLATED = re.compile(r"\s*[/|–—-]\s*([^\n]{6,200}?)\s*[:?]\s*")
_LIMIT = re.compile(r"\W*(?:max(?:imum)?\W*)?\d+\s+lignes?\b[^\d\n]{0,30}\W*", re.IGNORECASE)
"""« (10 lignes max. par réponse) » alone on its line."""

_PART_TITLE = re.compile(
    r"\W*(?:partie|section|deel|onderdeel)\s+[A-H]\b(?:\s*[.:)–-]\s*[^\n.?!]{0,40})?\W*", re.IGNORECASE
)
"""« Partie D – besoins »: who answers by numbers still tells the form's parts."""

_BULLET = re.compile(r"^[•·▪◦‣➢●○❖\uf0b7]\s*")
"""A printed bullet: Word files do not have it in their text, and a PDF reads as they do."""


def own(region: Region, question: Question, known: Form) -> list[Part]:
    """The parts of a region without the form's own text."""
    kept = [part for part in region.parts if not is_hint(part) and not _is_printed(part, known)]
    kept = _without_numbers_beside(region, _announced(kept, question))
    kept = _without_lone_mark(_without_translation(kept, known))
    kept = _without_rest_of_label(kept, region.match)
    kept = [part for part in kept if not _LIMIT.fullmatch(part.text) and not _PART_TITLE.fullmatch(part.text)]
    return kept if region.match.whole else _without_rest_of_wording(kept, question)


def _announced(parts: list[Part], question: Question) -> list[Part]:
    """From « Réponse : » on: what stands before it on the question's own line is the question's.

    So is what only says the question's words and options, which wrap.
    """
    printed = {stem(word.text) for said in (question.wording, *question.choices) for word in words(said)}
    for at, part in enumerate(parts):
        said = _ANSWER.match(part.text) if part.start == 0 else None
        if said:
            before = [
                each for each in parts[:at]
                if each.start == 0 and not {stem(word.text) for word in words(each.text)} <= printed
            ]  # fmt: skip
            return [*before, replace(part, start=said.end()), *parts[at + 1 :]]
    return parts


def is_hint(part: Part) -> bool:
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


def _without_numbers_beside(region: Region, parts: list[Part]) -> list[Part]:
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


def _without_lone_mark(parts: list[Part]) -> list[Part]:
    """Without the question's own « ? » or « : », that had no more room on the line of its last word."""
    alone = len(parts) > 1 and parts[0].start == 0 and parts[0].piece.box is not None
    return parts[1:] if alone and re.fullmatch(r"\s*[?:]\s*", parts[0].text) else parts


def _without_rest_of_label(parts: list[Part], match: Match) -> list[Part]:
    """What follows on the label's own line in nothing but the question's words."""
    if not parts or parts[0].start != match.end[1] or len(parts[0].text) > 60:
        return parts
    said = [word.text for word in words(parts[0].text)]
    telling = [stem(word) for word in said if word not in STOP]
    closed = re.search(r"[:?.]\s*$", parts[0].piece.text[: parts[0].start])
    if not closed and _COMPLEMENT.fullmatch(parts[0].text):
        return parts[1:]
    if (match.whole and (closed or match.anchor.is_short)) or (len(said) == 1 and said[0] in ANSWERS):
        return parts
    enough = len(telling) >= (3 if closed and len(parts) == 1 else 1)
    return parts[1:] if enough and all(s in match.anchor.stems for s in telling) else parts


def _without_rest_of_wording(parts: list[Part], question: Question) -> list[Part]:
    """Only a part of the wording was recognised: the rest of it, if it follows, is no answer.

    A number that the wording does not have is one: « 6 équivalents temps plein ».
    """
    asked = " ".join(word.text for word in words(question.wording))
    kept = list(parts)
    while kept:
        said = " ".join(word.text for word in words(kept[0].text))
        cut = re.search(r"\w\s*…\s*$", kept[0].text) is not None  # « … ? Quelles … »
        numbered = any(word.isdigit() and word not in asked.split() for word in said.split())
        like = len(said) < len(asked) and fuzz.partial_ratio(said, asked) >= 92
        if like and (len(said) >= 12 or cut) and not numbered:
            kept.pop(0)
        else:
            break
    return kept


def joined(parts: Sequence[Part]) -> str:
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
            listed = _DASHED.match(text) and sum(bool(_DASHED.match(_bare(each))) for each in parts) > 1
            written = text if listed or is_dash(text) else _MARKERS.sub("", text)
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
    """Whether a word goes on in the next line: « mi-» « temps », « 1963-12-» « 17 », an address."""
    last, first = written.split()[-1], text.split()[0]
    if (re.search(r"[^\W\d_]-$", last) and first[0].islower()) or re.search(r"\d-\d+-\d", last + first):
        return True
    return (
        bool(re.search(r"@|^www\.|^https?:", last))
        and ("." in first or "/" in first or re.search(r"\.\w?$", last) is not None)
        and not last.endswith(",")
    )


def lines(parts: Sequence[Part]) -> int:
    """Lines as laid out; of a file without a layout, as many as its columns need for the letters."""
    laid_out = {(p.piece.line.page, round(p.piece.box.top)) for p in parts if p.piece.box and p.text.strip()}
    if laid_out:
        return len(laid_out)
    return sum(-(-len(_bare(p)) // (p.piece.line.measure or CHARACTERS_PER_LINE)) for p in parts)
