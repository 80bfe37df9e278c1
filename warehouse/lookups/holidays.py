"""Public holidays, which come from a library and not from the home."""

from datetime import date

HOLIDAY_YEARS = range(2010, 2041)
"""Years with known public holidays: a term back for late petitions, ten years ahead for due dates."""


def public_holidays() -> list[tuple[date, str]]:
    """Return the public holidays of Việt Nam (including Tết and substitute days) with their Vietnamese names."""
    import holidays

    return sorted(holidays.country_holidays("VN", years=HOLIDAY_YEARS, language="vi").items())
