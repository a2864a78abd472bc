"""What is said for each code, in English: the keys of the catalogues. No logic but how the tables are joined.

A code has one or more sentences, the most detailed first; web/answers.py says the first whose places are all filled by
the details of the error. Each ends with what the reader can do.
"""

from __future__ import annotations

from collections.abc import Mapping

from web.sentences import doors, limits, line, motion, mounts, pointing, sun

SENTENCES: Mapping[str, tuple[str, ...]] = {
    **line.SENTENCES,
    **motion.SENTENCES,
    **mounts.SENTENCES,
    **pointing.SENTENCES,
    **limits.SENTENCES,
    **sun.SENTENCES,
    **doors.SENTENCES,
}
"""By the code of an error: why something did not happen."""
