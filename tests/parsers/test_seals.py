"""Digital signatures: who, when, whether what was signed still stands. Signed here, with keys made here."""

import base64
import hashlib
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID
from lxml import etree
from pyhanko.keys.pemder import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

import parsers
from data.edition import Edition
from data.model import Document, Seal, SignatureHow, SignatureState
from parsers._answered import _form
from tests.parsers.conftest import a_pdf, a_word_file
from tests.parsers.layouts import fill
from tests.parsers.printed import PRINTED

Key = ec.EllipticCurvePrivateKey


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(subject: str, issuer: str, key: Key, signing: Key) -> x509.Certificate:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650))
        .sign(signing, hashes.SHA256())
    )


def _signer(name: str, *, vouched: bool = True) -> signers.SimpleSigner:
    """As an eID signs: « Name (Signature) », issued by a citizens' authority."""
    key, authority = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    who = f"{name} (Signature)" if vouched else name
    made = _certificate(who, "Citizen CA" if vouched else who, key, authority if vouched else key)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (certificate,) = load_certs_from_pemder_data(made.public_bytes(serialization.Encoding.PEM))
    private = load_private_key_from_pemder_data(pem, None)
    return signers.SimpleSigner(certificate, private, SimpleCertificateStore())


def _sealed(content: bytes, name: str, *, visible: bool = False, vouched: bool = True) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    field = f"Signature {name}"
    if visible:
        box = (60, 100, 260, 160)
        fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=0, box=box))
    facts = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    out = io.BytesIO()
    signers.sign_pdf(writer, facts, signer=_signer(name, vouched=vouched), output=out)
    return out.getvalue()


def _seals(content: bytes) -> tuple[Seal, ...]:
    reading = parsers.read(content)
    assert isinstance(reading, Document)
    return reading.seals


PAGE = a_pdf(("Dossier de candidature", "Signature"))


def test_an_invisible_signature_is_whole_and_has_a_name() -> None:
    """What an eID leaves behind: signer, issuer, time; intact, over the whole document, at no place."""
    (seal,) = _seals(_sealed(PAGE, "Marie Dupont"))

    assert (seal.signer, seal.issuer, seal.page) == ("Marie Dupont", "Citizen CA", None)
    assert (seal.intact, seal.whole, seal.vouched) == (True, True, None)
    assert seal.sealed_at
    assert seal.sealed_at.tzinfo is not None


def test_a_visible_signature_has_its_place() -> None:
    """Page, and box from the top left corner."""
    (seal,) = _seals(_sealed(PAGE, "Marie Dupont", visible=True))

    assert seal.page == 1
    assert seal.box
    assert (seal.box.x0, round(seal.box.bottom - seal.box.top)) == (60, 60)


def test_two_signers_leave_two_whole_signatures() -> None:
    """A second signature breaks nothing of the first."""
    seals = _seals(_sealed(_sealed(PAGE, "Marie Dupont"), "Paul Lambert"))

    assert [(seal.signer, seal.intact, seal.whole) for seal in seals] == [
        ("Marie Dupont", True, True),
        ("Paul Lambert", True, True),
    ]


def test_a_changed_byte_breaks_the_signature() -> None:
    """One digit of the page changed after signing is seen."""
    signed = _sealed(PAGE, "Marie Dupont")
    at = signed.index(b"/MediaBox")
    changed = signed[:at] + signed[at:].replace(b"841.", b"842.", 1)
    (seal,) = _seals(changed)

    assert changed != signed
    assert seal.intact is False


def test_nobody_vouches_for_a_certificate_made_by_its_signer() -> None:
    """A home-made identity is told from one that an authority issued."""
    (seal,) = _seals(_sealed(PAGE, "Marie Dupont", vouched=False))

    assert (seal.intact, seal.vouched) == (True, False)


def test_an_empty_field_is_no_signature() -> None:
    """A place for a digital signature that nobody used holds none."""
    writer = IncrementalPdfFileWriter(io.BytesIO(PAGE), strict=False)
    fields.append_signature_field(writer, fields.SigFieldSpec("Contact", on_page=0, box=(60, 100, 260, 160)))
    out = io.BytesIO()
    writer.write(out)

    assert _seals(out.getvalue()) == ()


@pytest.mark.parametrize("break_it", [False, True])
def test_a_form_sealed_by_both_is_signed_by_both(break_it: bool, edition: Edition) -> None:
    """Seals sign for those whose names stand in the form, at a place that they name; a broken one is told."""
    filled = fill(edition, 1, blanks=0)
    filled.answers["s.contact_name"], filled.answers["s.administrator_name"] = "Dupont Marie", "Lambert, Paul"
    filled.signed.update(contact=False, administrator=False)
    content = _sealed(
        _sealed(PRINTED["ruled tables"](filled, edition), "Paul Lambert"), "Marie Dupont", visible=True
    )
    if break_it:
        at = content.index(b"/MediaBox")
        content = content[:at] + content[at:].replace(b"841.", b"842.", 1)
    reading = parsers.read(content)
    assert isinstance(reading, Document)
    found = _form.read(reading, "f.pdf", edition).signatures

    assert {role: (s.state, s.how) for role, s in found.items()} == dict.fromkeys(
        ("contact", "administrator"), (SignatureState.SIGNED, SignatureHow.DIGITAL)
    )
    assert found["administrator"].name == "Paul Lambert"
    assert {s.intact for s in found.values()} == {not break_it}


# ---------------------------------------------------------------- Word


DS = "http://www.w3.org/2000/09/xmldsig#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _reference(uri: str, content: bytes) -> str:
    return (
        f'<Reference URI="{uri}"><DigestMethod Algorithm="{SHA256}"/>'
        f"<DigestValue>{_digest(content)}</DigestValue></Reference>"
    )


def _word_signed(name: str) -> bytes:
    """A Word file signed as Word does: a manifest of its parts, signed by a certificate."""
    word = a_word_file("Dossier de candidature", "Signature")
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        part = archive.read("word/document.xml")
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(name, "Citizen CA", key, ec.generate_private_key(ec.SECP256R1()))
    package = (
        f'<Object xmlns="{DS}" Id="idPackageObject"><Manifest>'
        f"{_reference('/word/document.xml?ContentType=application/xml', part)}</Manifest>"
        "<SignatureProperties><SignatureProperty><SignatureTime><Value>2026-09-08T08:00:00Z</Value>"
        "</SignatureTime></SignatureProperty></SignatureProperties></Object>"
    )
    canonical = etree.tostring(etree.fromstring(package), method="c14n")
    info = (
        f'<SignedInfo xmlns="{DS}"><CanonicalizationMethod Algorithm="c14n"/>'
        '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/>'
        f"{_reference('#idPackageObject', canonical)}</SignedInfo>"
    )
    signed = key.sign(etree.tostring(etree.fromstring(info), method="c14n"), ec.ECDSA(hashes.SHA256()))
    r, s = utils.decode_dss_signature(signed)
    value = base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()
    der = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()
    signature = (
        f'<Signature xmlns="{DS}">{info}<SignatureValue>{value}</SignatureValue>'
        f"<KeyInfo><X509Data><X509Certificate>{der}</X509Certificate></X509Data></KeyInfo>{package}</Signature>"
    )
    out = io.BytesIO(word)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", signature)
    return out.getvalue()


def test_a_signed_word_file_is_followed_to_its_certificate() -> None:
    """Parts, manifest, signature, certificate: who, when, and that nothing was changed."""
    (seal,) = _seals(_word_signed("Marie Dupont"))

    assert (seal.signer, seal.issuer, seal.intact) == ("Marie Dupont", "Citizen CA", True)
    assert seal.sealed_at == datetime(2026, 9, 8, 8, tzinfo=UTC)


def test_a_word_file_changed_after_signing_is_seen() -> None:
    """A part with another digest than the signed one breaks the signature."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_word_signed("Marie Dupont"))) as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"Dossier", b"Dossie "))
    (seal,) = _seals(out.getvalue())

    assert (seal.signer, seal.intact) == ("Marie Dupont", False)


def test_another_signature_value_is_not_called_good() -> None:
    """Where the chain cannot be followed, nothing is said of it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_word_signed("Marie Dupont"))) as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(
                name, re.sub(rb"<SignatureValue>....", b"<SignatureValue>AAAA", source.read(name))
            )
    (seal,) = _seals(out.getvalue())

    assert seal.intact is None
