"""Public holidays, which come from a library and not from the home."""

from datetime import date

HOLIDAY_YEARS = range(2010, 2041)
"""Years for which public holidays are known: a term back for late petitions, ten years ahead for due dates."""


def public_holidays() -> list[tuple[date, str]]:
    """Days off by law in Việt Nam, with Tết and substitute days, each with its name in Vietnamese."""
    import holidays

    return sorted(holidays.country_holidays("VN", years=HOLIDAY_YEARS, language="vi").items())
