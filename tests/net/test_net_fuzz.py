from __future__ import annotations

import contextlib

from hypothesis import example, given
from hypothesis import strategies as st
from yarl import URL

from shida.net import Refused, answers
from shida.net.robots import Answer, Rules
from shida.net.urls import checked, looks_like_url

header = st.text(st.characters(codec="latin-1"), max_size=80) | st.text(max_size=80)


@given(header)
@example("text/html; charset=" + "x" * 200)
@example("Sun, 99 Nov 99999 12:00:00 GMT")
def test_headers(value: str) -> None:
    answers.media_type(value)
    answers.charset(value)
    answers.header_time(value)
    wait = answers.retry_after({"Retry-After": value, "Date": "Sun, 22 Nov 2026 12:00:00 GMT"})
    assert wait is None or 0 <= wait <= answers.MAX_WAIT
    sent = answers.validator({"ETag": value}, "ETag")
    assert sent is None or (sent.isascii() and "\n" not in sent)


addresses = st.text(max_size=60) | st.builds(
    lambda scheme, rest: scheme + rest,
    st.sampled_from(
        ["http://", "https://", "//", "/", "http://a.cn", "http://[", "http://%", "http://a.cn:99999/", "http:"]
    ),
    st.text(max_size=40),
)


@given(addresses)
@example("http://xn--\ud800.cn/")
@example("http://" + "a" * 70 + ".cn/")
@example("http://a.cn/\udcff\udc80")
def test_an_address_is_checked_or_refused(text: str) -> None:
    looks_like_url(text)
    for base in (None, URL("http://example.cn/a/b")):
        with contextlib.suppress(Refused):
            url = checked(text, to_follow=base)
            assert url.scheme in ("http", "https")
            assert url.host
            assert url.user is None
            assert str(url).isascii()


@given(
    st.binary(max_size=600)
    | st.lists(
        st.sampled_from(
            [
                b"User-agent: *\n",
                b"Disallow: /*a*b$\n",
                b"Allow:",
                b"Crawl-delay: nan\n",
                b"Crawl-delay: -1e999\n",
                b"\r",
                b"Sitemap: x\n",
                b"\xff",
                b"User-agent: shida\n",
            ]
        ),
        max_size=20,
    ).map(b"".join)
)
def test_robots(body: bytes) -> None:
    rules = Rules(Answer(status=200, body=body))
    rules.allows(URL("https://example.cn/aab?x=1"), "shida")
    assert 0 <= rules.pause("shida") <= 60
    assert all(isinstance(address, str) for address in rules.sitemaps)
