-- repeat_put : run : web
INSERT INTO repeat (key, made, asked, answer_ct) VALUES (:key, :made, :asked, :answer_ct);
-- repeat_get : one : web
SELECT asked, answer_ct FROM repeat WHERE key = :key;
-- repeat_sweep : run : work
-- scan ok: once in an hour
DELETE FROM repeat WHERE made < :before;
