// What this window can take back: in turn along a line, from a message too, joined, and forgotten.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@api/errors.ts'
import { browse as words } from '../text/browse.ts'
import { settingsPlace, useJournal, type JournalNote } from './journal.ts'
import { useProject } from './project.ts'
import { useToasts } from './toasts.ts'

let log: string[]
beforeEach(() => {
  setActivePinia(createPinia())
  log = []
})
function noteOf(sentence: string, part: Partial<JournalNote> = {}): JournalNote {
  return {
    place: { kind: 'result', id: 'r1', name: 'Best' },
    line: 'one',
    sentence,
    undo: () => log.push(`-${sentence}`),
    redo: () => log.push(`+${sentence}`),
    ...part
  }
}
const states = (): string[] =>
  useJournal().entries.map(({ sentence, isUndone }) => (isUndone ? `(${sentence})` : sentence))

describe('a line', () => {
  it('is taken back from its end and made again from there', async () => {
    const journal = useJournal()
    for (const sentence of ['a', 'b', 'c']) journal.record(noteOf(sentence))
    journal.record(noteOf('x', { line: 'other' }))
    await journal.undo('one')
    await journal.undo('one')
    expect(states()).toEqual(['a', '(b)', '(c)', 'x'])
    await journal.redo('one')
    expect(states()).toEqual(['a', 'b', '(c)', 'x'])
    expect(log).toEqual(['-c', '-b', '+b'])
    expect(journal.lastOf('one')?.sentence).toBe('b')
  })

  it('ends where nothing is left', async () => {
    const journal = useJournal()
    journal.record(noteOf('a'))
    await journal.undo('one')
    await journal.undo('one')
    await journal.redo('one')
    await journal.redo('one')
    await journal.redo('unknown')
    expect(log).toEqual(['-a', '+a'])
  })

  it('drops what was taken back when something new is done', async () => {
    const journal = useJournal()
    journal.record(noteOf('a'))
    journal.record(noteOf('b'))
    journal.record(noteOf('x', { line: 'other' }))
    await journal.undo('one')
    await journal.undo('other')
    journal.record(noteOf('c'))
    expect(states()).toEqual(['a', '(x)', 'c'])
  })

  it('stays as it is when taking back fails', async () => {
    const journal = useJournal()
    journal.record(
      noteOf('a', {
        undo: () => {
          throw new AppError('project-read-only')
        }
      })
    )
    await expect(journal.undo('one')).rejects.toThrow()
    expect(states()).toEqual(['a'])
  })

  it('keeps the newest thousand', () => {
    const journal = useJournal()
    for (let i = 0; i < 1_005; i++) journal.record(noteOf(String(i)))
    expect([states().length, states()[0]]).toEqual([1_000, '5'])
  })

  it('can be forgotten, and ends with the project unless it is about settings', () => {
    const journal = useJournal()
    journal.record(noteOf('a'))
    journal.record(noteOf('b', { line: 'two' }))
    journal.record(noteOf('theme', { line: 'settings', place: settingsPlace }))
    journal.drop('one')
    expect(states()).toEqual(['b', 'theme'])
    useProject().generation += 1
    expect(states()).toEqual(['theme'])
  })
})

describe('a message', () => {
  const messages = (): string[] => useToasts().toasts.map(({ text }) => text)
  const press = (at: number): Promise<void> =>
    useToasts().act(useToasts().toasts.at(at)?.id ?? Number.NaN)

  it('takes its change back, which then is shown as such', async () => {
    useJournal().tell(noteOf('a'))
    await press(-1)
    expect([log, states(), messages()]).toEqual([['-a'], ['(a)'], []])
  })

  it('goes when its change is taken back elsewhere', async () => {
    useJournal().tell(noteOf('a'))
    await useJournal().undo('one')
    expect(messages()).toEqual([])
  })

  it('says so when other changes of the line followed', async () => {
    useJournal().tell(noteOf('a'))
    useJournal().tell(noteOf('b'))
    await press(0)
    expect([log, states()]).toEqual([[], ['a', 'b']])
    expect(messages()).toEqual(['b', words.laterChanges])
  })

  it('goes on from the one before while that is still shown', async () => {
    const journal = useJournal()
    const first = journal.tell(noteOf('90 %'))
    const second = journal.tell(noteOf('100 %'), first)
    expect([second, states(), messages()]).toEqual([first, ['100 %'], ['100 %']])
    await press(-1)
    await journal.redo('one')
    expect(log).toEqual(['-90 %', '+100 %'])
    // Its message is gone by now: what follows stands alone.
    journal.tell(noteOf('110 %'), first)
    expect(states()).toEqual(['100 %', '110 %'])
  })
})
