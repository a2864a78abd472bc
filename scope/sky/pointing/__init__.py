"""Where a telescope really points when its mount is not perfect: geometric terms, fitted to stars that were centred.

Pure arithmetic: `terms` names what is wrong with a mount, `model` reckons with it both ways, `fit` finds it from
stars, `doubt` the star that belongs to another place, `polar` which bolts to turn. Never a mount, never a clock.

Everything is without refraction, as all positions of the program are: the air's lift is no term of its own, so that on
a real sky the flexure term takes up what of it goes with sin z.
"""
