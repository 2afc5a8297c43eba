// One target's process in a campaign: runs cases, keeps what broke, and tells its parent how far it is
// through two small files, so that a crash or an endless loop loses nothing.
import { cpSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { memoryUsage } from 'node:process'
import { runCases, signatureOf, type Finding } from './campaign.ts'
import { targets } from './list.ts'

/** What the parent asks for, and reads back. */
export interface ChildOrder {
  readonly target: string
  readonly seed: number
  readonly from: number
  readonly cases: number
  /** Milliseconds since 1970 to stop at. */
  readonly until: number
  /** Where cases lie; empty. */
  readonly scratch: string
  /** Where what broke is kept. */
  readonly kept: string
}

/** Lines of a child's log. */
export type ChildLine =
  | {
      readonly kind: 'progress'
      readonly cases: number
      readonly seconds: number
      readonly outcomes: Readonly<Record<string, number>>
      readonly heapMb: number
      readonly memoryMb: number
    }
  | { readonly kind: 'finding'; readonly index: number; readonly signature: string }

/** Memory that a target may hold more at its end than after its first cases. */
const heapGrowthMb = 96
/** Memory that nothing small may take. */
const memoryMostMb = 1800
/** Findings of one kind that are kept whole. */
const keptOfKind = 3
const megabyte = 1024 * 1024

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function main(order: ChildOrder): Promise<void> {
  const load = targets.get(order.target)
  if (load === undefined) throw new Error(`no target ${order.target}`)
  const target = await load()
  mkdirSync(order.scratch, { recursive: true })
  const state = openSync(join(order.kept, `${target.name}.at`), 'w')
  const log = openSync(join(order.kept, `${target.name}.log`), 'a')
  const say = (line: ChildLine): void => void writeSync(log, `${JSON.stringify(line)}\n`)
  const began = performance.now()
  const outcomes = new Map<string, number>()
  const seen = new Map<string, number>()
  let done = 0
  let lastSaid = began
  let firstHeap: number | undefined
  const heapMb = (): number => {
    globalThis.gc?.()
    return Math.round(memoryUsage().heapUsed / megabyte)
  }
  const progress = (): void =>
    say({
      kind: 'progress',
      cases: done,
      seconds: Math.round((performance.now() - began) / 100) / 10,
      outcomes: Object.fromEntries(outcomes),
      heapMb: heapMb(),
      memoryMb: Math.round(memoryUsage.rss() / megabyte)
    })
  const keep = (finding: Finding): void => {
    const signature = signatureOf(finding)
    const count = (seen.get(signature) ?? 0) + 1
    seen.set(signature, count)
    say({ kind: 'finding', index: finding.index, signature })
    if (count > keptOfKind) return
    const place = join(order.kept, `${target.name}-${order.seed}-${finding.index}`)
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'finding.txt'), `${finding.message}\n\n${finding.stack}\n`)
    if (finding.input !== undefined) writeFileSync(join(place, 'input'), finding.input)
    cpSync(order.scratch, join(place, 'case'), {
      recursive: true,
      // Large databases and the like say little.
      filter: (name) => !name.endsWith('-wal')
    })
  }
  await runCases(target, {
    folder: order.scratch,
    seed: order.seed,
    from: order.from,
    // Of the processor, so that other programs on the machine make no case slow.
    now: () => cpuMs(),
    goOn: (index) => index - order.from < order.cases && Date.now() < order.until,
    onCase(index) {
      writeSync(state, String(index).padEnd(16), 0)
      done = index - order.from
      const now = performance.now()
      if (now - lastSaid < 5000) return
      lastSaid = now
      const heap = heapMb()
      firstHeap ??= heap
      if (heap > firstHeap + heapGrowthMb || memoryUsage.rss() > memoryMostMb * megabyte)
        keep({
          index,
          message: `memory grew from ${firstHeap} MB to ${heap} MB (${Math.round(memoryUsage.rss() / megabyte)} MB in all)`,
          stack: '',
          input: undefined
        })
      progress()
    },
    onOutcome(outcome) {
      const key = outcomes.size < 200 || outcomes.has(outcome) ? outcome : 'other'
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
    },
    onFinding: keep
  })
  done += done > 0 || order.cases > 0 ? 1 : 0
  progress()
}

await main(JSON.parse(process.argv[2] ?? '{}') as ChildOrder)
// Targets with threads of their own have ended them; what is left must not keep the parent waiting.
process.exit(0)
