"""What kind of annex a document is: words weighed, three times in the title zone, against look-alikes.

The kinds that every programme asks for are known here; an edition may add words, or kinds of its own.
Look-alikes (minutes, house rules, summons, invoices, extracts about nominations) have patterns too:
without them nine of seventeen such documents were misfiled (measured on public documents).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.edition import AnnexRule, Edition
from data.model import Document, Ground, Origin
from parsers._fields import dates
from parsers._wording import fold

TITLE_LINES = 12
CERTAIN, LIKELY = 9.0, 5.0
MARGIN = 1.25
"""How many times the second kind's weight the first needs."""
MAX_CHARACTERS = 400_000

_PATTERNS: Mapping[str, tuple[tuple[str, float], ...]] = {
    "statutes": (
        (r"\bstatuts?\b(?: coordonnes| de l['a])?", 2),
        (r"\bstatuts coordonnes\b|\bacte constitutif\b", 5),
        (r"\bgecoordineerde statuten\b|\bstatuten\b|\boprichtingsakte\b", 4),
        (r"\barticle\s+(?:1er|premier|\d{1,2})\b|\bart\.\s*\d{1,2}\b|\bartikel\s+\d{1,2}\b", 0.35),
        (r"\btitre\s+(?:i{1,3}|iv|v|vi|1|2|premier)\b", 0.8),
        (r"\bobjet social\b|\bbut (?:desinteresse|social)\b|\bbelangeloos doel\b", 2.5),
        (r"\bsiege social\b|\bmaatschappelijke zetel\b", 0.8),
        (r"\bdenomination\b|\bbenaming\b", 0.6),
        (r"\bassemblee generale\b|\balgemene vergadering\b", 0.25),
        (r"\borgane d['a ]administration\b|\bbestuursorgaan\b", 0.3),
        (r"\bdissolution\b|\bliquidation\b|\bontbinding\b", 0.8),
        (r"\bmembres (?:effectifs|adherents)\b|\bwerkende leden\b", 1.5),
        (
            r"\bcode des societes et des associations\b|\bloi du 27 juin 1921\b"
            r"|\bwetboek van vennootschappen\b",
            1,
        ),
        (r"\bdevant nous,? maitre\b|\bnotaire\b|\bvoor ons,? meester\b", 0.7),
        (r"\bvolet b\b|\breserve au moniteur\b|\bluik b\b", 1),
        (r"\bl['a ]association est denommee\b|\bil est constitue\b|\bduree (?:illimitee|indeterminee)\b", 3),
    ),
    "activity_report": (
        (
            r"\brapport (?:annuel )?d['a ]?\s?activites?\b|\brapport annuel\b|\bbilan d['a ]?\s?activites?\b",
            4,
        ),
        (r"\bjaarverslag\b|\bactiviteitenverslag\b|\bannual report\b|\bactivity report\b", 4),
        (r"\bnos (?:activites|actions|realisations|projets)\b", 0.9),
        (r"\bchiffres[- ]cles\b|\bkerncijfers\b|\bfaits marquants\b|\btemps forts\b", 2),
        (r"\bperspectives\b|\bvooruitzichten\b", 0.5),
        (r"\b(?:mot|edito|message) d(?:u|e la) president|\bedito(?:rial)?\b|\bvoorwoord\b", 1.5),
        (r"\bbenevoles\b|\bpartenaires\b|\bateliers\b|\bparticipants\b|\bbeneficiaires\b", 0.15),
        (r"\bau cours de l['a ]annee\b|\ben 20[12]\d\b", 0.25),
        (r"\bannee 20[12]\d\b|\bexercice d['a ]activite\b", 0.4),
        (r"\bprojets? (?:realises?|menes?)\b|\bactivites (?:realisees|menees|de l['a ]annee)\b", 1.2),
    ),
    "accounts": (
        (r"\bcomptes annuels\b|\bjaarrekening\b|\bannual accounts\b", 4),
        (r"\bbilan(?: comptable)?\b(?! d['a ]activ| carbone| de competence)", 1),
        (r"\bcompte de resultats?\b|\bresultatenrekening\b|\bcompte de pertes et profits\b", 3),
        (r"\bactifs?\b|\bpassifs?\b|\bactiva\b|\bpassiva\b", 0.5),
        (r"\bimmobilisations?\b|\bvaste activa\b|\bamortissements?\b", 0.6),
        (r"\bdettes a (?:un|plus d)\b|\bcreances\b|\bschulden\b|\bvorderingen\b", 0.6),
        (r"\bcapitaux propres\b|\bfonds propres\b|\beigen vermogen\b|\bfonds social\b", 1),
        (r"\bexercice (?:precedent|comptable|social|cloture)\b|\bboekjaar\b", 1),
        (
            r"\betat des (?:recettes|depenses)\b|\brecettes et (?:des )?depenses\b|\betat du patrimoine\b"
            r"|\bstaat van (?:het vermogen|ontvangsten)\b",
            4,
        ),
        (r"\b(?:20/58|10/49|10/15|9904|9901|60/66a|70/76a|54/58|21/28|29/58)\b", 1.5),
        (r"\b[avm]-(?:asbl|app|cap|vzw|vol)\b|\bbanque nationale de belgique\b|\bbnb\b|\bnbb\b", 1.5),
        (r"\btotal de l['a ]actif\b|\btotal (?:du )?(?:actif|passif|bilan)\b|\btotaal (?:der )?activa\b", 2),
        (r"\bcharges\b|\bproduits\b|\bkosten\b|\bopbrengsten\b", 0.15),
        (
            r"\bbenefice (?:net |de l['a ]exercice)|\b(?:perte|resultat) de l['a ]exercice\b",
            1.2,
        ),
        (r"\bbalance (?:des comptes|generale|interne)\b", 3),
    ),
    "cv": (
        (r"\bcurriculum(?: vitae)?\b|\bc\.?v\.?\b(?! de la| de l)", 3),
        (
            r"\bexperiences?(?: professionnelles?)?\b|\bparcours professionnel\b|\bwerkervaring\b"
            r"|\bwork experience\b",
            2,
        ),
        (r"\bformations?\b|\betudes\b|\bdiplomes?\b|\beducation\b|\bopleidingen?\b", 0.8),
        (r"\bcompetences\b|\bskills\b|\bvaardigheden\b", 1.5),
        (r"\blangues\b|\btalen\b|\blanguages\b", 1),
        (r"\bcentres? d['a ]interets?\b|\bloisirs\b|\bhobb(?:y|ies)\b|\bhobby['a ]?s\b", 1.5),
        (r"\bpermis (?:de conduire|b)\b|\brijbewijs\b", 1.2),
        (r"\bne(?:e)? (?:le|en|a)\b|\bnationalite\b|\bdate de naissance\b", 0.6),
        (r"\blangue maternelle\b|\bbilingue\b|\bcourant\b|\bmoedertaal\b|\bniveau [abc][12]\b", 0.5),
        (r"\b(?:19|20)\d\d\s?[-–—]\s?(?:(?:19|20)\d\d|aujourd'hui|present|a ce jour|en cours|heden)", 0.6),
        (r"\bprofil\b|\ba propos de moi\b|\bobjectif professionnel\b", 0.7),
        (r"\bbachelier|\bmaster\b|\blicence\b|\buniversite\b|\bulb\b|\buclouvain\b|\bhaute ecole\b", 0.4),
        (r"\blinkedin\b", 0.5),
    ),
}

_LOOK_ALIKES: Mapping[str, tuple[tuple[str, float], ...]] = {
    "procès-verbal": (
        (
            r"\bproces[- ]verba(?:l|ux)\b|\bp\.?v\.? de (?:la )?(?:reunion|l['a ]assemblee)"
            r"|\bcompte[- ]rendu\b|\bverslag van de vergadering\b|\bnotulen\b",
            5,
        ),
        (
            r"\b(?:sont )?presents?\s*:|\bexcuses?\s*:|\bla seance est (?:ouverte|levee)\b|\bordre du jour\b",
            2,
        ),
        (r"\bvotes?\b|\bpour\s*:\s*\d|\babstentions?\b|\ba l['a ]unanimite\b", 0.5),
    ),
    "règlement d'ordre intérieur": (
        (r"\breglement (?:d['a ]ordre )?interieur\b|\bhuishoudelijk reglement\b|\br\.?o\.?i\.?\b", 6),
    ),
    "convocation": (
        (r"\bconvocation\b|\bprocuration\b|\best convoquee?\b|\bvous etes (?:invites|convies)\b", 5),
    ),
    "extrait du Moniteur (nominations)": (
        (r"\bnominations?\b|\bdemissions?\b|\bbenoeming|\bontslag", 2),
        (r"\bobjet (?:de l['a ]acte )?:\s*(?:nomination|demission|modification du siege)", 8),
    ),
    "facture": (
        (r"\bfacture\b|\bfactuur\b|\binvoice\b", 4),
        (r"\btva\b.{0,40}\beur\b|\bechéance\b|\btotal ttc\b|\ba payer\b", 1.5),
    ),
    "lettre": (
        (r"\bmadame, monsieur\b|\bobjet\s*:|\bsalutations distinguees\b|\bcordialement\b", 1.5),
        (r"\blettre de (?:motivation|soutien|recommandation)\b", 6),
    ),
    "budget": ((r"\bbudget (?:previsionnel|20\d\d)\b|\bplan financier\b|\bprevisionnel\b", 4),),
    "rapport du réviseur": ((r"\brapport du commissaire\b|\breviseur d['a ]entreprises\b", 3),),
}

_NAMES: Mapping[str, str] = {
    "statutes": r"statuts?|statuten|acte.?constitutif|moniteur",
    "activity_report": r"rapport|\bra.?20\d\d|jaarverslag|activit(?:e|y).{0,3}report",
    "accounts": r"bilan|comptes?|jaarrekening|accounts|\bbnb\b|\bnbb\b|resultats?|depenses|recettes",
    "cv": r"\bcv|curriculum|resume",
}

_CLOSING = (
    re.compile(
        r"(?:clotur\w*|arret\w*|clos|afgesloten|se terminant|ended|prenant fin)"
        r"\s+(?:au|le|op|on)?\s*(?:the )?(.{6,24})"
    ),
    re.compile(r"\b(?:du|van|from)\s+.{6,22}?\s+(?:au|tot|to|jusqu'au)\s+(.{6,22})"),
    re.compile(
        r"\b(?:bilan|situation|comptes? annuels?|patrimoine|actif|balance)\s+(?:interne |provisoire )?"
        r"(?:au|le|a la date du|par)\s+(.{6,20})"
    ),
    re.compile(r"\bau\s+(31[ /.-]12[ /.-]\d{2,4}|31 decembre \d{4}|30 juin \d{4}|30[ /.-]0?6[ /.-]\d{4})"),
)
_YEAR_ONLY = re.compile(
    r"\b(?:exercice|comptes annuels|bilan|annee|boekjaar|jaarrekening|depenses)\s*(?:comptable |social |:)?"
    r"\s*(20[0-4]\d)\b"
)
_SPACED = re.compile(r"(?:(?<=\s)|^)(?:\w ){5,}\w(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a document was taken for, and how surely."""

    id: str | None
    """Id of an annex of the edition; None for anything else."""
    certain: bool
    grounds: tuple[Ground, ...]
    look_alike: str | None = None


def classify(document: Document, file: str, edition: Edition) -> Kind:
    """Weigh a document's words; its file name is weak evidence."""
    body, title = _texts(document)
    weights = {annex.id: _weight(_patterns(annex), body, title) for annex in edition.annex}
    named = by_name(file, edition)
    for annex in named:
        weights[annex] = weights.get(annex, 0.0) + 2.5
    others = {name: _weight(patterns, body, title) for name, patterns in _LOOK_ALIKES.items()}
    if not weights:
        return Kind(None, False, ())
    best = max(weights, key=lambda kind: weights[kind])
    rival = max(
        [weight for kind, weight in weights.items() if kind != best] + list(others.values()), default=0.0
    )
    grounds = tuple(
        Ground(kind, round(weight))
        for kind, weight in sorted({**weights, **others}.items(), key=lambda kv: -kv[1])[:4]
        if weight >= 1
    )
    alike = max(others, key=lambda name: others[name])
    if weights[best] >= CERTAIN and weights[best] >= MARGIN * rival:
        return Kind(best, True, grounds)
    if (
        weights[best] >= LIKELY
        and weights[best] >= rival
        and (best in named or weights[best] >= MARGIN * rival)
    ):
        return Kind(best, best in named, grounds)
    if best in named and len(named) == 1 and others[alike] < CERTAIN and weights[best] >= 0.8 * rival:
        return Kind(best, False, grounds)
    return Kind(None, False, grounds, alike if others[alike] >= LIKELY else None)


def ranges(document: Document, after: int, edition: Edition) -> list[tuple[Document, Kind, tuple[int, int]]]:
    """The parts of a file that holds several documents: each starts where a page's head names a kind.

    Only pages behind ``after`` are looked at; what comes before the first head belongs to no kind.
    """
    dated = {annex.id for annex in edition.annex if annex.closed_years}
    heads: list[tuple[int, str, int | None]] = []
    for page in document.pages:
        named = _head(document, page.number, edition) if page.number > after else None
        if named is None:
            continue
        year = _year_on(document, page.number) if named in dated else None
        again = bool(heads) and heads[-1][1] == named and (year is None or heads[-1][2] in {None, year})
        if not again:
            heads.append((page.number, named, year))
    last = document.pages[-1].number if document.pages else 0
    found = []
    for index, (first, _, _) in enumerate(heads):
        until = heads[index + 1][0] - 1 if index + 1 < len(heads) else last
        part = replace(document, lines=tuple(line for line in document.lines if first <= line.page <= until))
        kind = classify(part, "", edition)
        if kind.id and kind.certain:
            found.append((part, kind, (first, until)))
    return found


def _head(document: Document, page: int, edition: Edition) -> str | None:
    """The kind, or look-alike, that the first lines of a page speak of, if one stands out."""
    rows = [line.text for line in document.lines if line.page == page and line.text.strip()][:6]
    text = fold(" \n ".join(rows))
    weights = {annex.id: _strongest(_patterns(annex), text) for annex in edition.annex}
    weights |= {name: _strongest(patterns, text) for name, patterns in _LOOK_ALIKES.items()}
    best = max(weights, key=lambda kind: weights[kind], default=None)
    return best if best is not None and weights[best] >= 3 else None


def _year_on(document: Document, page: int) -> int | None:
    """The year that a page's accounts were closed, by its first lines."""
    rows = tuple(line for line in document.lines if line.page == page)[:10]
    found = closing_dates(replace(document, lines=rows))
    return found[0].year if found else None


def _strongest(patterns: Sequence[tuple[str, float]], text: str) -> float:
    return max((weight for pattern, weight in patterns if re.search(pattern, text)), default=0.0)


def names_an_annex(plain: str) -> bool:
    """Whether a folded file name speaks of one of the usual annexes."""
    return any(re.search(pattern, plain) for pattern in _NAMES.values())


def by_name(file: str, edition: Edition) -> list[str]:
    """The annexes that a file's name speaks of."""
    plain = re.sub(r"[_\-.]+", " ", fold(file.rsplit("/", 1)[-1]))
    found = [
        annex.id
        for annex in edition.annex
        if (annex.id in _NAMES and re.search(_NAMES[annex.id], plain))
        or any(fold(word) in plain for word in annex.words)
    ]
    if (
        len(found) > 1
        and "activity_report" in found
        and not re.search(r"activ|annuel|jaarverslag|moral", plain)
    ):
        found.remove("activity_report")
    return found


def closing_dates(document: Document) -> tuple[date, ...]:
    """Closing dates of accounts, the most frequent first; the 31st of December where only a year is told."""
    body, _ = _texts(document)
    found: dict[date, int] = {}
    for pattern in _CLOSING:
        for match in pattern.finditer(body[:60_000]):
            for day in dates(match[1])[:1]:
                if 2000 <= day.year <= 2045:
                    found[day] = found.get(day, 0) + 1
    if not found:
        for match in _YEAR_ONLY.finditer(body[:20_000]):
            day = date(int(match[1]), 12, 31)
            found[day] = found.get(day, 0) + 1
    return tuple(sorted(found, key=lambda day: (-found[day], -day.toordinal())))


def has_two_columns(document: Document) -> bool:
    """Whether accounts show the year before beside the year."""
    body, _ = _texts(document)
    return bool(re.search(r"exercice\s+precedent|vorig(?:e)? boekjaar|\bn\s*-\s*1\b", body[:80_000]))


def report_year(document: Document) -> int | None:
    """The year that a report is about: the one in its title, else none."""
    _, title = _texts(document)
    told = re.findall(r"\b(20[0-4]\d)\b", title)
    return int(told[0]) if told else None


def _texts(document: Document) -> tuple[str, str]:
    """Folded text of the document, and of its title zone; letter-spaced words (Moniteur belge) closed up."""
    rows = [line.text for line in document.lines if line.origin is not Origin.COMMENT and line.text.strip()]
    clean = [_SPACED.sub(lambda m: m[0].replace(" ", ""), row) for row in rows]
    title = fold(" \n ".join(clean[:TITLE_LINES]))
    return fold(" \n ".join(clean)[:MAX_CHARACTERS]), title


def _patterns(annex: AnnexRule) -> Sequence[tuple[str, float]]:
    own = [(rf"\b{re.escape(fold(word))}\b", 4.0) for word in annex.words]
    return [*_PATTERNS.get(annex.id, ()), *own]


def _weight(patterns: Sequence[tuple[str, float]], body: str, title: str) -> float:
    """Each pattern counts up to six times, and three times more in the title zone."""
    total = 0.0
    for pattern, weight in patterns:
        count = min(len(re.findall(pattern, body)), 6)
        total += weight * (count**0.5 if count else 0.0)
        if re.search(pattern, title):
            total += 2 * weight
    return total
