// Number files computed elsewhere: what fits is offered and what does not says why; comparing by
// one, going back, removing after a question; every state has its words.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { JoinedMatrix } from '@api/dto/matrices.ts'
import { AppError } from '@api/errors.ts'
import {
  datasetOf,
  deferred,
  jobOf,
  type Answers
} from '../../../stores/run-fixtures.test-support.ts'
import { useJobs } from '../../../stores/jobs.ts'
import { useToasts } from '../../../stores/toasts.ts'
import { common } from '../../../text/common.ts'
import { matrices as words } from '../../../text/matrices.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../../view.test-support.ts'
import JoinedMatrices from './JoinedMatrices.vue'

function matrixOf(part: Partial<JoinedMatrix> = {}): JoinedMatrix {
  return {
    id: 'm1',
    name: 'clip',
    use: 'fingerprints',
    task: null,
    rows: 10_000,
    columns: 512,
    dtype: 'float16',
    sizeBytes: 10_240_000,
    place: '~/clip.npy',
    storage: 'link',
    isReachable: true,
    isInUse: false,
    createdAt: 1,
    ...part
  }
}
const found = {
  sentence: 'Two of three arrays have one row for each item.',
  arrays: [
    {
      name: 'ids',
      shape: [10_000],
      dtype: 'int64',
      sizeBytes: 80_000,
      problem: 'It has one column only.'
    },
    { name: 'x', shape: [10_000, 512], dtype: 'float32', sizeBytes: 2e7, problem: null },
    { name: 'y', shape: [10_000, 64], dtype: 'float32', sizeBytes: 2e6, problem: null }
  ]
}
let app: TestApp
let wrapper: VueWrapper
afterEach(() => wrapper.unmount())
async function show(answers: Answers = {}, project = projectOf()): Promise<void> {
  app = await startApp(
    {
      'matrices.list': () => ({ matrices: [] }),
      'matrices.preview': () => found,
      'matrices.join': () => ({ job: 'j1' }),
      'matrices.use': () => ({}),
      'matrices.remove': () => ({}),
      'files.pick': () => ({
        grants: [{ id: 'g1', kind: 'file', name: 'vectors.npz', place: '~/vectors.npz' }]
      }),
      ...answers
    },
    project
  )
  wrapper = app.show(JoinedMatrices, { summary: datasetOf() })
  await flushPromises()
}
/** Dialogs lie at the end of the page, outside of the component. */
const page = (): string => document.body.textContent ?? ''
function control(text: string, within: ParentNode = document): HTMLElement {
  const found = [...within.querySelectorAll<HTMLElement>('button')].filter(
    (candidate) =>
      candidate.textContent?.trim() === text || candidate.getAttribute('aria-label') === text
  )
  const last = found.at(-1)
  if (last === undefined) throw new Error(`no button “${text}” in ${page()}`)
  return last
}
const field = (selector: string): HTMLInputElement => {
  const input = document.querySelector<HTMLInputElement>(`[role="dialog"] ${selector}`)
  if (input === null) throw new Error(`no ${selector}`)
  return input
}
async function tick(input: HTMLInputElement): Promise<void> {
  input.checked = true
  input.dispatchEvent(new Event('change'))
  await flushPromises()
}
async function type(input: HTMLInputElement, text: string): Promise<void> {
  input.value = text
  input.dispatchEvent(new Event('input'))
  await flushPromises()
}

describe('the list', () => {
  it('says when nothing is joined, and when it could not be loaded', async () => {
    let isBroken = true
    await show({
      'matrices.list': () => {
        if (isBroken) throw new AppError('internal')
        return { matrices: [] }
      }
    })
    expect(wrapper.get('[role="alert"]').text()).toContain(words.failedTitle)
    isBroken = false
    await clickOn(control(common.tryAgain))
    expect(wrapper.text()).toContain(words.emptyTitle)
  })

  it('shows what each is, where it is, and what became of it', async () => {
    await show({
      'matrices.list': () => ({
        matrices: [
          matrixOf(),
          matrixOf({ id: 'm2', name: 'grads', use: 'gradients', task: 'sums', storage: 'copy' }),
          matrixOf({ id: 'm3', name: 'old', isReachable: false })
        ]
      })
    })
    const [first, second, third] = wrapper.findAll('.matrix').map((entry) => entry.text())
    expect(first).toContain('10,000 × 512, float16, 10.2 MB, read where it is')
    expect(first).toContain('~/clip.npy')
    expect(second).toContain(words.ofTask(words.uses.gradients, 'sums'))
    expect(second).not.toContain(words.useThis)
    expect(third).toContain(words.lostTitle)
    expect(control(`${words.useThis}: old`).hasAttribute('disabled')).toBe(true)
    expect(wrapper.text()).toContain(words.ownInUse)
  })

  it('compares by one of them, and by its own again', async () => {
    let inUse: string | null = null
    await show({
      'matrices.list': () => ({ matrices: [matrixOf({ isInUse: inUse === 'm1' })] }),
      'matrices.use': ({ matrix }) => {
        inUse = matrix
        return {}
      }
    })
    await clickOn(control(`${words.useThis}: clip`))
    expect(wrapper.text()).toContain(words.inUse)
    expect(useToasts().toasts.at(-1)?.text).toBe(words.nowThis('clip'))
    await clickOn(control(words.useOwn))
    expect(app.inputs('matrices.use')).toEqual([
      { dataset: 'd1', matrix: 'm1' },
      { dataset: 'd1', matrix: null }
    ])
    expect(wrapper.text()).toContain(words.ownInUse)
  })

  it('removes after a question that says what happens', async () => {
    await show({
      'matrices.list': () => ({ matrices: [matrixOf({ isInUse: true, storage: 'copy' })] })
    })
    await clickOn(control(`${common.remove}: clip`))
    expect(page()).toContain(words.removeCopied('10.2 MB'))
    expect(page()).toContain(words.removeInUse)
    expect(app.inputs('matrices.remove')).toEqual([])
    await clickOn(control(common.remove))
    expect(app.inputs('matrices.remove')).toEqual([{ dataset: 'd1', matrix: 'm1' }])
  })

  it('changes nothing in a project that is only read', async () => {
    await show(
      { 'matrices.list': () => ({ matrices: [matrixOf()] }) },
      projectOf({ isReadOnly: true })
    )
    for (const name of [words.join, `${words.useThis}: clip`, `${common.remove}: clip`])
      expect(control(name).hasAttribute('disabled')).toBe(true)
  })

  it('shows what is being joined, with a way to stop, and reads again when it ends', async () => {
    let joined: JoinedMatrix[] = []
    const job = jobOf({
      id: 'j1',
      kind: 'matrix',
      title: 'Joining “clip”',
      dataset: 'd1',
      run: null
    })
    await show({
      'matrices.list': () => ({ matrices: joined }),
      'jobs.list': () => ({ jobs: [job] }),
      'jobs.cancel': () => ({ ...job, state: 'cancelled', finishedAt: 9 })
    })
    expect(wrapper.text()).toContain('Joining “clip”')
    joined = [matrixOf()]
    await clickOn(control(common.cancel))
    expect(app.inputs('jobs.cancel')).toEqual([{ id: 'j1', keep: false }])
    expect(useJobs().find('j1')?.state).toBe('cancelled')
    expect(wrapper.text()).toContain('~/clip.npy')
  })
})

describe('joining', () => {
  it('offers what fits, says why the rest does not, and joins what was chosen', async () => {
    await show()
    await clickOn(control(words.join))
    await clickOn(control(words.dialog.pick))
    expect(page()).toContain(found.sentence)
    expect(page()).toContain('It has one column only.')
    expect(field('input[value="ids"]').disabled).toBe(true)
    expect(field('input[value="x"]').checked).toBe(true)
    await tick(field('input[value="y"]'))
    await tick(field('input[value="gradients"]'))
    await clickOn(control(words.dialog.start('10,000 rows')))
    expect(page()).toContain(words.dialog.taskMissing)
    expect(app.inputs('matrices.join')).toEqual([])
    const [name, task] = document.querySelectorAll<HTMLInputElement>(
      '[role="dialog"] input[type="text"]'
    )
    expect(name?.value).toBe('vectors')
    if (task !== undefined) await type(task, ' sums ')
    await tick(field('input[value="copy"]'))
    await clickOn(control(words.dialog.start('10,000 rows')))
    expect(app.inputs('matrices.join')).toEqual([
      {
        grant: 'g1',
        dataset: 'd1',
        array: 'y',
        name: 'vectors',
        use: 'gradients',
        task: 'sums',
        storage: 'copy'
      }
    ])
    expect(useToasts().toasts.at(-1)?.text).toBe(words.dialog.started('vectors'))
  })

  it('cannot start with a file that holds nothing that fits, or that cannot be read', async () => {
    let isBroken = false
    await show({
      'matrices.preview': () => {
        if (isBroken)
          throw new AppError('file-damaged', 'It is cut off.', { hint: 'Get it again.' })
        return { sentence: 'Nothing fits.', arrays: found.arrays.slice(0, 1) }
      }
    })
    await clickOn(control(words.join))
    await clickOn(control(words.dialog.pick))
    expect(page()).toContain(words.dialog.none)
    expect(control(words.dialog.start('10,000 rows')).hasAttribute('disabled')).toBe(true)
    isBroken = true
    await clickOn(control(words.dialog.pickOther))
    expect(page()).toContain('It is cut off. Get it again.')
  })

  it('forgets an answer about a file that is no longer the chosen one', async () => {
    const slow = deferred<typeof found>()
    let asked = 0
    await show({
      'matrices.preview': () => (++asked === 1 ? slow.promise : { sentence: 'Second.', arrays: [] })
    })
    await clickOn(control(words.join))
    await clickOn(control(words.dialog.pick))
    await clickOn(control(words.dialog.pickOther))
    slow.resolve(found)
    await flushPromises()
    expect(page()).toContain('Second.')
    expect(page()).not.toContain(found.sentence)
  })
})
