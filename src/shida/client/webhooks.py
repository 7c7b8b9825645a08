"""Signatures of webhooks: made by the newsroom, and checked by whoever receives them (Standard Webhooks 1.0).

An HMAC-SHA256 over `id.timestamp.body` with the secret's bytes, as base64 behind `v1,`; several secrets give several
signatures, parted by a space, so that a secret can be changed while both sides go on.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
VERSION = "v1"
TOLERANCE = 300
"""Seconds by which the sender's clock may differ from ours, either way: what is older may be a repetition."""

MAX_SIGNATURES = 20
"""Signatures looked at: a sender has two secrets while it changes them."""


class NotSigned(ValueError):
    """A webhook that does not come from who has the secret, or not now."""


def secret_bytes(secret: str) -> bytes:
    """The bytes of a secret as it was shown (`whsec_` and base64); ValueError where it is none."""
    try:
        found = base64.b64decode(secret.strip().removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("the secret is not whsec_ and base64; copy all of it") from error
    if not 24 <= len(found) <= 64:
        raise ValueError("the secret has not 24 to 64 bytes; copy all of it")
    return found


def sign(secrets: Sequence[str], message_id: str, timestamp: int, body: bytes) -> str:
    """The `webhook-signature` of a body, one signature a secret. `timestamp`: seconds since 1970.

    >>> sign(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """  # noqa: E501  # the example of the specification
    signed = f"{message_id}.{timestamp}.".encode() + body
    made = (hmac.new(secret_bytes(secret), signed, hashlib.sha256).digest() for secret in secrets)
    return " ".join(f"{VERSION},{base64.b64encode(one).decode()}" for one in made)


def verify(
    secret: str, headers: Mapping[str, str], body: bytes, *, now: float, tolerance: float = TOLERANCE
) -> tuple[str, int]:
    """The id and the time of a webhook that was signed with `secret`; NotSigned where it was not, or not within
    `tolerance` seconds of `now` (seconds since 1970: `time.time()`).

    `body` is what came, byte for byte, before it is parsed. Keep the ids: an id that was seen was sent again.
    ValueError for a secret that is none.

    >>> secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    >>> body = b'{"type": "watch.matched"}'
    >>> headers = {"webhook-id": "n-1", "webhook-timestamp": "1763000000"}
    >>> headers["webhook-signature"] = sign([secret], "n-1", 1763000000, body)
    >>> verify(secret, headers, body, now=1763000007.0)
    ('n-1', 1763000000)
    >>> verify(secret, headers, body + b" ", now=1763000007.0)
    Traceback (most recent call last):
    shida.client.webhooks.NotSigned: no signature of this body was made with the secret
    >>> verify(secret, headers, body, now=1763999999.0)
    Traceback (most recent call last):
    shida.client.webhooks.NotSigned: the timestamp is more than 300 s away from now
    """
    given = {name.lower(): value for name, value in headers.items()}
    message_id, stamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not message_id or not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 12):
        raise NotSigned("webhook-id or webhook-timestamp is missing or is none")
    if abs(now - int(stamp)) > tolerance:
        raise NotSigned(f"the timestamp is more than {tolerance:g} s away from now")
    wanted = sign([secret], message_id, int(stamp), body).encode()
    matched = False
    for one in given.get("webhook-signature", "").split(" ")[:MAX_SIGNATURES]:
        matched |= hmac.compare_digest(one.encode(errors="replace"), wanted)  # all are compared, and each in equal time
    if not matched:
        raise NotSigned("no signature of this body was made with the secret")
    return message_id, int(stamp)
