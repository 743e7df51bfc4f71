//! A proc macro crate.
extern crate proc_macro;
use proc_macro::TokenStream;

#[proc_macro_derive(Nothing)]
pub fn derive_nothing(_input: TokenStream) -> TokenStream {
    phases_helper::help(); //~ call phases_helper::help
    TokenStream::new()
}
#[proc_macro]
pub fn read_file(_input: TokenStream) -> TokenStream {
    let _ = std::fs::read("a");
    TokenStream::new()
}
#[proc_macro_attribute]
pub fn keep(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    kept(); //~ call kept
    item
}
fn kept() {}
