"""May we go there, and must we stop now: pure decisions from plain numbers; the controller acts.

One file a question: the Sun, the horizon, where, which way round, by hand, and what happens if nobody does anything. A
refusal is a NotAllowed that tells which limit and by how much; whoever knows the sky adds when it will be possible.
Nothing here reads a clock, a mount or a file, so every rule is a table in a test. All directions are geometric: the air
lifts what stands at 15° by 0.06°, less than the 0.1° to which any of this is meant.
"""
