"""What is seen of the mount, what it means, and what must not go on: looks, doubts, limits in the sky, alarms.

Everything here runs on the mount thread, asks at most a question, and orders nothing; scope/steering acts.
"""
