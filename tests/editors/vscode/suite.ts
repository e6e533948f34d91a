// The extension's tests, run inside the extension host on a copy of the folder `workspace`.

import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";

type State = { kind: string; message?: string; version?: string };

const RULE = "dangling-attribution";
const tests: [string, () => Promise<void>][] = [];
const test = (name: string, run: () => Promise<void>) => tests.push([name, run]);

/** Called by the extension host; rejects if a test fails. */
export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, body] of tests) {
    try {
      await body();
      console.log(`copydesk: ok ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`copydesk: FAILED ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await cleanUp();
  }
  assert.equal(failed, 0, `${failed} of ${tests.length} tests failed`);
}

/** Leaves nothing of a test: no changed draft, settings or settings file. */
async function cleanUp(): Promise<void> {
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  rmSync(inFolder("copydesk.toml"), { force: true });
  rmSync(inFolder(".vscode/copydesk.schema.json"), { force: true });
  for (const key of ["rules", "path", "enable"]) {
    await configure(key, undefined);
  }
  await until("the server runs", () => (state().kind === "running" ? true : undefined));
}

async function until<T>(what: string, probe: () => T | undefined | Promise<T | undefined>, seconds = 10): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain: ${what}`);
    }
    await pause(25);
  }
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

function folder(): vscode.Uri {
  const first = vscode.workspace.workspaceFolders?.[0];
  assert.ok(first, "a folder is open");
  return first.uri;
}

const inFolder = (name: string) => path.join(folder().fsPath, name);

async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder(), name));
}

function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "copydesk");
}

/** The findings of a document, once there are so many. */
async function found(document: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> {
  try {
    return await until(`${count} findings`, () => {
      const all = findings(document);
      return all.length === count ? all : undefined;
    });
  } catch (error) {
    throw new Error(`${String(error)}; there are ${findings(document).length}`);
  }
}

function configure(key: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration("copydesk", folder()).update(key, value, vscode.ConfigurationTarget.Workspace);
}

function state(): State {
  const extension = vscode.extensions.getExtension("copydesk.copydesk");
  assert.ok(extension, "the extension is there");
  return extension.isActive ? (extension.exports as { state: State }).state : { kind: "inactive" };
}

function failure(): Promise<string> {
  return until("a failure", () => {
    const { kind, message } = state();
    return kind === "failed" ? message : undefined;
  });
}

/** The processes that this extension host started and that are language servers. */
function servers(): number[] {
  const listed = spawnSync("pgrep", ["-P", String(process.pid), "-x", "copydesk"], { encoding: "utf8" });
  return listed.stdout.split("\n").filter(Boolean).map(Number);
}

const at = (line: number, start: number, end: number) => new vscode.Range(line, start, line, end);

test("findings stand where they belong, also behind an emoji", async () => {
  const { document } = await open("draft.md");
  const all = await found(document, 2);
  assert.deepEqual(
    all.map(({ range }) => range),
    [at(2, 34, 47), at(4, 42, 55)],
  );
  for (const { range, severity, message } of all) {
    assert.equal(document.getText(range), "according to.");
    assert.equal(severity, vscode.DiagnosticSeverity.Error);
    assert.match(message, /names nobody/);
  }
});

test("a finding's code is its rule and links to the documentation", async () => {
  const { document } = await open("draft.md");
  const code = (await found(document, 2))[0]?.code;
  assert.ok(typeof code === "object", "the code has a link");
  assert.equal(code.value, RULE);
  assert.ok(existsSync(code.target.fsPath), "the documentation is there");
});

test("an edit changes the findings", async () => {
  const editor = await open("draft.md");
  await found(editor.document, 2);
  await editor.edit((edit) => edit.insert(new vscode.Position(2, 46), " Ana Ruiz"));
  const [left] = await found(editor.document, 1);
  assert.equal(left?.range.start.line, 4);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "🎺\n\n"));
  await until("the finding moves along", () => (findings(editor.document)[0]?.range.start.line === 6 ? true : undefined));
});

test("what is being written is flagged after a rest", async () => {
  const editor = await open("draft.md");
  await found(editor.document, 2);
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  await editor.edit((edit) => edit.insert(end, "\n\nThe garage closed last year, according to "));
  await pause(400);
  assert.equal(findings(editor.document).length, 2);
  await found(editor.document, 3);
});

test("plain text, HTML and untitled documents are drafts, settings files are not", async () => {
  const plain = await open("plain.txt");
  assert.deepEqual((await found(plain.document, 1))[0]?.range, at(0, 34, 47));
  const page = await open("page.html");
  assert.deepEqual((await found(page.document, 1))[0]?.range, at(2, 45, 58));
  const content = "The pool is shut, according to.\n";
  const untitled = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(untitled);
  await found(untitled, 1);
  writeFileSync(inFolder("copydesk.toml"), "# Moved, according to.\n");
  assert.equal((await open("copydesk.toml")).document.languageId, "toml");
});

test("the editor's settings take effect at once", async () => {
  const { document } = await open("draft.md");
  await found(document, 2);
  await configure("rules", { [RULE]: "warning" });
  await until("warnings", () =>
    findings(document).every(({ severity }) => severity === vscode.DiagnosticSeverity.Warning) ? true : undefined,
  );
  await configure("rules", { [RULE]: "off" });
  await found(document, 0);
  await configure("rules", undefined);
  await found(document, 2);
  await configure("enable", "configured");
  await found(document, 0);
});

test("copydesk.toml takes effect at once, and what is wrong with it is shown in it", async () => {
  const { document } = await open("draft.md");
  await found(document, 2);
  writeFileSync(inFolder("copydesk.toml"), `[rules]\n${RULE} = "off"\n`);
  await found(document, 0);
  writeFileSync(inFolder("copydesk.toml"), `[rules]\ndangling = "off"\n`);
  const settings = vscode.Uri.joinPath(folder(), "copydesk.toml");
  const wrong = () => vscode.languages.getDiagnostics(settings)[0]?.message;
  assert.match(await until("a finding in the settings", wrong), /dangling/);
  assert.equal(findings(document).length, 0, "the last good settings stay in force");
  rmSync(inFolder("copydesk.toml"));
  await found(document, 2);
});

test("a program that is not there, or is none, is said clearly", async () => {
  await configure("path", "/nowhere/copydesk");
  assert.match(await failure(), /copydesk\.path names \/nowhere\/copydesk/);
  await configure("path", undefined);
  await until("the server runs", () => (state().kind === "running" ? true : undefined));

  const old = inFolder("old-copydesk");
  writeFileSync(old, "#!/bin/sh\necho \"error: unrecognized subcommand '$1'\" >&2\nexit 2\n");
  await configure("path", old);
  assert.match(await failure(), /may not|permissions/);
  chmodSync(old, 0o755);
  await vscode.commands.executeCommand("copydesk.restart");
  assert.match(await failure(), /old-copydesk is not copydesk, or a version too old/);
  rmSync(old);
});

function restore(name: string, value: string | undefined) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

test("a program that works is found behind one that does not", async () => {
  const working = spawnSync("which", ["copydesk"], { encoding: "utf8" }).stdout.trim();
  const before = { ...process.env };
  const [old, cargo] = [inFolder("old"), inFolder("cargo")];
  try {
    process.env["CARGO_HOME"] = cargo;
    mkdirSync(old);
    writeFileSync(path.join(old, "copydesk"), "#!/bin/sh\nexit 2\n", { mode: 0o755 });
    process.env["PATH"] = `${old}:${before["PATH"]}`;
    await vscode.commands.executeCommand("copydesk.restart");
    assert.equal(state().kind, "running", "the next one on the PATH");
    // Where there is no other, the first problem is told.
    process.env["PATH"] = old;
    await vscode.commands.executeCommand("copydesk.restart");
    assert.match(await failure(), /old\/copydesk is not copydesk, or a version too old/);
    mkdirSync(path.join(cargo, "bin"), { recursive: true });
    symlinkSync(working, path.join(cargo, "bin/copydesk"));
    await vscode.commands.executeCommand("copydesk.restart");
    assert.equal(state().kind, "running", "where cargo put it");
  } finally {
    restore("PATH", before["PATH"]);
    restore("CARGO_HOME", before["CARGO_HOME"]);
    rmSync(old, { recursive: true, force: true });
    rmSync(cargo, { recursive: true, force: true });
    await vscode.commands.executeCommand("copydesk.restart");
  }
});

test("the server can be started again", async () => {
  const { document } = await open("draft.md");
  await found(document, 2);
  await vscode.commands.executeCommand("copydesk.restart");
  assert.equal(state().kind, "running");
  assert.match(state().version ?? "", /^\d+\.\d+\.\d+$/);
  await found(document, 2);
});

test("a server that dies comes back", async () => {
  const { document } = await open("draft.md");
  await found(document, 2);
  const before = servers();
  assert.equal(before.length, 1, "one server runs");
  before.forEach((server) => process.kill(server, "SIGKILL"));
  await until("another server runs", () => {
    const now = servers();
    return now.length === 1 && !before.includes(now[0] ?? 0) ? true : undefined;
  });
  await until("the extension knows", () => (state().kind === "running" ? true : undefined));
  await found(document, 2);
});

test("rules are explained", async () => {
  const editor = await open("draft.md");
  await found(editor.document, 2);
  editor.selection = new vscode.Selection(2, 36, 2, 36);
  await vscode.commands.executeCommand("copydesk.explain");
  await until("the documentation is shown", () =>
    vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes(RULE))) ? true : undefined,
  );
  const uri = vscode.Uri.from({ scheme: "copydesk-rule", path: RULE });
  assert.match((await vscode.workspace.openTextDocument(uri)).getText(), /names nobody/);
});

test("a settings file is made, and opened where there is one", async () => {
  for (const _ of ["made", "opened"]) {
    await vscode.commands.executeCommand("copydesk.init");
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.fsPath, inFolder("copydesk.toml"));
    // The editor may still have what another test wrote there.
    const asMade = /^#:schema \.\/\.vscode\/copydesk\.schema\.json\n\n[^]*\[rules\]/;
    await until("the file as it is made", () => (asMade.test(document?.getText() ?? "") ? true : undefined));
    // It is brought up to date when the settings are opened so again.
    const schema = inFolder(".vscode/copydesk.schema.json");
    assert.ok(JSON.parse(readFileSync(schema, "utf8")).$defs.RuleLevels.properties[RULE]);
    writeFileSync(schema, "old");
  }
  const own = "# Ours\n[rules]\n";
  writeFileSync(inFolder("copydesk.toml"), own);
  await vscode.commands.executeCommand("copydesk.init");
  assert.equal(readFileSync(inFolder("copydesk.toml"), "utf8"), own, "a file that is there stays as it is");
});

test("the log opens", async () => {
  await vscode.commands.executeCommand("copydesk.log");
});

/** The code actions at a range, by title. */
async function actions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const command = "vscode.executeCodeActionProvider";
  return vscode.commands.executeCommand<vscode.CodeAction[]>(command, document.uri, range);
}

test("a quick fix does what it says", async () => {
  const { document } = await open("draft.md");
  const [first] = await found(document, 2);
  assert.ok(first);
  const all = await actions(document, first.range);
  const insert = all.find(({ title }) => title === "Insert “Ana Ruiz”");
  assert.ok(insert?.edit, `it is offered: ${all.map(({ title }) => title).join(", ")}`);
  assert.ok(!insert.isPreferred, "what names a source is never preferred");
  assert.ok(await vscode.workspace.applyEdit(insert.edit));
  assert.equal(document.lineAt(2).text, "The night buses will stop in May, according to Ana Ruiz.");
  await found(document, 1);
});

test("a finding can be let stand", async () => {
  const { document } = await open("draft.md");
  const [first] = await found(document, 2);
  assert.ok(first);
  await perform(document, first.range, "Let it stand (copydesk.toml)");
  await found(document, 1);
});

/** Does what a code action says, as the editor does it. */
async function perform(document: vscode.TextDocument, range: vscode.Range, title: string): Promise<void> {
  const all = await actions(document, range);
  const action = all.find((offered) => offered.title === title);
  assert.ok(action?.edit, `it is offered: ${all.map((offered) => offered.title).join(", ")}`);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
  }
}

test("settings that are open are changed as they are, saved or not", async () => {
  const settings = inFolder("copydesk.toml");
  writeFileSync(settings, "# The desk\n");
  const { document: marks } = await open("marks.md");
  const [mark] = await found(marks, 1);
  const { document } = await open("draft.md");
  const [first] = await found(document, 2);
  assert.ok(mark && first);
  const editor = await open("copydesk.toml");
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "# Not saved\n"));
  await perform(document, first.range, `Turn off ${RULE} for this project`);
  await found(document, 0);
  await perform(marks, mark.range, "Turn off quote-typography for this project");
  await found(marks, 0);
  const off = `[rules]\n${RULE} = "off"\nquote-typography = "off"\n`;
  assert.equal(readFileSync(settings, "utf8"), `# Not saved\n# The desk\n\n${off}`);
});

test("all safe problems are fixed at once", async () => {
  const { document } = await open("marks.md");
  await found(document, 1);
  await vscode.commands.executeCommand("copydesk.fixAll");
  assert.equal(document.lineAt(2).text, "“We will drive on,” said Ana Ruiz. “Nobody has told us why.”");
  await found(document, 0);
  // And once more, when there is nothing left to fix.
  await vscode.commands.executeCommand("copydesk.fixAll");
});

test("a person is renamed throughout", async () => {
  const { document } = await open("draft.md");
  await found(document, 2);
  const name = new vscode.Position(6, document.lineAt(6).text.indexOf("Ruiz"));
  const command = "vscode.executeDocumentRenameProvider";
  const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(command, document.uri, name, "Ana Ruhl");
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.match(document.lineAt(6).text, /said Ana Ruhl, who/);
  assert.match(document.lineAt(8).text, /^Ruhl said she/);
  assert.ok(!document.getText().includes("Ruiz"));
});

test("hovers say what a finding means and who a person is", async () => {
  const { document } = await open("draft.md");
  await found(document, 2);
  const hover = async (line: number, words: string) => {
    const position = new vscode.Position(line, document.lineAt(line).text.indexOf(words));
    const command = "vscode.executeHoverProvider";
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(command, document.uri, position);
    return hovers.flatMap(({ contents }) => contents.map((text) => (typeof text === "string" ? text : text.value))).join();
  };
  assert.match(await hover(2, "according"), /dangling-attribution/);
  assert.match(await hover(8, "Ruiz"), /Ana Ruiz/);
});

test("the outline, and the sources at hand", async () => {
  const editor = await open("draft.md");
  const { document } = editor;
  await found(document, 2);
  const outline = "vscode.executeDocumentSymbolProvider";
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(outline, document.uri);
  assert.match(JSON.stringify(symbols), /Night buses/);
  // Sticky scroll and breadcrumbs take what is longer for a part of the text.
  for (const group of symbols.filter(({ name }) => ["Sources", "People"].includes(name))) {
    assert.ok(group.range.isSingleLine, group.name);
  }
  await editor.edit((edit) => edit.insert(new vscode.Position(2, 46), " "));
  const complete = "vscode.executeCompletionItemProvider";
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(complete, document.uri, new vscode.Position(2, 47));
  const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
  assert.ok(labels.some((label) => label.includes("Ana Ruiz")), labels.join(", "));
});
