//! Writing JSON, and reading the little of it that cargo prints for us.

/// An object that is being written; fields stand in the order in which they are added.
pub struct Object {
    text: String,
}

impl Object {
    pub fn new() -> Object {
        Object { text: "{".to_owned() }
    }

    /// Adds a field whose value is JSON already.
    pub fn raw(&mut self, name: &str, value: &str) {
        if self.text.len() > 1 {
            self.text.push_str(", ");
        }
        self.text.push_str(&quoted(name));
        self.text.push_str(": ");
        self.text.push_str(value);
    }

    pub fn string(&mut self, name: &str, value: &str) {
        self.raw(name, &quoted(value));
    }

    pub fn boolean(&mut self, name: &str, value: bool) {
        self.raw(name, if value { "true" } else { "false" });
    }

    pub fn strings<T: AsRef<str>>(&mut self, name: &str, values: &[T]) {
        self.raw(name, &array(values.iter().map(|value| quoted(value.as_ref()))));
    }

    pub fn finish(mut self) -> String {
        self.text.push('}');
        self.text
    }
}

/// An array of values that are JSON already.
pub fn array(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(", "))
}

/// A string literal with everything escaped that JSON demands.
pub fn quoted(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for character in text.chars() {
        match character {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            control if (control as u32) < 0x20 || control == '\u{7f}' => {
                result.push_str(&format!("\\u{:04x}", control as u32));
            }
            other => result.push(other),
        }
    }
    result.push('"');
    result
}

/// A parsed value. Numbers are not needed here and keep their text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Boolean(bool),
    Number(String),
    String(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Parses a whole text; `None` if it is not JSON or nested deeper than 200 levels.
    pub fn parse(text: &str) -> Option<Value> {
        let mut parser = Parser { bytes: text.as_bytes(), position: 0 };
        let value = parser.value(0)?;
        parser.skip_blanks();
        (parser.position == parser.bytes.len()).then_some(value)
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Object(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn items(&self) -> &[Value] {
        match self {
            Value::Array(items) => items,
            _ => &[],
        }
    }
}

const DEEPEST_NESTING: usize = 200;

struct Parser<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl Parser<'_> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST_NESTING {
            return None;
        }
        self.skip_blanks();
        match *self.bytes.get(self.position)? {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => Some(Value::String(self.string()?)),
            b't' => self.word("true", Value::Boolean(true)),
            b'f' => self.word("false", Value::Boolean(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.position += 1;
        let mut fields = Vec::new();
        if self.closes(b'}') {
            return Some(Value::Object(fields));
        }
        loop {
            self.skip_blanks();
            let name = self.string()?;
            self.skip_blanks();
            self.expect(b':')?;
            fields.push((name, self.value(depth + 1)?));
            if self.closes(b'}') {
                return Some(Value::Object(fields));
            }
            self.expect(b',')?;
        }
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.position += 1;
        let mut items = Vec::new();
        if self.closes(b']') {
            return Some(Value::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.closes(b']') {
                return Some(Value::Array(items));
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Option<String> {
        self.expect(b'"')?;
        let mut bytes = Vec::new();
        loop {
            let byte = *self.bytes.get(self.position)?;
            self.position += 1;
            match byte {
                b'"' => return String::from_utf8(bytes).ok(),
                b'\\' => {
                    let character = self.escape()?;
                    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                other => bytes.push(other),
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let byte = *self.bytes.get(self.position)?;
        self.position += 1;
        Some(match byte {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let first = self.hexadecimal()?;
                if (0xd800..0xdc00).contains(&first) && self.bytes[self.position..].starts_with(b"\\u") {
                    self.position += 2;
                    let second = self.hexadecimal()?;
                    let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    return char::from_u32(0x10000 + ((first - 0xd800) << 10) + low);
                }
                char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => other as char,
        })
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = std::str::from_utf8(self.bytes.get(self.position..self.position + 4)?).ok()?;
        self.position += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.position;
        while self.bytes.get(self.position).is_some_and(|byte| b"+-.eE0123456789".contains(byte)) {
            self.position += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.position]).ok()?;
        (!text.is_empty()).then(|| Value::Number(text.to_owned()))
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        let matches = self.bytes[self.position..].starts_with(word.as_bytes());
        self.position += word.len();
        matches.then_some(value)
    }

    fn closes(&mut self, bracket: u8) -> bool {
        self.skip_blanks();
        let closes = self.bytes.get(self.position) == Some(&bracket);
        self.position += usize::from(closes);
        closes
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        let matches = self.bytes.get(self.position) == Some(&byte);
        self.position += 1;
        matches.then_some(())
    }

    fn skip_blanks(&mut self) {
        while self.bytes.get(self.position).is_some_and(|byte| b" \t\r\n".contains(byte)) {
            self.position += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let text = "a \"quoted\" \\ name\n\u{1}\u{7f}\u{1f980}";
        let mut object = Object::new();
        object.string("text", text);
        object.strings("list", &["x", "y"]);
        object.boolean("yes", true);
        let value = Value::parse(&object.finish()).unwrap();
        assert_eq!(value.get("text").and_then(Value::text), Some(text));
        assert_eq!(value.get("list").unwrap().items().len(), 2);
        assert_eq!(value.get("yes"), Some(&Value::Boolean(true)));
    }

    #[test]
    fn escapes_and_wrong_texts() {
        assert_eq!(Value::parse(r#""\ud83e\udd80\u00e9""#).unwrap().text(), Some("\u{1f980}\u{e9}"));
        for text in ["", "{", "[1,", "\"a", "{\"a\" 1}", "1 2", "\"\\u12\"", &"[".repeat(100_000)] {
            assert_eq!(Value::parse(text), None);
        }
    }
}
