"""A passkey of software over HTTP: a registration by a link, and a sign-in. P-256 in plain whole numbers: nothing
here is shared with what is tried, and nothing here keeps a secret."""
import base64
import hashlib
import json
import secrets
import urllib.parse

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    m = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (m * m - a[0] - b[0]) % P
    return x, (m * (a[0] - x) - a[1]) % P


def times(k, a):
    sum_ = None
    while k:
        sum_ = add(sum_, a) if k & 1 else sum_
        a, k = add(a, a), k >> 1
    return sum_


def whole(n):
    raw = n.to_bytes(33, "big").lstrip(b"\0") or b"\0"
    raw = b"\0" + raw if raw[0] & 0x80 else raw
    return b"\x02" + bytes([len(raw)]) + raw


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def head(major, n):
    return bytes([major << 5 | n]) if n < 24 else bytes([major << 5 | 24, n])


def cbor(v):
    if isinstance(v, int):
        return head(0, v) if v >= 0 else head(1, -1 - v)
    if isinstance(v, bytes):
        return head(2, len(v)) + v
    if isinstance(v, str):
        return head(3, len(v)) + v.encode()
    return head(5, len(v)) + b"".join(cbor(k) + cbor(x) for k, x in v.items())


class Device:
    def __init__(self, origin):
        self.origin, self.rp = origin, urllib.parse.urlsplit(origin).hostname
        self.d = secrets.randbelow(N - 1) + 1
        self.id, self.user = secrets.token_bytes(16), b""

    def client(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def data(self, flags):
        return hashlib.sha256(self.rp.encode()).digest() + bytes([flags]) + bytes(4)

    def register(self, asked):
        self.user = unb64(asked["user"])
        x, y = times(self.d, G)
        key = cbor({1: 2, 3: -7, -1: 1, -2: x.to_bytes(32, "big"), -3: y.to_bytes(32, "big")})
        data = self.data(0x45) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        return {"id": b64(self.id), "client": b64(self.client("webauthn.create", asked["challenge"])),
                "attestation": b64(cbor({"fmt": "none", "attStmt": {}, "authData": data}))}

    def sign(self, asked):
        client, data = self.client("webauthn.get", asked["challenge"]), self.data(0x05)
        z = int.from_bytes(hashlib.sha256(data + hashlib.sha256(client).digest()).digest(), "big")
        k = secrets.randbelow(N - 1) + 1
        r = times(k, G)[0] % N
        pair = whole(r) + whole(pow(k, -1, N) * (z + r * self.d) % N)
        return {"id": b64(self.id), "client": b64(client), "data": b64(data),
                "signature": b64(b"\x30" + bytes([len(pair)]) + pair), "user": b64(self.user)}
