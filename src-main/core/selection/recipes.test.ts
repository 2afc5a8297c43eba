// Recipes: kept, replaced, written and read back; and fitted to other data, where everything that
// does not fit is said.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChosenRecipeFile, RecipeSummary, type RecipeFile } from '../../api/dto/recipes.ts'
import { SelectDraft } from '../../api/dto/runs.ts'
import { selectionMethods } from '../methods/registry.ts'
import { defaultDraft } from './defaults.ts'
import { fitRecipe } from './recipe-fit.ts'
import {
  addRecipe,
  getRecipe,
  listRecipes,
  parseRecipe,
  recipeText,
  removeRecipe,
  saveRecipe
} from './recipes.ts'
import { clouds, createFixture, draftFor, type Fixture } from './selection-fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
})
afterEach(() => fixture.dispose())

const shape = { classes: 3, columns: 6 }
const keyOf = (dataset: string, row: number): string =>
  fixture.store.items.get(dataset, row)?.key ?? ''

/** Two pools with some items in common, and a set of examples. */
async function addData(): Promise<void> {
  const items = clouds({ ...shape, items: 60, seed: 1 })
  const columns = [{ name: 'site', kind: 'text' as const, role: 'value' as const }]
  await fixture.addDataset(
    'one',
    items.map((item, i) => ({ ...item, values: { site: `s${i % 3}` } })),
    { name: 'One', columns: columns as never }
  )
  await fixture.addDataset(
    'two',
    [...items.slice(0, 20), ...clouds({ ...shape, classes: 2, items: 40, seed: 2 })],
    { name: 'Two', classNames: ['c0', 'c1', 'c9'] }
  )
  await fixture.addDataset('ex', clouds({ ...shape, items: 12, seed: 3 }), {
    name: 'Examples',
    purpose: 'examples'
  })
}

const save = (name: string, draft: SelectDraft, at = 1): RecipeSummary =>
  saveRecipe(fixture.store, selectionMethods, name, draft, at)

async function fit(
  recipe: RecipeFile,
  dataset: string
): Promise<{ draft: SelectDraft; misfits: string[] }> {
  const record = fixture.store.datasets.get(dataset)
  if (record === undefined) throw new Error('no data')
  const recommended = await defaultDraft(fixture, dataset)
  const source = { store: fixture.store, methods: selectionMethods, recommended }
  const fitted = fitRecipe(source, ChosenRecipeFile.parse(recipe), record)
  return { draft: SelectDraft.parse(fitted.draft), misfits: [...fitted.misfits] }
}

describe('recipes of a project', () => {
  it('are kept under their names, newest first, one of each name', async () => {
    await addData()
    const first = save('Tenth', draftFor('one', { name: 'A run' }))
    expect(RecipeSummary.parse(first)).toMatchObject({
      name: 'Tenth',
      makes: 'chosen',
      dataName: 'One',
      kind: 'table',
      sentence: expect.stringMatching(
        /^Train a table sorter: keep 20 %, chosen by .*ICONS/
      ) as string
    })
    save('Half', draftFor('one', { budget: { kind: 'percent', percent: 50 } }), 2)
    const again = save(' Tenth ', draftFor('one', { seed: 9 }), 3)
    expect(listRecipes(fixture.store, selectionMethods).map(({ name }) => name)).toEqual([
      'Tenth',
      'Half'
    ])
    expect(getRecipe(fixture.store, again.id).draft).toMatchObject({ seed: 9, name: '' })
    expect(() => getRecipe(fixture.store, first.id)).toThrow('not in the project')
    removeRecipe(fixture.store, again.id)
    removeRecipe(fixture.store, again.id)
    expect(listRecipes(fixture.store, selectionMethods)).toHaveLength(1)
  })

  it('keeps what a newer version wrote', async () => {
    await addData()
    fixture.store.setFact('recipes', [{ id: 'new', recipe: { format: 'later' } }])
    const { id } = save('Mine', draftFor('one'))
    removeRecipe(fixture.store, id)
    expect(fixture.store.fact('recipes')).toEqual([{ id: 'new', recipe: { format: 'later' } }])
    expect(listRecipes(fixture.store, selectionMethods)).toEqual([])
  })

  it('come back from a file as they were', async () => {
    await addData()
    const { id } = save('Tenth', draftFor('one', { rules: { mustKeep: [keyOf('one', 3)] } }))
    const recipe = getRecipe(fixture.store, id)
    const read = parseRecipe(recipeText(recipe), 'tenth.json', 5)
    expect(read).toEqual(recipe)
    addRecipe(fixture.store, selectionMethods, { ...read, name: 'Read' })
    expect(listRecipes(fixture.store, selectionMethods).map(({ name }) => name)).toEqual([
      'Read',
      'Tenth'
    ])
  })

  it('reads the settings of an exported folder, and refuses other files in words', () => {
    const draft = draftFor('elsewhere', { name: 'Best 10 %' })
    expect(parseRecipe(JSON.stringify(draft), 'recipe.json', 5)).toMatchObject({
      name: 'Best 10 %',
      data: null,
      draft: { dataset: 'elsewhere', name: '' }
    })
    expect(parseRecipe(JSON.stringify({ ...draft, name: '' }), 'my.json', 5).name).toBe('my')
    expect(() => parseRecipe('nothing', 'a.json', 5)).toThrow('“a.json” is not a recipe. It is not')
    expect(() => parseRecipe('{"a":1}', 'a.json', 5)).toThrow('no settings of a run')
    const later = JSON.stringify({ format: 'winnow-recipe', version: 2, draft })
    expect(() => parseRecipe(later, 'a.json', 5)).toThrow('cannot read “version”')
    // The file's own names, not the words of whoever checked it.
    const whole = { format: 'winnow-recipe', version: 1, name: 'A', savedAt: 1, data: null, draft }
    const more = JSON.stringify({ ...whole, speed: 3 })
    expect(() => parseRecipe(more, 'a.json', 5)).toThrow('This version cannot read “speed” in it.')
    for (const value of [null, [], 'x', 7])
      expect(() => parseRecipe(JSON.stringify(value), 'a.json', 5)).toThrow('not a recipe')
  })
})

describe('a recipe on data', () => {
  it('is the same draft on the data it was made on', async () => {
    await addData()
    const draft = draftFor('one', {
      tasks: { kind: 'sets', sets: [{ name: 'A', dataset: 'ex', labels: ['c0'] }] },
      rules: {
        mustKeep: [keyOf('one', 3)],
        perClass: [{ label: 'c2', min: 1, max: 9 }],
        sourceColumn: 'site',
        perSource: [{ source: 's1', min: 1, max: null }]
      },
      scope: { kind: 'filter', filter: { labels: ['c0', 'c2'] } }
    })
    const fitted = await fit(getRecipe(fixture.store, save('A', draft).id), 'one')
    expect(fitted).toEqual({ draft: { ...draft, name: '' }, misfits: [] })
  })

  it('says everything that other data does not have', async () => {
    await addData()
    const draft = draftFor('one', {
      goal: 'train-images',
      scope: {
        kind: 'filter',
        filter: { labels: ['c0', 'c2'], values: [{ column: 'site', values: ['s1'] }], set: 'lasso' }
      },
      tasks: {
        kind: 'sets',
        sets: [
          { name: 'Own', dataset: 'one', labels: ['c2'] },
          { name: 'Other', dataset: 'gone', labels: [] },
          { name: 'Kept', dataset: 'ex', labels: ['c0'] }
        ]
      },
      rules: {
        mustKeep: [keyOf('one', 3), keyOf('one', 50)],
        perClass: [
          { label: 'c1', min: 1, max: null },
          { label: 'c2', min: 1, max: 9 }
        ],
        sourceColumn: 'site',
        perSource: [{ source: 's1', min: 1, max: null }],
        groupColumn: 'author'
      },
      method: { id: 'no-such-method', params: {} },
      alsoTry: [
        { id: 'random', params: {} },
        { id: 'icons', params: { combine: 'no-such-way' } }
      ],
      gradients: ['m1']
    })
    const { draft: fitted, misfits } = await fit(
      getRecipe(fixture.store, save('A', draft).id),
      'two'
    )
    expect(fitted).toMatchObject({
      dataset: 'two',
      goal: 'train-table',
      scope: { kind: 'filter', filter: { labels: ['c0'], values: [], set: null } },
      tasks: { kind: 'sets', sets: [{ name: 'Kept', dataset: 'ex' }] },
      rules: {
        mustKeep: [keyOf('one', 3)],
        perClass: [{ label: 'c1' }],
        sourceColumn: null,
        perSource: [],
        groupColumn: null
      },
      method: (await defaultDraft(fixture, 'two')).method,
      alsoTry: [
        { id: 'random', params: {} },
        { id: 'icons', params: {} }
      ],
      gradients: []
    })
    const said = misfits.join('\n')
    for (const part of [
      'This data has no label “c2”; that part of the filter was left out.',
      'This data has no label “c2”; the limits for it were left out.',
      'This data has no column “site”; that part of the filter was left out.',
      'sources are not told apart',
      'This data has no column “author”; groups are not kept together.',
      'items picked on other data',
      'Nothing of the task “Own” is in this data; it was left out.',
      'The examples of the task “Other” are not in this project; the task was left out.',
      '1 of the items to keep are not in this data; 1 are.',
      'This version has no method “no-such-method”',
      'are not known to this version; its usual ones are used.',
      '“Train a picture sorter” is not possible here: This data has no pictures.',
      'The gradients of the recipe are not joined to this data'
    ])
      expect(said).toContain(part)
  })

  it('finds examples in another project by their name', async () => {
    await addData()
    const draft = draftFor('one', {
      tasks: { kind: 'sets', sets: [{ name: 'A', dataset: 'ex', labels: [] }] }
    })
    const recipe = getRecipe(fixture.store, save('A', draft).id)
    // As in another project: other ids, the same names.
    const moved = ChosenRecipeFile.parse(
      JSON.parse(JSON.stringify(recipe).replaceAll('"ex"', '"0123"').replaceAll('"one"', '"4567"'))
    )
    const { draft: fitted, misfits } = await fit(moved, 'two')
    expect(fitted.tasks).toMatchObject({ sets: [{ name: 'A', dataset: 'ex' }] })
    expect(misfits).toEqual([])
  })

  it('takes a set that was changed by hand as a plain list elsewhere', async () => {
    await addData()
    const keys = [keyOf('one', 3), keyOf('one', 50)]
    const draft = draftFor('one', {
      method: { id: 'given-list' },
      given: { title: 'Best', run: 'r1', keys, added: [keys[1]], removed: [], test: [keys[0]] }
    })
    const { draft: fitted, misfits } = await fit(
      getRecipe(fixture.store, save('A', draft).id),
      'two'
    )
    expect(fitted.given).toEqual({
      title: 'Best',
      run: null,
      keys: [keys[0]],
      added: [],
      removed: [],
      test: []
    })
    expect(misfits.join(' ')).toContain('kept as a plain list')
    expect(misfits.join(' ')).toContain('1 of the items on the list “Best” are not in this data')
  })
})
