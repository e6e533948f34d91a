// The item in the status bar: whether the server runs, and how many findings the draft in front has.

import * as vscode from "vscode";

/** The kinds of documents that are drafts. */
export const LANGUAGES: readonly string[] = ["markdown", "plaintext", "html"];

/** What the server does. */
export type State =
  | { kind: "starting" | "stopped" }
  | { kind: "running"; version: string }
  | { kind: "failed"; message: string };

/** The findings of copydesk in a document. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((found) => found.source === "copydesk");
}

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("copydesk", vscode.StatusBarAlignment.Right, 90);
  private readonly listeners: vscode.Disposable[];
  private current: State = { kind: "starting" };

  constructor() {
    this.item.name = "copydesk";
    this.item.command = "copydesk.menu";
    this.listeners = [
      vscode.languages.onDidChangeDiagnostics(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    ];
    this.show();
  }

  get state(): State {
    return this.current;
  }

  set state(state: State) {
    this.current = state;
    this.show();
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.listeners).dispose();
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const draft = document && LANGUAGES.includes(document.languageId) ? document : undefined;
    const failed = this.current.kind === "failed";
    [this.item.text, this.item.tooltip] = this.words(draft);
    this.item.backgroundColor = failed ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    if (draft || failed) {
      this.item.show();
    } else {
      this.item.hide();
    }
  }

  private words(draft: vscode.TextDocument | undefined): [string, string] {
    switch (this.current.kind) {
      case "starting":
        return ["$(sync~spin) copydesk", "copydesk is starting"];
      case "stopped":
        return ["$(circle-slash) copydesk", "copydesk is stopped"];
      case "failed":
        return ["$(error) copydesk", this.current.message];
      case "running": {
        const count = draft ? findings(draft.uri).length : 0;
        const found = count === 1 ? "1 finding" : `${count || "no"} findings`;
        const icon = count === 0 ? "$(check)" : "$(edit)";
        return [`${icon} copydesk${count === 0 ? "" : ` ${count}`}`, `copydesk ${this.current.version}: ${found}`];
      }
    }
  }
}
