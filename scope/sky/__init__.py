"""What is in the sky, where it stands from here, and what people call it.

The frames and bodies are ERFA's, the engine inside astropy, which is the authority they are tested against; only
`frames`, `bodies`, `refraction` and `earth` import ERFA. `catalogue` and `typed` need nothing but the standard
library, so that whoever only wants to look up a name does not wait for numpy. Nothing here ever uses a network.
"""
