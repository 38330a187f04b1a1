"""What every letter must be: readable aloud, the same in both parts, kind."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html as lxml_html

from data.model import Letter, LetterKind
from notifier._tongue import LANGUAGES, speak
from tests.notifier.builders import VALUES, edition
from tests.notifier.letters import EVERY, FOREIGN, TO_APPLICANTS, TO_THE_OFFICER

GOLDENS = Path(__file__).parent / "goldens"
NEVER_WRITTEN = (
    r"\b(veuillez|erreurs?|invalides?|rejet\w*|refus\w*|incorrect\w*|tu|ton|tes|ta|Monsieur|Madame)\b"
)
UNKIND = {
    "nl": r"\b(fouten?|ongeldige?|gelieve|geweigerd|je|jij|jouw|jullie|meneer|mevrouw)\b",
    "en": r"\b(errors?|invalid|rejected|refused|incorrect|failed|sir|madam)\b",
}
AUTOMATIC = {
    "fr": "automatique et porte seulement sur les pièces, pas sur votre projet.* une personne vous lira",
    "nl": "automatisch en gaat alleen over de stukken, niet over uw project.* iemand van het team leest",
    "en": "automatic and concerns only the documents, not your project.* a person will read",
}
PROOF = {
    "fr": r"2026 à \d\d:\d\d:\d\d \(heure de Bruxelles, UTC\+2\)",
    "nl": r"2026 om \d\d:\d\d:\d\d \(Brusselse tijd, UTC\+2\)",
    "en": r"2026 at \d\d:\d\d:\d\d \(Brussels time, UTC\+2\)",
}
SUBJECTS = {
    language: [f"{re.escape(words)} – " for words in speak(language).SUBJECTS.values()]
    for language in LANGUAGES
}
ABBREVIATED_DOUBLET = r"\w+[.·\-](?:e|es|ne|nes|trice|trices|ère|ères)\b(?!\w)"


def written(letter: Letter) -> str:
    """A letter as a golden keeps it."""
    return f"À : {letter.recipient.email}\nObjet : {letter.subject}\n\n{letter.text}"


@pytest.mark.parametrize("name", EVERY)
def test_each_letter_reads_as_its_golden(name: str, golden: Callable[[Path, str], None]) -> None:
    """The words are those that somebody has read aloud."""
    golden(GOLDENS / f"{name}.txt", written(EVERY[name]()))


def shown_text(html: str) -> str:
    """What a person sees or hears of the HTML part."""
    page = lxml_html.document_fromstring(html)
    for hidden in page.xpath("//*[@aria-hidden='true'] | //style | //title"):
        hidden.drop_tree()
    for picture in page.xpath("//img"):
        picture.tail = f"{picture.get('alt')} {picture.tail or ''}"
    for end in page.xpath("//br | //td | //th | //p | //h1 | //h2"):
        end.tail = f"\n{end.tail or ''}"
    return str(page.text_content())


@pytest.mark.parametrize("name", EVERY)
def test_text_and_html_say_the_same(name: str) -> None:
    """Word for word, in the same order, however each is laid out."""
    letter = EVERY[name]()

    assert re.findall(r"\w+", letter.text) == re.findall(r"\w+", shown_text(letter.html))


@pytest.mark.parametrize("name", EVERY)
def test_each_html_part_stands_alone(name: str) -> None:
    """It says its language and title, loads nothing, runs nothing, and every link dials or writes."""
    page = lxml_html.document_fromstring(EVERY[name]().html)

    assert page.get("lang") == EVERY[name]().language
    assert page.findtext(".//title")
    assert all(each.get("src").startswith("cid:") and each.get("alt") for each in page.xpath("//img"))
    assert not page.xpath("//script | //link | //iframe | //form | //*[@onclick]")
    assert page.xpath("//*[@src]") == page.xpath("//img")
    assert all(re.match(r"(mailto|tel):", link) for link in page.xpath("//a/@href"))
    assert all(
        table.get("role") == "presentation" or table.xpath("./tr/th[@scope='col']")
        for table in page.xpath("//table")
    )


@pytest.mark.parametrize("name", TO_APPLICANTS | TO_THE_OFFICER)
def test_french_signs_never_start_a_line(name: str) -> None:
    """No ordinary space stands before « : ; ? ! » in HTML, and no line of text starts with one."""
    letter = EVERY[name]()

    assert not re.search(r"[ \n][:;?!»]|« ", shown_text(letter.html))
    assert not re.search(r"^\s*[:;?!»]", letter.text, re.MULTILINE)


@pytest.mark.parametrize("name", TO_APPLICANTS)
def test_applicants_are_spoken_to_kindly(name: str) -> None:
    """No reproach, no « veuillez », nobody's title guessed, no abbreviated doublet of ours."""
    letter = TO_APPLICANTS[name]()
    said = f"{letter.subject}\n{letter.text}"

    assert not re.search(NEVER_WRITTEN, said, re.IGNORECASE)
    assert not re.search(ABBREVIATED_DOUBLET, re.sub(r"\S+@\S+|« .*? »", "", said))
    assert "Bonjour,\n" in letter.text


@pytest.mark.parametrize("name", FOREIGN)
def test_other_languages_speak_kindly_too(name: str) -> None:
    """No reproach, the formal « u », and not a word of French outside what the form and files say."""
    letter = FOREIGN[name]()
    said = re.sub(r"« .*? »", "", " ".join(letter.text.split()), flags=re.DOTALL)

    assert not re.search(UNKIND[letter.language], said, re.IGNORECASE)
    assert not re.search(r"\b(nous|vous|votre|réponses?|trouvé|dans|une personne)\b", without_titles(said))


def without_titles(said: str) -> str:
    """A letter without the titles and the subject that the form prints."""
    titles = sorted({section.letter_title for section in edition().section}, key=len, reverse=True)
    for title in titles:
        said = said.replace(title, "")
    return said


@pytest.mark.parametrize("name", TO_APPLICANTS | FOREIGN)
def test_applicants_always_find_a_person(name: str) -> None:
    """Our reference, and the name and number of who can help."""
    said = " ".join(EVERY[name]().text.split())

    assert "BL26-K7Q3M" in said
    assert "Matthias Meirlaen" in said
    assert "0496 24 65 66" in said


@pytest.mark.parametrize("name", TO_APPLICANTS | FOREIGN)
def test_applicants_know_what_the_check_is(name: str) -> None:
    """A reply says that a machine checked, what it checked, and that a person reads the answer."""
    letter = EVERY[name]()
    said = " ".join(letter.text.split())

    assert letter.kind is LetterKind.WITHDRAWAL or re.search(AUTOMATIC[letter.language], said)


@pytest.mark.parametrize("name", TO_APPLICANTS | FOREIGN)
def test_a_reply_proves_what_came(name: str) -> None:
    """Reception to the second with its zone; every file with its size and the start of its fingerprint."""
    letter = EVERY[name]()
    said = " ".join(letter.text.split())
    told = re.findall(r"\d (?:ko|Mo|kB|MB|octets|bytes), \w+ [0-9a-f]{8}\b", said)

    assert letter.kind is not LetterKind.REPLY or re.search(PROOF[letter.language], said)
    assert letter.kind is not LetterKind.REPLY or told


@pytest.mark.parametrize("name", TO_APPLICANTS | FOREIGN)
def test_the_subject_says_what_to_do(name: str) -> None:
    """It begins with the action, never as an applicant's own subject does; a reminder's is another."""
    letter = EVERY[name]()
    subject = letter.subject.removeprefix("[TEST] ")
    does = re.compile("|".join(SUBJECTS[letter.language]))

    assert does.match(subject)
    assert subject.endswith("Dossier de candidature – COOPCITY 2026 – La Remise [BL26-K7Q3M]")


@pytest.mark.parametrize("name", TO_THE_OFFICER)
def test_the_officers_mail_holds_nothing_personal(name: str) -> None:
    """No birth date, gender, study level or address of a person."""
    letter = TO_THE_OFFICER[name]()
    said = letter.text + letter.html

    for private in ("a2.birth_date", "a2.gender", "a2.education", "a2.email", "a2.last_name"):
        assert VALUES[private] not in said


@pytest.mark.parametrize("name", EVERY)
def test_text_parts_fit_a_narrow_window(name: str) -> None:
    """No line is longer than 78 signs."""
    assert all(len(line) <= 78 for line in EVERY[name]().text.splitlines())
