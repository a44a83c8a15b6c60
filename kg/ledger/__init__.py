"""What people decided: an append-only file in plain text, replayed after every build.

Making a correction: `merge`, `split`, `rename`, `retype`, `reject_entity`, `link`,
`correct_speaker`, `correct_stance`, `not_a_statement`, `undo` give `Correction`s;
`append_corrections(path, ...)` writes them. Replaying: `replay(read_ledger(path).corrections,
annotated)` before resolution gives judgements, corrected annotations and what no longer fits;
`correct_entities` comes after it.
"""

from kg.ledger.decide import (
    correct_speaker,
    correct_stance,
    link,
    merge,
    not_a_statement,
    reject_entity,
    rename,
    retype,
    split,
)
from kg.ledger.entries import Action, Anchor, Author, Correction, Target
from kg.ledger.files import (
    FILE_NAME,
    BadLine,
    Ledger,
    active,
    append_corrections,
    export_corrections,
    import_corrections,
    read_ledger,
    undo,
)
from kg.ledger.replay import (
    LINK_ACTIONS,
    Applied,
    EntityChange,
    Unfit,
    correct_entities,
    replay,
    wanted,
)

__all__ = [
    "FILE_NAME",
    "LINK_ACTIONS",
    "Action",
    "Anchor",
    "Applied",
    "Author",
    "BadLine",
    "Correction",
    "EntityChange",
    "Ledger",
    "Target",
    "Unfit",
    "active",
    "append_corrections",
    "correct_entities",
    "correct_speaker",
    "correct_stance",
    "export_corrections",
    "import_corrections",
    "link",
    "merge",
    "not_a_statement",
    "read_ledger",
    "reject_entity",
    "rename",
    "replay",
    "retype",
    "split",
    "undo",
    "wanted",
]
