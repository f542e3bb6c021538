#!/bin/sh
# Rights at the command line: the table, and a person who is for some countries only.
. "$(dirname "$0")/lib"

at 2026-10-05T09:00:00Z
make_instance

try 0 iris user rights
has out '^item\.decide +deciding +reviewer counsel$'
has out '^erase\.propose .* the role that the rules of retention name$'
try 0 iris user rights iris
has out '^iris \(intake\), demands of all countries$'
has out '^demand\.open '
lacks out '^item\.decide '
try 0 rob --json user rights rob
has out '"right": "item\.decide"'
lacks out '"right": "secrecy\.lift"'
try 3 iris user rights nobody
verdict "the table of rights is printed, and what one person may do"

try 65 root user set rob --countries ""
try 65 root user set rob --countries "DE XX"
try 65 root user set rob --countries "DE" --all-countries
try 65 root user add eva --roles reviewer --countries "de" --secret-out "$work/eva"
[ ! -e "$work/eva" ] || wrong "a secret of nobody is left behind"
denied "needs the role admin" iris user set iris --countries DE
verdict "countries are ISO codes, and an admin gives them"

receive "$demands/01-us-warrant.json"
US=$DEMAND
USCASE=$CASE
receive "$demands/04-de-bestandsdaten.json"
DE=$DEMAND
DECASE=$CASE
try 0 root user set rob --countries "DE FR"
try 0 rob user list
has out '^rob +reviewer \[DE FR\]'
try 0 rob matter show "$DECASE"
try 0 rob matter list
has out "^$DECASE "
lacks out "$USCASE"
try 0 rob demand list --state opened
has out "^$DE "
lacks out "$US"
# a reference of this house, and one that nobody has, are answered alike, to the last byte
for what in "matter show" "matter why" "order judge" "demand show"; do
	case $what in demand*) known=$US none=$DECASE ;; *) known=$USCASE none=$DE ;; esac
	try 3 rob $what "$known"
	mv err err.known
	mv out out.known
	try 3 rob $what "$none"
	cmp -s out out.known || wrong "$what prints something else"
	cmp -s err err.known || wrong "$what says something else: $(cat err) and $(cat err.known)"
done
try 3 rob order examine "$USCASE" pass --reason "It is valid."
try 0 root user set rob --all-countries
try 0 rob matter show "$USCASE"
verdict "a case of another country is not there, in lists and by its reference"

try 0 root log verify
verdict "the ledger verifies with the rows of countries"
