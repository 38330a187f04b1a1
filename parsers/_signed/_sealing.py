"""Whose a digital seal in the file is: by the signer's name, else by what is left over."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from data.edition import Edition
from data.model import Place, Seal, Signature, SignatureHow, SignatureState
from parsers._stream import Stream
from parsers._wording import fold


def with_seals(
    text: Stream, signed: dict[str, Signature], names: Mapping[str, Sequence[str]], edition: Edition
) -> dict[str, Signature]:
    """Give each digital seal to the signatory of that name; what is left over in doubt stays in doubt."""
    seals = list(text.document.seals)
    free = list(signed)
    for role in free:
        seal = next((s for s in seals if s.signer and _same_person(s.signer, names.get(role, ()))), None)
        if seal is not None:
            seals.remove(seal)
            signed[role] = _sealed(signed[role], seal, text.file)
    open_roles = [role for role in signed if signed[role].state is not SignatureState.SIGNED]
    if len(seals) >= len(open_roles) > 0 and (
        (len(open_roles) == 1 and len(text.document.seals) > 1) or len(seals) >= 2
    ):
        for role, seal in zip(open_roles, seals, strict=False):
            signed[role] = _sealed(signed[role], seal, text.file)
    elif seals and open_roles:
        for role in open_roles:
            reason = "le fichier porte une signature numérique, sans qu'on sache de qui"
            signed[role] = replace(signed[role], state=SignatureState.UNCLEAR, reason=reason, confidence=0.6)
    return signed


def _sealed(signature: Signature, seal: Seal, file: str) -> Signature:
    place = Place(file, seal.page, seal.box) if seal.page else Place(file)
    return replace(
        signature, state=SignatureState.SIGNED, how=SignatureHow.DIGITAL, name=seal.signer,
        place=place, confidence=0.95, typed_name=False, intact=seal.intact, reason=_vouched(seal), cutout=b"",
    )  # fmt: skip


def _vouched(seal: Seal) -> str:
    """Who says that the signer is who they say; asked of nobody here."""
    if seal.vouched is False:
        return "certificat établi par la personne elle-même"
    return f"certificat émis par « {seal.issuer} »" if seal.issuer else ""


def _same_person(signer: str, names: Sequence[str]) -> bool:
    return any(fuzz.token_set_ratio(fold(signer), fold(name)) >= 85 for name in names if len(name) > 3)
