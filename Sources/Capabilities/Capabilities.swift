/// The part `Capabilities`.
