"""Headers of downloaded tables whose columns the page shows in one cell."""

from dashboard.text import file_check, headings, steward

NUMERATOR, DENOMINATOR = "Tử", "Mẫu"
LOWER, UPPER = "Cận dưới 95 %", "Cận trên 95 %"
RANK, RANKED, RANK_BEST, RANK_WORST = "Hạng", "Số đơn vị xếp hạng", "Hạng cao nhất có thể", "Hạng thấp nhất có thể"
FROM, TO = "Từ ngày", "Đến ngày"
PERIOD_ENDS = ("Kỳ", FROM, TO)
KPIS = (headings.KPI, "Đơn vị tính", *headings.KPI_VALUES[:1], NUMERATOR, DENOMINATOR, LOWER, UPPER,
        *headings.KPI_VALUES[3:], RANK, RANKED, RANK_BEST, RANK_WORST)  # fmt: skip
METHODS = (headings.KPI, "Đơn vị tính", NUMERATOR, DENOMINATOR, "Cách tính", "Chiều tốt", "Mục tiêu", "Căn cứ")
RANKS = (RANK, RANKED, RANK_BEST, RANK_WORST)
RATE = (NUMERATOR, DENOMINATOR, LOWER, UPPER)
FEEDS_RECEIVED = "Báo cáo đã nhận"
STOCK = (*PERIOD_ENDS, "Tồn đầu kỳ", "Nhận từ đơn vị khác về", "Tiếp nhận", "Giải quyết", "Ra khỏi diện tính",
         "Chuyển đi theo đơn vị", "Tồn cuối kỳ")  # fmt: skip
AGES = (headings.AGE, headings.COUNT)
SPELL = ("Giữ chức từ", "Giữ chức đến")
HEADS = (*(headings.HEADS[name] for name in ("full_name", "post", "unit_name", "body")), *SPELL,
         headings.HEADS["overdue"], headings.HEADS["inherited"], headings.HEADS["on_time"],
         "Số đúng hạn", "Số đến hạn", headings.HEADS["dialogues"], headings.HEADS["chaired"])  # fmt: skip
HOLDING = (*(headings.HEADS[name] for name in ("full_name", "post", "body")), *SPELL)
HELD = ("Chức vụ", "Đơn vị", *SPELL)
PLACE = ("Tệp", "Trang tính", "Dòng")
DIALOGUES = ("Mã hội nghị", *(headings.DIALOGUES[name] for name in (
    "held", "unit_name", "form", "chair_name", "chaired")), "Trả lời ngay", "Ý kiến",
    *(headings.DIALOGUES[name] for name in ("conclusion", "limit", "supervised")), *PLACE)  # fmt: skip
BOARD = (*steward.BOARD_COLUMNS[:4], "Muộn (ngày)", "Ghi chú", "Nhận lần đầu", "Bản", "Bản đang dùng nhận lúc",
         "Dòng nhận", "Dòng giữ lại", "Chờ lý do", "Người lập", "Người duyệt", "Mã tệp")  # fmt: skip
TALLY = ("Tệp", "Phát hiện", "Trên 100 dòng", "Dòng giữ lại", "Dòng gửi")
FLAGS = (*steward.FLAG_COLUMNS[:5], "Đối tượng", "Mã tệp", "Giải trình mới nhất", "Người ghi", "Ghi lúc")
VERSIONS = (*steward.VERSION_COLUMNS[:7], "Vì sao", steward.VERSION_COLUMNS[7])
CHECKED = ("Mức độ", *("Trang tính", "Ô", "Cột"), "Giá trị", "Vấn đề", "Cách sửa", "Số ô", "So với bản trước", "Lý do")
REPAIRS = file_check.REPAIR_HEADERS
