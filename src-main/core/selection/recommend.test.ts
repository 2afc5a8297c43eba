// What is recommended for data, aim and budget; each case is a row of the grid in docs/benchmarks.md
// or one that data without labels forces.
import { describe, expect, it } from 'vitest'
import { selectionMethods } from '../methods/registry.ts'
import { methodsFor, recommend, type RecommendInputs } from './recommend.ts'
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
  goal: 'train-images',
  hasTexts: false,
  gradients: 0,
  hasList: false
}
const sets = (...groups: number[][]): Partial<RecommendInputs> => ({
  taskKind: 'sets',
  tasks: groups.map(task)
})

const cases: readonly (readonly [string, Partial<RecommendInputs>, string])[] = [
  ['labels, no examples', {}, 'gtp'],
  ['labels, no examples, most is kept', { keptShare01: 0.5 }, 'stratified-random'],
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
