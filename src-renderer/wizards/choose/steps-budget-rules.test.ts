// "How much" and "Any rules?" as screens: what typing sets in the draft.
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import type { ColumnInfo } from '@api/dto/datasets.ts'
import type { DraftReview, SelectDraft } from '@api/dto/runs.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useDraft } from '../../stores/draft.ts'
import { datasetOf, draftOf, reviewOf } from '../../stores/run-fixtures.test-support.ts'
import { choose } from '../../text/choose.ts'
import { clickOn, startApp } from '../../views/view.test-support.ts'
import StepBudget from './StepBudget.vue'
import StepReview from './StepReview.vue'
import StepRules from './StepRules.vue'

let wrapper: VueWrapper
// The draft's own timers would run on into the next test and bring its stores back.
beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  wrapper.unmount()
  vi.useRealTimers()
})

const column: ColumnInfo = {
  name: 'site',
  type: 'category',
  role: 'keep',
  confidence01: 1,
  distinct: 2,
  missing: 0,
  examples: []
}

async function show(
  step: Component,
  parts: { draft?: SelectDraft; review?: Partial<DraftReview>; columns?: ColumnInfo[] } = {}
): Promise<void> {
  const app = await startApp({
    'drafts.defaults': () => parts.draft ?? draftOf(),
    'drafts.save': () => ({ id: 's1' }),
    'runs.review': () => reviewOf({ tokensPerItem: 50, ...parts.review }),
    'datasets.list': () => ({ datasets: [datasetOf({ columns: parts.columns ?? [] })] })
  })
  await useDatasets().load()
  await useDraft().startNew('d1')
  await vi.runAllTimersAsync()
  // The screen gets the draft as the wizard hands it on.
  wrapper = app.show({
    components: { step },
    setup: () => ({ draft: useDraft() }),
    template: '<step :plan="draft.draft" />'
  })
}
const field = (label: string): HTMLInputElement => {
  const name = [...document.querySelectorAll('label')].find((one) =>
    one.textContent?.trim().startsWith(label)
  )
  const input = name && document.getElementById(name.getAttribute('for') ?? '')
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${label}`)
  return input
}
async function type(input: HTMLInputElement, text: string): Promise<void> {
  input.value = text
  input.dispatchEvent(new Event('input'))
  input.dispatchEvent(new Event('change'))
  await wrapper.vm.$nextTick()
}
const named = (name: string): HTMLInputElement => {
  const input = document.querySelector(`[aria-label="${name}"]`)
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${name}`)
  return input
}

describe('how much', () => {
  it('stores the unit that was typed in', async () => {
    await show(StepBudget)
    const draft = useDraft()
    await type(field(choose.budget.megabytes), '0.5')
    expect(draft.draft?.budget).toEqual({ kind: 'bytes', bytes: 500_000 })
    await type(field(choose.budget.tokens), '7000')
    expect(draft.draft?.budget).toEqual({ kind: 'tokens', tokens: 7000 })
    expect(field(choose.budget.items).value).toBe('140')
    await type(field(choose.budget.hours), '2')
    await type(field(choose.budget.secondsPerItem), '20')
    expect(draft.draft?.budget).toEqual({ kind: 'time', hours: 2, secondsPerItem: 20 })
    expect(field(choose.budget.items).value).toBe('360')
  })

  it('looks for the smallest set, and goes back to what was asked before', async () => {
    await show(StepBudget, { draft: { ...draftOf(), budget: { kind: 'count', count: 70 } } })
    const draft = useDraft()
    const toggle = document.querySelector('[role="switch"]')
    await clickOn(toggle ?? undefined)
    await type(field(choose.budget.keeps), '95.5')
    await type(field(choose.budget.atMost), '20')
    expect(draft.draft?.budget).toEqual({
      kind: 'smallest',
      keepsShare01: 0.955,
      atMostPercent: 20
    })
    await clickOn(document.querySelector('[role="switch"]') ?? undefined)
    expect(draft.draft?.budget).toEqual({ kind: 'count', count: 70 })
  })
})

describe('rules', () => {
  const shown = {
    sources: [
      { name: 'web', available: 70 },
      { name: 'scan', available: 90 }
    ]
  }

  it('set limits and shares by label', async () => {
    await show(StepRules)
    await clickOn(
      [...document.querySelectorAll('button')].find(
        (one) => one.textContent?.trim() === choose.rules.perClassShow
      )
    )
    await type(named('boot: At least'), '20')
    await type(named('boot: Share'), '62.5')
    expect(useDraft().draft?.rules.perClass).toEqual([
      { label: 'boot', min: 20, max: null, percent: 62.5 }
    ])
    expect(wrapper.text()).toContain(choose.rules.shareSum('62.5'))
    await type(named('boot: At least'), 'many')
    expect(named('boot: At least').value).toBe('20')
  })

  it('set limits by source, largest first, and forget them with another column', async () => {
    await show(StepRules, { columns: [column], review: shown })
    const draft = useDraft()
    const select = [...document.querySelectorAll('select')].find((one) =>
      [...one.options].some((option) => option.textContent?.trim() === choose.rules.sourceNone)
    )
    if (select === undefined) throw new Error('no picker')
    select.value = '1'
    select.dispatchEvent(new Event('change'))
    expect(draft.draft?.rules.sourceColumn).toBe('site')
    await vi.runAllTimersAsync()
    expect([...document.querySelectorAll('tbody th')].map((one) => one.textContent)).toEqual([
      'scan',
      'web'
    ])
    await type(named('web: At most'), '30')
    expect(draft.draft?.rules.perSource).toEqual([{ source: 'web', min: null, max: 30 }])
    select.value = '0'
    select.dispatchEvent(new Event('change'))
    expect(draft.draft?.rules).toMatchObject({ sourceColumn: null, perSource: [] })
  })

  it('say plainly when no column names where items come from', async () => {
    await show(StepRules)
    expect(wrapper.text()).toContain(choose.rules.sourceNoColumn)
  })
})

describe('review', () => {
  it('offers the files that the command reads', async () => {
    await show(StepReview, { review: { commandFiles: ['rules.json'] } })
    expect(wrapper.text()).toContain(choose.review.copyFile('rules.json'))
    expect(wrapper.text()).not.toContain(choose.review.copyFile('tasks.json'))
  })
})
