"""Telescope mounts made of arithmetic, to build and test against when there is no telescope.

Physics (axes), geometry, sidereal time, dialect, transport and faults are apart from each other; time is handed
in everywhere but in loop.py. Standard library only. It must never import anything of scope or web: a simulator
that shares code with the driver shares its mistakes.
"""
