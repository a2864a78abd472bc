"""`clubscope detect`: which mount is on which port, found out by harmless questions at the usual speeds.

It must never send a byte that could move, set or stop anything, in whatever language the device at the other end reads
it, and never touch a port that another program has. English only: it speaks to whoever has a shell.
"""
