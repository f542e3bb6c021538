#!/usr/bin/env python3
"""One bit changed at many places of a sealed file, the file cut and something put behind it: the plain tool refuses,
or what it gives out is what was sealed (a few bits of each format say the same in two ways); and `writ open` with the
SHA-256 of the file refuses every one.

usage: seal_flip.py KIND SEALED ARCHIVE WRIT KEY [MOST_FREE]   KIND: age openpgp cms; KEY: the secret key, of OpenPGP
none (GNUPGHOME has it). Prints what was tried; ends 1 when something was taken that is not what was sealed, or when
more than MOST_FREE changes were taken."""
import hashlib
import os
import subprocess
import sys
import tempfile

kind, sealed, archive, writ, key = sys.argv[1:6]
most_free = int(sys.argv[6]) if len(sys.argv) > 6 else 0
data = open(sealed, "rb").read()
plain = open(archive, "rb").read()
right = hashlib.sha256(data).hexdigest()
tools = {
    "age": ["age", "-d", "-i", key],
    "openpgp": ["gpg", "--batch", "--quiet", "--decrypt"],
    "cms": ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-inkey", key],
}


def opened(bytes_):
    run = subprocess.run(tools[kind], input=bytes_, capture_output=True, timeout=60)
    # gpg that finds no key for it because the key's packet is broken ends well and gives out nothing
    return run.returncode == 0 and run.stdout != b"", run.stdout


def changed():
    n = len(data)
    head = list(range(0, min(n, 640), 13))
    spread = [i * n // 24 + i % 7 for i in range(1, 24)]
    for at in head + spread + list(range(max(0, n - 40), n, 6)):
        bad = bytearray(data)
        bad[at] ^= 1 << at % 8
        yield f"bit {at % 8} of byte {at}", bytes(bad)
    for cut in (1, 2, 16, 17, n // 2, n - 1):
        yield f"{cut} bytes cut off", data[: n - cut]
    for more in (b"\0", b"x" * 100, data[-40:]):
        yield f"{len(more)} bytes behind it", data + more


ok, out = opened(data)
if not ok or out != plain:
    sys.exit("the file itself does not open")
tried = free = 0
for what, bad in changed():
    tried += 1
    ok, out = opened(bad)
    if ok and out != plain:
        sys.exit(f"{what}: taken, and not what was sealed")
    free += ok
    if ok or tried % 20 == 0:
        with tempfile.NamedTemporaryFile() as f, tempfile.TemporaryDirectory() as d:
            f.write(bad)
            f.flush()
            args = [writ, "open", f.name, "--out", d + "/out", "--sha256", right]
            run = subprocess.run(args + ([] if kind == "openpgp" else ["--key", key]), capture_output=True, timeout=60)
            if run.returncode != 5 or os.path.exists(d + "/out/files"):
                sys.exit(f"{what}: writ open ended {run.returncode}")
print(f"{tried} changes, {free} of them taken without harm")
if free > most_free:
    sys.exit(f"{free} changes were taken")
