// What is recommended for data, aim and budget; each case is a row of the grid in docs/benchmarks.md
// or one that data without labels forces.
import { describe, expect, it } from 'vitest'
import { selectionMethods } from '../methods/registry.ts'
import { methodsFor, recommend, wrongLabelShare, type RecommendInputs } from './recommend.ts'
import type { PlannedTask } from './tasks.ts'

function task(labels: readonly number[]): PlannedTask {
  const part = {
    name: 'p',
    dataset: 'd',
    rows: Uint32Array.from(labels, (_, i) => i),
    labels: Int32Array.from(labels)
  }
  return { name: labels.join(), importance: 'normal', parts: [part] }
}

const plain: RecommendInputs = {
  hasLabels: true,
  tasks: [task([0]), task([1])],
  taskKind: 'labels',
  keptShare01: 0.1,
  keep: 200,
  goal: 'train-images',
  hasTexts: false,
  gradients: 0,
  hasList: false,
  wrongLabels01: 0
}
const sets = (...groups: number[][]): Partial<RecommendInputs> => ({
  taskKind: 'sets',
  tasks: groups.map(task)
})

const cases: readonly (readonly [string, Partial<RecommendInputs>, string])[] = [
  ['labels, no examples', {}, 'gtp'],
  ['labels, no examples, many items', { keep: 3000 }, 'herding'],
  ['labels, no examples, most is kept', { keptShare01: 0.5 }, 'stratified-random'],
  ['wrong labels, many kept', { wrongLabels01: 0.1, keptShare01: 0.2 }, 'early-learning'],
  ['wrong labels, many items', { wrongLabels01: 0.1, keep: 3000 }, 'early-learning'],
  ['wrong labels, few kept', { wrongLabels01: 0.1, keptShare01: 0.1 }, 'gtp'],
  ['one example task', sets([0, 1]), 'gtp'],
  ['tasks that share classes', sets([0, 1], [1, 2]), 'icons'],
  ['the same, very little kept', { ...sets([0, 1], [1, 2]), keptShare01: 0.02 }, 'gtp'],
  ['tasks without a class in common', sets([0], [1]), 'gtp'],
  ['no labels', { hasLabels: false }, 'facility-location'],
  ['no labels, examples', { hasLabels: false, ...sets([-1]) }, 'tarot'],
  ['no labels, example texts', { hasLabels: false, hasTexts: true, ...sets([-1]) }, 'dsir'],
  ['gradients, several tasks', { hasLabels: false, gradients: 1, ...sets([-1], [-1]) }, 'icons'],
  ['gradients, one task', { hasLabels: false, gradients: 1, ...sets([-1]) }, 'less'],
  ['only repeats', { goal: 'remove-repeats' }, 'random'],
  ['a list', { hasList: true }, 'given-list']
]

describe('recommendation', () => {
  it.each(cases)('%s', (_, change, id) => {
    const inputs = { ...plain, ...change }
    const { choice, why } = recommend(inputs)
    expect(choice.id).toBe(id)
    expect(why).toMatch(/^[A-Z].*\.$/)
    // What is recommended can always be used.
    const [state] = methodsFor(
      selectionMethods.filter((method) => method.id === id),
      {
        hasLabels: inputs.hasLabels,
        tasks: inputs.tasks.length,
        hasTexts: inputs.hasTexts,
        hasSources: false,
        gradients: inputs.gradients,
        hasList: inputs.hasList
      }
    )
    expect(state).toMatchObject({ isPossible: true })
  })
})

describe('wrong labels', () => {
  const rows = Uint32Array.of(1, 3, 5)
  const finding = { kind: 'wrong-labels', rows, isDismissed: false }
  const share = (change: object, labels: number[] = [0, 1, 0, 1, 0, 1]): number =>
    wrongLabelShare(
      // The part that is read; a finding's id is its kind.
      {
        health: {
          finding: (_: string, id: string) => {
            const found = { ...finding, ...change }
            return found.kind === id ? found : undefined
          }
        }
      } as never,
      {
        dataset: { id: 'd' },
        columns: {
          labels: Int32Array.from(labels),
          givenLabels: Int32Array.of(0, 1, 0, 1, 0, 1)
        },
        candidates: Uint32Array.of(0, 1, 2, 3)
      } as never // as above
    )
  it('counts candidates whose label is still as it was found', () => {
    expect(share({})).toBe(0.5)
    expect(share({}, [0, 0, 0, 1, 0, 1])).toBe(0.25)
  })
  it('counts nothing that was put away, or found for another reason', () => {
    expect(share({ isDismissed: true })).toBe(0)
    expect(share({ kind: 'outliers' })).toBe(0)
  })
})
