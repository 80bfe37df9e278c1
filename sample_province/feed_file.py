"""Write one feed as a file: lay out its sheets in the sender's style, then write them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import warehouse
from ingest.contract.sheet_contract import Contracts
from ingest.model.received import SheetKind
from sample_province.chance import chance_for
from sample_province.layout import Form, Sheet, sheet_of
from sample_province.places import Unit
from sample_province.rows import Row
from sample_province.styles import Style
from sample_province.views import FeedView
from sample_province.workbooks import write_csv_zip, write_workbook

_FIELDS_FILE = Path(warehouse.__file__).parent / "defaults" / "fields.csv"
_TITLES = {
    SheetKind.COVER: "THÔNG TIN VỀ TỆP BÁO CÁO",
    SheetKind.DIALOGUES: "BIỂU TỔNG HỢP HỘI NGHỊ ĐỐI THOẠI",
    SheetKind.PETITIONS: "BIỂU THEO DÕI GIẢI QUYẾT KIẾN NGHỊ, PHẢN ÁNH",
    SheetKind.TENURES: "DANH SÁCH NGƯỜI ĐỨNG ĐẦU CẤP ỦY, CHÍNH QUYỀN",
    SheetKind.PLANS: "KẾ HOẠCH ĐỐI THOẠI TRONG CHƯƠNG TRÌNH CÔNG TÁC NĂM",
    SheetKind.TRAININGS: "CÁC LỚP TẬP HUẤN CÁN BỘ THAM MƯU ĐỐI THOẠI",
    SheetKind.DECISIONS: "QUYẾT ĐỊNH KHEN THƯỞNG, KỶ LUẬT, NHẮC NHỞ",
    SheetKind.PRACTICES: "CÁCH LÀM HAY TRONG ĐỐI THOẠI",
}


@dataclass(frozen=True)
class SampleFeed:
    """One feed file: who sent it, for which period, when it arrived, and how many data rows its sheets list."""

    path: Path
    sender: str
    period: str
    received_at: datetime
    dialogues: int
    petitions: int
    tenures: int


@dataclass(frozen=True)
class WritingContext:
    """What all feeds are written with; `units` are units by code, whose names become group headings."""

    folder: Path
    units: Mapping[str, Unit]
    contracts: Contracts
    field_names: Mapping[str, str]
    signers: Mapping[str, tuple[str, str]]
    seed: int


@dataclass(frozen=True)
class FeedForm:
    """One feed in one sender's style; `declared_more` is how many more petitions are declared than listed."""

    view: FeedView
    style: Style
    declared_more: int = 0
    personal_header: str | None = None


def write_feed(context: WritingContext, form: FeedForm) -> SampleFeed:
    """Write the feed into the folder of the context, as a workbook or as a .zip of CSV files."""
    view = form.view
    sheets = [_sheet(context, form, kind) for kind in _kinds(view)]
    path = context.folder / f"{view.name}{'.zip' if form.style.csv else '.xlsx'}"
    if form.style.csv:
        write_csv_zip(path, sheets)
    else:
        created = datetime.combine(view.prepared_on, datetime.min.time())
        write_workbook(path, sheets, form.style, created, context.field_names.values())
    return SampleFeed(
        path=path,
        sender=view.sender.code,
        period=view.period.code,
        received_at=view.received_at,
        dialogues=len(view.dialogues),
        petitions=len(view.petitions),
        tenures=0 if view.nil_return else len(view.tenures),
    )


def _kinds(view: FeedView) -> tuple[SheetKind, ...]:
    """The sheets of the file; a nil return has no sheets for dialogues, petitions and tenures."""
    asked = (SheetKind.DIALOGUES, SheetKind.PETITIONS, SheetKind.TENURES)
    return (SheetKind.COVER, *(() if view.nil_return else asked), *view.others)


def _sheet(context: WritingContext, feed: FeedForm, kind: SheetKind) -> Sheet:
    view = feed.view
    personal = feed.personal_header if kind is SheetKind.PETITIONS else None
    form = Form(
        view=view,
        style=feed.style,
        contract=context.contracts.sheets[kind],
        units=context.units,
        field_names=context.field_names,
        title=_TITLES[kind],
        signers=context.signers[view.sender.code],
        extra_header=personal,
        extra_cell="Công dân (không ghi tên)" if personal else None,
    )
    return sheet_of(form, _rows(context, feed, kind), chance_for(context.seed, f"typing:{view.name}:{kind}"))


def _rows(context: WritingContext, feed: FeedForm, kind: SheetKind) -> tuple[Row, ...]:
    view = feed.view
    match kind:
        case SheetKind.COVER:
            return (_cover_row(view, context.signers[view.sender.code], len(view.petitions) + feed.declared_more),)
        case SheetKind.DIALOGUES:
            return view.dialogues
        case SheetKind.PETITIONS:
            return view.petitions
        case SheetKind.TENURES:
            return view.tenures
        case _:
            return view.others[kind]


def _cover_row(view: FeedView, signers: tuple[str, str], declared_petitions: int) -> Row:
    return {
        "sender_unit_code": view.sender.code,
        "period": view.period.code,
        "prepared_on": view.prepared_on,
        "prepared_by": signers[0],
        "approved_by": signers[1],
        "nil_return": view.nil_return,
        "declared_dialogues": len(view.dialogues),
        "declared_petitions": declared_petitions,
    }


def field_names() -> dict[str, str]:
    """The Vietnamese names of the fields in the default lookups, by code."""
    with _FIELDS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["field_code"]: row["field_name"] for row in csv.DictReader(file)}
