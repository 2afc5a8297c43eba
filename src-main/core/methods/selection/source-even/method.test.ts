import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { runMethod } from '../../coverage/coverage.test-support.ts'
import {
  describeSourceMethod,
  makeSourceCase,
  mixtureOf
} from '../../mixtures/mixtures.test-support.ts'
import sourceSize from '../source-size/method.ts'
import sourceEven from './method.ts'

// As in the registry: the methods' own parameter types are widened.
const even = sourceEven as never
const bySize = sourceSize as never
let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describeSourceMethod(even, [{}], { isQuick: true })
describeSourceMethod(bySize, [{}], { isQuick: true })

describe('equal shares', () => {
  it('are refilled where a source is too small, and that is said', async () => {
    const { inputs } = makeSourceCase(1, { sizes: [5, 100, 100], budget: 60 })
    const { selection } = await runMethod(device, even, inputs)
    expect(mixtureOf(selection).sources.map(({ kept }) => kept)).toEqual([5, 28, 27])
    expect(selection.notes.join(' ')).toContain('"source 0": all items were taken')
  })

  it('need no labels and no numbers', async () => {
    const { inputs, values } = makeSourceCase(1, { sizes: [30, 60], budget: 30 })
    inputs.labels.fill(-1)
    values.fill(NaN)
    const { selection } = await runMethod(device, even, inputs)
    expect(mixtureOf(selection).sources.map(({ kept }) => kept)).toEqual([15, 15])
  })
})

describe('shares by size', () => {
  it('keep the mix of sources, and of labels within each', async () => {
    const { inputs } = makeSourceCase(2, { sizes: [400, 200, 100], budget: 140 })
    const { selection } = await runMethod(device, bySize, inputs)
    expect(mixtureOf(selection).sources.map(({ kept }) => kept)).toEqual([80, 40, 20])
    const ids = inputs.sources?.ids ?? new Int32Array()
    const count = (rows: Iterable<number>, source: number, label: number): number =>
      [...rows].filter((row) => ids[row] === source && inputs.labels[row] === label).length
    for (let source = 0; source < 3; source++)
      for (let label = 0; label < 3; label++) {
        const all = count(inputs.labels.keys(), source, label)
        const kept = count(selection.order.subarray(0, 140), source, label)
        expect(Math.abs(kept - all / 5)).toBeLessThan(1)
      }
  })

  it('hold in about every beginning of the order', async () => {
    const { inputs } = makeSourceCase(2, { sizes: [400, 200, 100], budget: 350 })
    const { selection } = await runMethod(device, bySize, inputs)
    for (const size of [70, 140, 280]) {
      const counts = [0, 0, 0]
      for (const row of selection.order.subarray(0, size))
        counts[selection.columns['source'][row]]++
      ;[4, 2, 1].forEach((part, i) =>
        expect(Math.abs(counts[i] - (size * part) / 7)).toBeLessThan(5)
      )
    }
  })

  it('treat items without a source as a source of their own', async () => {
    const { inputs } = makeSourceCase(3, { sizes: [60, 30, 10], budget: 50 })
    const ids = inputs.sources?.ids ?? new Int32Array()
    ids.forEach((id, row) => {
      if (id === 2) ids[row] = -1
    })
    const { selection } = await runMethod(device, bySize, inputs)
    const { sources } = mixtureOf(selection)
    expect(sources.map(({ name, kept }) => [name, kept])).toEqual([
      ['source 0', 30],
      ['source 1', 15],
      ['no source', 5]
    ])
    expect(selection.notes.join(' ')).toContain('10 items without a source')
  })

  it('keep the same items of a source as equal shares do where the numbers agree', async () => {
    const { inputs } = makeSourceCase(4, { sizes: [80, 80], budget: 40 })
    const first = await runMethod(device, bySize, inputs)
    const second = await runMethod(device, even, inputs)
    expect(second.selection.order).toEqual(first.selection.order)
  })

  it('say why a row was kept or left out', async () => {
    const { inputs } = makeSourceCase(5, { sizes: [75, 25], budget: 40 })
    const { columns, info, order } = (await runMethod(device, bySize, inputs)).selection
    const say = (place: number): string =>
      sourceSize.explain({
        row: order[place],
        isChosen: place < 40,
        rank: place + 1,
        candidates: 100,
        label: undefined,
        columns,
        info
      }).text
    const texts = Array.from(order, (_, place) => say(place))
    expect(texts.slice(0, 40)).toContain(
      'Kept: "source 0" gives 75 % of the set, drawn by lot within it.'
    )
    expect(texts.slice(40)).toContain(
      'Left out: "source 1" gives 25 % of the set, drawn by lot within it, and this item was not drawn.'
    )
  })
})
