# What the reports of `dev bench` share. A figure is one line of 16 words, "-" where there is none:
#
#   NAME N KIND REPEATS  MIN MEDIAN MAX CPU  MIN MEDIAN MAX CPU (of the peer)  AIM  GROWTH AIM  KB
#
# KIND seconds: less is better, AIM the most that ours/peer (without a peer: ours) may be. KIND rate: a
# second, more is better, AIM the least. GROWTH: "case" when a figure is the cost of N cases, "act" when
# it is one act among N; its AIM is for the cost at the largest N over that at the smallest.

function read_figure() {
	name = $1; n = $2; kind = $3; repeats = $4
	least = $5; ours = $6; most = $7; cpu = $8
	peer_least = $9; peer = $10; peer_most = $11; peer_cpu = $12
	aim = $13; growth = $14; growth_aim = $15; kb = $16
}

# over(A, B): A/B, "-" where one of them is none.
function over(a, b) {
	return a == "-" || b == "-" || b == 0 ? "-" : a / b
}

# misses(): whether the figure misses its aim; without an aim it does not.
function misses(told) {
	if (aim == "-" || told == "-")
		return 0
	return kind == "rate" ? told < aim : told > aim
}

# duration(SECONDS): as people read it.
function duration(s) {
	if (s == "-") return "-"
	if (s >= 100) return sprintf("%.0f s", s)
	if (s >= 1) return sprintf("%.2f s", s)
	if (s >= 0.01) return sprintf("%.0f ms", s * 1000)
	if (s >= 0.001) return sprintf("%.1f ms", s * 1000)
	return sprintf(s >= 0.00001 ? "%.0f us" : "%.1f us", s * 1000000)
}
function amount(v) {
	return v == "-" ? "-" : kind == "rate" ? sprintf("%.0f /s", v) : duration(v)
}
function two(v) {
	return v == "-" ? "-" : sprintf("%.2f", v)
}

# spread(LEAST, MEDIAN, MOST): half of the range, as a part of the median; 0 for what ran once.
function spread(a, m, b) {
	return a == "-" || m == "-" || m == 0 ? 0 : (b - a) / (2 * m)
}

# slope(N, X, Y): of the line through log y over log x that fits best (least squares); X and Y from 1.
function slope(k, x, y,   i, lx, ly, sx, sy, sxx, sxy) {
	sx = sy = sxx = sxy = 0
	for (i = 1; i <= k; i++) {
		lx = log(x[i]); ly = log(y[i])
		sx += lx; sy += ly; sxx += lx * lx; sxy += lx * ly
	}
	return k < 2 || k * sxx == sx * sx ? 0 : (k * sxy - sx * sy) / (k * sxx - sx * sx)
}

# cost(): seconds a case, or an act.
function cost() {
	return growth == "act" ? ours : ours / n
}

# power(N): 10^4 as "10^4", other numbers as they are.
function power(n,   e, p) {
	p = 1
	for (e = 0; p < n; e++)
		p *= 10
	return p == n && e >= 3 ? "10^" e : n ""
}
