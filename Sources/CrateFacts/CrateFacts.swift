/// The part `CrateFacts`.
