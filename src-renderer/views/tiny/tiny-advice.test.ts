// What a result gives reason to try: when it is said, and what its buttons change.
import { describe, expect, it } from 'vitest'
import { armOf, tinyDraftOf, tinyResultOf } from '../../stores/distil-fixtures.test-support.ts'
import { tinyAdvice as words } from '../../text/distil.ts'
import { adviceFor, adviceWhileMade, otherCautions } from './tiny-advice.ts'

/** Labels of a helper model that is right 41 % of the time; plain ones reach 71 %. */
const weak = tinyResultOf({
  draft: tinyDraftOf(),
  experts: [
    { epoch: 1, accuracy01: 0.41, entropy: 1.2 },
    { epoch: 2, accuracy01: 0.8, entropy: 0.5 }
  ]
})

describe('a helper model that is worse than plain labels', () => {
  it('can be trained longer or done without', () => {
    const [helper] = adviceFor(weak, [])
    expect(helper).toMatchObject({ id: 'helper', severity: 'caution', text: words.helper('41 %') })
    expect(helper?.actions.map(({ label }) => label)).toEqual([words.trainLonger, words.usePlain])
    expect(helper?.actions[0]?.draft).toEqual(tinyDraftOf({ effort: 'thorough' }))
    expect(helper?.actions[1]?.draft).toEqual(tinyDraftOf({ labels: { kind: 'hard' } }))
  })

  it('gets twice the passes where they were set, or where there is no higher effort', () => {
    const method = { id: 'soft-labels', params: { expertEpochs: 6 } }
    const passesOf = (draft = tinyDraftOf(), defaults = {}) =>
      adviceFor({ ...weak, draft }, [], defaults)[0]?.actions[0]?.draft?.method.params
    expect(passesOf(tinyDraftOf({ method }))).toEqual({ expertEpochs: 12 })
    expect(passesOf(tinyDraftOf({ effort: 'thorough' }), { expertEpochs: 8 })).toEqual({
      expertEpochs: 16
    })
  })

  it('of a file gives way to one that is trained here', () => {
    const helper = {
      kind: 'file' as const,
      file: 'a'.repeat(64),
      name: 'mine.onnx',
      values: 'shares' as const
    }
    const [first] = adviceFor({ ...weak, draft: tinyDraftOf({ helper }) }, [])[0]?.actions ?? []
    expect(first?.label).toBe(words.trainHere)
    expect(first?.draft?.helper).toEqual({ kind: 'train' })
  })

  it('is not said twice, nor where it is good or not used', () => {
    const caution =
      'The helper model is right only 41 % of the time on items it has not seen. Richer labels from it may teach mistakes.'
    expect(otherCautions([caution, 'Rough.'], adviceFor(weak, []))).toEqual(['Rough.'])
    expect(otherCautions([caution], [])).toEqual([caution])
    expect(adviceFor({ ...weak, expertEpoch: 2 }, [])).toEqual([])
    expect(adviceFor({ ...weak, draft: tinyDraftOf({ labels: { kind: 'hard' } }) }, [])).toEqual([])
  })
})

describe('while a set is made', () => {
  it('the helper model is measured against random items with plain labels', () => {
    const [helper] = adviceWhileMade(tinyDraftOf(), 0.41, 0.5)
    expect(helper?.text).toBe(words.helper('41 %'))
    expect(adviceWhileMade(tinyDraftOf(), 0.6, 0.5)).toEqual([])
    expect(adviceWhileMade(tinyDraftOf(), undefined, 0.5)).toEqual([])
    expect(adviceWhileMade(tinyDraftOf(), 0.41, null)).toEqual([])
    expect(adviceWhileMade(tinyDraftOf({ labels: { kind: 'hard' } }), 0.41, 0.5)).toEqual([])
  })
})

describe('data that has moved on', () => {
  it('is named by its versions, and the same is offered on the last one', () => {
    const versions = [
      { id: 'd1', version: 3, previous: null },
      { id: 'd2', version: 4, previous: 'd1' },
      { id: 'd3', version: 5, previous: 'd2' }
    ]
    const good = tinyResultOf({ expertEpoch: 2 })
    const [version] = adviceFor(good, versions)
    expect(version).toMatchObject({ id: 'version', text: words.version(3, 5) })
    expect(version?.actions[0]).toEqual({
      label: words.again(5),
      draft: { ...good.draft, dataset: 'd3' }
    })
    expect(version?.actions[1]).toEqual({ label: words.keep, draft: undefined })
    expect(adviceFor({ ...good, dataset: 'd3' }, versions)).toEqual([])
  })
})

describe('richer labels that were not made', () => {
  const one = 'ConvNet, 32 filters'
  const check = tinyResultOf().check
  const plain = tinyResultOf({
    expertEpoch: null,
    check: check && { ...check, arms: [armOf('distilled-hard', one, 0.7)] }
  })

  it('are said, but not of sets that have no labels of that kind', () => {
    expect(adviceFor(plain, []).map(({ id }) => id)).toEqual(['plain'])
    expect(adviceFor({ ...plain, consumer: 'kernel' }, [])).toEqual([])
    expect(adviceFor({ ...plain, draft: tinyDraftOf({ labels: { kind: 'hard' } }) }, [])).toEqual(
      []
    )
  })
})
