"""Who may come in: people with a password or a one-time code, programs with a token.

There is no account until somebody makes one, and none comes with a password. Secrets are shown once and kept as
digests. Ages are taken on the monotonic clock within one boot, so that a clock that steps locks nobody out.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from scope.clock import Clock
from scope.errors import NotAllowed, NotUnderstood
from scope.log.database import Database
from scope.log.moment import Moment, true_moment
from scope.log.passwords import check_new_password, check_password, hash_password
from scope.log.tables import AccountRow, CodeRow, SignInRow, TokenRow
from scope.log.tries import Tries
from scope.orders import Person, Role

CODE_SECONDS = 30 * 60.0
CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that look alike on a phone
CODE_LENGTH = 15  # 73 bits
TOKEN_BYTES = 32
PROGRAM_PREFIX = "cs_"
ABSOLUTE_SECONDS = 12 * 3600.0
IDLE_SECONDS = {Role.VISITOR: 30 * 60.0, Role.VOLUNTEER: 30 * 60.0, Role.ADMIN: 10 * 60.0}
RENEW_SECONDS = 60.0  # how exactly idleness is measured; each renewal is a write
TRIES_PER_ADDRESS = 100  # over all accounts; a club's phones may share one address


@dataclass(frozen=True, slots=True)
class Account:
    """An account as a list shows it."""

    name: str
    display_name: str
    role: Role
    enabled: bool
    has_password: bool
    made: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A program's token as a list shows it; the secret itself is nowhere."""

    name: str
    role: Role
    made: datetime


class Accounts:
    """The accounts of one database. Methods that hash or compare a password take a tenth of a second of computing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._tries, self._tries_of_address = Tries(clock), Tries(clock, TRIES_PER_ADDRESS)

    # --- people ---

    def add_user(self, name: str, role: Role, display_name: str) -> str:
        """A new account without a password; returns its first one-time code."""
        if not name or name != name.strip() or name.startswith(PROGRAM_PREFIX):
            raise NotUnderstood(f"{name!r} cannot be the name of an account", code="name_wrong")
        row = AccountRow(name=name, display_name=display_name or name, role=role.value, made=self._now().utc)
        try:
            with self._database.writing() as tx:
                tx.add(row)
                tx.flush()
                return self._new_code(tx, row)
        except IntegrityError as wrong:
            raise NotAllowed(f"there is an account {name!r} already", code="name_taken", name=name) from wrong

    def code_for(self, name: str) -> str:
        """A new one-time code, valid for half an hour; earlier ones are void."""
        with self._database.writing() as tx:
            return self._new_code(tx, _account(tx, name))

    def sign_in_with_code(self, code: str, address: str = "") -> str:
        """The token of a new sign-in; NotAllowed for a code that is wrong, used or too old."""
        self._tries.count("", address)
        now, digest = self._now(), _digest(_tidied(code))
        with self._database.writing() as tx:
            unused = select(CodeRow).where(CodeRow.digest == digest, CodeRow.used.is_(False))
            row = tx.scalar(unused.with_for_update())
            account = tx.get(AccountRow, row.account_id) if row is not None else None
            if row is None or account is None or not account.enabled or _made(row).age_seconds(now) > CODE_SECONDS:
                raise NotAllowed("this code is wrong, used or too old", code="code_wrong")
            row.used = True
            token = self._new_sign_in(tx, account)
        self._tries.forgive("", address)
        return token

    def sign_in(self, name: str, password: str, address: str = "") -> str:
        """The token of a new sign-in; NotAllowed, after the same time, for a wrong name or a wrong password."""
        self._tries_of_address.count(address)
        self._tries.count(name, address)
        with self._database.reading() as tx:
            found = tx.execute(
                select(AccountRow.id, AccountRow.password).where(AccountRow.name == name, AccountRow.enabled)
            ).one_or_none()
        if not check_password(found.password if found else None, password) or found is None:
            raise NotAllowed("this name and password do not belong together", code="sign_in_wrong")
        self._tries.forgive(name, address)
        with self._database.writing() as tx:
            return self._new_sign_in(tx, tx.get_one(AccountRow, found.id))

    def set_password(self, token: str, password: str) -> None:
        """For whoever holds the sign-in `token`; all other sign-ins and codes of the account end."""
        digest, now = _digest(token), self._now()
        with self._database.reading() as tx:
            found = _signed_in(tx, digest, now)
        if found is None:
            raise NotAllowed("nobody is signed in", code="not_signed_in")
        account = found[1]
        check_new_password(password, account.name, account.display_name)
        stored = hash_password(password)
        with self._database.writing() as tx:
            tx.execute(update(AccountRow).where(AccountRow.id == account.id).values(password=stored))
            _end_all(tx, account.id, but=digest)

    def confirm_password(self, token: str, password: str, address: str = "") -> None:
        """Whether whoever holds the sign-in `token` is the one who signed in; NotAllowed if not.

        Tries count as those of a sign-in do: neither door may be used to guess at the other.
        """
        with self._database.reading() as tx:
            found = _signed_in(tx, _digest(token), self._now())
        if found is None:
            raise NotAllowed("nobody is signed in", code="not_signed_in")
        name, stored = found[1].name, found[1].password
        if stored is None:
            raise NotAllowed("the account has no password", code="password_unset")
        self._tries_of_address.count(address)
        self._tries.count(name, address)
        if not check_password(stored, password):
            raise NotAllowed("this is not the password", code="password_wrong")
        self._tries.forgive(name, address)

    def person(self, token: str) -> Person | None:
        """Who is signed in with it, and has not been away for too long; looking renews it."""
        digest, now = _digest(token), self._now()
        with self._database.reading() as tx:
            found = _signed_in(tx, digest, now)
        if found is None:
            return None
        sign_in, account = found
        if _seen(sign_in).age_seconds(now) >= RENEW_SECONDS:
            self._renew(digest, now)
        return Person(account.name, Role(account.role), "browser")

    def sign_out(self, token: str) -> None:
        with self._database.writing() as tx:
            tx.execute(delete(SignInRow).where(SignInRow.digest == _digest(token)))

    def change_role(self, name: str, role: Role) -> None:
        """All sign-ins of the account end with its old rights."""
        self._change(name, lambda account: setattr(account, "role", role.value))

    def disable(self, name: str) -> None:
        """Nobody comes in by this account any more; what it did stays in the log."""
        self._change(name, lambda account: setattr(account, "enabled", False))

    def list_users(self) -> list[Account]:
        with self._database.reading() as tx:
            rows = tx.scalars(select(AccountRow).order_by(AccountRow.name))
            return [
                Account(row.name, row.display_name, Role(row.role), row.enabled, row.password is not None, row.made)
                for row in rows
            ]

    # --- programs ---

    def add_token(self, name: str, role: Role) -> str:
        """A bearer token for a program, shown this once."""
        secret = PROGRAM_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
        row = TokenRow(name=name, role=role.value, digest=_digest(secret), made=self._now().utc)
        try:
            with self._database.writing() as tx:
                tx.add(row)
        except IntegrityError as wrong:
            raise NotAllowed(f"there is a token {name!r} already", code="name_taken", name=name) from wrong
        return secret

    def person_of_token(self, bearer: str) -> Person | None:
        with self._database.reading() as tx:
            row = tx.scalar(select(TokenRow).where(TokenRow.digest == _digest(bearer)))
            return Person(row.name, Role(row.role), "api") if row is not None else None

    def remove_token(self, name: str) -> None:
        with self._database.writing() as tx:
            tx.execute(delete(TokenRow).where(TokenRow.name == name))

    def list_tokens(self) -> list[Token]:
        with self._database.reading() as tx:
            rows = tx.scalars(select(TokenRow).order_by(TokenRow.name))
            return [Token(row.name, Role(row.role), row.made) for row in rows]

    # --- how ---

    def _now(self) -> Moment:
        return true_moment(self._clock)

    def _new_code(self, tx: Session, account: AccountRow) -> str:
        tx.execute(delete(CodeRow).where(CodeRow.account_id == account.id))
        code, now = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)), self._now()
        tx.add(
            CodeRow(
                account_id=account.id,
                digest=_digest(code),
                made=now.utc,
                made_monotonic=now.monotonic,
                boot_id=now.boot_id,
            )
        )
        return "-".join(code[start : start + 5] for start in range(0, CODE_LENGTH, 5))

    def _new_sign_in(self, tx: Session, account: AccountRow) -> str:
        self._forget_old(tx)
        token, now = secrets.token_urlsafe(TOKEN_BYTES), self._now()
        row = SignInRow(account_id=account.id, digest=_digest(token), **_columns("made", now), **_columns("seen", now))
        tx.add(row)
        return token

    def _forget_old(self, tx: Session) -> None:
        now = self._now()
        for row in tx.scalars(select(SignInRow)):
            if _made(row).age_seconds(now) > ABSOLUTE_SECONDS:
                tx.delete(row)

    def _renew(self, digest: str, now: Moment) -> None:
        """If the database is busy, the next look will do."""
        try:
            with self._database.writing(wait_seconds=0.0) as tx:
                tx.execute(update(SignInRow).where(SignInRow.digest == digest).values(**_columns("seen", now)))
        except OperationalError:
            return

    def _change(self, name: str, change: Callable[[AccountRow], None]) -> None:
        with self._database.writing() as tx:
            account = _account(tx, name)
            change(account)
            _end_all(tx, account.id)


def _account(tx: Session, name: str) -> AccountRow:
    row = tx.scalar(select(AccountRow).where(AccountRow.name == name))
    if row is None:
        raise NotUnderstood(f"there is no account {name!r}", code="account_unknown", name=name)
    return row


def _signed_in(tx: Session, digest: str, now: Moment) -> tuple[SignInRow, AccountRow] | None:
    asked = select(SignInRow, AccountRow).join(AccountRow, AccountRow.id == SignInRow.account_id)
    found = tx.execute(asked.where(SignInRow.digest == digest, AccountRow.enabled)).one_or_none()
    if found is None:
        return None
    sign_in, account = found
    idle, age = _seen(sign_in).age_seconds(now), _made(sign_in).age_seconds(now)
    valid = idle <= IDLE_SECONDS[Role(account.role)] and age <= ABSOLUTE_SECONDS
    return (sign_in, account) if valid else None


def _end_all(tx: Session, account_id: int, but: str = "") -> None:
    tx.execute(delete(SignInRow).where(SignInRow.account_id == account_id, SignInRow.digest != but))
    tx.execute(delete(CodeRow).where(CodeRow.account_id == account_id))


def _made(row: SignInRow | CodeRow) -> Moment:
    boot_id = row.boot_id if isinstance(row, CodeRow) else row.made_boot_id
    return Moment(row.made, row.made_monotonic, boot_id)


def _seen(row: SignInRow) -> Moment:
    return Moment(row.seen, row.seen_monotonic, row.seen_boot_id)


def _columns(name: str, at: Moment) -> dict[str, datetime | float | str]:
    return {name: at.utc, f"{name}_monotonic": at.monotonic, f"{name}_boot_id": at.boot_id}


def _digest(secret: str) -> str:
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _tidied(code: str) -> str:
    """As it was made: people add spaces and forget the shift key."""
    return "".join(letter for letter in code.upper() if letter.isalnum())
