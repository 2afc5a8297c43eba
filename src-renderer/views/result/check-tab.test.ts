// The tab behind the verdict: a row per check model, the repeats, and what is said when parts of it
// were not asked for.
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { CheckModelResult } from '@api/dto/runs.ts'
import { checkOf, resultOf } from '../../stores/run-fixtures.test-support.ts'
import { checkTab as words } from '../../text/check.ts'
import { startApp } from '../view.test-support.ts'
import CheckTab from './CheckTab.vue'
import { repeatRows } from './check-repeats.ts'
import VerdictBand from './VerdictBand.vue'

let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  wrapper = undefined
})

function modelOf(part: Partial<CheckModelResult> = {}): CheckModelResult {
  const { chosen, random, stratified, all, difference, differenceToStratified } = checkOf()
  return {
    model: 'linear',
    name: 'Fast linear',
    chosen,
    random,
    stratified,
    all,
    difference,
    differenceToStratified,
    kind: 'helped',
    sentence: '',
    ...part
  }
}
const across = 'No clear difference with k-NN (+0.4, \u22120.8 to 1.6).'

describe('the check tab', () => {
  it('has a row for every model and names the one that decides', async () => {
    const app = await startApp()
    const models = [
      modelOf(),
      modelOf({
        model: 'knn',
        name: 'Most alike items (k-NN)',
        kind: 'no-difference',
        difference: { mean: 0.004, low: -0.008, high: 0.016 }
      })
    ]
    wrapper = app.show(CheckTab, { check: checkOf({ models, acrossModels: across }) })
    const [table] = wrapper.findAll('table')
    const rows = (table?.findAll('tbody tr') ?? []).map((row) => row.text())
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain(words.verdictModel('Fast linear'))
    expect(rows[0]).toContain('+8.0')
    expect(rows[1]).toContain('no clear difference')
    expect(wrapper.text()).toContain(across)
    expect(wrapper.text()).toContain(words.noCurve)
  })
  it('shows the repeats of results of older versions, which know no models', async () => {
    const app = await startApp()
    wrapper = app.show(CheckTab, { check: checkOf() })
    expect(wrapper.findAll('table')).toHaveLength(1)
    expect(wrapper.findAll('tbody tr').map((row) => row.text())[0]).toContain('83.00 %')
  })
  it('says so when nothing was tested', async () => {
    const app = await startApp()
    wrapper = app.show(CheckTab, { check: null })
    expect(wrapper.text()).toContain(words.notTested)
  })
})

describe('the verdict band', () => {
  it('says what the other models found', async () => {
    const app = await startApp()
    wrapper = app.show(VerdictBand, {
      result: resultOf({ check: checkOf({ acrossModels: across }) })
    })
    expect(wrapper.text()).toContain(across)
  })
})

describe('repeats', () => {
  it('pair chosen and random', () => {
    const rows = repeatRows(checkOf())
    expect(rows.map((row) => row.repeat)).toEqual([1, 2, 3])
    expect(rows[0]?.difference).toBeCloseTo(0.09, 12)
  })
  it('leave out what has no partner', () => {
    const check = checkOf()
    const perRepeat = { ...check.perRepeat, random: [0.7] }
    expect(repeatRows({ ...check, perRepeat })).toHaveLength(1)
  })
})
