"""Texts that a sender may write into any cell, name or reason, and that some program would take for more than text."""

HOST = "evil.invalid"
"""The host that every address in these texts names; no request may go there."""
MARKER = "__pwned"
"""The property of `window` that every script in these texts sets."""
_DO = f"window.{MARKER}=1"

HTML = (
    f"<script>{_DO}</script>",
    f"<img src=//{HOST}/i.png onerror={_DO}>",
    f"</div><svg onload={_DO}>",
    f'" onmouseover="{_DO}" x="',
    f"'><iframe src='javascript:{_DO}'></iframe>",
    f"<a href=javascript:{_DO}>bấm</a>",
    f"<link rel=stylesheet href=//{HOST}/s.css><style>body{{display:none}}</style>",
    "&lt;b&gt; &#x3C;script&#x3E; &amp;lt;i",
)
MARKDOWN = (
    f"![ảnh](https://{HOST}/a.png)",
    f"[liên kết](javascript:{_DO}) **đậm** `mã`",
    f"https://{HOST}/tu-lien-ket www.{HOST}",
    ":material/warning: :red[đỏ] :streamlit: :badge[nhãn]",
    r"$\href{https://evil.invalid}{x}$ $$\frac{1}{2}$$",
    "# Tiêu đề",
    "- [ ] việc",
    "|a|b|\n|-|-|\n|1|2|",
)
FORMULAS = (
    f'=HYPERLINK("https://{HOST}","bấm")',
    f'+WEBSERVICE("https://{HOST}")',
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    f'\t=IMPORTXML("https://{HOST}","//a")',
    "\r=1+1",
    f'＝HYPERLINK("https://{HOST}")',
    "=cmd|'/C calc'!A1",
)
CODE = (
    "'; drop table raw.feeds; --",
    "Robert'); delete from marts.fct_petitions /* ",
    "$ky $1 :don_vi ?",
    "{} {0.__class__} %s %(x)s %n",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    'datum["x"] || signal(width) + event.view',
    '{"expr": "datum.value", "signal": "tooltip"}',
    "../../../../etc/passwd ..\\..\\windows",
    "a;b,c\td\"e'f|g",
    "dài" * 120,
)
CONTROLS = (
    "đảo \u202egnp.exe\u202c hết",
    "tách \u2067אבג\u2069 \u2066x\u2069 \u200f\u200e \u061c hết",
    "ẩn\u200b\u200d\ufeff\u2060 hết",
    "thẻ\U000e0041\U000e007f hết",
    "màu \x1b[31mđỏ\x1b]0;x\x07 \x9b2J hết",
    "chuông \x07 lùi \x08\x08 xóa \x7f hết",
)
ALL = (*HTML, *MARKDOWN, *FORMULAS, *CODE, *CONTROLS)
UNSEEN = "".join(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Marks of direction: shown as they are, they would reorder the text around them."""


def controls_in(text: str) -> set[str]:
    """Return the control characters and marks of direction in `text`, except tabs and line breaks."""
    return {
        sign for sign in text if sign in UNSEEN or (ord(sign) < 32 and sign not in "\t\n\r") or 127 <= ord(sign) < 160
    }
