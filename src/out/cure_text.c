#include "out/cure_text.h"

static const struct {
	const char *code, *en, *de;
} cures[] = {
    {"no_basis", "Name the provision that the order rests on, and submit it again.",
	"Nennen Sie die Vorschrift, auf der die Anordnung beruht, und reichen Sie sie neu ein."},
    {"wrong_instrument",
	"What was asked for needs another instrument: the form says which before you submit.",
	"Das Verlangte braucht eine andere Anordnung: Das Formular nennt sie vor dem Einreichen."},
    {"not_competent", "Let the authority or court that is competent issue the order.",
	"Lassen Sie die zuständige Stelle oder das zuständige Gericht die Anordnung erlassen."},
    {"not_authentic", "Submit the order signed, as it was issued.",
	"Reichen Sie die Anordnung unterschrieben ein, so wie sie erlassen wurde."},
    {"over_broad", "Name the accounts, the fields and the period that the case is about.",
	"Nennen Sie die Konten, die Daten und den Zeitraum, um die es im Fall geht."},
    {"wrong_provider", "The service belongs to another provider: send the order there.",
	"Der Dienst gehört einem anderen Anbieter: Richten Sie die Anordnung dorthin."},
    {"insufficient_identifiers",
	"Name the identifier exactly; for an address of the network also the instant, with its "
	"zone.",
	"Nennen Sie die Kennung genau; bei einer IP-Adresse auch den Zeitpunkt mit Zeitzone."},
    {"channel", "Submit it by the portal or by encrypted mail.",
	"Reichen Sie es über das Portal oder per verschlüsselter E-Mail ein."},
    {"not_confirmed", "Submit the written order, or its confirmation.",
	"Reichen Sie die schriftliche Anordnung oder ihre Bestätigung ein."},
    {"expired", "Submit an order that is in force.", "Reichen Sie eine gültige Anordnung ein."},
    {"emergency_not_shown",
	"State the facts that show the danger, and a number under which your office confirms it.",
	"Nennen Sie die Tatsachen, die die Gefahr belegen, und eine Nummer Ihrer Dienststelle, die "
	"sie "
	"bestätigt."},
    {"needs_mla", "Ask by mutual legal assistance.", "Stellen Sie ein Rechtshilfeersuchen."},
};

struct str cure_text(struct str code, bool de)
{
	for (size_t i = 0; i < sizeof cures / sizeof cures[0]; i++)
		if (str_is(code, cures[i].code))
			return str_of(de ? cures[i].de : cures[i].en);
	return (struct str){"", 0};
}
