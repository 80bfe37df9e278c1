"""The sample province from its seed to its files: 112 feeds, and what they hold."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import warehouse
from ingest import contracts
from ingest.contracts import Contracts
from ingest.received import SheetKind
from ingest.sample.chance import chance_for
from ingest.sample.dialogues import dialogues_of
from ingest.sample.faults import Faulty, SampleFault, lost_petitions, with_faults
from ingest.sample.layout import Form, Sheet, sheet_of
from ingest.sample.names import invented_names
from ingest.sample.people import tenures_of
from ingest.sample.petitions import petitions_of
from ingest.sample.places import SENDERS, Province, load_province
from ingest.sample.records import records_of
from ingest.sample.rows import Row
from ingest.sample.styles import STYLES
from ingest.sample.views import FeedView, Term, feed_view, sending_times
from ingest.sample.workbooks import write_csv_zip, write_workbook

__all__ = ["SampleFault", "SampleFeed", "SampleManifest", "sample_term", "write_sample"]

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
    """One feed file: who sent it, for which quarter, when it arrived, and how many data rows its sheets list."""

    path: Path
    sender: str
    period: str
    received_at: datetime
    dialogues: int
    petitions: int
    tenures: int


@dataclass(frozen=True)
class SampleManifest:
    """All feeds in the order of their arrival, the totals of the term, and the mistakes made on purpose.

    The totals count distinct dialogues and petitions as they happened; rows with mistakes of their own do not count.
    """

    feeds: tuple[SampleFeed, ...]
    province_dialogues: int
    district_dialogues: int
    commune_dialogues: int
    petitions: int
    faults: tuple[SampleFault, ...]

    @property
    def dialogues(self) -> int:
        return self.province_dialogues + self.district_dialogues + self.commune_dialogues


@dataclass(frozen=True)
class _Desk:
    """What every feed needs for being written."""

    folder: Path
    province: Province
    contracts: Contracts
    field_names: Mapping[str, str]
    signers: Mapping[str, tuple[str, str]]
    seed: int


def sample_term(seed: int = 2024) -> Term:
    """All that happens in the sample province; the same for the same seed."""
    province = load_province()
    tenures = tenures_of(province, seed)
    dialogues = dialogues_of(province, tenures, seed)
    petitions = petitions_of(province, dialogues, seed)
    return Term(province, tenures, dialogues, petitions, records_of(province, tenures, dialogues, seed))


def write_sample(
    folder: Path, seed: int = 2024, on_progress: Callable[[int, int], None] | None = None
) -> SampleManifest:
    """Write one feed a sender and quarter into `folder`; `on_progress` hears (feeds written, feeds in all)."""
    term = sample_term(seed)
    feeds = sample_feeds(term, seed)
    folder.mkdir(parents=True, exist_ok=True)
    desk = _Desk(folder, term.province, contracts.load(), _field_names(), _signers(seed), seed)
    written = []
    for number, faulty in enumerate(feeds, start=1):
        written.append(_write_feed(desk, faulty))
        if on_progress:
            on_progress(number, len(feeds))
    return _manifest(term, feeds, written)


def sample_feeds(term: Term, seed: int) -> tuple[Faulty, ...]:
    """What every feed says, mistakes included, in the order of arrival."""
    lost = lost_petitions(term)
    views = [
        feed_view(term, term.province.by_code[sender], quarter, received_at)
        for sender in SENDERS
        for quarter, received_at in sending_times(sender, seed).items()
    ]
    views.sort(key=lambda view: (view.received_at, view.name))
    return tuple(with_faults(view, lost) for view in views)


def _manifest(term: Term, feeds: tuple[Faulty, ...], written: list[SampleFeed]) -> SampleManifest:
    by_level = dict.fromkeys(("province", "district", "commune"), 0)
    for dialogue in term.dialogues:
        by_level[dialogue.unit.level] += 1
    return SampleManifest(
        feeds=tuple(written),
        province_dialogues=by_level["province"],
        district_dialogues=by_level["district"],
        commune_dialogues=by_level["commune"],
        petitions=len(term.petitions),
        faults=tuple(fault for feed in feeds for fault in feed.faults),
    )


def _write_feed(desk: _Desk, faulty: Faulty) -> SampleFeed:
    view = faulty.view
    style = STYLES[view.sender.code]
    sheets = [_sheet(desk, faulty, kind) for kind in _kinds(view)]
    path = desk.folder / f"{view.name}{'.zip' if style.csv else '.xlsx'}"
    if style.csv:
        write_csv_zip(path, sheets)
    else:
        created = datetime.combine(view.prepared_on, datetime.min.time())
        write_workbook(path, sheets, style, created, desk.field_names.values())
    return SampleFeed(
        path=path,
        sender=view.sender.code,
        period=view.quarter.code,
        received_at=view.received_at,
        dialogues=len(view.dialogues),
        petitions=len(view.petitions),
        tenures=0 if view.nil_return else len(view.tenures),
    )


def _kinds(view: FeedView) -> tuple[SheetKind, ...]:
    """The sheets of the file: a nil return has none of what it says there is nothing of."""
    asked = (SheetKind.DIALOGUES, SheetKind.PETITIONS, SheetKind.TENURES)
    return (SheetKind.COVER, *(() if view.nil_return else asked), *view.others)


def _sheet(desk: _Desk, faulty: Faulty, kind: SheetKind) -> Sheet:
    view = faulty.view
    personal = faulty.personal_header if kind is SheetKind.PETITIONS else None
    form = Form(
        view=view,
        style=STYLES[view.sender.code],
        contract=desk.contracts.sheets[kind],
        units=desk.province.by_code,
        field_names=desk.field_names,
        title=_TITLES[kind],
        signers=desk.signers[view.sender.code],
        extra_header=personal,
        extra_cell="Công dân (không ghi tên)" if personal else None,
    )
    return sheet_of(form, _rows(desk, faulty, kind), chance_for(desk.seed, f"typing:{view.name}:{kind}"))


def _rows(desk: _Desk, faulty: Faulty, kind: SheetKind) -> tuple[Row, ...]:
    view = faulty.view
    match kind:
        case SheetKind.COVER:
            return (_cover_row(view, desk.signers[view.sender.code], len(view.petitions) + faulty.declared_more),)
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
        "period": view.quarter.code,
        "prepared_on": view.prepared_on,
        "prepared_by": signers[0],
        "approved_by": signers[1],
        "nil_return": view.nil_return,
        "declared_dialogues": len(view.dialogues),
        "declared_petitions": declared_petitions,
    }


def _signers(seed: int) -> dict[str, tuple[str, str]]:
    """Who prepares and who signs, by sender."""
    names = invented_names(chance_for(seed, "signers"))
    return {sender: (next(names), next(names)) for sender in SENDERS}


def _field_names() -> dict[str, str]:
    with _FIELDS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["field_code"]: row["field_name"] for row in csv.DictReader(file)}
