"""The session log: what was ordered, where the telescope pointed, and who was at it, kept through any power cut.

Recorder writes, History reads, Accounts says who may come in. Nothing outside this package knows what a table is.
"""
