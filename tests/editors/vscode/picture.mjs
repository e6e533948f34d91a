// Takes the picture in the extension's README: node picture.mjs TOOLS WORKSPACE VSIX PNG.
import path from "node:path";
import { withCode } from "./host.mjs";

const [tools, workspace, vsix, picture] = process.argv.slice(2).map((file) => path.resolve(file));
const settings = {
  "workbench.colorTheme": "Default Light Modern",
  "workbench.activityBar.location": "hidden",
  "workbench.sideBar.location": "right",
  "workbench.layoutControl.enabled": false,
  "workbench.editor.editorActionsLocation": "hidden",
  "window.commandCenter": false,
  "window.customTitleBarVisibility": "never",
  "window.menuBarVisibility": "hidden",
  "breadcrumbs.enabled": false,
  "editor.fontSize": 16,
  "editor.lineHeight": 26,
  "editor.fontFamily": "'DejaVu Sans'",
  "editor.wordWrap": "on",
  "editor.minimap.enabled": false,
  "editor.lineNumbers": "off",
  "editor.folding": false,
  "editor.glyphMargin": false,
  "editor.padding.top": 12,
  "editor.occurrencesHighlight": "off",
  "editor.selectionHighlight": false,
  "editor.renderLineHighlight": "none",
  "editor.overviewRulerBorder": false,
  "editor.hideCursorInOverviewRuler": true,
  "editor.scrollbar.vertical": "hidden",
  "editor.lightbulb.enabled": "off",
};

const view = { viewport: { width: 1000, height: 640 }, deviceScaleFactor: 1.5 };
await withCode({ tools, workspace, vsix, settings, view }, async ({ page, address, drafts }) => {
  await page.goto(`${address}/?folder=${drafts}`, { waitUntil: "domcontentloaded" });
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "library.md" }).dblclick({ timeout: 60_000 });
  await page.locator(".squiggly-error").first().waitFor({ state: "attached" });
  await page.keyboard.press("Control+b");
  // The cursor goes to the second finding, where something is missing.
  for (let finding = 0; finding < 2; finding += 1) await page.keyboard.press("F8");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row.action").first().waitFor();
  await page.waitForTimeout(800);
  await page.screenshot({ path: picture });
});
