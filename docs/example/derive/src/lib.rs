//! `#[derive(Describe)]`: lists the names of a struct's fields.

use proc_macro::{Delimiter, TokenStream, TokenTree};

/// Implements `Describe` for a struct with named fields.
#[proc_macro_derive(Describe)]
pub fn derive_describe(input: TokenStream) -> TokenStream {
    let Some((name, fields)) = name_and_fields(input) else {
        return "compile_error!(\"Describe needs a struct with named fields\");".parse().unwrap();
    };
    let separator = std::env::var("JOTTER_FIELD_SEPARATOR").unwrap_or_else(|_| ", ".to_owned());
    let text = fields.join(&separator);
    format!("impl Describe for {name} {{ fn fields() -> &'static str {{ {text:?} }} }}").parse().unwrap()
}

fn name_and_fields(input: TokenStream) -> Option<(String, Vec<String>)> {
    let mut tokens = input.into_iter();
    while !is_word(&tokens.next()?, "struct") {}
    let name = tokens.next()?.to_string();
    let body = tokens.find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    })?;
    Some((name, field_names(body)))
}

/// A field's name is the word before a single colon at the top level.
fn field_names(body: TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    let mut previous = String::new();
    let mut is_type = false;
    for token in body {
        match &token {
            TokenTree::Punct(mark) if mark.as_char() == ':' && !is_type => {
                names.push(std::mem::take(&mut previous));
                is_type = true;
            }
            TokenTree::Punct(mark) if mark.as_char() == ',' => is_type = false,
            TokenTree::Ident(word) if !is_type => previous = word.to_string(),
            _ => {}
        }
    }
    names
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(found) if found.to_string() == word)
}
