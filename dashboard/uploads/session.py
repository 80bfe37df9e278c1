"""What a session knows of the files that were dropped: what was said of each, for as long as it holds. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from dashboard.check_result import CheckedFile

Said = CheckedFile | str | None
"""What was said of a file; a sentence where nobody could say; None where it has to be asked anew."""


@dataclass(frozen=True)
class Dropped:
    """What was said of each dropped file, by its id in the browser, what became of those that were taken in, and which
    of these the published figures hold."""

    said: Mapping[str, Said] = field(default_factory=dict)
    landed: Mapping[str, CheckedFile] = field(default_factory=dict)
    published: frozenset[str] = frozenset()

    def only(self, file_ids: Collection[str]) -> "Dropped":
        """The same without the files that are no longer there."""
        return Dropped(
            {each: said for each, said in self.said.items() if each in file_ids},
            {each: outcome for each, outcome in self.landed.items() if each in file_ids},
            self.published.intersection(file_ids),
        )

    def twins(self) -> frozenset[str]:
        """The files, not in yet, that share sender and period with another of them: the later one would replace it."""
        whose = {
            each: (said.sender, said.period)
            for each, said in self.said.items()
            if isinstance(said, CheckedFile) and said.verdict == "accepted" and each not in self.landed
        }
        shared = Counter(whose.values())
        return frozenset(each for each, alike in whose.items() if shared[alike] > 1)

    def clean(self) -> tuple[str, ...]:
        """The files of which every row would be received, that are not in yet and of which none replaces another."""
        twins = self.twins()
        return tuple(
            each
            for each, said in self.said.items()
            if isinstance(said, CheckedFile) and said.is_clean and each not in self.landed and each not in twins
        )

    def told(self, file_id: str, said: Said) -> "Dropped":
        """The same with what was said of a file."""
        return replace(self, said={**self.said, file_id: said})

    def taken_in(self, file_id: str, outcome: CheckedFile) -> "Dropped":
        """The file is in: whatever is not has to be held against it."""
        landed = {**self.landed, file_id: outcome}
        said = {each: known if each in landed else None for each, known in self.said.items()}
        return replace(self, said=said, landed=landed)

    def computed(self) -> "Dropped":
        """The figures were published anew, with all that is in."""
        return replace(self, published=frozenset(self.landed))

    def answered(self, sender: str, reasons: Mapping[str, str]) -> "Dropped":
        """The sender gave `reasons`, by confirmation key, which hold for all its files: those not in are asked anew."""
        return replace(self, said={each: self._answered(each, sender, reasons) for each in self.said})

    def _answered(self, file_id: str, sender: str, reasons: Mapping[str, str]) -> Said:
        said = self.said[file_id]
        if not isinstance(said, CheckedFile) or said.sender != sender:
            return said
        return said.answered(reasons) if file_id in self.landed else None
