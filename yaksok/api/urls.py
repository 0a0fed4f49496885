"""Addresses of the API. Importing this brings pydantic and ninja: 13 MB of a worker's memory."""

from django.urls import URLPattern

from yaksok.api.taking import OPERATIONS
from yaksok.api.v1 import api

urlpatterns, app_name, _ = api.urls

for _one in urlpatterns:  # the door asks the address, not the operation behind it
    if isinstance(_one, URLPattern) and (_taken := OPERATIONS.get(_one.name or "")):
        _taken[1](_one.callback)
