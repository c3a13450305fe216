//! Walks a Rust file and notes each item, its members, and the lines they take.
//!
//! Invariant: what is noted is in the order of the file, an item before its members. What
//! a name means among them is left to `items`.

use proc_macro2::Span;
use proc_macro2::extra::DelimSpan;
use syn::spanned::Spanned as _;
use syn::{ImplItem, Item, TraitItem};

use crate::Error;
use crate::items::{Entry, Groups, Lines};

/// Everything in a file: items and members, and the lines that are asked for together.
pub(crate) fn read(text: &str) -> Result<(Vec<Entry>, Groups), Error> {
    let file = syn::parse_file(text).map_err(|cause| {
        let at = cause.span().start();
        Error::new(format!("line {}: {cause}: is it Rust?", at.line))
    })?;
    let mut reader = Reader { text: text.lines().collect(), entries: Vec::new() };
    let heads = file.attrs.iter().map(|attr| lines_of(attr.span())).collect();
    let (mut uses, mut mods) = (Vec::new(), Vec::new());
    for item in &file.items {
        match item {
            Item::Use(_) => uses.push(reader.lines(item.span())),
            Item::Mod(it) if it.content.is_none() => mods.push(reader.lines(item.span())),
            _ => {}
        }
        reader.item("", item);
    }
    let groups = vec![("//!", heads), ("use", uses), ("mod", mods)];
    Ok((reader.entries, groups))
}

/// Walks a file's items and notes each.
struct Reader<'a> {
    /// The file's lines.
    text: Vec<&'a str>,
    /// What was found so far.
    entries: Vec<Entry>,
}

impl Reader<'_> {
    /// Notes `item`, which stands in the module `path` (`""`, or `tests::`).
    fn item(&mut self, path: &str, item: &Item) {
        match item {
            Item::Impl(it) => self.implementation(path, it),
            Item::Trait(it) => self.definition(path, it),
            Item::Mod(it) => {
                let name = format!("{path}{}", it.ident);
                let Some((brace, items)) = &it.content else {
                    return self.note("mod", &name, item.span(), None);
                };
                let frame = Some((it.mod_token.span, brace.span));
                self.note("mod", &name, item.span(), frame);
                for inner in items {
                    self.item(&format!("{name}::"), inner);
                }
            }
            _ => {
                if let Some((kind, name)) = plain(item) {
                    self.note(kind, &format!("{path}{name}"), item.span(), None);
                }
            }
        }
    }

    fn definition(&mut self, path: &str, it: &syn::ItemTrait) {
        let name = format!("{path}{}", it.ident);
        let frame = Some((it.trait_token.span, it.brace_token.span));
        self.note("trait", &name, it.span(), frame);
        for member in &it.items {
            let Some(member_name) = trait_member(member) else {
                continue;
            };
            let full = format!("trait {name}::{member_name}");
            let aliases = vec![format!("{name}::{member_name}")];
            self.add(full, aliases, member.span(), None);
        }
    }

    fn implementation(&mut self, path: &str, it: &syn::ItemImpl) {
        let target = source(it.self_ty.span());
        let bare = without_generics(&target);
        let traits = it.trait_.as_ref().map(|(of, _)| source(of.span()));
        let (name, loose) = match &traits {
            Some(of) => (
                format!("impl {of} for {target}"),
                format!("impl {} for {bare}", without_generics(of)),
            ),
            None => (format!("impl {target}"), format!("impl {bare}")),
        };
        let frame = Some((it.impl_token.span, it.brace_token.span));
        self.add(name.clone(), vec![loose.clone()], it.span(), frame);
        for member in &it.items {
            let Some(member_name) = impl_member(member) else { continue };
            let full = format!("{name}::{member_name}");
            let mut aliases = vec![
                format!("{path}{bare}::{member_name}"),
                format!("{loose}::{member_name}"),
            ];
            let of = traits.as_deref().map(without_generics);
            aliases.extend(of.map(|of| format!("{of}::{member_name}")));
            self.add(full, aliases, member.span(), None);
        }
    }

    fn note(
        &mut self,
        kind: &str,
        name: &str,
        span: Span,
        frame: Option<(Span, DelimSpan)>,
    ) {
        self.add(format!("{kind} {name}"), vec![name.to_owned()], span, frame);
    }

    fn add(
        &mut self,
        name: String,
        aliases: Vec<String>,
        span: Span,
        frame: Option<(Span, DelimSpan)>,
    ) {
        let frame = frame.map(|(from, brace)| {
            let last = brace.close().end().line;
            (from.start().line..=brace.open().end().line, last)
        });
        let lines = self.lines(span);
        self.entries.push(Entry { name, aliases, lines, frame });
    }

    /// The lines of `span`, and the comment lines right above it.
    fn lines(&self, span: Span) -> Lines {
        let lines = lines_of(span);
        let above = &self.text[..lines.start() - 1];
        let is_comment = |line: &&&str| {
            let line = line.trim_start();
            line.starts_with("//") && !line.starts_with("//!")
        };
        let comments = above.iter().rev().take_while(is_comment).count();
        lines.start() - comments..=*lines.end()
    }
}

/// Kind and name of an item that has no members.
fn plain(item: &Item) -> Option<(&'static str, String)> {
    let (kind, ident) = match item {
        Item::Const(it) => ("const", &it.ident),
        Item::Enum(it) => ("enum", &it.ident),
        Item::Fn(it) => ("fn", &it.sig.ident),
        Item::Macro(it) => return Some(invoked(it)),
        Item::Static(it) => ("static", &it.ident),
        Item::Struct(it) => ("struct", &it.ident),
        Item::Type(it) => ("type", &it.ident),
        Item::Union(it) => ("union", &it.ident),
        _ => return None,
    };
    Some((kind, ident.to_string()))
}

/// `macro_rules! NAME`, or a call such as `thread_local!`, which has only that name.
fn invoked(it: &syn::ItemMacro) -> (&'static str, String) {
    let called = format!("{}!", source(it.mac.path.span()));
    let name = it.ident.as_ref().map_or(called, ToString::to_string);
    ("macro", name)
}

fn trait_member(member: &TraitItem) -> Option<String> {
    let ident = match member {
        TraitItem::Const(it) => &it.ident,
        TraitItem::Fn(it) => &it.sig.ident,
        TraitItem::Type(it) => &it.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn impl_member(member: &ImplItem) -> Option<String> {
    let ident = match member {
        ImplItem::Const(it) => &it.ident,
        ImplItem::Fn(it) => &it.sig.ident,
        ImplItem::Type(it) => &it.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn lines_of(span: Span) -> Lines {
    span.start().line..=span.end().line
}

/// What stands in the source there, its blanks made single.
fn source(span: Span) -> String {
    let text = span.source_text().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Queue<T>` without `<T>`; the paths in front of it go too.
fn without_generics(name: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in name.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let last = bare.rsplit("::").next().unwrap_or(&bare);
    last.trim().to_owned()
}
