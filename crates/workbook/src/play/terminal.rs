//! The terminal while a recording is open in it: another screen, keys one by one.
//!
//! Invariant: the terminal is as it was however this ends: by quitting, by an error, by a
//! panic. A panic's message comes after that, where it can be read.

use std::io::{self, Write as _};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::terminal::{
    Clear, ClearType, DisableLineWrap, EnableLineWrap, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};

use super::ink::Line;

/// Whether there is something to give back. Leaving the other screen twice would put the
/// cursor over a panic's message.
static IS_OPEN: AtomicBool = AtomicBool::new(false);

/// A terminal that is taken over for as long as this value lives.
pub(crate) struct Terminal {
    /// Whether styles are written.
    has_styles: bool,
}

impl Terminal {
    /// Takes it over.
    pub(crate) fn open(has_styles: bool) -> io::Result<Self> {
        restore_before_a_panic_is_told();
        let terminal = Terminal { has_styles }; // from here on, an error restores
        IS_OPEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, Hide, DisableLineWrap)?;
        Ok(terminal)
    }

    /// Shows `lines`: as many as the terminal is high.
    pub(crate) fn show(&self, lines: &[Line]) -> io::Result<()> {
        let mut frame: Vec<u8> = Vec::new();
        for (row, line) in (0..).zip(lines) {
            let text = if self.has_styles { line.painted() } else { line.text() };
            queue!(frame, MoveTo(0, row), Clear(ClearType::CurrentLine))?;
            frame.extend(text.as_bytes());
        }
        let mut stdout = io::stdout().lock();
        stdout.write_all(&frame)?;
        stdout.flush()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back, once. An error has nowhere to go.
fn restore() {
    if IS_OPEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stdout(), EnableLineWrap, Show, LeaveAlternateScreen);
        let _ = disable_raw_mode();
    }
}

fn restore_before_a_panic_is_told() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            tell(panic);
        }));
    });
}
