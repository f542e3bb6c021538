#include "out/letter_facts.h"

#include "desk/medium.h"
#include "desk/misdelivery.h"
#include "desk/recall.h"
#include "desk/redirect.h"
#include "desk/transfer.h"
#include "out/letter_word.h"

static const char about_one[] = "recall misdelivery protocol transfer";

struct listing {
	struct instance *in;
	const struct person *actor;
	const struct gate *g;
	const struct letter_ask *ask;
	struct str language;
	struct left left;
	struct buf text; /* of the paragraph */
	struct letter_facts f;
};

/* ---- lines ---- */

static const char *in_words(const struct listing *l, const char *en, const char *de)
{
	return str_is(l->language, "de") ? de : en;
}

static void line(struct ctx *c, struct listing *l, const char *en, const char *de, struct str value)
{
	if (value.n == 0)
		return;
	if (l->text.n > 0)
		buf_putc(&l->text, '\n');
	buf_fmt(&l->text, "%s: ", in_words(l, en, de));
	buf_put(&l->text, letter_isolated(c, value));
}

static void end_paragraph(struct ctx *c, struct listing *l)
{
	struct json *j = json_map(c);

	if (l->text.n == 0)
		return;
	json_set_text(c, j, "text", str_make(c, buf_str(&l->text)));
	json_add(c, l->f.list, j);
	l->text = buf_init(c, 32 << 10);
}

static struct str day_of(struct ctx *c, const struct listing *l, struct day d)
{
	return letter_day(c, l->language, l->g->matter.country, d);
}

/* In groups of eight: eyes compare them, and no line is broken within one. */
static struct str groups_of(struct ctx *c, struct str hex)
{
	struct buf b = buf_init(c, 128);

	for (size_t i = 0; i < hex.n; i++) {
		if (i > 0 && i % 8 == 0)
			buf_putc(&b, ' ');
		buf_putc(&b, hex.p[i]);
	}
	return buf_str(&b);
}

static struct str bytes_of(struct ctx *c, const struct listing *l, int64_t n)
{
	(void)l;
	return str_fmt(c, "%lld", (long long)n);
}

/* ---- which production ---- */

struct last {
	struct str ref;
};

static int keep_last(struct ctx *c, const struct db_val *row, void *arg)
{
	if (!str_is(row[10].s, "sealed"))
		((struct last *)arg)->ref = str_make(c, row[2].s);
	return 0;
}

static int find_one(struct ctx *c, struct listing *l)
{
	struct last last = {l->ask->production};
	int rc = last.ref.n > 0 ? 0
				: db_each(c, l->in->store.db, SQL_PRODUCTION_OF_ORDER,
				      DB_ARGS(db_int(l->g->order.id)), keep_last, &last);

	if (rc == 0 && last.ref.n == 0)
		rc = err_set(c, ERR_DENIED, "nothing left on this order");
	if (rc == 0)
		rc = left_find(c, l->in, l->actor, RIGHT_DEMAND_DETAIL, last.ref, &l->left);
	if (rc == 0 && l->left.order != l->g->order.id)
		rc = err_set(c, ERR_NOTFOUND, "the order has no such production");
	if (rc == 0)
		l->f.ref = l->left.ref;
	return rc;
}

static int put_file(struct ctx *c, struct listing *l, const struct hash *sealed)
{
	struct left_seal seal;
	int rc = left_seal(c, l->in, &l->left, sealed, &seal);

	if (rc != 0)
		return rc;
	line(c, l, "File", "Datei", seal.name);
	line(c, l, "Size in bytes", "Größe in Bytes", bytes_of(c, l, seal.size));
	line(c, l, "SHA-256", "SHA-256", groups_of(c, hash_hex(c, seal.sealed)));
	return 0;
}

static const char *channel_word(const struct listing *l, struct str channel)
{
	static const char *const words[][3] = {{"portal", "portal", "Portal"},
	    {"encrypted_mail", "encrypted e-mail", "verschlüsselte E-Mail"},
	    {"letter", "letter", "Brief"}, {"medium", "medium that was carried", "Datenträger"},
	    {"in_person", "in person", "persönliche Übergabe"},
	    {"decentralised", "decentralised IT system", "dezentrales IT-System"}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(channel, words[i][0]))
			return in_words(l, words[i][1], words[i][2]);
	return "";
}

static int put_delivery(struct ctx *c, struct listing *l)
{
	const struct db_val *row;
	int rc = db_find(c, l->in->store.db, SQL_DELIVERY_LAST, DB_ARGS(db_int(l->left.id)), &row);

	if (rc != 0 || row == NULL)
		return rc;
	line(c, l, "Handed over on", "Übergeben am",
	    day_of(c, l, instant_day((struct instant){row[2].num})));
	line(c, l, "By", "Auf dem Weg", str_of(channel_word(l, row[1].s)));
	return 0;
}

/* ---- the kinds ---- */

static const char *cause_word(const struct listing *l, struct str cause)
{
	static const char *const words[][3] = {
	    {"validation", "the validation of the order was refused",
		"die Validierung der Anordnung wurde versagt"},
	    {"confirmation", "the order was not confirmed", "die Anordnung wurde nicht bestätigt"},
	    {"objection", "the enforcing authority raised a ground for refusal",
		"die Vollstreckungsbehörde hat einen Ablehnungsgrund geltend gemacht"},
	    {"challenge", "a challenge to the order was upheld",
		"einem Rechtsbehelf gegen die Anordnung wurde stattgegeben"},
	    {"misdelivery", "the files reached somebody else",
		"die Dateien sind an jemand anderen gelangt"}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(cause, words[i][0]))
			return in_words(l, words[i][1], words[i][2]);
	return "";
}

static int list_recall(struct ctx *c, struct listing *l)
{
	struct recall r;
	bool found;
	int rc = recall_of(c, l->in, l->left.id, false, &r, &found);

	if (rc == 0 && !found)
		rc = err_set(c, ERR_DENIED, "nothing of this order was recalled");
	if (rc != 0)
		return rc;
	line(c, l, "Production", "Auskunft", l->left.ref);
	rc = put_delivery(c, l);
	if (rc == 0)
		rc = put_file(c, l, NULL);
	if (rc != 0)
		return rc;
	end_paragraph(c, l);
	line(c, l, "Recalled on", "Zurückgerufen am", day_of(c, l, instant_day(r.at)));
	line(c, l, "Because", "Weil", str_of(cause_word(l, r.cause)));
	return 0;
}

struct found_mis {
	struct misdelivery m;
};

static int keep_mis(struct ctx *c, const struct misdelivery *m, void *arg)
{
	(void)c;
	((struct found_mis *)arg)->m = *m;
	return 0;
}

/* To somebody who was not meant: the reference of the production, the file and the day. */
static int list_misdelivery(struct ctx *c, struct listing *l)
{
	struct found_mis f = {.m = {.id = 0}};
	int rc = misdelivery_of(c, l->in, l->left.id, true, keep_mis, &f);

	if (rc == 0 && f.m.id == 0)
		rc = err_set(c, ERR_DENIED, "nothing of this order was misdelivered");
	if (rc != 0)
		return rc;
	l->f.to = f.m.words == NULL ? STR("") : json_text(f.m.words, "to_whom");
	line(c, l, "Our reference", "Unser Zeichen", l->left.ref);
	rc = put_delivery(c, l);
	return rc == 0 ? put_file(c, l, NULL) : rc;
}

static int list_redirect(struct ctx *c, struct listing *l)
{
	struct redirect_contact k;
	bool found;
	int rc = redirect_of(c, l->in, l->g->order.id, &k, &found);

	if (rc == 0 && !found)
		rc = err_set(c, ERR_DENIED, "this order was not redirected");
	if (rc == 0 && k.name.n == 0)
		rc = err_set(c, ERR_NOTFOUND, "the customer's contact was erased");
	if (rc != 0)
		return rc;
	buf_put(&l->text, letter_isolated(c, k.name));
	buf_putc(&l->text, '\n');
	buf_put(&l->text, str_trim(k.address));
	return 0;
}

static const char *kind_word(const struct listing *l, struct str kind)
{
	static const char *const words[][3] = {{"usb", "USB stick", "USB-Stick"},
	    {"disc", "optical disc", "optische Disc"}, {"drive", "hard disk drive", "Festplatte"},
	    {"card", "memory card", "Speicherkarte"}, {"tape", "tape", "Band"}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(kind, words[i][0]))
			return in_words(l, words[i][1], words[i][2]);
	return in_words(l, "medium", "Datenträger");
}

static int list_protocol(struct ctx *c, struct listing *l)
{
	struct str sealer = STR("");
	struct medium m;
	int rc = medium_last(c, l->in, l->left.id, true, &m);

	if (rc == ERR_NOTFOUND) {
		err_clear(c);
		return err_set(c, ERR_DENIED, "no medium was written on this order");
	}
	if (rc == 0)
		rc = person_name(c, l->in, m.author, &sealer);
	if (rc != 0)
		return rc;
	rc = put_file(c, l, &m.sealed);
	if (rc != 0)
		return rc;
	end_paragraph(c, l);
	line(c, l, "Medium", "Datenträger", str_of(kind_word(l, m.kind)));
	line(c, l, "Serial number", "Seriennummer", json_text(m.words, "serial"));
	line(c, l, "Seal of the bag", "Siegel des Beutels", json_text(m.words, "bag"));
	line(c, l, "Written and read back on", "Beschrieben und zurückgelesen am",
	    day_of(c, l, instant_day(m.at)));
	line(c, l, "Written by", "Beschrieben durch", sealer);
	line(c, l, "Carried by", "Überbracht durch", json_text(m.words, "carrier"));
	line(c, l, "Handed to", "Übergeben an", json_text(m.words, "handed_to"));
	if (!day_is_none(m.received))
		line(c, l, "Receipt of", "Empfang bestätigt am", day_of(c, l, m.received));
	return 0;
}

static void list_party(struct ctx *c, struct listing *l, const struct json *m)
{
	const struct json *from = json_find(m, "sender"), *to = json_find(m, "recipient"),
			  *order = json_find(m, "order"), *means = json_find(m, "means"),
			  *sealed = json_find(m, "encryption");

	line(c, l, "Sender", "Absender", json_text(from, "provider"));
	line(c, l, "Recipient", "Empfänger", json_text(to, "authority"));
	line(c, l, "Order", "Anordnung", json_text(order, "number"));
	line(c, l, "Our case", "Unser Fall", json_text(order, "case"));
	line(c, l, "Production", "Auskunft", json_text(order, "production"));
	line(c, l, "Transmitted or available", "Übermittelt oder bereitgestellt",
	    json_text(m, "at"));
	line(c, l, "Means", "Weg", str_of(channel_word(l, json_text(means, "channel"))));
	line(c, l, "Proof", "Nachweis", json_text(means, "proof"));
	line(c, l, "Available until", "Abrufbar bis", json_text(m, "available_until"));
	line(c, l, "Encrypted", "Verschlüsselt", json_text(sealed, "kind"));
	line(c, l, "Why not with the authority's certificate",
	    "Warum nicht mit dem Zertifikat der Behörde", json_text(sealed, "explanation"));
	line(c, l, "Remarks", "Bemerkungen", json_text(m, "remarks"));
	end_paragraph(c, l);
}

static void list_one_file(struct ctx *c, struct listing *l, const struct json *f)
{
	const struct json *size = json_find(f, "size");

	line(c, l, "File", "Datei", json_text(f, "name"));
	if (size != NULL)
		line(c, l, "Size in bytes", "Größe in Bytes", bytes_of(c, l, size->num));
	line(c, l, "SHA-256", "SHA-256", groups_of(c, json_text(f, "digest")));
	end_paragraph(c, l);
}

static int list_transfer(struct ctx *c, struct listing *l)
{
	const struct json *files;
	struct str text;
	struct json *m;
	int rc = transfer_get(c, l->in, l->actor, l->left.ref, &text);

	if (rc == ERR_NOTFOUND) {
		err_clear(c);
		return err_set(c, ERR_DENIED, "no manifest was given with this production");
	}
	if (rc == 0)
		rc = json_parse(c, "manifest", text, &m);
	if (rc != 0)
		return rc;
	list_party(c, l, m);
	files = json_find(m, "files");
	for (size_t i = 0; files != NULL && i < files->n; i++) {
		const struct json *inside = json_find(files->at[i], "contains");

		list_one_file(c, l, files->at[i]);
		for (size_t k = 0; inside != NULL && k < inside->n; k++)
			list_one_file(c, l, inside->at[k]);
	}
	line(c, l, "Rule", "Vorschrift", json_text(m, "basis"));
	return 0;
}

int letter_facts(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate *g, const struct letter_ask *ask, struct str language,
    struct letter_facts *ret)
{
	static const struct {
		const char *kind;
		int (*list)(struct ctx *c, struct listing *l);
	} kinds[] = {{"recall", list_recall}, {"misdelivery", list_misdelivery},
	    {"redirect", list_redirect}, {"protocol", list_protocol}, {"transfer", list_transfer}};
	struct listing l = {
	    in, actor, g, ask, language, {.id = 0}, buf_init(c, 32 << 10), {.list = json_list(c)}};
	int rc = str_has_word(str_of(about_one), ask->kind) ? find_one(c, &l) : 0;

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && rc == 0; i++)
		if (str_is(ask->kind, kinds[i].kind))
			rc = kinds[i].list(c, &l);
	if (rc != 0)
		return rc;
	end_paragraph(c, &l);
	*ret = l.f;
	return 0;
}
