"""Pure language work on an article's text: strings in, dataclasses and offsets out. No Django, no database.

All offsets count Unicode code points of the text as it was decoded, end exclusive.
"""
