"""Generated petitions: feeds of Hà Nam's districts, evenly spread and reproducible."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse.home import DEFAULTS

COLUMNS = {
    "petition_code": "VARCHAR",
    "unit_code": "VARCHAR",
    "received_on": "DATE",
    "field": "VARCHAR",
    "summary": "VARCHAR",
    "responsible_body": "VARCHAR",
    "due_on": "DATE",
    "outcome": "VARCHAR",
    "settled_on": "DATE",
    "result_no": "VARCHAR",
    "satisfaction": "VARCHAR",
}
"""The columns of a generated petitions.csv and their types for the baseline read."""

PETITIONS = """
with communes as (
    select row_number() over (order by unit_code) - 1 as n, unit_code
    from read_csv($units, all_varchar = true)
    where parent_code = $sender and level = 'commune' and coalesce(valid_to, '9999') > '2024-12-31'
        and valid_from <= '2020-12-31'
),
drawn as (
    select
        i,
        cast(hash(i, $sender, $period) // 4 as bigint) as luck,
        cast(cast($first as date) + cast(hash(i, 'day') % $days as integer) as date) as received_on
    from range($rows) as t (i)
),
told as (
    select
        *,
        received_on + 20 as due_on,
        cast(least(received_on + cast(luck % 35 as integer), cast($last as date)) as date) as closed_on,
        received_on + cast(luck % 35 as integer) <= cast($last as date) and luck % 50 > 2 as is_closed
    from drawn
)
select
    concat('KN-', $sender, '-', $period, '-', i) as petition_code,
    unit_code,
    received_on,
    list_extract(['Đất đai', 'Môi trường', 'Giao thông', 'Y tế', 'Giáo dục', 'Khác'], 1 + luck // 7 % 6) as field,
    concat('Đề nghị xem xét, sửa chữa công trình số ', i, ' tại khu dân cư') as summary,
    if(luck % 9 = 0, 'Cấp ủy', 'Chính quyền') as responsible_body,
    due_on,
    case
        when not is_closed then 'Đang giải quyết'
        when luck % 41 = 0 then 'Chuyển cơ quan khác'
        when luck % 5 = 0 then 'Đã giải trình, tiếp thu'
        else 'Đã giải quyết'
    end as outcome,
    if(is_closed, closed_on, null) as settled_on,
    if(is_closed, concat(i, '/UBND'), null) as result_no,
    if(
        is_closed and luck % 41 <> 0,
        list_extract(['Hài lòng', 'Bình thường', 'Không hài lòng'], 1 + luck // 3 % 3),
        null
    ) as satisfaction
from told
inner join communes on n = luck // 11 % (select count(*) from communes)
order by i
"""
DIALOGUES_HEADER = "dialogue_code,unit_code,held_on,form,chair_name,chaired_by_head\n"


@dataclass(frozen=True)
class FeedShape:
    """The shape of a generated feed: sender, period with its first and last date, number of petitions."""

    sender: str
    period: str
    first: date
    last: date
    rows: int


def write_csv_feed(folder: Path, shape: FeedShape) -> Path:
    """Write the feed as a folder of CSV files; return the path of its petitions.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    cover = "sender_unit_code,period,prepared_on,prepared_by,approved_by,declared_dialogues,declared_petitions"
    values = (shape.sender, shape.period, shape.last.isoformat(), "Người lập", "Người duyệt", "0", str(shape.rows))
    (folder / "cover.csv").write_text(f"{cover}\n{','.join(values)}\n", encoding="utf-8")
    (folder / "dialogues.csv").write_text(DIALOGUES_HEADER, encoding="utf-8")
    petitions = folder / "petitions.csv"
    with duckdb.connect() as con:
        con.execute("create temp table drawn as " + PETITIONS, _parameters(shape))
        con.execute(f"copy drawn to '{quoted(petitions)}' (header)")
    return petitions


def quoted(path: Path | str) -> str:
    """Return `path` escaped for use between the quotes of an SQL string."""
    return str(path).replace("'", "''")


def write_xlsx_feed(path: Path, shape: FeedShape) -> Path:
    """Write a feed of this shape as a workbook with date cells; return its path."""
    import xlsxwriter

    with duckdb.connect() as con:
        rows = con.execute(PETITIONS, _parameters(shape)).fetchall()
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    cover = book.add_worksheet("Thông tin")
    cover.write_row(0, 0, ["Mã đơn vị gửi", "Kỳ báo cáo", "Ngày lập", "Người lập", "Người duyệt"])
    cover.write_row(1, 0, [shape.sender, shape.period, shape.last, "Người lập", "Người duyệt"])
    book.add_worksheet("Hội nghị").write_row(0, 0, DIALOGUES_HEADER.strip().split(","))
    sheet = book.add_worksheet("Kiến nghị")
    for number, row in enumerate([tuple(COLUMNS), *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def _parameters(shape: FeedShape) -> dict[str, object]:
    return {
        "units": str(DEFAULTS / "units.csv"),
        "sender": shape.sender,
        "period": shape.period,
        "first": shape.first,
        "last": shape.last,
        "days": (shape.last - shape.first).days + 1,
        "rows": shape.rows,
    }
