//! Names neither version: it has both through facades only.

pub fn drop_of_one() {
    first::shelf();
}

pub fn drop_of_two() {
    second::shelf();
}

pub fn method_of_one() -> usize {
    std::mem::ManuallyDrop::new(first::shelf()).get()
}

pub fn method_of_two() -> usize {
    std::mem::ManuallyDrop::new(second::shelf()).get()
}
