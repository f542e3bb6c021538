-- person_put : one : cli
INSERT INTO person (handle_key, handle_ct, roles, sealed, unix_uid, secret_hash, active, rev, entry)
VALUES (:handle_key, :handle_ct, :roles, :sealed, :unix_uid, :secret_hash, :active, :rev, :entry)
RETURNING id;
-- person_count : one : all
-- scan ok
SELECT count(*) FROM person;
-- person_by_id : one : cli web work
SELECT id, rev, roles, sealed, active, handle_ct,
  (SELECT count(*) FROM person_land l WHERE l.person = person.id)
FROM person WHERE id = :id;
-- person_by_uid : one : cli web
SELECT id, rev, roles, sealed, active, handle_ct,
  (SELECT count(*) FROM person_land l WHERE l.person = person.id)
FROM person WHERE unix_uid = :uid;
-- person_by_secret : one : cli web
SELECT id, rev, roles, sealed, active, handle_ct,
  (SELECT count(*) FROM person_land l WHERE l.person = person.id)
FROM person WHERE secret_hash = :hash;
-- person_by_handle : one : cli web
SELECT id, rev, roles, sealed, active, handle_ct,
  (SELECT count(*) FROM person_land l WHERE l.person = person.id)
FROM person WHERE handle_key = :key;
-- person_each : many : cli web work
-- scan ok
SELECT p.id, p.rev, p.roles, p.sealed, p.active, p.handle_ct,
  (SELECT count(*) FROM person_land l WHERE l.person = p.id)
FROM person p
WHERE p.roles <> 0 OR NOT EXISTS (SELECT 1 FROM officer o WHERE o.person = p.id) ORDER BY p.id;
-- person_set : run : cli
UPDATE person SET roles = :roles, sealed = :sealed, active = :active, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- land_put : one : cli web
INSERT INTO person_land (person, country, active, rev, entry) VALUES (:person, :country, :active, :rev, :entry)
RETURNING id;
-- land_set : run : cli web
UPDATE person_land SET active = :active, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- land_of_person : many : cli web work
SELECT id, rev, country, active FROM person_land WHERE person = :person ORDER BY country;
