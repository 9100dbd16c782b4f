"""Somebody who labels claims one after the other until told to stop: a process of its own, as a server would be."""

import json
import os
import select
import sys
from random import Random

import django


def main(username: str) -> None:
    from claims.models import Claim, User
    from claims.vocabulary import Label
    from tests.cast import assess

    chosen, saved, failed = Random(username), 0, []
    by, claims = User.objects.get(username=username), list(Claim.objects.order_by("pk"))
    print("ready", flush=True)
    # Whoever started this closes its input to stop it.
    while not select.select([sys.stdin], [], [], 0)[0]:
        claim = chosen.choice(claims)
        try:
            assess(claim, by, Label.OPINION, note=f"no. {saved}")
            saved += 1
        except Exception as error:
            failed.append(str(error))
    print(json.dumps({"saved": saved, "failed": failed}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    django.setup()
    main(sys.argv[1])
