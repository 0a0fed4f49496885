"""What no honest page sends is a clean 400 or 413; what was sent is not repeated."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from yaksok.web.transport import EncryptedOnly
from yaksok.web.wellformed import MAX_ADDRESS, MAX_BODY, WellFormed

URLENCODED = "application/x-www-form-urlencoded"
door = WellFormed(lambda r: HttpResponse(r.POST.get("a", "in")))
encrypted = EncryptedOnly(lambda _: HttpResponse("in"))


def get(query=""):
    """The door's answer to a request with this raw query string."""
    return door(RequestFactory().get("/", QUERY_STRING=query))


def post(body, content_type=URLENCODED):
    """The door's answer to this raw body."""
    return door(RequestFactory().generic("POST", "/", body, content_type))


@pytest.mark.parametrize(
    "query", ["q=%ff", "q=%00", "q=%ed%a0%80", "q=" + "a" * MAX_ADDRESS, "%c3%28=1"]
)
def test_a_malformed_address_is_400(query):
    got = get(query)
    assert got.status_code == 400
    assert "aaaa" not in got.content.decode()


@pytest.mark.parametrize("query", ["", "q=%EC%95%BD%EC%86%8D", "q=%F0%9F%98%80", "q=a+b&page=2"])
def test_hangul_and_emoji_pass(query):
    assert get(query).status_code == 200


def test_a_malformed_path_is_400():
    request = RequestFactory().get("/")
    request.META["PATH_INFO"] = "/\udcff".encode("utf-8", "surrogateescape").decode("latin-1")
    assert door(request).status_code == 400


@pytest.mark.parametrize(
    "body", [b"a=%ff", b"a=\xff", b"a=%00", b"a=x%00y", b"%ff=1", b"a=%ed%b0%80"]
)
def test_a_malformed_form_is_400(body):
    assert post(body).status_code == 400


def test_a_form_in_another_charset_is_400():
    got = post("a=가".encode("euc-kr"), URLENCODED + "; charset=euc-kr")
    assert got.status_code == 400


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1"])
def test_a_form_that_names_another_charset_is_400_even_if_its_bytes_are_plain(charset):
    assert post(b"a=b", f"{URLENCODED}; charset={charset}").status_code == 400


def test_a_host_that_is_not_this_mall_is_400():
    got = door(RequestFactory().get("/", HTTP_HOST="evil.example"))
    assert got.status_code == 400
    assert "evil" not in got.content.decode()


def test_a_multipart_form_with_a_broken_value_is_400():
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--\r\n'
    assert post(body, "multipart/form-data; boundary=x").status_code == 400


def test_a_broken_multipart_body_is_400():
    assert post(b"nonsense", "multipart/form-data; boundary=").status_code == 400


def test_rare_hangul_passes_unchanged():
    got = post("a=뷁힣ᄒᆞᆫ👩‍🚀".encode())
    assert got.content.decode() == "뷁힣ᄒᆞᆫ👩‍🚀"


def test_a_body_that_is_too_big_is_413():
    assert post(b"a=" + b"x" * MAX_BODY).status_code == 413


def test_a_length_that_is_no_number_is_400():
    request = RequestFactory().get("/", CONTENT_LENGTH="many")
    assert door(request).status_code == 400


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.1"}, 403),
        ({"REMOTE_ADDR": ""}, 403),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.1"}, 403),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "http"}, 403),
        ({"REMOTE_ADDR": "192.0.2.1", "wsgi.url_scheme": "https"}, 200),
    ],
)
def test_plain_http_is_for_this_machine_only(extra, status):
    assert encrypted(RequestFactory().get("/", **extra)).status_code == status


def test_plain_http_can_be_refused_even_to_this_machine(settings):
    settings.YAKSOK_PLAIN_LOOPBACK = False
    shut = EncryptedOnly(lambda _: HttpResponse("in"))
    assert shut(RequestFactory().get("/")).status_code == 403
