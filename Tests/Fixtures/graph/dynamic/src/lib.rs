//! Trait objects: which types each may hold, through upcasts, generics, downcasts, containers and impls for `dyn`.
use std::any::Any;
use std::cell::RefCell;
use std::error::Error;
use std::fmt::{self, Debug, Display};
use std::fs;
use std::rc::Rc;
use std::sync::Arc;

fn touch() {
    let _ = fs::read("a");
}
fn leaf() {}

// Upcasts over several steps, and objects that are never upcast.
pub trait Top {
    fn top(&self);
    fn top_default(&self) {
        leaf() //~ <First as Top>::top_default: call leaf
        //~| <Self as Top>::top_default: call leaf
    }
}
pub trait Side {
    fn side(&self);
}
pub trait Middle: Top + Side {
    fn middle(&self) {
        self.top() //~ <First as Middle>::middle: dispatch <First as Top>::top
    }
}
pub trait Bottom: Middle {
    fn bottom(&self);
}
pub struct First;
pub struct Second;
pub struct Third;
impl Top for First {
    fn top(&self) {
        leaf() //~ call leaf
    }
}
impl Side for First {
    fn side(&self) {}
}
impl Middle for First {}
impl Bottom for First {
    fn bottom(&self) {}
}
impl Top for Second {
    fn top(&self) {
        touch() //~ call touch
    }
    fn top_default(&self) {
        touch() //~ call touch
    }
}
impl Side for Second {
    fn side(&self) {
        touch() //~ call touch
    }
}
impl Top for Third {
    fn top(&self) {
        touch() //~ call touch
    }
}
fn call_top(top: &dyn Top) {
    top.top() //~ dyn <First as Top>::top
}
fn call_side(side: Box<dyn Side>) {
    side.side() //~ dyn/2 <Second as Side>::side
    //~| dyn/2 <Sent as Side>::side
}
fn call_bottom(bottom: &dyn Bottom) {
    bottom.middle(); //~ dyn <First as Middle>::middle
    bottom.top(); //~ dyn <First as Top>::top
    bottom.top_default() //~ dyn <First as Top>::top_default
}
pub fn upcast_twice() {
    let bottom: &dyn Bottom = &First; //~ cast <First as Bottom>::bottom
    //~| cast <First as Middle>::middle
    //~| cast <First as Side>::side
    //~| cast <First as Top>::top
    //~| cast <First as Top>::top_default
    call_bottom(bottom); //~ call call_bottom
    let middle: &dyn Middle = bottom;
    call_top(middle) //~ call call_top
}
pub fn side_of_second() {
    call_side(Box::new(Second)) //~ call call_side
    //~| cast <Second as Side>::side
}
pub fn third_directly() {
    Third.top() //~ dispatch <Third as Top>::top
}

// Markers do not tell objects apart, arguments and associated types do.
pub trait Parse<T> {
    type Out;
    fn parse(&self, input: T) -> Self::Out;
}
pub struct Parser;
impl Parse<u8> for Parser {
    type Out = u8;
    fn parse(&self, input: u8) -> u8 {
        leaf(); //~ call leaf
        input
    }
}
impl Parse<u16> for Parser {
    type Out = String;
    fn parse(&self, _input: u16) -> String {
        touch(); //~ call touch
        String::new()
    }
}
pub fn parse_byte(parser: &dyn Parse<u8, Out = u8>) -> u8 {
    parser.parse(1) //~ dyn <Parser as Parse<u8>>::parse
}
pub fn parse_word(parser: &dyn Parse<u16, Out = String>) -> String {
    parser.parse(1) //~ dyn <Parser as Parse<u16>>::parse
}
pub fn parsers() -> u8 {
    parse_word(&Parser); //~ call parse_word
    //~| cast <Parser as Parse<u16>>::parse
    parse_byte(&Parser) //~ call parse_byte
    //~| cast <Parser as Parse<u8>>::parse
}
pub fn sendable(object: &(dyn Side + Send)) {
    object.side() //~ dyn/2 <Second as Side>::side
    //~| dyn/2 <Sent as Side>::side
}
pub struct Sent;
impl Side for Sent {
    fn side(&self) {
        leaf() //~ call leaf
    }
}
pub fn send() {
    sendable(&Sent) //~ call sendable
    //~| cast <Sent as Side>::side
}

// Generics behind objects, objects behind generics.
pub trait Draw {
    fn draw(&self);
    fn draw_with<F: Fn()>(&self, action: F)
    where
        Self: Sized,
    {
        action()
        //~^ <Shape<Black> as Draw>::draw_with<draw_with_action::{closure#0}>: dispatch draw_with_action::{closure#0}
    }
}
pub struct Shape<T>(pub T);
pub trait Ink {
    fn ink(&self);
}
pub struct Black;
pub struct Color;
impl Ink for Black {
    fn ink(&self) {
        leaf() //~ call leaf
    }
}
impl Ink for Color {
    fn ink(&self) {
        touch() //~ call touch
    }
}
impl<T: Ink> Draw for Shape<T> {
    fn draw(&self) {
        self.0.ink() //~ <Shape<Black> as Draw>::draw: dispatch <Black as Ink>::ink
        //~| <Shape<Color> as Draw>::draw: dispatch <Color as Ink>::ink
    }
}
impl<D: Draw + ?Sized> Draw for &D {
    fn draw(&self) {
        (**self).draw() //~ <&dyn Draw as Draw>::draw: dyn <Shape<Black> as Draw>::draw
    }
}
impl<D: Draw + ?Sized> Draw for Box<D> {
    fn draw(&self) {
        (**self).draw()
        //~^ <std::boxed::Box<dyn Draw, std::alloc::Global> as Draw>::draw: dyn <Shape<Black> as Draw>::draw
    }
}
fn draw_generic<D: Draw + ?Sized>(shape: &D) {
    shape.draw() //~ draw_generic<Shape<Color>>: dispatch <Shape<Color> as Draw>::draw
    //~| draw_generic<dyn Draw>: dyn <Shape<Black> as Draw>::draw
    //~| draw_generic<std::boxed::Box<dyn Draw, std::alloc::Global>>: dispatch <std::boxed::Box<dyn Draw, std::alloc::Global> as Draw>::draw
}
pub fn draw_black() {
    let shape: Box<dyn Draw> = Box::new(Shape(Black)); //~ cast <Shape<Black> as Draw>::draw
    draw_generic(&*shape) //~ call draw_generic<dyn Draw>
}
pub fn draw_box() {
    let shape: Box<dyn Draw> = Box::new(Shape(Black)); //~ cast <Shape<Black> as Draw>::draw
    draw_generic(&shape) //~ call draw_generic<std::boxed::Box<dyn Draw, std::alloc::Global>>
}
pub fn draw_color_directly() {
    draw_generic(&Shape(Color)) //~ call draw_generic<Shape<Color>>
}
pub fn draw_all(shapes: &[Box<dyn Draw>]) {
    for shape in shapes {
        shape.draw() //~ dispatch <std::boxed::Box<dyn Draw, std::alloc::Global> as Draw>::draw
    }
}
pub fn draw_slice(shapes: &[&dyn Draw]) {
    shapes.iter().for_each(|shape| shape.draw()) //~ callback draw_slice::{closure#0}
    //~| dispatch <&dyn Draw as Draw>::draw
}
pub fn draw_with_action() {
    Shape(Black).draw_with(|| leaf()) //~ call leaf
    //~| dispatch <Shape<Black> as Draw>::draw_with<draw_with_action::{closure#0}>
}
pub fn shared_cell(ink: Rc<RefCell<dyn Ink>>) {
    ink.borrow_mut().ink() //~ dyn <Black as Ink>::ink
}
pub fn share_black() {
    shared_cell(Rc::new(RefCell::new(Black))) //~ call shared_cell
    //~| cast <Black as Ink>::ink
}

// Impls for objects.
pub trait Plug {
    fn plug(&self);
}
impl dyn Plug {
    pub fn inherent(&self) {
        self.plug() //~ dyn <Power as Plug>::plug
    }
}
impl Display for dyn Plug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.plug(); //~ dyn <Power as Plug>::plug
        formatter.write_str("plug")
    }
}
pub struct Power;
impl Plug for Power {
    fn plug(&self) {
        touch() //~ call touch
    }
}
pub fn plugged() {
    let plug: &dyn Plug = &Power; //~ cast <Power as Plug>::plug
    plug.inherent() //~ call <dyn Plug>::inherent
}
pub fn plug_text() -> String {
    let plug: &dyn Plug = &Power; //~ cast <Power as Plug>::plug
    plug.to_string() //~ callback <dyn Plug as std::fmt::Display>::fmt
}

// Downcasts.
pub struct Event(u8);
impl Event {
    fn handle(&self) {
        leaf() //~ call leaf
    }
}
pub fn downcast(value: &dyn Any) {
    if let Some(event) = value.downcast_ref::<Event>() {
        event.handle() //~ call <Event>::handle
    }
}
pub fn downcast_event() {
    downcast(&Event(1)) //~ call downcast
}
pub fn downcast_box(value: Box<dyn Any + Send>) -> Option<Box<Event>> {
    value.downcast().ok()
}

// Errors.
#[derive(Debug)]
pub struct Low;
impl Display for Low {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        touch(); //~ call touch
        Ok(())
    }
}
impl Error for Low {}
#[derive(Debug)] //~ callback <Low as std::fmt::Debug>::fmt
//~| cast <Low as std::fmt::Debug>::fmt
pub struct High(Low);
impl Display for High {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        leaf(); //~ call leaf
        Ok(())
    }
}
impl Error for High {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0) //~ cast <Low as std::fmt::Debug>::fmt
        //~| cast <Low as std::fmt::Display>::fmt
    }
}
fn low() -> Result<(), Low> {
    Err(Low)
}
pub fn by_question_mark() -> Result<(), Box<dyn Error>> {
    low()?; //~ call low
    //~| cast <Low as std::fmt::Debug>::fmt
    //~| cast <Low as std::fmt::Display>::fmt
    Ok(())
}
pub fn by_into() -> Box<dyn Error + Send + Sync> {
    High(Low).into() //~ cast <High as std::error::Error>::source
    //~| cast <High as std::fmt::Debug>::fmt
    //~| cast <High as std::fmt::Display>::fmt
}
pub fn sources(error: &dyn Error) -> usize {
    let mut count = 0;
    let mut next = error.source(); //~! callback <High as std::error::Error>::source
    //~| dyn/2 <High as std::error::Error>::source
    while let Some(inner) = next {
        count += inner.to_string().len(); //~ dyn/2 <High as std::fmt::Display>::fmt
        //~| dyn/2 <Low as std::fmt::Display>::fmt
        next = inner.source(); //~! callback <High as std::error::Error>::source
        //~| dyn/2 <High as std::error::Error>::source
    }
    count
}
pub fn reported() -> String {
    by_question_mark().map_err(|error| error.to_string()).err().unwrap_or_default() //~ call by_question_mark
    //~| callback reported::{closure#0}
    //~| dyn/2 <High as std::fmt::Display>::fmt
    //~| dyn/2 <Low as std::fmt::Display>::fmt
}

// Callables.
pub type Action = Box<dyn Fn(u8)>;
pub struct Button {
    actions: Vec<Action>,
    last: Option<Arc<dyn Fn() + Send + Sync>>,
}
impl Button {
    pub fn add(&mut self, action: impl Fn(u8) + 'static) {
        self.actions.push(Box::new(action)) //~ <Button>::add<button::{closure#1}>: cast button::{closure#1}
        //~| <Button>::add<handler>: cast handler
    }
    pub fn press(&self) {
        for action in &self.actions {
            action(1) //~ dyn/3 button::{closure#1}
            //~| dyn/3 handler
        }
        if let Some(last) = &self.last {
            last() //~ dyn button::{closure#0}
        }
    }
}
pub fn button() -> Button {
    let mut button = Button { actions: Vec::new(), last: Some(Arc::new(|| leaf())) }; //~ call leaf
    //~| cast button::{closure#0}
    button.add(|_number| touch()); //~ call <Button>::add<button::{closure#1}>
    //~| call touch
    button.add(handler); //~ call <Button>::add<handler>
    button
}
fn handler(_number: u8) {
    leaf() //~ call leaf
}
pub fn once(action: Box<dyn FnOnce(i8) -> i8>) -> i8 {
    action(1) //~ dyn make_once::{closure#0}
}
pub fn make_once() -> i8 {
    once(Box::new(|number| number + 1)) //~ call once
    //~| cast make_once::{closure#0}
}
pub fn by_reference(action: &mut dyn FnMut(i16)) {
    action(1) //~ dyn make_by_reference::{closure#0}
}
pub fn make_by_reference() {
    by_reference(&mut |_number| leaf()) //~ call by_reference
    //~| call leaf
    //~| cast make_by_reference::{closure#0}
}
pub fn recursive(depth: u32) -> u32 {
    fn fixed(action: &dyn Fn(&dyn Fn(u32) -> u32, u32) -> u32, depth: u32) -> u32 {
        action(&|inner| fixed(action, inner), depth) //~ call recursive::fixed
        //~| cast recursive::fixed::{closure#0}
        //~| dyn recursive::{closure#0}
    }
    fixed(&|next, depth| if depth == 0 { 0 } else { next(depth - 1) }, depth) //~ call recursive::fixed
    //~| cast recursive::{closure#0}
    //~| dyn recursive::fixed::{closure#0}
}
pub fn iterators(list: &[u8]) -> Box<dyn Iterator<Item = u8> + '_> {
    Box::new(list.iter().map(|number| twice(*number))) //~ call twice
    //~| callback iterators::{closure#0}
    //~| cast iterators::{closure#0}
}
fn twice(number: u8) -> u8 {
    number * 2
}
pub fn use_iterators() -> u8 {
    let mut sum = 0;
    for number in iterators(&[1]) { //~ call iterators
    //~| callback iterators::{closure#0}
        sum += number;
    }
    sum
}
pub fn debug_objects(items: &[&dyn Debug]) -> String {
    format!("{items:?}") //~ callback <Low as std::fmt::Debug>::fmt
    //~| dyn/3 <Shown as std::fmt::Debug>::fmt
}
pub struct Shown;
impl Debug for Shown {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        leaf(); //~ call leaf
        Ok(())
    }
}
pub fn debug_shown() -> String {
    debug_objects(&[&Shown, &1]) //~ call debug_objects
    //~| cast <Shown as std::fmt::Debug>::fmt
}
