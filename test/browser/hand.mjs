// How a person fills in a page: by the keyboard alone, or by the mouse with scripts off. Both know forms by where they
// are sent, so a flow is written once for both languages.
const first = (page, css) => page.locator(css).locator("visible=true").first();

// The hand of a mouse; works with scripts off.
class Mouse {
	constructor(page) { this.page = page; }
	async fill(css, text) { await first(this.page, css).fill(text); }
	async check(css) { await first(this.page, css).check(); }
	async choose(css, value) { await first(this.page, css).selectOption(value); }
	async file(css, files) { await first(this.page, css).setInputFiles(files); }
	async press(css) { await first(this.page, css).click(); }
}

// The hand of a keyboard: comes to everything by Tab, as it stands in the page.
class Keys {
	constructor(page) { this.page = page; }
	key(...all) { return all.reduce((p, k) => p.then(() => this.page.keyboard.press(k)), Promise.resolve()); }
	async to(css, same = (x) => x === document.activeElement) {
		const one = await first(this.page, css).elementHandle({ timeout: 5000 });
		for (let i = 0; i < 500; i++) {
			if (await one.evaluate(same)) return one;
			await this.key("Tab");
		}
		throw new Error(`Tab does not come to ${css}`);
	}
	async fill(css, text) {
		await this.to(css);
		await this.key("Control+a");
		await this.page.keyboard.insertText(text);
	}
	async check(css) {
		const kind = await first(this.page, css).getAttribute("type");
		if (kind !== "radio") {
			const box = await this.to(css);
			if (!(await box.isChecked())) await this.key("Space");
			return;
		}
		// Tab comes to one of a group, arrows go on
		const one = await this.to(css, (x) => document.activeElement.name === x.name && document.activeElement.form === x.form);
		if (await one.evaluate((x) => x === document.activeElement && !x.checked)) await this.key("Space");
		for (let i = 0; i < 30 && !(await one.isChecked()); i++) await this.key("ArrowDown");
		if (!(await one.isChecked())) throw new Error(`arrows do not come to ${css}`);
	}
	async choose(css, value) {
		const one = await this.to(css);
		await this.page.keyboard.type(await one.evaluate((x, v) => [...x.options].find((o) => o.value === v).label.slice(0, 20), value));
		for (let i = 0; i < 30 && (await one.inputValue()) !== value; i++) await this.key("ArrowDown");
		if ((await one.inputValue()) !== value) throw new Error(`the keyboard does not choose ${value} in ${css}`);
	}
	async file(css, files) {
		await this.to(css);
		const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), this.key("Enter")]);
		await chooser.setFiles(files);
	}
	async press(css) {
		await this.to(css);
		await this.key("Enter");
	}
}

export const hands = { keys: Keys, mouse: Mouse };
