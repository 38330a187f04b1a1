"""What speaks for each kind of document: one table of clues, weighed, and read aloud as grounds.

A clue is looked for in folded text (lower case, no accents). Where it stands decides what it counts:

- `TITLE`: a phrase that names the kind. Whole at the head of a page, half as a heading further down, and
  next to nothing within a sentence: a CV that speaks of « comptes annuels » is no set of accounts;
- `HEADING`: a short line that such papers have as a heading, each different one counting once;
- `WORDS`: anywhere; twice as often is not twice as sure;
- `COUNT`: what such papers have many of, each different one counting once up to `most`.

The kinds that every programme asks for stand here, beside papers that look like them and are none of them:
without those, nine of seventeen such papers were misfiled (measured on public documents). An edition adds
words of its own, or kinds of its own, which count as titles.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from data.edition import AnnexRule
from parsers._wording import fold


class Where(Enum):
    """Where a clue is looked for, and so what it counts."""

    TITLE = "title"
    HEADING = "heading"
    WORDS = "words"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Clue:
    """Something that speaks for a kind."""

    label: str
    """How it is told to a person, in French."""
    where: Where
    weight: float
    pattern: re.Pattern[str]
    most: int = 4


def _title(label: str, weight: float, pattern: str) -> Clue:
    """« ^ » begins a row, not only the first one of a page."""
    return Clue(label, Where.TITLE, weight, re.compile(pattern, re.MULTILINE))


def _heading(label: str, weight: float, pattern: str, most: int = 5) -> Clue:
    return Clue(label, Where.HEADING, weight, re.compile(pattern), most)


def _words(label: str, weight: float, pattern: str, most: int = 4) -> Clue:
    return Clue(label, Where.WORDS, weight, re.compile(pattern), most)


def _count(label: str, weight: float, pattern: str, most: int) -> Clue:
    return Clue(label, Where.COUNT, weight, re.compile(pattern), most)


_YEAR = r"20[0-4]\d"
_AMOUNT = (
    r"(?<![\d/.-])-?\d{1,3}(?:[ .]\d{3})*(?:,\d\d)(?!\d)"
    r"|(?<![\d/.-])\d{1,3}(?:[ .]\d{3})+(?![\d.])"
)

CLUES: Mapping[str, tuple[Clue, ...]] = {
    "statutes": (
        _title(
            "titre « statuts »",
            7,
            r"\bstatuts\b(?! (?:social|et le reglement))|\bstatuten\b|\bstatutes\b"
            r"|\barticles of association\b",
        ),
        _title(
            "acte constitutif",
            6,
            r"\bacte (?:constitutif|de constitution)\b|\boprichtingsakte\b|^constitution\b"
            r"|\bdeed of incorporation\b",
        ),
        _title(
            "texte coordonné",
            4,
            r"\b(?:texte |statuts )?coordonnes?\b|\bcoordination des statuts\b"
            r"|\bgecoordineerde\b",
        ),
        _words(
            "objet de l'acte : statuts",
            9,
            r"\b(?:objet(?:\(s\)|s)? de l.{0,2}acte"
            r"|onderwerp(?: van de)? akte)\s*:?[^.:]{0,80}?(?:constitution|statuts"
            r"|coordination|oprichting|statut)",
            1,
        ),
        _count(
            "articles numérotés",
            0.8,
            r"(?m)^\W{0,3}(?:art(?:icle|ikel)?s?\b\.?|§)\s*(?:1er|premier|\d{1,2}|un|deux|trois|quatre|cinq|six|sept"
            r"|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt)\b",
            10,
        ),
        _count(
            "titres numérotés",
            0.6,
            r"(?m)^\W{0,3}(?:titre|chapitre|titel|title|hoofdstuk)\s+(?:[ivx]{1,4}|\d|premier|un|deux|trois|quatre|cinq)\b",
            4,
        ),
        _heading(
            "rubriques de statuts",
            0.8,
            r"^\W*(?:(?:art\w*|§|titre|chapitre|titel|hoofdstuk)?\W*(?:\d{1,2}|[ivx]{1,4})\W+)?"
            r"(?:l['a ]\s?|l[ae] |les )?(?:denomination|nom|siege(?: social)?"
            r"|but(?: desinteresse)?|objet(?: social)?|duree|membres|cotisations?|(?:demission|sortie)s?"
            r"|exclusion|assemblee generale|(?:organe|conseil) d'administration|representation"
            r"|gestion journaliere|exercice social|annee comptable|dissolution(?: et liquidation)?)\W*$",
            6,
        ),
        _words(
            "objet, but social",
            1.8,
            r"\bobjet social\b|\bbut (?:desinteresse|social)\b|\bbelangeloos doel\b"
            r"|\ba pour (?:but|objet)\b",
        ),
        _words(
            "dénomination et siège",
            1.5,
            r"\best denommee?\b|\bsous l(?:a denomination|e nom)\b|\bson siege (?:social )?est (?:etabli"
            r"|situe|fixe)\b|\bdraagt de naam\b|\bzetel (?:van de \w+ )?is gevestigd\b"
            r"|\bdont le siege\b",
        ),
        _words("durée", 2, r"\bduree (?:illimitee|indeterminee)\b|\bonbepaalde duur\b"),
        _words(
            "membres, parts",
            1.2,
            r"\bmembres? (?:effectifs?|adherents?)\b|\bwerkende leden\b|\bles (?:actions"
            r"|parts) sont\b|\bappel de fonds\b|\bapports?\b",
        ),
        _words(
            "pouvoirs de l'assemblée",
            0.8,
            r"\bsont reservees? a sa competence\b|\b(?:nomme|elit) et revoque\b|\bconvoquee?\b"
            r"|\bmajorite des deux tiers\b"
            r"|\bmodification (?:des|aux) statuts\b",
        ),
        _words(
            "administrateurs",
            0.8,
            r"\b(?:deux|trois|cinq|sept|neuf) administrateurs\b|\breeligibles?\b|\bherbenoembaar\b"
            r"|\bmandats? (?:est |sont )?de (?:deux|trois|quatre|cinq|six) ans\b",
            3,
        ),
        _words(
            "dissolution",
            1.2,
            r"\ben cas de dissolution\b|\bliquidateurs?\b|\bvereffening\b|\bontbinding\b"
            r"|\bactif net\b",
        ),
        _words(
            "loi",
            0.8,
            r"\bcode des societes et (?:des )?associations\b|\bloi du 27 juin 1921\b"
            r"|\bwetboek van vennootschappen\b|\bpresents statuts\b|\bcode des societes\b",
        ),
        _words(
            "acte de fondation",
            2,
            r"\bont (?:convenu|requis|declare)\b|\bcomparants?\b|\bil (?:a ete"
            r"|est) (?:convenu de )?constitue\b|\bdevant nous\b|\bvoor ons,? meester\b"
            r"|\bles (?:fondateurs )?soussignes?\b",
            3,
        ),
    ),
    "activity_report": (
        _title(
            "titre de rapport",
            8,
            rf"\brapport (?:annuel |moral (?:et )?)?(?:d['a ]?\s?|de nos |des )?activites?\b"
            rf"|\brapport (?:annuel|moral|d'impact|d'execution)\b|\bbilan (?:d['a ]?\s?|des "
            rf"|de nos )activites?\b|\bbilan moral\b|\bjaarverslag\b|\b(?:activiteiten"
            rf"|werkings)verslag\b|\b(?:annual|activity|impact) report\b|\bjaarrapport\b"
            rf"|\bnos realisations (?:en )?{_YEAR}\b|\bcompte[- ]rendu (?:annuel|(?:de nos |des "
            rf"|d[' ])activites)\b"
            rf"|\brapport (?:de fonctionnement|de gestion et d'activites|d'evaluation|special (?:du|de l))\b"
            rf"|^rapport (?:de l'annee )?{_YEAR}\b"
            rf"|\bevaluation (?:de l'action|des (?:actions|activites)|annuelle)\b|\bbilan (?:de l'annee"
            rf"|de l'action|{_YEAR})\b"
            rf"|\btableau de bord (?:annuel|{_YEAR})\b",
        ),
        _title(
            "rapport d'un projet, impact",
            6,
            r"\brapport (?:final|narratif)\b(?! de stage)|\beindverslag\b"
            rf"|\bnotre impact (?:en |social )?{_YEAR}|^ce qu(?:e nous avons|'on a) fait\b",
        ),
        _title(
            "rapport de gestion",
            5,
            r"\brapport (?:(?:annuel )?de gestion|(?:annuel )?(?:de l.organe|du conseil) d.administration)\b"
            r"|\b(?:beleids|bestuurs)verslag\b",
        ),
        _title(
            "année racontée",
            5,
            rf"\b{_YEAR} en (?:bref|chiffres|images|resume|revue|actions?)\b|\bretrospective\b"
            rf"|^{_YEAR}\W{{1,3}}(?:une|notre|l['a ]) ?annee\b|\braconte son annee\b"
            rf"|^{_YEAR} (?:chez|avec|dans)\b|\bretour sur (?:l'annee|notre annee|{_YEAR})\b"
            rf"|\b(?:une|notre|l['a ]) ?annee\b.{{0,30}}\b{_YEAR}\b|\bactivites "
            rf"(?:realisees |menees |organisees )?(?:(?:de|pour) l'annee |en )?(?:ecoulee \W?)?{_YEAR}\b"
            rf"|\bl'annee en (?:\d+ )?(?:chiffres|images|bref)\b"
            rf"|\b(?:temps|moments) forts (?:de |en )?{_YEAR}\b|\bfaits marquants (?:de |en )?{_YEAR}\b"
            rf"|^en quelques chiffres\b|\b{_YEAR} in (?:beeld|cijfers|review)\b|\bbilan {_YEAR} de nos\b",
        ),
        _heading(
            "chapitres d'un rapport",
            1.5,
            r"\bchiffres[- ]cles\b|\bkerncijfers\b|\bkey figures\b|\bfaits marquants\b"
            r"|\btemps forts\b|\bperspectives\b|\bvooruitzichten\b|\blooking ahead\b|\b(?:mot"
            r"|edito\w*|message)\b.{0,20}\b(?:president\w*|equipe|directi\w+)"
            r"|\bedito(?:rial)?\b|\bvoorwoord\b|\ba word from\b|\bnos? (?:activites|actions"
            r"|realisations|projets|missions|publics|partenaires|equipe)\b|\bles activites\b"
            r"|\bonze (?:activiteiten|werking|missie)\b|\bour (?:activities|mission|team)\b"
            r"|\bpartenaires et reseau\b|\bremerciements\b|\bannee en chiffres\b"
            r"|\bprojets? (?:menes?|realises?)\b|\bfoyers?\b|\bnos resultats\b|\bdifficultes rencontrees\b"
            r"|\b(?:description des )?actions (?:menees|realisees)\b|\bprofil des publics\b"
            r"|\bpublics? (?:cible|touche)s?\b"
            r"|\bpartenariats?\b|\brappel des objectifs\b|\brealise (?:en )?20\d\d\b"
            r"|\ben quelques (?:dates|chiffres|mots)\b"
            r"|\b(?:analyse et|evaluation et) perspectives\b|\bils nous soutiennent\b"
            r"|^(?:nombre de )?(?:participant|presence)s?\b$|^frequentation\b"
            r"|\bmois par mois\b|^et demain\b|\bnotre impact\b|\blecons apprises\b|^cap sur 20\d\d\b"
            r"|^ce qu(?:e nous avons|'on a) (?:fait|appris)\b|^avec qui\b"
            r"|^activites realisees\b"
            r"|\bevolution des affaires\b|\brapport special\b|\baffectation du resultat\b"
            r"|^(?:principaux )?risques\b|\bevenements (?:importants|posterieurs)\b",
            5,
        ),
        _count(
            "chiffres de l'activité",
            0.7,
            r"\b\d[\d .]*\s?(?:personnes|participant\w*|habitant\w*|stagiaires|benevoles"
            r"|heures|ateliers|animations|visiteurs|familles|beneficiaires|membres|jeunes"
            r"|enfants|eleves|formations|objets|kilos|tonnes|clients|salaries|volontaires|seances"
            r"|inscrits|passages|partenaires"
            r"|mensen|bezoekers|(?:buurt)?bewoners|gezinnen|kinderen|jongeren|activiteiten|workshops"
            r"|participations|nationalites|deelnemers|cursisten|vrijwilligers"
            r"|volunteers|participants"
            r"|[a-z]{3,}s? (?:accompagne|accueilli|aide|collecte|distribue|encadre|forme|livre|loge|oriente"
            r"|organise|plante|realise|recu|recycle|remi|repare|servi|soutenu|suivi|touche|traite|vendu)e?s)\b",
            6,
        ),
        _count(
            "récit au passé",
            0.4,
            r"\bnous avons \w+|\b(?:l'equipe|l'asbl|l'association|la cooperative) a \w+|\bse sont \w+"
            r"|\bont (?:ete )?\w+"
            r"|\bwe (?:have )?\w+ed\b|\bwij hebben\b|\b(?:we|wij) (?:hebben|\w+den)\b"
            r"|\b(?:bereikten|organiseerden|openden) we\b",
            8,
        ),
        _words(
            "récit de l'année",
            0.8,
            rf"\bau cours de (?:l'annee|cette annee|{_YEAR})\b|\bcette annee\b"
            rf"|\ben {_YEAR},? (?:nous|l'equipe|l'asbl|l'association|notre)\b"
            rf"|\bin {_YEAR} (?:hebben|werd|we)\b|\bl'annee {_YEAR} a ete\b"
            rf"|\b{_YEAR} was a year\b",
        ),
        _words(
            "mots d'un rapport",
            0.35,
            r"\bateliers?\b|\bbenevoles\b|\bpartenariats?\b|\bpublics?\b|\bquartier\b"
            r"|\bprojet commun\b|\bvrijwilligers\b|\bvolunteers\b|\bworkshops?\b"
            r"|\bsensibilisation\b|\banime\b|\baccueilli\b|\borganise\b",
        ),
    ),
    "accounts": (
        _title(
            "titre de comptes",
            7,
            r"\bcomptes annuels\b|\bjaarrekening\b|\b(?:annual|financial) (?:accounts"
            r"|statements)\b|\betats? (?:des (?:recettes|depenses)|du patrimoine"
            r"|financiers?)\b|\bcomptes? (?:simplifies?|de l['a ]|des? )(?: ?association"
            r"| ?asbl| ?exercice| ?annee)?\s?(?:de )?(?:resultats?|20)?"
            r"|\bcomptes? (?:20[0-4]\d|simplifies?)\b"
            r"|\bcomptabilite (?:simplifiee )?20[0-4]\d\b|\bstaat van (?:het vermogen"
            r"|ontvangsten)",
        ),
        _title(
            "bilan",
            6,
            r"(?<!\Wdes\W)\bbilans?\b(?! (?:d['a ]|des |de |moral|carbone|social\b|humain|personnel"
            r"|pedagog|20\d\d de nos))|\bbilans? (?:des 2|des deux|de l'exercice|de cloture)"
            r"|\bbalans\b|\bbalance sheet\b|\bbalance (?:des comptes|des soldes|generale|interne"
            r"|comptable|definitive|des generaux)\b|\bproef- en saldibalans\b|\bsaldibalans\b"
            r"|\bsituation (?:comptable|intermediaire|financiere au)\b",
        ),
        _title(
            "compte de résultats",
            5,
            r"\bcomptes? de resultats?\b|\bresultatenrekening\b|\bprofit (?:and|&) loss\b|^grand[- ]livre\b"
            r"|\bincome statement\b|\brecettes\b.{0,12}\bdepenses\b|\bdepenses\b.{0,12}\brecettes\b"
            r"|\bcomptes? de pertes et profits\b|\brapport (?:du tresorier|de la tresoriere|financier)\b"
            r"|\bcomptes? d'exploitation\b|\b(?:rentrees|entrees)\b.{0,12}\bsorties\b"
            r"|\bontvangsten en uitgaven\b",
        ),
        _heading(
            "rubriques de comptes",
            1.3,
            r"\bactifs?\b(?! net)|\bpassifs?\b|\bactiva\b|\bpassiva\b|\brecettes\b"
            r"|\bdepenses\b|\bcharges\b|\bproduits\b|\bcapitaux propres\b|\bfonds (?:propres"
            r"|social|de l'association|affectes)\b|\beigen vermogen\b|\bdettes\b|\bcreances\b"
            r"|\bschulden\b|\bvorderingen\b|\b(?:actifs )?immobilis\w+|\bvaste activa\b"
            r"|\bstocks?\b|\bvaleurs disponibles\b|\bliquid(?:ites|e middelen)\b"
            r"|\bregularisation\b|\bregles d'evaluation\b|\bwaarderingsregels\b|\bpatrimoine\b"
            r"|\bassets\b|\bliabilities\b|\bavoirs\b|\bamortissements?\b|\bkosten\b"
            r"|\bopbrengsten\b|^(?:rentrees|entrees|sorties)\b(?! (?:gratuite|libre))",
            9,
        ),
        _count(
            "codes de la Banque nationale",
            1.2,
            r"(?<![\d/])(?:20/58|10/49|10/15|21/28|22/27|29/58|40/41|42/48|50/53|54/58|490/1"
            r"|492/3|17/49|60/61|60/66a|70/76a|640/8|75/76b|65/66b|9900|9901|9902|9903|9904"
            r"|9905|630)(?![\d/])",
            8,
        ),
        _count(
            "comptes du plan comptable",
            0.8,
            r"(?m)^\W{0,2}(?!(?:19|20)\d\d\b)[1-7]\d{2,5}\b(?=[\s;,]+[a-z])|(?m:^[1-7]\d{5})\b",
            8,
        ),
        _words(
            "modèle de la Banque nationale",
            2.5,
            r"\b(?:avm|vol|abr|mic|full|micro|m|a)-(?:asbl|app|cap|vzw|vol|inst)\b"
            r"|\b(?:date du )?depot\b.{0,40}\bn°?\b.{0,30}\bp\.\s+u\."
            r"|\bbanque nationale de belgique\b|\bcentrale des bilans\b|\bbalanscentrale\b"
            r"|\bbilan social\b|\bsociale balans\b",
            2,
        ),
        _words(
            "exercice",
            1.2,
            r"\bexercice (?:precedent|comptable|social|cloture|couvrant|(?:du )?\d\d?[ /.-])"
            r"|\b(?:vorig )?boekjaar\b|\bexercice 20[0-4]\d\b|\bl'exercice\b"
            r"|\bfinancial year\b",
        ),
        _words(
            "totaux",
            1.5,
            r"\btotal (?:de l['a ]?\s?|du |des |general )?(?:actif|passif|bilan|recettes"
            r"|depenses|charges|produits)\b|\btotaal\b.{0,12}\b(?:activa|passiva)\b"
            r"|\btotaux\b|\btotal assets\b",
        ),
        _words(
            "résultat",
            1,
            r"\b(?:benefice|perte|resultat|boni"
            r"|mali)\b(?:\s\(perte\))?(?: net)?(?: de l['a ]exercice| reporte|$| \d)|\bwinst\b"
            r"|\bverlies\b|\bresultat net\b",
        ),
        _words("débit, crédit", 1.2, r"\bdebit\b.{0,30}\bcredit\b|\bsolde (?:debiteur|crediteur)\b"),
        _words(
            "colonnes d'une balance",
            2.5,
            r"\bcompte\W{1,3}(?:libelle|intitule|nom|omschrijving)\W{1,3}(?:debit|solde)\b",
            1,
        ),
        _count("montants", 0.22, _AMOUNT, 20),
    ),
    "cv": (
        _title(
            "titre de CV",
            8,
            r"\bcurriculum(?: vitae)?\b|\bbiographie\b|\bnotice biographique\b"
            r"|^c\.?v\.?(?= |$)|^resume\b(?= [-–—:|] ?\w| of )"
            r"|\beuropass\b|\blevensloop\b",
        ),
        _title("« resume »", 3, r"^resume\W*$"),
        _heading(
            "rubriques de CV",
            2,
            r"\bexperiences?\b(?! de | du )(?: professionnelles?)?"
            r"|\bparcours(?: professionnel)?\b|\bwerkervaring\b|\b(?:work "
            r"|professional )?experience\b|\bformations?\b|\betudes\b|\bdiplomes?\b"
            r"|\beducation\b|\bopleiding(?:en)?\b|\bcompetences\b|\bskills\b|\bvaardigheden\b"
            r"|\blangues?\b|\btalen\b|\blanguages\b|\bconnaissances (?:linguistiques"
            r"|informatiques)\b|\binformatique\b|\bcentres? d['a ]?\s?interets?\b|\bloisirs\b"
            r"|\bhobb(?:y|ies)\b|\binterests\b|\binteresses\b|\bprofil\b|\breferences?\b"
            r"|\binformations personnelles\b|\b(?:employment|work) history\b|^employment$|^profile$"
            r"|\bpersoonlijke gegevens\b|\bbenevolat\b"
            r"|\bsavoir-(?:faire|etre)\b|\ba propos(?: de moi)?\b|\batouts\b|\bstages?\b"
            r"|\bengagements?\b|\bpublications\b|^(?:loopbaan|studies|talenkennis|profiel)\b",
            6,
        ),
        _count(
            "périodes d'emploi",
            1,
            r"\b(?:(?:0?\d|1[0-2])[/.])?(?:19|20)\d\d\s?(?:[-–—>]+|a|au|to"
            r"|tot)\s?(?:(?:[a-z]{3,9}\.? )?(?:(?:0?\d|1[0-2])[/.])?(?:19|20)\d\d\b|auj\b|aujourd"
            r"|present|a ce jour|ce jour|en cours|heden|nu\b|now|actuel)|\bdepuis (?:[a-z]{3,9} "
            r"|(?:0?\d|1[0-2])[/.])?(?:19|20)\d\d\b",
            5,
        ),
        _words(
            "état civil",
            1.5,
            r"\bne(?:e)?\(?e?\)? (?:le|en|a)\b|\bnationalite\b|\bdate de naissance\b"
            r"|\bgeboren\b|\betat civil\b|\bpermis (?:de conduire|b)\b|\brijbewijs\b"
            r"|\bdate of birth\b|\bsituation familiale\b",
            3,
        ),
        _words(
            "niveaux de langue",
            1,
            r"\bje parle\b|\bnatif\b|\blangue maternelle\b|\bmaternelle\b|\bbilingue\b|\bcourant\b"
            r"|\bmoedertaal\b"
            r"|\b[abc][12]\b|\bnative\b|\bfluent\b|\bvlot\b",
            3,
        ),
        _words(
            "vie racontée",
            0.8,
            r"\b(?:debute|commence) sa carriere\b|\b(?:il|elle|puis) (?:rejoint|dirige|coordonne|travaille"
            r"|enseigne|fonde|cofonde|devient)\b"
            r"|\bparle (?:le |l['a ]\s?)?(?:francais|neerlandais|anglais|arabe)\b"
            r"|\bson parcours\b|\b(?:she|he) (?:joined|led|leads|founded|worked)\b",
            4,
        ),
        _words(
            "diplômes",
            0.8,
            r"\bbachelier|\bbachelor\b|\bmaster\b|\blicence\b|\blicencie\w*\b|\bgraduat\b"
            r"|\buniversite\b|\bulb\b|\bucl(?:ouvain)?\b|\bvub\b|\bhaute ecole\b|\bcess\b|\bbrevet\b"
            r"|\bdiplomee? (?:en|de)\b|\bbaccalaureat\b|\buniversiteit\b|\buniversity\b|\bagregation\b",
            4,
        ),
        _words(
            "coordonnées d'une personne",
            0.6,
            r"\blinkedin\b|[\w.+-]+@[\w-]+\.\w+|\b(?:gsm|tel)\b|\b04\d\d[ /.]?\d\d",
            3,
        ),
        _words(
            "fonctions",
            0.5,
            r"\bcoordina(?:teur|trice|tor)\b|\bcharge?e? de (?:projets?|mission)\b"
            r"|\banima(?:teur|trice)\b|\bdirect(?:eur|rice)\b|\bresponsable\b|\bassistante?\b"
            r"|\bcomptable\b|\bgestionnaire\b|\bconsultante?\b|\bmedewerker\b|\bofficer\b"
            r"|\bmanager\b|\bstagiaire\b|\beducat(?:eur|rice)\b",
            4,
        ),
    ),
}

LOOK_ALIKES: Mapping[str, tuple[Clue, ...]] = {
    "procès-verbal": (
        _title(
            "procès-verbal",
            10,
            r"\bproces[- ]verba(?:l|ux)\b|^\W*p\.?v\.? (?:de |du |ag|ca|oa)"
            r"|\bcompte[- ]rendu\b(?! (?:annuel|(?:de nos |des |d.)activites))"
            r"|\bverslag van de (?:vergadering|algemene)\b|\bnotulen\b"
            r"|\bminutes of\b",
        ),
        _title(
            "assemblée, conseil",
            6,
            r"^\W*(?:reunion (?:du|de l|de la)|assemblee generale|conseil d'administration"
            r"|algemene vergadering"
            r"|raad van bestuur|vergadering van)\b",
        ),
        _words(
            "séance",
            2.2,
            r"\b(?:sont |etaient )?present(?:·?e?·?s|·es|s|e·s)?(?: \([^)]{0,12}\))?\s*:"
            r"|\bexcuse(?:e?s|·e·s)?\s*:|\b(?:la )?seance est (?:ouverte|levee)\b"
            r"|\bordre du jour\b|\bagendapunt|\baanwezig\s*:|\bsecretaire de seance\b"
            r"|\bse sont reunis\b|\b(?:assemblee|bureau|comite|conseil|organe)\b[^.]{0,60}\bs'est reuni\w*\b"
            r"|\bdebut de (?:la )?(?:reunion|seance)\b"
            r"|\bquorum\b",
            6,
        ),
        _words(
            "votes",
            1,
            r"\bvotes?\b|\bpour\s*:\s*\d|\babstentions?\b|\ba l['a ]unanimite\b|\bdecharge\b"
            r"|\badopte(?:e|s)?\b",
            6,
        ),
    ),
    "règlement, charte ou politique": (
        _title(
            "règlement",
            12,
            r"\breglement (?:d['a ]?\s?ordre |de )?(?:interieur|\wravail)\b"
            r"|\bhuishoudelijk reglement\b|\barbeidsreglement\b|^r\.?o\.?i\.?\b|^charte\b"
            r"|^code de conduite\b|^politique (?:de|du)\b|\bconditions generales\b",
        ),
        _words("règlement", 1.5, r"\bpresent reglement\b|\bpresente charte\b"),
    ),
    "convocation ou procuration": (
        _title(
            "convocation",
            10,
            r"\bconvocations?\b|^\W*procuration\b|^\W*invitation a l.assemblee\b|\boproeping\b"
            r"|\buitnodiging\b|^\W*volmacht\b",
        ),
        _words(
            "invitation",
            2.5,
            r"\bvous etes (?:cordialement )?(?:invitee?s?|convies?)\b|\bdonne procuration\b"
            r"|\best convoquee? (?:le|en)\b|\bchere? membre\b|\bvous (?:informer|convier"
            r"|inviter)\b.{0,30}\bassemblee\b|\bassemblee generale .{0,50}\b(?:aura lieu"
            r"|se tiendra)\b|\bordre du jour (?:sera|est) le suivant\b"
            r"|\bassister a l'assemblee\b",
        ),
    ),
    "extrait du Moniteur belge (nominations, siège)": (
        _words(
            "objet de l'acte : autre",
            16,
            r"\b(?:objet(?:\(s\)|s)? de l.{0,2}acte"
            r"|onderwerp(?: van de)? akte)\s*:?\s*(?!(?:.{0,80})(?:constitution|statut"
            r"|oprichting))[^:]{0,60}?(?:nominat|demission|siege|administrat|mandat"
            r"|commissaire|delegation|divers|benoeming|ontslag|zetel|comptes|pouvoirs"
            r"|renouvellement|reelection|transfert)",
            1,
        ),
        _words(
            "nominations",
            1.2,
            r"\bacte la demission\b|\ben qualite d['a ]administrat|\best nommee?\b"
            r"|\bmandat (?:est )?renouvele\b|\bbenoemd\b|\bontslag\b|\btransferer le siege\b",
            3,
        ),
    ),
    "facture, devis ou bon": (
        _title(
            "facture",
            10,
            r"^(?:facture|devis|factuur|invoice|offerte|bon de commande|note de (?:frais"
            r"|credit)|quittance|recu)\b|\bfacture n|\bdevis n|\boffre de prix\b"
            r"|^rappel de paiement\b",
        ),
        _words(
            "paiement",
            2,
            r"\btotal (?:ttc|tvac)\b|\b(?:total )?a payer\b|\becheance\s*:|\btva (?:6|21) %|\bbtw 21"
            r"|\bbon pour accord\b|\ba verser sur le compte\b",
            3,
        ),
    ),
    "lettre": (
        _title(
            "lettre",
            9,
            r"^(?:de|from|van)\s?: ?[^@\n]{0,60}@"
            r"|^lettre\b|\blettre de (?:motivation|soutien|recommandation|candidature)\b"
            r"|\bmotivatiebrief\b|^note d.intention\b|\bcover letter\b",
        ),
        _words(
            "formules de lettre",
            3,
            r"\bmadame,? monsieur\b|\bsalutations (?:distinguees|les meilleures)\b"
            r"|\bsentiments (?:distingues|les meilleurs|respectueux)\b|^(?:concerne|objet) : candidature\b"
            r"|\bje (?:vous prie|souhaite)\b"
            r"|\bbien (?:cordialement|a vous)\b|\bpar la presente\b|\ba qui de droit\b|\bje soussignee?\b"
            r"|\brecommande (?:chaleureusement|vivement)\b"
            r"|\bgeachte\b|\bmet vriendelijke groeten?\b|\bcher matthias\b|\bdear\b"
            r"|\bveuillez (?:agreer|trouver)\b|\bnous vous (?:prions|remercions)\b",
            3,
        ),
        _words("annexes énumérées", 1.5, r"\ben annexe\b|\bci-joints?\b|\bpieces jointes\b|\bin bijlage\b"),
    ),
    "budget ou plan financier": (
        _title(
            "budget",
            11,
            r"\bbudgets?\b(?! (?:annuel )?de \d)"
            r"|\bplan (?:financier|de tresorerie|d.affaires)\b|\bprevision(?:nel"
            r"|s)\b|\bbusiness ?(?:plan|model)\b|\bbegroting\b|\bfinancieel plan\b|\bprojections?\b",
        ),
        _words(
            "prévisions",
            1.6,
            r"\bprevisionnel\w*\b|\bprevues?\b|\bhypotheses?\b|\bbesoin en fonds\b"
            r"|\bprevisions?\b",
        ),
    ),
    "projet ou plan d'action": (
        _title(
            "projet",
            10,
            r"\bplans? d'actions?\b|\bplan (?:strategique|de developpement)\b|\bactieplan\b|\bprojectplan\b"
            r"|\b(?:presentation|description|fiche|note|dossier) (?:du |de |d')?projet\b|\betude de marche\b",
        ),
    ),
    "convention, arrêté ou contrat": (
        _title(
            "convention",
            11,
            r"^conventions?\b|^contrat\b|^arrete\b|\barrete (?:du|portant|ministeriel)\b"
            r"|^bail\b|^protocole\b|\bpacte d.(?:actionnaires|associes)\b|\bovereenkomst\b|^agrements?\b"
            r"|^accord\b"
            r"|\bconvention de (?:subvention|partenariat)\b|^decision\b|^notification\b",
        ),
        _words(
            "parties, attendus",
            1.5,
            r"\bvu (?:l'ordonnance|le decret|la loi|l'arrete)\b|\bd'une part\b|\bci-apres\b"
            r"|\bportant agrement\b|\bentre en vigueur\b",
            3,
        ),
    ),
    "attestation, diplôme ou pièce d'identité": (
        _title(
            "attestation",
            10,
            r"^attestations?\b|^(?:certificat|diplome)\b(?!.*\b(?:19|20)\d\d\W*$)|\bcarte d.identite\b"
            r"|\bidentiteitskaart\b|^releve d.identite\b|^attest\b|^extrait de (?:casier|role"
            r"|compte)|^extrait bce\b|\bpasseport\b|\breleve de compte\b"
            r"|\bdonnees de l'entite enregistree\b|\bregistre ubo\b|\bpublic search\b|^banque-carrefour\b"
            r"|^accuses? de reception\b|^preuve de depot\b|^mention d[ue] depot\b"
            r"|^conditions particulieres\b|\bpolice\b.{0,40}\bn°",
        ),
        _words(
            "certifie",
            3,
            r"\bcertifie\b|\bnous confirmons (?:le depot|la reception)\b"
            r"|\bregistre national\b|\bpolice n|\biban be\d\d.{0,40}\bbic\b"
            r"|\bconferons a\b|\bresponsabilite civile\b",
            3,
        ),
    ),
    "offre d'emploi ou profil de fonction": (
        _title(
            "profil de fonction",
            11,
            r"\bprofil de (?:fonction|poste)\b|\b(?:offre d'emploi|description de (?:fonction|poste))\b"
            r"|\bappel a candidatures?\b|\bvacature\b|\bfunctieprofiel\b"
            r"|(?<!avons.)(?<!\ba.)(?<!\bont.)\b(?:engage|recrute|recherche) une?\b",
        ),
        _words(
            "recrutement",
            3,
            r"\bnous offrons\b|\benvoyez (?:votre )?(?:cv|candidature)\b|\bcv et (?:une )?lettre\b"
            r"|\bwij bieden\b|\bcommission paritaire\b|\bentree en fonction\b",
            3,
        ),
    ),
    "pièce fiscale ou sociale": (
        _title(
            "déclaration",
            12,
            r"^declarations? (?:a la t\.?v\.?a|a l'impot|i\.?p\.?m|i\.?soc|trimestrielle|dmfa|btw)"
            r"|\bimpot des (?:personnes morales|societes)\b|\bexercice d'imposition\b|\bintervat\b"
            r"|\bbtw-aangifte\b"
            r"|\bavertissement[- ]extrait de role\b|^fiches? (?:de (?:paie|salaire)|281)|^loonfiche\b"
            r"|^compte individuel\b|\brecapitulatif (?:annuel )?des remunerations\b"
            r"|\blisting (?:annuel |tva )?(?:des )?clients\b",
        ),
        _words(
            "administration",
            1.5,
            r"\bs\.?p\.?f\.? finances\b|\bservice public federal finances\b|\bfod financien\b"
            r"|\bprecompte professionnel\b"
            r"|\bnet a payer\b|\bcadre (?:[ivx]+|\d)\b",
            4,
        ),
    ),
    "extrait bancaire ou journal": (
        _title(
            "extrait bancaire",
            11,
            r"^extraits? (?:de compte|bancaires?)\b|^rekeninguittreksel\b|^historique (?:des? )?comptes?\b"
            r"|^historique des (?:comptes|mouvements|operations)\b|^journal (?:des"
            r"|de) (?:achats|ventes"
            r"|banque|caisse|operations)\b|^livre de caisse\b|^decompte\b|^releve des depenses\b"
            r"|\b(?:decompte|releve) (?:recapitulatif|des (?:depenses|frais))\b|\bpieces justificatives\b"
            r"|\btableau d'amortissement\b|^mandats bancaires\b",
        ),
        _words(
            "mouvements",
            2,
            r"\b(?:nouveau|ancien|precedent) solde\b|\bsolde (?:precedent|nouveau|initial|final)\b"
            r"|\bvirement (?:de|en|a)\b"
            r"|\bsinceres et veritables\b|\bbeneficiaire du subside\b",
            3,
        ),
    ),
    "rapport du réviseur": (
        _title(
            "rapport du réviseur",
            9,
            r"\brapport (?:du|des) (?:commissaires?|reviseurs?|verificateurs?)\b"
            r"|\bverslag van de (?:commissaris|revisor)\b",
        ),
    ),
    "présentation, dépliant ou presse": (
        _title(
            "présentation",
            8,
            r"\ben quelques mots\b|^qui sommes[- ]nous\b|^organigramme\b|^organogram\b"
            r"|^revue de presse\b|^communique de presse\b|^flyer\b|^programme (?:du|de la"
            r"|des)\b|^newsletter\b|^(?:liste|registre) des (?:membres|participants|partenaires|annexes"
            r"|pieces|documents)\b|^appel aux? dons?\b|^questionnaire\b|^bordereau\b"
            r"|^inventaire des pieces\b|^sommaire des annexes\b|^ledenlijst\b"
            r"|^(?:la )?(?:gazette|lettre d'information|infolettre)\b|\bn° ?\d+,? (?:ete|hiver|automne"
            r"|printemps)\b|^dossier de presse\b",
        ),
        _words(
            "dépliant",
            1.5,
            r"\bentree (?:gratuite|libre)\b|\breportage\b|\bdes \d{1,2} ?h\b"
            r"|\binscrivez-vous\b|\binfos? et reservations?\b",
        ),
        _words(
            "jour et heure annoncés",
            3,
            r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+\d{1,2}(?:er)?\s+[a-z]{3,9}(?:\s+20\d\d)?"
            r"\W+(?:de |des |a |a partir de )?\d{1,2}\s?(?:h|:\d\d)",
            1,
        ),
        _words("éditeur responsable", 2, r"\bed(?:it|iteur)?\.? ?resp(?:onsable|\.)", 1),
    ),
}
"""Papers that come with applications and are none of the annexes, by what they are called."""

RESEMBLING: Mapping[str, tuple[str, ...]] = {
    "statutes": (
        "procès-verbal",
        "règlement, charte ou politique",
        "extrait du Moniteur belge (nominations, siège)",
        "convention, arrêté ou contrat",
        "attestation, diplôme ou pièce d'identité",
    ),
    "activity_report": (
        "procès-verbal",
        "convocation ou procuration",
        "lettre",
        "projet ou plan d'action",
        "présentation, dépliant ou presse",
    ),
    "accounts": (
        "procès-verbal",
        "facture, devis ou bon",
        "budget ou plan financier",
        "convention, arrêté ou contrat",
        "attestation, diplôme ou pièce d'identité",
        "pièce fiscale ou sociale",
        "extrait bancaire ou journal",
        "rapport du réviseur",
    ),
    "cv": (
        "lettre",
        "offre d'emploi ou profil de fonction",
    ),
}
"""Which of them speak with the words of an annex, so that their title decides."""

NAMES: Mapping[str, str] = {
    "statutes": r"statuts?|statuten|acte.?(?:constitutif|notarie|de constitution)|moniteur"
    r"|oprichting|coordonne",
    "activity_report": r"rapport|\bra.?20\d\d|jaarverslag|werkingsverslag|(?:annual|activity"
    r"|impact).{0,3}report|bilan.(?:d.)?(?:activites?|moral)|activites?",
    "accounts": r"bilan(?!.(?:d.)?activ|.moral)|\bcomptes?\b|comptabilite|jaarrekening|accounts"
    r"|\bbnb\b|\bnbb\b|resultats?|depenses|recettes|balance",
    "cv": r"\bcv|curriculum|resume",
}
"""How files of the usual kinds are called, folded."""


def clues_for(annex: AnnexRule) -> tuple[Clue, ...]:
    """The clues for an annex: those of its usual kind, and the edition's own words as titles."""
    own = tuple(_title(f"« {word} »", 6, rf"\b{re.escape(fold(word))}\b") for word in annex.words)
    return (*CLUES.get(annex.id, ()), *own)
