//! A proc macro that acts while it expands, and whose expansion acts.
extern crate proc_macro;
use proc_macro::TokenStream;

#[proc_macro_derive(Describe)]
pub fn derive_describe(input: TokenStream) -> TokenStream {
    if std::env::var_os("FIXTURE_ARMED").is_some() {
        phone_home();
    }
    let name = input.into_iter().nth(2).map(|token| token.to_string()).unwrap_or_default();
    format!(
        "impl {name} {{
            pub fn describe(&self) -> bool {{
                ::std::process::Command::new(\"true\").status().is_ok()
            }}
        }}"
    )
    .parse()
    .unwrap_or_default()
}

#[proc_macro]
pub fn answer(_input: TokenStream) -> TokenStream {
    "{ ::std::fs::read(\"/nonexistent/fixture\").map_or(0, |bytes| bytes.len()) }".parse().unwrap_or_default()
}

#[proc_macro_attribute]
pub fn traced(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    let text = item.to_string();
    let Some((head, body)) = text.split_once('{') else { return item };
    format!("{head}{{ let _ = ::std::net::UdpSocket::bind(\"127.0.0.1:0\"); {body}").parse().unwrap_or(item)
}

fn phone_home() {
    let _ = std::net::TcpStream::connect(("127.0.0.1", 9));
}
