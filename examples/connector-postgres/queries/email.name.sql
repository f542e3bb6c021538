-- Who the account belongs to. A thing that stands has no instant: nobody asks when.
SELECT a.address AS target, a.full_name AS name
FROM account a
WHERE a.address = $1
