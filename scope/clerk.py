"""Who takes the orders at the desk: may this person, what does it mean, what came of it.

The clerk checks roles and the helm, turns what was typed into a target, hands the order to whoever carries it out, and
has it written down, accepted or refused.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from scope import orders
from scope.clock import Clock
from scope.errors import NotAllowed, NotUnderstood, ScopeError
from scope.helm import Helm
from scope.order_json import order_as_json
from scope.orders import ADMIN_ONLY, MOVES, NAMES, NudgeRate, Order, Person, PointingAct, Role
from scope.position import Equatorial
from scope.precautions import Precautions
from scope.remedies import Remedies
from scope.sky.catalogue import Catalogue
from scope.sky.frames import Sky
from scope.sky.typed import read_target, target_at
from scope.snapshot import HelmState
from scope.steering.controller import Controller
from scope.target import Kind, Target

RATES_BY_DAY = frozenset({NudgeRate.GUIDE, NudgeRate.CENTRE})
"""Faster by hand, a volunteer's slip could bring the tube to the Sun within a second or two."""


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
    """`changed` is called after an order that may have changed what everybody sees."""

    def __init__(
        self,
        controller: Controller,
        precautions: Precautions,
        sky: Future[Sky],
        catalogue: Future[Catalogue],
        clock: Clock,
        write: Write,
        changed: Callable[[], None],
    ) -> None:
        self._controller, self._precautions, self._clock = controller, precautions, clock
        self._sky, self._catalogue = sky, catalogue
        self._remedies = Remedies(sky, controller.guard, clock)
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
        """The Sun is not among what is found, unless somebody vouches for a filter."""
        found = self._catalogue.result().search(text, most + 1)
        allowed = [t for t in found if t.kind is not Kind.SUN or self._controller.guard.solar.is_on]
        return [self._precautions.described(target) for target in allowed[:most]]

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
        if isinstance(order, ADMIN_ONLY) and by.role is not Role.ADMIN:
            raise NotAllowed("that is for admins", code="role_needed", role=Role.ADMIN.value)
        if isinstance(order, MOVES):
            self._take_helm(by)
        try:
            return self._do[type(order)](self, order, by)
        finally:
            self._changed()

    def _goto(self, order: orders.Goto, _: Person) -> dict[str, Target]:
        target = self._target(order.target, order.place)
        self._controller.goto(target)
        self._precautions.somebody_looks()
        return {"target": target}

    def _sync(self, order: orders.Sync, by: Person) -> dict[str, Target]:
        target = self._target(order.target, order.place)
        self._controller.sync(target, order.confirmed, by.role is Role.ADMIN)
        self._precautions.somebody_looks()
        return {"target": target}

    def _point(self, order: orders.Pointing, by: Person) -> dict[str, Target]:
        if order.act is PointingAct.CLEAR:
            self._controller.clear_stars()
            return {}
        if order.act is PointingAct.DROP:
            self._controller.drop_star(order.star)
            return {}
        target = self._target(order.target, order.place)
        self._controller.add_star(target, order.confirmed, by.role is Role.ADMIN)
        self._precautions.somebody_looks()
        return {"target": target}

    def _nudge(self, order: orders.Nudge, by: Person) -> dict[str, Target] | None:
        too_fast = order.direction is not None and order.rate not in RATES_BY_DAY
        if too_fast and by.role is not Role.ADMIN and self._controller.guard.is_day(self._clock.utc()):
            raise NotAllowed("by day only an admin moves it fast by hand", code="rate_by_day")
        if not self._controller.nudge(order, by.name):
            return None
        self._precautions.somebody_looks()
        return {}

    def _steer(self, order: orders.Helm, by: Person) -> None:
        with self._helm_lock:
            self._helm.act(order, by, self._clock.monotonic(), self._clock.utc())

    @staticmethod
    def _nothing_else(does: Callable[[Clerk, Any, Person], object]) -> Callable[..., dict[str, Target]]:
        """Orders that have no target: carried out, and that is all there is to log."""

        def carried_out(clerk: Clerk, order: Any, by: Person) -> dict[str, Target]:
            does(clerk, order, by)
            return {}

        return carried_out

    _do: Mapping[type[Any], Callable[..., dict[str, Target] | None]] = {
        orders.Goto: _goto,
        orders.Sync: _sync,
        orders.Pointing: _point,
        orders.Nudge: _nudge,
        orders.Track: _nothing_else(lambda clerk, order, _: clerk._controller.track(order.rate)),
        orders.Park: _nothing_else(lambda clerk, _, __: clerk._controller.park()),
        orders.Unpark: _nothing_else(lambda clerk, _, __: clerk._controller.unpark()),
        orders.Home: _nothing_else(lambda clerk, _, __: clerk._controller.home()),
        orders.SetMountClock: _nothing_else(lambda clerk, _, __: clerk._controller.set_clock()),
        orders.Helm: _nothing_else(_steer),
        orders.EndSession: _nothing_else(lambda *_: None),  # the recorder ends it when it reads the event
        orders.ConfirmAlignment: _nothing_else(lambda clerk, _, __: clerk._controller.confirm_alignment()),
        orders.FreeCables: _nothing_else(lambda clerk, _, __: clerk._controller.free_cables()),
        orders.Acknowledge: _nothing_else(lambda clerk, order, _: clerk._controller.alarms.acknowledge(order.alarm)),
        orders.EndSolar: _nothing_else(lambda clerk, order, _: clerk._precautions.end_solar(order)),
        orders.Cover: _nothing_else(lambda clerk, order, _: clerk._precautions.cover(order.covered)),
        orders.DeclareSolar: _nothing_else(lambda clerk, order, by: clerk._precautions.declare_solar(order, by)),
        orders.SetHorizon: _nothing_else(lambda clerk, order, _: clerk._precautions.set_horizon(order.points)),
        orders.SetServiceTime: _nothing_else(lambda clerk, order, _: clerk._precautions.set_time(order.utc)),
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
        if isinstance(order, orders.Goto) and self._remedies.are_for(refusal):
            self._remedies.complete(refusal, self._target(order.target, order.place))
