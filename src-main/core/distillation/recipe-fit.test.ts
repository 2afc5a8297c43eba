// Recipes of tiny training sets: kept beside those of chosen sets, written and read back, and fitted
// to other data, where everything that does not fit is said.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { noFilter } from '../../api/dto/browse.ts'
import { DistilDraft } from '../../api/dto/distil.ts'
import { TinyRecipeFile } from '../../api/dto/recipes.ts'
import { distillationMethods } from '../methods/distillation/registry.ts'
import {
  addRecipe,
  getRecipe,
  listRecipes,
  parseRecipe,
  recipeText,
  saveRecipe,
  saveTinyRecipe
} from '../selection/recipes.ts'
import { clouds, createFixture, draftFor, type Fixture } from '../selection/selection-fixture.ts'
import { fitTinyRecipe } from './recipe-fit.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
  await fixture.addDataset('one', clouds({ classes: 3, columns: 6, items: 60, seed: 1 }), {
    name: 'One'
  })
})
afterEach(() => fixture.dispose())

const draft = (part: Partial<DistilDraft> = {}): DistilDraft => ({
  ...DistilDraft.parse({
    dataset: 'one',
    name: 'A run',
    kind: 'real',
    method: { id: 'soft-labels' },
    perClass: 10,
    effort: 'quick',
    labels: { kind: 'soft' },
    check: { repeats: 4 }
  }),
  ...part
})
function recipeOf(part: Partial<DistilDraft> = {}): TinyRecipeFile {
  const { id } = saveTinyRecipe(fixture.store, distillationMethods, 'Tiny', draft(part), 1)
  return TinyRecipeFile.parse(getRecipe(fixture.store, id))
}
function fit(part: Partial<DistilDraft>, dataset = 'one'): ReturnType<typeof fitTinyRecipe> {
  const record = fixture.store.datasets.get(dataset)
  if (record === undefined) throw new Error('no data')
  const recommended = draft({ dataset, kind: 'made', method: { id: 'feature-ridge', params: {} } })
  return fitTinyRecipe(
    { methods: distillationMethods, recommended, helperFiles: ['b'.repeat(64)] },
    recipeOf(part),
    record
  )
}

it('are kept beside those of chosen sets, and come back from a file', () => {
  saveRecipe(fixture.store, [], 'Tenth', draftFor('one'), 1)
  const recipe = recipeOf({ seed: 5 })
  expect(listRecipes(fixture.store, distillationMethods)).toMatchObject([
    {
      name: 'Tiny',
      makes: 'tiny',
      dataName: 'One',
      kind: 'table',
      sentence: expect.stringMatching(
        /^Make a tiny training set: 10 items for each label, real items, with .+\.$/
      ) as string
    },
    { name: 'Tenth', makes: 'chosen' }
  ])
  const read = parseRecipe(recipeText(recipe), 'tiny.json', 9)
  expect(read).toEqual(recipe)
  const { id } = addRecipe(fixture.store, [], { ...read, name: 'Read' })
  expect(getRecipe(fixture.store, id).draft).toMatchObject({ seed: 5, name: '' })
})

it('are read from the settings of an exported folder, or beside a copied command', () => {
  expect(parseRecipe(JSON.stringify(draft()), 'recipe.json', 5)).toMatchObject({
    makes: 'tiny',
    name: 'A run',
    data: null,
    draft: { perClass: 10, name: '' }
  })
  const later = { ...recipeOf(), makes: 'something' }
  expect(() => parseRecipe(JSON.stringify(later), 'a.json', 5)).toThrow('cannot read “makes”')
})

it('are the same draft on the data they were made on', () => {
  const asked = draft({
    leaveOut: ['c2'],
    scope: { kind: 'filter', filter: { ...noFilter, labels: ['c0', 'c1'] } }
  })
  expect(fit(asked)).toEqual({ makes: 'tiny', draft: { ...asked, name: '' }, misfits: [] })
})

it('say everything that other data does not have', async () => {
  await fixture.addDataset('two', clouds({ classes: 2, columns: 6, items: 40, seed: 2 }), {
    name: 'Two',
    classNames: ['c0', 'c9']
  })
  const fitted = fit(
    {
      leaveOut: ['c0', 'c2'],
      side: 24,
      kind: 'mixed',
      method: { id: 'realistic-tiles', params: {} },
      scope: { kind: 'filter', filter: { ...noFilter, labels: ['c1'], set: 'lasso' } }
    },
    'two'
  )
  expect(fitted.draft).toMatchObject({
    dataset: 'two',
    leaveOut: ['c0'],
    side: null,
    kind: 'made',
    method: { id: 'feature-ridge', params: {} },
    scope: { kind: 'filter', filter: { labels: [], set: null } }
  })
  const said = fitted.misfits.join('\n')
  for (const part of [
    'This data has no label “c2”; there is nothing to leave out.',
    'does not work with texts and tables; the recommended way is used.',
    'None of the labels the recipe looked at are in this data; all labels are.',
    'items picked on other data',
    'This data has no pictures; the picture size was left out.'
  ])
    expect(said).toContain(part)
  expect(fit({ method: { id: 'magic', params: {} } }).misfits).toEqual([
    'This version has no method “magic”, so it was left out.'
  ])
  const helper = (file: string) =>
    ({ kind: 'file', file: file.repeat(64), name: 'mine.onnx', values: 'shares' }) as const
  expect(fit({ helper: helper('b') }).misfits).toEqual([])
  const gone = fit({ helper: helper('a') })
  expect(gone.draft.helper).toEqual({ kind: 'train' })
  expect(gone.misfits).toEqual([
    'The helper model “mine.onnx” is not in this project; one is trained here instead.'
  ])
  const odd = fit({ method: { id: 'soft-labels', params: { moments: 'many' } } })
  expect(odd.draft.method).toEqual({ id: 'soft-labels', params: {} })
  expect(odd.misfits.join()).toContain('are not known to this version')
})
