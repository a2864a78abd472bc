"""An empty log with today's tables: made once by the migrations, and copied for everybody who asks for one."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from scope.log.database import upgrade

_one_at_a_time = Lock()  # alembic keeps its state in globals


def empty_log(file: Path) -> str:
    """The URL of the new log; a log that is there already stays as it is."""
    if not file.exists():
        with _one_at_a_time:
            file.write_bytes(_template())
    return f"sqlite:///{file}"


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder, "log.db")
        upgrade(f"sqlite:///{file}")
        return file.read_bytes()
