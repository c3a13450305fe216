//! The index of misconceptions: every claim has a page, a question before its answer, and
//! a program that is shown; or the chapter to come that will have one.

use std::collections::BTreeMap;

use bookbinder::Claim;

use crate::{WORKSPACE, path, scenarios};

fn claims() -> Vec<Claim> {
    bookbinder::claims(&WORKSPACE).unwrap_or_else(|errors| panic!("{errors}"))
}

/// What the pages say of each claim: from its heading to the next.
fn sections() -> BTreeMap<String, Vec<String>> {
    let mut sections = BTreeMap::<String, Vec<String>>::new();
    let folder = path("book/src/misconceptions");
    for page in folder.read_dir().expect("the pages' folder") {
        let page = page.expect("readable").path();
        let text = std::fs::read_to_string(&page).expect("a page is UTF-8");
        for section in text.split("{{#claim ").skip(1) {
            let (name, rest) = section.split_once("}}").expect("a directive has an end");
            sections.entry(name.to_owned()).or_default().push(rest.to_owned());
        }
    }
    sections
}

/// What `section` lacks that a claim's must have.
fn lacks(claim: &Claim, section: &str) -> Vec<&'static str> {
    let verdict = format!("{{{{#verdict {}}}}}", claim.name);
    let (before, answer) = section.split_once("<details>").unwrap_or((section, ""));
    let shown = claim.program.as_ref().map(|(place, name)| match &**place {
        "python" => format!("{{{{#recorded {}}}}}", name.replacen('/', " ", 1)),
        chapter => format!(" {chapter} {name}"),
    });
    let is_shown = |shown: &String| {
        let ends = |part: &str| part.starts_with([' ', '}']) || shown.ends_with("}}");
        answer.split(shown.as_str()).skip(1).any(ends)
    };
    let has = [
        ("a question before the answer", before.contains('?')),
        ("one verdict", section.matches(&verdict).count() == 1),
        ("its program, shown with the answer", shown.as_ref().is_none_or(is_shown)),
        ("a verdict that isn't given away", shown.is_none() || answer.contains(&verdict)),
    ];
    has.into_iter().filter(|(_, has)| !has).map(|(what, _)| what).collect()
}

#[test]
fn every_claim_has_its_question_its_program_and_its_verdict() {
    let sections = sections();
    let mut wrong = Vec::new();
    for claim in claims() {
        match sections.get(&claim.name).map(Vec::as_slice) {
            Some([section]) => {
                let lacks = lacks(&claim, section).into_iter();
                wrong.extend(lacks.map(|what| format!("{} lacks {what}", claim.name)));
            }
            Some(_) => wrong.push(format!("{} stands on several pages", claim.name)),
            None => wrong.push(format!("{} stands on no page", claim.name)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the program that decides a claim exists.
fn exists(claim: &Claim) -> bool {
    claim.program.as_ref().is_none_or(|(place, name)| match &**place {
        "python" => path("tests/oracle").join(format!("{name}.expected")).is_file(),
        chapter => scenarios(chapter).iter().any(|one| one == name),
    })
}

#[test]
fn every_program_page_and_chapter_that_a_claim_names_is_there_or_to_come() {
    let has_page = |claim: &Claim| {
        claim.explained.iter().all(|page| path("book/src").join(page).is_file())
    };
    let is_to_come = |claim: &Claim| {
        claim.coming.iter().all(|number| WORKSPACE.chapter(number).is_err())
    };
    let wrong = claims().into_iter();
    let wrong = wrong.filter(|it| !(exists(it) && has_page(it) && is_to_come(it)));
    let wrong: Vec<_> = wrong.map(|claim| claim.name).collect();
    assert!(
        wrong.is_empty(),
        "no such program or page, or a chapter is built: {wrong:?}"
    );
}

#[test]
fn every_scenario_that_is_made_for_a_claim_decides_one() {
    let decided: Vec<_> = claims().into_iter().filter_map(|it| it.program).collect();
    for chapter in crate::chapters() {
        let own = scenarios(&chapter).into_iter().filter(|it| it.starts_with("claim-"));
        for name in own {
            let program = (chapter.clone(), name);
            assert!(decided.contains(&program), "{program:?} decides no claim");
        }
    }
}

#[test]
fn every_python_program_made_for_a_claim_decides_one() {
    let decided: Vec<_> = claims().into_iter().filter_map(|it| it.program).collect();
    for program in path("tests/oracle/claims").read_dir().expect("a folder") {
        let name = program.expect("readable").file_name().into_string().expect("ASCII");
        let Some(name) = name.strip_suffix(".py") else { continue };
        let program = ("python".to_owned(), format!("claims/{name}"));
        assert!(decided.contains(&program), "{program:?} decides no claim");
    }
}
