// The graph that grows while the planner walks (Deng et al. 2020): places it was at, ways on that it
// has seen and not taken (the frontier), and a stop for every place it was at. Whatever is on the
// frontier can be chosen; getting there means walking back over places that were visited.
import type { Look, PlanTask } from './plan-task.ts'

/** Something the planner can decide for. */
export interface PlanAction {
  readonly kind: 'go' | 'stop'
  /** Where it ends: the place gone to, or the one stopped at. */
  readonly place: number
}

/** A node as the network sees it. */
export interface PlanNode {
  readonly kind: 'visited' | 'go' | 'stop'
  readonly place: number
  readonly isStart: boolean
  readonly isCurrent: boolean
  /** What was seen of it: ways out of a visited place, ways into an action. */
  readonly views: readonly Float32Array[]
}

/** Relation 1: seen or walked in this direction; 2: walked in the other one. */
export interface PlanEdge {
  readonly from: number
  readonly to: number
  readonly relation: 1 | 2
  readonly features: Float32Array
}

/** The graph at one decision; nodes are numbered by their position. */
export interface PlanState {
  readonly nodes: readonly PlanNode[]
  readonly edges: readonly PlanEdge[]
  readonly goal: Float32Array
  /** Decisions made so far, as a share of those allowed. */
  readonly progress: number
}

interface Visit {
  readonly look: Look
  /** How well each sight was liked when the place was first visited; undefined until then. */
  scores: readonly number[] | undefined
  readonly isActive: boolean[]
}

/** Ways on of one place that stay choosable after it was left (top-K). */
const usualWidth = 16

export class EvolvingGraph {
  readonly task: PlanTask
  readonly #width: number
  readonly #limit: number
  readonly #visits = new Map<number, Visit>()
  readonly #walked = new Set<string>()
  readonly #walk: number[]
  #decisions = 0

  /** @param limit decisions allowed, for the progress that the network is told */
  constructor(task: PlanTask, limit: number, width = usualWidth) {
    this.task = task
    this.#limit = limit
    this.#width = width
    this.#walk = [task.start]
    this.#visit(task.start)
  }

  get current(): number {
    return this.#walk[this.#walk.length - 1]
  }

  /** Every place walked over so far, the way back included. */
  get walk(): readonly number[] {
    return this.#walk
  }

  get decisions(): number {
    return this.#decisions
  }

  isVisited(place: number): boolean {
    return this.#visits.has(place)
  }

  /** True until the scores of the current place's sights are frozen. */
  get isNew(): boolean {
    return this.#visits.get(this.current)?.scores === undefined
  }

  /** Freezes how well the ways on from the current place are liked, by place; once. */
  freeze(scoreOf: (place: number) => number): void {
    const visit = this.#visits.get(this.current)
    if (visit !== undefined) visit.scores ??= visit.look.sights.map(({ to }) => scoreOf(to))
  }

  /**
   * The graph as the network is shown it. Ways on of places that were left stay in it while they are
   * among the best K there; `forced` places stay in any case (the expert's way, in training).
   */
  state(forced: ReadonlySet<number> = new Set()): PlanState {
    const nodes: { -readonly [Key in keyof PlanNode]: PlanNode[Key] }[] = []
    const edges: PlanEdge[] = []
    const numbers = new Map<number, number>()
    for (const [place, { look }] of this.#visits) {
      numbers.set(place, nodes.length)
      const views = look.sights.map(({ features }) => features)
      nodes.push(this.#node('visited', place, views))
    }
    for (const [place, { look }] of this.#visits)
      for (const at of this.#open(place, forced)) {
        const { to, features } = look.sights[at]
        const known = numbers.get(to)
        const number = known ?? nodes.length
        if (known === undefined) {
          numbers.set(to, number)
          nodes.push(this.#node('go', to, []))
        }
        if (nodes[number].kind === 'go') nodes[number].views = [...nodes[number].views, features]
        const isBack = this.#walked.has(`${to} ${place}`) && !this.#walked.has(`${place} ${to}`)
        // A place of the map has a number: it was given one above.
        const from = numbers.get(place) as number
        edges.push({ from, to: number, relation: isBack ? 2 : 1, features })
      }
    for (const [place, { look }] of this.#visits) {
      const from = numbers.get(place) as number // as above
      edges.push({ from, to: nodes.length, relation: 1, features: look.stay })
      nodes.push(this.#node('stop', place, [look.stay]))
    }
    return { nodes, edges, goal: this.task.goal, progress: this.#decisions / this.#limit }
  }

  /** Where a decision leads over: places after the current one, its end last; empty to stop here. */
  route({ kind, place }: PlanAction): number[] {
    if (kind === 'stop') return this.#back((at) => at === place)
    const leadsThere = (at: number): boolean =>
      this.#visits.get(at)?.look.sights.some(({ to }) => to === place) === true
    return [...this.#back(leadsThere), place]
  }

  /** Walks there. A way that was taken is not offered again from the place it was taken from. */
  take(action: PlanAction): void {
    for (const next of this.route(action)) {
      const visit = this.#visits.get(this.current)
      const sight = visit?.look.sights.findIndex(({ to }) => to === next) ?? -1
      if (visit !== undefined && sight >= 0) visit.isActive[sight] = false
      this.#walked.add(`${this.current} ${next}`)
      this.#walk.push(next)
      this.#visit(next)
    }
    this.#decisions++
  }

  #visit(place: number): void {
    if (this.#visits.has(place)) return
    const look = this.task.look(place)
    this.#visits.set(place, { look, scores: undefined, isActive: look.sights.map(() => true) })
  }

  #node(kind: PlanNode['kind'], place: number, views: readonly Float32Array[]): PlanNode {
    return {
      kind,
      place,
      isStart: kind === 'visited' && place === this.task.start,
      isCurrent: kind === 'visited' && place === this.current,
      views
    }
  }

  /** Sights of a visited place that are edges of the graph now. */
  #open(place: number, forced: ReadonlySet<number>): number[] {
    const visit = this.#visits.get(place)
    if (visit === undefined) return []
    const { look, scores, isActive } = visit
    const all = look.sights.map((_, at) => at)
    if (place === this.current || scores === undefined) return all
    const active = all.filter((at) => isActive[at] && !this.#visits.has(look.sights[at].to))
    const ranked = active.map((at) => scores[at]).sort((a, b) => b - a)
    const least = ranked[this.#width - 1] ?? -Infinity
    return all.filter((at) => {
      const { to } = look.sights[at]
      return this.#visits.has(to) || forced.has(to) || (isActive[at] && scores[at] >= least)
    })
  }

  /** Fewest hops over visited places from the current one to one that is wanted, without its start. */
  #back(isWanted: (place: number) => boolean): number[] {
    const cameFrom = new Map<number, number>([[this.current, -1]])
    const waiting = [this.current]
    for (const at of waiting) {
      if (isWanted(at)) {
        const way: number[] = []
        for (let step = at; step !== this.current; step = cameFrom.get(step) ?? this.current)
          way.push(step)
        return way.reverse()
      }
      for (const { to } of this.#visits.get(at)?.look.sights ?? []) {
        if (!this.#visits.has(to) || cameFrom.has(to)) continue
        cameFrom.set(to, at)
        waiting.push(to)
      }
    }
    throw new RangeError('no visited place leads there')
  }
}

/** The decision a node stands for; undefined for a place that was visited. */
export function actionOf({ kind, place }: PlanNode): PlanAction | undefined {
  return kind === 'visited' ? undefined : { kind, place }
}
