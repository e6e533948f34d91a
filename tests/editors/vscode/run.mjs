// Both runs: node run.mjs TOOLS WORKSPACE. TOOLS is the folder that install.sh filled and where the extension was built.
import { readdirSync } from "node:fs";
import path from "node:path";
import { withCode } from "./host.mjs";
import { walk } from "./window.mjs";

const [tools, workspace] = process.argv.slice(2).map((folder) => path.resolve(folder));
const extension = path.join(tools, "extension");

/** The extension's own tests, run by the extension host; ends with their number of failures. */
function suite() {
  return withCode({ tools, workspace }, async ({ page, address, drafts }) => {
    const host = new URL(address).host;
    const remote = (file) => `vscode-remote://${host}${file}`;
    const payload = JSON.stringify([
      ["extensionDevelopmentPath", remote(extension)],
      ["extensionTestsPath", remote(path.join(extension, "test/suite.js"))],
      ["skipWelcome", "true"],
    ]);
    let finish;
    const finished = new Promise((done) => (finish = done));
    await page.exposeFunction("codeAutomationExit", finish);
    await page.exposeFunction("codeAutomationLog", (_, args) => {
      const line = args.map(String).find((arg) => arg.startsWith("copydesk: "));
      if (line) console.log(line.slice("copydesk: ".length));
    });
    await page.goto(`${address}/?folder=${drafts}&payload=${encodeURIComponent(payload)}`, { waitUntil: "domcontentloaded" });
    const late = setTimeout(() => finish("too late"), 120_000);
    const code = await finished;
    clearTimeout(late);
    if (code !== 0) {
      await page.screenshot({ path: path.join(tools, "shots/suite.png") });
      throw new Error(`the tests in the extension host failed: ${code}`);
    }
  });
}

async function timed(name, run) {
  const start = Date.now();
  await run();
  console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

const late = setTimeout(() => {
  console.error("the runs in VS Code took longer than five minutes");
  process.exit(1);
}, 300_000);
const vsix = readdirSync(extension).find((name) => name.endsWith(".vsix"));
await timed("extension host", suite);
await timed("window", () => walk({ tools, workspace, vsix: path.join(extension, vsix), shots: path.join(tools, "shots") }));
clearTimeout(late);
