# With lib.awk: figures -> what a case or an act costs at each N, how that grows, and a picture of it.
# A figure of one N has no growth and is left out. Variable svg: a file that gets the same as SVG.
function place(r,   at) { # in the picture: 1/4 to 4 times the cost at the smallest N
	at = int(24.5 + 12 * log(r) / log(2))
	return at < 0 ? 0 : at > 48 ? 48 : at
}
function put(s, at, ch) {
	return substr(s, 1, at) ch substr(s, at + 2)
}
{
	read_figure()
	if (growth == "-" || ours == 0)
		next
	if (!(name in count)) { names[++many] = name; aims[name] = growth_aim }
	if (!(n in known)) { known[n] = 1; sizes[++width] = n }
	k = ++count[name]
	xs[name, k] = n; ys[name, k] = ours; costs[name, k] = cost(); at[name, n] = cost()
	cpus[name, k] = cpu == "-" ? "-" : growth == "act" ? cpu : cpu / n
}
END {
	for (i = 2; i <= width; i++)
		for (k = i; k > 1 && sizes[k - 1] + 0 > sizes[k] + 0; k--) {
			swap = sizes[k]; sizes[k] = sizes[k - 1]; sizes[k - 1] = swap
		}
	printf "%-16s", "cost of one"
	for (k = 1; k <= width; k++) printf " %10s", power(sizes[k])
	printf " %7s %7s %7s %6s\n", "slope", "growth", "by cpu", "aim"
	for (i = 1; i <= many; i++) {
		name = names[i]
		if (count[name] < 2)
			continue
		printf "%-16s", name
		for (k = 1; k <= width; k++)
			printf " %10s", (name SUBSEP sizes[k]) in at ? duration(at[name, sizes[k]]) : "-"
		for (k = 1; k <= count[name]; k++) { x[k] = xs[name, k]; y[k] = ys[name, k] }
		grown = costs[name, count[name]] / costs[name, 1]
		by_cpu = over(cpus[name, count[name]], cpus[name, 1])
		note = ""
		if (aims[name] != "-" && grown > aims[name] + 0)
			note = by_cpu != "-" && by_cpu <= aims[name] + 0 ? "  misses its aim by time, not by cpu" : "  misses its aim"
		printf " %7.2f %7.2f %7s %6s%s\n", slope(count[name], x, y), grown, two(by_cpu), \
			(aims[name] == "-" ? "-" : "<=" aims[name]), note
		drawn[++lines] = name
	}
	if (lines == 0)
		exit
	print "\nslope: of log time over log cases; what costs the same for each case has 1, an act 0.\n"
	printf "%-16s 1/4         1/2          1           2           4   times the cost at %s\n", "", power(sizes[1])
	for (i = 1; i <= lines; i++) {
		name = drawn[i]
		row = "            .           .           .           .           ."
		row = substr(row, 13)
		if (aims[name] != "-")
			row = put(row, place(aims[name]), "|")
		for (k = 1; k <= count[name]; k++)
			row = put(row, place(costs[name, k] / costs[name, 1]), mark(xs[name, k]))
		printf "%-16s %s\n", name, row
	}
	print "\ndigits: the cost at 10^digit cases (the largest is on top); |: the aim."
	if (svg != "")
		draw()
}
# The exponent where N is a power of ten, else a letter by its order.
function mark(n,   i, p) {
	p = power(n)
	if (p ~ /^10\^[0-9]$/)
		return substr(p, 4)
	for (i = 1; i <= width; i++)
		if (sizes[i] == n)
			return substr("abcdefgh", i, 1)
	return "*"
}
function px(n) { return 70 + 470 * (log(n) - log(sizes[1])) / (log(sizes[width]) - log(sizes[1])) }
function py(r) { # as in the text, 1/4 to 4
	r = r < 0.25 ? 0.25 : r > 4 ? 4 : r
	return 200 - 80 * log(r) / log(2)
}
function draw(   i, k, r, colour, points, ends, y) {
	split("#1f5f8b #b5541c #3a7d44 #7a4fa3 #a8323e #5f6b73 #8a7a12 #0f7f86", colour, " ")
	print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 500\" font-family=\"sans-serif\" font-size=\"12\">" >svg
	print "<title>Growth: cost of one case or act, over its cost at " power(sizes[1]) " cases</title>" >svg
	print "<rect width=\"760\" height=\"500\" fill=\"#fff\"/>" >svg
	print "<text x=\"70\" y=\"24\" font-size=\"15\">Cost of one case or act, over its cost at " power(sizes[1]) " cases</text>" >svg
	for (r = 0.25; r <= 4; r *= 2) {
		printf "<path d=\"M70 %.1fH540\" stroke=\"#ddd\"/><text x=\"62\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", \
			py(r), py(r) + 4, r < 1 ? "1/" 1 / r : r >svg
	}
	for (k = 1; k <= width; k++)
		printf "<path d=\"M%.1f 40V360\" stroke=\"#eee\"/><text x=\"%.1f\" y=\"380\" text-anchor=\"middle\">%s</text>\n", \
			px(sizes[k]), px(sizes[k]), power(sizes[k]) >svg
	print "<text x=\"305\" y=\"402\" text-anchor=\"middle\">cases in the instance</text>" >svg
	for (i = 1; i <= lines; i++)
		if (aims[drawn[i]] != "-" && !(aims[drawn[i]] in dashed)) {
			dashed[aims[drawn[i]]] = 1
			printf "<path d=\"M70 %.1fH540\" stroke=\"#888\" stroke-dasharray=\"4 4\"/>" \
				"<text x=\"74\" y=\"%.1f\" fill=\"#666\" font-size=\"10\">aim %s</text>\n", \
				py(aims[drawn[i]]), py(aims[drawn[i]]) - 3, aims[drawn[i]] >svg
		}
	for (i = 1; i <= lines; i++) {
		name = drawn[i]
		points = ""
		for (k = 1; k <= count[name]; k++)
			points = points sprintf("%.1f,%.1f ", px(xs[name, k]), py(costs[name, k] / costs[name, 1]))
		printf "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n", points, colour[1 + (i - 1) % 8] >svg
		ends[i] = costs[name, count[name]] / costs[name, 1]
	}
	# names at the right, from top to bottom by where their lines end, none over another
	y = 40
	for (k = 1; k <= lines; k++) {
		r = 0
		for (i = 1; i <= lines; i++)
			if (!(i in labelled) && (r == 0 || ends[i] > ends[r]))
				r = i
		labelled[r] = 1
		y = py(ends[r]) + 4 > y + 15 ? py(ends[r]) + 4 : y + 15
		printf "<text x=\"600\" y=\"%.1f\" fill=\"%s\">%s %.2f</text><path d=\"M%.1f %.1fL596 %.1f\" stroke=\"#ccc\"/>\n", \
			y, colour[1 + (r - 1) % 8], drawn[r], ends[r], \
			px(xs[drawn[r], count[drawn[r]]]) + 4, py(ends[r]), y - 4 >svg
	}
	print "</svg>" >svg
	close(svg)
}
