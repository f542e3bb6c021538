-- job_put : run : cli web
INSERT INTO job (ref, kind, person, made, state, until, tries, code, what_ct)
VALUES (:ref, :kind, :person, :made, 'waiting', 0, 0, 0, :what_ct);
-- job_by_ref : one : cli web work
SELECT id, ref, kind, person, made, state, tries, code, said_ct, what_ct, result_ct FROM job WHERE ref = :ref;
-- job_next : one : work
SELECT ref FROM job WHERE (state = 'waiting' OR state = 'working') AND until <= :now ORDER BY id LIMIT 1;
-- job_open : many : work
SELECT ref FROM job WHERE state = 'waiting' OR state = 'working' ORDER BY id;
-- job_take : run : work
UPDATE job SET state = 'working', until = :until, tries = tries + 1
WHERE ref = :ref AND (state = 'waiting' OR state = 'working') AND until <= :now;
-- job_end : run : work
UPDATE job SET state = :state, code = :code, said_ct = :said_ct, result_ct = :result_ct, until = 0 WHERE ref = :ref;
-- job_sweep : run : work
-- scan ok: jobs go after a week, and once in an hour
DELETE FROM job WHERE (state = 'done' OR state = 'failed') AND made < :before;
-- job_refs : many : cli
-- scan ok: jobs go after a week
SELECT ref FROM job ORDER BY id;
-- job_drop : run : cli
DELETE FROM job WHERE ref = :ref;
