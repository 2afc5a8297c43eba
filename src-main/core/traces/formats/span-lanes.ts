// Which spans of a trace are beside its main line: tries that failed and were made again at once, and
// the work of agents that another agent called.

/** A span as far as lines go. */
export interface LanedSpan {
  readonly id: string
  readonly parent: string | null
  readonly name: string
  readonly kind: 'model' | 'tool' | 'agent' | 'other'
  readonly isError: boolean
  readonly start: number
  readonly end: number
  /** What it was given, equal for equal; "" where that does not tell. */
  readonly input: string
}

/** The line of a span. */
export interface SpanLane {
  /** 0 for the main line. */
  readonly lane: number
  /** True for a try that was made again; false for a helper's work. */
  readonly isTry: boolean
  /** The line that it left. */
  readonly under: number
}

const main: SpanLane = { lane: 0, isTry: false, under: 0 }

/** Lines of spans, which are given by their start. */
export function spanLanes(spans: readonly LanedSpan[]): (id: string) => SpanLane {
  const byId = new Map(spans.map((span) => [span.id, span]))
  const retried = retriedSpans(spans, byId)
  const depths = new Map<string, number>()
  // Agents around a span, itself left out. A broken log may name its own descendants as parents.
  const depthOf = (span: LanedSpan): number => {
    const way = wayUp(span, byId)
    let depth = 0
    for (const each of way.toReversed()) {
      depths.set(each.id, depth)
      if (each.kind === 'agent') depth++
    }
    return depths.get(span.id) ?? 0
  }
  const works = spans.filter(({ kind }) => kind === 'model' || kind === 'tool')
  // Where an agent alone calls agents, what these do is the attempt. A helper is called by an agent.
  const least = works.reduce((depth, span) => Math.min(depth, depthOf(span)), Infinity) || 1
  const lanes = new Map<string, SpanLane>()
  const opened = new Map<string, SpanLane>()
  let count = 0
  for (const span of works) {
    let at = main
    for (const each of wayUp(span, byId).toReversed()) {
      const isHelper = each.kind === 'agent' && depthOf(each) >= least
      const isTry = retried.has(each.id)
      if (!isHelper && !isTry) continue
      const known = opened.get(each.id)
      at = known ?? { lane: ++count, isTry, under: at.lane }
      opened.set(each.id, at)
    }
    lanes.set(span.id, at)
  }
  return (id) => lanes.get(id) ?? main
}

/** A span and those it is part of, itself first. */
function wayUp(span: LanedSpan, byId: ReadonlyMap<string, LanedSpan>): LanedSpan[] {
  const way = new Set<LanedSpan>()
  for (let at: LanedSpan | undefined = span; at !== undefined && !way.has(at);) {
    way.add(at)
    at = at.parent === null ? undefined : byId.get(at.parent)
  }
  return [...way]
}

/**
 * Spans that failed and were followed, next in their parent and after they had ended, by one of the same
 * name, kind and input. Calls beside each other are none of these.
 */
function retriedSpans(
  spans: readonly LanedSpan[],
  byId: ReadonlyMap<string, LanedSpan>
): ReadonlySet<string> {
  const retried = new Set<string>()
  const groups = Map.groupBy(spans, ({ parent }) =>
    parent !== null && byId.has(parent) ? parent : ''
  )
  for (const [parent, siblings] of groups) {
    // Exports without parents say nothing about what was tried again.
    if (parent === '') continue
    siblings.forEach((span, i) => {
      const next = siblings.at(i + 1)
      const isSame =
        next?.name === span.name && next.kind === span.kind && next.input === span.input
      if (span.isError && isSame && next.start >= span.end) retried.add(span.id)
    })
  }
  return retried
}
