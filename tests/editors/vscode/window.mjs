// A writer's way through the window, with the packed extension installed: by keyboard, as far as there are keys.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { until, withCode } from "./host.mjs";

const SQUIGGLES = ".squiggly-error, .squiggly-warning";
const RULE = "dangling-attribution";

/** Walks through `library.md` and leaves screenshots in the folder `shots`. */
export async function walk({ tools, workspace, vsix, shots }) {
  mkdirSync(shots, { recursive: true });
  const settings = { "editor.minimap.enabled": false, "editor.wordWrap": "on" };
  await withCode({ tools, workspace, vsix, settings }, async ({ page, address, drafts }) => {
    const shoot = (name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
    try {
      await page.goto(`${address}/?folder=${drafts}`, { waitUntil: "domcontentloaded" });
      await open(page, "library.md");
      await seesFindings(page);
      await shoot("1-problems");
      await hovers(page);
      await shoot("2-hover");
      await types(page);
      await shoot("3-typed");
      await fixes(page);
      await shoot("4-fixed");
      await letsStand(page);
      await shoot("5-stands");
    } catch (error) {
      await shoot("failed");
      throw error;
    }
  });
}

const problems = (page) => page.locator(".markers-panel .monaco-list-row", { hasText: "copydesk" });

async function open(page, name) {
  const file = page.locator(".explorer-folders-view .monaco-list-row", { hasText: name });
  await file.dblclick({ timeout: 60_000 });
  await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
}

async function seesFindings(page) {
  await page.locator(SQUIGGLES).first().waitFor({ state: "attached" });
  await page.keyboard.press("Control+Shift+m");
  await until("seven findings", async () => (await count(page)) === 7);
  // The list holds no more rows than it shows.
  const texts = await problems(page).allInnerTexts();
  for (const rule of ["weekday-date-mismatch", RULE, "placeholder", "inconsistent-title"]) {
    assert.ok(texts.some((text) => text.includes(rule)), `${rule} is among the problems: ${texts.join(" | ")}`);
  }
}

/** The number of findings that the status bar shows. */
async function count(page) {
  const item = await page.locator(".statusbar-item", { hasText: "copydesk" }).innerText();
  return Number(/copydesk (\d+)/.exec(item)?.[1] ?? 0);
}

/** Puts the cursor on the first finding of a rule, by way of the list of problems, beside the icon and the link in its row. */
async function goTo(page, rule) {
  await problems(page).filter({ hasText: rule }).first().dblclick({ position: { x: 120, y: 8 } });
  await page.locator(".monaco-editor.focused").waitFor();
}

async function hovers(page) {
  await goTo(page, RULE);
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+i");
  const hover = page.locator(".monaco-hover-content:visible").first();
  for (const said of [/names nobody/, /dangling-attribution/, /Why it matters/]) {
    await until(`the hover says ${said}`, async () => said.test(await hover.innerText()), 10);
  }
}

async function types(page) {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\n\nThe branch on Mill Road was shut last year, according to ");
  const typed = Date.now();
  const eight = () => count(page).then((now) => now === 8);
  assert.ok(!(await eight()), "a sentence that is being written is not flagged");
  await until("the sentence is flagged after a rest", eight, 5);
  assert.ok(Date.now() - typed > 700, "it was flagged only after a rest");
}

/** Opens the menu of fixes for the first finding of a rule, by keyboard; answers what it offers. */
async function menu(page, rule) {
  await goTo(page, rule);
  const rows = page.locator(".action-widget .monaco-list-row.action");
  // The editor drops the question if the click before moves the cursor once more; a writer presses the keys again.
  for (let tries = 3; tries > 0; tries -= 1) {
    await page.keyboard.press("Control+.");
    const shown = rows.first().waitFor({ timeout: 10_000 });
    if (await shown.then(() => true, (error) => (tries > 1 ? false : Promise.reject(error)))) break;
    await page.keyboard.press("Escape");
  }
  return rows.allInnerTexts();
}

async function fixes(page) {
  const titles = await menu(page, RULE);
  assert.match(titles[0], /^Insert/);
  assert.ok(titles.some((title) => title.includes("Tomas Abernathy")), titles.join(" | "));
  const before = await count(page);
  await page.keyboard.press("Enter");
  await until("the finding is gone", async () => (await count(page)) === before - 1);
  const text = await page.locator(".monaco-editor .view-lines").first().innerText();
  assert.match(text.replace(/\s/g, " "), /a year, according to [A-Z]\w+ [^.]+\. The city faces/);
}

async function letsStand(page) {
  const titles = await menu(page, "placeholder");
  const stet = titles.findIndex((title) => title.includes("copydesk.toml"));
  assert.ok(stet >= 0, titles.join(" | "));
  const before = await count(page);
  for (let step = 0; step < stet; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await until("the finding stands", async () => (await count(page)) === before - 1);
}
