"""Who moves the telescope and who stops it: the controller, its mount thread, the pilot, the brake.

Orders come in as letters for one thread; a stop comes in from any. What is seen meanwhile is scope/watch's.
"""
