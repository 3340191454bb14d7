//! What is in a Fluent file: its keys, and the arguments that each text takes.
//!
//! Read by the build script (of English, for the keys' check) and by the tests (of every
//! language). An argument counts wherever it stands: in a branch, or as what is chosen by.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// Key, or `key.attribute`, to the names of the text's arguments.
pub type Texts = BTreeMap<String, BTreeSet<String>>;

/// Reads a file.
///
/// # Errors
/// What Fluent does not understand; a key that is there twice.
pub fn read(source: &str) -> Result<Texts, String> {
    let resource = parser::parse(source).map_err(|(_, errors)| format!("{errors:?}"))?;
    let mut texts = Texts::new();
    let mut add = |name: String, pattern: &Pattern<&str>| {
        let mut arguments = BTreeSet::new();
        of_pattern(pattern, &mut arguments);
        match texts.insert(name.clone(), arguments) {
            None => Ok(()),
            Some(_) => Err(format!("{name} is there twice")),
        }
    };
    for entry in &resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        if let Some(pattern) = &message.value {
            add(message.id.name.to_owned(), pattern)?;
        }
        for attribute in &message.attributes {
            let name = format!("{}.{}", message.id.name, attribute.id.name);
            add(name, &attribute.value)?;
        }
    }
    Ok(texts)
}

fn of_pattern(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, found);
        }
    }
}

fn of_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, found),
        Expression::Select { selector, variants } => {
            of_inline(selector, found);
            variants
                .iter()
                .for_each(|variant| of_pattern(&variant.value, found));
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, found),
        _ => {}
    }
}
