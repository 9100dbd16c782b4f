"""Who may do what. Each rule has a raising form for writes (`check_can_…`) and an answering one for pages (`can_…`)."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Assessment, Claim, Event, Link, LinkAssessment, User, is_at_least, role_of
from claims.refusals import NotAllowed
from claims.vocabulary import EventKind, Role

OPERATOR = "operator"


def operator() -> User:
    """The account that commands act as: it cannot log in, and events name it."""
    return User.objects.get(username=OPERATOR)


def can_see_desk(viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may read articles and claims that nobody published."""
    return is_at_least(viewer, Role.REVIEWER)


def check_can_see_desk(viewer: User | AnonymousUser) -> None:
    """Raise NotAllowed unless the viewer belongs to the desk."""
    _check(viewer, Role.REVIEWER, "read the desk's articles and claims")


def can_assess(viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may label claims."""
    return is_at_least(viewer, Role.REVIEWER)


def check_can_assess(by: User | AnonymousUser) -> None:
    """Raise NotAllowed unless `by` may label claims."""
    _check(by, Role.REVIEWER, "label claims")


def check_can_redraw(by: User | AnonymousUser) -> None:
    """Raise NotAllowed unless `by` may say which words are a claim."""
    _check(by, Role.REVIEWER, "draw the borders of claims")


def check_can_link(by: User | AnonymousUser) -> None:
    """Raise NotAllowed unless `by` may say how two claims relate."""
    _check(by, Role.REVIEWER, "say how claims relate")


def check_can_index(by: User) -> None:
    """Raise NotAllowed unless a command does this, or somebody of the desk, whose write brought the claims in."""
    if by.username != OPERATOR:
        _check(by, Role.REVIEWER, "bring claims into the index of coverage")


def can_rule_on_link(viewer: User | AnonymousUser, link: Link) -> bool:
    """Whether the viewer may rule on this link: see `check_can_rule_on_link`."""
    return can_moderate(viewer) and not _found_it_too(viewer, link)


def check_can_rule_on_link(by: User | AnonymousUser, link: Link) -> None:
    """Raise NotAllowed unless `by` may settle this link: a moderator who did not judge it, or the only moderator."""
    check_can_moderate(by, "rule on links")
    if _found_it_too(by, link):
        raise NotAllowed(f"You judged this pair yourself, so somebody else has to rule on it: {_names_of_others(by)}.")


def _found_it_too(who: User | AnonymousUser, link: Link) -> bool:
    """Whether `who` judged the pair at any time, also if they took it back, and somebody else could rule."""
    own = LinkAssessment.objects.filter(link=link.pk, reviewer=who.pk)
    events = Event.objects.filter(target_type="link", target_id=str(link.pk), kind=EventKind.LINK_ASSESSED, by=who.pk)
    return User.objects.filter(Exists(own) | Exists(events), pk=who.pk or 0).exists() and _others(who).exists()


def can_moderate(viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may rule, make and publish stories, place and withdraw articles."""
    return is_at_least(viewer, Role.MODERATOR)


def check_can_moderate(by: User | AnonymousUser, deed: str) -> None:
    """Raise NotAllowed unless `by` may do this deed of a moderator, named in the sentence that `by` gets to read."""
    _check(by, Role.MODERATOR, deed)


def moderators() -> QuerySet[User]:
    """The people who can rule now: active moderators and administrators."""
    able = Group.objects.filter(user=OuterRef("pk"), name__in=[Role.MODERATOR, Role.ADMINISTRATOR])
    return User.objects.filter(Q(is_superuser=True) | Exists(able), is_active=True).exclude(username=OPERATOR)


def can_rule(viewer: User | AnonymousUser, claim: Claim) -> bool:
    """Whether the viewer may rule on this claim: see `check_can_rule`."""
    return can_moderate(viewer) and not _judges_own(viewer, claim)


def check_can_rule(by: User | AnonymousUser, claim: Claim) -> None:
    """Raise NotAllowed unless `by` may settle this claim: a moderator who did not assess it, or the only moderator."""
    check_can_moderate(by, "rule on claims")
    if _judges_own(by, claim):
        raise NotAllowed(
            f"You assessed this claim yourself, so somebody else has to rule on it: {_names_of_others(by)}."
        )


def _judges_own(who: User | AnonymousUser, claim: Claim) -> bool:
    """Whether `who` assessed the claim at any time, also if they took it back, and somebody else could rule."""
    own = Assessment.objects.filter(claim=claim, reviewer=who.pk)
    assessed = Event.objects.filter(
        target_type="claim", target_id=str(claim.pk), kind=EventKind.CLAIM_ASSESSED, by=who.pk
    )
    judged = User.objects.filter(Exists(own) | Exists(assessed), pk=who.pk or 0)
    return judged.exists() and _others(who).exists()


def _others(who: User | AnonymousUser) -> QuerySet[User]:
    return moderators().exclude(pk=who.pk or 0)


def _names_of_others(who: User | AnonymousUser) -> str:
    return ", ".join(_others(who).order_by("username").values_list("username", flat=True)[:3])


def can_let_out(viewer: User | AnonymousUser, concerned: Collection[int]) -> bool:
    """Whether the viewer may let a verdict out to readers: see `check_can_let_out`."""
    return can_moderate(viewer) and viewer.pk not in concerned


def check_can_let_out(by: User | AnonymousUser, concerned: Collection[int]) -> None:
    """Raise NotAllowed unless `by` is a moderator and none of those who gave the verdict or put it forward.

    There is no exception for an only moderator: what readers see, two people have looked at.
    """
    check_can_moderate(by, "publish verdicts")
    if by.pk in concerned:
        others = moderators().exclude(pk__in=concerned).order_by("username")
        able = ", ".join(others.values_list("username", flat=True)[:3])
        who = f"{able} could" if able else "nobody else can yet, and an administrator can make somebody a moderator"
        raise NotAllowed(f"You gave this verdict or put it forward, so a second moderator has to let it out: {who}.")


def check_can_flag(by: User | AnonymousUser) -> None:
    """Raise NotAllowed unless `by` has an account that is not blocked."""
    check_has_account(by, "flag claims")


def can_administer(viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may manage accounts."""
    return is_at_least(viewer, Role.ADMINISTRATOR)


def check_can_administer(by: User | AnonymousUser, deed: str) -> None:
    """Raise NotAllowed unless `by` may do this deed of an administrator."""
    _check(by, Role.ADMINISTRATOR, deed)


def can_import(viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may bring in articles."""
    return _is_operator(viewer) or is_at_least(viewer, Role.REVIEWER)


def check_can_import(by: User | AnonymousUser) -> None:
    """Raise NotAllowed unless a command brings in articles, or somebody of the desk."""
    if not _is_operator(by):
        _check(by, Role.REVIEWER, "bring in articles")


def _is_operator(who: User | AnonymousUser) -> bool:
    return isinstance(who, User) and who.username == OPERATOR


def check_has_account(by: User | AnonymousUser, deed: str) -> None:
    """Raise NotAllowed unless `by` has an account that is not blocked."""
    if not isinstance(by, User) or not by.is_active:
        raise NotAllowed(f"You are not logged in, and only somebody with an account may {deed}. Log in first.")


def check_is_operator(by: User, deed: str) -> None:
    """Raise NotAllowed unless a command does this, or an administrator."""
    if by.username != OPERATOR:
        _check(by, Role.ADMINISTRATOR, deed)


def _check(who: User | AnonymousUser, needed: Role, deed: str) -> None:
    if is_at_least(who, needed):
        return
    only = f"only {'an' if needed == Role.ADMINISTRATOR else 'a'} {needed} may {deed}"
    if not isinstance(who, User):
        raise NotAllowed(f"You are not logged in, and {only}. Log in and send it again.")
    raise NotAllowed(f"Your role is {role_of(who)}, and {only}. An administrator can give you that role.")
