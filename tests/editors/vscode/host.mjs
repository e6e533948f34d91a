// A VS Code server and a browser to look at it, both gone when the work is done.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

process.on("SIGTERM", () => process.exit(1));

const QUIET = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.reduceMotion": "on",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  // In a browser, files are saved by themselves unless told otherwise.
  "files.autoSave": "off",
};

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** Waits until `probe` answers something, at most `seconds`. */
export async function until(what, probe, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  let last;
  do {
    try {
      const answer = await probe();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, 100));
  } while (Date.now() < end);
  throw new Error(`waited ${seconds} s in vain: ${what}${last ? ` (${last})` : ""}`);
}

/**
 * Calls `work` with a browser page, the server's address and a copy of `workspace` to write in. `vsix` is installed
 * first; `settings` are the user's.
 */
export async function withCode({ tools, workspace, vsix, settings = {}, view }, work) {
  const { chromium } = createRequire(path.join(tools, "package.json"))("playwright-core");
  const state = mkdtempSync(path.join(tmpdir(), "copydesk-vscode-"));
  const [home, user, extensions, drafts, bin] = ["home", "user/User", "extensions", "drafts", "bin"].map((name) => {
    const folder = path.join(state, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  });
  cpSync(workspace, drafts, { recursive: true });
  symlinkSync(process.env.COPYDESK_BIN, path.join(bin, "copydesk"));
  // The server does not start without this file.
  writeFileSync(path.join(extensions, "extensions.json"), "[]");
  writeFileSync(path.join(user, "settings.json"), JSON.stringify({ ...QUIET, ...settings }));

  const main = path.join(tools, "node_modules/code-server/lib/vscode/out/server-main.js");
  const folders = ["--server-data-dir", path.join(state, "server"), "--user-data-dir", path.dirname(user), "--extensions-dir", extensions];
  const { XDG_CACHE_HOME: _, ...inherited } = process.env;
  const env = { ...inherited, HOME: home, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  if (vsix) {
    const install = spawnSync("node", [main, ...folders, "--install-extension", vsix], { env, encoding: "utf8", timeout: 60_000 });
    if (install.status !== 0) throw new Error(`${vsix} cannot be installed: ${install.stdout}${install.stderr}`);
  }

  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  // Without the last one, a login shell may say another PATH.
  const options = ["--host", "127.0.0.1", "--port", port, "--without-connection-token", "--accept-server-license-terms", "--telemetry-level", "off", "--force-disable-user-env"];
  const server = spawn("node", [main, ...options, ...folders], { env, detached: true, stdio: "ignore" });
  const stop = () => {
    try {
      // With all that it started: extension hosts, language servers.
      process.kill(-server.pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
    rmSync(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  // Also when this process gives up, or is told to.
  process.once("exit", stop);
  let browser;
  try {
    await until("VS Code's server answers", async () => (await fetch(`${address}/version`)).ok);
    browser = await chromium.launch({
      executablePath: readFileSync(path.join(tools, "browser"), "utf8").trim(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    const page = await browser.newPage({ viewport: { width: 1200, height: 760 }, ...view });
    return await work({ page, address, drafts });
  } finally {
    await browser?.close();
    stop();
    process.off("exit", stop);
  }
}
