#!/usr/bin/python3
"""Stands between a program and PostgreSQL and cuts their connection once, at the k-th thing the program
sends:  proxy.py LISTEN TARGET MODE K FIRED
MODE before: it never arrives; after: it is answered, and the answer is lost; late: it arrives, and the
program is gone while the server is at it; stop: as late, and the server is killed by the command in the
file FIRED.stop; count: nothing is cut, FIRED gets how many things were sent when the program is gone.
FIRED is written when it happened. Later connections pass untouched, one after the other."""
import selectors
import socket
import subprocess
import sys

listen, target, mode, k, fired = sys.argv[1:6]
count, k, done = 0, int(k), False


def fire():
    global done
    done = True
    with open(fired, "w", encoding="ascii") as f:
        f.write(mode)


def ended(data):
    """ReadyForQuery is the last message of an answer."""
    return data[-6:-1] == b"Z\0\0\0\5"


def kill_server():
    with open(fired + ".stop", encoding="ascii") as f:
        subprocess.run(f.read(), shell=True, check=False)


def serve(client, server):
    """Copies both ways until one side closes or the moment has come."""
    global count
    sel = selectors.DefaultSelector()
    sel.register(client, selectors.EVENT_READ)
    sel.register(server, selectors.EVENT_READ)
    kept = None  # the answer that is lost
    while True:
        for key, _ in sel.select():
            try:
                data = key.fileobj.recv(65536)
            except OSError:
                data = b""
            if not data:
                return
            if key.fileobj is server:
                if kept is None:
                    client.sendall(data)
                    continue
                # an answer may need more of the question: it ends when the server is ready again
                kept = (kept + data)[-6:]
                if ended(kept):
                    return
                continue
            count += 1
            if done or count != k or mode == "count":
                server.sendall(data)
                continue
            fire()
            if mode == "before":
                return
            server.sendall(data)
            if mode == "stop":
                kill_server()
            if mode != "after":
                return
            kept = b""


with socket.socket(socket.AF_UNIX) as door:
    door.bind(listen)
    door.listen(8)
    print("ready", flush=True)
    while True:
        client, _ = door.accept()
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(target)
            serve(client, server)
        except OSError:
            pass
        client.close()
        server.close()
        if mode == "count":
            with open(fired, "w", encoding="ascii") as f:
                f.write(str(count))
