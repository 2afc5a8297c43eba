// Recipes in the window: using one, seeing what does not fit, saving, reading and removing.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RecipeSummary } from '@api/dto/recipes.ts'
import { AppError } from '@api/errors.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useTinyDraft } from '../../stores/distil-draft.ts'
import { tinyAnswers, tinyDraftOf } from '../../stores/distil-fixtures.test-support.ts'
import { useDraft } from '../../stores/draft.ts'
import { useRecipes } from '../../stores/recipes.ts'
import { useToasts } from '../../stores/toasts.ts'
import {
  datasetOf,
  draftOf,
  reviewOf,
  type Answers
} from '../../stores/run-fixtures.test-support.ts'
import { recipes as words } from '../../text/recipes.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import RecipesDialog from './RecipesDialog.vue'
import SaveRecipe from './SaveRecipe.vue'

let app: TestApp
let wrapper: VueWrapper
/** Held from the start: a store of an earlier test may wake up and be the current one again. */
let stores: {
  readonly draft: ReturnType<typeof useDraft>
  readonly recipes: ReturnType<typeof useRecipes>
  readonly toasts: ReturnType<typeof useToasts>
}
async function start(answers: Answers, project = projectOf()): Promise<void> {
  app = await startApp(answers, project)
  stores = { draft: useDraft(), recipes: useRecipes(), toasts: useToasts() }
}
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
})

const recipeOf = (part: Partial<RecipeSummary> = {}): RecipeSummary => ({
  id: 'rec1',
  name: 'Tenth',
  savedAt: 1,
  makes: 'chosen',
  dataName: 'Old shoes',
  kind: 'images',
  sentence: 'Train a picture sorter: keep 10 %.',
  ...part
})
const backend: Answers = {
  'datasets.list': () => ({
    datasets: [datasetOf({ id: 'd1' }), datasetOf({ id: 'd2', name: 'Texts', kind: 'text' })]
  }),
  'recipes.list': () => ({ recipes: [recipeOf()] }),
  'recipes.fit': () => ({
    makes: 'chosen' as const,
    draft: draftOf({ dataset: 'd2', seed: 7 }),
    misfits: ['No label “c2”.']
  }),
  'drafts.defaults': () => draftOf({ dataset: 'd2' }),
  'drafts.save': () => ({ id: 'x' }),
  'runs.review': () => reviewOf()
}
async function open(
  answers: Answers = {},
  project = projectOf(),
  dataset: string | undefined = 'd2'
): Promise<void> {
  await start({ ...backend, ...answers }, project)
  await useDatasets().load()
  wrapper = app.show(RecipesDialog, { open: true, dataset })
  await flushPromises()
}
const texts = (): string => document.body.textContent ?? ''
async function click(text: string): Promise<void> {
  const button = [...document.querySelectorAll('button')].findLast(
    (one) => one.textContent?.trim() === text || one.getAttribute('aria-label') === text
  )
  if (button === undefined) throw new Error(`no button “${text}” in ${texts()}`)
  await clickOn(button)
}

describe('the list of recipes', () => {
  it('uses one on the data at hand, after saying what does not fit', async () => {
    await open()
    expect(texts()).toContain('Train a picture sorter: keep 10 %.')
    expect(texts()).toContain(words.otherKind)
    await click(words.useNamed('Tenth'))
    expect(app.inputs('recipes.fit')).toEqual([{ recipe: 'rec1', dataset: 'd2' }])
    expect(texts()).toContain('No label “c2”.')
    await click(words.goOn)
    expect(stores.draft.draft).toMatchObject({ dataset: 'd2', seed: 7, name: '' })
    expect(stores.draft.step).toBe('review')
    expect(app.router.currentRoute.value).toMatchObject({
      name: 'choose',
      query: { dataset: 'd2' }
    })
  })

  it('of a tiny set leads to its own plan, and shows only what was asked for', async () => {
    const tiny = recipeOf({ id: 'tiny1', name: 'Tiny', makes: 'tiny' })
    await open({
      ...tinyAnswers({ 'datasets.list': backend['datasets.list'] ?? (() => ({ datasets: [] })) }),
      'recipes.list': () => ({ recipes: [tiny, recipeOf()] }),
      'recipes.fit': () => ({
        makes: 'tiny',
        draft: tinyDraftOf({ dataset: 'd2', seed: 9 }),
        misfits: []
      })
    })
    await click(words.useNamed('Tiny'))
    await click(words.goOn)
    expect(useTinyDraft().draft).toMatchObject({ dataset: 'd2', seed: 9 })
    expect(app.router.currentRoute.value).toMatchObject({ name: 'tiny', query: { dataset: 'd2' } })
    wrapper.unmount()
    await useRecipes().load()
    wrapper = app.show(RecipesDialog, { open: true, makes: 'chosen' })
    await flushPromises()
    expect(texts()).toContain('Tenth')
    expect(document.querySelector(`[aria-label="${words.useNamed('Tiny')}"]`)).toBeNull()
  })

  it('says when all fits, and goes back', async () => {
    await open({ 'recipes.fit': () => ({ makes: 'chosen', draft: draftOf(), misfits: [] }) })
    await click(words.useNamed('Tenth'))
    expect(texts()).toContain(words.fits)
    await click(words.back)
    expect(texts()).toContain(words.madeOn('Old shoes'))
  })

  it('is empty, fails with a way out, and removes', async () => {
    await open({ 'recipes.list': () => ({ recipes: [] }) })
    expect(texts()).toContain(words.none)
    wrapper.unmount()
    let isBroken = true
    await open({
      'recipes.list': () => {
        if (isBroken) throw new AppError('internal', 'The list is broken.')
        return { recipes: [recipeOf()] }
      },
      'recipes.remove': () => ({})
    })
    expect(texts()).toContain('The list is broken.')
    isBroken = false
    await click('Try again')
    await click(words.remove('Tenth'))
    expect(stores.recipes.recipes).toEqual([])
    expect(app.inputs('recipes.remove')).toEqual([{ id: 'rec1' }])
  })

  it('reads one from a file, and says what is wrong with a file that is none', async () => {
    const grant = { id: 'g1', kind: 'file' as const, name: 'a.json', place: '~/a.json' }
    let isRecipe = false
    await open({
      'files.pick': () => ({ grants: [grant] }),
      'recipes.read': () => {
        if (!isRecipe) throw new AppError('file-not-recognised', '“a.json” is not a recipe.')
        return recipeOf({ name: 'Read' })
      }
    })
    const said = (): string => stores.toasts.toasts.map(({ text }) => text).join()
    await click(words.read)
    await vi.waitFor(() => expect(said()).toContain('is not a recipe'))
    isRecipe = true
    await click(words.read)
    await vi.waitFor(() => expect(said()).toContain(words.wasRead('Read')))
  })

  it('changes nothing in a project that is open for reading only', async () => {
    await open({}, projectOf({ isReadOnly: true }))
    expect(texts()).not.toContain(words.read)
    expect(document.querySelector(`[aria-label="${words.remove('Tenth')}"]`)).toBeNull()
  })
})

describe('saving a recipe', () => {
  it('keeps the plan under a name and says when one is replaced', async () => {
    await start({ ...backend, 'recipes.save': () => recipeOf() })
    let isClosed = false
    const draft = draftOf({ seed: 3 })
    wrapper = app.show(SaveRecipe, {
      draft,
      suggested: 'Tenth',
      onClose: () => {
        isClosed = true
      }
    })
    await flushPromises()
    expect(texts()).toContain(words.replaces)
    await click(words.saveNow)
    expect(app.inputs('recipes.save')).toEqual([{ name: 'Tenth', draft }])
    expect(isClosed).toBe(true)
    expect(stores.toasts.toasts.map(({ text }) => text)).toContain(words.saved('Tenth'))
  })
})
