"""Names of sheets and headers are recognised in any spelling."""

from ingest.contract.vocabulary import SheetWords, Vocabulary
from ingest.model.received import SheetKind

WORDS = Vocabulary(
    {
        SheetKind.PETITIONS: SheetWords(
            ("Kiến nghị",), {"settled_on": ("Ngày giải quyết xong", "Ngày xong")}, ("petition_code",)
        )
    }
)


def test_sheets_and_headers_are_recognised_by_alias_field_name_and_spelling() -> None:
    assert WORDS.kind_of("KIẾN NGHỊ ") is SheetKind.PETITIONS
    assert WORDS.kind_of("petitions") is SheetKind.PETITIONS
    assert WORDS.kind_of("Hội nghị") is None
    assert WORDS.field_of(SheetKind.PETITIONS, "ngày giải  quyết xong (nếu có)") == "settled_on"
    assert WORDS.field_of(SheetKind.PETITIONS, "SETTLED_ON") == "settled_on"
    assert WORDS.field_of(SheetKind.PETITIONS, "Ngày") is None
    assert WORDS.field_of(SheetKind.COVER, "Ngày xong") is None
    assert WORDS.key_of(SheetKind.PETITIONS) == ("petition_code",)
    assert WORDS.key_of(SheetKind.COVER) == ()
