"""The presenter's passphrase: four words made at the start of a roundtable, printed once, kept only as a hash."""

import hashlib
import logging
import os
import secrets
from hmac import compare_digest
from pathlib import Path

from sqlalchemy import Engine

from data.meeting.attempts import count_try, forgive
from data.meeting.meeting_fault import MeetingFault, need

WORDS = tuple((Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split())
"""256 short words that are not taken for one another when read aloud."""
LENGTH = 4
"""Words of a passphrase: 2 to the 32 of them, of which one address may try 120 an hour."""
LONGEST = 200
SETTING = "PRESENTER_PASSPHRASE_HASH"
"""The variable of the server's environment that holds the hash, as salt and digest."""
WHAT = "passphrase"
log = logging.getLogger(__name__)


def made() -> str:
    """Return a new passphrase."""
    return " ".join(secrets.choice(WORDS) for _ in range(LENGTH))


def hashed(passphrase: str, salt: bytes | None = None) -> str:
    """Return what is kept of a passphrase: from it nobody reads the passphrase, nor tries many at speed."""
    salt = salt or secrets.token_bytes(16)
    digest = hashlib.scrypt(_plain(passphrase).encode(), salt=salt, n=2**14, r=8, p=1)
    return f"{salt.hex()}${digest.hex()}"


def asked() -> str:
    """Return the hash that this server was started with, or nothing where it was started without a passphrase."""
    return os.environ.get(SETTING, "")


def enter(engine: Engine, passphrase: str, source: str) -> None:
    """Return where the passphrase is the one of this server; wrong ones are counted by the address they come from.

    Raises MeetingFault, also where there were too many wrong tries of late from that address. Tries from elsewhere do
    not count, so that nobody in the room can keep the presenter out.
    """
    need(bool(asked()), "This server was started without a presenter's passphrase; start it with: make roundtable")
    number = count_try(engine, WHAT, source)
    if not _is(passphrase, asked()):
        log.warning("wrong %s from %s", WHAT, source or "an unknown address")
        raise MeetingFault("That is not the passphrase. It was printed where make roundtable was started.")
    forgive(engine, number)


def _is(passphrase: str, kept: str) -> bool:
    salt = kept.partition("$")[0]
    return len(passphrase) <= LONGEST and compare_digest(hashed(passphrase, bytes.fromhex(salt)), kept)


def _plain(passphrase: str) -> str:
    """Return a passphrase however it was typed: its letters decide, not their case nor what stands between words."""
    return " ".join("".join(letter if letter.isalpha() else " " for letter in passphrase.casefold()).split())
