// Labels that look wrong: who is found, and that a choice neither holds such items nor follows them.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { makeCase } from '../icons/icons.test-support.ts'
import { pickDoubtful } from './doubt.ts'
import type { GtpInfo } from './explain.ts'
import {
  chosenRows,
  runGtpCase,
  spread,
  type GtpOptions,
  type GtpRecord
} from './gtp.test-support.ts'
import gtp from './method.ts'
import { gtpParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const classes = 4
const given = makeCase(41, { rows: 400, columns: 10, classes, tasks: 0, budget: 60 })
const random = createRandom(42)
const wrong = new Set(random.sample(400, 80))
const labels = given.inputs.labels.map((label, row) =>
  wrong.has(row) ? (label + 1 + random.below(classes - 1)) % classes : label
)
const inputs = { ...given.inputs, labels }
const notCopied = { wrongLabels: 'do-not-copy' } as const
const run = (changes = {}, options: GtpOptions = {}): Promise<GtpRecord> =>
  runGtpCase(device, { ...inputs, ...changes }, notCopied, options)
const infoOf = ({ selection }: GtpRecord): GtpInfo => selection.info as GtpInfo
const share = (rows: readonly number[]): number =>
  rows.filter((row) => wrong.has(row)).length / rows.length

describe('labels that look wrong', () => {
  it('are what is planted, with few others, and are not chosen', async () => {
    const record = await run()
    const flags = record.selection.columns['flags']
    const found = [...flags.keys()].filter((row) => flags[row] === 3)
    expect(found.length).toBe(infoOf(record).doubtful)
    expect(share(found)).toBeGreaterThan(0.9)
    expect(found.length).toBeGreaterThan(0.75 * wrong.size)
    const counted = await runGtpCase(device, inputs)
    expect(infoOf(counted)).toMatchObject({ wrongLabels: 'count', doubtful: 0 })
    expect(share(chosenRows(counted.selection))).toBeGreaterThan(0.1)
    expect(share(chosenRows(record.selection))).toBeLessThan(
      0.4 * share(chosenRows(counted.selection))
    )
    expect(chosenRows(record.selection).some((row) => flags[row] === 3)).toBe(false)
    expect(record.selection.notes.join(' ')).toContain(`The label of ${found.length} items looks`)
  })

  it('fill places only where there is nobody else, and say so', async () => {
    const record = await run({ budget: 390 })
    const { selection } = record
    expect(selection.got).toBe(390)
    const flags = selection.columns['flags']
    const first = selection.order.findIndex((row) => flags[row] === 3)
    expect(selection.order.subarray(first).every((row) => flags[row] === 3)).toBe(true)
    expect(400 - first).toBe(infoOf(record).doubtful)
    const sentence = (place: number): { code: string; text: string } =>
      gtp.explain({
        row: selection.order[place],
        isChosen: place < 390,
        rank: place + 1,
        candidates: 400,
        label: undefined,
        columns: selection.columns,
        info: selection.info
      })
    expect(sentence(389)).toMatchObject({ code: 'kept-last' })
    expect(sentence(399)).toMatchObject({ code: 'label-doubtful' })
    expect(sentence(399).text).toContain('against its label')
  })

  it('are stored, so that a run goes on to the same bits without asking again', async () => {
    const whole = await run()
    expect(whole.steps.some(({ phase }) => phase === 'Looking at labels')).toBe(true)
    expect(whole.checkpoints[0].arrays['doubts']).toBeUndefined()
    for (const resume of [whole.checkpoints[0], ...spread(whole.checkpoints, 6)]) {
      const rest = await run({}, { resume: structuredClone(resume) })
      expect(rest.selection).toEqual(whole.selection)
      const isKnown = resume.arrays['doubts'] !== undefined
      expect(rest.steps.some(({ phase }) => phase === 'Looking at labels')).toBe(!isKnown)
    }
  })

  it('lets a cancel in while it looks', async () => {
    const abort = new AbortController()
    const stopped = run(
      {},
      {
        signal: abort.signal,
        onStep: ({ phase }) => {
          if (phase === 'Looking at labels') abort.abort(new Error('stopped'))
        }
      }
    )
    await expect(stopped).rejects.toThrow('stopped')
  })

  it('are not asked about where there are none', async () => {
    const none = await run({ labels: new Int32Array(400).fill(-1) })
    expect(none.steps.some(({ phase }) => phase === 'Looking at labels')).toBe(false)
    expect(infoOf(none)).toMatchObject({ wrongLabels: 'count', doubtful: 0 })
  })

  it('come the least doubtful first, ties by id; more than half of them are none', () => {
    const ids = Uint32Array.from([5, 4, 3, 2, 1, 0])
    const some = Float32Array.from([0.9, 0.2, NaN, 0.8, 0.65, 0.1])
    expect([...(pickDoubtful(some, ids) ?? [])]).toEqual([3, 0])
    const even = Float32Array.from([0.8, 0.2, 0.8, 0.8, 0.3, 0.1])
    expect([...(pickDoubtful(even, ids) ?? [])]).toEqual([3, 2, 0])
    expect(pickDoubtful(Float32Array.from([0.8, 0.2, 0.8, 0.8, NaN, 0.1]), ids)).toBeUndefined()
  })

  it('cost what the helper model costs', () => {
    const of = (wrongLabels: 'count' | 'do-not-copy'): number =>
      gtp.estimate(
        { candidates: 50_000, columns: 128, classes: 10, tasks: 0, examples: 0, budget: 500 },
        gtpParams.parse({ wrongLabels })
      ).seconds
    expect(of('do-not-copy')).toBeGreaterThan(of('count'))
  })
})
