"""What a reader of pages writes down: where a page says something else than the snapshot."""

from dataclasses import dataclass, field

from . import figures


@dataclass(frozen=True)
class Finding:
    """One thing that a page says and that is not so."""

    address: str
    where: str
    says: str
    holds: str

    def __str__(self) -> str:
        return f"{self.address}\n    {self.where}\n    page: {self.says}\n    SQL:  {self.holds}"


@dataclass
class Notes:
    """The findings on one page, and how many comparisons were made."""

    address: str
    findings: list[Finding] = field(default_factory=list)
    compared: int = 0

    def that(self, holds: bool, where: str, says: object, expected: object = "") -> bool:
        """Write down what the page says where it does not hold."""
        self.compared += 1
        if not holds:
            self.findings.append(Finding(self.address, where, str(says), str(expected)))
        return holds

    def same(self, where: str, says: object, expected: object) -> bool:
        return self.that(says == expected, where, says, expected)

    def near(self, where: str, text: str, value: float | None, digits: int = 0) -> bool:
        """That the first number in `text` is `value` rounded; a text without a number says that there is none."""
        return self.that(figures.is_near(figures.number(text), value, digits), where, text, value)

    def pair(self, where: str, text: str, numerator: float | None, denominator: float | None) -> bool:
        """That `text` has the pair behind a rate, or none where the denominator is nothing."""
        found = figures.pair(text)
        if not denominator:
            return self.that(found is None, where, text, f"{numerator}/{denominator}")
        whole = found or (None, None)
        near = figures.is_near(whole[0], numerator or 0, 1) and figures.is_near(whole[1], denominator, 1)
        return self.that(near, where, text, f"{numerator}/{denominator}")
