# With lib.awk: figures -> the table. The file is given twice: an aim is for the largest N of its name, and
# below 10^5 one against a peer's time is for none: there the start of a process is most of what is measured.
BEGIN {
	printf "%-16s %8s %10s %10s %7s %7s %6s %7s\n", "name", "cases", "ours", "peer", "ratio", "by cpu", "aim", "memory"
}
NR == FNR { largest[$1] = $2 + 0; next }
{
	read_figure()
	told = peer == "-" ? ours : over(ours, peer)
	if (largest[name] != n || (kind == "seconds" && peer != "-" && n < 100000))
		aim = "-"
	note = ""
	if (misses(told)) {
		by_cpu = peer == "-" ? cpu : over(cpu, peer_cpu)
		note = by_cpu != "-" && !misses(by_cpu) ? "  misses its aim by time, not by cpu" : "  misses its aim"
	}
	if (kb != "-" && kb > 256 * 1024)
		note = note "  above 256 MB"
	bound = aim == "-" ? "-" : kind == "rate" ? ">=" aim : peer == "-" ? "<=" aim "s" : "<=" aim
	printf "%-16s %8s %10s %10s %7s %7s %6s %7s%s\n", name, power(n), amount(ours), amount(peer), \
		two(over(ours, peer)), two(over(cpu, peer_cpu)), bound, \
		kb == "-" ? "-" : sprintf("%d MB", kb / 1024), note
}
