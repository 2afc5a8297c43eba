// The planner's formulas once more, in plain loops over float64 and straight from the definitions:
// what the network on a device is compared with, and what its gradients are measured against.
import type { PlanState } from './evolving-graph.ts'
import { plannerParameters, type PlannerColumns, type PlannerSize } from './planner-parameters.ts'

type Row = number[]
type Matrix = Row[]
/** A parameter by its name: rows of a weight; one row of a bias. */
type Named = (name: string) => Matrix

/** Parameters of one list by name. */
export function parametersByName(
  size: PlannerSize,
  columns: PlannerColumns,
  values: readonly ArrayLike<number>[]
): Named {
  const found = new Map(
    plannerParameters(size, columns).map(({ name, shape }, at): [string, Matrix] => {
      const width = shape[shape.length - 1]
      const flat = Array.from(values[at])
      const rows = Array.from({ length: flat.length / width }, (_, row) =>
        flat.slice(row * width, (row + 1) * width)
      )
      return [name, rows]
    })
  )
  return (name) => {
    const parameter = found.get(name)
    if (parameter === undefined) throw new RangeError(`no parameter ${name}`)
    return parameter
  }
}

const times = (row: Row, weight: Matrix): Row =>
  weight[0].map((_, k) => row.reduce((sum, value, at) => sum + value * weight[at][k], 0))
const plus = (...rows: Row[]): Row =>
  rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0))
const scaled = (row: Row, factor: number): Row => row.map((value) => value * factor)
const relu = (row: Row): Row => row.map((value) => Math.max(0, value))
const tanh = (row: Row): Row => row.map((value) => Math.tanh(value))
const zeros = (width: number): Row => Array.from({ length: width }, () => 0)
const sum = (rows: Matrix, width: number): Row => plus(zeros(width), ...rows)

/** A message's way: from node to node, with the weight of each relation. */
interface Wire {
  readonly from: number
  readonly to: number
  readonly relations: Row
  readonly features: Row
}

function linear(get: Named, name: string, row: Row): Row {
  return plus(times(row, get(name)), get(`${name}.bias`)[0])
}

function round(
  get: Named,
  name: string,
  states: Matrix,
  wires: readonly Wire[],
  shared: Row
): { states: Matrix; shared: Row } {
  const width = states[0].length
  const messages = wires.map(({ from, to, relations, features }): Row => {
    const hidden = relu(
      plus(
        times(states[from], get(`${name}.from`)),
        times(states[to], get(`${name}.to`)),
        linear(get, `${name}.global`, shared)
      )
    )
    const weighed = relations.flatMap((weight, r) =>
      scaled(hidden.slice(r * width, (r + 1) * width), weight)
    )
    const total = relations.reduce((all, weight) => all + weight, 0)
    return plus(
      times(weighed, get(`${name}.message`)),
      times(relations, get(`${name}.relation`)),
      scaled(relu(linear(get, `${name}.edge`, features)), total)
    )
  })
  const added = states.map((state, node) => {
    const arriving = messages.filter((_, at) => wires[at].to === node)
    const leaving = messages.filter((_, at) => wires[at].from === node)
    return plus(
      times(relu(linear(get, `${name}.in`, sum(arriving, width))), get(`${name}.join-in`)),
      times(relu(linear(get, `${name}.out`, sum(leaving, width))), get(`${name}.join-out`)),
      times(shared, get(`${name}.join-global`)),
      linear(get, `${name}.join`, state)
    )
  })
  const next = tanh(
    plus(
      linear(get, `${name}.global-own`, shared),
      times(sum(states, width), get(`${name}.global-nodes`)),
      times(sum(messages, width), get(`${name}.global-edges`))
    )
  )
  return { states: states.map((state, at) => plus(state, added[at])), shared: next }
}

/** What came out on the way. */
export interface PlainOutputs {
  /** Per node; undefined where it is no action. */
  readonly logits: (number | undefined)[]
  /** Per channel: proxies x nodes. */
  readonly assignments: Matrix[]
  /** Per channel and relation: proxies x proxies. */
  readonly adjacency: Matrix[][]
}

/** The logits of one graph whose nodes all have edges. */
export function plainPlanner(size: PlannerSize, get: Named, state: PlanState): PlainOutputs {
  const { nodes, edges, progress } = state
  const goal = [...state.goal, progress]
  const seen = (features: Float32Array, isStop: boolean): Row => {
    const row = [...features, isStop ? 1 : 0]
    return linear(get, 'view2', relu(linear(get, 'view1', row)))
  }
  const views = nodes.map(({ kind, views: all }) => {
    const rows = all.map((view) => seen(view, kind === 'stop'))
    return rows[0].map((_, k) => Math.max(...rows.map((row) => row[k])))
  })
  const wires = edges.map(({ from, to, relation, features }): Wire => {
    const edge = relu(seen(features, nodes[to].kind === 'stop'))
    return {
      from,
      to,
      relations: relation === 1 ? [1, 0] : [0, 1],
      features: edge
    }
  })
  const here = views[nodes.findIndex(({ isCurrent }) => isCurrent)]
  const walk = tanh(plus(times(goal, get('walk.goal')), linear(get, 'walk.view', here)))
  const query = plus(times(goal, get('query.goal')), linear(get, 'query.walk', walk))
  const first = nodes.map(({ kind, isStart, isCurrent }, at) => {
    if (kind !== 'visited') return linear(get, 'action.view', views[at])
    const flags = [1, isStart ? 1 : 0, isCurrent ? 1 : 0]
    return plus(
      linear(get, 'node.view', views[at]),
      times(flags, get('node.flags')),
      scaled(times(walk, get('node.walk')), isCurrent ? 1 : 0),
      times(goal, get('node.goal'))
    )
  })
  const assignments: Matrix[] = []
  const adjacency: Matrix[][] = []
  let states = first
  for (let channel = 1; channel <= size.channels; channel++) {
    const name = `channel${channel}`
    const ownWires = wires.map((wire): Wire => ({
      ...wire,
      features: linear(get, `${name}.edge`, wire.features)
    }))
    let z = first.map((row) => linear(get, `${name}.pool`, row))
    let shared = zeros(size.narrow)
    for (let k = 0; k < size.rounds; k++)
      ({ states: z, shared } = round(get, `${name}.pool`, z, ownWires, shared))
    const scores = z.map((row) => linear(get, `${name}.assign`, row))
    const s = Array.from({ length: size.proxies }, (_, proxy) => {
      const parts = scores.map((row) => Math.exp(row[proxy]))
      return scaled(parts, 1 / parts.reduce((all, part) => all + part, 0))
    })
    const pooled = [0, 1].map((r) =>
      s.map((a) =>
        s.map((b) => wires.reduce((all, w) => all + a[w.from] * w.relations[r] * b[w.to], 0))
      )
    )
    const pairs = s.flatMap((a, i) =>
      s.map((b, j): Wire => {
        const features = ownWires.map((w) => scaled(w.features, a[w.from] * b[w.to]))
        const relations = pooled.map((matrix) => matrix[i][j])
        return { from: i, to: j, relations, features: sum(features, size.narrow) }
      })
    )
    let h = s.map((shares) =>
      linear(
        get,
        `${name}.proxy`,
        sum(
          shares.map((share, at) => scaled(first[at], share)),
          size.width
        )
      )
    )
    shared = zeros(size.width)
    for (let k = 0; k < size.rounds; k++)
      ({ states: h, shared } = round(get, `${name}.proxy`, h, pairs, shared))
    const held = h
    states = states.map((row, at) => {
      const back = sum(
        held.map((proxy, p) => scaled(proxy, s[p][at])),
        size.width
      )
      return plus(row, linear(get, `${name}.unpool`, back))
    })
    assignments.push(s)
    adjacency.push(pooled)
  }
  return {
    logits: nodes.map(({ kind }, at) =>
      kind === 'visited'
        ? undefined
        : states[at].reduce((all, value, k) => all + value * query[k], 0)
    ),
    assignments,
    adjacency
  }
}

/** Cross-entropy of one decision, in nats. */
export function plainLoss(outputs: PlainOutputs, target: number): number {
  const exponents = outputs.logits.map((logit) => (logit === undefined ? 0 : Math.exp(logit)))
  return -Math.log(exponents[target] / exponents.reduce((all, part) => all + part, 0))
}
