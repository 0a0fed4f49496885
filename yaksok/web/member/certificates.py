"""The certificate of erasure: taken along as a file, and checked by anybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import leave as leaving
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.design.templatetags.design import moment
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

PASTED = frozenset({"certificate"})
FILE_NAME = "yaksok-erasure-certificate.json"


def _given(request: PersonRequest) -> str:
    """The certificate as it was pasted, or else uploaded. Text that is no UTF-8 is none."""
    values = posted(request)
    return values.get("certificate", "").strip() or values.get("file", "").strip()


@require_POST
@takes(Text(ko="파기 증서", en="Certificate of erasure"), fields=PASTED)
def download(request: PersonRequest) -> HttpResponse:
    """The certificate as a file. Only one that this mall signed comes back out."""
    text = _given(request)
    if not leaving.verify(text):
        raise Invalid({"certificate": "not signed by this mall"})
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@takes(Text(ko="증서 확인", en="Certificate check"), fields=PASTED, files=frozenset({"file"}))
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
