"""The hierarchy of user-facing errors.

    DoithoaiError
    ├── FindingsError        exit 1   a feed was rejected or a check failed
    ├── UsageError           exit 2   the call, a setting or a lookup is wrong
    │   ├── WrongLookups              lookup files in the home are wrong; all faults are reported
    │   └── SnapshotMissing           nothing has been published yet, or it cannot be read
    ├── BuildError           exit 3   the build failed, nothing was published
    └── WriterBusy           exit 4   another process has locked the home or one of its files

The Vietnamese message of every error names the cause, the place and the remedy. `doithoai.cli` turns errors into exit
codes and the dashboard shows them; any other exception is an internal error, exit 5.
"""

from collections.abc import Mapping
from typing import ClassVar


class DoithoaiError(Exception):
    """An error that the user can understand and fix.

    `message` is the cause and the place, `remedy` the next step. Both are complete Vietnamese sentences.
    """

    exit_code: ClassVar[int] = 5

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class FindingsError(DoithoaiError):
    """A feed was rejected or a border check failed."""

    exit_code = 1


class UsageError(DoithoaiError):
    """The call, a setting or a lookup is wrong."""

    exit_code = 2


class WrongLookups(UsageError):
    """Lookup files are invalid. `faults` has all faults as JSON values: place, value, message, remedy."""

    def __init__(self, message: str, remedy: str, faults: tuple[Mapping[str, object], ...]) -> None:
        super().__init__(message, remedy)
        self.faults = faults


class SnapshotMissing(UsageError):
    """Nothing is published, or the published snapshot cannot be read."""


class BuildError(DoithoaiError):
    """The build failed; the published snapshot stays in force."""

    exit_code = 3


class WriterBusy(DoithoaiError):
    """Another process has locked this home or one of its files."""

    exit_code = 4
