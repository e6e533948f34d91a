//! Real editors drive the language server: Neovim 0.11 and the system's Neovim (Debian's is 0.7.2) with the plugin of
//! `editors/neovim`, and Emacs with eglot. `tests/editors/neovim/install.sh` installs them.
//!
//! A test whose editor is absent says so and passes, unless `COPYDESK_REQUIRE_EDITORS=1`, as in CI. `COPYDESK_BIN` names
//! another program than the one that was built.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// How long an editor may take. Each wait inside has a shorter limit of its own and says what it waited for.
const PATIENCE: Duration = Duration::from_secs(240);

const CHECKOUT: &str = env!("CARGO_MANIFEST_DIR");

/// An editor, by the program that runs it.
#[derive(Clone, Copy)]
enum Editor {
    /// Neovim 0.11, from `target/editors`.
    Neovim,
    /// Whatever Neovim the system has.
    SystemNeovim,
    Emacs,
}

impl Editor {
    fn name(self) -> &'static str {
        match self {
            Self::Neovim => "Neovim 0.11 in target/editors",
            Self::SystemNeovim => "a Neovim of the system",
            Self::Emacs => "Emacs with eglot",
        }
    }

    fn program(self) -> PathBuf {
        match self {
            Self::Neovim => Path::new(CHECKOUT).join("target/editors/neovim/bin/nvim"),
            Self::SystemNeovim => "nvim".into(),
            Self::Emacs => "emacs".into(),
        }
    }

    /// Whether it runs here.
    fn is_there(self) -> bool {
        let mut command = Command::new(self.program());
        match self {
            Self::Emacs => command.args(["--batch", "--eval"]).arg(
                "(progn (require 'package) (package-initialize) (kill-emacs (if (require 'eglot nil t) 0 1)))",
            ),
            _ => command.arg("--version"),
        };
        let done =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        done.is_ok_and(|status| status.success())
    }

    /// The command that runs a script of `tests/editors`.
    fn command(self, script: &str) -> Command {
        let script = Path::new(CHECKOUT).join("tests/editors").join(script);
        let mut command = Command::new(self.program());
        if let Self::Emacs = self {
            command.args(["--batch", "-l"]).arg(script);
            return command;
        }
        let plugin = Path::new(CHECKOUT).join("editors/neovim");
        command.args(["--headless", "--clean", "-n", "--cmd"]);
        command.arg(format!("set runtimepath^={}", plugin.display())).arg("-S").arg(script);
        command.env("COPYDESK_PLUGIN", plugin);
        command
    }
}

/// Runs a script in an editor and an empty folder, and fails with all that was said if the script does.
fn drive(editor: Editor, script: &str, way: &str) {
    if !editor.is_there() {
        let required = env::var_os("COPYDESK_REQUIRE_EDITORS").is_some_and(|value| value == "1");
        assert!(!required, "{} is required and absent", editor.name());
        eprintln!(
            "SKIPPED {script}: {} is absent (tests/editors/neovim/install.sh)",
            editor.name()
        );
        return;
    }
    let home = tempfile::tempdir().unwrap();
    // On some systems the folder for temporary files is a link, and editors ask for the true name.
    let home = home.path().canonicalize().unwrap();
    let work = home.join("work");
    fs::create_dir(&work).unwrap();
    let binary = env::var_os("COPYDESK_BIN").unwrap_or(env!("CARGO_BIN_EXE_copydesk").into());
    let mut command = editor.command(script);
    command
        .current_dir(&work)
        .env("HOME", &home)
        .env("COPYDESK_BIN", binary)
        .env("COPYDESK_WAY", way);
    command.env("COPYDESK_CHECKOUT", CHECKOUT);
    command.env("COPYDESK_TESTS", Path::new(CHECKOUT).join("tests/editors/neovim"));
    for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
        command.env(format!("XDG_{name}_HOME"), home.join(name.to_lowercase()));
    }
    command.env_remove("NVIM").env_remove("XDG_RUNTIME_DIR").env_remove("COPYDESK_TEST_PANIC");
    let (status, said) = finish(command);
    let passed = status.is_some_and(|status| status.success());
    assert!(passed, "{script} in {}: {status:?}\n{said}\n{}", editor.name(), logs(&home));
}

/// Runs a command to its end, or ends it when its time is over. Returns what it wrote.
fn finish(mut command: Command) -> (Option<ExitStatus>, String) {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (out, err) = (listen(child.stdout.take()), listen(child.stderr.take()));
    let status = wait(&mut child);
    (status, format!("{}{}", out.join().unwrap(), err.join().unwrap()))
}

fn wait(child: &mut Child) -> Option<ExitStatus> {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

fn listen(pipe: Option<impl std::io::Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = Vec::new();
        let _ = pipe.unwrap().read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    })
}

/// The end of the editor's own log of the protocol.
fn logs(home: &Path) -> String {
    let files = ["state/nvim/lsp.log", "cache/nvim/lsp.log"].map(|name| home.join(name));
    let texts = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    let ends = texts.map(|text| {
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    });
    ends.collect()
}

macro_rules! tests {
    ($($name:ident: $editor:ident, $script:literal, $way:literal;)*) => {
        $(#[test] fn $name() { drive(Editor::$editor, $script, $way); })*
    };
}

tests! {
    findings_in_neovim_by_setup: Neovim, "neovim/findings.lua", "setup";
    findings_in_neovim_by_enable: Neovim, "neovim/findings.lua", "enable";
    findings_in_the_system_s_neovim: SystemNeovim, "neovim/findings.lua", "setup";
    fixes_and_people_in_neovim_by_setup: Neovim, "neovim/actions.lua", "setup";
    fixes_and_people_in_neovim_by_enable: Neovim, "neovim/actions.lua", "enable";
    fixes_and_people_in_the_system_s_neovim: SystemNeovim, "neovim/actions.lua", "setup";
    settings_in_neovim_by_setup: Neovim, "neovim/settings.lua", "setup";
    settings_in_neovim_by_enable: Neovim, "neovim/settings.lua", "enable";
    settings_in_the_system_s_neovim: SystemNeovim, "neovim/settings.lua", "setup";
    health_in_neovim_by_setup: Neovim, "neovim/health.lua", "setup";
    health_in_neovim_by_enable: Neovim, "neovim/health.lua", "enable";
    health_in_the_system_s_neovim: SystemNeovim, "neovim/health.lua", "setup";
    a_missing_program_in_neovim_by_setup: Neovim, "neovim/missing.lua", "setup";
    a_missing_program_in_neovim_by_enable: Neovim, "neovim/missing.lua", "enable";
    a_missing_program_in_the_system_s_neovim: SystemNeovim, "neovim/missing.lua", "setup";
    findings_in_emacs: Emacs, "emacs/eglot.el", "";
}

/// What `editors/README.md` names is what is tried; of the system's editors it names those of Debian.
#[test]
fn the_neovim_that_is_tried_is_the_one_that_is_named() {
    if !Editor::Neovim.is_there() {
        return eprintln!("SKIPPED: {} is absent", Editor::Neovim.name());
    }
    let output = Command::new(Editor::Neovim.program()).arg("--version").output().unwrap();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = output.lines().next().and_then(|line| line.strip_prefix("NVIM v")).unwrap();
    let readme = fs::read_to_string(Path::new(CHECKOUT).join("editors/README.md")).unwrap();
    assert!(readme.contains(&format!("| {version} in every CI run,")), "{version}");
}
