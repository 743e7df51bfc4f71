//! The user of the library; the same before and after.
fn main() {
    let parcel = parcel::Parcel::load("parcel");
    println!("{} {}", parcel.first(), parcel.label());
}
