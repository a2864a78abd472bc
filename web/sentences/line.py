"""Why no bytes get through to the mount, or none that make sense: the port, the cable, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping

from web.languages import _N

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "line_lost": (_N("The mount does not answer. Check its power and the cable; it is tried again all the time."),),
    "no_answer": (_N("The mount did not answer in time. Check the cable and try again."),),
    "garbled_answer": (_N("The mount's answer made no sense. Check the cable and the chosen mount family."),),
    "line_error": (_N("The order did not get through to the mount. Check the cable and try again."),),
    "only_echo": (
        _N("Only our own words come back from the port. Switch the mount on, and check that it is its cable."),
    ),
    "position_doubtful": (
        _N("The mount contradicts itself about where it points, so it is not believed. Check the cable."),
    ),
    "line_noisy": (
        _N("%(bad_percent)s of the mount's answers are damaged. Check the plugs, or take a shorter, shielded cable."),
        _N("Many of the mount's answers are damaged. Check the plugs, or take a shorter, shielded cable."),
    ),
    "wrong_speed": (
        _N(
            "Something answers, but unreadably, as at a wrong speed. Set the speed (baud) in clubscope.toml to that of "
            "the mount; 9600 is usual."
        ),
    ),
    "foreign_device": (
        _N(
            "What answers at the port is no mount of the chosen family: “%(heard)s”. "
            "Check which cable it is, and the port in clubscope.toml."
        ),
        _N(
            "What answers at the port is no mount of the chosen family. "
            "Check which cable it is, and the port in clubscope.toml."
        ),
    ),
    "port_missing": (
        _N(
            "The port %(port)s is not there. Put the cable in at both ends, or choose another port in clubscope.toml; "
            "it is looked for all the time."
        ),
        _N("The serial port is not there. Put the cable in at both ends; it is looked for all the time."),
    ),
    "port_gone": (
        _N(
            "The port %(port)s has gone: the plug has come out, or the adapter has lost its power. "
            "Put it in again; it is found by itself."
        ),
        _N("The serial port has gone. Put the plug in again; it is found by itself."),
    ),
    "port_forbidden": (
        _N(
            "This program may not open the port %(port)s. Add its user to the group “dialout” and start the computer "
            "again; “clubscope doctor” says how."
        ),
        _N("This program may not open the serial port. “clubscope doctor” says what to do."),
    ),
    "port_busy": (
        _N("The program %(process)s holds the port %(port)s. End it; then it goes on here by itself."),
        _N("Another program holds the port %(port)s. End it; then it goes on here by itself."),
        _N("Another program holds the serial port. End it; then it goes on here by itself."),
    ),
    "port_ambiguous": (
        _N(
            "More than one adapter could be the port %(port)s. Pull the others out, or name the right one in "
            "clubscope.toml."
        ),
        _N("More than one adapter could be the mount's. Pull the others out, or name the right one in clubscope.toml."),
    ),
    "port_changed": (
        _N(
            "Another device than before sits at the port %(port)s. Put the mount's own cable back, or choose the port "
            "anew in clubscope.toml."
        ),
        _N(
            "Another device than before sits at the serial port. Put the mount's own cable back, or choose the port "
            "anew in clubscope.toml."
        ),
    ),
    "port_hangs": (
        _N(
            "The port %(port)s hangs. Pull its plug out and put it in again; if that does not help, start the computer "
            "again."
        ),
        _N("The serial port hangs. Pull its plug out and put it in again."),
    ),
    "port_unusable": (
        _N("The serial port cannot be opened. Check that the cable is in, and the port in clubscope.toml."),
    ),
    "foreign_traffic": (
        _N("Another program writes on the mount's line. End it: two programs cannot steer one telescope."),
    ),
    "stop_not_sent": (
        _N(
            "The stop could not be sent: the mount does not answer. If the telescope moves, SWITCH THE MOUNT OFF "
            "at its power switch. The stop is the first thing sent when the mount is back."
        ),
    ),
    "service_gone": (
        _N("The part of the program that talks to the mount is not running. It is being restarted; try again."),
    ),
}

CAUSES: Mapping[str, tuple[str, ...]] = {
    **{code: said for code, said in SENTENCES.items() if code.startswith("port_")},
    "wrong_speed": SENTENCES["wrong_speed"],
    "foreign_device": SENTENCES["foreign_device"],
    "line_noisy": SENTENCES["line_noisy"],
    "only_echo": SENTENCES["only_echo"],
    "garbled_answer": SENTENCES["garbled_answer"],
}
"""By the `reason` of a lost line: why it is lost, where more is known than that nothing answers."""
