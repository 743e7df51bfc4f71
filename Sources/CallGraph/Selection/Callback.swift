import RustDump

/// What a function without a body here may call of what it is given.
enum Callback: Hashable {
  case target(CallTarget)
  /// Any method of a trait object's vtable that belongs to a trait (a reference with its arguments).
  case dynamic(bound: TermID, trait: TermID)
  /// The methods of a trait object with this first bound, which is among the function's parameters.
  case parameterObject(bound: TermID)
  /// A function pointer of this type.
  case pointer(TermID)
  /// The function makes a trait object with this first bound out of the type: `Box<dyn Error>: From<E>`.
  case unsized(type: TermID, bound: TermID)
  /// A method with parameters of its own is called, which asks for a trait: `FromIterator::from_iter(iterator)`. What the
  /// function at hand is generic over may be handed on to it. Callers outside of `StandardCallbacks` have nothing to do.
  case handedOn(trait: TermID, filter: StandardDemandIndex.Filter, to: TermID)
}
