# With lib.awk: two files of build/bench, the older first -> the change of each figure. Compared are the
# ratios to the peer, which differ less from day to day than times do; those of the processor where a
# machine was busy. A figure without a peer is compared by itself, and marked only where both machines are
# of the same kind and were quiet.
#
# Noise is what the figure is known to vary by: half of the range of its repetitions, and of its peer's, in
# both runs together; at least 10 %, and 25 % where it ran once or the processor's time is compared.
function text(key,   s) { # of "key": "text"
	if (!match($0, "\"" key "\": \"[^\"]*\""))
		return ""
	s = substr($0, RSTART, RLENGTH)
	sub("^\"" key "\": \"", "", s)
	sub("\"$", "", s)
	return s
}
function number(key,   s) { # of "key": 1.5; "-" when null or absent
	if (!match($0, "\"" key "\": -?[0-9][0-9.e+-]*"))
		return "-"
	s = substr($0, RSTART, RLENGTH)
	sub("^\"" key "\": ", "", s)
	return s + 0
}
function half_range(key,   s, v) { # of "key": [1, 2, 3]
	if (!match($0, "\"" key "\": \\[[^]]*\\]"))
		return 0
	s = substr($0, RSTART, RLENGTH)
	sub("^\"" key "\": \\[", "", s)
	split(s, v, ", ")
	return spread(v[1] + 0, v[2] + 0, v[3] + 0)
}
function middle(key,   s, v) {
	if (!match($0, "\"" key "\": \\[[^]]*\\]"))
		return "-"
	s = substr($0, RSTART, RLENGTH)
	sub("^\"" key "\": \\[", "", s)
	split(s, v, ", ")
	return v[2] + 0
}
FNR == 1 { run++ }
/^  "format": / { format[run] = number("format") }
/^  "date": / { date[run] = text("date") }
/^  "commit": / { commit[run] = text("commit") }
/^  "cpu": / { machine[run] = text("cpu") }
/^  "busy": true/ { busy[run] = 1 }
/^    \{"name": / {
	key = text("name") SUBSEP number("cases")
	if (run == 2) order[++many] = key
	label[key] = text("name"); cases[key] = number("cases"); kinds[key] = text("kind")
	ratio[run, key] = number("ratio"); cpu_ratio[run, key] = number("cpu_ratio")
	own[run, key] = middle("ours"); own_cpu[run, key] = number("ours_cpu")
	times[run, key] = number("repeats")
	noise[run, key] = half_range("ours") + half_range("peer")
}
END {
	if (format[1] != 2 || format[2] != 2) {
		print "bench: " (format[1] == 2 ? "the newer" : "the older") " file is not of this format (\"format\": 2)" >"/dev/stderr"
		exit 65
	}
	printf "Compared with %s (%s)%s\n", date[1], commit[1], busy[1] || busy[2] ? ", by processor time: a machine was busy" : ""
	alike = machine[1] == machine[2]
	if (!alike)
		print "Another kind of machine then (" machine[1] "), now (" machine[2] "): ratios compare, times do not."
	printf "%-16s %8s %10s %10s %8s %7s\n", "name", "cases", "then", "now", "change", "noise"
	for (i = 1; i <= many; i++)
		tell(order[i])
	printf "%d of %d figures got worse by more than the noise.\n", worse, told
}
function tell(key,   then, now, change, bound, by_cpu, alone, mark) {
	if (!((1, key) in ratio)) {
		printf "%-16s %8s  new\n", label[key], power(cases[key])
		return
	}
	by_cpu = (busy[1] || busy[2]) && kinds[key] != "rate"
	alone = ratio[1, key] == "-" || ratio[2, key] == "-"
	if (alone) {
		if (own_cpu[1, key] == "-" || own_cpu[2, key] == "-")
			by_cpu = 0
		then = by_cpu ? own_cpu[1, key] : own[1, key]
		now = by_cpu ? own_cpu[2, key] : own[2, key]
	} else {
		if (cpu_ratio[1, key] == "-" || cpu_ratio[2, key] == "-")
			by_cpu = 0
		then = by_cpu ? cpu_ratio[1, key] : ratio[1, key]
		now = by_cpu ? cpu_ratio[2, key] : ratio[2, key]
	}
	if (then == "-" || now == "-" || then == 0 || now == 0)
		return
	bound = noise[1, key] + noise[2, key]
	if (bound < 0.1)
		bound = 0.1
	if (bound < 0.25 && (by_cpu || times[1, key] < 2 || times[2, key] < 2))
		bound = 0.25
	change = now / then - 1
	told++
	mark = verdict(kinds[key] == "rate" ? then / now - 1 : change, bound)
	if (alone && (!alike || busy[1] || busy[2]))
		mark = ""
	if (mark == "WORSE")
		worse++
	printf "%-16s %8s %10s %10s %+7.0f%% %6.0f%%%s\n", label[key], power(cases[key]), \
		alone ? duration(then) : two(then), alone ? duration(now) : two(now), 100 * change, 100 * bound, \
		mark == "" ? "" : "  " mark
}
# worse_by > 0: by how much it is worse. Better is told by the same measure.
function verdict(worse_by, bound) {
	if (worse_by > bound)
		return "WORSE"
	return 1 / (1 + worse_by) - 1 > bound ? "better" : ""
}
