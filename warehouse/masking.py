"""Masking of contact and identity numbers inside the cells of a feed. Pure.

In texts: telephone numbers (0, 84, +84 or 0084 and nine or ten digits, an O for a 0 too, or whatever follows the words
for one), identity numbers (nine or twelve digits, ten or eleven where a spreadsheet lost the zeros, the same as
9.12345678E+08, or whatever follows the words for one) and e-mail addresses, with the separators people write. Rather
too much is masked than too little, save dates, codes with a year in them and sums: with their currency or a unit of
measure behind them, with the words for money before them, or ending in three zeros. In codes: a telephone or
identity number as a whole word, and a mobile number at the end of a code.
"""

import re
import unicodedata

from warehouse.expectations import literal

MASK_END = " đã che]"
"""How every mask ends."""

_MASKS = {
    "mail": "[thư điện tử đã che]",
    "phone": "[số điện thoại đã che]",
    "called": "[số điện thoại đã che]",
    "named": "[số giấy tờ đã che]",
    "identity": "[số giấy tờ đã che]",
    "mobile": "[số điện thoại đã che]",
}
_BETWEEN = r"(?: - |\)[ .\-]?|[ .\-]?\(|[ .,/\-])?"
_MAIL = r"(?P<mail>[^\s@<>()\[\],;:\"']{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63})+)"
_DIGIT = rf"(?:{_BETWEEN}[0-9]|[Oo](?![^\W\d_]*[^\W\d_Oo]))"
_PHONE = rf"(?:\(?(?:\+ ?|00)?84\)?{_BETWEEN}(?:\(0\)|0)?|\(?[0Oo]){_DIGIT}{{9,10}}(?![0-9])"
_NAMED = (
    r"(?P<words>(?i:cmnd|cmtnd|cccd|căn cước|chứng minh|hộ chiếu|định danh)[^0-9\n]{0,24})"
    rf"(?P<named>[0-9](?:{_BETWEEN}[0-9]){{8,11}})(?![0-9])"
)
_CURRENCY = r"(?i:đồng(?! ý| chí| bào)|đ|triệu|tỷ|tỉ|nghìn|ngàn|vnđ|vnd|usd)(?![^\W\d_])"
_MEASURE = r"(?i:m2|m²|m3|m³|ha|km|mét|kg|tấn|tạ|lít|kwh)(?![^\W\d_])"
_CALLED = (
    r"(?P<calls>(?<![^\W\d_])(?i:điện thoại|sđt|sdt|đt|số máy|di động|zalo|hotline|tel|phone)[^0-9\n]{0,16})"
    rf"(?![0-3]?[0-9][/.\-][0-9])(?P<called>[0-9](?:[ .\-]?[0-9]){{7,10}})(?![0-9]|[.,][0-9]{{3}}| ?{_CURRENCY})"
)
_TWELVE = rf"0(?:{_BETWEEN}[0-9]){{11}}(?![0-9])"
_LOST_ZEROS = r"[1-9][0-9][0-3][0-9]{8}(?![0-9])|[1-9][0-3][0-9]{8}(?![0-9])"
_SCIENTIFIC = r"[1-9][.,][0-9]{6,11}[Ee]\+?0?(?:8|9|1[01])(?![0-9])"
_IDENTITY = (
    rf"{_TWELVE}|[0-9]{{3}}(?:{_BETWEEN}[0-9]{{3}}){{3}}(?![0-9])|(?:[0-9]{{9}}(?![0-9])|{_LOST_ZEROS})(?:[.,]0+(?![0-9]))?"
    rf"|{_SCIENTIFIC}"
)
_DATE = (
    r"(?<![0-9])(?:(?:[0-3]?[0-9](?P<day>[/.\-])[0-3]?[0-9](?P=day)|[01]?[0-9][/\-])(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}(?P<iso>[/.\-])[01]?[0-9](?P=iso)[0-3]?[0-9])(?![0-9]|[/.\-][0-9])"
)
_YEARLY_CODE = r"[A-ZĐ]{1,8}[\-/](?:[0-9]+[\-/])*(?:19|20)[0-9]{2}[\-/][0-9]+"
_SUM = r"[1-9](?:[0-9]{0,2}(?:[., ][0-9]{3})+|[0-9]*)(?:,[0-9]+)?"
_MONEY = (
    rf"(?<![0-9])(?<![0-9][ .,/\-])(?:{_SUM} ?(?:{_CURRENCY}|{_MEASURE})|[1-9][0-9]{{5,}}000(?![0-9]))"
    r"|(?<![^\W\d_])(?i:kinh phí|số tiền|số vốn|tổng mức|dự toán|ngân sách|giá trị|trị giá|đền bù|bồi thường|hỗ trợ)"
    rf"[^0-9\n]{{0,12}}{_SUM}(?![0-9])"
)
_KEPT = rf"(?P<kept>{_DATE}|{_YEARLY_CODE}|{_MONEY})"
_IN_TEXT = re.compile(
    rf"{_MAIL}|{_NAMED}|{_CALLED}|{_KEPT}|(?<![0-9])(?:(?P<phone>{_PHONE})|(?P<identity>{_IDENTITY}))"
)
_ALONE = r"(?:(?<![\w./:+\-])|(?<=(?i:đt))|(?<=(?i:sdt))|(?<=(?i:tel)))"
_CITIZEN = rf"(?=0[0-9]{_BETWEEN}[0-9]{_BETWEEN}[0-3]){_TWELVE}"
_MOBILE = r"(?<![0-9.,/])0[35789][0-9]{8}(?![\w.,/\-])"
_IN_CODE = re.compile(
    rf"{_MAIL}|{_NAMED}|(?P<kept>{_DATE})|{_ALONE}(?:(?P<phone>{_PHONE})|(?P<identity>{_CITIZEN}))(?![\w/\-])"
    rf"|(?P<mobile>{_MOBILE})"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BLANKS = re.compile(r"[^\S\n]+")

_MANY_DIGITS = r"(?:[0-9０-９][^0-9A-DF-NP-Za-df-np-z]*){8}|[@＠]"
_NUMBER_ALONE = (
    r"(?:^|[^0-9A-Za-z./:\-]|[ĐđDd][Tt]|[Tt][Ee][Ll])[^0-9A-Za-z]{0,2}(?:[+(0oO０]|84)(?:[^0-9A-Za-z]*[0-9０-９]){8}|[@＠]"
    r"|0[35789][0-9]{8}|(?i:cmnd|cmtnd|cccd|căn cước|chứng minh|hộ chiếu|định danh).*[0-9０-９]"
)


def masked(text: str) -> str:
    """`text` with what tells who or where a person is replaced by what it was; as it is where there is no such thing.

    Where something is replaced, the rest comes back with plain digits, dashes and single spaces.
    """
    return _replaced(_IN_TEXT, text)


def masked_code(text: str) -> str:
    """A code with the numbers in it that are a person's, as whole words, replaced."""
    return _replaced(_IN_CODE, text)


def may_need_masking_sql(column: str, *, text: bool) -> str:
    """An SQL condition without which a text, or a code, needs no masking; it lets few through that need none."""
    return f"regexp_matches({column}, {literal(_MANY_DIGITS if text else _NUMBER_ALONE)})"


def _replaced(pattern: re.Pattern[str], text: str) -> str:
    plain = _plain(text)
    replaced = pattern.sub(_mask, plain)
    return text if replaced == plain else replaced


def _mask(found: re.Match[str]) -> str:
    kind = found.lastgroup or "kept"
    if kind not in _MASKS:
        return found[0]
    words = found.groupdict()
    return (words.get("words") or words.get("calls") or "") + _MASKS[kind]


def _plain(text: str) -> str:
    """`text` with ASCII digits, signs and dashes, single spaces and nothing invisible."""
    if not text.isascii():
        text = _DASHES.sub("-", _INVISIBLE.sub("", "".join(map(_plain_letter, text))))
    return _BLANKS.sub(" ", text)


def _plain_letter(letter: str) -> str:
    if "\uff00" <= letter <= "\uffef":
        return unicodedata.normalize("NFKC", letter)
    decimal = unicodedata.decimal(letter, None)
    return letter if decimal is None else str(decimal)
