"""Findings of a reader: differences between a page and the snapshot."""

from dataclasses import dataclass, field

from . import figures


@dataclass(frozen=True)
class Finding:
    """One statement of a page that is not true."""

    address: str
    where: str
    says: str
    holds: str

    def __str__(self) -> str:
        return f"{self.address}\n    {self.where}\n    page: {self.says}\n    SQL:  {self.holds}"


@dataclass
class Notes:
    """The findings on one page, and the number of comparisons."""

    address: str
    findings: list[Finding] = field(default_factory=list)
    compared: int = 0

    def expect(self, holds: bool, where: str, says: object, expected: object = "") -> bool:
        """Record a finding unless `holds`."""
        self.compared += 1
        if not holds:
            self.findings.append(Finding(self.address, where, str(says), str(expected)))
        return holds

    def expect_equal(self, where: str, says: object, expected: object) -> bool:
        return self.expect(says == expected, where, says, expected)

    def expect_near(self, where: str, text: str, value: float | None, digits: int = 0) -> bool:
        """Expect the first number in `text` to be `value` rounded; a text without a number means no value."""
        return self.expect(figures.is_near(figures.number(text), value, digits), where, text, value)

    def expect_pair(self, where: str, text: str, numerator: float | None, denominator: float | None) -> bool:
        """Expect `text` to have the pair behind a rate, or none for a denominator of 0."""
        found = figures.pair(text)
        if not denominator:
            return self.expect(found is None, where, text, f"{numerator}/{denominator}")
        whole = found or (None, None)
        near = figures.is_near(whole[0], numerator or 0, 1) and figures.is_near(whole[1], denominator, 1)
        return self.expect(near, where, text, f"{numerator}/{denominator}")
