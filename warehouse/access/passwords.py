"""Passwords: argon2id hashes, first passwords, and what a new password has to be."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from warehouse.errors import UsageError

LEAST_LENGTH, MOST_LENGTH = 12, 128
LEAST_DIFFERENT = 6
"""How many different characters a password has."""

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe())
"""Verified for names without an account, so that the time of an answer does not tell which names exist."""


def first_password() -> str:
    """Return a random password for one sign-in, in groups that can be read out."""
    return "-".join(secrets.token_hex(2) for _ in range(5))


def hash_of(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _HASHER.hash(password)


def is_right(password: str, known: str | None) -> bool:
    """Return whether the password has the hash `known`; with None it takes as long and is False."""
    try:
        _HASHER.verify(known or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


def require_good(password: str, name: str) -> None:
    """UsageError if a new password is too short, too uniform, or contains the account's name."""
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
        raise UsageError(f"Mật khẩu phải dài từ {LEAST_LENGTH} đến {MOST_LENGTH} ký tự.", "Chọn một câu dễ nhớ.")
    if len(set(password)) < LEAST_DIFFERENT:
        raise UsageError("Mật khẩu lặp lại quá ít ký tự.", "Chọn một câu dễ nhớ.")
    if name.casefold() in password.casefold():
        raise UsageError("Mật khẩu có chứa tên đăng nhập.", "Chọn mật khẩu khác.")
