"""The rooms against a small model of what they ought to do, in any order of deeds."""
