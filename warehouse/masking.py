"""Masking of contact and identity numbers inside the cells of a feed. Pure.

In texts it masks telephone numbers (0, 84, +84 or 0084 and nine or ten digits, or any number after a word for one),
identity numbers (nine or twelve digits, ten or eleven if a spreadsheet dropped zeros, also as 9.12345678E+08, or any
number after a word for one), passport numbers after a word for one, and e-mail addresses, also with (at), [at] or
«a còng» instead of @. Digits may be separated as people write them: by one sign or a line break anywhere, by several
signs if the groups are those of a telephone number. O, l, I and S within a number count as 0, 1, 1 and 5.

It masks too much rather than too little, except dates, instants, codes with a year, plots of land, decimals and sums of
money: followed by a currency or unit of measure, after a word for money, or ending in three zeros; a number with points
between its thousands and no leading zero counts as a sum. In codes it masks telephone and identity numbers that are
whole words, and a mobile number at the end of a code.
"""

import html
import re
import unicodedata

from warehouse.invisible import INVISIBLE
from warehouse.sql import literal

MASK_END = " đã che]"
"""The end of every mask."""

_PHONE_MASK, _NUMBER_MASK = "[số điện thoại đã che]", "[số giấy tờ đã che]"
_MASKS = {
    "mail": "[thư điện tử đã che]",
    "phone": _PHONE_MASK,
    "called": _PHONE_MASK,
    "mobile": _PHONE_MASK,
    "named": _NUMBER_MASK,
    "passport": _NUMBER_MASK,
    "identity": _NUMBER_MASK,
}
LEAST_DIGITS = 7
"""Shorter numbers identify nobody."""

_NO_LETTER = r"(?<![^\W\d_])"

_SIGN = r"(?: ?(?:@|[(\[{] ?(?i:@|at|a|a còng) ?[)\]}]) ?| (?i:a còng) )"
_POINT = r"(?:\.| ?[(\[] ?(?i:\.|dot|chấm) ?[)\]] ?)"
_LOCAL = r"[^\s@<>()\[\]{},;:\"']{1,64}"
_MAIL = (
    rf"(?P<mail>{_LOCAL}(?:@[\w\-]{{1,63}}(?:\.[\w\-]{{1,63}})+"
    rf"|{_SIGN}(?:[\w\-]{{1,63}}{_POINT}){{1,4}}[A-Za-z]{{2,24}}(?![\w\-])"
    rf"|{_SIGN}(?i:gmail|yahoo|hotmail|outlook|icloud)(?![\w\-])))"
)

_BROKEN = r"(?<=[0-9]{3}) ?\n ?"
_BETWEEN = rf"(?: - |\)[ .\-]?|[ .\-]?\(|[ .,/\-_*·•|]|{_BROKEN})?"
_WORD_GOES_ON = r"(?![OoIlS]{0,10}[^\W\d_OoIlS])"
_DIGIT = rf"(?:{_BETWEEN}(?:[0-9]|[OoIlS](?=[0-9]))|[OoIlS]{_WORD_GOES_ON})"
_AREA = r"(?:\((?=[0-9+ ]{1,6}\)))?"
_APART = r"(?:[^\w\n]|_){1,5}"
_GROUPS = (
    rf"0[235789][0-9]{{2}}(?:{_APART}[0-9]{{3}}{_APART}[0-9]{{3}}|(?:{_APART}[0-9]{{2}}){{3}}"
    rf"|{_APART}[0-9]{{4}}{_APART}[0-9]{{3}}|{_APART}[0-9]{{6,7}})"
    rf"|0[235789][0-9](?:{_APART}[0-9]{{3,4}}{_APART}[0-9]{{4}}|{_APART}[0-9]{{4}}{_APART}[0-9]{{3}}|{_APART}[0-9]{{7,8}})"
)
_PHONE = rf"{_AREA}(?:(?:\+ ?|00)?84\)?{_BETWEEN}(?:\(0\)|0)?|[0Oo]){_DIGIT}{{9,10}}(?![0-9])"

_NOT_A_DAY = r"(?![0-3]?[0-9][/.\-][01]?[0-9][/.\-](?:19|20)?[0-9]{2}(?![0-9]))"
_NAMED = (
    rf"{_NO_LETTER}(?i:cmt(?![^\W\d_])|cmnd|cmtnd|cccd|căn cước|can cuoc|chứng minh|chung minh|hộ chiếu|ho chieu"
    r"|passport|định danh|dinh danh|tùy thân|tuỳ thân)[^0-9\]]{0,24}?"
    rf"{_NOT_A_DAY}(?P<named>[0-9](?:{_BETWEEN}[0-9]){{8,11}})(?![0-9])"
)
_PASSPORT = (
    r"(?i:hộ chiếu|ho chieu|passport)[^0-9\]]{0,24}?"
    rf"(?P<passport>{_NO_LETTER}[A-Za-z][ .\-]?[0-9](?:[ .\-]?[0-9]){{6,7}}|[0-9]{{7,8}})(?![0-9])"
)
_CURRENCY = r"(?i:đồng(?! ý| chí| bào)|đ|triệu|tỷ|tỉ|nghìn|ngàn|vnđ|vnd|usd)(?![^\W\d_])"
_MEASURE = r"(?i:m2|m²|m3|m³|ha|km|mét|kg|tấn|tạ|lít|kwh)(?![^\W\d_])"
_COUNTED = r"(?i:người|hộ|phiếu|lượt|cử tri|con|cây|khẩu|nhân khẩu)(?![^\W\d_])"
_CALLED = (
    rf"{_NO_LETTER}(?i:điện thoại|dien thoai|sđt|sdt|đt|số máy|so may|di động|zalo|hotline|tel|phone)"
    r"[^0-9\n\]]{0,16}(?![0-3]?[0-9][/.\-][0-9](?![0-9]{2}\.[0-9]{3}))(?![0-9]{3}[ .,\-]{1,3}(?:19|20)[0-9]{2}[ \-])"
    rf"(?P<called>[0-9](?: ?[.\-_*·]{{0,2}} ?[0-9]){{7,10}})(?![0-9]|[.,][0-9]{{3}}| ?{_CURRENCY}| ?{_MEASURE})"
)

_NO_FRACTION = r"(?<![0-9][.,])"
_NO_GROUP = r"(?<![0-9][ .,/\-])"
_TWELVE = rf"0(?:{_BETWEEN}[0-9]){{11}}(?![0-9])"
_LOST_ZEROS = r"[1-9][0-9][0-3][0-9]{8}(?![0-9])|[1-9][0-3][0-9]{8}(?![0-9])"
_SPACED = (
    rf"{_NO_GROUP}(?:0[0-9]{{2}}(?P<between>[ .\-])[0-9]{{3}}(?P=between)[0-9]{{3}}"
    r"|(?:[1-9][0-9]{2}|[1-9][0-9]? [0-3][0-9]{2}) [0-9]{3} [0-9]{3})"
    rf"(?![0-9]|[ .,/\-][0-9]| ?{_CURRENCY}| ?{_MEASURE}| {_COUNTED})"
)
_SCIENTIFIC = r"[1-9][.,][0-9]{6,11}[Ee]\+?0?(?:8|9|1[01])(?![0-9])"
_IDENTITY = (
    rf"{_TWELVE}|[0-9]{{3}}(?:{_BETWEEN}[0-9]{{3}}){{3}}(?![0-9])"
    rf"|{_NO_FRACTION}(?:[0-9]{{9}}(?![0-9])|{_LOST_ZEROS})(?:[.,]0+(?![0-9]))?|{_SCIENTIFIC}|{_SPACED}"
)

_DATE = (
    r"(?<![0-9])(?:[0-2]?[0-9][:hg][0-5][0-9](?::[0-5][0-9])? )?"
    r"(?:(?:[0-3]?[0-9](?P<day>[/.\-])[0-3]?[0-9](?P=day)|[01]?[0-9][/\-])(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}(?P<iso>[/.\-])[01]?[0-9](?P=iso)[0-3]?[0-9])(?![0-9]|[/.\-][0-9])"
)
_YEARLY_CODE = r"[A-ZĐ]{1,8}[\-/](?:[0-9]+[\-/])*(?:19|20)[0-9]{2}[\-/][0-9]+"
_SUM = r"[1-9](?:[0-9]{0,2}(?:[., ][0-9]{3})+|[0-9]*)(?:,[0-9]+)?"
_MONEY = (
    rf"(?<![0-9]){_NO_GROUP}(?:{_SUM} ?(?:{_CURRENCY}|{_MEASURE})"
    r"|[1-9][0-9]{5,}000(?![0-9])|[1-9][0-9]{0,2}(?: [0-9]{3}){1,3} 000(?![ .]?[0-9]))"
)
_FOR_MONEY = (
    rf"{_NO_LETTER}(?i:kinh phí|số tiền|tổng tiền|số vốn|tổng vốn|chi phí|tổng mức|dự toán|quyết toán|ngân sách|giá trị"
    rf"|trị giá|đền bù|bồi thường|hỗ trợ|diện tích)[^0-9\n]{{0,12}}{_SUM}(?![0-9])"
)
_PLOTS = (
    rf"{_NO_LETTER}(?i:thửa|tờ|lô)(?: (?i:đất|bản đồ|số)){{0,2}}:? ?[0-9]{{1,4}}(?![0-9])"
    r"(?:(?:, ?| và | ?- ?|; ?| )(?!0[35789][0-9]{2})[0-9]{1,4}(?![0-9]))*"
)
_STAMP = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-2][0-9][0-5][0-9](?![0-9])"
_FRACTION = r"(?<![0-9.,])0[.,](?![35789][0-9]{8}(?![0-9]))[0-9]{6,}(?![0-9])"
_KEPT_WORDS = rf"(?P<kept_words>{_YEARLY_CODE}|{_FOR_MONEY}|{_PLOTS})"
_KEPT = rf"(?P<kept>{_DATE}|{_MONEY}|{_FRACTION}|(?<![0-9]){_STAMP})"
_NUMBER = rf"(?P<phone>{_PHONE}|(?:{_GROUPS})(?![0-9]))|(?P<identity>{_IDENTITY})"

_IN_TEXT = re.compile(
    rf"(?=[^\W\d_])(?:{_NAMED}|{_PASSPORT}|{_CALLED}|{_KEPT_WORDS})|(?=[0-9(+Oo])(?:{_KEPT}|(?<![0-9])(?:{_NUMBER}))"
)
"""Alternatives that begin with a letter are not tried at digits, nor the reverse, so that most positions are
skipped."""
_ALONE = r"(?:(?<![\w./:+\-])|(?<=(?i:đt))|(?<=(?i:sdt))|(?<=(?i:tel)))"
_CITIZEN = rf"(?=0[0-9]{_BETWEEN}[0-9]{_BETWEEN}[0-3]){_TWELVE}"
_MOBILE = r"(?<![0-9.,/])0[35789][0-9]{8}(?![\w.,/\-])"
_IN_CODE = re.compile(
    rf"{_NAMED}|{_PASSPORT}|(?P<kept>{_DATE})|{_ALONE}(?:(?P<phone>{_PHONE})|(?P<identity>{_CITIZEN}))(?![\w/\-])"
    rf"|(?P<mobile>{_MOBILE})"
)
_ADDRESS = re.compile(_MAIL)
_HAS_NUMBER = re.compile(rf"(?:[0-9OoIlS][^0-9A-Za-z]*){{{LEAST_DIGITS}}}")

_INVISIBLE = re.compile(f"[\u00ad{INVISIBLE}]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BLANKS = re.compile(r"[^\S\n]+")
_FOREIGN = re.compile(r"[\uff00-\uffef]|[^\D0-9]")
_UNPLAIN = re.compile(f"[\u00ad{INVISIBLE}\u2010-\u2015\u2212\uff00-\uffefÐð]|[^\\D0-9]")
"""A character that `_plain` replaces, except blanks."""
_AMPERSANDS = re.compile(r"&(?:amp;)+(?=#)")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|nbsp|shy|ndash|commat|period|amp);")
_ETH = str.maketrans("Ðð", "Đđ")

_CP1252_LETTERS = "ƒŠŒŽšœžŸªµº"
"""Letters that the last byte of a blank becomes when UTF-8 is read as cp1252."""

_MAY_BE_ADDRESS = (
    r"[@\x{FF00}-\x{FFEF}]|ï[¼½¾¿]|(?i)[(\[{][^0-9A-Za-z]*a[^0-9A-Za-z]*t?[^0-9A-Za-z]*[)\]}]"
    rf"|(?:[^\p{{L}}\p{{Nd}}]|[{_CP1252_LETTERS}])a[^0-9A-Za-z]+c[^ ]{{1,9}}n[^0-9A-Za-z ]{{0,4}}g(?-i)"
)
"""An @, full-width letters, `(at)`, and «a còng» with «a» as a word, unlike the end of «chữa» before «công»."""

_ANY_DIGIT = r"[\p{Nd}OoIlS][^\p{Nd}A-Za-z]*"
_MANY_DIGITS = rf"(?:{_ANY_DIGIT}){{{LEAST_DIGITS}}}|{_MAY_BE_ADDRESS}"
_NUMBER_ALONE = (
    rf"(?:^|[^0-9A-Za-z./:\-]|[Dd][Tt]|[Tt][Ee][Ll])[^0-9A-Za-z]*(?:[+(0oO]|84)[^0-9A-Za-z]*(?:{_ANY_DIGIT}){{8}}"
    r"|0[35789][0-9]{8}|(?i:cmt|cmnd|cccd|passport|can[^0-9A-Za-z]+cuoc|chung[^0-9A-Za-z]+minh|ho[^0-9A-Za-z]+chieu|dinh[^0-9A-Za-z]+danh)"
    rf"(?s:.)*(?:{_ANY_DIGIT}){{{LEAST_DIGITS}}}|{_MAY_BE_ADDRESS}"
)
_HAS_REFERENCE = r"&(?:amp;)*#[0-9xX]|&[A-Za-z]{2,8};"


def masked(text: str) -> str:
    """Replace contact and identity numbers in `text` by a word for their kind; return texts without them unchanged.

    A changed text is composed (NFC), with ASCII digits, ASCII dashes and single spaces.
    """
    return _replaced(_IN_TEXT, text)


def masked_code(text: str) -> str:
    """Replace personal numbers in a code: whole words, and a mobile number at its end."""
    return _replaced(_IN_CODE, text)


def may_need_masking_sql(column: str, *, text: bool) -> str:
    """Return an SQL condition that is true for every text (or code) that needs masking, and for few others."""
    many_digits = f"regexp_matches({column}, {literal(f'{_MANY_DIGITS}|{_HAS_REFERENCE}')})"
    if text:
        return many_digits
    beyond_ascii = f"strlen({column}) > length({column})"
    number_alone = literal(f"{_HAS_REFERENCE}|{_NUMBER_ALONE}")
    return f"(regexp_matches({column}, {number_alone}) or {beyond_ascii} and {many_digits})"


def _replaced(numbers: re.Pattern[str], text: str) -> str:
    """Replace e-mail addresses first, because they may contain numbers; a text with neither, as most, costs little."""
    replaced = plain = _plain(text)
    if any(each in replaced for each in "@([{") or "còng" in replaced.lower():
        replaced = _ADDRESS.sub(_mask, replaced)
    if _HAS_NUMBER.search(replaced):
        replaced = numbers.sub(_mask, replaced)
    return text if replaced == plain else replaced


def _mask(found: re.Match[str]) -> str:
    """Return a match with its number masked; words before it stay, and so does a number with too few real digits."""
    kind = found.lastgroup or "kept"
    if kind not in _MASKS or (kind != "mail" and sum(map(str.isdigit, found[kind])) < LEAST_DIGITS):
        return found[0]
    return found.string[found.start() : found.start(kind)] + _MASKS[kind]


def _plain(text: str) -> str:
    """Return `text` composed (NFC), with ASCII digits and punctuation, single spaces and no invisible characters.

    HTML references (`&#48;`, `&nbsp;`) are decoded, because numbers may be written in them.
    """
    if "&" in text:
        text = _REFERENCE.sub(lambda found: html.unescape(found[0]), _AMPERSANDS.sub("&", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _UNPLAIN.search(text):
            text = _FOREIGN.sub(_plain_letter, text.translate(_ETH))
            text = _DASHES.sub("-", _INVISIBLE.sub("", text))
    return _BLANKS.sub(" ", text)


def _plain_letter(found: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFKC", found[0])
    decimal = unicodedata.decimal(letter, None) if len(letter) == 1 else None
    return letter if decimal is None else str(decimal)
