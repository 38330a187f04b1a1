"""Every annex is attached, and accounts are of the last closed years."""

from collections.abc import Iterator

from checks._check import Tell, check
from checks._standing import annex_of, closed_years, lacks_recent_years
from data.edition import AnnexRule, Edition
from data.model import Annex, AnnexState, Dossier, Finding, Place, Severity

MISSING = Tell("annex.missing", Severity.BLOCKING, "Nous n'avons pas trouvé {label}.")
PARTIAL = Tell(
    "annex.partial", Severity.BLOCKING, "Pour {label}, nous avons trouvé {found}, mais pas {lacking}."
)
UNCLEAR = Tell("annex.unclear", Severity.REVIEW, "Nous n'avons pas pu vérifier {label} ; {reason}.")
OLD = Tell(
    "annex.old",
    Severity.REVIEW,
    "Pour {label}, les documents reçus portent sur {found} ; les plus récents portent sur {wanted}.",
)


@check(MISSING, PARTIAL, UNCLEAR, OLD, asks="Every annex is attached, accounts for the last closed years.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Say of each annex what is not there, and which years the accounts are of."""
    for rule in edition.annex:
        annex = annex_of(dossier, rule.id)
        place = annex.places[0] if annex.places else None
        yield from _look_at(rule, annex, place, edition)
        if lacks_recent_years(annex, rule, edition):
            found, wanted = _years(annex.years), _years(closed_years(rule, edition))
            yield OLD.about(rule.id, place, label=rule.label, found=found, wanted=wanted)


def _look_at(rule: AnnexRule, annex: Annex, place: Place | None, edition: Edition) -> Iterator[Finding]:
    match annex.state:
        case AnnexState.PRESENT:
            return
        case AnnexState.MISSING:
            yield MISSING.about(rule.id, place, label=rule.label)
        case AnnexState.PARTIAL:
            found = _years(annex.years) if annex.years else "une partie"
            lacking = _lacking(rule, annex, edition)
            yield PARTIAL.about(rule.id, place, label=rule.label, found=found, lacking=lacking)
        case AnnexState.UNCLEAR:
            reason = annex.reason or "une personne regardera ce que vous avez envoyé"
            yield UNCLEAR.about(rule.id, place, label=rule.label, reason=reason)


def _lacking(rule: AnnexRule, annex: Annex, edition: Edition) -> str:
    """The years still wanted, named only where those found leave no doubt which they are."""
    wanted = closed_years(rule, edition)
    if annex.years and set(annex.years) < set(wanted):
        return _years(tuple(year for year in wanted if year not in annex.years))
    return "le reste"


def _years(years: tuple[int, ...]) -> str:
    *first, last = [str(year) for year in sorted(set(years))]
    return f"les exercices {', '.join(first)} et {last}" if first else f"l'exercice {last}"
