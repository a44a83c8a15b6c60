"""From bytes to text, without changing a character; a guess is always reported."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from kg.errors import ReadError, UsageError
from kg.model import Failure, FailureKind

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESS_BYTES = 65_536
_BINARY_BYTES = 8_192
_MAX_HIGH_SHARE = 0.1
# Web and newsroom files that are not UTF-8 are Windows-1252 in nine cases of ten, and
# charset-normalizer takes short ones for cp1250 or cp932: cp1252 is preferred where both could be.
_PREFERRED = "cp1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and the warning to show if its encoding was guessed."""

    text: str
    warning: Failure | None = None


def decode(data: bytes, source: str, encoding: str | None = None) -> Decoded:
    """The text of the bytes; line ends stay as they are, a byte order mark goes.

    Raises ReadError for binary data and for bytes that the named encoding does not allow,
    UsageError for an encoding that does not exist.
    """
    if encoding is not None:
        return Decoded(_decode_named(data, encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_decode_named(data, name))
    if b"\0" in data[:_BINARY_BYTES]:
        raise ReadError("binary file, no text")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _guess(data, source)


def _decode_named(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise UsageError(f"encoding '{encoding}' is unknown. Try utf-8 or cp1252") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"is not {encoding}: byte {error.start} does not fit") from error


def _guess(data: bytes, source: str) -> Decoded:
    name = _guess_name(data)
    reason = f"not UTF-8; read as {name} (guess)"
    message = f"{source} is {reason}. Use --encoding."
    warning = Failure(source, reason, FailureKind.WARNING, message)
    return Decoded(data.decode(name, "replace"), warning)


def _guess_name(data: bytes) -> str:
    from charset_normalizer import from_bytes

    if _is_mostly_ascii(data) and _fits(data, _PREFERRED):
        return _PREFERRED
    matches = from_bytes(data[:_GUESS_BYTES])
    best = matches.best()
    if best is None:
        return _PREFERRED
    fits = {best.encoding, *best.could_be_from_charset}
    single_byte_latin = {"cp1250", "cp1252", "latin_1", "iso8859_15", "cp1254", "cp1257"}
    if _PREFERRED in fits or (best.encoding in single_byte_latin and _fits(data, _PREFERRED)):
        return _PREFERRED
    return best.encoding


def _is_mostly_ascii(data: bytes) -> bool:
    """True for Latin letters with some typographic marks: no East Asian text looks like that."""
    return sum(byte > 127 for byte in data[:_GUESS_BYTES]) <= _MAX_HIGH_SHARE * len(data)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def without_lone_surrogates(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which no file and no database can hold.

    The length stays, so offsets hold.
    """
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
