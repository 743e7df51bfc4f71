import RustDump

/// Trait objects, function pointers and closures of other functions: who they are is known only when everything reached
/// has been looked at.
///
/// Sites that ask the same share one question. A question hears of each type, function or closure once, when it is met; so
/// the work grows with what is asked and what is found, not with the product of both.
extension EdgeBuilder {
  /// So many edges are made of the sites and targets of one question. Beyond, all sites lead to one node that stands for
  /// the call of any of the targets, and only that node leads on to them.
  static let directEdgesLimit = 1 << 16

  // MARK: Asking

  func addDeferred(_ view: BodyView, _ question: Question, _ kind: EdgeKind, isCall: Bool = false) {
    let number = self.number(of: question, view.account)
    let key = DeferredKey(node: view.node, question: number, place: view.place)
    guard deferredSeen.insert(key).inserted else { return }
    let site = DeferredSite(
      node: view.node, question: number, kind: kind, place: view.place, isCall: isCall && view.meaning == 0,
      leastCandidates: min(view.meanings, 2), isConstantFalse: isConstantFalse)
    questions[Int(number)].sites.append(UInt32(deferred.count))
    deferred.append(site)
    for target in questions[Int(number)].standardTargets { addStandardTarget(target, site) }
  }

  /// States that trait objects with one bound become trait objects with another.
  func addUpcast(_ from: TermID, _ to: TermID) {
    if from != to { _ = number(of: .upcast(from: from, to: to), .caller) }
  }

  private func number(of question: Question, _ account: StandardAccount) -> UInt32 {
    let key = QuestionKey(question: question, world: instances.world, account: account)
    if let known = questionNumbers[key] { return known }
    let number = UInt32(questions.count)
    questionNumbers[key] = number
    let reader =
      switch question {
      case .method(let bound, _), .anyMethod(let bound, _), .drop(let bound), .upcast(let bound, _):
        objects.readObjects(bound, number)
      case .pointer(let type): objects.readPointers(type, number)
      case .closure(let body, let arguments): objects.readClosures(body, arguments, number)
      }
    questions.append(OpenQuestion(question: question, world: instances.world, reader: reader, account: account))
    return number
  }

  // MARK: Answering

  /// Reaches what questions can be answered with now.
  ///
  /// - Returns: whether there is new work.
  func answerQuestions() -> Bool {
    var isNew = false
    for world in World.allCases {
      instances.world = world
      for number in objects.takeAwake() where answer(number) { isNew = true }
    }
    return isNew || !instances.queue.isEmpty
  }

  /// Reads on for one question. Returns whether it found something.
  private func answer(_ number: UInt32) -> Bool {
    let question = questions[Int(number)].question
    let found = objects.next(&questions[Int(number)].reader)
    switch found {
    case .types(let types):
      for type in types { answer(number, question, with: type) }
      return !types.isEmpty
    case .targets(let targets):
      for target in targets { add(target, to: number) }
      return !targets.isEmpty
    case .arguments(let lists):
      guard case .closure(let body, _) = question else { return false }
      for arguments in lists { add(.closure(body, arguments), to: number) }
      return !lists.isEmpty
    }
  }

  private func answer(_ number: UInt32, _ question: Question, with type: TermID) {
    let targets: [CallTarget]
    switch question {
    case .method(_, let method): targets = self.method(method, on: type)
    case .anyMethod(_, let trait):
      questions[Int(number)].heldTypes.insert(type)
      targets = vtableMethods(type, trait)
    case .drop:
      questions[Int(number)].heldTypes.insert(type)
      targets = dropTargets(type)
    case .upcast(_, let bound):
      objects.addObject(type, bound)
      targets = []
    case .pointer, .closure: targets = []
    }
    for target in targets { add(target, to: number) }
  }

  private func add(_ target: CallTarget, to number: UInt32) {
    guard questions[Int(number)].seenTargets.insert(target).inserted else { return }
    let (code, sink) = nodes(
      of: target, for: questions[Int(number)].account, isDrop: questions[Int(number)].question.isDrop)
    if let sink, sink != code, !questions[Int(number)].sinks.contains(sink) {
      questions[Int(number)].sinks.append(sink)
    }
    guard let node = code else { return }
    if questions[Int(number)].seenNodes.insert(node).inserted { questions[Int(number)].nodes.append(node) }
    guard !hasBody(target) else { return }
    questions[Int(number)].standardTargets.append(target)
    for site in questions[Int(number)].sites where site >= answeredSites {
      addStandardTarget(target, deferred[Int(site)])
    }
  }

  private func dropTargets(_ type: TermID) -> [CallTarget] {
    drops.targets(type).compactMap { if case .target(let target) = $0 { target } else { nil } }
  }

  /// A trait method with another self type.
  private func method(_ method: TermID, on type: TermID) -> [CallTarget] {
    let record = types.terms.record(method)
    let moved = types.make(
      .traitMethod, a: record.a, b: record.b, [type, types.child(method, 1), types.child(method, 2)])
    guard case .targets(let targets) = selector.select(moved) else { return [] }
    return targets
  }

  /// A method of std in a vtable, such as that of `impl Debug for &T`, calls back as a method of std that is called does.
  private func addStandardTarget(_ target: CallTarget, _ site: DeferredSite) {
    guard case .function(let function) = target, program.isStandard(types.item(function)) else { return }
    let body = instances.instances[Int(site.node)].body
    let view = BodyView(
      node: site.node, body: body, unit: program.unit(ofBody: body), context: lowering.context(ofBody: body),
      arguments: instances.instances[Int(site.node)].arguments, storesCallables: false, place: site.place, nesting: 1,
      isCast: site.kind == .cast)
    let outer = isConstantFalse
    isConstantFalse = site.isConstantFalse
    for callback in callbacks.callbacks(of: function) { add(callback, view) }
    isConstantFalse = outer
  }

  // MARK: Edges

  /// Makes the edges of all sites that have none yet, with what is known now. These sites hear of nothing more.
  func addAnswers() {
    var groups: [AnswerGroup: [UInt32]] = [:]
    var order: [AnswerGroup] = []
    for index in answeredSites..<UInt32(deferred.count) {
      let site = deferred[Int(index)]
      if site.isCall { countCall(candidates(of: questions[Int(site.question)])) }
      let group = AnswerGroup(question: site.question, kind: site.kind)
      if groups[group] == nil { order.append(group) }
      groups[group, default: []].append(index)
    }
    for group in order { addAnswers(group, groups[group] ?? []) }
    answeredSites = UInt32(deferred.count)
  }

  private struct AnswerGroup: Hashable {
    var question: UInt32
    var kind: EdgeKind
  }

  private func candidates(of question: OpenQuestion) -> Int { max(question.nodes.count, question.heldTypes.count) }

  private func countCall(_ candidates: Int) {
    switch candidates {
    // Nobody here makes such an object or takes such an address: whoever calls the entry points does.
    case 0: coverage.callerSupplied += 1
    case 1: coverage.single += 1
    default: coverage.several += 1
    }
  }

  private func addAnswers(_ group: AnswerGroup, _ sites: [UInt32]) {
    let question = questions[Int(group.question)]
    let candidates = candidates(of: question)
    var direct = question.nodes.sorted()
    if sites.count * direct.count > EdgeBuilder.directEdgesLimit {
      // What has no body here stays with the sites: it may be a sink, and those are in somebody's code.
      let shared = direct.filter { instances.instances[Int($0)].kind == .body }
      direct.removeAll { instances.instances[Int($0)].kind == .body }
      direct.append(addSharedCall(question, group.kind, shared, candidates))
    }
    for index in sites {
      let site = deferred[Int(index)]
      for target in direct + question.sinks.sorted() {
        edges.append(
          PendingEdge(
            source: site.node, target: target, kind: site.kind,
            candidates: UInt32(max(candidates, site.leastCandidates)), unit: site.place.unit, site: site.place.site,
            isConstantFalse: site.isConstantFalse))
      }
    }
  }

  /// A node for the call of any of some targets.
  private func addSharedCall(
    _ question: OpenQuestion, _ kind: EdgeKind, _ targets: [UInt32], _ candidates: Int
  ) -> UInt32 {
    instances.world = question.world
    let name = program.names.intern(standardNames.text(of: question.question))
    let node = instances.shared(name)
    for target in targets {
      edges.append(
        PendingEdge(
          source: node, target: target, kind: kind, candidates: UInt32(candidates), unit: 0,
          site: SiteReference.none))
    }
    return node
  }
}

extension StandardNames {
  /// What a question asks for, as the name of the node that stands for all its answers.
  func text(of question: Question) -> String {
    switch question {
    case .method(_, let method): text(of: method)
    case .anyMethod(let bound, let trait): "<dyn \(text(of: bound)) as \(text(of: trait))>"
    case .drop(let bound): "drop_in_place<dyn \(text(of: bound))>"
    case .pointer(let type): text(of: type)
    case .closure(let body, _): path(ofBody: body)
    case .upcast(_, let bound): "dyn \(text(of: bound))"
    }
  }
}
