-- What wrk asks: paths of the template PATH, in which {case} is a random line of the file CASES; COOKIE if it
-- is set; with BODY a form is sent, in which {n} is a random number below MOST. Prints at the end one line for
-- tools/bench_web.sh: requests, errors, microseconds, percentiles.
local path, cookie, body, cases = os.getenv("BENCH_PATH"), os.getenv("BENCH_COOKIE"), os.getenv("BENCH_BODY"), {}
local most = tonumber(os.getenv("BENCH_MOST") or "1")
local threads = 0

function setup(thread)
	threads = threads + 1
	thread:set("seed", threads)
end

function init()
	math.randomseed(seed * 7919 + tonumber(os.getenv("BENCH_SEED") or "1"))
	if cookie and cookie ~= "" then
		wrk.headers["Cookie"] = cookie
	end
	if body and body ~= "" then
		wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
	end
	if path:find("{case}", 1, true) then
		for line in io.lines(os.getenv("BENCH_CASES")) do
			cases[#cases + 1] = line
		end
	end
end

function request()
	if body and body ~= "" then
		return wrk.format("POST", path, nil, (body:gsub("{n}", tostring(math.random(0, most - 1)))))
	end
	if #cases == 0 then
		return wrk.format("GET", path)
	end
	return wrk.format("GET", (path:gsub("{case}", cases[math.random(#cases)])))
end

function done(summary, latency)
	local e = summary.errors
	io.write(string.format("FIGURES %d %d %d %d %d\n", summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
		summary.duration, latency:percentile(50), latency:percentile(99)))
end
