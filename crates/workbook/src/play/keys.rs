//! What a key asks for.
//!
//! Invariant: nothing is done here. Each thing that can be asked for has a key on the line
//! of help.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What the reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Another event.
    Go(Move),
    /// Go on by itself, or stop doing so.
    Play,
    /// Nobody asked: it plays, and the next event's time has come.
    GoOn,
    /// Leave.
    Quit,
    /// Leave, as Ctrl-C does it.
    Interrupt,
}

/// Where to, from the current event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// One event on.
    Next,
    /// One event back.
    Back,
    /// To the first.
    Start,
    /// To the last.
    End,
    /// To the next of the same task; for the loop's events, of the loop.
    NextOfTask,
    /// To the one before of the same task.
    BackOfTask,
    /// To the first of the next turn.
    NextTurn,
    /// To the first of the turn before.
    BackTurn,
}

/// The line of help, from the most wanted: as much is shown as there is room for.
pub(crate) const HELP: [(&str, &str); 7] = [
    ("→", "next"),
    ("←", "back"),
    ("q", "quit"),
    ("space", "play"),
    ("t T", "same task"),
    ("] [", "turn"),
    ("Home End", "first, last"),
];

/// What `key` asks for, if anything.
pub(crate) fn asked(key: KeyEvent) -> Option<Ask> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return (key.code == KeyCode::Char('c')).then_some(Ask::Interrupt);
    }
    Some(match key.code {
        KeyCode::Right | KeyCode::Down | KeyCode::Enter => Ask::Go(Move::Next),
        KeyCode::Left | KeyCode::Up | KeyCode::Backspace => Ask::Go(Move::Back),
        KeyCode::Home => Ask::Go(Move::Start),
        KeyCode::End => Ask::Go(Move::End),
        KeyCode::PageDown => Ask::Go(Move::NextTurn),
        KeyCode::PageUp => Ask::Go(Move::BackTurn),
        KeyCode::Esc => Ask::Quit,
        KeyCode::Char(letter) => return of_letter(letter),
        _ => return None,
    })
}

fn of_letter(letter: char) -> Option<Ask> {
    Some(match letter {
        'n' | 'l' | 'j' => Ask::Go(Move::Next),
        'b' | 'h' | 'k' => Ask::Go(Move::Back),
        'g' => Ask::Go(Move::Start),
        'G' => Ask::Go(Move::End),
        't' => Ask::Go(Move::NextOfTask),
        'T' => Ask::Go(Move::BackOfTask),
        ']' => Ask::Go(Move::NextTurn),
        '[' => Ask::Go(Move::BackTurn),
        ' ' | 'p' => Ask::Play,
        'q' => Ask::Quit,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(keys: &[KeyCode], ask: Ask) {
        for key in keys {
            assert_eq!(asked((*key).into()), Some(ask), "{key:?}");
        }
    }

    #[test]
    fn arrows_and_letters_ask_for_the_same() {
        check(&[KeyCode::Right, KeyCode::Char('n')], Ask::Go(Move::Next));
        check(&[KeyCode::Left, KeyCode::Char('b')], Ask::Go(Move::Back));
        check(&[KeyCode::Home, KeyCode::Char('g')], Ask::Go(Move::Start));
        check(&[KeyCode::End, KeyCode::Char('G')], Ask::Go(Move::End));
        check(&[KeyCode::PageDown, KeyCode::Char(']')], Ask::Go(Move::NextTurn));
        check(&[KeyCode::Char(' '), KeyCode::Char('p')], Ask::Play);
        check(&[KeyCode::Esc, KeyCode::Char('q')], Ask::Quit);
    }

    #[test]
    fn control_c_interrupts_and_other_control_keys_ask_for_nothing() {
        let with_control =
            |c| asked(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL));
        assert_eq!(with_control('c'), Some(Ask::Interrupt));
        assert_eq!(with_control('q'), None);
    }
}
