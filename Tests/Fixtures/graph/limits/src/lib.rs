//! Recursion that makes ever new types.
pub trait Grow: Sized {
    fn grow(self, depth: usize) -> usize {
        if depth == 0 { leaf() } else { (self, 1u8).grow(depth - 1) }
    }
}
impl<T> Grow for T {}
fn leaf() -> usize {
    0
}
pub fn through_trait<T>(value: T) -> usize {
    value.grow(3)
}
pub fn through_closures<T>(value: T, depth: usize) -> usize {
    if depth == 0 {
        return leaf();
    }
    let next = || through_closures(Box::new(&value), depth - 1);
    next()
}
pub struct List<T>(pub T);
pub trait Nest {
    type Inner: Nest;
    fn nest(self) -> Self::Inner;
}
impl<T> Nest for List<T> {
    type Inner = List<Option<T>>;
    fn nest(self) -> List<Option<T>> {
        List(Some(self.0))
    }
}
pub fn through_associated_types<N: Nest>(value: N, depth: usize) -> usize {
    if depth == 0 { leaf() } else { through_associated_types(value.nest(), depth - 1) }
}
pub fn nested_list<T>(value: T, depth: usize) -> usize {
    through_associated_types(List(value), depth)
}
pub fn drops<T>(value: T, depth: usize) {
    if depth > 0 {
        drops(vec![value], depth - 1)
    }
}
pub fn mutual<A, B>(first: A, second: B, depth: usize) -> usize {
    if depth == 0 { leaf() } else { mutual_back((second, 1u8), [first], depth - 1) }
}
fn mutual_back<A, B>(first: A, second: B, depth: usize) -> usize {
    mutual(first, second, depth)
}
pub fn polymorphic<T>(value: T, depth: usize) {
    if depth > 0 {
        polymorphic(Some(value), depth - 1)
    }
}
