"""Invented names: unusual combinations of a family name and given names, many of which are words from nature.

None begins with a capital that has a tone mark, because a TCVN3 font cannot keep it.
"""

from collections.abc import Iterator
from random import Random

_FAMILY = "Khuất Mạc Bạch Thạch Liễu Tống Doãn Nghiêm Quách Viên Triệu Hứa Đàm Giang Mẫn Lãnh Sầm Vi Lục Nhan Thân Kha"
_MIDDLE = "Hải Trúc Thanh Mai Sơn Thạch Nguyệt Bích Vân Lam Hồng Kim Khánh Tùng Xuân Thu Nhật Hoàng Phong Quế Ngân Minh"
_GIVEN = (
    "Giang Sơn Thảo Lâm Khê Nguyên Phong Lĩnh Thạch Tuyền Bình Hải Trà Duyên Quỳnh Ngọc Thông Bách Vũ Hà Xuyên Triều "
    "Điền Đan Liên Cúc Tùng Hiên Kiều"
)


def invented_names(rng: Random) -> Iterator[str]:
    """Yield full names, each once; there are more than ten thousand, which is enough for any province."""
    given: set[str] = set()
    families, middles, lasts = _FAMILY.split(), _MIDDLE.split(), _GIVEN.split()
    while True:
        family, middle, last = rng.choice(families), rng.choice(middles), rng.choice(lasts)
        name = f"{family} {middle} {last}"
        if len({family, middle, last}) == 3 and name not in given:
            given.add(name)
            yield name
