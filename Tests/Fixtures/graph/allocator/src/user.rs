fn main() {
    bounded::nothing();
}
