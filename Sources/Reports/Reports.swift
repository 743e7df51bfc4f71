/// The part `Reports`.
