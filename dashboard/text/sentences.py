"""Sentences of the screen. Each function takes plain values and returns one Vietnamese sentence or phrase."""

from collections.abc import Sequence
from datetime import date, datetime

from dashboard.model import Figure, KnownUnit, Kpi, KpiPart, Part, Period, RankedLevel
from dashboard.text import formats as f
from dashboard.text import rounding

SAMPLE = "DỮ LIỆU MẪU – tên người, hội nghị và kiến nghị đều là giả định, không dùng để đánh giá."
NO_SUCH_VIEW = "Địa chỉ có thông tin không đọc được ({parts}); trang đang hiển thị theo lựa chọn mặc định."
PARAMETER_NAMES = {
    "lich": "lịch",
    "ky": "kỳ báo cáo",
    "don-vi": "đơn vị",
    "linh-vuc": "lĩnh vực",
    "pham-vi": "phạm vi",
    "chi-tieu": "chỉ tiêu",
    "phan": "phần của chỉ tiêu",
    "nhom": "nhóm kiến nghị",
    "tuoi": "nhóm thời hạn",
    "co-quan": "cơ quan",
    "hop": "ngày họp",
    "trang": "trang",
    "kien-nghi": "mã kiến nghị",
    "nguoi": "người đứng đầu",
    "ma": "mã cần tra cứu",
    "dau-hieu": "dấu hiệu",
}
SIGNED_OUT = "Phiên làm việc đã kết thúc; tải lại trang để đăng nhập."
NO_SIGN_IN = "Không đăng nhập: chỉ mở trên máy này"
NO_SUCH_PAGE = "Không có trang này"
NO_SUCH_ADDRESS = "Địa chỉ không đúng hoặc đã đổi; hãy chọn một trang ở trên hoặc mở trang Tổng quan."
TO_OVERVIEW = "mở trang Tổng quan"
NO_HOME = "Chưa biết đọc kho dữ liệu nào; hãy mở trang số liệu bằng lệnh «doithoai serve»."
SNAPSHOT_EMPTY = "Bản số liệu đang công bố chưa có kỳ báo cáo nào; hãy nạp tệp báo cáo rồi chạy «doithoai run»."
SNAPSHOT_OLD = (
    "Bản số liệu đang công bố do phiên bản khác của phần mềm tạo ra (thiếu {missing}); "
    "hãy chạy «doithoai build» để tạo lại."
)
SNAPSHOT_UNREADABLE = "Bản số liệu đang công bố không đọc được; hãy chạy «doithoai build» để tạo lại."
PETITION_UNKNOWN = "Kiến nghị mang mã này không có hoặc ngoài phạm vi được xem."
LIST_UNKNOWN = "Danh sách này không có hoặc ngoài phạm vi được xem."
UNIT_UNKNOWN = "Đơn vị này không có hoặc ngoài phạm vi được xem."
NOBODY = "người đứng đầu không có hoặc ngoài phạm vi được xem"
TO_UNIT = "mở trang của đơn vị"
HEAD_UNKNOWN = "Người đứng đầu này không có hoặc ngoài phạm vi được xem."
ONLY_VISIBLE = "Danh sách chỉ gồm kiến nghị trong phạm vi được xem."
TO_HEADS = "mở danh sách người đứng đầu"
TO_FIRST_PAGE = "mở trang đầu của danh sách"
TEXT_HIDDEN = "Nội dung kiến nghị không hiển thị theo quyền truy cập."
NO_HEADS = "Không có người đứng đầu nào trong phạm vi và kỳ đã chọn."
NO_HEAD_FIGURES = "Kỳ này chưa có số liệu của người đứng đầu này."
HEAD_RULE = "Số liệu tính theo người giữ chức vào ngày giải quyết, ngày đến hạn hoặc ngày tổ chức hội nghị."
TABLE_NOTE = (
    "Bấm vào giá trị gạch chân để xem những kiến nghị được đếm (tử), vào cặp số để xem mọi kiến nghị được xét (mẫu). "
    "In nhạt: mẫu dưới {minimum}. Dấu ! đỏ: chưa đạt mục tiêu."
)
HIDDEN_FIGURE = "dưới 5 hoặc được ẩn"
HIDDEN_NOTE = (
    "«ẩn»: số từ 1 đến 4 và các số có thể dùng để suy ra chúng được ẩn với người xem. Cũng vì thế không có thứ hạng, "
    "số riêng từng cấp, từng lĩnh vực và theo lịch nhà nước."
)
NO_LIST = "Chỉ tiêu này không có danh sách kiến nghị đứng sau."
NOTHING_LISTED = "Không có kiến nghị nào."
RANK_NOTE = (
    "Xếp theo cận dưới của khoảng tin cậy (vạch nhạt), không theo tỷ lệ: cùng một tỷ lệ, số kiến nghị càng ít thì "
    "cận dưới càng thấp."
)
NO_RECORDS = "Chưa nhận được báo cáo nào về hội nghị, tập huấn, quyết định và cách làm hay của {period}."
NO_ATTENTION = "Không có kiến nghị quá hạn, vị trí người đứng đầu khuyết hay báo cáo còn thiếu."
NO_FINDINGS = "Không có ghi chú riêng cho dòng này; ghi chú chung cho nhiều ô nằm ở trang của tệp."
PROVENANCE_BY_CLICK = "Bấm vào một dòng để xem nguồn gốc từng ô."
RECORDS_OF_ALL_FIELDS = "Kế hoạch, giám sát, tập huấn, quyết định và cách làm hay không chia theo lĩnh vực."
CHAIRED_OF_ALL_FIELDS = "Cột «Chủ trì» tính mọi lĩnh vực."
FEEDS_EXPLAINED = (
    "Báo cáo đúng hạn xét những báo cáo có hạn gửi rơi vào kỳ này, kể cả báo cáo của kỳ trước; số báo cáo đã nhận ở "
    "đầu trang xét báo cáo của chính kỳ này."
)
OPEN_BY_CLICK = "Bấm vào một dòng để mở kiến nghị."
OPEN_HEAD_BY_CLICK = "Bấm vào một dòng để mở trang của người đứng đầu."
PROGRESS_NOTE = "Trang này phản ánh tình trạng tại thời điểm số liệu ({as_of}), không theo kỳ báo cáo."
BETTER, WORSE = "tốt hơn", "kém hơn"
NOTHING_TO_COMPARE = "Không so sánh: kỳ này không có số liệu"
NO_PREVIOUS = "Không có kỳ trước để so sánh"
NOT_COMPARED = "Không so sánh: {period} không có số liệu"
GREYED = "Số in nhạt: mẫu số dưới {minimum}, không xếp hạng. Dấu ! đỏ: chưa đạt mục tiêu."


def no_such_list_page(number: int, last: int) -> str:
    return f"Danh sách này chỉ có {f.number(last)} trang, không có trang {f.number(number)}."


def snapshot_named(snapshot_id: str) -> str:
    return f"Bản số liệu {snapshot_id}"


def data_until(as_of: date) -> str:
    return f"Số liệu đến {f.day(as_of)}"


def unreadable_parameters(names: Sequence[str]) -> str:
    return NO_SUCH_VIEW.format(parts=", ".join(PARAMETER_NAMES.get(name, name) for name in names))


def own_units(names: Sequence[str]) -> str:
    """'Trang này chỉ gồm kiến nghị và báo cáo trong phạm vi được xem: Huyện Kim Bảng.'"""
    return f"Trang này chỉ gồm kiến nghị và báo cáo trong phạm vi được xem: {', '.join(names)}."


def not_begun(known: KnownUnit, period: Period) -> str:
    """'Phường Phủ Lý chưa có trong Quý I/2025 (hoạt động từ 01/07/2025); trang đang hiển thị toàn tỉnh.'"""
    return (
        f"{known.unit.name} chưa có trong {period.label} (hoạt động từ {f.day(known.first_day)}); "
        "trang đang hiển thị toàn tỉnh."
    )


def no_meeting_day(day: date, as_of: datetime) -> str:
    """Return why the day of a meeting is invalid."""
    today = f.day(as_of)
    if day < as_of.date():
        return f"Ngày họp {f.day(day)} trong địa chỉ đã qua (số liệu đến {today}); hãy chọn ngày họp từ {today} trở đi."
    return f"Ngày họp {f.day(day)} trong địa chỉ quá xa (số liệu đến {today}); hãy chọn ngày họp trong 10 năm tới."


def in_field(name: str) -> str:
    """', lĩnh vực «Đất đai»', appended to the subject of figures."""
    return f", lĩnh vực «{name}»"


def of_all_fields(name: str) -> str:
    """Return the name of a KPI that is not split by field, when a field is selected."""
    return f"{name} (mọi lĩnh vực)"


def state_at(period: Period, as_of: datetime) -> str:
    """Return the note on the date as of which a list of a period shows states and ages."""
    state = f"Tình trạng và số ngày quá hạn ghi ở đây tính đến {f.day(period.cutoff)}"
    now = "" if period.cutoff >= as_of else f"; trang của từng kiến nghị ghi tình trạng đến {f.day(as_of)}"
    return f"{state}{now}."


def judged_change(kpi: Kpi, figure: Figure) -> str:
    """Return BETTER or WORSE for the change between displayed values; '' if there is none or no better direction."""
    step = rounding.step(kpi, figure.value, figure.previous_value)
    if not step or not kpi.better:
        return ""
    return BETTER if (step > 0) == (kpi.better == "higher") else WORSE


def change(kpi: Kpi, figure: Figure, previous_label: str) -> str:
    """'▲ +2,1 điểm so với Quý II/2024'; without a label there is no previous period."""
    if not previous_label:
        return NO_PREVIOUS
    if figure.value is None or figure.previous_value is None:
        return NOTHING_TO_COMPARE if figure.value is None else NOT_COMPARED.format(period=previous_label)
    step = rounding.change(kpi, figure.value, figure.previous_value)
    arrow = {"+": "▲ ", "−": "▼ "}.get(step[0], "")
    return f"{arrow}{step} so với {previous_label}"


def under_name(label: str, name: str) -> str:
    """'Quý II/2025 (Tỉnh Hà Nam)', a period in which the unit had another name."""
    return f"{label} ({name})" if name else label


def too_few(minimum: int) -> str:
    """Return the note that the denominator of a rate is too small for a comparison."""
    return f"Không so sánh: mẫu dưới {f.number(minimum)}"


def target(kpi: Kpi, value: float | None) -> str:
    """'Mục tiêu ≥ 90 % · chưa đạt'; lines break before the dot, never after it."""
    if kpi.target is None:
        return "Chưa đặt mục tiêu"
    verdict = {True: "đạt", False: "chưa đạt", None: ""}[rounding.met(kpi, value)].replace(" ", f.SPACE)
    return f"Mục tiêu {bound(kpi)}" + (f" ·{f.SPACE}{verdict}" if verdict else "")


def bound(kpi: Kpi) -> str:
    """'≥ 90 %', '≤ 20 ngày'; '100 %' and '0' without a comparison sign, as they are limits; '–' without a target."""
    if kpi.target is None:
        return f.NOTHING
    if kpi.target == 0 and kpi.better == "lower":
        return "0"
    most = f.threshold(kpi.target, kpi.unit)
    if kpi.is_rate and kpi.target == 1 and kpi.better == "higher":
        return most
    return f"{'≥' if kpi.better == 'higher' else '≤'}{f.SPACE}{most}"


def target_mark(kpi: Kpi) -> str:
    """'mục tiêu 90 %', next to a line in a chart."""
    return f"mục tiêu {f.NOTHING if kpi.target is None else f.threshold(kpi.target, kpi.unit)}"


def band_note(kpi: Kpi) -> str:
    """Return the legend of the band and the marks of a trend; without a target there are no marks."""
    band = f"Dải nhạt là khoảng tin cậy 95{f.SPACE}%"
    return f"{band}." if kpi.target is None else f"{band}; dấu ▼ đỏ là kỳ chưa đạt mục tiêu."


def closing_mark(closing: int) -> str:
    """'tồn 48', next to the end of a line in a chart."""
    return f"tồn {f.number(closing)}"


def denominator(kpi: Kpi, figure: Figure) -> str:
    """'412/500 kiến nghị đến hạn trong kỳ' for a rate, what it counts for a count, how many it covers for a median."""
    if kpi.is_rate and not figure.denominator:
        return f"không có {brief(kpi.denominator_label)}"
    if kpi.is_rate:
        return f"{f.share(figure.numerator, figure.denominator)} {brief(kpi.denominator_label)}"
    if kpi.denominator_label and figure.denominator:
        return f"{f.plain(figure.denominator)} {brief(kpi.denominator_label)}, thuộc diện tính"
    return kpi.numerator_label


def brief(label: str) -> str:
    """Return a label without its part in brackets; the page of methods shows all of it."""
    return label.split(" (", maxsplit=1)[0]


def overdue_unit(count: int, still_open: int, longest: float | None) -> str:
    """'12 kiến nghị quá hạn trong 48 kiến nghị còn tồn, lâu nhất 95 ngày.'"""
    oldest = "" if longest is None else f", lâu nhất {f.number(int(longest))} ngày"
    return f"{f.number(count)} kiến nghị quá hạn trong {f.number(still_open)} kiến nghị còn tồn{oldest}."


def late_unit(kpi: Kpi, figure: Figure) -> str:
    """'Giải quyết đúng hạn 61,5 % (24/39), hạng 6/6 (khoảng 4–6).'"""
    pair = f.share(figure.numerator, figure.denominator)
    return f"{kpi.short_name} {rounding.measure(kpi, figure.value)} ({pair}), hạng {place(figure)}."


def place(figure: Figure) -> str:
    """'6/6 (khoảng 4–6)', '–' if not ranked."""
    if figure.rank is None:
        return f.NOTHING
    return f"{f.rank(figure.rank, figure.peer_count)} (khoảng {f.band(figure.rank_best, figure.rank_worst)})"


def unit_named(known: KnownUnit, *notes: str) -> str:
    """'Huyện Thanh Liêm (riêng cơ quan cấp huyện, đã kết thúc hoạt động 30/06/2025)': the unit, what is counted, and
    whether it has ended."""
    begins = f"hoạt động từ {f.day(known.first_day)}" if known.first_day > date.min else ""
    ended = f"đã kết thúc hoạt động {f.day(known.last_day)}" if known.last_day else ""
    notes_text = ", ".join(filter(None, (*notes, begins, ended)))
    return f"{known.unit.name} ({notes_text})" if notes_text else known.unit.name


def last_of_level(level: str, found: RankedLevel) -> str:
    """'xếp cuối cấp xã', with the number of units that share the rank, and of ranked units if not all are."""
    others = f", cùng {f.number(found.share_last - 1)} đơn vị khác" if found.share_last > 1 else ""
    if found.ranked == found.units:
        return f"xếp cuối {level.lower()}{others}"
    counts = f"{f.number(found.ranked)}/{f.number(found.units)}"
    return f"xếp cuối trong {counts} đơn vị {level.lower()} được xếp hạng{others}"


def last_in_view(level: str, ranked: int) -> str:
    """Return the last rank among some units of a level; units not shown may rank lower."""
    return f"hạng thấp nhất trong {f.number(ranked)} đơn vị {level.lower()} được xếp hạng ở đây"


def at_end(period: Period, name: str = "kỳ") -> str:
    """'cuối kỳ', the moment of a period's stocks; for the term and running periods, the date of the cutoff."""
    if period.is_running or period.period_type == "term":
        return f"đến {f.day(period.cutoff)}"
    return f"cuối {name}"


def moment(period: Period) -> str:
    """'cuối Quý III/2024', with the name of the period."""
    return at_end(period, period.label)


def holders(period: Period) -> str:
    """'Người đứng đầu cuối kỳ', the heading of heads in office at that moment."""
    return f"Người đứng đầu {at_end(period)}"


def vacant_posts(period: Period, names: Sequence[str]) -> str:
    return f"{f.number(len(names))} vị trí người đứng đầu khuyết {moment(period)}: {f.some(names)}."


def counted(part: KpiPart, figure: Figure) -> str:
    """'306 đúng hạn': a link to the petitions that a part of a figure counts."""
    return f"{f.plain(_side(part, figure))} {part.link_label}"


def see_counted(part: KpiPart, figure: Figure) -> str:
    """'xem 66 kiến nghị đến hạn', at the end of a sentence."""
    return f"xem {f.plain(_side(part, figure))} kiến nghị {part.link_label}"


def _side(part: KpiPart, figure: Figure) -> float | None:
    return figure.numerator if part.part is Part.NUMERATOR else figure.denominator
