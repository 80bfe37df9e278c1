"""Obstacles to reading a file, as messages for the sender, one function per obstacle. Pure."""

from collections.abc import Sequence

from ingest.model.cell_ref import place_in
from ingest.model.received import Obstacle
from ingest.parsing.losses import has_lost_letters

_MOST_NAMED = 5
_SAVE_AS = "Mở tệp bằng Excel hoặc LibreOffice, chọn «Lưu thành» kiểu .xlsx rồi gửi lại."
_SAVE_ANEW = (
    "Mở tệp bằng Excel hoặc LibreOffice; mở được thì lưu thành một tệp .xlsx mới rồi gửi lại, không mở được thì lấy "
    "lại tệp từ máy gốc."
)
_SEND_THE_ORIGINAL = "Gửi tệp bảng tính gốc (.xlsx, .xls, .ods) hoặc CSV, không gửi bản in, bản quét hay ảnh."
_COPY_AGAIN = "Tệp có thể chưa được chép hoặc tải về trọn vẹn: lấy lại tệp từ máy gốc, mở thử rồi gửi lại."


class UnreadableError(Exception):
    """A file cannot be read; `obstacle` is the reason."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.message)
        self.obstacle = obstacle


def missing_file(name: str) -> Obstacle:
    return Obstacle("missing_file", f"Không mở được «{name}».", "Kiểm tra đường dẫn và quyền đọc tệp.")


def program_failed(name: str, error: str) -> Obstacle:
    return Obstacle(
        "program_failed",
        f"Chương trình gặp lỗi bên trong ({error}) khi xem tệp «{name}», nên chưa nhận gì của tệp này.",
        "Không phải lỗi của người gửi: báo người quản trị xem nhật ký. Sửa xong thì nhận lại tệp này.",
    )


def no_plain_file(name: str) -> Obstacle:
    return Obstacle(
        "missing_file", f"«{name}» không phải là tệp thường nên không đọc.", "Chép báo cáo thành một tệp rồi gửi lại."
    )


def empty_file(name: str) -> Obstacle:
    return Obstacle("empty_file", f"Tệp «{name}» trống, không có nội dung.", "Gửi lại tệp có đủ các trang.")


def too_large(name: str, size_mb: float, limit_mb: int, *, is_csv: bool = False) -> Obstacle:
    what = "các dòng, cột không thuộc báo cáo" if is_csv else "hình ảnh và các trang không thuộc báo cáo"
    otherwise = "" if is_csv else ", hoặc gửi dạng CSV"
    return Obstacle(
        "too_large",
        f"Tệp «{name}» lớn {size_mb:.0f} MB, vượt giới hạn {limit_mb} MB.",
        f"Bỏ {what}{otherwise}; nếu tệp đã đúng thì nhờ quản trị nâng giới hạn max_file_mb trong settings.toml.",
    )


def too_many_rows(limit: int, detail: str = "") -> Obstacle:
    return Obstacle(
        "too_many_rows",
        f"Trang có quá nhiều dòng hoặc ô so với giới hạn {limit:,} dòng.".replace(",", "."),
        "Xóa các dòng, cột trống đã định dạng ở cuối trang rồi lưu lại.",
        value=detail,
    )


def unsupported(name: str, what: str, *, is_table: bool) -> Obstacle:
    """Ask the sender to save the file as .xlsx if a spreadsheet program can open it, else to send the original."""
    remedy = _SAVE_AS if is_table else _SEND_THE_ORIGINAL
    return Obstacle("unsupported", f"«{name}» là {what}, không phải tệp báo cáo đọc được.", remedy)


def encrypted(name: str) -> Obstacle:
    return Obstacle(
        "encrypted",
        f"Tệp «{name}» được đặt mật khẩu nên không đọc được.",
        "Mở tệp, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc), lưu rồi gửi lại.",
    )


def unreadable(name: str) -> Obstacle:
    return Obstacle("unreadable", f"Không đọc được «{name}»: tệp hỏng hoặc không trọn vẹn.", _SAVE_ANEW)


def unordered_rows(sheet: str) -> Obstacle:
    return Obstacle(
        "unreadable",
        f"Trang «{sheet}» có các dòng không theo thứ tự nên đọc sẽ mất dòng: tệp hỏng.",
        _SAVE_ANEW,
        place=sheet,
    )


def parser_stopped(name: str) -> Obstacle:
    return Obstacle(
        "parser_stopped",
        f"Đọc «{name}» cần quá nhiều bộ nhớ nên đã dừng lại.",
        "Tệp có thể hỏng hoặc chứa vùng ô quá rộng: chép dữ liệu sang tệp mới rồi gửi lại.",
    )


def timed_out(name: str, seconds: int) -> Obstacle:
    return Obstacle(
        "timed_out",
        f"Đọc «{name}» quá {seconds} giây chưa xong nên đã dừng lại.",
        "Tệp có thể hỏng hoặc quá lớn: chép riêng các ô có số liệu sang tệp mới rồi gửi lại.",
    )


def suspicious_zip(name: str, why: str) -> Obstacle:
    return Obstacle("suspicious_zip", f"Tệp nén «{name}» không an toàn: {why}.", "Nén lại từ các tệp gốc rồi gửi lại.")


def absurd_range(name: str, cell: str) -> Obstacle:
    return Obstacle(
        "absurd_range",
        f"Trang «{name}» có ô dữ liệu ở rất xa ({cell}), vùng ô quá rộng để đọc.",
        "Xóa nội dung ở các cột, dòng ngoài bảng rồi lưu lại.",
        place=place_in(name, cell),
    )


def no_sheets(name: str) -> Obstacle:
    return Obstacle(
        "no_sheets",
        f"Không tìm thấy trang nào của báo cáo trong «{name}».",
        "Dùng tệp mẫu: các trang «Thông tin», «Hội nghị», «Kiến nghị», và nếu có thì «Lãnh đạo», «Kế hoạch», "
        "«Tập huấn», «Khen thưởng, kỷ luật», «Cách làm hay».",
    )


def several_workbooks(name: str, books: Sequence[str]) -> Obstacle:
    shown = ", ".join(f"«{each}»" for each in books[:_MOST_NAMED]) + (", …" if len(books) > _MOST_NAMED else "")
    return Obstacle(
        "several_workbooks",
        f"Tệp nén «{name}» có {len(books)} tệp bảng tính ({shown}) nên không biết tệp nào là báo cáo.",
        "Giải nén rồi gửi từng tệp bảng tính; nếu các tệp là những trang của một báo cáo thì gộp vào một tệp.",
    )


def packed_twice(name: str, inner: Sequence[str]) -> Obstacle:
    shown = ", ".join(f"«{each}»" for each in inner[:_MOST_NAMED]) + (", …" if len(inner) > _MOST_NAMED else "")
    return Obstacle(
        "packed_twice",
        f"Trong tệp nén «{name}» có tệp nén khác ({shown}); báo cáo nén hai lần không đọc được.",
        "Giải nén cả hai lần, rồi gửi thẳng tệp báo cáo bên trong.",
    )


def side_by_side(sheet: str, ranges: Sequence[str]) -> Obstacle:
    """Several tables side by side; `ranges` are the cell ranges of their headers, such as `A1:J1`."""
    others = ", ".join(ranges[1:])
    return Obstacle(
        "side_by_side",
        f"Trang «{sheet}» có {len(ranges)} bảng đặt cạnh nhau: dòng tiêu đề cột có ở {' và ở '.join(ranges)}.",
        f"Chuyển các dòng số liệu của bảng bên phải ({others}) xuống dưới bảng bên trái, cột nào vào cột nấy, "
        "rồi gửi lại.",
        place=place_in(sheet, ranges[1].partition(":")[0]),
    )


def no_header(sheet: str, head: str = "") -> Obstacle:
    """No header was found; `head` is the text at the top of the sheet, where it should be."""
    if has_lost_letters(head):
        return Obstacle(
            "lost_header",
            f"Dòng tiêu đề cột của trang «{sheet}» đã mất chữ khi lưu tệp (thay bằng dấu ?) nên không đọc được.",
            "Lấy lại tệp gốc còn đủ dấu, lưu bằng bảng mã Unicode (Excel .xlsx hoặc «CSV UTF-8») rồi gửi lại; "
            "không sửa tay từng ô.",
            place=sheet,
        )
    return Obstacle(
        "no_header",
        f"Không tìm thấy dòng tiêu đề cột trong trang «{sheet}».",
        "Giữ nguyên dòng tiêu đề cột của tệp mẫu.",
        place=sheet,
    )


def duplicate_column(sheet: str, header: str, letters: str) -> Obstacle:
    return Obstacle(
        "duplicate_column",
        f"Trang «{sheet}» có nhiều cột cùng mang tiêu đề «{header}» ({letters}), không biết lấy cột nào.",
        "Để lại một cột cho mỗi nội dung; nếu mỗi cột có một phần số liệu thì chép gộp vào cột ấy trước đã.",
        place=sheet,
        value=header,
    )


def ragged_record(sheet: str, record: int, found: int | None, expected: int, text: str) -> Obstacle:
    what = f"có {found} ô" if found is not None else "thừa hoặc thiếu ô"
    return Obstacle(
        "ragged_record",
        f"Bản ghi {record} {what}, trong khi dòng tiêu đề có {expected} cột.",
        "Kiểm tra dấu phân cách và dấu ngoặc kép của bản ghi này.",
        place=f"{sheet}:{record}",
        value=text[:500],
        rejects_feed=False,
    )


def broken_quotes(sheet: str, record: int, text: str) -> Obstacle:
    return Obstacle(
        "broken_quotes",
        f"Bản ghi {record} có dấu ngoặc kép không khớp.",
        'Đặt ô có dấu ngoặc kép trong "…" và viết đôi dấu ngoặc kép bên trong.',
        place=f"{sheet}:{record}",
        value=text[:500],
        rejects_feed=False,
    )


def too_many_broken(sheet: str, limit: int) -> Obstacle:
    return Obstacle(
        "too_many_broken",
        f"Tệp CSV «{sheet}» có từ {limit:,} bản ghi trở lên thừa, thiếu ô hoặc sai dấu ngoặc kép.".replace(",", "."),
        "Xuất lại tệp CSV từ nguồn, kiểm tra dấu phân cách và dấu ngoặc kép, rồi gửi lại.",
        place=sheet,
    )


def endless_record(sheet: str, record: int) -> Obstacle:
    return Obstacle(
        "endless_record",
        f"Bản ghi {record} dài bất thường (trên 2 triệu ký tự) nên không đọc.",
        "Rút ngắn nội dung của bản ghi này; tệp kèm theo thì gửi riêng.",
        place=f"{sheet}:{record}",
        rejects_feed=False,
    )


def nul_record(sheet: str, record: int, text: str) -> Obstacle:
    return Obstacle(
        "nul_record",
        f"Bản ghi {record} chứa ký tự rỗng (NUL), dữ liệu có thể đã hỏng.",
        "Xuất lại tệp CSV từ nguồn.",
        place=f"{sheet}:{record}",
        value=text.replace("\0", "␀")[:500],
        rejects_feed=False,
    )


def undecodable_record(sheet: str, record: int) -> Obstacle:
    return Obstacle(
        "undecodable_record",
        f"Bản ghi {record} có chữ không thuộc bảng mã UTF-8 như các bản ghi khác.",
        "Xuất lại tệp CSV với bảng mã UTF-8.",
        place=f"{sheet}:{record}",
        rejects_feed=False,
    )


def damaged_sheet_part(name: str) -> Obstacle:
    return Obstacle("unreadable", f"Tệp «{name}» hỏng hoặc không trọn vẹn: nội dung nén không khớp.", _COPY_AGAIN)
