-- When it was signed in to, and for how long; one that goes on has no end.
SELECT s.address AS target, to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
  to_char(s.until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS until,
  extract(epoch FROM s.until - s.at)::bigint AS session_times
FROM session s
WHERE s.address = $1 AND s.at >= $2 AND coalesce(s.until, s.at) < $3
ORDER BY s.at, s.id
