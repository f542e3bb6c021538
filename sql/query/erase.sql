-- Erasure (desk/erase*.c): what is due and what holds it, and the rows that lose their personal detail.
-- erase_matters : large : cli web
-- scan ok: every closed case is asked whether its term is over
SELECT m.id, m.ref, m.demand, m.compartment, m.closed, m.erased,
  (SELECT d.country FROM demand d WHERE d.id = m.demand)
FROM matter m
WHERE m.closed = 1 AND m.erased IS NULL AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand d JOIN person_land l ON l.country = d.country
      WHERE d.id = m.demand AND l.person = :within) = 1)
  AND m.id > :after
ORDER BY m.id LIMIT :limit;
-- erase_demands : large : cli web
SELECT d.id, d.ref, d.compartment, d.state, e.at, d.country FROM demand d JOIN entry e ON e.id = d.entry
WHERE d.state = 'not_data' AND d.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
  AND d.draft_ct IS NOT NULL AND d.id > :after ORDER BY d.id LIMIT :limit;
-- erase_demand : one : cli web
SELECT d.id, d.ref, d.compartment, d.state, e.at, d.country FROM demand d JOIN entry e ON e.id = d.entry
WHERE d.ref = :ref;
-- erase_matter : one : cli web
SELECT m.id, m.ref, m.demand, m.compartment, m.closed, m.erased,
  (SELECT d.country FROM demand d WHERE d.id = m.demand)
FROM matter m WHERE m.ref = :ref;
-- erase_matter_id : one : cli web
SELECT m.id, m.ref, m.demand, m.compartment, m.closed, m.erased,
  (SELECT d.country FROM demand d WHERE d.id = m.demand)
FROM matter m WHERE m.id = :id;

-- What a term counts from.
-- erase_delivered : one : cli web
SELECT max(v.at) FROM production p JOIN delivery v ON v.production = p.id WHERE p.legal_order = :legal_order;
-- erase_closed_at : one : cli web
SELECT max(at) FROM entry WHERE matter = :matter AND kind = 'matter.close';

-- What holds a case.
-- erase_newest : one : cli web
SELECT max(id) FROM entry WHERE matter = :matter AND kind <> 'erase.propose';
-- erase_curing : many : cli web
SELECT m.ref, m.compartment FROM legal_order o JOIN legal_order y ON y.cures = o.id JOIN matter m ON m.id = y.matter
WHERE o.matter = :matter AND m.closed = 0 ORDER BY m.id;
-- erase_cured : many : cli web
SELECT m.ref, m.compartment FROM legal_order o JOIN legal_order y ON y.id = o.cures JOIN matter m ON m.id = y.matter
WHERE o.matter = :matter AND m.closed = 0 ORDER BY m.id;
-- erase_undelivered : one : cli web
SELECT count(*) FROM production WHERE legal_order = :legal_order AND state = 'sealed';
-- erase_astray : one : cli web
SELECT count(*) FROM production p JOIN misdelivery x ON x.production = p.id
WHERE p.legal_order = :legal_order AND x.state = 'open';
-- erase_unanswered : one : cli web
SELECT count(*) FROM production p JOIN recall x ON x.production = p.id
WHERE p.legal_order = :legal_order AND x.answer = '';
-- hold_put : one : cli web
INSERT INTO erasure_hold (demand, holder, since, reason_ct, rev, entry)
VALUES (:demand, :holder, :since, :reason_ct, :rev, :entry)
RETURNING id;
-- hold_running : many : cli web
SELECT id, rev, holder, since, reason_ct FROM erasure_hold WHERE demand = :demand AND released IS NULL ORDER BY id;
-- hold_of_demand : many : cli
SELECT id FROM erasure_hold WHERE demand = :demand ORDER BY id;
-- hold_release : run : cli web
UPDATE erasure_hold SET released = :released, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;

-- The erasure itself.
-- erasure_put : one : cli web
INSERT INTO erasure (proposal, demand, matter, rule, due, state, proposer, at, rev, entry)
VALUES (:proposal, :demand, :matter, :rule, :due, :state, :proposer, :at, :rev, :entry)
RETURNING id;
-- erasure_set : run : cli
UPDATE erasure SET state = :state, confirmer = :confirmer, list_hash = :list_hash, at = :at,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erasure_live : one : cli web
SELECT id, rev, proposal, demand, matter, rule, due, state, proposer, at FROM erasure
WHERE demand = :demand AND state <> 'withdrawn';
-- erasure_of_proposal : many : cli
SELECT id, rev, proposal, demand, matter, rule, due, state, proposer, at FROM erasure
WHERE proposal = :proposal ORDER BY id;
-- erasure_of_matter : one : cli web work
SELECT id, rev, proposal, demand, matter, rule, due, state, proposer, at FROM erasure
WHERE matter = :matter AND state <> 'withdrawn';
-- erased_put : run : cli
INSERT INTO erased_entry (entry, erasure) VALUES (:entry, :erasure);
-- erased_by : one : all
SELECT x.entry, x.id FROM erased_entry e JOIN erasure x ON x.id = e.erasure WHERE e.entry = :entry;
-- erased_count : one : all
-- scan ok
SELECT count(*) FROM erased_entry;
-- erased_marks : one : all
-- scan ok
SELECT count(*) FROM matter m WHERE coalesce(m.erased, -1) <>
  coalesce((SELECT max(x.at) FROM erasure x WHERE x.matter = m.id AND (x.state = 'done' OR x.state = 'again')), -1);
-- entry_erase : run : cli
UPDATE entry SET salt = NULL, detail = NULL WHERE id = :id;

-- What is left to do after the commit.
-- todo_put : run : cli
INSERT INTO erase_todo (erasure, what) VALUES (:erasure, :what);
-- todo_each : many : cli
-- scan ok: it is empty but after an erasure
SELECT t.erasure, t.what, x.demand, x.matter, x.at FROM erase_todo t JOIN erasure x ON x.id = t.erasure
ORDER BY t.erasure, t.what;
-- todo_count : one : cli
-- scan ok
SELECT count(*) FROM erase_todo;
-- todo_drop : run : cli
DELETE FROM erase_todo WHERE erasure = :erasure AND what = :what;

-- The rows of a case, and the entries that are of no case.
-- erase_brought : many : cli
SELECT DISTINCT demand FROM legal_order WHERE matter = :matter AND demand IS NOT NULL ORDER BY demand;
-- erase_merged : many : cli
SELECT id FROM demand WHERE merged_into = :demand ORDER BY id;
-- erase_span : one : cli web
SELECT d.recorded, d.rev, d.entry, e.at FROM demand d JOIN entry e ON e.id = d.entry WHERE d.id = :id;
-- erase_loose : many : cli
SELECT id, detail FROM entry WHERE matter IS NULL AND kind <> 'closed' AND at = :at ORDER BY id;
-- erase_loose_kind : many : cli
SELECT id, detail FROM entry WHERE matter IS NULL AND kind <> 'closed' AND at >= :from AND at <= :until AND kind = :kind
ORDER BY id;
-- erase_loose_later : many : cli
SELECT e.id, e.detail FROM demand_sorted x JOIN entry e ON e.id = x.entry WHERE x.demand = :demand AND e.matter IS NULL
UNION ALL
SELECT e.id, e.detail FROM paging x JOIN entry e ON e.id = x.entry WHERE x.demand = :demand AND e.matter IS NULL;
-- erase_papers : many : cli
SELECT id FROM paper WHERE demand = :demand ORDER BY id;
-- erase_blobs : many : cli
SELECT blob FROM paper WHERE demand = :demand AND key_ct IS NULL
UNION SELECT x.blob FROM matter m JOIN legal_order o ON o.matter = m.id JOIN production p ON p.legal_order = o.id
JOIN deposit x ON x.production = p.id WHERE m.demand = :demand AND x.key_ct IS NULL
UNION SELECT f.blob FROM matter m JOIN legal_order o ON o.matter = m.id JOIN ticket t ON t.legal_order = o.id
JOIN snapshot n ON n.ticket = t.id JOIN snapshot_file f ON f.snapshot = n.id WHERE m.demand = :demand AND f.key_ct IS NULL
UNION SELECT f.blob FROM matter m JOIN legal_order o ON o.matter = m.id JOIN production p ON p.legal_order = o.id
JOIN production_mail x ON x.production = p.id JOIN production_mail_file f ON f.mail = x.id
WHERE m.demand = :demand AND f.key_ct IS NULL
UNION SELECT y.blob FROM matter m JOIN legal_order o ON o.matter = m.id JOIN notice_copy y ON y.legal_order = o.id
WHERE m.demand = :demand AND y.key_ct IS NULL AND y.blob IS NOT NULL ORDER BY 1;
-- erase_outcomes : many : cli
SELECT id FROM order_outcome WHERE legal_order = :legal_order ORDER BY id;
-- erase_facts : many : cli
SELECT id FROM order_fact WHERE legal_order = :legal_order ORDER BY id;
-- erase_items : many : cli
SELECT id FROM item WHERE legal_order = :legal_order ORDER BY id;
-- erase_findings : many : cli
SELECT id FROM finding WHERE legal_order = :legal_order ORDER BY id;
-- erase_reviews : many : cli
SELECT id FROM review WHERE legal_order = :legal_order ORDER BY id;
-- erase_decisions : many : cli
SELECT id FROM decision WHERE legal_order = :legal_order ORDER BY id;
-- erase_productions : many : cli
SELECT id FROM production WHERE legal_order = :legal_order ORDER BY id;
-- erase_files : many : cli
SELECT f.id FROM production p JOIN production_file f ON f.production = p.id WHERE p.legal_order = :legal_order
ORDER BY f.id;
-- erase_deliveries : many : cli
SELECT v.id FROM production p JOIN delivery v ON v.production = p.id WHERE p.legal_order = :legal_order ORDER BY v.id;
-- erase_preservations : many : cli
SELECT id FROM preservation WHERE legal_order = :legal_order ORDER BY id;
-- erase_secrecies : many : cli
SELECT id FROM secrecy WHERE legal_order = :legal_order ORDER BY id;
-- erase_dsas : many : cli
SELECT id FROM order_dsa WHERE legal_order = :legal_order ORDER BY id;
-- erase_sorted : many : cli
SELECT id FROM demand_sorted WHERE demand = :demand ORDER BY id;
-- erase_pagings : many : cli
SELECT id FROM paging WHERE demand = :demand ORDER BY id;
-- erase_handovers : many : cli
SELECT id FROM handover WHERE matter = :matter ORDER BY id;
-- erase_claims : many : cli
SELECT id FROM claim WHERE legal_order = :legal_order ORDER BY id;
-- erase_claim_lines : many : cli
SELECT l.id FROM claim k JOIN claim_line l ON l.claim = k.id WHERE k.legal_order = :legal_order ORDER BY l.id;
-- erase_claim_bars : many : cli
SELECT id FROM claim_bar WHERE matter = :matter ORDER BY id;
-- erase_checks : many : cli
SELECT id FROM quality_check WHERE legal_order = :legal_order ORDER BY id;
-- erase_challenges : many : cli
SELECT id FROM challenge WHERE legal_order = :legal_order ORDER BY id;
-- erase_pauses : many : cli
SELECT id FROM pause WHERE legal_order = :legal_order ORDER BY id;
-- erase_messages : many : cli
SELECT id FROM message WHERE legal_order = :legal_order ORDER BY id;

-- Each row goes on under the erasure's entry, without its personal detail: sealed columns leave the hash of
-- their ciphertext, keyed hashes go.
-- erase_demand_row : run : cli
UPDATE demand SET content_key = :none, number_key = NULL, draft_gone = :gone, draft_ct = NULL,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_paper : run : cli
UPDATE paper SET name_gone = :name_gone, name_ct = NULL, key_gone = :key_gone, key_ct = NULL,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_matter_row : run : cli
UPDATE matter SET erased = :at, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_order : run : cli
UPDATE legal_order SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_outcome : run : cli
UPDATE order_outcome SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_fact : run : cli
UPDATE order_fact SET value_gone = :gone, value_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_target : run : cli
UPDATE target SET value_key = :number, at = NULL, value_gone = :value_gone, value_ct = NULL,
  printed_gone = :printed_gone, printed_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_item : run : cli
UPDATE item SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_finding : run : cli
UPDATE finding SET why = :none, reason_gone = :gone, reason_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_review : run : cli
UPDATE review SET reason_gone = :gone, reason_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_decision : run : cli
UPDATE decision SET reason_gone = :gone, reason_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_production : run : cli
UPDATE production SET recipient = :none, manifest_hash = :no_hash, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_file : run : cli
UPDATE production_file SET sha256 = :zeros, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_delivery : run : cli
UPDATE delivery SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_preservation : run : cli
UPDATE preservation SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_secrecy : run : cli
UPDATE secrecy SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_challenge : run : cli
UPDATE challenge SET text_gone = :gone, text_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_dsa : run : cli
UPDATE order_dsa SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_pause : run : cli
UPDATE pause SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_message : run : cli
UPDATE message SET text_gone = :gone, text_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_hold_row : run : cli
UPDATE erasure_hold SET reason_gone = :gone, reason_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_import : run : cli
UPDATE import SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- What officers and the call-back left on a case.
-- erase_call_backs : many : cli
SELECT id FROM call_back WHERE legal_order = :legal_order ORDER BY id;
-- erase_extensions : many : cli
SELECT id FROM extension WHERE legal_order = :legal_order ORDER BY id;
-- erase_downloads : many : cli
SELECT d.id FROM production p JOIN download d ON d.production = p.id WHERE p.legal_order = :legal_order ORDER BY d.id;
-- erase_alerts : many : cli
SELECT id FROM alert WHERE matter = :matter ORDER BY id;
-- erase_submissions : many : cli
SELECT id FROM submission WHERE demand = :demand ORDER BY id;
-- erase_colleagues : many : cli
SELECT id FROM colleague WHERE demand = :demand ORDER BY id;
-- erase_call_back : run : cli
UPDATE call_back SET text_gone = :gone, text_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_extension : run : cli
UPDATE extension SET reason_gone = :gone, reason_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_alert : run : cli
UPDATE alert SET reason_gone = :gone, reason_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_download : run : cli
UPDATE download SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_submission : run : cli
UPDATE submission SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_colleague : run : cli
UPDATE colleague SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;

-- erase_sorted_row : run : cli
UPDATE demand_sorted SET text_gone = :text_gone, text_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_paging : run : cli
UPDATE paging SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_handover : run : cli
UPDATE handover SET note_gone = :note_gone, note_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_claim : run : cli
UPDATE claim SET reason_gone = :reason_gone, reason_ct = NULL, buyer_gone = :buyer_gone, buyer_ct = NULL,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_claim_line : run : cli
UPDATE claim_line SET reason_gone = :reason_gone, reason_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_claim_bar : run : cli
UPDATE claim_bar SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_check : run : cli
UPDATE quality_check SET reason_gone = :reason_gone, reason_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_seals : many : cli
SELECT s.id FROM production p JOIN production_seal s ON s.production = p.id WHERE p.legal_order = :legal_order
ORDER BY s.id;
-- erase_seal : run : cli
UPDATE production_seal SET print_gone = :print_gone, print_ct = NULL, manifest_gone = :manifest_gone,
  manifest_ct = NULL, reason_gone = :reason_gone, reason_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_stamps : run : cli
DELETE FROM production_stamp WHERE production IN (SELECT id FROM production WHERE legal_order = :legal_order);

-- erase_tickets : many : cli
SELECT id FROM ticket WHERE legal_order = :legal_order ORDER BY id;
-- erase_ticket : run : cli
UPDATE ticket SET body_gone = :gone, body_ct = NULL, said_gone = :said_gone, said_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_ticket_refs : many : cli
SELECT t.ref FROM legal_order o JOIN ticket t ON t.legal_order = o.id WHERE o.matter = :matter ORDER BY t.id;
-- erase_ticket_files : run : cli
DELETE FROM ticket_file WHERE ticket IN (SELECT id FROM ticket WHERE legal_order = :legal_order);
-- erase_snapshots : many : cli
SELECT n.id FROM ticket t JOIN snapshot n ON n.ticket = t.id WHERE t.legal_order = :legal_order ORDER BY n.id;
-- erase_snapshot_keys : run : cli
UPDATE snapshot_file SET key_ct = NULL WHERE snapshot IN
  (SELECT n.id FROM ticket t JOIN snapshot n ON n.ticket = t.id WHERE t.legal_order = :legal_order);
-- erase_snapshot : run : cli
UPDATE snapshot SET listing = :gone, ended = coalesce(ended, :ended), why = CASE WHEN why = '' THEN 'erased' ELSE why END,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- erase_secrecy_sources : many : cli
SELECT id FROM secrecy_source WHERE legal_order = :legal_order ORDER BY id;
-- erase_secrecy_source : run : cli
UPDATE secrecy_source SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_notices : many : cli
SELECT id FROM notice WHERE legal_order = :legal_order ORDER BY id;
-- erase_notice : run : cli
UPDATE notice SET text_gone = :text_gone, text_ct = NULL, said_gone = :said_gone, said_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- What a file was held against.
-- erase_look_overs : many : cli
SELECT id FROM look_over WHERE legal_order = :legal_order ORDER BY id;
-- erase_file_checks : many : cli
SELECT id FROM file_check WHERE legal_order = :legal_order ORDER BY id;
-- erase_look_over : run : cli
UPDATE look_over SET sha256 = :zeros, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_file_check : run : cli
UPDATE file_check SET came = :zeros, leaves = :zeros_too, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_masks : many : cli
SELECT id FROM decision_mask WHERE legal_order = :legal_order ORDER BY id;
-- erase_mask : run : cli
UPDATE decision_mask SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;

-- erase_contests : many : cli
SELECT id FROM contest WHERE legal_order = :legal_order ORDER BY id;
-- erase_contest : run : cli
UPDATE contest SET court_gone = :court_gone, court_ct = NULL, ruling_gone = :ruling_gone, ruling_ct = NULL,
  rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_hearings : many : cli
SELECT id FROM hearing WHERE legal_order = :legal_order ORDER BY id;
-- erase_hearing : run : cli
UPDATE hearing SET note_gone = :gone, note_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_bounds : many : cli
SELECT id FROM contest_bound WHERE legal_order = :legal_order ORDER BY id;
-- erase_bound : run : cli
UPDATE contest_bound SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_hold_reviews : many : cli
SELECT id FROM hold_review WHERE demand = :demand ORDER BY id;
-- erase_hold_review : run : cli
UPDATE hold_review SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_requests : many : cli
SELECT id FROM access_request WHERE demand = :demand ORDER BY id;
-- erase_request : run : cli
UPDATE access_request SET key = :key, target_gone = :target_gone, target_ct = NULL, who_gone = :who_gone, who_ct = NULL,
  text_gone = :text_gone, text_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_request_spans : many : cli
SELECT x.at, e.at FROM access_request x JOIN entry e ON e.id = x.entry WHERE x.demand = :demand ORDER BY x.id;
-- What stands open about a case beside its orders' states.
-- erase_open_claims : one : cli web
SELECT count(*) FROM claim WHERE matter = :matter AND (state = 'open' OR state = 'sent');
-- erase_notices_open : one : cli web
SELECT count(*) FROM notice WHERE legal_order = :legal_order AND (state IN ('due', 'drafted', 'approved', 'objected')
  OR (state = 'sent' AND posted IS NULL));
-- erase_drafts : one : cli web
-- scan ok: an edition is two in a year
SELECT count(*) FROM edition e WHERE e.state = 'draft' AND e.day_from <= :day AND e.day_to >= :day
  AND NOT EXISTS (SELECT 1 FROM edition y WHERE y.day_from = e.day_from AND y.day_to = e.day_to AND y.version > e.version);
-- hold_review_put : one : cli web
INSERT INTO hold_review (hold, demand, review, rev, entry) VALUES (:hold, :demand, :review, :rev, :entry) RETURNING id;
-- hold_review_of : one : cli web work
SELECT review FROM hold_review WHERE hold = :hold;
-- hold_reviews : many : cli web work
SELECT r.review FROM hold_review r JOIN erasure_hold h ON h.id = r.hold WHERE r.demand = :demand AND h.released IS NULL
ORDER BY r.id;
-- erase_done : many : cli web
-- scan ok: from the end, and it stops at the limit
SELECT coalesce(m.ref, d.ref), x.matter, x.rule, x.state, x.at, x.proposer, x.confirmer FROM erasure x
JOIN demand d ON d.id = x.demand LEFT JOIN matter m ON m.id = x.matter
WHERE (x.state = 'done' OR x.state = 'again') AND d.compartment <= :compartment AND (CAST(:within AS bigint) = 0 OR
  (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
ORDER BY x.id DESC LIMIT :limit;
-- erase_bar_steps : many : cli
SELECT id FROM bar_step WHERE legal_order = :legal_order ORDER BY id;
-- erase_bar_step : run : cli
UPDATE bar_step SET said_gone = :said_gone, said_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;

-- Mails, media, manifests, misdeliveries and recalls of an order's productions, and to whom it was redirected.
-- erase_production_mails : many : cli
SELECT x.id FROM production p JOIN production_mail x ON x.production = p.id WHERE p.legal_order = :legal_order ORDER BY x.id;
-- erase_production_mail : run : cli
UPDATE production_mail SET to_gone = :to_gone, to_ct = NULL, reason_gone = :reason_gone, reason_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_production_media : many : cli
SELECT x.id FROM production p JOIN production_medium x ON x.production = p.id WHERE p.legal_order = :legal_order ORDER BY x.id;
-- erase_production_medium : run : cli
UPDATE production_medium SET words_gone = :words_gone, words_ct = NULL, back_gone = :back_gone, back_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_transfers : many : cli
SELECT x.id FROM production p JOIN transfer x ON x.production = p.id WHERE p.legal_order = :legal_order ORDER BY x.id;
-- erase_transfer : run : cli
UPDATE transfer SET text_gone = :text_gone, text_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_misdeliveries : many : cli
SELECT x.id FROM production p JOIN misdelivery x ON x.production = p.id WHERE p.legal_order = :legal_order ORDER BY x.id;
-- erase_misdelivery : run : cli
UPDATE misdelivery SET words_gone = :words_gone, words_ct = NULL, said_gone = :said_gone, said_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_recalls : many : cli
SELECT x.id FROM production p JOIN recall x ON x.production = p.id WHERE p.legal_order = :legal_order ORDER BY x.id;
-- erase_recall : run : cli
UPDATE recall SET reason_gone = :reason_gone, reason_ct = NULL, said_gone = :said_gone, said_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- erase_redirects : many : cli
SELECT id FROM redirect WHERE legal_order = :legal_order ORDER BY id;
-- erase_redirect : run : cli
UPDATE redirect SET contact_gone = :contact_gone, contact_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- production_mail_forget : run : cli
UPDATE production_mail_file SET key_ct = NULL, manifest_ct = NULL WHERE mail IN (SELECT x.id FROM production p
  JOIN production_mail x ON x.production = p.id WHERE p.legal_order = :legal_order);
-- production_mail_drop : run : cli
DELETE FROM outgoing WHERE ref IN (SELECT x.letter FROM production p
  JOIN production_mail x ON x.production = p.id WHERE p.legal_order = :legal_order);
-- erase_notice_copies : many : cli
SELECT id FROM notice_copy WHERE legal_order = :legal_order ORDER BY id;
-- erase_notice_copy : run : cli
UPDATE notice_copy SET sha256 = :sha256, key_gone = :key_gone, key_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
