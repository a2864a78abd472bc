"""How fast it is, as figures beside INDI's on the same simulated line in the same run: `python -m tests.bench`."""
