"""What is stored. A row that says what a text says is apart from the row that says what people did with it."""

from claims.models.article import Article, ArticleStatus, Fact
from claims.models.assessment import Assessment, Ruling
from claims.models.claim import Claim, ClaimStatus
from claims.models.correction import Correction, CorrectionRequest
from claims.models.event import Event, EventHead
from claims.models.outlet import Outlet, OutletStatus
from claims.models.proposal import Proposal
from claims.models.receipt import Receipt
from claims.models.revision import Revision, Zone
from claims.models.story import Story, StoryStatus
from claims.models.user import User, is_at_least, role_of

__all__ = [
    "Article",
    "ArticleStatus",
    "Assessment",
    "Claim",
    "ClaimStatus",
    "Correction",
    "CorrectionRequest",
    "Event",
    "EventHead",
    "Fact",
    "Outlet",
    "OutletStatus",
    "Proposal",
    "Receipt",
    "Revision",
    "Ruling",
    "Story",
    "StoryStatus",
    "User",
    "Zone",
    "is_at_least",
    "role_of",
]
