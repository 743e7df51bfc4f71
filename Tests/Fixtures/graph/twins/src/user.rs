//! Uses both versions and both namesakes, by renamed dependencies and through facades.

pub fn function_of_one() -> usize {
    one::load()
}

pub fn function_of_two() -> usize {
    two::load()
}

pub fn method_of_one(store: &one::Store) -> usize {
    store.get()
}

pub fn method_of_two(store: &two::Store) -> usize {
    store.get()
}

pub fn trait_of_one(store: &one::Store) -> usize {
    one::Load::fetch(store)
}

pub fn trait_of_two(store: &two::Store) -> usize {
    two::Load::fetch(store)
}

pub fn default_of_one(store: &one::Store) -> usize {
    one::Load::twice(store)
}

pub fn default_of_two(store: &two::Store) -> usize {
    two::Load::twice(store)
}

pub fn clone_of_one(store: &one::Store) -> usize {
    std::mem::ManuallyDrop::new(store.clone()).0
}

pub fn clone_of_two(store: &two::Store) -> usize {
    std::mem::ManuallyDrop::new(store.clone()).0
}

pub fn drop_of_one() {
    let _store = one::Store::new();
}

pub fn drop_of_two() {
    let _store = Some(vec![two::Store::new()]);
}

pub fn generic_of_one(store: &one::Store) -> usize {
    one::with(store)
}

pub fn generic_of_two(store: &two::Store) -> usize {
    two::with(store)
}

fn cloned<T: Clone>(value: &T) -> std::mem::ManuallyDrop<T> {
    std::mem::ManuallyDrop::new(value.clone())
}

pub fn own_generic_of_one(store: &one::Store) -> usize {
    cloned(store).0
}

pub fn own_generic_of_two(store: &two::Store) -> usize {
    cloned(store).0
}

pub fn object_of_one(store: &one::Store) -> usize {
    let object: &dyn one::Load = store;
    object.fetch()
}

pub fn object_of_two(store: &two::Store) -> usize {
    let object: &dyn two::Load = store;
    object.fetch()
}

pub fn closure_of_one() -> usize {
    one::maker()()
}

pub fn closure_of_two() -> usize {
    two::maker()()
}

pub fn pointer_of_one() -> usize {
    (one::LOADER)()
}

pub fn handed_to_std_by_one() -> usize {
    Some(()).map_or(0, |()| one::load()) + None.unwrap_or_else(one::load)
}

pub fn handed_to_std_by_two() -> usize {
    Some(()).map_or(0, |()| two::load()) + None.unwrap_or_else(two::load)
}

pub fn both(store: &one::Store, other: &two::Store) -> usize {
    store.get() + two::Load::fetch(other)
}

pub fn facade_of_one() -> usize {
    first::alpha::load() + first::renamed()
}

pub fn facade_of_two() -> usize {
    second::inner::load() + second::load()
}

pub fn facade_type_of_one(store: &first::Shelf) -> usize {
    first::Fetch::fetch(store)
}

pub fn facade_type_of_two(store: &second::Store) -> usize {
    second::Load::fetch(store)
}

pub fn facade_drop_of_one() {
    first::shelf();
}

pub fn facade_drop_of_two() {
    second::shelf();
}

pub fn left(options: &left::Options) -> bool {
    left::Configure::configure(options) | left::setting()
}

pub fn right(options: &right::Options) -> bool {
    right::Configure::configure(options) | right::setting()
}

pub struct Own;

impl one::Load for Own {
    fn fetch(&self) -> usize {
        one::load()
    }
}

impl two::Load for Own {
    fn fetch(&self) -> usize {
        two::load()
    }
}

pub fn own_for_one() -> usize {
    one::Load::fetch(&Own)
}

pub fn own_for_two() -> usize {
    two::Load::fetch(&Own)
}

pub struct Made;
one::impl_load!(Made);
two::impl_load!(Made);

pub fn made_for_one() -> usize {
    one::Load::fetch(&Made)
}

pub fn made_for_two() -> usize {
    two::Load::fetch(&Made)
}
