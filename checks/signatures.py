"""Everybody who must sign has signed, each for himself or herself."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations

from checks._check import Tell, check
from checks._standing import answer_to, form_is_filled, signature_of
from data.edition import Edition, Signatory
from data.model import AnswerState, Dossier, Finding, Severity, SignatureHow, SignatureState

MISSING = Tell("signature.missing", Severity.BLOCKING, "Nous n'avons pas trouvé la signature {of}.")
TYPED_NAME = Tell(
    "signature.typed_name",
    Severity.BLOCKING,
    "À l'endroit de la signature {of}, nous avons trouvé un nom écrit au clavier, mais pas de signature.",
)
UNCLEAR = Tell(
    "signature.unclear", Severity.REVIEW, "Nous n'avons pas pu vérifier la signature {of} ; {reason}."
)
INVALID = Tell(
    "signature.invalid",
    Severity.REVIEW,
    "La signature numérique {of} ne correspond plus au document, qui semble avoir été modifié ensuite.",
    officer_only=True,
)
SAME_PERSON = Tell(
    "signature.same_person",
    Severity.REVIEW,
    "La même personne semble avoir signé pour {one} et pour {other} : {name}.",
    officer_only=True,
)
SWAPPED = Tell(
    "signature.swapped",
    Severity.NOTICE,
    "Le nom de la personne référente ({name}) se trouve à la place {of}.",
    officer_only=True,
)


@check(
    MISSING, TYPED_NAME, UNCLEAR, INVALID, SAME_PERSON, SWAPPED, asks="Everybody who must sign has signed."
)
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Say of each signatory what stands there, and whether two are one person.

    Without a filled form `checks/dossier.py` has said what is missing; a signature in it is then no
    reproach of its own.
    """
    for signatory in edition.signatory:
        yield from _look_at(signatory, dossier)
    for one, other in combinations(edition.signatory, 2):
        if name := _same_name(one, other, dossier):
            yield SAME_PERSON.about(other.id, one=one.label, other=other.label, name=name)
        elif name := _swapped_name(one, other, dossier, edition):
            yield SWAPPED.about(other.id, name=name, of=_of(other.label))


def _look_at(signatory: Signatory, dossier: Dossier) -> Iterator[Finding]:
    signature = signature_of(dossier, signatory.id)
    of, place = _of(signatory.label), signature.place
    match signature.state:
        case SignatureState.SIGNED:
            if signature.how is SignatureHow.DIGITAL and signature.intact is False:
                yield INVALID.about(signatory.id, place, of=of)
        case _ if not form_is_filled(dossier):
            return
        case SignatureState.MISSING:
            yield (TYPED_NAME if signature.typed_name else MISSING).about(signatory.id, place, of=of)
        case SignatureState.UNCLEAR:
            reason = signature.reason or "une personne la regardera"
            yield UNCLEAR.about(signatory.id, place, of=of, reason=reason)


def _of(label: str) -> str:
    """French contraction: « du gérant », « des associés », « de la personne de contact », « d'une »."""
    article, _, rest = label.partition(" ")
    if article.lower() in ("le", "les"):
        return f"{'du' if article.lower() == 'le' else 'des'} {rest}"
    return f"d'{label}" if label[:1].lower() in "aeiouyhéèêà" and label else f"de {label}"


def _same_name(one: Signatory, other: Signatory, dossier: Dossier) -> str | None:
    """The name, where both have signed and one source gives the two the same.

    Names are compared within a source: what stands at the signature with what stands at the other,
    and the form's two lines with each other. A certificate spells a name in its own way.
    """
    first, second = signature_of(dossier, one.id), signature_of(dossier, other.id)
    if first.state is not SignatureState.SIGNED or second.state is not SignatureState.SIGNED:
        return None
    sources = [
        (first.name, second.name),
        (_written(one, dossier), _written(other, dossier)),
    ]
    return next((name for name, twin in sources if name and twin and _key(name) == _key(twin) != ()), None)


def _swapped_name(contact: Signatory, other: Signatory, dossier: Dossier, edition: Edition) -> str | None:
    """The contact's name, where it stands under the other signature and not under the contact's own."""
    asked = (edition.fields.contact_first_name, edition.fields.contact_last_name)
    parts = [str(answer.value) for q in asked if q and (answer := answer_to(dossier, q)).value]
    own, theirs = _written(contact, dossier), _written(other, dossier)
    if len(parts) < 2 or not own or not theirs or contact is not edition.signatory[0]:
        return None
    name = " ".join(parts)
    return name if _key(theirs) == _key(name) != _key(own) else None


def _written(signatory: Signatory, dossier: Dossier) -> str | None:
    answer = answer_to(dossier, signatory.name_question)
    return str(answer.value) if answer.state is AnswerState.ANSWERED and answer.value else None


def _key(name: str) -> tuple[str, ...]:
    """A name without accents, case and order: « DUPONT, Zoé » is « Zoé Dupont »."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(sorted(re.findall(r"[^\W\d_]+", letters)))
