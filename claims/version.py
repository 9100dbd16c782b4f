"""The version of this software, in one place: pages, the API and the manifests of exports read it here."""

from typing import Final

__version__: Final = "0.7.0"
