"""What a file is, by its bytes. Names and declared types are the sender's claims and are not asked."""

import io
import re
import zipfile

from data.model import FileKind

HEAD = 4096

_MAGIC = (
    (b"{\\rtf", FileKind.RTF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),
    (b"GIF8", FileKind.GIF),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"\x78\x9f\x3e\x22", FileKind.TNEF),
    (b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0", FileKind.LINK),  # a Windows shortcut
    (b"book\0\0\0\0mark\0\0\0\0", FileKind.LINK),  # an alias of macOS
)
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}

# Names of streams, as OLE directories write them: UTF-16.
_OLE_STREAMS = (
    ("__substg1.0_", FileKind.MSG),
    ("__properties_version1.0", FileKind.MSG),
    ("WordDocument", FileKind.DOC),
    ("Workbook", FileKind.XLS),
    ("Book", FileKind.XLS),
)
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_HEADER = re.compile(
    rb"\A(?:\s*|From .*\r?\n)(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID"
    rb"|MIME-Version|X-[\w-]+|DKIM-Signature|Content-Type):[^\r\n]*\r?\n"
    rb"(?:[ \t][^\r\n]*\r?\n|[\w-]+:[^\r\n]*\r?\n)+",
    re.IGNORECASE,
)
_LINK = re.compile(
    rb"\A\s*(?:\[InternetShortcut\]|\[Desktop Entry\][^\0]{0,600}?^Type=Link"
    rb"|<\?xml[^\0]{0,300}<plist[^\0]{0,200}<key>URL</key>"
    rb"|\{[^\0{}]{0,600}\"(?:url|doc_id)\"\s*:\s*\"[^\0{}]{0,600}\}\s*\Z)",
    re.IGNORECASE | re.MULTILINE,
)
"""Internet shortcuts; what Google Drive leaves on a disk in place of a document."""
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|meta)\b", re.IGNORECASE)


def sniff(content: bytes) -> FileKind:
    """The kind of a file. Junk before a PDF's head is tolerated, as readers of PDF tolerate it."""
    if not content.strip(b"\0 \r\n\t"):
        return FileKind.EMPTY
    head = content[:HEAD]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(content)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _inside_ole(content)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return FileKind.HEIC
    if b"%PDF-" in head:
        return FileKind.PDF
    return _text_kind(content)


def is_encrypted_office(content: bytes) -> bool:
    """Whether an OLE file is an Office file behind a password (MS-OFFCRYPTO 2.3.2)."""
    return _OLE_ENCRYPTED in content


def _inside_zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            declared = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, KeyError):
        return _broken_zip(content)
    except Exception as error:
        if type(error).__module__ in {"zlib", "lzma"}:
            return FileKind.ZIP
        raise
    if b"opendocument.text" in declared:
        return FileKind.ODT
    if b"opendocument.spreadsheet" in declared:
        return FileKind.ODS
    if any(name.lower().startswith("word/") for name in names) and "[Content_Types].xml" in names:
        return FileKind.DOCX
    if any(name.lower().startswith("xl/") for name in names) and "[Content_Types].xml" in names:
        return FileKind.XLSX
    if "ppt/presentation.xml" in names and "[Content_Types].xml" in names:
        return FileKind.PPTX
    if any(name.startswith("Index/") or name == "Index.zip" for name in names):
        return FileKind.PAGES
    return FileKind.ZIP


def _broken_zip(content: bytes) -> FileKind:
    """A package without its directory is still told by the names that stand in it: a truncated upload."""
    if b"word/document.xml" in content:
        return FileKind.DOCX
    if b"xl/workbook.xml" in content:
        return FileKind.XLSX
    if b"ppt/presentation.xml" in content:
        return FileKind.PPTX
    if b"opendocument.text" in content[:200]:
        return FileKind.ODT
    return FileKind.ZIP


def _inside_ole(content: bytes) -> FileKind:
    if is_encrypted_office(content):
        return FileKind.DOCX
    for name, kind in _OLE_STREAMS:
        if name.encode("utf-16-le") in content:
            return kind
    return FileKind.OTHER


def _text_kind(content: bytes) -> FileKind:
    head = content[:HEAD]
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HEADER.match(plain):
        return FileKind.EML
    if _LINK.match(plain) or (head.startswith(b"bplist") and b"http" in head and b"URL" in head):
        return FileKind.LINK
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileKind.TEXT
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    if b"\0" in head or controls > len(head) // 50:
        return FileKind.OTHER
    if plain.startswith(b"<") and _HTML.search(plain):
        return FileKind.HTML
    return FileKind.TEXT
