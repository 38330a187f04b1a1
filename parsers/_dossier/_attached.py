"""Which annexes came, of which years, and whose: present, partial, missing, or for a person to look at.

Missing is said only where nothing sent could hold the annex: no unread file, no link, no page of another
document that speaks for it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.edition import AnnexRule, Edition
from data.model import Annex, AnnexState, Answer, AnswerState, PageSource, Unread
from parsers._annexed import _annexes, _closing, _names
from parsers._annexed._sheets import sheets
from parsers._annexed._titles import by_titles
from parsers._dossier._sent import SentFile
from parsers._dossier._sorting import FoundAnnex, SortedFiles, is_hardly_read, may_matter
from parsers._wording import fold

NAMED_FORM = re.compile(r"dossier|candidature|formulaire|kandidatuur|application|blossom|coopcity")
LOUD = 8.5
"""A page within another document that speaks so plainly for an annex leaves it in doubt."""
FAINT, LONG = 2.0, 30
"""Of a paper that is not known to be anything, a whisper is enough; and one of so many words may be a report,
which has no form of its own."""
FEW_AMOUNTS = 4
"""A workbook with so many numbers may be accounts in somebody's own words."""
LONG_FIRST_YEAR = 7
"""Founded from this month on, a structure may close its first year only with the next."""

_UNSURE_KIND = "le contenu ne permet pas d'être certain du type de document"
_TOO_YOUNG = "la structure est peut-être trop jeune pour avoir autant d'exercices clos"
_INTERIM = "ces comptes ne couvrent qu'une partie d'une année"
_LEDGER = "un grand livre montre les écritures d'une année, et ni bilan ni compte de résultats"
_DRAFT = "les comptes les plus récents se disent projet ou provisoires"
"""Whether drafts are enough is for the officer to say. By September the accounts of a year are approved, as a
rule: whoever has sent a draft can often send the final ones, and is told why."""
_ONE_DOCUMENT = "deux exercices y sont lisibles, dans un seul document : à confirmer"


def judge(found: SortedFiles, answers: Mapping[str, Answer], edition: Edition) -> dict[str, Annex]:
    """The state of every annex that the edition asks for."""
    named, nameless = _suspects(found, edition)
    founded = _founded(answers, edition)
    judged = {}
    for rule in edition.annex:
        mine = [one for one in found.annexes if one.kind.id == rule.id]
        absent = _absent(rule.id, [*named[rule.id], *nameless], found, edition)
        if rule.closed_years:
            judged[rule.id] = _of_years(rule, mine, absent, founded, edition)
        elif rule.of_contact:
            judged[rule.id] = _of_contact(rule, mine, absent, found.others, contact(answers, edition))
        else:
            judged[rule.id] = _plain(rule, mine, absent)
    return judged


# ---------------------------------------------------------------- what was not found


def _suspects(found: SortedFiles, edition: Edition) -> tuple[dict[str, list[SentFile]], list[SentFile]]:
    """Files that were not read: by the annex that their name speaks of, and those that may be anything."""
    named: dict[str, list[SentFile]] = {annex.id: [] for annex in edition.annex}
    nameless: list[SentFile] = []
    for file in (*found.unread, *found.half_read):
        kinds = _annexes.by_name(file.name, edition)
        for kind in kinds:
            named[kind].append(file)
        if not kinds and may_matter(file) and not _is_only_form(file, found):
            nameless.append(file)
    return named, nameless


def _is_only_form(file: SentFile, found: SortedFiles) -> bool:
    """A scan that its name calls the form is taken for the form, where no other file is it."""
    plain = fold(file.name)
    named = NAMED_FORM.search(plain) and not re.search(r"annex|complet|bijlage|tout", plain)
    return bool(named) and isinstance(file.reading, Unread) and not found.forms


def _absent(annex: str, suspects: Sequence[SentFile], found: SortedFiles, edition: Edition) -> Annex:
    """An annex that was not found: missing, unless it may lie in something that was sent."""
    if suspects:
        names = ", ".join(f"« {file.name} »" for file in suspects[:3])
        places = tuple(file.place for file in suspects)
        return Annex(annex, AnnexState.UNCLEAR, places, (), f"{names} n'a pas pu être lu")
    if found.links:
        reason = "un lien de téléchargement remplace peut-être ce document"
        return Annex(annex, AnnexState.UNCLEAR, (), (), reason)
    within = [one for one in (*found.annexes, *found.others) if _may_hold(one, annex, edition)]
    if within:
        return _within(annex, within)
    dim = [one for one in found.others if not one.kind.look_alike and is_hardly_read(one.document)]
    if dim:
        reason = f"« {dim[0].file.name} » est difficile à lire et contient peut-être ce document"
        return Annex(annex, AnnexState.UNCLEAR, tuple(one.place for one in dim), (), reason)
    return Annex(annex, AnnexState.MISSING)


def _within(annex: str, within: Sequence[FoundAnnex]) -> Annex:
    reason = f"« {within[0].file.name} » en contient peut-être une partie"
    return Annex(annex, AnnexState.UNCLEAR, tuple(one.place for one in within), (), reason)


def _may_hold(one: FoundAnnex, annex: str, edition: Edition) -> bool:
    """Whether a page of it speaks plainly for an annex, or for nothing else; of an unknown paper, hardly."""
    peak = one.kind.peaks.get(annex, 0.0)
    if _is_unknown(one):
        said = sum(len(line.text.split()) for line in one.document.lines)
        if annex == "accounts" and one.document.kind in _annexes.WORKBOOKS:
            return peak >= FAINT or sum(_is_amount(line.text) for line in one.document.lines) >= FEW_AMOUNTS
        return peak >= FAINT or (annex == "activity_report" and said >= LONG)
    known = one.kind.look_alike not in (None, _annexes.MINUTES)
    return one.kind.id != annex and not known and (peak >= LOUD or _has_stray_page(one, annex, edition))


def _has_stray_page(one: FoundAnnex, annex: str, edition: Edition) -> bool:
    """Whether a page speaks for an annex, and hardly for what the document is; a report need say nothing.

    What stands above the title on a page is no page that says nothing: the head of the Moniteur's print.
    """
    if one.kind.id is None:
        return False
    parted = sheets(by_titles(one.document, edition))
    for page in parted:
        said = _annexes.loud(page, edition)
        if said[annex] >= max(_annexes.SPEAKING, _annexes.FOREIGN * said[one.kind.id]):
            return True
    if annex != "activity_report":
        return False
    whole = sheets(one.document) if any(page.width_pt for page in one.document.pages) else parted
    silent = (p for p in whole if _annexes.loud(p, edition)[one.kind.id] < _annexes.SILENT)
    return any(page.words >= LONG for page in silent)


def _is_amount(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,3}(?:[ .]?\d{3})*(?:,\d+)?(?: ?€)?", text.strip()) is not None


def _is_unknown(one: FoundAnnex) -> bool:
    """Whether a paper is none that is known; off an image, or of one sheet, likeness is no knowledge."""
    recognised = any(page.source is PageSource.OCR for page in one.document.pages)
    partly = recognised or one.document.kind in _annexes.WORKBOOKS
    doubtful = one.kind.look_alike is None or (partly and one.kind.likeness < _annexes.CERTAIN)
    return one.kind.id is None and doubtful


# ---------------------------------------------------------------- what was found


def _plain(rule: AnnexRule, mine: Sequence[FoundAnnex], absent: Annex) -> Annex:
    places = tuple(place for one in mine for place in one.places)
    if any(one.kind.certain for one in mine):
        return Annex(rule.id, AnnexState.PRESENT, places)
    if mine:
        return Annex(rule.id, AnnexState.UNCLEAR, places, (), _UNSURE_KIND)
    return absent


def _of_contact(
    rule: AnnexRule,
    mine: Sequence[FoundAnnex],
    absent: Annex,
    others: Sequence[FoundAnnex],
    person: tuple[str, str],
) -> Annex:
    """A CV: of the contact person, unless another name stands at its head and theirs nowhere."""
    state = _plain(rule, mine, absent)
    first, last = person
    if state.state is AnnexState.MISSING:
        theirs = [one for one in others if _may_tell_of(one, rule.id) and _names.heads(one.document, last)]
        return _within(rule.id, theirs) if theirs else state
    if state.state is not AnnexState.PRESENT or not last:
        return state
    told = (_names.stranger(one.document, one.file.name, first, last) for one in mine)
    strangers = [owner for owner in told if owner]
    if len(strangers) < len(mine):
        return state
    reason = f"le nom de la personne référente n'y a pas été retrouvé (nous y lisons « {strangers[0]} »)"
    return replace(state, state=AnnexState.UNCLEAR, reason=reason)


def _may_tell_of(one: FoundAnnex, annex: str) -> bool:
    """Whether a paper under somebody's name may be their life: it is unknown, or speaks for one."""
    return _is_unknown(one) or (one.kind.id is None and one.kind.peaks.get(annex, 0.0) >= _annexes.LIKELY)


def contact(answers: Mapping[str, Answer], edition: Edition) -> tuple[str, str]:
    """First and last name of the contact person, as answered."""
    fields = (edition.fields.contact_first_name, edition.fields.contact_last_name)
    said = [answers.get(field) if field else None for field in fields]
    first, last = (
        str(answer.value) if answer and answer.state is AnswerState.ANSWERED and answer.value else ""
        for answer in said
    )
    return first, last


def settle_cvs(found: SortedFiles, answers: Mapping[str, Answer], edition: Edition) -> None:
    """A paper headed by the contact person's name that speaks for a CV, and for nothing else, is theirs."""
    first, last = contact(answers, edition)
    for rule in edition.annex:
        theirs = [
            one for one in (*found.annexes, *found.others)
            if rule.of_contact and last and _is_life_of(one, rule.id, first, last)
        ]  # fmt: skip
        found.annexes = [one for one in found.annexes if one not in theirs]
        found.others = [one for one in found.others if one not in theirs]
        found.annexes += [replace(one, kind=replace(one.kind, id=rule.id, certain=True)) for one in theirs]


def _is_life_of(one: FoundAnnex, annex: str, first: str, last: str) -> bool:
    if one.kind.id not in (None, annex) or one.kind.certain or one.kind.look_alike:
        return False
    peaks = dict(one.kind.peaks)
    life, rest = peaks.pop(annex, 0.0), max(peaks.values(), default=0.0)
    return life >= max(_annexes.LIKELY, 2 * rest) and _names.is_headed_by(one.document, first, last)


# ---------------------------------------------------------------- years


@dataclass(frozen=True, slots=True)
class _Set:
    """The accounts in one file or range."""

    found: FoundAnnex
    years: tuple[int, ...]
    """The closed year; all, where its title says that it is the accounts of two, or they stand in turn."""
    shows_another: bool
    """Whether another year stands there too: as a column, or as accounts that were not cut apart."""


def _of_years(
    rule: AnnexRule, mine: Sequence[FoundAnnex], absent: Annex, founded: date | None, edition: Edition
) -> Annex:
    """Accounts: so many different closed years are needed, and recent ones."""
    possible = _possible(rule, founded, edition)
    if not mine:
        young = absent.state is AnnexState.MISSING and possible == 0
        return replace(absent, state=AnnexState.UNCLEAR, reason=_TOO_YOUNG) if young else absent
    ledgers = [one for one in mine if _closing.is_ledger(one.document)]
    whole = [one for one in mine if one not in ledgers and not _closing.is_interim(one.document)]
    sets = [_set(one, edition) for one in whole]
    told = tuple(sorted({year for each in sets for year in each.years}, reverse=True))
    oldest = edition.dates.deadline.year - rule.closed_years
    recent = [year for year in told if year >= oldest]
    sure = any(one.kind.certain for one in mine)
    annex = Annex(rule.id, AnnexState.UNCLEAR, tuple(place for one in mine for place in one.places), told)
    if not whole:
        return replace(annex, years=(), reason=_LEDGER if ledgers else _INTERIM)
    if len(recent) >= rule.closed_years:
        needed = set(recent[: rule.closed_years])
        sure_of = {year for each in sets if each.found.kind.certain for year in each.years}
        final = {year for each in sets if not _closing.is_draft(each.found.document) for year in each.years}
        if sure_of >= needed and final >= needed:
            return replace(annex, state=AnnexState.PRESENT)
        return replace(annex, reason=_DRAFT if sure_of >= needed else _UNSURE_KIND)
    if absent.state is AnnexState.UNCLEAR:
        return replace(absent, places=(*annex.places, *absent.places), years=told)
    if ledgers:
        return replace(annex, reason=_LEDGER)
    undated = sum(not each.years for each in sets)
    return _too_few(annex, rule, sets, recent, undated, sure=sure, young=len(recent) >= possible)


def _too_few(
    annex: Annex,
    rule: AnnexRule,
    sets: Sequence[_Set],
    recent: Sequence[int],
    undated: int,
    *,
    sure: bool,
    young: bool,
) -> Annex:
    """Fewer recent years than needed: why a person must look, else partial."""
    told = annex.years
    if (told and not recent) or len(told) >= rule.closed_years:
        return replace(annex, reason="les exercices trouvés ne sont pas les derniers")
    if undated and len(recent) + undated >= rule.closed_years:
        return replace(annex, reason="l'année d'un document n'a pas pu être lue")
    if not recent:
        return replace(annex, reason="l'année n'a pas pu être lue")
    if not sure:
        return replace(annex, reason=_UNSURE_KIND)
    if young:
        return replace(annex, reason=_TOO_YOUNG)
    if any(each.shows_another for each in sets):
        return replace(annex, reason=_ONE_DOCUMENT)
    return replace(annex, state=AnnexState.PARTIAL)


def _set(one: FoundAnnex, edition: Edition) -> _Set:
    """A year that is not closed at the deadline is a budget's, and no year of accounts."""
    until = edition.local(edition.dates.deadline).date()
    days = [day for day in closing(one) if day <= until]
    promised = _closing.years_promised(one.document)
    if promised and max(promised) < until.year and _closing.has_two_columns(one.document):
        return _Set(one, promised, shows_another=True)
    in_turn = tuple(sorted((y for y in _closing.years_in_turn(one.document) if y < until.year), reverse=True))
    if len(in_turn) > 1:
        return _Set(one, in_turn, shows_another=True)
    years = {day.year for day in days} | {y for y in _closing.years_told(one.document) if y < until.year}
    another = any(year - 1 in years for year in years) or _closing.has_two_columns(one.document)
    return _Set(one, (days[0].year,) if days else (), another)


def closing(one: FoundAnnex) -> tuple[date, ...]:
    """Closing dates of accounts, as written in them; the year in the file's name where they tell none."""
    found = _closing.closing_dates(one.document)
    if found:
        return found
    named = set(re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", one.file.name))
    return (date(int(named.pop()), 12, 31),) if len(named) == 1 else ()


def _founded(answers: Mapping[str, Answer], edition: Edition) -> date | None:
    question = edition.eligibility.created_question
    answer = answers.get(question) if question else None
    try:
        return date.fromisoformat(str(answer.value)) if answer else None
    except ValueError:  # in the applicant's own words
        return None


def _possible(rule: AnnexRule, founded: date | None, edition: Edition) -> int:
    """How many closed years a structure can have at the deadline."""
    if founded is None:
        return rule.closed_years
    late = founded.month >= LONG_FIRST_YEAR
    return max(0, edition.dates.deadline.year - founded.year - late)
