# Sourced: starts a server over an index on a free port, and stops it in the end.
# Gives: $url, $server (its process).
serve() {
  local binary=$1 index=$2
  : >"$work/address"
  "$binary" serve --index "$index" --bind 127.0.0.1:0 --quiet >"$work/address" &
  server=$!
  trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
  for _ in $(seq 300); do
    url=$(head -n 1 "$work/address" 2>/dev/null || true)
    [ -z "$url" ] || break
    sleep 0.1
  done
  [ -n "$url" ] || { echo "the server does not start" >&2; exit 1; }
  url=${url%/}
}
