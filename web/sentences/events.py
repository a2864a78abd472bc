"""What the log's events are called: what was ordered or seen to happen, and how that went."""

from __future__ import annotations

from collections.abc import Mapping

from web.languages import _N

ACTIONS: Mapping[str, str] = {
    # ordered
    "goto": _N("Go to"),
    "stop": _N("STOP"),
    "track": _N("Follow"),
    "nudge": _N("Move by hand"),
    "park": _N("Park the telescope"),
    "unpark": _N("Unpark"),
    "home": _N("Go to the home position"),
    "sync": _N("Correct the pointing"),
    "pointing": _N("Stars of the pointing model"),
    "set-mount-clock": _N("Set the mount's clock and place"),
    "helm": _N("Helm"),
    "end-session": _N("End the session"),
    "set-service-time": _N("Set this computer's clock"),
    "confirm-alignment": _N("The alignment is right"),
    "free-cables": _N("The cables hang free now"),
    "cover": _N("Lid of the tube"),
    "acknowledge": _N("An alarm has been seen"),
    "declare-solar": _N("Solar filter declared"),
    "end-solar": _N("Solar filter ended"),
    "set-horizon": _N("New horizon"),
    # seen to happen
    "connected": _N("The mount answers"),
    "unparked": _N("The mount is awake"),
    "line-lost": _N("The mount does not answer any more"),
    "arrived": _N("Arrived at the target"),
    "missed": _N("Did not arrive"),
    "stopped": _N("The telescope has come to rest"),
    "parked": _N("The telescope is parked"),
    "at-home": _N("At the home position"),
    "mount-reset": _N("The mount has restarted"),
    "alignment-confirmed": _N("Alignment confirmed"),
    "solar-ended": _N("Solar filter ended"),
    "alarm": _N("Alarm"),
    "session-begun": _N("The session began"),
    "session-ended": _N("The session ended"),
    "limits-changed": _N("Limits changed"),
}
"""By the name of the order or of what was seen; what is not here is rare, and shown as the log has it."""

RESULTS: Mapping[str, str] = {
    "accepted": _N("accepted"),
    "done": _N("done"),
    "by-hand": _N("not from here, but by hand"),
    "parking": _N("it never reached its park position"),
    "fitted": _N("model fitted anew"),
    "synced": _N("model begun anew with this star"),
    "cleared": _N("all stars dropped"),
    "cancelled": _N("ended by a person"),
    "filter-removed": _N("the filter is off"),
    "four_hours": _N("after four hours"),
    "sunset": _N("the Sun is down"),
    "disconnected": _N("the connection was lost"),
}
"""How it went; the code of a refusal or of an alarm has its own sentence."""
