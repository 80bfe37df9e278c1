"""The uploads of a session: the check result of each file, and what landed. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from dashboard.check_result import CheckedFile

Result = CheckedFile | str | None
"""The result of a check; a message if the check could not run; None if the file has to be checked again."""


@dataclass(frozen=True)
class Uploads:
    """The results of uploaded files by their id in the browser, and the outcomes of those that landed.

    `published` are the ids of the files whose rows the published figures already contain.
    """

    results: Mapping[str, Result] = field(default_factory=dict)
    landed: Mapping[str, CheckedFile] = field(default_factory=dict)
    published: frozenset[str] = frozenset()

    def only(self, file_ids: Collection[str]) -> "Uploads":
        """Return the uploads without the files that were removed."""
        return Uploads(
            {each: result for each, result in self.results.items() if each in file_ids},
            {each: outcome for each, outcome in self.landed.items() if each in file_ids},
            self.published.intersection(file_ids),
        )

    def twins(self) -> frozenset[str]:
        """Return the files, not yet landed, that share sender and period with another: the later one would replace
        it."""
        whose = {
            each: (result.sender, result.period)
            for each, result in self.results.items()
            if isinstance(result, CheckedFile) and result.verdict == "accepted" and each not in self.landed
        }
        shared = Counter(whose.values())
        return frozenset(each for each, alike in whose.items() if shared[alike] > 1)

    def clean(self) -> tuple[str, ...]:
        """Return the files, not yet landed, whose rows would all land and that replace no other file."""
        twins = self.twins()
        return tuple(
            each
            for each, result in self.results.items()
            if isinstance(result, CheckedFile) and result.is_clean and each not in self.landed and each not in twins
        )

    def with_result(self, file_id: str, result: Result) -> "Uploads":
        """Return the uploads with the result of one file."""
        return replace(self, results={**self.results, file_id: result})

    def with_landed(self, file_id: str, outcome: CheckedFile) -> "Uploads":
        """Return the uploads after a file landed; the others are checked again, because they are compared with it."""
        landed = {**self.landed, file_id: outcome}
        results = {each: known if each in landed else None for each, known in self.results.items()}
        return replace(self, results=results, landed=landed)

    def with_build(self) -> "Uploads":
        """Return the uploads after a build: the figures contain all landed feeds."""
        return replace(self, published=frozenset(self.landed))

    def with_reasons(self, sender: str, reasons: Mapping[str, str]) -> "Uploads":
        """Return the uploads after the sender gave `reasons`, by confirmation key; its files not yet landed are checked
        again."""
        return replace(self, results={each: self._with_reasons(each, sender, reasons) for each in self.results})

    def _with_reasons(self, file_id: str, sender: str, reasons: Mapping[str, str]) -> Result:
        result = self.results[file_id]
        if not isinstance(result, CheckedFile) or result.sender != sender:
            return result
        return result.with_reasons(reasons) if file_id in self.landed else None
