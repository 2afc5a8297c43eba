// The long campaign of faults: every row of docs/reliability.md, again and again with moments, sizes
// and places that fast-check draws, on copies of one calm project. Prints a table with counts.
// `node bench/faults/campaign.ts [--times N] [--minutes M] [--rows PATTERN] [--seed N] [--ground FOLDER]`
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { stageNames } from '../../src-main/core/faults/fault-work.test-support.ts'
import { noDisks } from '../../src-main/core/faults/faults.test-support.ts'
import { prepareGround, type Ground } from '../../src-main/core/faults/ground.test-support.ts'
import { killDuring } from '../../src-main/core/faults/kill-row.test-support.ts'
import * as rows from '../../src-main/core/faults/rows.test-support.ts'

interface Row {
  readonly name: string
  readonly needsDisks: boolean
  /** One case, drawn anew each time; what it told. Throws on anything that must not be. */
  readonly property: (tell: (told: string) => void) => fc.IAsyncProperty<unknown>
}

const share = fc.double({ min: 0, max: 1, noNaN: true })
const stageOf = (names: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...names)

function row<T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  run: (drawn: T) => Promise<string>,
  needsDisks = false
): Row {
  return {
    name,
    needsDisks,
    property: (tell) =>
      fc.asyncProperty(arbitrary as fc.Arbitrary<unknown>, async (drawn) => {
        // Drawn by the arbitrary given with it.
        tell(await run(drawn as T))
      })
  }
}

function damages(): fc.Arbitrary<rows.Damage> {
  return fc.oneof(
    fc.constantFrom(
      { kind: 'header' } as const,
      { kind: 'empty' } as const,
      { kind: 'gone' } as const
    ),
    fc.record({ kind: fc.constantFrom('byte', 'page', 'cut', 'log'), at01: share })
  )
}

async function rowsOf(ground: Ground): Promise<Row[]> {
  const quick = ['import table', 'import photos', 'import-traces', 'map', 'trace-export']
  const cached = (await rows.cachedFiles(ground, 'health')).filter((name) =>
    /[0-9a-f]{32}\.npy$/.test(name)
  )
  return [
    ...stageNames.map((stage) =>
      row(`kill -9 during ${stage}`, share, (at) => killDuring(ground, stage, at))
    ),
    ...stageNames
      .filter((stage) => stage !== 'run-pages')
      .map((stage) =>
        row(
          `full disk during ${stage}`,
          fc.oneof(fc.constant(0), fc.nat(1_500_000)),
          (left) => rows.diskFullDuring(ground, stage, left),
          true
        )
      ),
    row(
      'full disk while a project is made',
      fc.nat(600_000),
      (left) => rows.diskFullWhileMaking(ground, left),
      true
    ),
    row(
      'full disk during a backup',
      fc.nat(1_500_000),
      (left) => rows.diskFullDuringBackup(ground, left),
      true
    ),
    row('read-only disk', stageOf(quick), (stage) => rows.readOnly(ground, stage), true),
    row('disk taken away', stageOf(quick), (stage) => rows.takenAway(ground, stage, 'disk'), true),
    row(
      'folder taken away',
      stageOf(quick),
      (stage) => rows.takenAway(ground, stage, 'folder'),
      true
    ),
    row('two hosts on one project', stageOf(quick), (stage) => rows.twoHosts(ground, stage)),
    row('broken project file', damages(), (damage) =>
      rows.brokenProject(ground, 'features', damage)
    ),
    row(
      'what a killed job goes on from is changed',
      fc.tuple(stageOf(['features', 'health', 'select', 'distil', 'analyse']), share),
      ([stage, at]) => killDuring(ground, stage, at, true)
    ),
    row(
      'a byte of kept fingerprints changed',
      fc.tuple(fc.constantFrom(...cached), share),
      ([file, at]) => rows.damagedFile(ground, 'map', file, at)
    ),
    row(
      'a compute thread dies',
      fc.tuple(stageOf([...quick, 'select', 'health']), fc.integer({ min: 1, max: 40 })),
      ([stage, messages]) => rows.threadsFailDuring(ground, stage, { messages })
    ),
    row(
      'a compute thread runs out of memory',
      fc.tuple(
        stageOf(['import-traces', 'import table', 'health']),
        fc.integer({ min: 8, max: 40 })
      ),
      ([stage, megabytes]) => rows.threadsFailDuring(ground, stage, { megabytes })
    ),
    row(
      'the clock jumps',
      fc.tuple(stageOf(quick), fc.nat(120), fc.integer({ min: -400, max: 400 })),
      ([stage, after, days]) => rows.clockJumpsDuring(ground, stage, after, days * 86_400_000)
    )
  ]
}

const { values: given } = parseArgs({
  options: {
    times: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '600' },
    rows: { type: 'string', default: '' },
    seed: { type: 'string', default: '' },
    ground: { type: 'string' }
  }
})
const seed = given.seed === '' ? Date.now() % 2 ** 31 : Number(given.seed)
const folder = given.ground ?? (await mkdtemp(join(tmpdir(), 'winnow-faults-')))
const ground = await prepareGround(folder, stageNames)
const endsAt = performance.now() + Number(given.minutes) * 60_000
console.log(`seed ${seed}`)
if (noDisks !== undefined) console.log(`no faults of disks: ${noDisks}`)
console.log('\n| fault | tried | told, how often | result |\n|---|---|---|---|')
let [tried, failed] = [0, 0]
for (const each of await rowsOf(ground)) {
  if (!new RegExp(given.rows).test(each.name) || performance.now() > endsAt) continue
  if (each.needsDisks && noDisks !== undefined) continue
  const counts = new Map<string, number>()
  const property = each.property((told) => counts.set(told, (counts.get(told) ?? 0) + 1))
  const details = await fc.check(property, {
    numRuns: Number(given.times),
    seed,
    endOnFailure: true
  })
  const told = [...counts].map(([what, times]) => `${what} ${times}`).join(', ')
  const total = [...counts.values()].reduce((sum, times) => sum + times, 0)
  tried += total + (details.failed ? 1 : 0)
  failed += details.failed ? 1 : 0
  const why = details.errorInstance instanceof Error ? details.errorInstance.message : ''
  const result = details.failed
    ? `FAILED with ${JSON.stringify(details.counterexample)}: ${why}`
    : 'as it must be'
  console.log(`| ${each.name} | ${total + (details.failed ? 1 : 0)} | ${told} | ${result} |`)
}
console.log(`\ncases tried: ${tried}, failed: ${failed}`)
if (given.ground === undefined) await rm(folder, { recursive: true, force: true })
process.exit(failed === 0 ? 0 : 1)
