"""Drives, guards and records the telescope; knows nothing of the web."""
