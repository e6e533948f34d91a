// Finds the program: the one that the settings name, else the one in the extension, else one on the PATH or where cargo puts it.

import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

const NAME = process.platform === "win32" ? "copydesk.exe" : "copydesk";

/** Milliseconds that the program has to say what it can do. */
const PATIENCE = 10_000;

/** Why there is no program to run, in words for the writer. */
export class NoBinary extends Error {
  constructor(
    message: string,
    /** Whether the way out is the setting, and not an installation. */
    readonly inSettings: boolean,
  ) {
    super(message);
  }
}

/** The full path of a program that can serve an editor. Throws `NoBinary` if there is none. */
export async function findBinary(extension: vscode.Uri): Promise<string> {
  const setting = vscode.workspace.getConfiguration("copydesk").get<string>("path", "").trim();
  if (setting !== "") {
    const program = absolute(setting);
    if (!(await isFile(program))) {
      throw new NoBinary(`The setting copydesk.path names ${program}, but no program is there.`, true);
    }
    return usable(program, true);
  }
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  // Editors that are started from a dock or a menu do not see the PATH of a shell.
  const cargo = path.join(process.env["CARGO_HOME"] ?? path.join(homedir(), ".cargo"), "bin");
  let first: unknown;
  for (const folder of new Set([vscode.Uri.joinPath(extension, "server").fsPath, ...onPath, cargo])) {
    const program = path.join(folder, NAME);
    if (await isFile(program)) {
      try {
        return await usable(program, false);
      } catch (problem) {
        // One for another system, or an old one, does not hide one that works.
        first ??= problem;
      }
    }
  }
  if (first !== undefined) {
    throw first;
  }
  throw new NoBinary(
    "The program copydesk is not installed here, so drafts are not checked. Install it, or say where it is in the setting copydesk.path.",
    false,
  );
}

/** A path as settings have it: from the home folder, or from the first folder that is open. */
function absolute(setting: string): string {
  if (setting === "~" || /^~[/\\]/.test(setting)) {
    return path.join(homedir(), setting.slice(1));
  }
  return path.resolve(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir(), setting);
}

async function isFile(file: string): Promise<boolean> {
  try {
    const stat = await vscode.workspace.fs.stat(vscode.Uri.file(file));
    return (stat.type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}

/** Returns the program if it knows the command `server`. */
async function usable(program: string, inSettings: boolean): Promise<string> {
  try {
    await access(program, constants.X_OK);
  } catch {
    throw new NoBinary(`${program} is not a program that may be run. Check its permissions.`, inSettings);
  }
  const help = await new Promise<string | Error>((done) => {
    execFile(program, ["server", "--help"], { timeout: PATIENCE }, (error, stdout) => done(error ?? stdout));
  });
  if (typeof help === "string" && help.includes("--stdio")) {
    return program;
  }
  // A number is the status that the program ended with; a word says why it did not run at all.
  const failed = help instanceof Error && typeof (help as NodeJS.ErrnoException).code === "string";
  throw new NoBinary(
    failed
      ? `${program} does not run on this computer: ${help.message}`
      : `${program} is not copydesk, or a version too old to serve an editor. Install a newer one.`,
    inSettings,
  );
}
