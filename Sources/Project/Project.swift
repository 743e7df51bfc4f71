/// The part `Project`.
