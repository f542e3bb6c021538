-- From where it was signed in to, in the period.
SELECT s.address AS target, to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, host(s.ip) AS session_ip,
  s.port AS "session_ip.port"
FROM session s
WHERE s.address = $1 AND s.at >= $2 AND s.at < $3
ORDER BY s.at, s.id
