# With lib.awk: figures -> the lines of the list "figures" in build/bench/DATE.json. One figure a line: so
# compare.awk reads them, and so do people's diffs.
function number(v) { return v == "-" ? "null" : v "" }
function three(a, b, c) { return b == "-" ? "null" : sprintf("[%s, %s, %s]", a, b, c) }
function ratio(v) { return v == "-" ? "null" : sprintf("%.4g", v) }
{
	read_figure()
	printf "%s    {\"name\": \"%s\", \"cases\": %d, \"kind\": \"%s\", \"repeats\": %d, ", comma, name, n, kind, repeats
	printf "\"ours\": %s, \"ours_cpu\": %s, ", three(least, ours, most), number(cpu)
	printf "\"peer\": %s, \"peer_cpu\": %s, ", three(peer_least, peer, peer_most), number(peer_cpu)
	printf "\"ratio\": %s, \"cpu_ratio\": %s, ", ratio(over(ours, peer)), ratio(over(cpu, peer_cpu))
	printf "\"aim\": %s, \"growth\": %s, \"growth_aim\": %s, ", number(aim), growth == "-" ? "null" : "\"" growth "\"", number(growth_aim)
	printf "\"memory_kb\": %s}", number(kb)
	comma = ",\n"
}
END { print "" }
