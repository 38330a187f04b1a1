"""Why a person must look, as the readers say it in French, in the other languages of our letters.

A reason that is not here is told in general words: no letter waits for a translation.
"""

import re
from collections.abc import Iterator
from functools import cache

REASONS: dict[str, tuple[str, str]] = {
    "une marque couvre une option : choisie ou barrée, on ne le voit pas": (
        "een teken staat over een optie: of ze gekozen of geschrapt is, is niet te zien",
        "a mark covers an option: whether it is chosen or struck out cannot be seen",
    ),
    "on ne voit pas sur la page numérisée quelle option est choisie": (
        "op de gescande pagina is niet te zien welke optie gekozen is",
        "the scanned page does not show which option is chosen",
    ),
    "un nom lisible se trouve à la place de la signature : tapé, ou écrit à la main": (
        "op de plaats van de handtekening staat een leesbare naam: getypt, of met de hand geschreven",
        "a legible name stands in place of the signature: typed, or written by hand",
    ),
    "le texte d'un message semble y répondre": (
        "de tekst van een bericht lijkt er een antwoord op te geven",
        "the text of a message seems to answer it",
    ),
    "un fichier n'a pas pu être lu": (
        "een bestand kon niet gelezen worden",
        "a file could not be read",
    ),
    "« {} » n'a pas pu être lu entièrement et pourrait porter la signature": (
        "« {} » kon niet volledig gelezen worden; de handtekening kan erop staan",
        "« {} » could not be read completely and may bear the signature",
    ),
    "un lien de téléchargement remplace peut-être ce document": (
        "een downloadlink staat misschien in de plaats van dit document",
        "a download link may stand in place of this document",
    ),
    "« {} » en contient peut-être une partie": (
        "« {} » bevat er misschien een deel van",
        "« {} » may contain a part of it",
    ),
    "« {} » est difficile à lire et contient peut-être ce document": (
        "« {} » is moeilijk leesbaar en bevat misschien dit document",
        "« {} » is hard to read and may hold this document",
    ),
    "peut-être dans « {} »": ("misschien in « {} »", "perhaps in « {} »"),
    "le nom de la personne référente n'y a pas été retrouvé (nous y lisons « {} »)": (
        "wij vonden er de naam van de contactpersoon niet in (wij lezen er « {} »)",
        "we did not find the contact person's name in it (we read « {} »)",
    ),
    "le contenu ne permet pas d'être certain du type de document": (
        "uit de inhoud blijkt niet zeker welk soort document het is",
        "its content does not tell for certain what kind of document it is",
    ),
    "la structure est peut-être trop jeune pour avoir autant d'exercices clos": (
        "de structuur is misschien te jong om zoveel boekjaren afgesloten te hebben",
        "the organisation may be too young to have closed so many financial years",
    ),
    "les comptes les plus récents se disent projet ou provisoires": (
        "de recentste rekeningen noemen zich ontwerp of voorlopig",
        "the latest accounts call themselves draft or provisional",
    ),
    "deux exercices y sont lisibles, dans un seul document : à confirmer": (
        "er staan twee boekjaren in één document: te bevestigen",
        "two financial years stand in one document: to be confirmed",
    ),
    "ces comptes ne couvrent qu'une partie d'une année": (
        "deze rekeningen gaan maar over een deel van een jaar",
        "these accounts cover only a part of a year",
    ),
    "un grand livre montre les écritures d'une année, et ni bilan ni compte de résultats": (
        "een grootboek toont de boekingen van een jaar, en geen balans of resultatenrekening",
        "a general ledger shows the entries of a year, and no balance sheet or income statement",
    ),
    "les exercices trouvés ne sont pas les derniers": (
        "de gevonden boekjaren zijn niet de laatste",
        "the financial years found are not the latest",
    ),
    "l'année d'un document n'a pas pu être lue": (
        "het jaar van een document kon niet gelezen worden",
        "the year of a document could not be read",
    ),
    "l'année n'a pas pu être lue": ("het jaar kon niet gelezen worden", "the year could not be read"),
    "plusieurs options sont cochées : {}": (
        "er zijn verschillende opties aangekruist: {}",
        "several options are ticked: {}",
    ),
    "la seule option visible est barrée": (
        "de enige zichtbare optie is doorgehaald",
        "the only visible option is struck out",
    ),
    "une case est cochée, mais laquelle n'est pas certain": (
        "er is een vakje aangekruist, maar welk is niet zeker",
        "a box is ticked, but it is not certain which",
    ),
    "on ne voit pas quelle option reste choisie": (
        "het is niet te zien welke optie gekozen blijft",
        "one cannot see which option remains chosen",
    ),
    "plusieurs options sont mises en évidence": (
        "er zijn verschillende opties gemarkeerd",
        "several options are highlighted",
    ),
    "plusieurs questions se suivent sur une ligne : ce qui suit répond peut-être à chacune": (
        "meerdere vragen volgen op één regel: wat erop volgt, antwoordt misschien op elk ervan",
        "several questions follow on one line: what comes after may answer each of them",
    ),
    "un simple tiret tient lieu de réponse": (
        "er staat alleen een streepje als antwoord",
        "only a dash stands for an answer",
    ),
    "un texte provisoire occupe la place de la réponse": (
        "een voorlopige tekst staat op de plaats van het antwoord",
        "a provisional text stands in place of the answer",
    ),
    "deux cases sont marquées : {}": ("er zijn twee vakjes aangeduid: {}", "two boxes are marked: {}"),
    "des notes sont données ensemble, sans qu'on sache à quelle affirmation va chacune": (
        "er worden scores samen gegeven, zonder dat duidelijk is welke bij welke stelling hoort",
        "scores are given together, without showing which statement each belongs to",
    ),
    "une case est marquée, mais laquelle n'est pas certain": (
        "er is een vakje aangeduid, maar welk is niet zeker",
        "a box is marked, but it is not certain which",
    ),
    "« {} » n'est pas lu avec certitude": (
        "« {} » is niet met zekerheid gelezen",
        "« {} » was not read with certainty",
    ),
    "« {} » n'est pas un nombre entier": ("« {} » is geen geheel getal", "« {} » is not a whole number"),
    "« {} » n'est pas un nombre de l'échelle": (
        "« {} » is geen getal van de schaal",
        "« {} » is not a number of the scale",
    ),
    "plusieurs nombres sont indiqués": ("er staan verschillende getallen", "several numbers are given"),
    "la question n'a pas pu être lue sur la page numérisée": (
        "de vraag kon op de gescande pagina niet gelezen worden",
        "the question could not be read on the scanned page",
    ),
    "quelque chose est écrit à cet endroit, que nous n'avons pas pu lire": (
        "op die plaats staat iets dat wij niet konden lezen",
        "something is written there that we could not read",
    ),
    "une image se trouve à cet endroit, dans laquelle nous n'avons rien pu lire": (
        "op die plaats staat een beeld waarin wij niets konden lezen",
        "a picture stands there, in which we could read nothing",
    ),
    "l'écriture est difficile à lire": (
        "het handschrift is moeilijk leesbaar",
        "the writing is hard to read",
    ),
    "la page numérisée est difficile à lire": (
        "de gescande pagina is moeilijk leesbaar",
        "the scanned page is hard to read",
    ),
    "la page qui suit n'a pas pu être lue": (
        "de volgende pagina kon niet gelezen worden",
        "the next page could not be read",
    ),
    "la page qui suit n'est pas parmi celles que nous avons": (
        "de volgende pagina is er niet bij",
        "the next page is not among those that we have",
    ),
    "la place de la signature n'a pas pu être lue sur la page numérisée": (
        "de plaats van de handtekening kon op de gescande pagina niet gelezen worden",
        "the place of the signature could not be read on the scanned page",
    ),
    "un cachet se trouve à la place de la signature": (
        "op de plaats van de handtekening staat een stempel",
        "a stamp stands in place of the signature",
    ),
    "une image imprimée (logo ou photo) se trouve à la place de la signature": (
        "op de plaats van de handtekening staat een gedrukt beeld (logo of foto)",
        "a printed picture (a logo or a photo) stands in place of the signature",
    ),
    "une image qui n'a pas pu être ouverte se trouve à la place de la signature": (
        "op de plaats van de handtekening staat een beeld dat niet geopend kon worden",
        "a picture that could not be opened stands in place of the signature",
    ),
    "une croix ou un trait se trouve à la place de la signature": (
        "op de plaats van de handtekening staat een kruis of een streep",
        "a cross or a stroke stands in place of the signature",
    ),
    "des traits pâles se trouvent à la place de la signature": (
        "op de plaats van de handtekening staan bleke strepen",
        "pale strokes stand in place of the signature",
    ),
    "quelques mots écrits à la main se trouvent à la place de la signature": (
        "op de plaats van de handtekening staan enkele woorden met de hand geschreven",
        "a few handwritten words stand in place of the signature",
    ),
    "une signature se trouve près d'ici, sans qu'on sache de qui": (
        "er staat een handtekening in de buurt, maar het is niet zeker van wie",
        "there is a signature nearby, but it is not certain whose",
    ),
    "un nom se trouve près des signatures, sans qu'on sache de qui": (
        "er staat een naam bij de handtekeningen, maar het is niet zeker van wie",
        "there is a name near the signatures, but it is not certain whose",
    ),
    "le nom et la fonction sont demandés ensemble, et rien ne les sépare": (
        "de naam en de functie worden samen gevraagd, en niets scheidt ze",
        "the name and the function are asked for together, and nothing parts them",
    ),
    "une image se trouve près des signatures, sans qu'on sache de qui": (
        "er staat een beeld bij de handtekeningen, maar het is niet zeker van wie",
        "there is a picture near the signatures, but it is not certain whose",
    ),
    "des images se trouvent à la fin, sans place prévue pour signer": (
        "er staan beelden aan het einde, zonder plaats om te ondertekenen",
        "there are pictures at the end, with no place to sign",
    ),
    "un cercle se trouve à la place de la signature": (
        "op de plaats van de handtekening staat een cirkel",
        "a circle stands in place of the signature",
    ),
    "quelque chose est écrit à la main à cet endroit": (
        "op die plaats is iets met de hand geschreven",
        "something is written there by hand",
    ),
    "un nom est tapé à la place de la signature": (
        "op de plaats van de handtekening is een naam getypt",
        "a name is typed in place of the signature",
    ),
    "le fichier porte une signature numérique, sans qu'on sache de qui": (
        "het bestand draagt een digitale handtekening, maar het is niet zeker van wie",
        "the file bears a digital signature, but it is not certain whose",
    ),
    "certificat émis par « {} »": ("certificaat uitgereikt door « {} »", "certificate issued by « {} »"),
    "certificat établi par la personne elle-même": (
        "certificaat opgesteld door de persoon zelf",
        "certificate made by the person",
    ),
    "des pages n'ont pas pu être lues": (
        "sommige pagina's konden niet gelezen worden",
        "some pages could not be read",
    ),
}
"""By the French, with {} for what is quoted: in Dutch, and in English."""
LANGUAGES = ("nl", "en")


def translated(french: str, code: str) -> str | None:
    """The reason in another language; None where it is not known."""
    said = french.strip().rstrip(".")
    for pattern, words in _patterns():
        if found := pattern.fullmatch(said):
            return words[LANGUAGES.index(code)].format(*found.groups())
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, str]], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[re.Pattern[str], tuple[str, str]]]:
    for french, words in REASONS.items():
        yield re.compile("(.+?)".join(map(re.escape, french.split("{}")))), words
