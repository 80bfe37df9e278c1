"""The one tree of errors.

    DoithoaiError
    ├── FindingsError        exit 1   a feed was rejected or a check failed
    ├── UsageError           exit 2   the call, a setting or a lookup is wrong
    │   ├── WrongLookups              lookup files of the home are wrong; every fault is told at once
    │   └── SnapshotMissing           nothing has been published yet, or it cannot be read
    ├── BuildError           exit 3   the build failed, nothing was published
    └── WriterBusy           exit 4   another writer holds the home

Every error says in Vietnamese what failed, where, and what to do about it. They are raised early and caught once, in
`doithoai.cli`; whatever else escapes is an internal error, exit 5.
"""

from collections.abc import Mapping
from typing import ClassVar


class DoithoaiError(Exception):
    """Something the user can understand and mend.

    `message` says what failed and where; `remedy` says what to do. Both are whole Vietnamese sentences.
    """

    exit_code: ClassVar[int] = 5

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class FindingsError(DoithoaiError):
    """A feed was rejected or a check at a border failed."""

    exit_code = 1


class UsageError(DoithoaiError):
    """The call, a setting or a lookup is wrong."""

    exit_code = 2


class WrongLookups(UsageError):
    """Lookup files are wrong. `faults` has each of them as values that JSON knows: place, value, message, remedy."""

    def __init__(self, message: str, remedy: str, faults: tuple[Mapping[str, object], ...]) -> None:
        super().__init__(message, remedy)
        self.faults = faults


class SnapshotMissing(UsageError):
    """Nothing has been published yet, or what the pointer names cannot be read."""


class BuildError(DoithoaiError):
    """The build failed; what was published before stays in force."""

    exit_code = 3


class WriterBusy(DoithoaiError):
    """Another process is writing to this home."""

    exit_code = 4
