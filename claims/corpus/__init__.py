"""A corpus of generated articles with work on them, for measuring: invented texts whose truth is known.

What makes texts and the work on them is pure and follows from a seed alone; `generate` and `store_corpus` write.
"""
