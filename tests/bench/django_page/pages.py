"""The page and its address."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django_page.models import Case, Entry

_LINKS = (("Messages", "/messages"), ("Support", "/support"), ("Settings", "/settings"), ("Sign out", "/sign-out"))
_PAGE = 20


@login_required
def messages(request: HttpRequest) -> HttpResponse:
    """Show the newest updates of the reader's own case."""
    case = get_object_or_404(Case, owner=request.user)
    entries = list(Entry.objects.filter(case=case).order_by("-happened_at", "-id")[: _PAGE + 1])[:_PAGE]
    shown = {
        "case": case,
        "latest": entries[:1],
        "earlier": entries[1:],
        "organisation": "Benchford Police",
        "navigation": [{"text": text, "href": href, "current": href == request.path} for text, href in _LINKS],
    }
    return render(request, "messages.html", shown)


urlpatterns = [path("messages", messages)]
