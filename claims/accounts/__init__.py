"""The room where accounts are managed: who is here, in which role, with which password."""
