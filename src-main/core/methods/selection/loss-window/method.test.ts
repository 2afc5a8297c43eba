import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import {
  chosenOf,
  makeCoverageCase,
  mixOf,
  runMethod
} from '../../coverage/coverage.test-support.ts'
import { describeMethod } from '../../difficulty/method-checks.test-support.ts'
import type { SelectionInputs } from '../../method.ts'
import type { LossWindowInfo } from './explain.ts'
import lossWindow from './method.ts'
import { lossWindowParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const quick = { passes: 4, runs: 2 }
const infoOf = (info: Readonly<Record<string, unknown>>): LossWindowInfo =>
  info as unknown as LossWindowInfo

/** Three classes well apart, 600 rows, the first 60 with a wrong label. */
function planted(budget = 200): SelectionInputs {
  const { inputs } = makeCoverageCase(3, { rows: 600, columns: 8, classes: 3, budget })
  for (let row = 0; row < 60; row++) inputs.labels[row] = (inputs.labels[row] + 1) % 3
  return inputs
}

describeMethod(lossWindow, {
  variants: [
    quick,
    { ...quick, schedule: 'below-mean', skipPercent: 50, keep: 'most-visited', balance: 'none' },
    { ...quick, keep: 'hardest', dropFirst: 10 }
  ],
  runs: 12
})

describe('loss window', () => {
  it('saves steps and measures what that does, on rows that were set aside', async () => {
    const { selection, steps } = await runMethod(device, lossWindow, planted(), { passes: 12 })
    const info = infoOf(selection.info)
    expect(info.trainingRows + info.testRows).toBe(600)
    expect(info.testRows).toBeGreaterThan(110)
    expect(info.saved).toBeGreaterThan(0.2)
    expect(info.saved).toBeLessThan(0.9)
    expect(selection.summary.value).toBe(info.saved)
    for (const list of Object.values(info.accuracy)) {
      expect(list).toHaveLength(3)
      // A tenth of the labels are wrong.
      for (const value of list) expect(value).toBeGreaterThan(0.75)
    }
    expect(info.perPass.map(({ visited }) => visited)[0]).toBe(info.trainingRows)
    expect(info.perPass[3].window).toMatchObject({ start: 3, groups: 5 })
    expect(info.perPass.at(-1)?.window).toBeNull()
    const visited = info.perPass.reduce((sum, pass) => sum + pass.visited, 0)
    const live = steps.flatMap((step) => step.live ?? [])
    expect(live[0].y).toBeCloseTo(1 - visited / (12 * info.trainingRows), 9)
    expect(selection.summary.meaning).toMatch(
      /^Share of the training steps that the plan saved; right on items set aside: \d+\.\d % by the plan/
    )
    expect(selection.notes[0]).toContain('compare it with Random')
  })

  it('is training with all steps when nothing is skipped and the window is all groups', async () => {
    const all = { passes: 6, runs: 2, skipPercent: 0, windowPercent: 100 }
    const { selection } = await runMethod(device, lossWindow, planted(), all)
    const info = infoOf(selection.info)
    expect(info.saved).toBe(0)
    expect(selection.columns['visits'].every((value) => value === 1)).toBe(true)
    expect(selection.notes.join(' ')).not.toContain('costs accuracy')
  })

  it('wrong labels have the largest average loss, and the hardest part is full of them', async () => {
    const { selection } = await runMethod(device, lossWindow, planted(60), {
      passes: 10,
      keep: 'hardest'
    })
    const wrong = chosenOf(selection).filter((row) => row < 60).length
    expect(wrong).toBeGreaterThan(50)
    const middle = await runMethod(device, lossWindow, planted(60), { passes: 10 })
    expect(chosenOf(middle.selection).filter((row) => row < 60).length).toBeLessThan(10)
  })

  it('counts visits by the rule: shares between 0 and 1, and below the mean fewer than above', async () => {
    const params = { passes: 8, schedule: 'below-mean', skipPercent: 60, keep: 'most-visited' }
    const { selection } = await runMethod(device, lossWindow, planted(), params)
    const { visits, loss } = selection.columns
    expect(visits.every((value) => value > 0 && value <= 1)).toBe(true)
    const mean = (rows: number[]): number =>
      rows.reduce((sum, row) => sum + visits[row], 0) / rows.length
    const ranked = [...loss.keys()].sort((a, b) => loss[a] - loss[b])
    expect(mean(ranked.slice(0, 200))).toBeLessThan(0.7)
    expect(mean(ranked.slice(-60))).toBeGreaterThan(0.9)
    const rows = chosenOf(selection)
    expect(mean(rows)).toBeGreaterThan(mean([...selection.order.subarray(200)]))
  })

  it('keeps the mix of labels unless told not to', async () => {
    const inputs = planted(150)
    const { selection } = await runMethod(device, lossWindow, inputs, { ...quick, keep: 'hardest' })
    const all = mixOf({ ...selection, got: 600 }, inputs)
    mixOf(selection, inputs).forEach((count, label) =>
      expect(Math.abs(count - all[label] / 4)).toBeLessThan(1)
    )
  })

  it('says why, with the numbers of the row', async () => {
    const { selection } = await runMethod(device, lossWindow, planted(), { passes: 10 })
    const say = (row: number): string =>
      lossWindow.explain({
        row,
        isChosen: selection.order.indexOf(row) < selection.got,
        rank: selection.order.indexOf(row) + 1,
        candidates: 600,
        label: `class ${planted().labels[row]}`,
        columns: selection.columns,
        info: selection.info
      }).text
    expect(say(selection.order[0])).toMatch(
      /^Kept because its average loss is in the middle: loss \d\.\d\d on average \(place [\d,]+ of \d+ items labelled "class \d", hardest first\), \d+ % of the passes visit it\. Finished helper models gave its label in \d of 3 repeats/
    )
    expect(say(5)).toMatch(/^Left out: its average loss is larger or smaller than the middle part/)
    expect(say(5)).toContain('together they say "class')
  })

  it('says so when the plan could not be tested, and when there are no labels', async () => {
    const { inputs } = makeCoverageCase(4, { rows: 6, columns: 3, classes: 3, budget: 3 })
    const { selection } = await runMethod(device, lossWindow, inputs, quick)
    expect(selection.notes.join(' ')).toContain('the plan could not be tested')
    expect(selection.summary.meaning).toBe('Share of the training steps that the plan saved')
    inputs.labels.fill(-1)
    await expect(runMethod(device, lossWindow, inputs, quick)).rejects.toThrow(
      'No item has a label'
    )
  })

  it('is estimated by its work', () => {
    const shape = { candidates: 2000, columns: 64, classes: 10, tasks: 0, examples: 0, budget: 100 }
    const small = lossWindow.estimate(shape, lossWindowParams.parse({}))
    const large = lossWindow.estimate({ ...shape, candidates: 200_000 }, lossWindowParams.parse({}))
    expect(large.seconds).toBeGreaterThan(2 * small.seconds)
    expect(large.megabytes).toBeGreaterThan(small.megabytes)
    expect(small.why).toContain('3 repeats x 3 helper models x 20 passes')
  })
})
