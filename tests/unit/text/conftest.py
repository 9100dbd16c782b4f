"""Hypothesis without a deadline for one example: a busy machine is no failure, and growth is timed apart."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
