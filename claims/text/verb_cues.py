"""Attributions that a verb makes: said, wants to, criticized, was accused by, is expected to."""

from collections.abc import Iterator
from typing import Final

from claims.text.complements import Complement, complement
from claims.text.content_before import clause_before, content_before, continue_behind, was_said
from claims.text.content_spans import is_apart
from claims.text.cue_spans import cue_end
from claims.text.cue_verbs import CUE_FORMS, CueForm, CueVerb, forms_of
from claims.text.findings import Finding
from claims.text.lexicon import DOCUMENTS, LIGHT_VERBS, PEOPLE
from claims.text.literal_verbs import is_empty, is_literal
from claims.text.passive_cues import by_passive
from claims.text.phrase_bounds import Phrase, core_end, phrase_end, phrase_start, subject_before, verb_group_start
from claims.text.set_phrases import how_put, plea_end
from claims.text.shallow_parse import FINITE, Parse

# No sentence that somebody wrote has more; a line of nothing but “said” must not cost the square of its length.
MOST: Final = 8
_MOST_TRIED: Final = 40
_REFUSING: Final = frozenset(
    form for base in ("refuse", "decline", "fail", "try", "continue", "begin", "start", "proceed", "rush", "manage",
                      "seek", "appear", "seem", "attempt", "come", "like", "move", "dare", "hesitate")
    for form in forms_of(base)
)  # fmt: skip
_KEEPING: Final = frozenset(
    form for base in ("keep", "begin", "start", "continue", "stop", "avoid") for form in forms_of(base)
)
# “were quick to accuse”
_HOW: Final = frozenset(("quick", "careful", "slow", "unable"))
_DUTIES: Final = frozenset(("should", "must", "ought", "may", "might", "can", "could", "shall"))
_GOING: Final = frozenset(forms_of("go"))
_NO_COMMENT: Final = frozenset(("comment", "say", "respond", "elaborate", "answer", "discuss", "reply", "speculate",
                                    "apologize", "apologise", "commit", "testify", "concede", "endorse"))  # fmt: skip
_BEFORE_PARTICIPLE: Final = frozenset(
    ("by", "in", "while", "after", "before", "without", "when", "of", "for", "despite")
)
_THIS: Final = frozenset(("so", "that", "as", "this", "it"))


def by_verbs(parse: Parse) -> Iterator[Finding]:
    """Every attribution by a verb, in the order of the text, at most MOST."""
    latest: Phrase | None = None
    previous: Finding | None = None
    shape = ""
    count = tried = 0
    for at, tag in enumerate(parse.tags):
        if tag not in "vgB" or (form := CUE_FORMS.get(parse.words[at].lower)) is None:
            continue
        if form.form == "base" and parse.tags[at - 1] in "cb" and at and shape != "base":
            # “must be signed and explain why”: an infinitive goes on, nobody speaks.
            continue
        tried += 1
        finding = _finding(parse, at, form, latest)
        if finding is not None:
            if previous is None or previous.manner != "clause" or previous.right is None or is_apart(parse, finding):
                # What stands inside the content of the verb before is not the subject of the next.
                latest = latest if finding.relative else finding.source or latest
                previous = finding
            shape = form.form
            yield finding
            count += 1
        if count == MOST or tried == _MOST_TRIED:
            return


def _finding(parse: Parse, at: int, form: CueForm, latest: Phrase | None) -> Finding | None:
    if form.verb.base == "speak" and "anonymity" in (parse.lower(at + 2), parse.lower(at + 4), parse.lower(at + 5)):
        return None
    if form.verb.base == "brief" and parse.lower(at + 1) in ("on", "by", "about"):
        return None
    group = verb_group_start(parse, at)
    auxiliaries = [tag for tag in parse.tags[group:at] if tag in "ehmx"]
    if "m" in auxiliaries and "!" not in parse.tags[group:at] and _is_duty(parse, group, at):
        return None
    if auxiliaries[-1:] == ["e"] and form.form in ("past", "participle"):
        return by_passive(parse, at, group, form.verb)
    inverted = _inverted(parse, at, group, form.verb)
    if inverted is not None:
        return inverted
    start = _chain_start(parse, at, group)
    if start is None:
        return None
    participle = parse.tags[at] == "g" and auxiliaries[-1:] != ["e"] and start == group
    return _active(parse, at, start, form.verb, latest, participle=participle)


def _is_duty(parse: Parse, group: int, at: int) -> bool:
    """“Voters should remember”, “it could suggest”: nobody has done so yet."""
    return any(parse.words[index].lower in _DUTIES for index in range(group, at))


def _chain_start(parse: Parse, at: int, group: int) -> int | None:
    """Where a chain such as “has refused to say” begins; None where the verb reports nothing: “to say the least”."""
    tags = parse.tags
    if tags[at] == "g" and group and parse.words[group - 1].lower in _KEEPING:
        return verb_group_start(parse, group - 1)
    if tags[group - 1 : group] != "T":
        return group
    before = group - 2
    if before > 0 and parse.words[before].lower == "on" and parse.words[before - 1].lower in _GOING:
        return verb_group_start(parse, before - 1)
    if before >= 0 and parse.words[before].lower in _REFUSING and tags[before] in "vBg":
        return verb_group_start(parse, before)
    if before > 0 and parse.words[before].lower in _HOW and tags[before - 1] in "er":
        return verb_group_start(parse, before)
    if before > 0 and parse.words[before].lower == "yet":
        return before - 1
    return None


def _inverted(parse: Parse, at: int, group: int, verb: CueVerb) -> Finding | None:
    """“…,” said Holt: the source stands behind the verb, the quotation or clause before it."""
    tags = parse.tags
    if group != at or not (verb.inverted or verb.quotation) or tags[at] != "v" or not at:
        return None
    before = tags[at - 1]
    quoted = before == "Q" or (before == "," and tags[at - 2 : at - 1] == "Q")
    if not quoted and not (
        before and before in ",-" and verb.base in ("say", "write", "add", "tweet", "note", "report")
    ):
        return None
    begin = at + 1
    while parse.tag(begin) == "r":
        begin += 1
    if parse.tag(begin) not in ("u", "d", "n", "p", "a", "P", "#") or parse.lower(begin) in ("there", "it"):
        return None
    end = phrase_end(parse, begin, ties=lambda index: _ties_to_source(parse, index))
    if end is None or (not quoted and parse.tag(end + 1) not in (",", ".", "", "i", "k", "-", "T", "Q", ";")):
        return None
    left = clause_before(parse, at - 1 if before == "," or before == "-" else at)
    if left is None or (not quoted and _has_its_subject(parse, at, left, verb)):
        return None
    finding = Finding((begin, end), (at, at), "said-inverted", left=left, speaks=True)
    continue_behind(parse, finding, end)
    said = quoted or finding.right is not None or any(tag in FINITE for tag in tags[left[0] : left[1] + 1])
    return finding if said and finding.left is not None else None


def _has_its_subject(parse: Parse, at: int, left: Phrase, verb: CueVerb) -> bool:
    """“Grady, a Republican who represents the north side, said the figures …”: only the subject stands before."""
    subject = subject_before(parse, at)
    if subject is None or subject[0] > left[0] or subject[1] < left[1]:
        return False
    return complement(parse, at, verb) is not None


def _ties_to_source(parse: Parse, preposition: int) -> bool:
    return parse.words[preposition].lower in ("of", "for", "from", "at", "with") and parse.tag(preposition - 1) in "un"


def _active(
    parse: Parse, at: int, group: int, verb: CueVerb, latest: Phrase | None, *, participle: bool
) -> Finding | None:
    if verb.base in ("decline", "refuse", "go", "continue") and _leads_to_cue(parse, at):
        return None
    source, inherits, relative = _source(parse, group, latest, participle=participle)
    given = _statement_given(parse, group) if participle else None
    if given is not None:
        source, group, inherits, relative = *given, False, False
    if source is None or parse.lower(source[0] - 1) == "whether":
        return None
    if parse.lower(source[0] - 1) == "as" and verb.parenthetical:
        return _as_somebody_said(parse, at, group, source)
    if verb.base == "cite" and participle and (cited := _cited(parse, at, source)) is not None:
        return cited
    if verb.base == "put" and parse.lower(at + 1) == "it" and (put := how_put(parse, at, source)) is not None:
        return put
    finding = Finding(source, (group, at), "said", inherits=inherits, relative=relative, base=verb.base)
    finding.opening = participle and source[0] > group
    right = _reach(parse, at, verb, finding)
    apart = inherits or relative or participle or parse.tag(group - 1) in ("w", "t") or parse.tags[at] == "g"
    behind = None if apart else content_before(parse, source, verb)
    if right is not None and not _stands_before(parse, finding, behind, right):
        loose = participle and given is None and right.manner == "object" and parse.tag(group - 1) in ("i", "n", "u")
        loose = loose and parse.lower(source[0] - 1) != "with"
        loose = loose or (verb.base == "object" and is_empty(parse, group, right.start))
        return None if loose or not _fits(parse, verb, right) else _with_right(parse, at, verb, finding, right, behind)
    if behind is not None:
        return _with_left(parse, finding, behind)
    if verb.parenthetical and parse.lower(at + 1) == "otherwise" and parse.tag(at + 2) in (".", ",", ""):
        finding.cue, finding.right, finding.manner, finding.speaks = (group, at), at + 1, "object", True
        return finding
    awaits = verb.parenthetical and parse.tags[-1] == ":" and not parse.tags.count(",", finding.cue[1])
    refuses = parse.words[at].lower in _NO_COMMENT and group < at and _denies(parse, group, at)
    return finding if awaits or refuses else None


def _reach(parse: Parse, at: int, verb: CueVerb, finding: Finding) -> Complement | None:
    """Give the cue its end, and tell what stands behind it."""
    end = cue_end(parse, at, verb)
    right = complement(parse, end, verb)
    if right is None and verb.base in ("show", "find") and finding.source and _is_document(parse, finding.source):
        right = Complement("clause", end + 1) if parse.tag(end + 1) in ("d", "u", "n", "a", "#", "P") else None
    if right is None and end > at and not verb.addressee:
        # “rejected the plan in a statement”: what looked like a venue may belong to what follows.
        right = complement(parse, at, verb)
        end = at if right is not None else end
    finding.cue = finding.cue[0], end
    return right


def _stands_before(parse: Parse, finding: Finding, behind: Phrase | None, right: Complement) -> bool:
    """Whether the content is what stands before the source, whatever follows the verb."""
    if behind is None or right.manner == "quotation" or finding.source is None:
        return False
    return parse.tag(finding.cue[1] + 1) == "," or parse.tag(finding.source[0] - 1) == "Q"


def _with_right(
    parse: Parse, at: int, verb: CueVerb, finding: Finding, right: Complement, behind: Phrase | None
) -> Finding:
    finding.right, finding.manner = right.start, right.manner
    finding.speaks = (verb.inverted or verb.addressee) and right.manner != "object"
    _take_preposition(parse, finding, at)
    if verb.base == "return":
        finding.cue = finding.cue[0], core_end(parse, right.start) or finding.cue[1]
        finding.right = None
    if verb.base == "plead" and (end := plea_end(parse, right.start)) + 1 < len(parse.words):
        finding.cue, finding.right = (finding.cue[0], end), end + 1
    if right.manner == "quotation" and behind is not None and was_said(parse, behind):
        finding.left = behind
    return finding


def _with_left(parse: Parse, finding: Finding, behind: Phrase) -> Finding | None:
    end = _over_manner(parse, finding.cue[1])
    finding.cue = finding.cue[0], end
    finding.left, finding.speaks = behind, True
    continue_behind(parse, finding, end)
    return finding if finding.pieces() or finding.right is not None else None


def _over_manner(parse: Parse, end: int) -> int:
    """“…,” Holt said to loud applause at the fairgrounds: how and where belong to the cue that ends a sentence."""
    at = end
    for _ in range(4):
        if parse.tag(at + 1) not in ("i", "T"):
            break
        further = core_end(parse, at + 2)
        if further is None:
            break
        at = further
    return at if parse.tag(at + 1) in (".", ",", "") else end


def _is_document(parse: Parse, source: Phrase) -> bool:
    return any(parse.lower(at).removesuffix("s") in DOCUMENTS for at in range(source[0], source[1] + 1))


def _cited(parse: Parse, at: int, source: Phrase) -> Finding | None:
    """“The Post, citing officials, reported”: whom an outlet cites is the source, and what it reports the content."""
    end = phrase_end(parse, at + 1, opens=at == 0)
    if end is None or not any(parse.lower(index) in PEOPLE for index in range(at + 1, end + 1)):
        return None
    return Finding((at + 1, end), (at, at), "cited")


def _leads_to_cue(parse: Parse, at: int) -> bool:
    """“refused to say”, “went on to argue”: the verb that reports comes behind."""
    behind = at + 1 if parse.tag(at + 1) == "T" else at + 2
    return parse.tag(behind) == "T" and parse.lower(behind + 1) in CUE_FORMS


def _take_preposition(parse: Parse, finding: Finding, verb: int) -> None:
    """“called for”, “dreams of”: the preposition is the cue's; so is all of “respond to a request for comment”."""
    right = finding.right
    if right is None or parse.tag(right) not in ("i", "T") or finding.manner != "object":
        return
    if parse.lower(verb) in ("respond", "reply", "responded") and parse.lower(right + 2).startswith(
        ("request", "message", "call", "email", "question")
    ):
        end = right + 2
        while parse.lower(end + 1) in ("for", "seeking", "comment", "comments"):
            end += 1
        finding.cue, finding.right = (finding.cue[0], end), None
    elif right + 1 < len(parse.words):
        finding.cue, finding.right = (finding.cue[0], right), right + 1


def _statement_given(parse: Parse, participle: int) -> tuple[Phrase, int] | None:
    """“The group released a statement saying”: who gave it, and where the cue begins."""
    tags = parse.tags
    at = participle - 1
    if at < 2 or tags[at] != "n":
        return None
    while at > 0 and participle - at < 6 and tags[at] in "nadk#u":
        at -= 1
    if parse.words[at].lower not in LIGHT_VERBS or tags[at] not in "vh":
        return None
    group = verb_group_start(parse, at)
    source = subject_before(parse, group)
    return None if source is None else (source, group)


def _as_somebody_said(parse: Parse, at: int, group: int, source: Phrase) -> Finding | None:
    """“As Holt put it, …” and “…, as Holt said”."""
    end = cue_end(parse, at, CUE_FORMS[parse.words[at].lower].verb)
    while parse.tag(end + 1) in ("p", "k", "r", "i") or (parse.tag(end + 1) == "n" and parse.tag(end) == "i"):
        end += 1
    opening = source[0] - 1
    finding = Finding(source, (group, end), "said")
    if opening == 0 and parse.tag(end + 1) == "," and end + 2 < len(parse.words):
        finding.right = end + 2
    elif opening > 2 and parse.tag(opening - 1) in (",", "-", "Q") and parse.tag(end + 1) in (".", ",", ""):
        finding.left = clause_before(parse, opening - 1 if parse.tag(opening - 1) != "Q" else opening)
    return None if finding.left is None and finding.right is None else finding


def _fits(parse: Parse, verb: CueVerb, right: Complement) -> bool:
    """Leave out verbs whose complement does not make them report: “continued the “long and winding” road”."""
    if verb.base in ("call", "label", "dub", "brand", "deem") and right.manner == "object":
        return _has_predicate(parse, right.start)
    if verb.base == "put":
        # “puts the cost at $5 billion”: an estimate; whatever else is put somewhere is none.
        at = next((at for at in range(right.start, len(parse.tags)) if parse.lower(at) == "at"), len(parse.tags))
        return right.manner == "quotation" or (
            parse.tag(at + 1) in ("#", "r", "a") or parse.lower(at + 1) in ("half", "least", "more")
        )
    if right.manner == "object" and is_literal(parse, verb.base, right.start):
        return False
    if verb.base in ("class", "classify"):
        return "as" in [word.lower for word in parse.words[right.start : right.start + 12]]
    if verb.base == "return":
        return parse.lower(right.start).startswith(("call", "message", "phone", "email", "request"))
    if right.manner == "quotation":
        return verb.clause or verb.quotation or verb.object or verb.inverted
    return True


def _has_predicate(parse: Parse, start: int) -> bool:
    """“called it a mistake”, “called for peace”, as opposed to “called the office”."""
    if parse.tag(start) in ("i", "T"):
        return parse.lower(start) in ("for", "on")
    end = start if parse.tag(start) in ("o", "p") else core_end(parse, start)
    return end is not None and parse.tag(end + 1) in ("d", "a", "n", "u", "Q", '"', "g", "v", "r", "#")


def _denies(parse: Parse, group: int, at: int) -> bool:
    words = {word.lower for word in parse.words[group:at]}
    return bool(words & _REFUSING) or any(word.endswith("n’t") or word in ("not", "never") for word in words)


def _source(parse: Parse, group: int, latest: Phrase | None, *, participle: bool) -> tuple[Phrase | None, bool, bool]:
    """Who speaks, whether an earlier verb has the same subject, and whether a relative clause reports."""
    tags = parse.tags
    before = tags[group - 1] if group else ""
    if participle:
        if before in ("n", "u") and group > 1:
            return subject_before(parse, group), False, True
        if before in (",", "-", "Q", "") or parse.lower(group - 1) in _BEFORE_PARTICIPLE or before == "c":
            return latest or leading_subject(parse, group), True, False
        return None, False, False
    if before == "c" and tags[group] == "m" and latest is not None:
        # “said he was sorry and would think about it”: what was said goes on.
        return None, False, False
    if before in ("c", "b"):
        return latest or leading_subject(parse, group), True, False
    relative = before in ("w", "t") and tags[group - 2 : group - 1] == ","
    found = subject_before(parse, group)
    if found is None and before == "," and latest is not None:
        return latest, True, False
    return found, False, relative


def leading_subject(parse: Parse, before: int) -> Phrase | None:
    """The subject of the sentence's first finite verb, for what is said further on with the same subject."""
    tags = parse.tags
    for at in range(min(before, len(tags))):
        if tags[at] in "vehm" and at:
            found = subject_before(parse, verb_group_start(parse, at) if tags[at] == "v" else at)
            if found is not None and parse.tag(found[0] - 1) == "w":
                # “Holt, whose son was shot, welcomed it and said”
                head = found[0] - (3 if parse.tag(found[0] - 2) == "," else 2)
                first = phrase_start(parse, head)
                return None if first is None else (first, head)
            if found is not None:
                return found
    if tags[before : before + 1] != "g":
        return None
    return _subject_behind(parse, before)


def _subject_behind(parse: Parse, participle: int) -> Phrase | None:
    """“Speaking to reporters, Holt left”: the participle comes first."""
    comma = parse.tags.find(",", participle)
    if comma < 0:
        return None
    for at in range(comma + 1, len(parse.tags)):
        if parse.tags[at] in "vehm":
            return subject_before(parse, at)
    return None
