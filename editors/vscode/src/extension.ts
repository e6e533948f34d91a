// Starts the language server and keeps it in step with the settings.

import * as vscode from "vscode";
import { LanguageClient, State as ClientState, StaticFeature, TransportKind } from "vscode-languageclient/node";
import { findBinary, NoBinary } from "./binary";
import { register, SAVE } from "./commands";
import { LANGUAGES, State, Status } from "./status";

/** What other extensions, and the tests, can see. */
export interface Api {
  readonly state: State;
}

/** Documents of other schemes are old versions, output and the like: no drafts. */
const DRAFTS = ["file", "untitled"].flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language })));

/** The server is shown settings files as well, so that an action can change one as it is here, saved or not. */
const SETTINGS_FILES = { scheme: "file", pattern: "**/copydesk.toml" };

/** Tells the server that this client has the command that saves settings. */
const SAVES: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { commands: { commands: [SAVE] } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

const SETTINGS = "Open settings";
const INSTALL = "How to install it";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const status = new Status();
  const log = vscode.window.createOutputChannel("copydesk");
  const running = (server = new Server(context.extensionUri, status, log));
  context.subscriptions.push(status, log);
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("copydesk.path")) {
        void running.restart();
      }
    }),
  );
  register(
    context,
    () => running.restart(),
    () => log.show(true),
  );
  await running.restart();
  return {
    get state() {
      return status.state;
    },
  };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** The language server, at most one at a time. */
class Server {
  private client: LanguageClient | undefined;
  /** Starts and stops wait for each other. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly extension: vscode.Uri,
    private readonly status: Status,
    private readonly log: vscode.OutputChannel,
  ) {}

  restart(): Promise<void> {
    return this.next(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step);
    return this.last;
  }

  private async begin(): Promise<void> {
    this.status.state = { kind: "starting" };
    try {
      const command = await findBinary(this.extension);
      this.log.appendLine(`The program is ${command}`);
      const client = this.connect(command);
      this.client = client;
      await client.start();
    } catch (error) {
      this.fail(error);
    }
  }

  private connect(command: string): LanguageClient {
    const client = new LanguageClient(
      "copydesk",
      "copydesk",
      { command, args: ["server"], transport: TransportKind.stdio },
      {
        documentSelector: [...DRAFTS, SETTINGS_FILES],
        diagnosticCollectionName: "copydesk",
        outputChannel: this.log,
      },
    );
    client.registerFeature(SAVES);
    client.onDidChangeState(({ newState }) => {
      if (client !== this.client) {
        return;
      }
      if (newState === ClientState.Running) {
        this.status.state = { kind: "running", version: client.initializeResult?.serverInfo?.version ?? "" };
      } else if (newState === ClientState.Starting) {
        this.status.state = { kind: "starting" };
      } else {
        this.status.state = { kind: "failed", message: "copydesk stopped unexpectedly; the log may say why" };
      }
    });
    return client;
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.status.state = { kind: "stopped" };
    try {
      await client?.dispose();
    } catch (error) {
      // A server that failed or does not answer has nothing left to stop.
      this.log.appendLine(`The server did not stop in order: ${String(error)}`);
    }
  }

  private fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.status.state = { kind: "failed", message };
    this.log.appendLine(message);
    if (error instanceof NoBinary) {
      // Nobody waits for the answer: the editor must not, and the tests cannot give one.
      void this.help(error);
    }
  }

  private async help(problem: NoBinary): Promise<void> {
    const buttons = problem.inSettings ? [SETTINGS] : [INSTALL, SETTINGS];
    const chosen = await vscode.window.showErrorMessage(problem.message, ...buttons);
    if (chosen === SETTINGS) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "copydesk.path");
    } else if (chosen === INSTALL) {
      await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(this.extension, "README.md"));
    }
  }
}
