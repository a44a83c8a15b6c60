"""Line breaks that end a sentence, told to the parser before it starts.

A headline has no full stop: the parser alone reads on into the dateline below it, and a denial in
the headline would deny the date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BLANK_LINE = re.compile(r"\n\s*\n")
_COMPONENT = "claimgraph_line_breaks"


def add_line_breaks(nlp: Language) -> None:
    """Let a pipeline begin a sentence after every line break, before anything else runs."""
    from spacy.language import Language as Registry

    Registry.component(_COMPONENT, func=mark_line_breaks)
    nlp.add_pipe(_COMPONENT, first=True)


def mark_line_breaks(doc: Doc) -> Doc:
    """The Doc, with a sentence beginning after every blank line and every other line break.

    A single break before a small letter is none: the line was only full.
    """
    space = ""
    for token in doc:
        if token.is_space:
            space += token.text
            continue
        if _BLANK_LINE.search(space) or ("\n" in space and not token.text[0].islower()):
            token.is_sent_start = True
        space = ""
    return doc
