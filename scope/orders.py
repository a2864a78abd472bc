"""What a person or a program can ask of the telescope, as values; and who asks.

How an order crosses a socket or a door as JSON is scope/order_json.py's affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from scope.position import Equatorial

LONGEST_TEXT = 120


class Role(Enum):
    VISITOR = "visitor"
    VOLUNTEER = "volunteer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Who gives an order: the account's or token's name, what they may do, and the way in (browser, api, shell)."""

    name: str
    role: Role
    via: str


class TrackingRate(Enum):
    OFF = "off"
    SIDEREAL = "sidereal"
    LUNAR = "lunar"
    SOLAR = "solar"


class Direction(Enum):
    NORTH = "north"
    SOUTH = "south"
    EAST = "east"
    WEST = "west"


class NudgeRate(Enum):
    """The four speeds of a hand box, slow to fast."""

    GUIDE = "guide"
    CENTRE = "centre"
    FIND = "find"
    SLEW = "slew"


@dataclass(frozen=True, slots=True)
class Goto:
    """Either `target` (what a person typed) or `place`, never both."""

    target: str | None = None
    place: Equatorial | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    pass


@dataclass(frozen=True, slots=True)
class Track:
    rate: TrackingRate


@dataclass(frozen=True, slots=True)
class Nudge:
    """Move by hand for as long as the lease is renewed.

    `press` names one press of one button; the same press with a higher `beat` renews it; `direction` None lets go.
    """

    direction: Direction | None
    rate: NudgeRate
    press: str
    beat: int = 0


@dataclass(frozen=True, slots=True)
class Park:
    pass


@dataclass(frozen=True, slots=True)
class Unpark:
    pass


@dataclass(frozen=True, slots=True)
class Home:
    """Go to where the mount has its zero marks, and rest there."""


@dataclass(frozen=True, slots=True)
class Sync:
    """Tell the mount that it looks at this now; `confirmed` once the person has seen how far the jump is."""

    target: str | None = None
    place: Equatorial | None = None
    confirmed: bool = False


class PointingAct(Enum):
    ADD = "add"  # the telescope is centred on the target now
    DROP = "drop"  # the star of that name
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Pointing:
    """A star of the pointing model: added by `target` or `place`, dropped by the name it has there (`star`).

    `confirmed` once the person has seen how far the jump is; the first star is a sync of the mount itself.
    """

    act: PointingAct
    target: str | None = None
    place: Equatorial | None = None
    star: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class SetMountClock:
    """Give the mount the service's time and site."""


class HelmAct(Enum):
    TAKE = "take"  # when free, or as an admin
    ASK = "ask"
    GIVE = "give"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Helm:
    """Who controls: take it, ask the holder for it, give it to `to`, or leave it."""

    act: HelmAct
    to: str | None = None


@dataclass(frozen=True, slots=True)
class EndSession:
    pass


@dataclass(frozen=True, slots=True)
class SetServiceTime:
    """What time it is by a watch that a person trusts, as a rule the phone's; refused where the network knows it."""

    utc: datetime


@dataclass(frozen=True, slots=True)
class ConfirmAlignment:
    """The mount has restarted, and a person has seen that it still points where it says."""


@dataclass(frozen=True, slots=True)
class FreeCables:
    """The cables hang free as the telescope stands now: from here its turns are counted."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Whether a lid is on the tube: only then may the Sun pass over it."""

    covered: bool


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Somebody has seen the alarm of this code; it is shown until then even if its cause has gone."""

    alarm: str


@dataclass(frozen=True, slots=True)
class DeclareSolar:
    """An admin vouches for a solar filter before the whole aperture, and a finder that is covered or taken off."""

    filter: str
    front: bool
    finder: bool


class SolarEnd(Enum):
    CANCELLED = "cancelled"
    FILTER_REMOVED = "filter-removed"


@dataclass(frozen=True, slots=True)
class EndSolar:
    """The Sun is forbidden again; anybody may say so."""

    because: SolarEnd


@dataclass(frozen=True, slots=True)
class SetHorizon:
    """The horizon mask: (azimuth from north through east, altitude) in degrees; none at all is an open horizon."""

    points: tuple[tuple[float, float], ...]


Order = (
    Goto
    | Stop
    | Track
    | Nudge
    | Park
    | Unpark
    | Home
    | Sync
    | Pointing
    | SetMountClock
    | Helm
    | EndSession
    | SetServiceTime
    | ConfirmAlignment
    | FreeCables
    | Cover
    | Acknowledge
    | DeclareSolar
    | EndSolar
    | SetHorizon
)

ORDERS: Mapping[str, type[Order]] = {
    "goto": Goto,
    "stop": Stop,
    "track": Track,
    "nudge": Nudge,
    "park": Park,
    "unpark": Unpark,
    "home": Home,
    "sync": Sync,
    "pointing": Pointing,
    "set-mount-clock": SetMountClock,
    "helm": Helm,
    "end-session": EndSession,
    "set-service-time": SetServiceTime,
    "confirm-alignment": ConfirmAlignment,
    "free-cables": FreeCables,
    "cover": Cover,
    "acknowledge": Acknowledge,
    "declare-solar": DeclareSolar,
    "end-solar": EndSolar,
    "set-horizon": SetHorizon,
}
NAMES = {kind: name for name, kind in ORDERS.items()}
MOVES = (Goto, Track, Nudge, Park, Unpark, Home, Sync, Pointing, SetMountClock)
"""What only the holder of the helm may order; a stop needs none."""
ADMIN_ONLY = (DeclareSolar, SetHorizon)
PASSWORD_AGAIN = (DeclareSolar,)
"""What a person at a browser has to prove once more to be the one who signed in; no program may order it."""
