//! The words of a directive: plain ones in order, options by name.
//!
//! Invariant: only options that the directive has get this far. What the words mean is
//! left to `directive`.

use crate::Error;

/// Words of a directive, and its options apart.
pub(crate) struct Words {
    /// Its name.
    pub(crate) name: &'static str,
    /// How it is written, for error messages.
    pub(crate) form: &'static str,
    /// What is not an option, in order.
    pub(crate) plain: Vec<String>,
    /// `key=value`, and bare flags with an empty value.
    options: Vec<(String, String)>,
}

impl Words {
    /// Splits `text`, what follows the directive's name.
    pub(crate) fn new(
        name: &'static str,
        form: &'static str,
        text: &str,
    ) -> Result<Self, Error> {
        let (flags, keys): (&[&str], &[&str]) = match name {
            "listing" => (&[], &["around", "lines"]),
            "trace" => (&["fold"], &["lines"]),
            "picture" | "beside" => (&[], &["until"]),
            _ => (&[], &[]),
        };
        let (mut plain, mut options) = (Vec::new(), Vec::new());
        for (word, is_quoted) in split(text)? {
            match word.split_once('=') {
                _ if is_quoted => plain.push(word),
                Some((key, _)) if !keys.contains(&key) => {
                    return Err(Error::unknown(&format!("option of {name}"), key, keys));
                }
                Some((key, value)) => options.push((key.to_owned(), value.to_owned())),
                None if flags.contains(&&*word) => options.push((word, String::new())),
                None => plain.push(word),
            }
        }
        Ok(Words { name, form, plain, options })
    }

    /// The value of an option that is there; a flag's is empty.
    pub(crate) fn option(&self, key: &str) -> Option<&str> {
        let found = self.options.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str())
    }

    /// `lines=A-B`, or `lines=A` for one.
    pub(crate) fn lines(&self) -> Result<Option<(usize, usize)>, Error> {
        let Some(text) = self.option("lines") else { return Ok(None) };
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        match (first.parse(), last.parse()) {
            (Ok(first), Ok(last)) if 1 <= first && first <= last => {
                Ok(Some((first, last)))
            }
            _ => Err(bad("lines", text, "3-9")),
        }
    }

    /// The error that says how the directive is written.
    pub(crate) fn wrong<T>(&self) -> Result<T, Error> {
        let Words { name, form, .. } = self;
        Err(Error::new(format!("`{name}` is written {{{{#{form}}}}}")))
    }
}

/// The error for a value that can't be read.
pub(crate) fn bad(key: &str, value: &str, example: &str) -> Error {
    let message = format!("{key}={value} can't be read; it is written {key}={example}");
    Error::new(message)
}

/// Words parted by blanks; `"two words"` is one. The flag: it was quoted.
fn split(text: &str) -> Result<Vec<(String, bool)>, Error> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let quoted = rest.strip_prefix('"');
        let end = |text: &str| match quoted {
            Some(_) => text.find('"'),
            None => text.find(char::is_whitespace).or(Some(text.len())),
        };
        let from = quoted.unwrap_or(rest);
        let Some(end) = end(from) else {
            return Err(Error::new(format!("`{rest}` lacks its closing quote")));
        };
        words.push((from[..end].to_owned(), quoted.is_some()));
        rest = from[end + usize::from(quoted.is_some())..].trim_start();
    }
    Ok(words)
}
