"""Attributions in the passive: was accused by X of, was quoted as saying, is expected to, it is believed that."""

from claims.text.complements import has_own_verb
from claims.text.cue_verbs import CueVerb
from claims.text.findings import Finding
from claims.text.phrase_bounds import phrase_end, subject_before
from claims.text.shallow_parse import Parse


def by_passive(parse: Parse, at: int, group: int, verb: CueVerb) -> Finding | None:
    """The attribution of a passive verb at `at` whose verb group begins at `group`, with or without a doer."""
    if not verb.passive:
        return None
    after = parse.lower(at + 1)
    if verb.base == "quote" and after == "as":
        source = subject_before(parse, group)
        end = at + 2 if parse.tag(at + 2) == "g" else at + 1
        return Finding(source, (group, end), "quoted", right=end + 1) if source else None
    if after == "by" and parse.tag(at + 2) not in ("g", "#"):
        taken = ("for", "of") if verb.base in ("accuse", "suspect") else ("for", "as")
        source_end = phrase_end(parse, at + 2, ties=lambda index: parse.words[index].lower not in taken)
        if source_end is not None and verb.base == "quote" and parse.lower(source_end + 1) == "as":
            end = source_end + (2 if parse.tag(source_end + 2) == "g" else 1)
            source = subject_before(parse, group)
            return Finding(source, (group, end), "quoted", right=end + 1) if source else None
        if source_end is not None:
            begin = source_end + 1
            right = begin if parse.tag(begin) in ("i", "T", "t", "s", "w", "Q", "q", "!") else None
            left = subject_before(parse, group)
            return Finding((at + 2, source_end), (group, at + 1), "passive-by", left, right, manner="object")
    found = parse.tag(at + 1)
    if parse.lower(group - 1) == "it":
        impersonal = found in ("t", "q") or (found in ("p", "d", "u", "n") and has_own_verb(parse, at + 1))
        return Finding(None, (group - 1, at), "passive", right=at + 1) if impersonal else None
    names = verb.base in ("consider", "deem") and found in ("d", "n", "a", "Q", '"')
    if found == "T" or found in ("t", "q") or names or (after in ("as", "of") and verb.base not in ("know", "see")):
        return Finding(None, (group, at), "passive", subject_before(parse, group), at + 1)
    return None
