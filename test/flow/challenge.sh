#!/bin/sh
# Challenges: filed with court, file and dates; an order that is challenged stands still; one that a court sets aside
# is over, one that it narrows is decided anew within what is left; a bar falls with the ruling against it; what may be
# said of one. With the sealed texts, the calendar, erasure and both engines.
. "$(dirname "$0")/lib"

at 2026-09-02T09:00:00Z
make_instance
cat >>"$I/writ.yaml" <<'END'
retention:
  - from: 2020-01-01
    rules:
      - id: refused
        of: rejected withdrawn
        after: 30 days
        since: settled
      - id: disclosed
        of: content noncontent
        after: 30 days
        since: settled
END

# approve: $CASE's four items are granted.
approve() {
	try 0 rob order examine "$CASE" pass --reason "Judge, one account."
	try 0 rob item decide "$CASE" produce --item 1 --item 2 --item 3 --item 4 --reason "Within the warrant."
	try 0 rita item second "$CASE" --item 4
}

# ---- filed --------------------------------------------------------------------------------------------
receive "$demands/01-us-warrant.json"
FIRST=$CASE
approve
state approved
denied "needs the role counsel" rob challenge file "$CASE" order --reason "Not by a reviewer."
try 65 carla challenge file "$CASE" order --reason "Too wide." --answer-by 2026-09-20
has err "rests"
try 65 carla challenge file "$CASE" order --reason "Too wide." --filed 2026-09-03
try 65 carla challenge file "$CASE" order --reason "Too wide." --kind protest
try 65 carla challenge file "$CASE" order --reason "Too wide." --kind appeal
try 65 carla challenge file "$CASE" publication --reason "Too wide." --kind modify
try 0 carla challenge file "$CASE" order --reason "Six months of mail of one user." --kind modify \
	--court "District Court Seattle" --file "2:26-cv-00117" --filed 2026-09-01 \
	--answer-by 2026-09-20 --basis "Scheduling order of the court"
state challenged
files 1 2 3 4
denied "the order is challenged" cole produce "$CASE" $FILES --out "$O"
try 0 rob --json challenge show "$CASE"
has out '"file": "2:26-cv-00117"'
has out '"answer_by": "2026-09-20"'
try 0 otto --json challenge show "$CASE"
lacks out "26-cv-00117"
verdict "a challenge names court, file, day and what a day rests on; its order stands still"

try 0 rob challenge hearing "$CASE" 1 --day 2026-09-15 --note "Courtroom 4"
try 65 rob challenge hearing "$CASE" 1 --held 1
try 3 rob challenge hearing "$CASE" 1 --held 2
try 0 rob challenge hearing "$CASE" 1 --move 1 --day 2026-09-22
try 4 rob challenge hearing "$CASE" 1 --drop 1
try 0 rob calendar 2026-09-01 2026-09-30
has out "2026-09-22"
has out "2026-09-20"
lacks out "2026-09-15"
try 0 rob challenge list
has out "$CASE.*hearing 2026-09-22|$CASE.*respond 2026-09-20"
try 0 otto challenge list
denied "needs the role" pia challenge list
denied "needs the role" cole challenge due "$CASE" 1 2026-09-21 --basis "x"
verdict "hearings are set, moved and held, and stand in the calendar"

# ---- narrowed -----------------------------------------------------------------------------------------
at 2026-09-23T09:00:00Z
try 0 rob challenge hearing "$CASE" 1 --held 2
try 65 carla challenge end "$CASE" 1 narrowed --reason "A month, no content."
try 65 carla challenge end "$CASE" 1 narrowed --reason "A month, no content." --item 2:2026-02-30:
try 3 carla challenge end "$CASE" 1 narrowed --reason "A month, no content." --item 9
try 0 carla challenge end "$CASE" 1 narrowed --reason "A month, no content." --day 2026-09-22 \
	--item 1 --item 2:2026-01-01:2026-01-31 --item 3:2026-01-01:2026-01-31
try 4 carla challenge end "$CASE" 1 dismissed
state in_review
denied "only an approved one" cole produce "$CASE" $FILES --out "$O"
try 0 rob order examine "$CASE" pass --reason "As the court left it."
denied "left it out" rob item decide "$CASE" produce --item 4 --reason "Too much."
denied "2026-01-01 to 2026-01-31" rob item decide "$CASE" produce --item 2 --reason "Too much."
denied "2026-01-01 to 2026-01-31" rob item decide "$CASE" narrow --item 2 --code other --from 2026-01-01 --to 2026-02-01 \
	--reason "A day too much."
try 0 rob item decide "$CASE" produce --item 1 --reason "Left."
try 0 rob item decide "$CASE" narrow --item 2 --item 3 --code other --from 2026-01-01 --to 2026-01-31 --reason "Left."
try 0 rob item decide "$CASE" withhold --item 4 --code other --reason "The court."
state approved
try 0 rob --json challenge show "$CASE"
has out '"outcome": "narrowed"'
files 1
try 0 cole --json produce "$CASE" $FILES --out "$O"
P=$(field production out)
try 0 cole deliver "$P" --channel portal
state delivered noncontent
verdict "a narrowed order is decided anew, and nothing outside of what the court left"

# ---- appealed, set aside ------------------------------------------------------------------------------
at 2026-10-01T09:00:00Z
try 65 carla challenge file "$CASE" order --reason "Nothing at all is due." --kind appeal --follows 7
try 0 carla challenge file "$CASE" order --reason "Nothing at all is due." --kind appeal --follows 1 \
	--court "Court of Appeals" --file "26-4410" --public
state challenged
at 2026-10-20T09:00:00Z
try 65 carla challenge end "$CASE" 2 upheld
try 0 carla challenge end "$CASE" 2 upheld --reason "The warrant is void."
state rejected noncontent
try 0 rob challenge show "$CASE"
has out "to be recalled"
denied "does not come back" rob order judge "$CASE"
denied "does not come back" rob order fact "$CASE" order.signed=yes
denied "." rob order examine "$CASE" pass --reason "Once more."
denied "." cole produce "$CASE" $FILES --out "$O"
# an appeal of the authority holds it, and won it gives nothing back: a new order does
try 0 carla challenge file "$CASE" order --reason "They go on." --kind appeal --by authority --follows 2
state challenged
denied "still" rob matter close "$CASE"
try 0 carla challenge end "$CASE" 3 upheld --reason "Remanded."
denied "does not come back" rob order judge "$CASE"
try 0 rob matter close "$CASE"
verdict "an order that a court set aside is over: refused, to be recalled, and it never comes back"

# ---- what nothing left of it --------------------------------------------------------------------------
receive "$demands/06-de-ip-logs.json"
try 0 carla challenge file "$CASE" order --reason "No judge." --by user
try 0 carla challenge end "$CASE" 1 upheld --reason "No basis."
state rejected rejected
receive "$demands/04-de-bestandsdaten.json"
try 0 carla challenge file "$CASE" order --reason "No basis."
try 0 carla challenge end "$CASE" 1 moot
state in_review
try 0 rob --json challenge list --decided
has out '"outcome": "moot"'
verdict "set aside before anything left it counts as rejected; a moot challenge frees the order"

# ---- a bar --------------------------------------------------------------------------------------------
sed 's/"j\.doe@mail\.example"/"k.roe@mail.example"/; s/SW-26-4471/SW-26-5502/' "$demands/01-us-warrant.json" >other.json
cp "$demands/warrant-26-mj-4471.txt" .
receive other.json
try 0 rob order fact "$CASE" order.us_2705b=yes
try 0 rob --json matter show "$CASE"


try 0 carla challenge file "$CASE" secrecy --reason "No end, no reason." --bar 1 --public
try 65 carla challenge file "$CASE" secrecy --reason "No end." --bar 9
denied "nothing of this challenge is offered" carla challenge draft "$CASE" 1
try 0 carla challenge end "$CASE" 1 upheld --reason "The gag is unlawful."
try 0 rob --json matter show "$CASE"
has out '"lifted"'
try 0 rob --json challenge show "$CASE"
has out '"bar": 1'
try 0 rob notice draft "$CASE"
try 0 carla --json challenge draft "$CASE" 1
has out '"kind": "decision"'
lacks out "5502|k\.roe|Bureau"
denied "needs the role counsel" rob challenge draft "$CASE" 1
try 0 pia --json statement list
lacks out "proceeding"
verdict "a bar falls with the ruling against it: notices come due, and the statement gets a draft that nobody published"

# ---- a rule on what may be published ------------------------------------------------------------------
cat >leave.yaml <<'END'
title: The number of letters may be published
END
try 0 carla challenge file "$CASE" publication --reason "The bands are too wide." --kind petition
try 0 nora permission record not_countable FR --en leave.yaml --law "House rule" --given 2026-10-01
PERMIT=$(cut -d ' ' -f 1 out)
denied "only an upheld challenge" carla challenge permit "$CASE" 2 "$PERMIT"
try 0 carla challenge end "$CASE" 2 upheld --reason "Leave is given."
try 3 carla challenge permit "$CASE" 2 7K3M-9QXR-4DTWA
try 0 carla challenge permit "$CASE" 2 "$PERMIT"
try 4 carla challenge permit "$CASE" 2 "$PERMIT"
try 0 rob --json challenge show "$CASE"
has out "\"permission\": \"$PERMIT\""
verdict "what counsel recorded as permitted is tied to the challenge that it came of"

# ---- the sealed compartment, erasure ------------------------------------------------------------------
at 2026-10-20T10:00:00Z
sed 's/"received": "[^"]*"/"received": "2026-10-19T12:00:00Z"/' "$demands/11-us-nsl.json" >nsl.json
receive nsl.json nadia
NSL=$CASE
try 3 carla challenge file "$NSL" order --reason "x"
try 0 nora challenge file "$NSL" order --reason "Set it aside." --public
denied "nothing of this challenge is offered" nora challenge draft "$NSL" 1
try 0 carla challenge list
lacks out "$NSL"
try 0 nora challenge list
has out "$NSL"
at 2027-02-01T09:00:00Z
try 0 carla --json erase propose "$FIRST"
L=$(field list out)
H=$(field hash out)
try 0 rob erase confirm "$L" "$H"
try 0 rob --json matter show "$FIRST"
lacks out "26-cv-00117|Six months|Courtroom|void"
: "$(entries)"
verdict "a sealed case's challenge exists for nobody else; an erased case keeps no text of one"
exit $bad
