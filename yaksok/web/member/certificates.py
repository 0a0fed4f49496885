"""The certificate of erasure: taken along as a file, and checked by anybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import leave as leaving
from yaksok.kernel.errors import Invalid
from yaksok.web.design.templatetags.design import moment
from yaksok.web.session import PersonRequest

FILE_NAME = "yaksok-erasure-certificate.json"


def _given(request: PersonRequest) -> str:
    """The certificate as it was pasted, or else uploaded. Text that is no UTF-8 is none."""
    uploaded = request.FILES.get("file")
    pasted = request.POST.get("certificate", "").strip()
    if pasted or uploaded is None:
        return pasted
    raw: bytes = uploaded.read()
    return raw.decode("utf-8", "replace").strip()


@require_POST
def download(request: PersonRequest) -> HttpResponse:
    """The certificate as a file. Only one that this mall signed comes back out."""
    text = _given(request)
    if not leaving.verify(text):
        raise Invalid({"certificate": "not signed by this mall"})
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: PersonRequest) -> HttpResponse:
    """Whether a certificate is this mall's. Needs no account and stores nothing."""
    if request.method != "POST":
        return render(request, "member/verify.html")
    found = leaving.verify(_given(request))
    shown = {
        "verdict": "true" if found else "false",
        "number": found.number,
        "erased_at": moment(found.erased_at) if found.erased_at else "",
    }
    return render(request, "member/verify.html", shown)
