// Entropic optimal transport between two weighted sets, by Sinkhorn's iteration on the dual potentials
// in the log domain, with the temperature lowered by halves (Peyre and Cuturi, Computational Optimal
// Transport, sections 4.2 and 4.4). Nothing overflows, however low the temperature.
import { letMessagesIn } from '../let-messages-in.ts'

export interface TransportOptions {
  /** Lowest temperature, in units of cost. */
  readonly temperature: number
  /** Stops when the plan's row sums are off by less than this in all. */
  readonly tolerance: number
  readonly mostIterations: number
  readonly signal: AbortSignal
  /** Potentials of the columns to start from (from a similar problem): the cooling is left out. */
  readonly start?: Float64Array
}

export interface Transport {
  /** Dual potential per row: how fast the cost grows with weight on it, up to a common constant. */
  readonly f: Float64Array
  /** Dual potential per column. */
  readonly g: Float64Array
  /** Cost of the plan: its mean distance. */
  readonly cost: number
  /** Sum of absolute differences between the plan's column sums and the weights. */
  readonly error: number
  readonly iterations: number
}

/** Entries between two looks at the signal. */
const breath = 4 << 20

/** exp() of anything smaller is lost in the sum. */
const faintest = -40

/**
 * Transports `a` (n weights) to `b` (m weights); both sum to 1 and are positive.
 * @param cost n x m, row-major, finite and not negative. Throws the signal's reason.
 */
export async function sinkhorn(
  cost: Float32Array,
  a: Float64Array,
  b: Float64Array,
  { temperature, tolerance, mostIterations, signal, start }: TransportOptions
): Promise<Transport> {
  const f = new Float64Array(a.length)
  const g = start?.slice() ?? new Float64Array(b.length)
  const logA = a.map(Math.log)
  const logB = b.map(Math.log)
  let top = 0
  for (const value of cost) if (value > top) top = value
  let heat = start === undefined ? Math.max(temperature, top) : temperature
  let iterations = 0
  let entries = 0
  for (;;) {
    const moved = updateRows(cost, logB, g, f, a, heat)
    // The first look compares with no plan at all.
    if (heat === temperature && iterations > 0 && moved < tolerance) break
    if (iterations >= mostIterations && heat === temperature) break
    updateColumns(cost, logA, f, g, heat)
    iterations++
    heat = Math.max(temperature, heat / 2)
    entries += 2 * cost.length
    if (entries >= breath) {
      entries = 0
      await letMessagesIn()
    }
    signal.throwIfAborted()
  }
  return { f, g, iterations, ...readPlan(cost, a, b, f, g, temperature) }
}

/** f_i = -T log sum_j b_j exp((g_j - c_ij) / T); returns how far the row sums were off before. */
function updateRows(
  cost: Float32Array,
  logB: Float64Array,
  g: Float64Array,
  f: Float64Array,
  a: Float64Array,
  heat: number
): number {
  const m = g.length
  const line = new Float64Array(m)
  let off = 0
  for (let i = 0; i < f.length; i++) {
    let most = -Infinity
    for (let j = 0; j < m; j++) {
      const value = (g[j] - cost[i * m + j]) / heat + logB[j]
      line[j] = value
      if (value > most) most = value
    }
    let sum = 0
    for (let j = 0; j < m; j++) if (line[j] - most > faintest) sum += Math.exp(line[j] - most)
    const next = -heat * (most + Math.log(sum))
    // The plan's row sum before the update was a_i exp((f_old - f_new) / T).
    off += a[i] * Math.abs(Math.exp(Math.min(40, (f[i] - next) / heat)) - 1)
    f[i] = next
  }
  return off
}

/** g_j = -T log sum_i a_i exp((f_i - c_ij) / T), row by row as the costs lie in memory. */
function updateColumns(
  cost: Float32Array,
  logA: Float64Array,
  f: Float64Array,
  g: Float64Array,
  heat: number
): void {
  const m = g.length
  const most = new Float64Array(m).fill(-Infinity)
  const sums = new Float64Array(m)
  for (let i = 0; i < f.length; i++) {
    const own = f[i] / heat + logA[i]
    for (let j = 0; j < m; j++) {
      const value = own - cost[i * m + j] / heat
      if (value > most[j]) most[j] = value
    }
  }
  for (let i = 0; i < f.length; i++) {
    const own = f[i] / heat + logA[i]
    for (let j = 0; j < m; j++) {
      const below = own - cost[i * m + j] / heat - most[j]
      if (below > faintest) sums[j] += Math.exp(below)
    }
  }
  for (let j = 0; j < m; j++) g[j] = -heat * (most[j] + Math.log(sums[j]))
}

/** Cost of the plan a_i b_j exp((f_i + g_j - c_ij) / T) and how far its column sums are off. */
function readPlan(
  cost: Float32Array,
  a: Float64Array,
  b: Float64Array,
  f: Float64Array,
  g: Float64Array,
  heat: number
): { cost: number; error: number } {
  const m = g.length
  const columns = new Float64Array(m)
  let total = 0
  for (let i = 0; i < f.length; i++) {
    for (let j = 0; j < m; j++) {
      const power = (f[i] + g[j] - cost[i * m + j]) / heat
      if (power < faintest - 20) continue
      const share = a[i] * b[j] * Math.exp(power)
      columns[j] += share
      total += share * cost[i * m + j]
    }
  }
  return { cost: total, error: columns.reduce((sum, value, j) => sum + Math.abs(value - b[j]), 0) }
}
