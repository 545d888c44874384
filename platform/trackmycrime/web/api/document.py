"""The OpenAPI 3.1 document of the API."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from trackmycrime.domain import feed
from trackmycrime.domain.ingest.parsing import MOST_EVENTS
from trackmycrime.kit.words import _
from trackmycrime.settings import Settings
from trackmycrime.web.api import examples, meanings, schemas
from trackmycrime.web.api.events import DEFAULT_LIMIT, JSON, LINES
from trackmycrime.web.api.schemas import REFERENCE
from trackmycrime.web.api.token import BY_SIGNING
from trackmycrime.web.common import problems
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

type Part = dict[str, Any]

_FORM = "application/x-www-form-urlencoded"


@get("/api/openapi.json", opt={"permission": Permission.PUBLIC})
async def openapi(visit: NamedDependency[Visit]) -> Response[bytes]:
    """Give the document, with this force as its server."""
    content = document({"url": visit.site.ref.origin})
    return Response(msgspec.json.encode(content), media_type="application/json")


def any_force(settings: Settings) -> Part:
    """Return the server of the document where no force is meant."""
    slug = {"default": "kent", "description": _("The force's name in its address.")}
    return {"url": settings.origin("{force}"), "variables": {"force": slug}}


def document(server: Part) -> Part:
    """Return the document for a server, as OpenAPI describes servers."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("TrackMyCrime for record systems"),
            "version": "1",
            "description": _("Push what happened to crimes, and read what victims and staff did here."),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [server],
        "security": [{"clientCredentials": []}],
        "tags": [{"name": "token"}, {"name": "events"}, {"name": "crimes"}],
        "paths": {
            "/oauth/token": {"post": _token()},
            "/api/v1/events": {"post": _push(), "get": _read()},
            "/api/v1/crimes": {"get": _compare()},
        },
        "components": {
            "schemas": schemas.all_of_them(),
            "responses": _refusals(),
            "securitySchemes": _security(),
        },
    }


def _security() -> Part:
    flow: Part = {"tokenUrl": "/oauth/token", "scopes": {}}
    return {
        "clientCredentials": {"type": "oauth2", "flows": {"clientCredentials": flow}},
        "clientSecret": {
            "type": "http",
            "scheme": "basic",
            "description": _("The client's id and secret, for the token endpoint alone."),
        },
    }


def _operation(tag: str, name: str, summary: str, answers: Mapping[str, Part], refused: tuple[str, ...]) -> Part:
    problem_answers = {status: {"$ref": f"#/components/responses/{status}"} for status in refused}
    usual = {"default": {"$ref": "#/components/responses/500"}}
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "responses": {**answers, **problem_answers, **usual},
    }


def _answer(description: str, schema: str, **example: object) -> Part:
    shape = {"schema": {"$ref": REFERENCE + schema}}
    return {"description": description, "content": {JSON: shape | ({"example": example} if example else {})}}


def _token() -> Part:
    answers = {
        "200": _answer(_("A token, good for ten minutes on this force's site."), "Token"),
        "400": _answer(_("The request is not one for a token."), "TokenRefusal"),
        "401": _answer(_("The client id, secret or signature does not work here."), "TokenRefusal"),
    }
    operation = _operation("token", "getToken", _("Get an access token"), answers, ("413", "429"))
    form = {
        "type": "object",
        "required": ["grant_type"],
        "properties": {
            "grant_type": {"const": "client_credentials"},
            "client_id": {"type": "string"},
            "client_secret": {"type": "string"},
            "client_assertion_type": {"const": BY_SIGNING},
            "client_assertion": {
                "type": "string",
                "description": _(
                    "Instead of a secret: what you signed with your own key (private_key_jwt, RFC 7523). iss and sub are your"
                    " client id, aud is the address of this endpoint, exp at most five minutes ahead, and jti new each time."
                    " We take RS256, PS256, ES256 and Ed25519."
                ),
            },
        },
    }
    example = {"grant_type": "client_credentials"}
    body = {"required": True, "content": {_FORM: {"schema": form, "example": example}}}
    return operation | {"security": [{"clientSecret": []}, {}], "requestBody": body}


def _push() -> Part:
    answers = {"200": _answer(_("What became of the batch."), "Answer", **examples.ANSWER)}
    refused = ("400", "401", "403", "413", "415")
    operation = _operation("events", "pushEvents", _("Push a batch of events"), answers, refused)
    batch = {"type": "array", "maxItems": MOST_EVENTS, "items": schemas.event()}
    shown = {kind: {"summary": meanings.event(kind), "value": [example]} for kind, example in examples.EVENTS.items()}
    lines = "\n".join(msgspec.json.encode(event).decode() for event in list(examples.EVENTS.values())[-2:])
    content = {
        JSON: {"schema": batch, "examples": shown},
        LINES: {"schema": {"type": "string"}, "example": lines},
    }
    meaning = _(
        "A first load of open cases: nobody is told anything about crimes that are new in it, until the force says so."
    )
    backfill = _parameter("backfill", {"type": "boolean", "default": False}, meaning)
    return operation | {"parameters": [backfill], "requestBody": {"required": True, "content": content}}


def _read() -> Part:
    answers = {"200": _answer(_("Events, oldest first, and the cursor to ask with next."), "Page", **examples.PAGE)}
    operation = _operation("events", "readEvents", _("Read what happened here"), answers, ("400", "401", "403", "422"))
    after = _parameter(
        "after",
        {"type": "string", "pattern": feed.CURSOR, "default": ""},
        _("The next of the answer before, or nothing to begin."),
    )
    shape = {"type": "integer", "minimum": 1, "maximum": feed.MOST, "default": DEFAULT_LIMIT}
    return operation | {"parameters": [after, _parameter("limit", shape, _("How many at most."))]}


def _compare() -> Part:
    answers = {"200": _answer(_("All that is held of the crime."), "Crime", **examples.CRIME)}
    operation = _operation("crimes", "compareCrime", _("Compare one crime"), answers, ("400", "401", "403", "404"))
    reference = _parameter("reference", {"type": "string"}, meanings.field("crime"))
    return operation | {"parameters": [reference | {"required": True, "example": examples.REFERENCE}]}


def _parameter(name: str, schema: Part, description: str) -> Part:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _refusals() -> Part:
    meant = {
        "400": _("The request or its body could not be read."),
        "401": _("There is no access token, or it does not work here."),
        "403": _("Your connection may not do this."),
        "404": _("This force has no such crime."),
        "413": _("The body is too large."),
        "415": _("The body is of a type that we do not read."),
        "422": _("A parameter cannot be used."),
        "429": _("Too many tries. Wait as long as Retry-After says."),
        "500": _("Something broke on our side, or is busy."),
    }
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": REFERENCE + "Problem"}}}
    found: Part = {status: {"description": text, "content": content} for status, text in meant.items()}
    wait = {"description": _("Seconds to wait."), "schema": {"type": "integer"}}
    found["429"]["headers"] = {"Retry-After": wait}
    return found
