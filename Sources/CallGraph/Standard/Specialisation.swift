import RustDump

/// Specialisation: of several impls that a type has, the most special one counts. Only std's own crates have it.
extension TraitSelector {
  /// The impls of a list, all of which a type fits, that no other is a special case of.
  func mostSpecial(_ found: [FoundImpl], for selfType: TermID, _ arguments: [TermID]) -> [FoundImpl] {
    guard isDecided(selfType), arguments.allSatisfy({ isDecided($0) }),
      found.allSatisfy({ program.isStandard(lowering.impls.records[$0.record].item) })
    else { return found }
    let sure = found.filter { holdsForSure($0) }
    return found.filter { one in
      !sure.contains { $0.record != one.record && isSpecial($0.record, than: one.record) }
    }
  }

  /// A member that an impl leaves to one that it is a special case of, with that one's arguments.
  func inherited(
    _ name: NameID, _ found: FoundImpl, _ trait: UInt32, _ selfType: TermID, _ arguments: [TermID]
  ) -> (item: UInt32, arguments: [TermID])? {
    guard program.isStandard(lowering.impls.records[found.record].item) else { return nil }
    var best: (record: Int, item: UInt32, arguments: [TermID])?
    for index in lowering.impls.candidates(trait, selfType) where index != found.record {
      let record = lowering.impls.records[index]
      guard isSpecial(found.record, than: index),
        let item = program.scopeChildren.all(MultiMap.key(record.item, name.raw)).first(where: {
          program.kind($0) != .typeAlias && program.flags($0).contains(.defaultItem)
        })
      else { continue }
      var unifier = Unifier(types, parameters: record.parameters)
      guard unifier.unify(record.selfType, selfType),
        zip(record.traitArguments, arguments).allSatisfy({ unifier.unify($0, $1) })
      else { continue }
      if let best, !isSpecial(index, than: best.record) { continue }
      best = (index, item, unifier.arguments())
    }
    return best.map { ($0.item, $0.arguments) }
  }

  /// Whether enough is known of a type to tell which impls it has. What closures and functions are made of does not matter.
  private func isDecided(_ type: TermID) -> Bool {
    guard types.hasUnknown(type) || types.hasProjection(type) || types.hasOpen(type) else { return true }
    switch types.kind(type) {
    case .closureType, .functionDefinition: return true
    case .open, .projection, .inferred, .unknown, .oneOf, .parameter: return false
    default: return types.childCount(type) > 0 && types.children(type).allSatisfy { isDecided($0) }
    }
  }

  /// Whether what the compiler decides of an impl without impls holds: `Copy`, and that types have a known size, where it
  /// may ask for that.
  private func holdsForSure(_ found: FoundImpl) -> Bool {
    let list = types.list(found.arguments)
    guard !found.arguments.contains(where: { isUnsized($0) }) else { return false }
    return lowering.bounds(of: lowering.impls.records[found.record].item).allSatisfy { bound in
      guard types.item(bound.trait) == known.copy else { return true }
      return isCopy(normalise(types.substitute(bound.subject, list)), 0)
    }
  }

  private func isUnsized(_ type: TermID) -> Bool {
    switch types.kind(type) {
    case .dynamic, .slice: true
    case .primitive: program.string(types.name(type)) == "str"
    default: false
    }
  }

  /// Whether a type is `Copy`; `false` where that cannot be told.
  private func isCopy(_ type: TermID, _ level: Int) -> Bool {
    guard level < 12 else { return false }
    switch types.kind(type) {
    case .primitive: return program.string(types.name(type)) != "str"
    case .pointer, .never, .functionPointer, .functionDefinition: return true
    case .reference: return types.item(type) == 0
    case .tuple: return types.children(type).allSatisfy { isCopy($0, level + 1) }
    case .array: return isCopy(types.child(type, 0), level + 1)
    case .closureType:
      guard let captures = lowering.closures.captures[types.item(type)] else { return false }
      let arguments = types.argumentList(of: type)
      return captures.allSatisfy { isCopy(normalise(types.substitute($0, arguments)), level + 1) }
    case .nominal:
      guard let copy = known.copy else { return false }
      return impls(of: copy, for: type, []).contains { found in
        let list = types.list(found.arguments)
        return lowering.bounds(of: lowering.impls.records[found.record].item).allSatisfy { bound in
          types.item(bound.trait) != copy || isCopy(normalise(types.substitute(bound.subject, list)), level + 1)
        }
      }
    default: return false
    }
  }

  /// Whether one impl holds for less types than another: its header is an instance of the other's, or, if both are the
  /// same, it asks for more.
  private func isSpecial(_ special: Int, than general: Int) -> Bool {
    let key = UInt64(special) << 32 | UInt64(general)
    if let known = specialities[key] { return known }
    let answer: Bool
    switch (covers(general, special), covers(special, general)) {
    case (true, false): answer = true
    case (true, true): answer = asksForMore(special, than: general)
    default: answer = false
    }
    specialities[key] = answer
    return answer
  }

  private func covers(_ general: Int, _ special: Int) -> Bool {
    let pattern = lowering.impls.records[general]
    let record = lowering.impls.records[special]
    var unifier = Unifier(types, parameters: pattern.parameters)
    return unifier.unify(pattern.selfType, record.selfType)
      && zip(pattern.traitArguments, record.traitArguments).allSatisfy { unifier.unify($0, $1) }
  }

  /// Whether the bounds of an impl imply those of another with the same header: it has them all, or traits with those as
  /// supertraits, and not the other way round. Of two with the same bounds only one can be overridden: the other asks for
  /// types of known size, which is not written.
  private func asksForMore(_ special: Int, than general: Int) -> Bool {
    let (one, other) = (boundTraits(special), boundTraits(general))
    guard one == other else { return other.isSubset(of: one) }
    return hasDefaults(general) && !hasDefaults(special)
  }

  /// Whether an impl has members that special cases override.
  private func hasDefaults(_ record: Int) -> Bool {
    let impl = lowering.impls.records[record].item
    var answer = program.flags(impl).contains(.defaultItem)
    program.childrenOf.forEach(impl) { member in
      if program.flags(member).contains(.defaultItem) { answer = true }
      return !answer
    }
    return answer
  }

  private func boundTraits(_ record: Int) -> Set<UInt32> {
    var traits: Set<UInt32> = []
    var work = lowering.bounds(of: lowering.impls.records[record].item).map { types.item($0.trait) }
    while let trait = work.popLast() {
      if traits.insert(trait).inserted { work += lowering.supertraits(trait).map { types.item($0) } }
    }
    return traits
  }
}
