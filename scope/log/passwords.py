"""Passwords: which are good enough, and how they are kept.

Length is all that is asked for, and that it is not among those that everybody tries first. Kept with scrypt at OWASP's
figures (16 MiB, about 0.1 s): `check_password` takes as long as it takes and belongs into a thread.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from itertools import pairwise

from scope.errors import NotAllowed

SHORTEST, LONGEST = 12, 128
COST, BLOCK, LANES = 2**14, 8, 5
MEMORY_BYTES = 64 * 1024 * 1024  # what OpenSSL may use; scrypt needs 128 · COST · BLOCK = 16 MiB
SALT_BYTES, KEY_BYTES = 16, 32
WORDS = """
password passw0rd qwerty qwertyuiop asdfgh asdfghjkl zxcvbnm letmein welcome admin administrator login iloveyou
monkey dragon football baseball master superman batman trustno1 sunshine princess shadow michael secret changeme
default guest root test user hello freedom whatever abc abcdef abcdefgh 1q2w3e4r 1q2w3e4r5t qazwsx йцукен
йцукенгшщзхъ фывапролджэ пароль құпиясөз админ привет любовь наташа қазақстан казахстан карағанды караганда
karaganda kazakhstan qazaqstan almaty astana clubscope telescope telescop scope astronomy astronomer astroclub
observatory observer stargazer starparty orion saturn jupiter mars venus mercury uranus neptune pluto moon sun star
stars galaxy andromeda polaris vega sirius cassiopeia nebula messier hubble galileo kepler newton meade celestron
skywatcher lx200 телескоп астрономия астроном обсерватория сатурн юпитер орион галактика звезда луна жұлдыз аспан ай
шолпан темірқазық
"""
COMMON = frozenset(WORDS.split())
"""Words that, with digits and signs around them or repeated, make no password; a longer list is to come."""
ADORNMENT = "0123456789 !?.,;:-_+*#@$%&/()=\"'"


def check_new_password(password: str, *own_words: str) -> None:
    """NotAllowed unless it is long enough, short enough and not easy to guess; `own_words` are the account's names."""
    if len(password) < SHORTEST:
        raise _refused("password_too_short", f"shorter than {SHORTEST} characters", characters=SHORTEST)
    if len(password) > LONGEST:
        raise _refused("password_too_long", f"longer than {LONGEST} characters", characters=LONGEST)
    if _is_common(password, {word.casefold() for name in own_words for word in (name, *name.split())}):
        raise _refused("password_too_common", "easy to guess")


def _is_common(password: str, own_words: set[str]) -> bool:
    bare = password.casefold().strip(ADORNMENT)
    parts = {part.strip(ADORNMENT) for part in (bare, bare[: _period(bare)])} | {"".join(bare.split())}
    return len(set(password.casefold())) < 5 or _runs(password) or not parts.isdisjoint(COMMON | own_words | {""})


def _period(text: str) -> int:
    """The length of what the text repeats: 3 for "abcabcabc", all of it where nothing repeats."""
    return next((size for size in range(1, len(text)) if (text[:size] * len(text))[: len(text)] == text), len(text))


def _runs(text: str) -> bool:
    """Whether it only counts up or down: 123456789012, abcdefghijkl."""
    steps = {ord(later) - ord(earlier) for earlier, later in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}


def _refused(code: str, why: str, **details: int) -> NotAllowed:
    return NotAllowed(f"the password is {why}", code=code, **details)


def hash_password(password: str) -> str:
    """With its parameters and a salt of its own, as one line."""
    salt = secrets.token_bytes(SALT_BYTES)
    key = _derived(password, salt, COST, BLOCK, LANES)
    return f"scrypt:{COST}:{BLOCK}:{LANES}${_text(salt)}${_text(key)}"


def check_password(stored: str | None, given: str) -> bool:
    """Whether it is the one; without a stored one it is not, and that takes just as long to find out."""
    method, salt, key = (stored or _NOBODYS).split("$")
    _, cost, block, lanes = method.split(":")
    derived = _derived(given[: LONGEST + 1], b64decode(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(derived, b64decode(key)) and stored is not None


def _derived(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    text = password.encode(errors="surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=cost, r=block, p=lanes, maxmem=MEMORY_BYTES, dklen=KEY_BYTES)


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


_NOBODYS = f"scrypt:{COST}:{BLOCK}:{LANES}${_text(bytes(SALT_BYTES))}${_text(bytes(KEY_BYTES))}"
