//! The library after its update: a new public function sends, a method writes, and it links a native library.
use std::io::Write;

pub struct Parcel {
    bytes: Vec<u8>,
}

impl Parcel {
    pub fn load(path: &str) -> Parcel {
        let parcel = Parcel { bytes: std::fs::read(path).unwrap_or_default() };
        parcel.remember(path);
        parcel
    }

    fn remember(&self, path: &str) {
        let _ = std::fs::write(format!("{path}.seen"), &self.bytes);
    }

    pub fn first(&self) -> u8 {
        if self.bytes.is_empty() { 0 } else { unsafe { std::mem::transmute::<i8, u8>(*self.bytes.as_ptr() as i8) } }
    }

    pub fn label(&self) -> String {
        codec::encode(&self.bytes)
    }
}

pub fn send(parcel: &Parcel) -> std::io::Result<()> {
    let mut stream = std::net::TcpStream::connect("127.0.0.1:9")?;
    stream.write_all(&parcel.bytes)
}

#[link(name = "parcelnative")]
unsafe extern "C" {
    fn parcel_checksum(bytes: *const u8, length: usize) -> u32;
}

pub fn checksum(parcel: &Parcel) -> u32 {
    unsafe { parcel_checksum(parcel.bytes.as_ptr(), parcel.bytes.len()) }
}
