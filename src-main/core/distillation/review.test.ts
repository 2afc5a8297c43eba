import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DistilDraft, DistilReview } from '../../api/dto/distil.ts'
import { distillationMethods } from '../methods/distillation/registry.ts'
import {
  addPictures,
  addRows,
  createDistilFixture,
  draftFor,
  type DistilFixture
} from './distil.test-support.ts'
import { defaultDraft } from './defaults.ts'
import { splitDraft } from './draft-split.ts'
import type { NetworkProber } from './network-prober.ts'
import { reviewDraft } from './review.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture()
})
afterEach(() => fixture.dispose())

/** A computer of known speed. */
function computer(trained: number, slowdown = 1): Pick<NetworkProber, 'speed'> {
  return {
    speed: () =>
      Promise.resolve({
        trained,
        forward: trained / 4,
        second: trained * 4,
        perPicture: 1e-4,
        deviceId: 'native',
        device: 'processor',
        slowdown
      })
  }
}

function review(draft: DistilDraft, trained = 1e-4, slowdown = 1): Promise<DistilReview> {
  return reviewDraft(
    {
      store: fixture.store,
      items: fixture.items,
      methods: distillationMethods,
      features: fixture.features,
      prober: computer(trained, slowdown),
      expertsFolder: join(fixture.folder, 'experts'),
      machine: { freeMemoryBytes: () => 8e9, freeDiskBytes: () => Promise.resolve(1e11) },
      projectFolder: '/projects/My data.winnow',
      threads: 2,
      deviceRequest: () => 'auto',
      isGraphics: () => false
    },
    draft
  )
}

function codes({ messages }: DistilReview): string[] {
  return messages.map(({ code }) => code)
}

/** The draft with the first button of a message pressed. */
function pressed(draft: DistilDraft, { messages }: DistilReview, code: string): DistilDraft {
  const found = messages.find((message) => message.code === code)
  return { ...draft, ...(found?.actions[0]?.patch as Partial<DistilDraft>) }
}

describe('the review of a draft', () => {
  it('says what comes out, in numbers, a sentence and a command', async () => {
    await addPictures(fixture, 400)
    const draft = draftFor('pictures')
    const shown = await review(draft)
    expect(codes(shown)).toEqual(['D9'])
    expect(shown.items).toBe(8)
    expect(shown.shrink).toBeCloseTo(shown.trainItems / 8)
    expect(shown.side).toBe(12)
    expect(shown.sentence).toContain('tiny training set of 8 real items')
    expect(shown.command).toBe(
      "winnow distil --project '/projects/My data.winnow' --dataset 'Data pictures' --plan plan.json"
    )
    expect(shown.efforts.map(({ effort }) => effort)).toEqual(['quick', 'standard', 'thorough'])
    expect(shown.recommended).toMatchObject({ kind: 'real', method: 'soft-labels' })
  })

  it('offers to leave out groups that are too small, and that mends it', async () => {
    await addPictures(fixture, 400)
    const labels = Int32Array.from({ length: 95 }, () => 0)
    // Class 3 keeps 5 of its 100 items.
    const rows = Array.from({ length: 100 }, (_, i) => i * 4 + 3).slice(0, 95)
    fixture.store.items.setLabels('pictures', rows, labels)
    const draft = draftFor('pictures')
    const shown = await review(draft)
    expect(shown.messages[0]).toMatchObject({
      code: 'D3',
      severity: 'error',
      text: 'Group \u2018c3\u2019 has 5 items; at least 20 are needed to learn from.'
    })
    expect(codes(await review(pressed(draft, shown, 'D3')))).not.toContain('D3')
  })

  it('points to choosing real items where the set is nearly half of the data', async () => {
    await addPictures(fixture, 200)
    const shown = await review(draftFor('pictures', { perClass: 20 }))
    const message = shown.messages.find(({ code }) => code === 'D5')
    expect(message?.text).toContain('20 per class \u00d7 4 classes is 80 items \u2013 nearly half')
    expect(message?.actions[0]).toEqual({ label: 'Choose real items', open: 'choose' })
  })

  it('offers Quick where there is no graphics card and it would take hours', async () => {
    await addPictures(fixture, 400)
    const draft = draftFor('pictures', { effort: 'thorough', width: null })
    const shown = await review(draft, 0.2)
    const message = shown.messages.find(({ code }) => code === 'D6')
    expect(message?.text).toMatch(
      /^No graphics card was found\. Thorough would take .+ h here; Quick/
    )
    expect(pressed(draft, shown, 'D6').effort).toBe('quick')
  })

  it('refuses a method of another kind and a setting that is not possible', async () => {
    await addPictures(fixture, 400)
    expect(codes(await review(draftFor('pictures', { kind: 'made' })))).toContain('M2')
    const impossible = { id: 'soft-labels', params: { expertEpochs: -1 } }
    expect(codes(await review(draftFor('pictures', { method: impossible })))).toContain('M3')
    expect(codes(await review(draftFor('pictures', { method: { id: 'nothing' } })))).toContain('M1')
  })

  it('says what a method cannot do with these labels, and offers its usual settings', async () => {
    await addPictures(fixture, 400)
    const method = { id: 'addressable-memories', params: { stages: 10 } }
    const draft = draftFor('pictures', { kind: 'made', method })
    const shown = await review(draft)
    expect(shown.messages.find(({ code }) => code === 'M3')?.text).toMatch(/stage/i)
    expect(shown.estimate).toBeNull()
    expect(pressed(draft, shown, 'M3').method).toEqual({ id: method.id, params: {} })
    expect(shown.methods.find(({ method: id }) => id === method.id)?.wantsGraphicsCard).toBe(false)
  })

  it('of the recommended draft has no error, for pictures and for rows', async () => {
    await addPictures(fixture, 400)
    await addRows(fixture)
    for (const dataset of ['pictures', 'rows']) {
      const source = { store: fixture.store, items: fixture.items, methods: distillationMethods }
      const shown = await review(await defaultDraft(source, dataset))
      expect(shown.messages.filter(({ severity }) => severity === 'error')).toEqual([])
    }
  })
})

describe('the estimate', () => {
  it('keeps its lower end when other work slows the computer, and says why the upper one grows', async () => {
    await addPictures(fixture, 240)
    const draft = draftFor('pictures')
    const [quiet, busy, busier] = await Promise.all(
      [1, 3, 30].map(async (slowdown) => (await review(draft, 1e-3, slowdown)).estimate)
    )
    expect(busy?.lowSeconds).toBe(quiet?.lowSeconds)
    expect(busy?.highSeconds).toBeCloseTo(2 * (quiet?.highSeconds ?? NaN))
    expect(busier?.highSeconds).toBe(busy?.highSeconds)
    expect(busy?.why).toContain('busy')
    expect(quiet?.why).not.toContain('busy')
  })
})

describe('the split of a draft', () => {
  it('shares no content between its parts and is the same every time', async () => {
    await addRows(fixture)
    const draft = draftFor('rows')
    const split = await splitDraft(fixture, draft)
    const all = [...split.train, ...split.validation, ...split.test]
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBe(400)
    expect(split.validation.length).toBeGreaterThanOrEqual(30)
    const again = await splitDraft(fixture, draft)
    expect(again.test).toEqual(split.test)
    expect(again.validation).toEqual(split.validation)
  })

  it('leaves the test part of the data alone', async () => {
    await addRows(fixture, { items: 300 })
    const rows = Array.from({ length: 60 }, (_, i) => i)
    fixture.store.items.setSplitsOf('rows', rows, new Uint8Array(60).fill(2))
    const split = await splitDraft(fixture, draftFor('rows'))
    expect(split.hasTestSplit).toBe(true)
    expect([...split.test]).toEqual(rows)
    expect([...split.train, ...split.validation].every((row) => row >= 60)).toBe(true)
  })
})
