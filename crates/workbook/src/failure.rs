//! Why a command ends without what was asked for, and with which exit code.
//!
//! Invariant: every failure is said once, on standard error, as `error: ...`. It is text
//! for people: only the exit code is for programs.

use std::fmt::Display;
use std::process::ExitCode;

use bookbinder::Error;

use crate::out;

/// A message for a person, and an exit code for a program.
#[derive(Debug)]
pub(crate) struct Failure {
    /// 1: something failed; 2: something was asked for that isn't there; more than 128:
    /// somebody ended it.
    code: u8,
    /// What was being done, why it failed, and what to do about it.
    message: String,
}

impl Failure {
    /// Something failed: exit code 1.
    pub(crate) fn failed(message: impl Display) -> Self {
        let message = message.to_string();
        Failure { code: 1, message }
    }

    /// Something was asked for that isn't there: exit code 2.
    pub(crate) fn usage(message: impl Display) -> Self {
        let message = message.to_string();
        Failure { code: 2, message }
    }

    /// Somebody ended it, by this signal: its exit code is the shells' for that.
    pub(crate) fn stopped(signal: i32) -> Self {
        let code = u8::try_from(128 + signal).unwrap_or(1);
        Failure { code, message: "stopped; nothing is left behind".to_owned() }
    }

    /// The failure, unless `result` is none, of doing `action` to `thing`.
    pub(crate) fn to_do(action: &str, thing: impl Display, cause: impl Display) -> Self {
        Self::failed(format!("can't {action} {thing}: {cause}"))
    }

    /// Says it on standard error.
    pub(crate) fn report(&self) -> ExitCode {
        let red = anstyle::AnsiColor::Red.on_default().bold();
        out::say(&format!("{red}error{red:#}: {}", self.message));
        ExitCode::from(self.code)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::failed(error)
    }
}
