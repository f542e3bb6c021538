# The whole build. MODE=san (default: ASan+UBSan, for tests) or MODE=rel (hardened release); MODE=fuzz
# (with CC=clang: tools/fuzz.sh) and MODE=cov (tools/coverage.sh) are for those two.
# Objects go to build/$(MODE); B=DIR puts them elsewhere. Folders are layers: one library each.

MODE ?= san
B ?= build/$(MODE)
G := $(B)/gen
CC := gcc

PKGS := jansson yaml-0.1 sqlite3 libpq libsodium libcrypto libseccomp xlsxwriter libxml-2.0 libzip libmicrohttpd gnutls libfido2 libcbor
WARN := -std=c11 -pedantic -Wall -Wextra -Werror -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Walloca -Wformat=2 -Wundef -Wswitch-enum
CPPFLAGS := -D_GNU_SOURCE -Isrc -I$(G) -include src/base/banned.h $(shell pkg-config --cflags $(PKGS))
HARDEN := -O2 -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE -fstack-clash-protection \
	-ftrivial-auto-var-init=pattern
FLAGS_san := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_rel := $(HARDEN)
FLAGS_fuzz := $(FLAGS_san) -fsanitize=fuzzer-no-link
FLAGS_cov := -O0 --coverage
LINK_san := -fsanitize=address,undefined
LINK_rel := -pie -Wl,-z,relro,-z,now -Wl,--as-needed
LINK_fuzz := -fsanitize=address,undefined
LINK_cov := --coverage
CFLAGS := $(WARN) -g $(FLAGS_$(MODE))
LDLIBS := $(shell pkg-config --libs $(PKGS))

# Lowest first, as in the file `layers`; a test of folder F links F and what lies below it.
FOLDERS := base kind os law in stat proof audit store desk out web cli main
BELOW_base := base
BELOW_kind := kind base
BELOW_os := os kind base
BELOW_law := law kind base
BELOW_in := in kind base
BELOW_stat := stat kind base
BELOW_proof := proof kind base
BELOW_audit := audit kind base
BELOW_store := store os law in stat proof audit kind base
BELOW_desk := desk $(BELOW_store)
BELOW_out := out $(BELOW_desk)
BELOW_web := web $(BELOW_out)
BELOW_cli := cli $(BELOW_out)
BELOW_main := main web $(BELOW_cli)

V ?=
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-4s %s\n' $(1) $(2))

.PHONY: all says units fuzzers pgtests crashtests layers lint clean install
.SECONDARY:
.DELETE_ON_ERROR:
all: $(B)/writ $(B)/writ-typeset $(B)/writ-check $(B)/writ-solve $(B)/writ-net $(B)/writ-seal $(B)/connector-postgres

# ---- generated sources -------------------------------------------------------------------------
SQL := $(sort $(wildcard sql/*.sql) $(wildcard sql/query/*.sql))
LAW := $(sort $(wildcard law/*/*.yaml) $(wildcard law/*.yaml))
TMPL := $(sort $(wildcard src/web/page/*.tmpl))
# Errors that a request can meet have a German text; those of the command line and of processes of their own
# (the signer, backups, the audit) have none.
ERRORS := src/base/text.c src/stat/invariant.c src/store/step.c src/store/ledger.c $(sort $(foreach f,kind law in desk out,$(wildcard src/$(f)/*.c)))
SAYS := lang/de.po lang/en.po lang/errors.de.po $(TMPL) $(sort $(wildcard src/web/*.c)) $(ERRORS)
ASSETS := $(sort $(wildcard static/*))
GEN := $(G)/sql_gen.h $(G)/sql_gen.c $(G)/law_gen.c $(G)/land_gen.c $(G)/tmpl_gen.h $(G)/asset_gen.c

$(B)/tool/embed: tools/embed.c tools/embed_schema.c tools/embed.h
	$(call say,TOOL,$@)
	$(Q)mkdir -p $(@D) && $(CC) -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -O1 -o $@ $(filter %.c,$^)
$(G)/sql_gen.h $(G)/sql_gen.c &: $(B)/tool/embed $(SQL)
	$(call say,GEN,sql_gen)
	$(Q)mkdir -p $(G) && $(B)/tool/embed sql $(G)/sql_gen.h $(G)/sql_gen.c $(SQL)
$(G)/law_gen.c: $(B)/tool/embed $(LAW)
	$(call say,GEN,$@)
	$(Q)mkdir -p $(G) && $(B)/tool/embed files law_gen $@ $(LAW)
$(G)/land_gen.c: tools/countries.sh
	$(call say,GEN,$@)
	$(Q)mkdir -p $(G) && sh tools/countries.sh >$@.tmp && mv $@.tmp $@

# Files that hold just what they should stay as they are, so that a new text is no reason to compile the rest.
$(B)/tool/tmpl: $(sort $(wildcard tools/tmpl*.c)) tools/tmpl.h
	$(call say,TOOL,$@)
	$(Q)mkdir -p $(@D) && $(CC) -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -O1 -o $@ $(filter %.c,$^)
$(G)/tmpl.done: $(B)/tool/tmpl $(SAYS)
	$(call say,GEN,$(G)/tmpl_gen.c)
	$(Q)mkdir -p $(G) && $(B)/tool/tmpl build $(G)/tmpl_gen.h $(G)/tmpl_gen.c $(G)/lang_gen.c $(SAYS) && touch $@
$(G)/tmpl_gen.h $(G)/tmpl_gen.c $(G)/lang_gen.c: $(G)/tmpl.done ;
$(B)/tool/icu_table: tools/icu_table.c
	$(call say,TOOL,$@)
	$(Q)mkdir -p $(@D) && $(CC) -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -O1 -o $@ $< $(shell pkg-config --libs icu-i18n)
$(G)/lang_num_gen.c: $(B)/tool/icu_table
	$(call say,GEN,$@)
	$(Q)mkdir -p $(G) && $(B)/tool/icu_table >$@
# A file's tag is of its bytes, so that a browser may keep it as long as it has the same.
$(G)/asset_gen.c: $(B)/tool/embed $(ASSETS)
	$(call say,GEN,$@)
	$(Q)mkdir -p $(G) && $(B)/tool/embed files asset_gen $@ $(ASSETS) && \
	    printf 'const char asset_tag[] = "%.16s";\nconst char asset_style_path[] = "/static/desk.css?v=%.16s";\nconst char asset_script_path[] = "/static/desk.js?v=%.16s";\n' \
	        $$(cat $(ASSETS) | sha256sum | cut -c -16 | sed 'p;p') >>$@

# ---- objects and libraries ---------------------------------------------------------------------
EXTRA_kind := $(B)/obj/land_gen.o
EXTRA_law := $(B)/obj/law_gen.o
EXTRA_store := $(B)/obj/sql_gen.o
EXTRA_web := $(patsubst %,$(B)/obj/%_gen.o,tmpl lang lang_num asset)
HDR_store := $(G)/sql_gen.h
HDR_desk := $(G)/sql_gen.h
HDR_out := $(G)/sql_gen.h
HDR_web := $(G)/sql_gen.h $(G)/tmpl_gen.h
HDR_cli := $(G)/sql_gen.h
HDR_main := $(G)/sql_gen.h $(G)/tmpl_gen.h

# A fuzz target is driven by libFuzzer, or by a loop over its seeds.
DRIVE_fuzz := -fsanitize=fuzzer
DRIVER := $(if $(DRIVE_$(MODE)),,test/fuzz/replay.c)

# A library's header whose macros use what banned.h bans is read before it.
FIRST_report_xlsx := -include xlsxwriter.h
FIRST_dsa_xlsx := $(FIRST_report_xlsx)

# A test that compares with another library, and one that puts itself between two functions.
LIBS_web_lang_num := $(shell pkg-config --libs icu-i18n)
WRAP_desk_blocked := -Wl,--wrap=count_period
WRAP_web_http := -Wl,--wrap=http_clock_us

define folder
$(B)/lib$(1).a: $(patsubst src/%.c,$(B)/obj/%.o,$(wildcard src/$(1)/*.c)) $(EXTRA_$(1))
	$$(Q)rm -f $$@ && ar rcs $$@ $$^
$(B)/obj/$(1)/%.o: src/$(1)/%.c | $(HDR_$(1))
	$$(call say,CC,$$<)
	$$(Q)mkdir -p $$(@D) && $(CC) $$(FIRST_$$*) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $$@ $$<
$(B)/unit/$(1)_%: test/unit/$(1)_%.c $(foreach f,$(BELOW_$(1)),$(B)/lib$(f).a)
	$$(call say,TEST,$$@)
	$$(Q)mkdir -p $$(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -Itest -MMD -MP -o $$@ $$< \
	    $(foreach f,$(BELOW_$(1)),$(B)/lib$(f).a) $(LINK_$(MODE)) $$(WRAP_$(1)_$$*) $$(LIBS_$(1)_$$*) $(LDLIBS) -lcmocka
$(B)/fuzz/$(1)_%: test/fuzz/$(1)_%.c test/fuzz/fuzz.h $(DRIVER) $(foreach f,$(BELOW_$(1)),$(B)/lib$(f).a)
	$$(call say,FUZZ,$$@)
	$$(Q)mkdir -p $$(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -Itest -o $$@ $$< $(DRIVER) \
	    $(foreach f,$(BELOW_$(1)),$(B)/lib$(f).a) $(LINK_$(MODE)) $(DRIVE_$(MODE)) $(LDLIBS)
endef
$(foreach f,$(FOLDERS),$(eval $(call folder,$(f))))

$(B)/obj/%_gen.o: $(G)/%_gen.c
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -MMD -MP -c -o $@ $<

$(B)/writ: $(foreach f,$(BELOW_main),$(B)/lib$(f).a)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(LINK_$(MODE)) $(LDLIBS)

# Helpers: programs of their own that Writ starts in a box, with libraries that it does not want in itself.
$(B)/writ-typeset: $(foreach f,typeset letter sheet pdfmark,helpers/$(f).c) helpers/letter.h helpers/sheet.h helpers/pdfmark.h
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) -D_GNU_SOURCE $(WARN) -g $(HARDEN) $(shell pkg-config --cflags pangocairo cairo-pdf) \
	    -o $@ $(filter %.c,$^) $(LINK_rel) $(shell pkg-config --libs pangocairo cairo-pdf libqpdf)

$(B)/writ-check: helpers/check.c $(foreach f,$(BELOW_cli),$(B)/lib$(f).a)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $^ $(LINK_$(MODE)) $(LDLIBS)

# Clp and Cbc are under the Eclipse Public License and never linked into anything else.
$(B)/writ-solve: helpers/solve.c
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) -D_GNU_SOURCE $(filter-out -Wconversion,$(WARN)) -g $(FLAGS_$(MODE)) -o $@ $< \
	    $(LINK_$(MODE)) -lCbcSolver -lCbc -lOsiClp -lOsi -lCgl -lClp -lCoinUtils -lm

$(B)/writ-net: helpers/net.c
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) -D_GNU_SOURCE $(filter-out -Wconversion -Wsign-conversion,$(WARN)) -g $(FLAGS_$(MODE)) \
	    $(shell pkg-config --cflags libcurl jansson) -o $@ $< $(LINK_$(MODE)) $(shell pkg-config --libs libcurl jansson)

$(B)/writ-seal: helpers/seal.c $(foreach f,$(BELOW_os),$(B)/lib$(f).a)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $^ $(LINK_$(MODE)) $(LDLIBS)

# A sample connector, which the tests run; it stands alone and is not installed.
$(B)/connector-postgres: examples/connector-postgres/connector-postgres.c
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) -D_POSIX_C_SOURCE=200809L $(WARN) -g $(HARDEN) $(shell pkg-config --cflags libpq jansson) -o $@ $< \
	    $(LINK_rel) $(shell pkg-config --libs libpq jansson)

# ---- tests -------------------------------------------------------------------------------------
# One program per source file: test/unit/FOLDER_NAME.c. `make unit-FOLDER` builds one folder's.
UNITS := $(patsubst test/unit/%.c,$(B)/unit/%,$(wildcard test/unit/*.c))
$(B)/unit/web_places: $(G)/places_gen.c
$(G)/places_gen.c: $(B)/tool/tmpl test/unit/places.tmpl test/unit/places.po test/unit/places_en.po
	$(Q)$(B)/tool/tmpl build $(G)/places_gen.h $@ $(G)/places_lang.c test/unit/places.po test/unit/places_en.po test/unit/places.tmpl
units: $(UNITS) $(B)/writ-typeset $(B)/writ-check $(B)/writ-net $(B)/writ-seal
unit-%:
	$(Q)$(MAKE) --no-print-directory $(patsubst test/unit/%.c,$(B)/unit/%,$(wildcard test/unit/$*_*.c))

# Every component of a page, for test/browser: with the templates of the program, as they share the parts.
$(B)/browser/parts: test/browser/parts.c $(G)/parts_gen.c $(foreach f,$(BELOW_web),$(B)/lib$(f).a)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -o $@ $^ $(LINK_$(MODE)) $(LDLIBS)
$(G)/parts_gen.c: $(B)/tool/tmpl test/browser/parts.tmpl $(SAYS)
	$(Q)$(B)/tool/tmpl build $(G)/parts_gen.h $@ $(G)/parts_lang.c $(SAYS) test/browser/parts.tmpl

# Fuzz targets, one a parser: test/fuzz/FOLDER_NAME.c.
FUZZERS := $(patsubst test/fuzz/%.c,$(B)/fuzz/%,$(filter-out test/fuzz/replay.c,$(wildcard test/fuzz/*.c)))
fuzzers: $(FUZZERS)

# What `dev bench` measures beside the program itself: test/bench/NAME.c, over `out` and below.
$(B)/bench/%: test/bench/%.c $(foreach f,$(BELOW_out),$(B)/lib$(f).a)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< \
	    $(foreach f,$(BELOW_out),$(B)/lib$(f).a) $(LINK_$(MODE)) $(LDLIBS)

# Programs of test/pg: over the store, against a server that a script starts.
PGTESTS := $(patsubst test/pg/%.c,$(B)/pg/%,$(wildcard test/pg/*.c))
pgtests: $(PGTESTS)
$(B)/pg/%: test/pg/%.c $(foreach f,$(BELOW_desk),$(B)/lib$(f).a)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -Itest -MMD -MP -o $@ $< \
	    $(foreach f,$(BELOW_desk),$(B)/lib$(f).a) $(LINK_$(MODE)) $(LDLIBS)

# What puts faults under the program (test/crash): a library for LD_PRELOAD, and what computes a loss of power.
CRASHTESTS := $(B)/crash/fault.so $(B)/crash/power $(B)/crash/verified
crashtests: $(CRASHTESTS)
$(B)/crash/fault.so: test/crash/fault.c
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) -D_GNU_SOURCE $(WARN) -O2 -g -fPIC -shared -o $@ $<
$(B)/crash/power: test/crash/power.c
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) -D_GNU_SOURCE $(WARN) -O2 -g -o $@ $<
$(B)/crash/verified: test/crash/verified.c $(foreach f,$(BELOW_store),$(B)/lib$(f).a)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< \
	    $(foreach f,$(BELOW_store),$(B)/lib$(f).a) $(LINK_$(MODE)) $(LDLIBS)

# What test/http starts beside the program itself: a server with routes of its own.
$(B)/http/%: test/http/%.c $(foreach f,$(BELOW_web),$(B)/lib$(f).a)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< \
	    $(foreach f,$(BELOW_web),$(B)/lib$(f).a) $(LINK_$(MODE)) $(LDLIBS)

# What tools/po.sh reads.
says:
	@echo $(SAYS)
layers:
	$(Q)sh tools/layers.sh
lint:
	$(Q)sh tools/lint.sh

PREFIX ?= /usr/local
install: $(B)/writ $(B)/writ-typeset $(B)/writ-check $(B)/writ-solve $(B)/writ-net $(B)/writ-seal
	install -D -m 755 $(B)/writ $(DESTDIR)$(PREFIX)/bin/writ
	for h in writ-typeset writ-check writ-solve writ-net writ-seal; do install -D -m 755 $(B)/$$h $(DESTDIR)$(PREFIX)/libexec/writ/$$h; done
	for m in man/*.1 man/*.5 man/*.7; do [ -f "$$m" ] || continue; \
	  install -D -m 644 "$$m" "$(DESTDIR)$(PREFIX)/share/man/man$${m##*.}/$${m##*/}"; done

clean:
	rm -rf build

-include $(shell find $(B) -name '*.d' 2>/dev/null)
