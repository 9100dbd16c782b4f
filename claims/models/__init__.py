"""What is stored. A row that says what a text says is apart from the row that says what people did with it."""

from claims.models.anchor import Anchor
from claims.models.api_token import ApiToken, ApiUse
from claims.models.article import NOT_READ, Article, ArticleStatus, Fact
from claims.models.assessment import Assessment, Ruling
from claims.models.assignment import Assignment
from claims.models.attribution import Attribution, Hop
from claims.models.calibration import Calibration
from claims.models.claim import Claim, ClaimStatus
from claims.models.claim_time import ClaimTime
from claims.models.comment import Comment
from claims.models.correction import Correction, CorrectionRequest
from claims.models.event import Event, EventHead
from claims.models.evidence import Evidence, Verdict
from claims.models.example_work import ExampleWork
from claims.models.flag import Flag
from claims.models.imported_author import ImportedAuthor
from claims.models.job import Extraction, ImportItem, Job
from claims.models.link import Link, LinkAssessment, LinkRuling
from claims.models.notification import Notification
from claims.models.outlet import Outlet, OutletStatus
from claims.models.proposal import Proposal
from claims.models.proposal_outcome import ProposalOutcome
from claims.models.queue import Lease, Skip
from claims.models.receipt import Receipt
from claims.models.redrawing import Redrawing
from claims.models.retirement import Retirement
from claims.models.revision import Revision, Zone
from claims.models.source import Source, SourceWord
from claims.models.story import Story, StoryStatus
from claims.models.suggestion import ClaimTerms, CoverageIndex, Posting, Shingle, Suggestion
from claims.models.user import User, is_at_least, role_of
from claims.models.verdict_publication import VerdictPublication

__all__ = [
    "NOT_READ",
    "Anchor",
    "ApiToken",
    "ApiUse",
    "Article",
    "ArticleStatus",
    "Assessment",
    "Assignment",
    "Attribution",
    "Calibration",
    "Claim",
    "ClaimStatus",
    "ClaimTerms",
    "ClaimTime",
    "Comment",
    "Correction",
    "CorrectionRequest",
    "CoverageIndex",
    "Event",
    "EventHead",
    "Evidence",
    "ExampleWork",
    "Extraction",
    "Fact",
    "Flag",
    "Hop",
    "ImportItem",
    "ImportedAuthor",
    "Job",
    "Lease",
    "Link",
    "LinkAssessment",
    "LinkRuling",
    "Notification",
    "Outlet",
    "OutletStatus",
    "Posting",
    "Proposal",
    "ProposalOutcome",
    "Receipt",
    "Redrawing",
    "Retirement",
    "Revision",
    "Ruling",
    "Shingle",
    "Skip",
    "Source",
    "SourceWord",
    "Story",
    "StoryStatus",
    "Suggestion",
    "User",
    "Verdict",
    "VerdictPublication",
    "Zone",
    "is_at_least",
    "role_of",
]
