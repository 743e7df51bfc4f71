pub mod copy_NUMBER {
    use std::collections::{BTreeMap, HashMap};
    use std::error::Error;
    use std::fmt;
    use std::rc::Rc;

    #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub struct Item(u64, String);

    impl fmt::Display for Item {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "{} {}", self.0, self.1)
        }
    }

    #[derive(Debug)]
    pub struct Failure(Item);

    impl fmt::Display for Failure {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "failed at {}", self.0)
        }
    }

    impl Error for Failure {}

    pub trait Store {
        fn put(&mut self, item: Item) -> Result<(), Failure>;
        fn size(&self) -> u64;
        fn describe(&self) -> String {
            format!("{} items", self.size())
        }
    }

    pub struct Disk {
        path: String,
    }

    impl Store for Disk {
        fn put(&mut self, item: Item) -> Result<(), Failure> {
            std::fs::write(&self.path, item.to_string()).map_err(|_| Failure(item))
        }
        fn size(&self) -> u64 {
            std::fs::metadata(&self.path).map_or(0, |data| data.len())
        }
    }

    impl Drop for Disk {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.path);
        }
    }

    pub struct Memory<T> {
        items: Vec<T>,
        counts: HashMap<Item, u64>,
    }

    impl<T: From<Item> + Clone> Store for Memory<T> {
        fn put(&mut self, item: Item) -> Result<(), Failure> {
            *self.counts.entry(item.clone()).or_default() += 1;
            self.items.push(T::from(item));
            Ok(())
        }
        fn size(&self) -> u64 {
            self.items.len() as u64
        }
    }

    fn each<S: Store + ?Sized>(store: &mut S, items: &[Item], mut seen: impl FnMut(&Item)) -> Result<(), Failure> {
        for item in items {
            seen(item);
            store.put(item.clone())?;
        }
        Ok(())
    }

    fn limit(number: u64) -> Box<dyn Fn(&Item) -> bool> {
        if number > 3 { Box::new(move |item| item.0 > number) } else { Box::new(|item| item.1.is_empty()) }
    }

    fn number(item: &Item) -> u64 {
        item.0
    }

    fn length(item: &Item) -> u64 {
        item.1.len() as u64
    }

    static MEASURES: [fn(&Item) -> u64; 2] = [number, length];

    fn rank(value: u64) -> u64 {
        value + NUMBER
    }

    pub fn run(seed: u64, ranks: &mut Vec<fn(u64) -> u64>) -> Result<u64, Box<dyn Error>> {
        ranks.push(rank);
        let items: Vec<Item> = (0..seed).map(|value| Item(value, value.to_string())).collect();
        let wanted = limit(seed);
        let mut chosen: Vec<Item> = items.iter().filter(|item| wanted(item)).cloned().collect();
        chosen.sort();
        let mut stores: Vec<Box<dyn Store>> = vec![
            Box::new(Disk { path: "copy".to_string() }),
            Box::new(Memory::<Rc<Item>> { items: Vec::new(), counts: HashMap::new() }),
        ];
        let mut total = BTreeMap::new();
        for store in &mut stores {
            each(&mut **store, &chosen, |item| *total.entry(item.0).or_insert(0) += 1)?;
            println!("{}", store.describe());
        }
        let mut disk = Disk { path: "own".to_string() };
        each(&mut disk, &items, |_| ())?;
        Ok(MEASURES.iter().map(|measure| chosen.first().map_or(0, measure)).sum::<u64>() + disk.size())
    }

    pub fn report(error: &dyn Error, rank: fn(u64) -> u64) {
        println!("{} {error} {error:?}", rank(NUMBER));
    }
}
