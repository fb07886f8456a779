"""Know the documents and images that hold a cable for the eye, not as text, so that their problem says what to do."""

from typing import Final

_ZIP: Final = b"PK\x03\x04"
_NAME_IN_ZIP: Final = 30  # where the name of the first member stands

# What a file starts with, and what it is.
_MARKS: Final = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a document in rich text (RTF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an office program (.doc, .xls, .msg)"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"GIF8", "an image (GIF)"),
)
# The first member of a zip that is a document: Word and Excel, then LibreOffice and EPUB.
_FIRST_MEMBERS: Final = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/app.xml", b"mimetypeapplication/")


def document_of(head: bytes) -> str | None:
    """What kind of document or image the first bytes of a source show, or None."""
    if head.startswith(_ZIP):
        is_document = head.startswith(_FIRST_MEMBERS, _NAME_IN_ZIP)
        return "a document of an office program (.docx, .xlsx, .odt)" if is_document else None
    return next((what for mark, what in _MARKS if head.startswith(mark)), None)
