"""Addresses of the API. Importing this brings pydantic and ninja: 13 MB of a worker's memory."""

from yaksok.api.v1 import api

urlpatterns, app_name, _ = api.urls
