#!/bin/sh
# Behind nginx, as examples/nginx.conf has it: the file is read by nginx itself, with other ports and paths.
. "$(dirname "$0")/lib"

at 2026-08-17T08:00:00Z
make_instance "$I"
serve_config
try 0 pia site build "$I/public" --base https://reports.example/
own "$I"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=reports.example \
	-keyout key.pem -out fullchain.pem -days 3650 2>err || wrong "no certificate: $(tail -n 1 err)"
python3 "$here/front.py" ports >ports
read -r BEHIND PLAIN TLS <ports
sed -e "s|/etc/ssl/reports.example/|$work/|; s|/var/log/nginx/|$work/|; s|127.0.0.1:8780|127.0.0.1:$BEHIND|" \
	-e "s|listen 80;|listen 127.0.0.1:$PLAIN;|; s|listen 443|listen 127.0.0.1:$TLS|; /listen \[::\]/d" \
	"$root/examples/nginx.conf" >site.conf
[ "$(id -u)" != 0 ] || echo "user nobody nogroup;" >nginx.conf
cat >>nginx.conf <<END
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log;
events { }
http {
	client_body_temp_path $work/body;
	proxy_temp_path $work/proxy;
	fastcgi_temp_path $work/fastcgi;
	uwsgi_temp_path $work/uwsgi;
	scgi_temp_path $work/scgi;
	include $work/site.conf;
}
END
nginx=$(command -v nginx || echo /usr/sbin/nginx)
"$nginx" -p "$work" -e "$work/error.log" -t -c "$work/nginx.conf" 2>err || wrong "nginx -t: $(tail -n 2 err | head -n 1)"
verdict "nginx takes examples/nginx.conf"

"$nginx" -p "$work" -e "$work/error.log" -c "$work/nginx.conf" 2>err &
front=$!
python3 "$here/front.py" "$I" "$BEHIND" "$PLAIN" "$TLS" || bad=1
kill "$front"
wait "$front" 2>/dev/null
[ -s writ.log ] || wrong "nginx has no log"
lacks writ.log "127.0.0.1|canary|health"
verdict "nginx's log has no address and no path"
exit $bad
