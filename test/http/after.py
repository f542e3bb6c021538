"""A mail server for test/http/after.sh: after.py PORT DIR [WORD CODE]

Keeps each mail that it takes as DIR/N.eml, and each session as a line in DIR/log; WORD is refused with CODE.
after.py read FILE DIR: writes what a mail carries into DIR, and its text to DIR/text.
"""
import email
import email.policy
import os
import socket
import sys


def talk(line, where, refuse):
    read = line.makefile("rb")
    line.sendall(b"220 post\r\n")
    n = len([x for x in os.listdir(where) if x.endswith(".eml")])
    while raw := read.readline():
        word = raw.split()[0].decode().upper() if raw.split() else ""
        if word == refuse[0]:
            line.sendall(refuse[1].encode() + b" no\r\n")
        elif word == "EHLO":
            line.sendall(b"250-post\r\n250 SIZE 40000000\r\n")
        elif word == "RCPT":
            with open(os.path.join(where, "log"), "a", encoding="utf-8") as f:
                f.write(raw.decode().strip() + "\n")
            line.sendall(b"250 ok\r\n")
        elif word == "DATA":
            line.sendall(b"354 go on\r\n")
            text = b""
            while (raw := read.readline()) != b".\r\n":
                text += raw[1:] if raw.startswith(b".") else raw
            with open(os.path.join(where, f"{n + 1}.part"), "wb") as f:
                f.write(text)
            os.rename(os.path.join(where, f"{n + 1}.part"), os.path.join(where, f"{n + 1}.eml"))
            line.sendall(b"250 taken\r\n")
        elif word == "QUIT":
            line.sendall(b"221 bye\r\n")
            return
        else:
            line.sendall(b"250 ok\r\n")


def serve(port, where, refuse):
    s = socket.create_server(("127.0.0.1", port))
    print("up", flush=True)
    while True:
        line, _ = s.accept()
        try:
            talk(line, where, refuse)
        except OSError:
            pass
        line.close()


def read_mail(path, where):
    with open(path, "rb") as f:
        raw = f.read()
    if max(len(x) for x in raw.split(b"\r\n")) > 78 or b"\n" in raw.replace(b"\r\n", b""):
        sys.exit("a line of another form")
    m = email.message_from_bytes(raw, policy=email.policy.default)
    with open(os.path.join(where, "head"), "w", encoding="utf-8") as f:
        for key, value in m.items():
            f.write(f"{key}: {value}\n")
    for part in m.iter_attachments():
        with open(os.path.join(where, part.get_filename()), "wb") as f:
            f.write(part.get_payload(decode=True))
    with open(os.path.join(where, "text"), "w", encoding="utf-8") as f:
        f.write(m.get_body(("plain",)).get_content())


if sys.argv[1] == "read":
    read_mail(sys.argv[2], sys.argv[3])
else:
    serve(int(sys.argv[1]), sys.argv[2], (sys.argv[3:] + ["", ""])[:2])
