"""Digital signatures in a PDF: who, when, over what, and whether it is still the document that was signed.

pyHanko computes the digest over the signed bytes, checks the signature against the signer's certificate,
and compares later revisions with the signed one (its `diff_analysis`): a second signature or a filled
field is allowed, a changed page is not. Nothing is fetched; whether an authority vouches for the
certificate is not known here, only whether nobody but the signer does. An empty signature field and a
bare time stamp are none. pyHanko logs stack traces of what it refuses; in the sandbox nobody hears them.
"""

import io
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from data.model import Box, Seal
from parsers._reader import guarded
from parsers._sealed import _certificates

MOST_REVISIONS = 12
"""Of a file with more, later changes are not compared: it costs with their square."""


@guarded
def of_pdf(content: bytes) -> list[Seal]:
    """Every signature that holds a value, also invisible ones.

    Raises:
        Unreadable: the file is no PDF that pyHanko can read; pdfium may know more.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if reader.encrypted:
        reader.decrypt("")  # locked against changes, open to every reader
    signatures = list(reader.embedded_regular_signatures)
    compare = reader.total_revisions <= MOST_REVISIONS
    return [_seal(each, reader, compare) for each in signatures]


def _seal(signature: Any, reader: Any, compare: bool) -> Seal:
    intact, whole = _intact(signature, compare)
    signer = issuer = None
    certificate = _part(lambda: signature.signer_cert)
    if certificate is not None:
        signer = _certificates.signer([certificate.dump()])
        issuer = _certificates.issuer(certificate.dump())
    time = _part(lambda: signature.self_reported_timestamp)
    page, box = _part(lambda: _placed(signature.sig_field, reader)) or (None, None)
    vouched = False if certificate is not None and certificate.issuer == certificate.subject else None
    return Seal(signer, time.astimezone(UTC) if time else None, intact, page, box, whole, issuer, vouched)


def _part(read: Any) -> Any:
    """One property of a signature; None where its bytes are not what they should be."""
    from data.errors import Unreadable

    try:
        return guarded(read)()
    except Unreadable:
        return None


def _intact(signature: Any, compare: bool) -> tuple[bool | None, bool | None]:
    """Whether what was signed is unchanged, and whether that is the whole document as it is now."""
    digests = _part(lambda: _digests(signature))
    if digests is None:
        return None, None
    if not all(digests):
        return False, None
    later: tuple[bool, bool] | None = _part(lambda: _later(signature, compare))
    return later or (True, None)


def _digests(signature: Any) -> tuple[bool, bool]:
    """The digest of the bytes is the one that was signed, and the signature is the certificate's."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    found: tuple[bool, bool] = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    return found


def _later(signature: Any, compare: bool) -> tuple[bool, bool]:
    """What came after the signature: nothing, what is allowed (more signatures, fields), or changes."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    signature.compute_integrity_info(skip_diff=not compare)
    if signature.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True, True
    if not compare:
        return True, False
    allowed = signature.summarise_integrity_info()["docmdp_ok"] is not False
    return allowed, allowed and signature.coverage is SignatureCoverageLevel.ENTIRE_REVISION


def _placed(field: Any, reader: Any) -> tuple[int, Box] | None:
    """Page and box of a visible signature."""
    x0, y0, x1, y1 = (float(side) for side in field["/Rect"])
    if abs(x1 - x0) < 1 or abs(y1 - y0) < 1:
        return None
    home = field.raw_get("/P")
    for number, page in enumerate(_pages(reader.root["/Pages"], 0), 1):
        if page.container_ref == getattr(home, "reference", home):
            _, _, _, height = (float(side) for side in page.get("/MediaBox", (0, 0, 595, 842)))
            return number, Box(min(x0, x1), height - max(y0, y1), max(x0, x1), height - min(y0, y1))
    return None


def _pages(node: Any, depth: int) -> Iterator[Any]:
    for child in node["/Kids"]:
        inside = child.get_object()
        if "/Kids" in inside and depth < 20:
            yield from _pages(inside, depth + 1)
        else:
            yield inside
