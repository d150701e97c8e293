"""REST under /api/v1/: one router an area, problems for errors, the OpenAPI document beside it."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from liangyi.api import auth, catalogue, organisation, patients, problems, scheduling, staff


class LiangyiAPI(NinjaAPI):
    """NinjaAPI whose document says that errors are problem+json."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The document, with every 4xx answer declared as application/problem+json."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _declare_problems(operation["responses"])
        return schema


def _declare_problems(responses: dict[int, dict[str, Any]]) -> None:
    for status, answer in responses.items():
        content = answer.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            content["application/problem+json"] = content.pop("application/json")


api = LiangyiAPI(
    title="良医 Liangyi",
    version="1",
    description="Times are ISO 8601 with an offset. Lists are {items, next}, paged by key. "
    "Errors are problem+json with a `code`.",
    auth=auth.Bearer(),
    docs_url=None,
    urls_namespace="api",
)
problems.install(api)
api.add_router("/auth", auth.router)
api.add_router("", organisation.router)
api.add_router("", catalogue.router)
api.add_router("", staff.router)
api.add_router("/patients", patients.router)
api.add_router("/scheduling", scheduling.router)
