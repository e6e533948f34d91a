//! A folder of drafts to run copydesk in.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A draft with two errors and nothing else, whatever other rules say.
pub const BAD: &str = "The TK-year-old driver was unhurt.\n\nHe was TK at the time.\n";

/// A folder that goes when the test ends.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// Where `name` is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file there.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a file");
        self
    }

    /// What the file holds now.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file")
    }

    /// The names in the folder, sorted.
    pub fn list(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// copydesk in this folder, without the environment's wishes.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("copydesk"));
        command.args(args).current_dir(self.folder.path());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RAYON_NUM_THREADS", "COLUMNS"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs copydesk.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("copydesk runs")
    }

    /// Runs copydesk with something on its standard input.
    pub fn run_with(&self, args: &[&str], input: impl Into<Vec<u8>>) -> Output {
        assert_cmd::Command::from_std(self.command(args))
            .write_stdin(input)
            .output()
            .expect("copydesk runs")
    }

    /// Runs each command line and returns all that is printed, with the exit codes.
    pub fn transcript(&self, lines: &[&str]) -> String {
        let mut out = String::new();
        for line in lines {
            let args: Vec<&str> = line.split(' ').filter(|arg| !arg.is_empty()).collect();
            out += &said(line, &self.run(&args));
        }
        out
    }

    /// Runs a line of shell in this folder; `$COPYDESK` is the binary.
    pub fn shell(&self, line: &str) -> Output {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("COPYDESK", assert_cmd::cargo::cargo_bin!("copydesk"));
        command.output().expect("sh runs")
    }
}

/// A command line with its answer.
pub fn said(line: &str, output: &Output) -> String {
    let mut out = format!("$ copydesk {line}\n{}", text(&output.stdout));
    if !output.stderr.is_empty() {
        out += &format!("--- standard error\n{}", text(&output.stderr));
    }
    out + &format!("[{}]\n\n", code(output))
}

/// The exit code; -1 for a signal.
pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

/// Bytes as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Compares with `tests/cli/transcripts/NAME.snap`.
pub fn compare(name: &str, transcript: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("transcripts");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, transcript));
}
