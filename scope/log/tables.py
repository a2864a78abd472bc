"""The tables, and nothing but the tables: portable types only, so that SQLite and PostgreSQL hold the same rows.

`events` is append-only. Times are UTC; angles carry their unit, equatorial ones are J2000. Mappings of a language to a
text (kk, ru, en) are JSON.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, Dialect, Double, ForeignKey, Index, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Utc(TypeDecorator[datetime]):
    """An aware datetime in UTC, also where the database keeps no zone; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Key = Annotated[int, mapped_column(primary_key=True)]
Name = Annotated[str, mapped_column(unique=True)]
Digest = Annotated[str, mapped_column(unique=True)]  # SHA-256 of a secret, in hex
InSession = Annotated[int, mapped_column(ForeignKey("sessions.id"), index=True)]
OfAccount = Annotated[int, mapped_column(ForeignKey("accounts.id"), index=True)]


class Table(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy declares it so
        datetime: Utc(),
        float: Double(),
        dict[str, Any]: JSON(),
        dict[str, str]: JSON(),
    }


class SessionRow(Table):
    """An evening at one telescope; `ended` is None while it is open."""

    __tablename__ = "sessions"

    id: Mapped[Key]
    slug: Mapped[Name]
    telescope: Mapped[str] = mapped_column(index=True)
    begun: Mapped[datetime] = mapped_column(index=True)
    ended: Mapped[datetime | None]
    ending: Mapped[str | None]
    visibility: Mapped[str]
    simulated: Mapped[bool]
    example: Mapped[bool] = mapped_column(default=False)
    mount: Mapped[str]
    site: Mapped[str]
    latitude_degrees: Mapped[float]
    longitude_degrees: Mapped[float]
    elevation_metres: Mapped[float]
    timezone: Mapped[str]
    title: Mapped[dict[str, str]] = mapped_column(default=dict)
    summary: Mapped[dict[str, str]] = mapped_column(default=dict)
    visitors: Mapped[int | None]
    seeing: Mapped[int | None]
    transparency: Mapped[int | None]
    temperature_celsius: Mapped[float | None]
    humidity_percent: Mapped[float | None]


class EventRow(Table):
    """One thing that happened. `run_id` names the recorder's process, `seq` counts in it without a hole."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("run_id", "seq"),)

    id: Mapped[Key]
    telescope: Mapped[str]
    boot_id: Mapped[str]
    run_id: Mapped[str]
    seq: Mapped[int]
    utc: Mapped[datetime]
    monotonic: Mapped[float]
    clock_quality: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str]
    via: Mapped[str]
    action: Mapped[str]
    result: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    details: Mapped[dict[str, Any]]
    target: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    motion: Mapped[str]
    ra_hours_j2000: Mapped[float | None]
    dec_degrees_j2000: Mapped[float | None]
    altitude_degrees: Mapped[float | None]
    azimuth_degrees: Mapped[float | None]
    request_id: Mapped[str]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("sessions.id"), index=True)


class ObservationRow(Table):
    """One target looked at. `begun` is the arrival, or the order while the telescope is on its way."""

    __tablename__ = "observations"

    id: Mapped[Key]
    session_id: Mapped[InSession]
    designation: Mapped[str]
    names: Mapped[dict[str, str]]
    kind: Mapped[str]
    constellation: Mapped[str | None]
    ordered_ra_hours: Mapped[float | None]
    ordered_dec_degrees: Mapped[float | None]
    ordered_epoch: Mapped[str | None]
    begun: Mapped[datetime]
    arrived: Mapped[bool] = mapped_column(default=False)
    ended: Mapped[datetime | None]
    ra_hours_j2000: Mapped[float | None]
    dec_degrees_j2000: Mapped[float | None]
    altitude_degrees: Mapped[float | None]
    azimuth_degrees: Mapped[float | None]
    error_arcseconds: Mapped[float | None]
    outcome: Mapped[str | None]
    source: Mapped[str]
    operator: Mapped[str]
    notes: Mapped[dict[str, str]] = mapped_column(default=dict)


class ChunkRow(Table):
    """Up to a minute of positions, as scope.log.track packs them."""

    __tablename__ = "track_chunks"

    id: Mapped[Key]
    session_id: Mapped[InSession]
    begun: Mapped[datetime]
    ended: Mapped[datetime]
    samples: Mapped[int]
    packed: Mapped[bytes]


class HelmRow(Table):
    """An interval in which somebody was at the helm; it may begin before the session does."""

    __tablename__ = "helms"
    __table_args__ = (Index(None, "telescope", "taken"),)

    id: Mapped[Key]
    telescope: Mapped[str]
    operator: Mapped[str]
    taken: Mapped[datetime]
    left: Mapped[datetime | None]


class AccountRow(Table):
    """A person who may sign in; without a password only by a one-time code."""

    __tablename__ = "accounts"

    id: Mapped[Key]
    name: Mapped[Name]
    display_name: Mapped[str]
    role: Mapped[str]
    password: Mapped[str | None]
    enabled: Mapped[bool] = mapped_column(default=True)
    made: Mapped[datetime]


class CodeRow(Table):
    """A one-time sign-in code; only its digest is kept."""

    __tablename__ = "codes"

    id: Mapped[Key]
    account_id: Mapped[OfAccount]
    digest: Mapped[Digest]
    made: Mapped[datetime]
    made_monotonic: Mapped[float]
    boot_id: Mapped[str]
    used: Mapped[bool] = mapped_column(default=False)


class SignInRow(Table):
    """A signed-in browser; `seen` is renewed while it is used."""

    __tablename__ = "sign_ins"

    id: Mapped[Key]
    account_id: Mapped[OfAccount]
    digest: Mapped[Digest]
    made: Mapped[datetime]
    made_monotonic: Mapped[float]
    made_boot_id: Mapped[str]
    seen: Mapped[datetime]
    seen_monotonic: Mapped[float]
    seen_boot_id: Mapped[str]


class TokenRow(Table):
    """A program's bearer token; only its digest is kept."""

    __tablename__ = "tokens"

    id: Mapped[Key]
    name: Mapped[Name]
    role: Mapped[str]
    digest: Mapped[Digest]
    made: Mapped[datetime]
