"""The accounts that a stranger tries the workbench with; they exist in development only."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from claims import audit
from claims.models import Event, User
from claims.permissions import check_is_operator
from claims.refusals import NotAllowed
from claims.vocabulary import EventKind, Role

CAST = {"ana": Role.REVIEWER, "ben": Role.REVIEWER, "max": Role.MODERATOR, "ada": Role.ADMINISTRATOR}


@transaction.atomic
def create_demo_accounts(*, by: User) -> dict[str, tuple[Role, str]]:
    """Make the demo accounts, or find them; {name: (role, password)}.

    Each new one writes an event. Raises NotAllowed outside development: their passwords are printed and known.
    """
    check_is_operator(by, "make demo accounts")
    if not settings.DEBUG:
        raise NotAllowed("Demo accounts exist in development only (DEBUG=1): everybody knows their passwords.")
    accounts = {}
    for name, role in CAST.items():
        password = f"demo-{name}-{role}"
        accounts[name] = (role, password)
        if User.objects.filter(username=name).exists():
            continue
        user = User(username=name)
        user.set_password(password)
        user.save()
        user.groups.set(Group.objects.filter(name=role))
        audit.record(
            EventKind.ACCOUNT_CREATED, by=by, target=user, after={"username": name, "role": role, "demo": True}
        )
    return accounts


def demo_people() -> dict[str, User]:
    """The demo accounts that are there, by name; never somebody else's account of that name. Two queries."""
    accounts = {str(account.pk): account for account in User.objects.filter(username__in=CAST, is_active=True)}
    made = Event.objects.filter(target_type="user", target_id__in=list(accounts), kind=EventKind.ACCOUNT_CREATED)
    found = [accounts[event.target_id] for event in made if event.after and event.after.get("demo")]
    return {account.username: account for account in found}
