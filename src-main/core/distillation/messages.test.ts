// Messages of a plan: times in the words of the cards, buttons that settle what they speak of, and
// labels that a method does not give.
import { describe, expect, it } from 'vitest'
import { DistilDraft } from '../../api/dto/distil.ts'
import { distillationMethods } from '../methods/distillation/registry.ts'
import { draftMessages, type MessageInputs } from './messages.ts'
import { methodChoices, recommendFor } from './recommend.ts'

function inputsOf(
  part: Partial<DistilDraft> = {},
  more: Partial<MessageInputs> = {}
): MessageInputs {
  const draft: DistilDraft = {
    ...DistilDraft.parse({
      dataset: 'd',
      kind: 'real',
      method: { id: 'soft-labels' },
      perClass: 10,
      effort: 'standard',
      labels: { kind: 'soft' },
      check: {}
    }),
    ...part
  }
  const choices = methodChoices(distillationMethods, 'pictures')
  const split = {
    dataset: { kind: 'images', classNames: ['a', 'b'], items: 1000, version: 1 },
    classNames: ['a', 'b'],
    available: [400, 400],
    tooFew: [],
    train: new Uint32Array(800),
    validation: new Uint32Array(80),
    test: new Uint32Array(300)
  } as unknown as MessageInputs['split'] // what messages read of it
  return {
    draft,
    split,
    choices,
    method: distillationMethods.find(({ id }) => id === draft.method.id),
    recommended: recommendFor(choices, draft, 'pictures'),
    efforts: [
      { effort: 'quick', lowSeconds: 300, highSeconds: 900 },
      { effort: 'standard', lowSeconds: 2220, highSeconds: 6660 },
      { effort: 'thorough', lowSeconds: 20_000, highSeconds: 60_000 }
    ],
    estimate: undefined,
    hasGraphicsCard: true,
    freeMemoryBytes: 1e10,
    freeDiskBytes: 1e10,
    newer: undefined,
    ...more
  }
}
const codes = (inputs: MessageInputs): string[] => draftMessages(inputs).map(({ code }) => code)

describe('messages', () => {
  it('say times in the words of the cards, and lead to the quick effort', () => {
    const [message] = draftMessages(inputsOf({}, { hasGraphicsCard: false }))
    expect(message).toMatchObject({
      code: 'D6',
      text: 'No graphics card was found. Standard would take about 37 min to 2 h here; Quick about 5 to 15 min.',
      actions: [{ label: 'Use Quick', patch: { effort: 'quick' } }]
    })
    expect(codes(inputsOf())).toEqual([])
  })

  it('lead to choosing real items where a set is nearly half of the data', () => {
    const [message] = draftMessages(inputsOf({ perClass: 200 }))
    expect(message).toMatchObject({ code: 'D5', severity: 'caution' })
    expect(message?.actions[0]).toEqual({ label: 'Choose real items', open: 'choose' })
  })

  it('say that a method gives plain labels where richer ones are asked for', () => {
    const made = { kind: 'made' as const, method: { id: 'distribution-matching', params: {} } }
    const [message] = draftMessages(inputsOf(made))
    expect(message).toMatchObject({ code: 'D10', severity: 'note', step: 'effort' })
    expect(message?.actions).toEqual([
      { label: 'Ask for plain labels', patch: { labels: { kind: 'hard' } } }
    ])
    expect(codes(inputsOf({ ...made, labels: { kind: 'hard' } }))).toEqual([])
  })
})
