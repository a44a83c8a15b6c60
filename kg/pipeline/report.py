"""What a build is told, what it tells while it runs, and what it says at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kg.model import Failure, FailureKind
from kg.read import ReadOptions
from kg.store import Again, Counts


class Stage(StrEnum):
    """Where a build is."""

    READ = "read"
    ANNOTATE = "annotate"
    RESOLVE = "resolve"
    MATCH = "match"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is, in articles; `total` is None while nobody knows it."""

    stage: Stage
    done: int
    total: int | None = None


ProgressHook = Callable[[Progress], None]


def no_progress(_: Progress) -> None:
    """The hook of those who do not look."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build."""

    read: ReadOptions = field(default_factory=ReadOptions)
    jobs: int = 1
    """Worker processes; 1 annotates in this process unless `max_seconds` is given."""
    max_seconds: float | None = None
    """An article that takes longer fails; annotation then runs in worker processes."""
    rebuild: bool = False
    """Annotate every article in the store again, those that failed too."""
    dry_run: bool = False
    """Read and count, write nothing."""


@dataclass(slots=True)
class BuildReport:
    """What a build did. Counts are articles unless they say otherwise."""

    new: int = 0
    changed: int = 0
    """Sources whose text is another one now."""
    copies: int = 0
    """Sources whose text was known from another source."""
    unchanged: int = 0
    removed: int = 0
    """Sources that went because their file no longer holds them."""
    annotated: int = 0
    again_because: dict[Again, int] = field(default_factory=dict)
    """Among the annotated, those that had an annotation before, by the reason for another one."""
    fields_as_before: dict[str, str] = field(default_factory=dict)
    """Files to the field options that an earlier build was given and this one was not."""
    failures: list[Failure] = field(default_factory=list)
    """In the order met: warnings, skipped inputs, failed inputs and articles."""
    run: str = ""
    derived: bool = False
    """True if entities, links or what readers see changed."""
    complaints: tuple[str, ...] = ()
    """Corrections that find nothing to correct any more; they stay in the ledger."""
    counts: Counts | None = None
    """Of the whole store at the end; None after a dry run."""
    seconds: float = 0.0

    @property
    def read(self) -> int:
        """Articles found in the inputs."""
        return self.new + self.changed + self.copies + self.unchanged

    @property
    def again(self) -> int:
        """Articles that had an annotation and got another one, for whatever reason."""
        return sum(self.again_because.values())

    def of_kind(self, kind: FailureKind) -> list[Failure]:
        """The failures of a kind."""
        return [failure for failure in self.failures if failure.kind is kind]

    @property
    def failed(self) -> list[Failure]:
        """What should have become an article and did not: exit code 3."""
        return self.of_kind(FailureKind.FAILED)

    @property
    def skipped(self) -> list[Failure]:
        """What is no article."""
        return self.of_kind(FailureKind.SKIPPED)

    @property
    def warnings(self) -> list[Failure]:
        """What was read with a guess."""
        return self.of_kind(FailureKind.WARNING)
