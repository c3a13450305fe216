//! What a request names.
//!
//! Invariant: a name is decoded once, and taken as it is then. There is no walking up and
//! no second meaning: `..` and `%252e` are names that no file of a site has.

/// The name that `path` stands for, without the slash it begins with; none if it stands
/// for nothing that could be a name.
pub(crate) fn name(path: &str) -> Option<String> {
    let decoded = decode(path.strip_prefix('/')?.as_bytes())?;
    let name = String::from_utf8(decoded).ok()?;
    let is_sound = !name.chars().any(|it| it.is_control() || it == '\\');
    is_sound.then_some(name)
}

/// Each `%XX` as the byte that it stands for.
fn decode(coded: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(coded.len());
    let mut rest = coded.iter();
    while let Some(&byte) = rest.next() {
        decoded.push(match byte {
            b'%' => digit(*rest.next()?)? << 4 | digit(*rest.next()?)?,
            other => other,
        });
    }
    Some(decoded)
}

fn digit(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_is_decoded_once() {
        let decoded = |path| name(path).unwrap();
        assert_eq!(decoded("/"), "");
        assert_eq!(decoded("/ch02-sleep/a%20b.html"), "ch02-sleep/a b.html");
        assert_eq!(decoded("/%252e%252e/x"), "%2e%2e/x");
        assert_eq!(decoded("//etc/passwd"), "/etc/passwd");
        assert_eq!(decoded("/caf%C3%A9"), "caf\u{e9}");
    }

    #[test]
    fn what_can_be_no_name_is_none() {
        for path in [
            "", "*", "a", "/%", "/%4", "/%zz", "/%+1", "/a%00b", "/%0a", "/a%5cb",
            "/a\\b",
        ] {
            assert_eq!(name(path), None, "{path}");
        }
        // Overlong forms of `.` and `/`, and half a surrogate pair, are not UTF-8.
        for path in ["/%c0%ae", "/%c0%af", "/%e0%80%ae", "/%ed%a0%80", "/%ff"] {
            assert_eq!(name(path), None, "{path}");
        }
    }
}
