-- The image of a row: what the ledger commits to. Columns in a fixed order; sealed columns come last in
-- pairs (gone, ct): the image holds the hash of the ciphertext, so that an erased row still matches.
-- image_person : one : all
SELECT id, handle_key, roles, sealed, unix_uid, secret_hash, active, rev, entry, handle_gone,
  handle_ct
FROM person WHERE id = :id;
-- image_each_person : large : all
-- scan ok
SELECT id, handle_key, roles, sealed, unix_uid, secret_hash, active, rev, entry, handle_gone,
  handle_ct
FROM person ORDER BY id;
-- image_demand : one : all
SELECT id, ref, received, recorded, channel, language, country, body, level, verified, state,
  merged_into, compartment, content_key, number_key, rev, entry, draft_gone, draft_ct
FROM demand WHERE id = :id;
-- image_each_demand : large : all
-- scan ok
SELECT id, ref, received, recorded, channel, language, country, body, level, verified, state,
  merged_into, compartment, content_key, number_key, rev, entry, draft_gone, draft_ct
FROM demand ORDER BY id;
-- image_paper : one : all
SELECT id, demand, blob, size, rev, entry, name_gone, name_ct, key_gone, key_ct
FROM paper WHERE id = :id;
-- image_each_paper : large : all
-- scan ok
SELECT id, demand, blob, size, rev, entry, name_gone, name_ct, key_gone, key_ct
FROM paper ORDER BY id;
-- image_matter : one : all
SELECT id, ref, demand, compartment, assigned, closed, opened, rev, entry
FROM matter WHERE id = :id;
-- image_each_matter : large : all
-- scan ok
SELECT id, ref, demand, compartment, assigned, closed, opened, rev, entry
FROM matter ORDER BY id;
-- image_legal_order : one : all
SELECT id, matter, seq, instrument, class, basis, state, hold, received, emergency, code,
  outcome, settled, narrowed, withdrawn_because, demand, cures, amends, rev, entry
FROM legal_order WHERE id = :id;
-- image_each_legal_order : large : all
-- scan ok
SELECT id, matter, seq, instrument, class, basis, state, hold, received, emergency, code,
  outcome, settled, narrowed, withdrawn_because, demand, cures, amends, rev, entry
FROM legal_order ORDER BY id;
-- image_order_outcome : one : all
SELECT id, legal_order, outcome, code, at, rev, entry
FROM order_outcome WHERE id = :id;
-- image_each_order_outcome : large : all
-- scan ok
SELECT id, legal_order, outcome, code, at, rev, entry
FROM order_outcome ORDER BY id;
-- image_order_fact : one : all
SELECT id, legal_order, name, source, rev, entry, value_gone, value_ct
FROM order_fact WHERE id = :id;
-- image_each_order_fact : large : all
-- scan ok
SELECT id, legal_order, name, source, rev, entry, value_gone, value_ct
FROM order_fact ORDER BY id;
-- image_target : one : all
SELECT id, matter, kind, value_key, at, specific, corrects, rev, entry, value_gone, value_ct,
  printed_gone, printed_ct
FROM target WHERE id = :id;
-- image_each_target : large : all
-- scan ok
SELECT id, matter, kind, value_key, at, specific, corrects, rev, entry, value_gone, value_ct,
  printed_gone, printed_ct
FROM target ORDER BY id;
-- image_item : one : all
SELECT id, legal_order, target, field, service, day_from, day_to, fold, state, decision, rev,
  entry
FROM item WHERE id = :id;
-- image_each_item : large : all
-- scan ok
SELECT id, legal_order, target, field, service, day_from, day_to, fold, state, decision, rev,
  entry
FROM item ORDER BY id;
-- image_finding : one : all
SELECT id, legal_order, round, item, rule, pack, verdict, code, verified, why, answer,
  answered_by, rev, entry, reason_gone, reason_ct
FROM finding WHERE id = :id;
-- image_each_finding : large : all
-- scan ok
SELECT id, legal_order, round, item, rule, pack, verdict, code, verified, why, answer,
  answered_by, rev, entry, reason_gone, reason_ct
FROM finding ORDER BY id;
-- image_review : one : all
SELECT id, legal_order, round, reviewer, passed, not_before, at, rev, entry, reason_gone,
  reason_ct
FROM review WHERE id = :id;
-- image_each_review : large : all
-- scan ok
SELECT id, legal_order, round, reviewer, passed, not_before, at, rev, entry, reason_gone,
  reason_ct
FROM review ORDER BY id;
-- image_decision : one : all
SELECT id, item, legal_order, review, review_passed, verdict, code, day_from, day_to, decider,
  second_due, second, counsel, counsel_due, not_before, grants, live, at, rev, entry,
  reason_gone, reason_ct
FROM decision WHERE id = :id;
-- image_each_decision : large : all
-- scan ok
SELECT id, item, legal_order, review, review_passed, verdict, code, day_from, day_to, decider,
  second_due, second, counsel, counsel_due, not_before, grants, live, at, rev, entry,
  reason_gone, reason_ct
FROM decision ORDER BY id;
-- image_production : one : all
SELECT id, ref, legal_order, at, maker, recipient, manifest_hash, blob_hash, size, state, rev,
  entry
FROM production WHERE id = :id;
-- image_each_production : large : all
-- scan ok
SELECT id, ref, legal_order, at, maker, recipient, manifest_hash, blob_hash, size, state, rev,
  entry
FROM production ORDER BY id;
-- image_production_file : one : all
SELECT id, production, legal_order, item, decision, grants, not_before, at, sha256, size, rev,
  entry
FROM production_file WHERE id = :id;
-- image_each_production_file : large : all
-- scan ok
SELECT id, production, legal_order, item, decision, grants, not_before, at, sha256, size, rev,
  entry
FROM production_file ORDER BY id;
-- image_delivery : one : all
SELECT id, production, channel, at, acknowledged, rev, entry
FROM delivery WHERE id = :id;
-- image_each_delivery : large : all
-- scan ok
SELECT id, production, channel, at, acknowledged, rev, entry
FROM delivery ORDER BY id;
-- image_preservation : one : all
SELECT id, legal_order, state, since, until, extended, rule, produced_by, rev, entry
FROM preservation WHERE id = :id;
-- image_each_preservation : large : all
-- scan ok
SELECT id, legal_order, state, since, until, extended, rule, produced_by, rev, entry
FROM preservation ORDER BY id;
-- image_secrecy : one : all
SELECT id, legal_order, bars, rule, since, until, lifted, rev, entry
FROM secrecy WHERE id = :id;
-- image_each_secrecy : large : all
-- scan ok
SELECT id, legal_order, bars, rule, since, until, lifted, rev, entry
FROM secrecy ORDER BY id;
-- image_challenge : one : all
SELECT id, legal_order, against, state, at, rev, entry, text_gone, text_ct
FROM challenge WHERE id = :id;
-- image_each_challenge : large : all
-- scan ok
SELECT id, legal_order, against, state, at, rev, entry, text_gone, text_ct
FROM challenge ORDER BY id;
-- image_pause : one : all
SELECT id, legal_order, reason, since, until, rev, entry
FROM pause WHERE id = :id;
-- image_each_pause : large : all
-- scan ok
SELECT id, legal_order, reason, since, until, rev, entry
FROM pause ORDER BY id;
-- image_message : one : all
SELECT id, legal_order, kind, at, author, rev, entry, text_gone, text_ct
FROM message WHERE id = :id;
-- image_each_message : large : all
-- scan ok
SELECT id, legal_order, kind, at, author, rev, entry, text_gone, text_ct
FROM message ORDER BY id;
-- image_sealed_record : one : all
SELECT id, rev, entry, record_gone, record_ct
FROM sealed_record WHERE id = :id;
-- image_each_sealed_record : large : all
-- scan ok
SELECT id, rev, entry, record_gone, record_ct
FROM sealed_record ORDER BY id;
-- image_import : one : all
SELECT id, kind, file_hash, map_hash, source, state, next_line, records, accounts, refused,
  note, rev, entry
FROM import WHERE id = :id;
-- image_each_import : large : all
-- scan ok
SELECT id, kind, file_hash, map_hash, source, state, next_line, records, accounts, refused,
  note, rev, entry
FROM import ORDER BY id;
-- image_edition : one : all
SELECT id, day_from, day_to, version, as_of, state, structure, figures_hash, maker, publisher,
  published, rev, entry
FROM edition WHERE id = :id;
-- image_each_edition : large : all
-- scan ok
SELECT id, day_from, day_to, version, as_of, state, structure, figures_hash, maker, publisher,
  published, rev, entry
FROM edition ORDER BY id;
-- image_epoch : one : all
SELECT id, number, origin, log_key, receipt_key, began, old_log_key, old_receipt_key, old_size,
  old_root, old_note, why, at, rev, entry
FROM epoch WHERE id = :id;
-- image_each_epoch : large : all
-- scan ok
SELECT id, number, origin, log_key, receipt_key, began, old_log_key, old_receipt_key, old_size,
  old_root, old_note, why, at, rev, entry
FROM epoch ORDER BY id;
-- image_erasure : one : all
SELECT id, proposal, demand, matter, rule, due, state, proposer, confirmer, list_hash, at, rev,
  entry
FROM erasure WHERE id = :id;
-- image_each_erasure : large : all
-- scan ok
SELECT id, proposal, demand, matter, rule, due, state, proposer, confirmer, list_hash, at, rev,
  entry
FROM erasure ORDER BY id;
-- image_erasure_hold : one : all
SELECT id, demand, holder, since, released, rev, entry, reason_gone, reason_ct
FROM erasure_hold WHERE id = :id;
-- image_each_erasure_hold : large : all
-- scan ok
SELECT id, demand, holder, since, released, rev, entry, reason_gone, reason_ct
FROM erasure_hold ORDER BY id;
-- image_statement : one : all
SELECT id, ref, part, kind, state, number, day, until, title_en, title_de, text_en, text_de, authority_en,
  authority_de, outcome_en, outcome_de, law, law_id, law_verified, editions, replaces, follows, writer, clearer,
  publisher, published, rev, entry
FROM statement WHERE id = :id;
-- image_each_statement : large : all
-- scan ok
SELECT id, ref, part, kind, state, number, day, until, title_en, title_de, text_en, text_de, authority_en,
  authority_de, outcome_en, outcome_de, law, law_id, law_verified, editions, replaces, follows, writer, clearer,
  publisher, published, rev, entry
FROM statement ORDER BY id;
-- image_permission : one : all
SELECT id, ref, kind, subject, class, lo, hi, given, until, title_en, title_de, text_en, text_de, authority_en,
  authority_de, law, counsel, recorded, ended, ender, rev, entry
FROM permission WHERE id = :id;
-- image_each_permission : large : all
-- scan ok
SELECT id, ref, kind, subject, class, lo, hi, given, until, title_en, title_de, text_en, text_de, authority_en,
  authority_de, law, counsel, recorded, ended, ender, rev, entry
FROM permission ORDER BY id;
-- image_known_figure : one : all
SELECT id, ref, country, counts, structure, category, unit, day_from, day_to, lo, hi, published, source, assumes,
  writer, recorded, ended, ender, rev, entry
FROM known_figure WHERE id = :id;
-- image_each_known_figure : large : all
-- scan ok
SELECT id, ref, country, counts, structure, category, unit, day_from, day_to, lo, hi, published, source, assumes,
  writer, recorded, ended, ender, rev, entry
FROM known_figure ORDER BY id;
-- image_user_base : one : all
SELECT id, day_from, day_to, users, source, writer, recorded, rev, entry
FROM user_base WHERE id = :id;
-- image_each_user_base : large : all
-- scan ok
SELECT id, day_from, day_to, users, source, writer, recorded, rev, entry
FROM user_base ORDER BY id;
-- image_edition_cause : one : all
SELECT id, edition, title_en, title_de, text_en, text_de, rev, entry
FROM edition_cause WHERE id = :id;
-- image_each_edition_cause : large : all
-- scan ok
SELECT id, edition, title_en, title_de, text_en, text_de, rev, entry
FROM edition_cause ORDER BY id;
-- image_order_dsa : one : all
SELECT id, legal_order, category, keyword, own, told, informed, automatic, at, author, rev, entry
FROM order_dsa WHERE id = :id;
-- image_each_order_dsa : large : all
-- scan ok
SELECT id, legal_order, category, keyword, own, told, informed, automatic, at, author, rev, entry
FROM order_dsa ORDER BY id;
-- image_dsa_given : one : all
SELECT id, day_from, day_to, scope, category, keyword, own, form, cell, value, text, source, publisher, at, rev,
  entry
FROM dsa_given WHERE id = :id;
-- image_each_dsa_given : large : all
-- scan ok
SELECT id, day_from, day_to, scope, category, keyword, own, form, cell, value, text, source, publisher, at, rev,
  entry
FROM dsa_given ORDER BY id;
-- image_person_land : one : all
SELECT id, person, country, active, rev, entry FROM person_land WHERE id = :id;
-- image_each_person_land : large : all
-- scan ok
SELECT id, person, country, active, rev, entry FROM person_land ORDER BY id;
-- image_passkey : one : all
SELECT id, person, number, credential, alg, public_key, added, ended, cause, rev, entry, name_gone, name_ct
FROM passkey WHERE id = :id;
-- image_each_passkey : large : all
-- scan ok
SELECT id, person, number, credential, alg, public_key, added, ended, cause, rev, entry, name_gone, name_ct
FROM passkey ORDER BY id;
-- image_oidc_subject : one : all
SELECT id, person, number, subject_key, issuer, way, added, ended, cause, rev, entry, subject_gone, subject_ct
FROM oidc_subject WHERE id = :id;
-- image_each_oidc_subject : large : all
-- scan ok
SELECT id, person, number, subject_key, issuer, way, added, ended, cause, rev, entry, subject_gone, subject_ct
FROM oidc_subject ORDER BY id;
-- image_enrolment : one : all
SELECT id, person, recovery, state, maker, made, confirmer, token_hash, until, passkey, subject, rev, entry
FROM enrolment WHERE id = :id;
-- image_each_enrolment : large : all
-- scan ok
SELECT id, person, recovery, state, maker, made, confirmer, token_hash, until, passkey, subject, rev, entry
FROM enrolment ORDER BY id;
-- image_agency : one : all
SELECT id, ref, country, body, level, name, state, author, at, rev, entry
FROM agency WHERE id = :id;
-- image_each_agency : large : all
-- scan ok
SELECT id, ref, country, body, level, name, state, author, at, rev, entry
FROM agency ORDER BY id;
-- image_agency_domain : one : all
SELECT id, agency, domain, state, author, second, at, rev, entry
FROM agency_domain WHERE id = :id;
-- image_each_agency_domain : large : all
-- scan ok
SELECT id, agency, domain, state, author, second, at, rev, entry
FROM agency_domain ORDER BY id;
-- image_officer : one : all
SELECT id, ref, person, agency, state, language, recipient, vetter, second_due, second, at, rev, entry,
  profile_gone, profile_ct
FROM officer WHERE id = :id;
-- image_each_officer : large : all
-- scan ok
SELECT id, ref, person, agency, state, language, recipient, vetter, second_due, second, at, rev, entry,
  profile_gone, profile_ct
FROM officer ORDER BY id;
-- image_standing : one : all
SELECT id, officer, agency, act, author, at, rev, entry, reason_gone, reason_ct
FROM standing WHERE id = :id;
-- image_each_standing : large : all
-- scan ok
SELECT id, officer, agency, act, author, at, rev, entry, reason_gone, reason_ct
FROM standing ORDER BY id;
-- image_submission : one : all
SELECT id, demand, officer, agency, shared, withdrawn, at, rev, entry
FROM submission WHERE id = :id;
-- image_each_submission : large : all
-- scan ok
SELECT id, demand, officer, agency, shared, withdrawn, at, rev, entry
FROM submission ORDER BY id;
-- image_colleague : one : all
SELECT id, demand, officer, inviter, since, until, rev, entry
FROM colleague WHERE id = :id;
-- image_each_colleague : large : all
-- scan ok
SELECT id, demand, officer, inviter, since, until, rev, entry
FROM colleague ORDER BY id;
-- image_call_back : one : all
SELECT id, legal_order, result, recorder, at, rev, entry, text_gone, text_ct
FROM call_back WHERE id = :id;
-- image_each_call_back : large : all
-- scan ok
SELECT id, legal_order, result, recorder, at, rev, entry, text_gone, text_ct
FROM call_back ORDER BY id;
-- image_extension : one : all
SELECT id, legal_order, side, state, until, asker, at, answerer, answered, rev, entry, reason_gone, reason_ct
FROM extension WHERE id = :id;
-- image_each_extension : large : all
-- scan ok
SELECT id, legal_order, side, state, until, asker, at, answerer, answered, rev, entry, reason_gone, reason_ct
FROM extension ORDER BY id;
-- image_alert : one : all
SELECT id, matter, officer, cause, at, clearer, cleared, rev, entry, reason_gone, reason_ct
FROM alert WHERE id = :id;
-- image_each_alert : large : all
-- scan ok
SELECT id, matter, officer, cause, at, clearer, cleared, rev, entry, reason_gone, reason_ct
FROM alert ORDER BY id;
-- image_download : one : all
SELECT id, production, officer, at, rev, entry
FROM download WHERE id = :id;
-- image_each_download : large : all
-- scan ok
SELECT id, production, officer, at, rev, entry
FROM download ORDER BY id;
-- image_demand_sorted : one : all
SELECT id, demand, kind, compartment, at, author, language, letter_at, rev, entry, text_gone, text_ct
FROM demand_sorted WHERE id = :id;
-- image_each_demand_sorted : large : all
-- scan ok
SELECT id, demand, kind, compartment, at, author, language, letter_at, rev, entry, text_gone, text_ct
FROM demand_sorted ORDER BY id;
-- image_handover : one : all
SELECT id, matter, giver, taker, at, rev, entry, note_gone, note_ct
FROM handover WHERE id = :id;
-- image_each_handover : large : all
-- scan ok
SELECT id, matter, giver, taker, at, rev, entry, note_gone, note_ct
FROM handover ORDER BY id;
-- image_paging : one : all
SELECT id, ref, demand, compartment, since, acknowledged, taker, rev, entry
FROM paging WHERE id = :id;
-- image_each_paging : large : all
-- scan ok
SELECT id, ref, demand, compartment, since, acknowledged, taker, rev, entry
FROM paging ORDER BY id;
-- image_quality_check : one : all
SELECT id, legal_order, compartment, settled, verdict, checker, at, rev, entry, reason_gone, reason_ct
FROM quality_check WHERE id = :id;
-- image_each_quality_check : large : all
-- scan ok
SELECT id, legal_order, compartment, settled, verdict, checker, at, rev, entry, reason_gone, reason_ct
FROM quality_check ORDER BY id;

-- image_api_token : one : all
SELECT id, person, number, token_hash, roles, sealed, made, until, ended, ender, rev, entry, name_gone, name_ct
FROM api_token WHERE id = :id;
-- image_each_api_token : large : all
-- scan ok
SELECT id, person, number, token_hash, roles, sealed, made, until, ended, ender, rev, entry, name_gone, name_ct
FROM api_token ORDER BY id;
-- image_webhook : one : all
SELECT id, ref, events, made, author, ended, rev, entry, url_gone, url_ct, secret_gone, secret_ct
FROM webhook WHERE id = :id;
-- image_each_webhook : large : all
-- scan ok
SELECT id, ref, events, made, author, ended, rev, entry, url_gone, url_ct, secret_gone, secret_ct
FROM webhook ORDER BY id;
-- image_production_seal : one : all
SELECT id, production, number, at, maker, kind, blob_hash, size, rev, entry, print_gone, print_ct,
  manifest_gone, manifest_ct, reason_gone, reason_ct
FROM production_seal WHERE id = :id;
-- image_each_production_seal : large : all
-- scan ok
SELECT id, production, number, at, maker, kind, blob_hash, size, rev, entry, print_gone, print_ct,
  manifest_gone, manifest_ct, reason_gone, reason_ct
FROM production_seal ORDER BY id;

-- image_service_test : one : all
SELECT id, service, map_hash, at, actor, well, why, files, listing, rev, entry
FROM service_test WHERE id = :id;
-- image_each_service_test : large : all
-- scan ok
SELECT id, service, map_hash, at, actor, well, why, files, listing, rev, entry
FROM service_test ORDER BY id;
-- image_ticket : one : all
SELECT id, ref, legal_order, item, decision, purpose, service, map_hash, body_hash, note, maker, made, expires, state,
  runner, ran, ended, why, files, listing, token, snapshot, rev, entry, body_gone, body_ct, said_gone, said_ct
FROM ticket WHERE id = :id;
-- image_each_ticket : large : all
-- scan ok
SELECT id, ref, legal_order, item, decision, purpose, service, map_hash, body_hash, note, maker, made, expires, state,
  runner, ran, ended, why, files, listing, token, snapshot, rev, entry, body_gone, body_ct, said_gone, said_ct
FROM ticket ORDER BY id;

-- image_secrecy_source : one : all
SELECT id, legal_order, secrecy, source, review, author, at, rev, entry
FROM secrecy_source WHERE id = :id;
-- image_each_secrecy_source : large : all
-- scan ok
SELECT id, legal_order, secrecy, source, review, author, at, rev, entry
FROM secrecy_source ORDER BY id;
-- image_notice : one : all
SELECT id, legal_order, target, state, holds, at, author, approver, sender, sent, sent_day, way, letter, posted, not_before, rev, entry,
  text_gone, text_ct, said_gone, said_ct
FROM notice WHERE id = :id;
-- image_each_notice : large : all
-- scan ok
SELECT id, legal_order, target, state, holds, at, author, approver, sender, sent, sent_day, way, letter, posted, not_before, rev, entry,
  text_gone, text_ct, said_gone, said_ct
FROM notice ORDER BY id;
-- image_look_over : one : all
SELECT id, legal_order, item, decision, sha256, person, at, rev, entry
FROM look_over WHERE id = :id;
-- image_each_look_over : large : all
-- scan ok
SELECT id, legal_order, item, decision, sha256, person, at, rev, entry
FROM look_over ORDER BY id;
-- image_file_check : one : all
SELECT id, legal_order, production, item, checker, format, shape, came, leaves, records, released, held, cut, masked,
  look_over, rev, entry
FROM file_check WHERE id = :id;
-- image_each_file_check : large : all
-- scan ok
SELECT id, legal_order, production, item, checker, format, shape, came, leaves, records, released, held, cut, masked,
  look_over, rev, entry
FROM file_check ORDER BY id;
-- image_decision_mask : one : all
SELECT id, legal_order, decision, rev, entry
FROM decision_mask WHERE id = :id;
-- image_each_decision_mask : large : all
-- scan ok
SELECT id, legal_order, decision, rev, entry
FROM decision_mask ORDER BY id;

-- image_claim_bar : one : all
SELECT id, matter, kind, at, author, rev, entry
FROM claim_bar WHERE id = :id;
-- image_each_claim_bar : large : all
-- scan ok
SELECT id, matter, kind, at, author, rev, entry
FROM claim_bar ORDER BY id;
-- image_claim : one : all
SELECT id, ref, legal_order, matter, compartment, country, fees, currency, state, emergency, child_abuse, central, measure_end,
  claim_by, limit_day, capped, cost, total, asked, paid, opened, author, sent_day, sender, late, ended_day, rev, entry,
  reason_gone, reason_ct, buyer_gone, buyer_ct
FROM claim WHERE id = :id;
-- image_each_claim : large : all
-- scan ok
SELECT id, ref, legal_order, matter, compartment, country, fees, currency, state, emergency, child_abuse, central, measure_end,
  claim_by, limit_day, capped, cost, total, asked, paid, opened, author, sent_day, sender, late, ended_day, rev, entry,
  reason_gone, reason_ct, buyer_gone, buyer_ct
FROM claim ORDER BY id;
-- image_claim_line : one : all
SELECT id, claim, number, fee, quantity, rate, blocks, unit, parts, percent, total, proposed, state, author, rev, entry,
  reason_gone, reason_ct
FROM claim_line WHERE id = :id;
-- image_each_claim_line : large : all
-- scan ok
SELECT id, claim, number, fee, quantity, rate, blocks, unit, parts, percent, total, proposed, state, author, rev, entry,
  reason_gone, reason_ct
FROM claim_line ORDER BY id;

-- image_contest : one : all
SELECT id, challenge, legal_order, kind, party, filed, answer_by, follows, secrecy, permission, in_public, outcome, decided,
  rev, entry, court_gone, court_ct, ruling_gone, ruling_ct
FROM contest WHERE id = :id;
-- image_each_contest : large : all
-- scan ok
SELECT id, challenge, legal_order, kind, party, filed, answer_by, follows, secrecy, permission, in_public, outcome, decided,
  rev, entry, court_gone, court_ct, ruling_gone, ruling_ct
FROM contest ORDER BY id;
-- image_hearing : one : all
SELECT id, legal_order, challenge, number, day, state, rev, entry, note_gone, note_ct
FROM hearing WHERE id = :id;
-- image_each_hearing : large : all
-- scan ok
SELECT id, legal_order, challenge, number, day, state, rev, entry, note_gone, note_ct
FROM hearing ORDER BY id;
-- image_contest_bound : one : all
SELECT id, legal_order, challenge, item, allowed, day_from, day_to, rev, entry
FROM contest_bound WHERE id = :id;
-- image_each_contest_bound : large : all
-- scan ok
SELECT id, legal_order, challenge, item, allowed, day_from, day_to, rev, entry
FROM contest_bound ORDER BY id;
-- image_hold_review : one : all
SELECT id, hold, demand, review, rev, entry
FROM hold_review WHERE id = :id;
-- image_each_hold_review : large : all
-- scan ok
SELECT id, hold, demand, review, rev, entry
FROM hold_review ORDER BY id;
-- image_access_request : one : all
SELECT id, ref, demand, key, state, language, at, author, reviewer, second, told, answered, follows, rev, entry,
  target_gone, target_ct, who_gone, who_ct, text_gone, text_ct
FROM access_request WHERE id = :id;
-- image_each_access_request : large : all
-- scan ok
SELECT id, ref, demand, key, state, language, at, author, reviewer, second, told, answered, follows, rev, entry,
  target_gone, target_ct, who_gone, who_ct, text_gone, text_ct
FROM access_request ORDER BY id;
-- image_bar_step : one : all
SELECT id, legal_order, secrecy, number, kind, day, by_day, author, at, rev, entry, said_gone, said_ct
FROM bar_step WHERE id = :id;
-- image_each_bar_step : large : all
-- scan ok
SELECT id, legal_order, secrecy, number, kind, day, by_day, author, at, rev, entry, said_gone, said_ct
FROM bar_step ORDER BY id;
-- image_service_token : one : all
SELECT id, number, service, token_hash, sealed, made, until, maker, ended, ender, rev, entry, name_gone, name_ct
FROM service_token WHERE id = :id;
-- image_each_service_token : large : all
-- scan ok
SELECT id, number, service, token_hash, sealed, made, until, maker, ended, ender, rev, entry, name_gone, name_ct
FROM service_token ORDER BY id;
-- image_snapshot : one : all
SELECT id, ticket, preservation, made, files, bytes, listing, ended, why, rev, entry
FROM snapshot WHERE id = :id;
-- image_each_snapshot : large : all
-- scan ok
SELECT id, ticket, preservation, made, files, bytes, listing, ended, why, rev, entry
FROM snapshot ORDER BY id;
-- image_laid : one : all
SELECT id, production, number, seal, at, author, until, more, pin, pins, state, ended, ender, rev, entry, reason_gone, reason_ct
FROM laid WHERE id = :id;
-- image_each_laid : large : all
-- scan ok
SELECT id, production, number, seal, at, author, until, more, pin, pins, state, ended, ender, rev, entry, reason_gone, reason_ct
FROM laid ORDER BY id;
-- image_pledge : one : all
SELECT id, laid, officer, agency, at, rev, entry
FROM pledge WHERE id = :id;
-- image_each_pledge : large : all
-- scan ok
SELECT id, laid, officer, agency, at, rev, entry
FROM pledge ORDER BY id;
-- image_taker : one : all
SELECT id, production, officer, author, at, rev, entry, reason_gone, reason_ct
FROM taker WHERE id = :id;
-- image_each_taker : large : all
-- scan ok
SELECT id, production, officer, author, at, rev, entry, reason_gone, reason_ct
FROM taker ORDER BY id;

-- image_production_mail : one : all
SELECT id, production, at, author, second, official, state, letter, message, taken, blob_hash, size, rev, entry,
  to_gone, to_ct, reason_gone, reason_ct
FROM production_mail WHERE id = :id;
-- image_each_production_mail : large : all
-- scan ok
SELECT id, production, at, author, second, official, state, letter, message, taken, blob_hash, size, rev, entry,
  to_gone, to_ct, reason_gone, reason_ct
FROM production_mail ORDER BY id;
-- image_production_medium : one : all
SELECT id, production, at, author, kind, blob_hash, size, received, receiver, rev, entry, words_gone, words_ct,
  back_gone, back_ct
FROM production_medium WHERE id = :id;
-- image_each_production_medium : large : all
-- scan ok
SELECT id, production, at, author, kind, blob_hash, size, received, receiver, rev, entry, words_gone, words_ct,
  back_gone, back_ct
FROM production_medium ORDER BY id;
-- image_transfer : one : all
SELECT id, production, at, author, means, until, hash, rev, entry, text_gone, text_ct
FROM transfer WHERE id = :id;
-- image_each_transfer : large : all
-- scan ok
SELECT id, production, at, author, means, until, hash, rev, entry, text_gone, text_ct
FROM transfer ORDER BY id;
-- image_misdelivery : one : all
SELECT id, production, at, author, found, state, settler, settled, rev, entry, words_gone, words_ct, said_gone, said_ct
FROM misdelivery WHERE id = :id;
-- image_each_misdelivery : large : all
-- scan ok
SELECT id, production, at, author, found, state, settler, settled, rev, entry, words_gone, words_ct, said_gone, said_ct
FROM misdelivery ORDER BY id;
-- image_recall : one : all
SELECT id, production, at, author, cause, answer, answered, answerer, rev, entry, reason_gone, reason_ct, said_gone, said_ct
FROM recall WHERE id = :id;
-- image_each_recall : large : all
-- scan ok
SELECT id, production, at, author, cause, answer, answered, answerer, rev, entry, reason_gone, reason_ct, said_gone, said_ct
FROM recall ORDER BY id;
-- image_redirect : one : all
SELECT id, legal_order, at, author, day, despite, rev, entry, contact_gone, contact_ct
FROM redirect WHERE id = :id;
-- image_each_redirect : large : all
-- scan ok
SELECT id, legal_order, at, author, day, despite, rev, entry, contact_gone, contact_ct
FROM redirect ORDER BY id;
-- image_notice_copy : one : all
SELECT id, legal_order, notice, paper, blob, kind, sha256, size, dropped, author, at, day, rev, entry, key_gone, key_ct
FROM notice_copy WHERE id = :id;
-- image_each_notice_copy : large : all
-- scan ok
SELECT id, legal_order, notice, paper, blob, kind, sha256, size, dropped, author, at, day, rev, entry, key_gone, key_ct
FROM notice_copy ORDER BY id;
