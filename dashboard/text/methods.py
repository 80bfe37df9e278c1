"""Texts of the rules for all KPIs, for the page of methods."""

from collections.abc import Mapping, Sequence

from dashboard.text import formats as f

HEADLINE = "Mỗi con số trên trang này đều có thể tính lại bằng tay theo các định nghĩa dưới đây."
INTRODUCTION = (
    "Chỉ tiêu được tính một lần trong kho dữ liệu; trang số liệu chỉ đọc lại, không tính thêm. "
    "Tỷ lệ của cấp hoặc của tỉnh bằng tổng tử số chia tổng mẫu số, không lấy trung bình các tỷ lệ."
)
BASIS = "Căn cứ"
_TIMES = (
    "Số liệu tính đến một thời điểm; sự kiện sau thời điểm đó không được tính, kể cả khi còn trong kỳ.",
    "Hạn không ghi giờ là hết ngày đó; ngày tiếp nhận và ngày giải quyết không ghi giờ là đầu ngày đó.",
    "Kiến nghị không có hạn thì hạn là ngày tiếp nhận cộng số ngày theo quy định của cấp đó.",
    "Gia hạn chỉ được tính khi có số văn bản và văn bản ban hành trước hạn cũ.",
    "Lịch Đảng theo kỳ dương lịch; Lịch Nhà nước chốt ngày 14 (năm từ 15/12 năm trước đến 14/12).",
)
_CLASSES = (
    (
        "Giải quyết đúng hạn · giải quyết quá hạn · đang giải quyết, còn hạn · quá hạn chưa giải quyết: "
        "mỗi kiến nghị thuộc diện tính nằm trong đúng một nhóm, bốn nhóm cộng lại bằng tổng số."
    ),
    (
        "Kiến nghị đã chuyển, trả lại, trùng hoặc ngoài thẩm quyền ra khỏi diện tính; "
        "ra khỏi diện tính sau khi đã quá hạn thì vẫn tính là một lần trễ hạn."
    ),
    (
        "Đúng hạn hay trễ hạn được ghi vào kỳ có ngày giải quyết hoặc ngày hết hạn, tùy ngày nào đến trước, "
        "nên số của kỳ đã khép không thay đổi về sau."
    ),
    "Tồn đầu kỳ + tiếp nhận = giải quyết + ra khỏi diện tính + tồn cuối kỳ.",
)
_HEADS = (
    (
        "Số liệu của người đứng đầu tính theo người giữ chức vào ngày xảy ra: ngày giải quyết, ngày đến hạn, "
        "ngày tổ chức hội nghị; ngày bàn giao tính cho người mới."
    ),
    "«Nhận bàn giao» là kiến nghị đã quá hạn trước khi người đó nhận chức.",
    "Ngày không có người giữ chức thì ghi vào dòng «Khuyết» của chức đó.",
)


def rules(min_denominator: int, min_coverage: float) -> Mapping[str, Sequence[str]]:
    """Return titles and rules, with the settings of the province filled in."""
    least, share = f.number(min_denominator), f.threshold(min_coverage, "%")
    return {
        "Thời gian": _TIMES,
        "Bốn nhóm kiến nghị": _CLASSES,
        "Số nhỏ và xếp hạng": (
            "Mẫu số bằng 0 thì ghi «–», không ghi 0 % hay 100 %.",
            "Mỗi tỷ lệ kèm khoảng tin cậy 95 % (Wilson): mẫu số càng nhỏ, khoảng càng rộng.",
            (
                f"Chỉ xếp hạng đơn vị có mẫu số từ {least} trở lên, trong cùng cấp, cùng lịch và cùng kỳ; "
                "dưới mức đó tỷ lệ in nhạt và không có hạng."
            ),
            (
                "Thứ hạng theo cận thận trọng của khoảng: cận dưới với chỉ tiêu càng cao càng tốt, "
                "cận trên với chỉ tiêu càng thấp càng tốt."
            ),
            (
                "Khoảng hạng cho biết những vị trí mà số liệu chưa đủ để phân biệt; "
                "hai đơn vị có khoảng hạng chồng lên nhau chưa thể coi là hơn kém."
            ),
        ),
        "Độ phủ": (
            "Dòng đầu trang ghi số báo cáo đã nhận trên số báo cáo đã đến hạn; báo cáo «Không phát sinh» là đã nhận.",
            f"Khi độ phủ dưới {share}, thứ hạng của kỳ không công bố.",
        ),
        "Người đứng đầu": _HEADS,
    }
