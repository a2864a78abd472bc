"""Who takes the orders at the desk: may this person, what does it mean, what came of it.

The clerk checks roles and the helm, turns what was typed into a target, hands the order to the controller, and has it
written down, accepted or refused. It adds to a limit's refusal what only the sky knows: when it will be possible.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scope import orders
from scope.clock import Clock
from scope.controller import Controller
from scope.errors import NotAllowed, NotCapable, NotUnderstood, ScopeError
from scope.helm import Helm
from scope.limits import DAYLIGHT_SUN_DEGREES
from scope.order_json import order_as_json
from scope.orders import MOVES, NAMES, NudgeRate, Order, Person, Role
from scope.position import Equatorial
from scope.sky.catalogue import Catalogue
from scope.sky.frames import Sky
from scope.sky.typed import read_target, target_at
from scope.snapshot import HelmState
from scope.target import Kind, Target

SUN = Target("Sun", Kind.SUN, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """An order for the log: who gave it, what was asked, and the outcome, "accepted" or the code of the refusal."""

    by: Person
    action: str
    result: str
    arguments: Mapping[str, Any]
    details: Mapping[str, Any]
    request: str
    target: Target | None


Write = Callable[[Entry], bool]
"""Put it into the log; whether it is on disk by the time the answer goes out."""


class Clerk:
    """`changed` is called after an order that may have changed who is at the helm."""

    def __init__(
        self,
        controller: Controller,
        sky: Future[Sky],
        catalogue: Future[Catalogue],
        clock: Clock,
        write: Write,
        changed: Callable[[], None],
    ) -> None:
        self._controller, self._sky, self._catalogue, self._clock = controller, sky, catalogue, clock
        self._write, self._changed = write, changed
        self._helm, self._helm_lock = Helm(), threading.Lock()

    def helm(self) -> HelmState | None:
        with self._helm_lock:
            return self._helm.state(self._clock.monotonic())

    def order(self, order: Order, by: Person, request: str) -> dict[str, Any]:
        """See scope/desk.py. A heartbeat of a press is not written down: the press itself is."""
        try:
            done = self._carry_out(order, by)
        except ScopeError as refusal:
            self._complete(refusal, order)
            self._note(order, by, request, refusal.code, refusal.details)
            raise
        if done is None:
            return {"target": None, "logged": True}
        target = done.get("target")
        named = target and {"designation": target.designation, "names": dict(target.names)}
        return {"target": named, "logged": self._note(order, by, request, "accepted", {}, target)}

    def look_up(self, text: str, most: int) -> list[dict[str, Any]]:
        found = self._catalogue.result().search(text, most)
        return [self._found(target, self._clock.utc()) for target in found]

    def clocks(self) -> dict[str, Any]:
        raise NotCapable("the clocks are not compared yet", capability="clocks")

    def limits(self) -> dict[str, Any]:
        raise NotCapable("the limits are not told yet", capability="limits")

    def _note(
        self,
        order: Order,
        by: Person,
        request: str,
        result: str,
        details: Mapping[str, Any],
        target: Target | None = None,
    ) -> bool:
        said = {key: value for key, value in order_as_json(order).items() if key != "order"}
        return self._write(Entry(by, NAMES[type(order)], result, said, details, request, target))

    def _carry_out(self, order: Order, by: Person) -> dict[str, Target] | None:
        """What was accepted, for the log; None where there is nothing new to log."""
        if by.role is Role.VISITOR:
            raise NotAllowed("visitors only look", code="role_needed", role=Role.VOLUNTEER.value)
        if isinstance(order, orders.Stop):
            self._controller.stop()
            return {}
        if isinstance(order, MOVES):
            self._take_helm(by)
        try:
            if type(order) not in self._do:
                raise NotCapable("this order is not carried out yet", capability=NAMES[type(order)])
            return self._do[type(order)](self, order, by)
        finally:
            self._changed()

    def _goto(self, order: orders.Goto, _: Person) -> dict[str, Target]:
        target = self._target(order.target, order.place)
        self._controller.goto(target)
        return {"target": target}

    def _sync(self, order: orders.Sync, _: Person) -> dict[str, Target]:
        target = self._target(order.target, order.place)
        self._controller.sync(target, order.confirmed)
        return {"target": target}

    def _track(self, order: orders.Track, _: Person) -> dict[str, Target]:
        self._controller.track(order.rate)
        return {}

    def _nudge(self, order: orders.Nudge, by: Person) -> dict[str, Target] | None:
        if order.rate is NudgeRate.SLEW and by.role is not Role.ADMIN:
            raise NotAllowed("full speed by hand is for admins", code="role_needed", role=Role.ADMIN.value)
        return {} if self._controller.nudge(order, by.name) else None

    def _park(self, _: orders.Park, __: Person) -> dict[str, Target]:
        self._controller.park()
        return {}

    def _unpark(self, _: orders.Unpark, __: Person) -> dict[str, Target]:
        self._controller.unpark()
        return {}

    def _set_clock(self, _: orders.SetMountClock, __: Person) -> dict[str, Target]:
        self._controller.set_clock()
        return {}

    def _steer(self, order: orders.Helm, by: Person) -> dict[str, Target]:
        with self._helm_lock:
            self._helm.act(order, by, self._clock.monotonic(), self._clock.utc())
        return {}

    def _end_session(self, _: orders.EndSession, __: Person) -> dict[str, Target]:
        return {}  # the recorder ends it when it reads the event

    _do: Mapping[type[Any], Callable[..., dict[str, Target] | None]] = {
        orders.Goto: _goto,
        orders.Sync: _sync,
        orders.Track: _track,
        orders.Nudge: _nudge,
        orders.Park: _park,
        orders.Unpark: _unpark,
        orders.SetMountClock: _set_clock,
        orders.Helm: _steer,
        orders.EndSession: _end_session,
    }

    def _take_helm(self, by: Person) -> None:
        with self._helm_lock:
            self._helm.require(by, self._clock.monotonic(), self._clock.utc())

    def _target(self, typed: str | None, place: Equatorial | None) -> Target:
        if (typed is None) == (place is None):
            raise NotUnderstood("give a target or a place, not both", code="target_missing")
        if place is not None:
            return target_at(place)
        assert typed is not None
        return read_target(typed, self._catalogue.result())

    def _complete(self, refusal: ScopeError, order: Order) -> None:
        """Add to a limit's refusal which target it was about and when it will be possible."""
        if refusal.code not in ("below_altitude_limit", "too_near_sun") or not isinstance(order, orders.Goto):
            return
        target = self._target(order.target, order.place)
        moment = self._possible(refusal, target, self._clock.utc())
        when = moment.isoformat(timespec="seconds") if moment else None
        named = {f"target_{language}": name for language, name in target.names.items()}
        refusal.details = {**refusal.details, "target": target.designation, **named, "possible_at": when}

    def _possible(self, refusal: ScopeError, target: Target, utc: datetime) -> datetime | None:
        limit = refusal.details["limit_degrees"]
        assert isinstance(limit, float)
        if refusal.code == "below_altitude_limit":
            return self._sky.result().next_above(target, limit, utc)
        return self._sky.result().next_below(SUN, DAYLIGHT_SUN_DEGREES, utc)

    def _found(self, target: Target, utc: datetime) -> dict[str, Any]:
        sky = self._sky.result()
        stands = sky.horizontal(sky.place(target, utc), utc)
        return {
            "designation": target.designation,
            "kind": target.kind.value,
            "names": dict(target.names),
            "constellation": target.constellation,
            "magnitude": target.magnitude,
            "altitude_degrees": round(stands.altitude_degrees, 1),
            "azimuth_degrees": round(stands.azimuth_degrees, 1),
        }
