"""`clubscope doctor`: what is right, doubtful or wrong with this machine, the cable and the mount, and what to do.

It looks, and asks harmless questions; it never halts, moves or sets anything, and opens no port that another program
has. English only: it speaks to whoever has a shell.
"""
