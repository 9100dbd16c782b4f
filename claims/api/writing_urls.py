"""What changes something. An address that is read as well comes here, before the same one in `reading_urls`."""

from django.urls import URLPattern, path

from claims.api import (
    attributing,
    dating,
    discussing,
    drawing,
    giving_evidence,
    giving_verdicts,
    importing,
    judging,
    keeping_articles,
    linking,
    moderating,
    publishing_verdicts,
    queueing,
    registering_sources,
    telling_stories,
)

_CLAIM = "claims/<uuid:claim_id>"
_EVIDENCE = f"{_CLAIM}/evidence/<uuid:evidence_id>"
_THREAD = f"{_CLAIM}/threads/<uuid:thread_id>"
_PUBLICATION = f"{_CLAIM}/publications/<int:number>"
_LINK = "links/<uuid:link_id>"
_SUGGESTION = "suggestions/<int:suggestion_id>"
_ARTICLE = "articles/<uuid:article_id>"
_STORY = "stories/<uuid:story_id>"
_SOURCE = "sources/<uuid:source_id>"
_IMPORT = "imports/<uuid:job_id>"

writing: list[URLPattern] = [
    path(f"{_CLAIM}/label", judging.OwnLabel.as_view(), name="api-label"),
    path(f"{_CLAIM}/label/restore", judging.LabelRestored.as_view(), name="api-label-restore"),
    path(f"{_CLAIM}/attribution", attributing.OwnAttribution.as_view(), name="api-attribution"),
    path(f"{_CLAIM}/evidence", giving_evidence.EvidenceOfClaim.as_view(), name="api-evidence"),
    path(_EVIDENCE, giving_evidence.OneEvidence.as_view(), name="api-evidence-one"),
    path(f"{_EVIDENCE}/restore", giving_evidence.EvidenceRestored.as_view(), name="api-evidence-restore"),
    path(f"{_CLAIM}/times/<slug:kind>", dating.TimeOfClaim.as_view(), name="api-time"),
    path(f"{_CLAIM}/verdict", giving_verdicts.VerdictOnClaim.as_view(), name="api-verdict"),
    path(f"{_CLAIM}/publications", publishing_verdicts.PublicationProposed.as_view(), name="api-publications"),
    path(f"{_PUBLICATION}/publish", publishing_verdicts.PublicationLetOut.as_view(), name="api-publication-publish"),
    path(f"{_PUBLICATION}/decline", publishing_verdicts.PublicationDeclined.as_view(), name="api-publication-decline"),
    path(
        f"{_PUBLICATION}/withdraw", publishing_verdicts.PublicationWithdrawn.as_view(), name="api-publication-withdraw"
    ),
    path(f"{_CLAIM}/ruling", judging.RulingOnClaim.as_view(), name="api-ruling"),
    path(f"{_CLAIM}/ruling/restore", judging.RulingRestored.as_view(), name="api-ruling-restore"),
    path(f"{_CLAIM}/reopen", moderating.ClaimReopened.as_view(), name="api-claim-reopen"),
    path(f"{_CLAIM}/retire", moderating.ClaimRetired.as_view(), name="api-claim-retire"),
    path(f"{_CLAIM}/hide", moderating.ClaimHidden.as_view(), name="api-claim-hide"),
    path(f"{_CLAIM}/bring-back", moderating.ClaimBroughtBack.as_view(), name="api-claim-bring-back"),
    path(f"{_CLAIM}/confirm-wording", moderating.WordingConfirmed.as_view(), name="api-claim-confirm-wording"),
    path(f"{_CLAIM}/place", moderating.OrphanPlaced.as_view(), name="api-orphan-place"),
    path(f"{_CLAIM}/give-up", moderating.OrphanGivenUp.as_view(), name="api-orphan-give-up"),
    path(f"{_CLAIM}/known-answer", moderating.KnownAnswer.as_view(), name="api-known-answer"),
    path(f"{_CLAIM}/skip", queueing.ClaimSkipped.as_view(), name="api-claim-skip"),
    path(f"{_CLAIM}/comments", discussing.CommentsOnClaim.as_view(), name="api-comments"),
    path(f"{_THREAD}/resolve", discussing.ThreadResolved.as_view(), name="api-thread-resolve"),
    path(f"{_THREAD}/reopen", discussing.ThreadReopened.as_view(), name="api-thread-reopen"),
    path(f"{_CLAIM}/flags", discussing.FlagsOfClaim.as_view(), name="api-flags"),
    path("flags/<int:flag_id>/answer", discussing.FlagAnswered.as_view(), name="api-flag-answer"),
    path(f"{_CLAIM}/links/<uuid:other_id>", linking.FindingOnPair.as_view(), name="api-finding"),
    path(f"{_LINK}/finding", linking.OwnFinding.as_view(), name="api-own-finding"),
    path(f"{_LINK}/ruling", linking.RulingOnLink.as_view(), name="api-link-ruling"),
    path(f"{_LINK}/reopen", linking.LinkReopened.as_view(), name="api-link-reopen"),
    path(f"{_SUGGESTION}/reject", linking.SuggestionRejected.as_view(), name="api-suggestion-reject"),
    path(f"{_SUGGESTION}/reopen", linking.SuggestionReopened.as_view(), name="api-suggestion-reopen"),
    path("queue/next", queueing.NextClaim.as_view(), name="api-queue-next"),
    path(f"{_ARTICLE}/claims", drawing.ClaimsDrawn.as_view(), name="api-article-claims"),
    path(f"{_ARTICLE}/assignments", queueing.AssignmentsOfArticle.as_view(), name="api-article-assignments"),
    path("assignments/<int:assignment_id>", queueing.OneAssignment.as_view(), name="api-assignment"),
    path(f"{_ARTICLE}/story", telling_stories.StoryOfArticle.as_view(), name="api-article-story"),
    path(f"{_ARTICLE}/lock", keeping_articles.ArticleLocked.as_view(), name="api-article-lock"),
    path(f"{_ARTICLE}/unlock", keeping_articles.ArticleUnlocked.as_view(), name="api-article-unlock"),
    path(f"{_ARTICLE}/withdraw", keeping_articles.ArticleWithdrawn.as_view(), name="api-article-withdraw"),
    path(f"{_ARTICLE}/revisions", keeping_articles.RevisionsOfArticle.as_view(), name="api-article-revisions"),
    path("outlets/<uuid:outlet_id>", keeping_articles.OutletDescribed.as_view(), name="api-outlet"),
    path("stories", telling_stories.StoriesMade.as_view(), name="api-stories"),
    path(_STORY, telling_stories.StoryDescribed.as_view(), name="api-story"),
    path(f"{_STORY}/publish", telling_stories.StoryPublished.as_view(), name="api-story-publish"),
    path(f"{_STORY}/take-back", telling_stories.StoryTakenBack.as_view(), name="api-story-take-back"),
    path(f"{_STORY}/assessments-needed", telling_stories.AssessmentsNeeded.as_view(), name="api-story-needed"),
    path(f"{_STORY}/corrections", telling_stories.CorrectionsOfStory.as_view(), name="api-corrections"),
    path(f"{_STORY}/correction-requests", telling_stories.CorrectionAsked.as_view(), name="api-requests"),
    path(f"{_STORY}/decline-request", telling_stories.CorrectionDeclined.as_view(), name="api-correction-decline"),
    path("sources", registering_sources.SourcesRegistered.as_view(), name="api-sources"),
    path(_SOURCE, registering_sources.SourceDescribed.as_view(), name="api-source"),
    path(f"{_SOURCE}/merge", registering_sources.SourceMerged.as_view(), name="api-source-merge"),
    path(f"{_SOURCE}/unmerge", registering_sources.SourceTakenOut.as_view(), name="api-source-unmerge"),
    path("imports", importing.ImportsOffered.as_view(), name="api-jobs"),
    path(f"{_IMPORT}/items/<uuid:item_id>", importing.ItemCorrected.as_view(), name="api-import-item"),
    path(f"{_IMPORT}/begin", importing.ImportBegun.as_view(), name="api-import-begin"),
    path(f"{_IMPORT}/step", importing.ImportStepped.as_view(), name="api-import-step"),
    path(f"{_IMPORT}/stop", importing.ImportStopped.as_view(), name="api-import-stop"),
    path("notifications/read", queueing.NotificationsRead.as_view(), name="api-notifications-read"),
    path(
        "notifications/<uuid:notification_id>/read", queueing.NotificationRead.as_view(), name="api-notification-read"
    ),
]
