#!/bin/sh
# Serves the demo's instance to a browser on this machine and prints links to sign in by: at a terminal until Ctrl-C,
# else it looks that the server stands, and ends. Called by tools/demo.sh with WRIT set: demo_serve.sh INSTANCE
set -eu

WRIT=${WRIT:?the path of the program}
D=$1
WRIT_NOW=2027-01-04T10:00:00Z
export WRIT_NOW
server= scratch=

finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	[ -z "$server" ] || wait "$server" 2>/dev/null || true
	[ -z "$scratch" ] || rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 0' INT TERM

# A server does not run as root: it becomes nobody, who comes only to places that are open to all.
if [ "$(id -u)" = 0 ]; then
	scratch=$(mktemp -d /tmp/writ-demo.XXXXXX)
	mkdir "$scratch/bin"
	cp "$(dirname "$WRIT")"/writ* "$scratch/bin/"
	cp -a "$D" "$scratch/demo"
	D=$scratch/demo WRIT=$scratch/bin/writ
	echo "user: nobody" >>"$D/writ.yaml"
	chown -R nobody "$D"
	chmod 755 "$scratch" "$scratch/bin" "$scratch"/bin/*
fi

# as PERSON ARGUMENTS: what a person of the house does, as whoever the files belong to.
as() {
	who=$1
	shift
	set -- "$WRIT" -d "$D" --secret "$D/secrets/$who" "$@"
	if [ -n "$scratch" ]; then
		setpriv --reuid=nobody --clear-groups "$@"
	else
		"$@"
	fi
}

# start PORT: the server, once it stands; 1 where the port is somebody else's.
start() {
	sed -i "s|^url: .*|url: http://localhost:$1|" "$D/writ.yaml"
	"$WRIT" -d "$D" serve --listen "127.0.0.1:$1" >"$D/serve.log" 2>&1 &
	server=$!
	n=0
	while [ $n -lt 50 ]; do
		sleep 0.1
		kill -0 "$server" 2>/dev/null || break
		grep -q listening "$D/serve.log" && [ $n -gt 4 ] && return 0
		n=$((n + 1))
	done
	server=
	return 1
}

for port in 8780 8781 8782 8783 8784; do
	start "$port" && break
done
if [ -z "$server" ]; then
	echo "The server does not start:" >&2
	cat "$D/serve.log" >&2
	exit 1
fi

echo "The desk and the officers' portal: http://localhost:$port"
echo "Each link below registers a passkey in your browser, once; afterwards sign in at http://localhost:$port/sign-in"
for p in "rob:a reviewer" "iris:intake" "carla:counsel" "root:an admin, who reads no case"; do
	as root --json user link "${p%%:*}" >"$D/out/link.json"
	printf '  %-6s %-32s %s\n' "${p%%:*}" "(${p#*:})" "$(sed -n 's/^ *"url": "\(.*\)",\{0,1\}$/\1/p' "$D/out/link.json")"
done
if [ -t 1 ]; then
	echo "The day is $WRIT_NOW for this server. It runs until Ctrl-C."
	wait "$server"
else
	kill -0 "$server"
	echo "It stands, and ends now: this is no terminal."
fi
