//! What browsers are told of every answer: to load nothing from elsewhere, to run no
//! script that the page didn't come with, to show it to no other site.
//!
//! Invariant: an inline script runs only if its text is the one that was read from disk.

use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest as _, Sha256};

/// What every answer says, besides its policy.
pub(crate) const ALWAYS: [(&str, &str); 5] = [
    ("cache-control", "no-cache"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];

/// Adds them.
pub(crate) fn add(headers: &mut HeaderMap, policy: &HeaderValue) {
    for (name, value) in ALWAYS {
        let name = HeaderName::from_static(name);
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("content-security-policy", policy.clone());
}

/// The policy of a page: its own inline scripts may run, by their digests. Pictures bring
/// style sheets, and tables bring style attributes; what they can do is not worth the
/// hundred digests.
pub(crate) fn of_page(page: &str) -> HeaderValue {
    let mut digests: Vec<_> = inline_scripts(page).map(digest).collect();
    digests.sort();
    digests.dedup();
    let policy = format!(
        "default-src 'none'; script-src 'self'{}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; \
         frame-ancestors 'self'; base-uri 'self'; form-action 'none'",
        digests.concat()
    );
    HeaderValue::try_from(policy).expect("printable ASCII")
}

/// The texts of the scripts that are written in the page, and not beside it.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    let elements = page.split("<script").skip(1);
    elements.filter_map(|element| {
        let (attributes, rest) = element.split_once('>')?;
        let (text, _) = rest.split_once("</script")?;
        (!attributes.contains("src=")).then_some(text)
    })
}

fn digest(script: &str) -> String {
    format!(" 'sha256-{}'", base64(&Sha256::digest(script)))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| {
        let padded = [0, 1, 2].map(|i| u32::from(*three.get(i).unwrap_or(&0)));
        let bits = padded[0] << 16 | padded[1] << 8 | padded[2];
        let digit = |i: usize| char::from(DIGITS[(bits >> (18 - 6 * i) & 63) as usize]);
        [0, 1, 2, 3].map(|i| if i <= three.len() { digit(i) } else { '=' })
    };
    bytes.chunks(3).flat_map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::{base64, inline_scripts, of_page};

    #[test]
    fn digests_are_written_as_browsers_compute_them() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let coded = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        assert_eq!(texts.map(|it| base64(it.as_bytes())), coded);
        let policy = of_page("<script>alert(1)</script>");
        let known = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        assert!(policy.to_str().unwrap().contains(known), "{policy:?}");
    }

    #[test]
    fn scripts_that_lie_beside_a_page_need_no_digest() {
        let page = "<script src=a.js></script><script>\nb</script>c<script defer>d";
        assert_eq!(inline_scripts(page).collect::<Vec<_>>(), ["\nb"]);
    }
}
