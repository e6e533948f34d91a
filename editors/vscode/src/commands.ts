// The commands. Each says what it did not find, rather than doing nothing.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { findBinary } from "./binary";
import { findings, LANGUAGES } from "./status";

const run = promisify(execFile);

/** What a menu offers, in its order; the titles are those of the command palette. */
const MENU = ["copydesk.fixAll", "copydesk.explain", "copydesk.init", "copydesk.restart", "copydesk.log"];

/** The scheme of documents with the explanation of a rule. */
const EXPLANATIONS = "copydesk-rule";

/** By this the server has a settings file saved that a code action changed: only what is on the disk takes effect. */
export const SAVE = "copydesk.save";

/** Where the schema of a folder's settings goes: tidied away, and relative, so that it may be shared with the settings. */
const SCHEMA = ".vscode/copydesk.schema.json";

interface Manifest {
  contributes: {
    commands: { command: string; title: string }[];
    configuration: { properties: { "copydesk.rules": { properties: Record<string, { description: string }> } } };
  };
}

/** Registers all commands; `restart` and `log` do what their commands say. */
export function register(context: vscode.ExtensionContext, restart: () => Promise<void>, log: () => void): void {
  const manifest = context.extension.packageJSON as Manifest;
  const commands: Record<string, (...given: never[]) => unknown> = {
    "copydesk.restart": restart,
    "copydesk.log": log,
    "copydesk.fixAll": fixAll,
    "copydesk.explain": () => explain(manifest),
    "copydesk.init": () => initialise(context),
    "copydesk.menu": () => menu(manifest),
    [SAVE]: save,
  };
  for (const [name, command] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, command));
  }
  const explanations = {
    provideTextDocumentContent: async (uri: vscode.Uri) =>
      (await run(await findBinary(context.extensionUri), ["explain", uri.path])).stdout,
  };
  context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(EXPLANATIONS, explanations));
}

async function save(...settings: string[]): Promise<void> {
  for (const uri of settings) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    if (!(await document.save())) {
      void vscode.window.showWarningMessage(`copydesk: ${document.fileName} is changed but could not be saved.`);
    }
  }
}

/** The editor with the draft in front; says so if there is none. */
function draft(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor && LANGUAGES.includes(editor.document.languageId)) {
    return editor;
  }
  void vscode.window.showInformationMessage("copydesk: open a draft first (Markdown, plain text or HTML).");
  return undefined;
}

async function fixAll(): Promise<void> {
  const document = draft()?.document;
  if (!document) {
    return;
  }
  const kind = vscode.CodeActionKind.SourceFixAll.append("copydesk");
  const everything = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    everything,
    kind.value,
    1,
  );
  const edit = actions.find((action) => action.kind?.value === kind.value)?.edit;
  if (!edit) {
    void vscode.window.showInformationMessage("copydesk: nothing here can be fixed without a decision of yours.");
  } else if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage("copydesk: the draft changed in the meantime. Try again.");
  }
}

async function explain(manifest: Manifest): Promise<void> {
  const editor = draft();
  if (!editor) {
    return;
  }
  const cursor = editor.selection.active;
  const code = findings(editor.document.uri).find((found) => found.range.contains(cursor))?.code;
  if (typeof code === "object") {
    await vscode.commands.executeCommand("markdown.showPreview", code.target);
    return;
  }
  const rule = code?.toString() ?? (await chooseRule(manifest));
  if (rule) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: EXPLANATIONS, path: rule }));
    await vscode.window.showTextDocument(document, { preview: true });
  }
}

async function chooseRule(manifest: Manifest): Promise<string | undefined> {
  const rules = manifest.contributes.configuration.properties["copydesk.rules"].properties;
  const items = Object.entries(rules).map(([label, { description }]) => ({ label, detail: description }));
  const placeHolder = "The cursor is on no finding. Which rule?";
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.label;
}

async function initialise(context: vscode.ExtensionContext): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showInformationMessage("copydesk: open the folder with your drafts first; its settings go there.");
    return;
  }
  const folder = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  if (!folder) {
    return;
  }
  const file = vscode.Uri.joinPath(folder.uri, "copydesk.toml");
  try {
    const program = () => findBinary(context.extensionUri);
    if (!(await exists(file))) {
      await run(await program(), ["init"], { cwd: folder.uri.fsPath });
      await prepend(file, `#:schema ./${SCHEMA}\n\n`);
    }
    await refreshSchema(program, folder.uri, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`copydesk: the settings file was not made in full. ${reason}`);
  }
  if (await exists(file)) {
    await vscode.window.showTextDocument(file);
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(file)).then(
    () => true,
    () => false,
  );
}

async function prepend(file: vscode.Uri, lines: string): Promise<void> {
  const text = await vscode.workspace.fs.readFile(file);
  await vscode.workspace.fs.writeFile(file, Buffer.concat([Buffer.from(lines), text]));
}

/** Writes the schema by which extensions for TOML complete the settings, if the settings ask for it. */
async function refreshSchema(
  program: () => Promise<string>,
  folder: vscode.Uri,
  settings: vscode.Uri,
): Promise<void> {
  const text = Buffer.from(await vscode.workspace.fs.readFile(settings)).toString();
  if (text.startsWith(`#:schema ./${SCHEMA}`)) {
    const schema = await run(await program(), ["schema"]);
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, SCHEMA), Buffer.from(schema.stdout));
  }
}

async function menu(manifest: Manifest): Promise<void> {
  const items = MENU.map((command) => ({
    label: manifest.contributes.commands.find((known) => known.command === command)?.title ?? command,
    command,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: "copydesk" });
  if (chosen) {
    await vscode.commands.executeCommand(chosen.command);
  }
}
