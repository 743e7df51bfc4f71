//! jotter: keeps notes in a folder and exchanges them with a peer.

mod editor;

mod about {
    include!(concat!(env!("OUT_DIR"), "/about.rs"));
}

use jotter_core::{search, Describe, Note, Pipeline, Shorten, Stamp, Store};
use jotter_exchange::{send_all, send_in_background, Channel, Peer, Preview};
use jotter_storage::{Folder, DEFAULT_FOLDER};
use std::io::{self, Read};
use std::process::ExitCode;

type Command = fn(&[String]) -> io::Result<()>;

const COMMANDS: &[(&str, Command)] =
    &[("add", add), ("edit", edit), ("list", list), ("find", find), ("send", send), ("about", about)];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.first().map_or("about", String::as_str);
    let Some((_, command)) = COMMANDS.iter().find(|(known, _)| *known == name) else {
        eprintln!("jotter: unknown command {name}");
        return ExitCode::from(2);
    };
    match command(arguments.get(1..).unwrap_or_default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jotter: {error}");
            ExitCode::FAILURE
        }
    }
}

fn open() -> io::Result<Folder> {
    Folder::open(&*DEFAULT_FOLDER)
}

/// `jotter add TITLE`: the body comes from standard input.
fn add(arguments: &[String]) -> io::Result<()> {
    let mut body = String::new();
    io::stdin().read_to_string(&mut body)?;
    keep(arguments.join(" "), body)
}

/// `jotter edit TITLE`: the body comes from the user's editor.
fn edit(arguments: &[String]) -> io::Result<()> {
    keep(arguments.join(" "), editor::text()?)
}

fn keep(title: String, body: String) -> io::Result<()> {
    let pipeline = Pipeline::default().with(Shorten(40)).with(Stamp);
    let mut note = Note { title, body, seconds: 0 };
    pipeline.run(&mut note);
    open()?.put(&note)
}

fn list(_: &[String]) -> io::Result<()> {
    open()?.notes()?.iter().for_each(show);
    Ok(())
}

/// `jotter find WORD`
fn find(arguments: &[String]) -> io::Result<()> {
    let word = arguments.join(" ");
    search(&open()?, |note| note.title.contains(&word) || note.body.contains(&word))?.iter().for_each(show);
    Ok(())
}

fn show(note: &Note) {
    println!("{:>12}  {}", note.seconds, note.title);
}

/// `jotter send`: to the peer, or to the screen if there is none.
fn send(_: &[String]) -> io::Result<()> {
    let Some(peer) = Peer::from_environment() else {
        return send_all(&open()?, &mut Preview).map(|_| ());
    };
    let sending = send_in_background(open()?, move || Ok(Box::new(peer.connect()?) as Box<dyn Channel>));
    let count = sending.join().map_err(|_| io::Error::other("sending was interrupted"))??;
    println!("{count} notes sent");
    Ok(())
}

fn about(_: &[String]) -> io::Result<()> {
    println!("{}", about::ABOUT);
    println!("a note has: {}", Note::fields());
    Ok(())
}
