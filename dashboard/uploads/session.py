"""The uploads of a session: the check result of each file, and what landed. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from dashboard.check_result import CheckedFile

Said = CheckedFile | str | None
"""The result of a check; a message if the check could not run; None if the file has to be checked again."""


@dataclass(frozen=True)
class Dropped:
    """The results of uploaded files by their id in the browser, the outcomes of landed files, and the feeds already in
    the published figures."""

    said: Mapping[str, Said] = field(default_factory=dict)
    landed: Mapping[str, CheckedFile] = field(default_factory=dict)
    published: frozenset[str] = frozenset()

    def only(self, file_ids: Collection[str]) -> "Dropped":
        """Return the uploads without the files that were removed."""
        return Dropped(
            {each: said for each, said in self.said.items() if each in file_ids},
            {each: outcome for each, outcome in self.landed.items() if each in file_ids},
            self.published.intersection(file_ids),
        )

    def twins(self) -> frozenset[str]:
        """Return the files, not yet landed, that share sender and period with another: the later one would replace
        it."""
        whose = {
            each: (said.sender, said.period)
            for each, said in self.said.items()
            if isinstance(said, CheckedFile) and said.verdict == "accepted" and each not in self.landed
        }
        shared = Counter(whose.values())
        return frozenset(each for each, alike in whose.items() if shared[alike] > 1)

    def clean(self) -> tuple[str, ...]:
        """Return the files, not yet landed, whose rows would all land and that replace no other file."""
        twins = self.twins()
        return tuple(
            each
            for each, said in self.said.items()
            if isinstance(said, CheckedFile) and said.is_clean and each not in self.landed and each not in twins
        )

    def told(self, file_id: str, said: Said) -> "Dropped":
        """Return the uploads with the result of one file."""
        return replace(self, said={**self.said, file_id: said})

    def taken_in(self, file_id: str, outcome: CheckedFile) -> "Dropped":
        """Return the uploads after a file landed: the others have to be compared with it."""
        landed = {**self.landed, file_id: outcome}
        said = {each: known if each in landed else None for each, known in self.said.items()}
        return replace(self, said=said, landed=landed)

    def computed(self) -> "Dropped":
        """Return the uploads after a build: the figures contain all landed feeds."""
        return replace(self, published=frozenset(self.landed))

    def answered(self, sender: str, reasons: Mapping[str, str]) -> "Dropped":
        """Return the uploads after the sender gave `reasons`, by confirmation key; its files not yet landed are checked
        again."""
        return replace(self, said={each: self._answered(each, sender, reasons) for each in self.said})

    def _answered(self, file_id: str, sender: str, reasons: Mapping[str, str]) -> Said:
        said = self.said[file_id]
        if not isinstance(said, CheckedFile) or said.sender != sender:
            return said
        return said.answered(reasons) if file_id in self.landed else None
