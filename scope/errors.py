"""The family of reasons why something did not happen, by what the reader will do about it.

Each carries a `code` for machines and `details`, plain numbers with the unit in the name. The English message is
for logs and developers; people read the sentence that web/answers.py makes of the code in their own language.
"""

from __future__ import annotations

from collections.abc import Mapping

Detail = str | float | int | bool | None


class ScopeError(Exception):
    """Something did not happen; `code` says what, `details` how far."""

    code = "scope_error"

    def __init__(self, message: str, *, code: str | None = None, **details: Detail) -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.details: Mapping[str, Detail] = details


class LineError(ScopeError):
    """The bytes did not get through: look at the cable."""

    code = "line_error"


class LineLost(LineError):
    """The port is gone, or the mount has stopped answering."""

    code = "line_lost"


class NoAnswer(LineError):
    """A question stayed without a whole answer until its deadline."""

    code = "no_answer"


class GarbledAnswer(LineError):
    """An answer came that the family's language does not allow."""

    code = "garbled_answer"


class MountRefused(ScopeError):
    """The mount said no; `words` in the details are its own."""

    code = "mount_refused"


class NotAllowed(ScopeError):
    """We said no: a limit, a missing right, or somebody else at the helm."""

    code = "not_allowed"


class NotCapable(ScopeError):
    """This family of mounts cannot do that: the button should not have been there."""

    code = "not_capable"


class NotUnderstood(ScopeError):
    """What was typed names nothing we know: type it differently."""

    code = "not_understood"


class Overtaken(ScopeError):
    """A stop or a newer order took over; nothing is wrong."""

    code = "overtaken"


class SettingsError(ScopeError):
    """clubscope.toml cannot be used; the message gives the line: edit the file."""

    code = "settings_error"


FAMILY: Mapping[str, type[ScopeError]] = {
    kind.__name__: kind
    for kind in (
        ScopeError,
        LineError,
        LineLost,
        NoAnswer,
        GarbledAnswer,
        MountRefused,
        NotAllowed,
        NotCapable,
        NotUnderstood,
        Overtaken,
        SettingsError,
    )
}
"""By name, so that an error that crosses a socket is raised again as what it was."""
