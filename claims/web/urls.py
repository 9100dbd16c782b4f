"""Every page of the workbench."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from claims.web import (
    account,
    articles,
    claim_list,
    claim_page,
    corrections,
    front,
    judging,
    method,
    published,
    reading,
    stories,
)

urlpatterns = [
    path("", front.front, name="front"),
    path("stories/", stories.story_list, name="story-list"),
    path("stories/new", stories.new_story, name="story-new"),
    path("stories/<uuid:story_id>/", stories.story, name="story"),
    path("stories/<uuid:story_id>/claims.csv", published.published_csv, name="published-csv"),
    path("stories/<uuid:story_id>/edit", stories.edit_story, name="story-edit"),
    path("stories/<uuid:story_id>/publish", stories.publish, name="story-publish"),
    path("stories/<uuid:story_id>/place", stories.place, name="story-place"),
    path("stories/<uuid:story_id>/ask", corrections.ask, name="correction-ask"),
    path("stories/<uuid:story_id>/answer", corrections.answer, name="correction-answer"),
    path("articles/", articles.article_list, name="article-list"),
    path("articles/<uuid:article_id>/", reading.article, name="article"),
    path("claims/", claim_list.claim_list, name="claim-list"),
    path("claims.csv", claim_list.export, name="claim-export"),
    path("claims/<uuid:claim_id>/", claim_page.claim, name="claim"),
    path("claims/<uuid:claim_id>/assess", judging.assess, name="assess"),
    path("claims/<uuid:claim_id>/retract", judging.retract, name="retract"),
    path("claims/<uuid:claim_id>/rule", claim_page.rule, name="rule"),
    path("method/", method.method, name="method"),
    path("login/", account.LogIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(http_method_names=["post"]), name="logout"),
    path("password/", account.password, name="password-change"),
]
