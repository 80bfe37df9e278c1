"""Security headers of every response. The reverse proxy may repeat them."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
WATCH = "/phien.js"
"""The script that leads a page to the sign-in when its session has ended."""


@cache
def index() -> str:
    """Return Streamlit's page with the script that watches the session."""
    written = INDEX.read_text(encoding="utf-8").replace('<html lang="en">', '<html lang="vi">')
    return written.replace("</head>", f'<script src="{WATCH}" defer></script></head>', 1)


def _hashes() -> str:
    """Return the hashes of the inline scripts of Streamlit's page, so that no other inline script runs."""
    scripts = re.findall(r"<script>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts]
    return " ".join(f"'sha256-{each}'" for each in digests)


_POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' 'wasm-unsafe-eval' {_hashes()}",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

SECURITY_HEADERS = {
    "content-security-policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}
