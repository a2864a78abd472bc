"""The bytes between us and the mount: the port found, locked and opened, questions and their answers, halts over all.

`line` is what everybody uses; the others are its parts. Nothing here knows what a mount's words mean, and only `port`
opens a port.
"""
