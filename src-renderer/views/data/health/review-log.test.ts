// Decisions of a review: shown at once, saved in order, each taken back by its own undo.
import { beforeEach, describe, expect, it } from 'vitest'
import type { EditStep } from '@api/dto/edits.ts'
import { deferred } from '../../../stores/run-fixtures.test-support.ts'
import { itemOf } from './health-fixtures.test-support.ts'
import { createReviewLog, type ReviewDecision, type ReviewSaver } from './review-log.ts'
import { readProgress, writeProgress, type Verdict } from './review-progress.ts'

const stepOf = (number: number, part: Partial<EditStep> = {}): EditStep => ({
  number,
  at: 1,
  kind: 'aside',
  sentence: `step ${number}`,
  changed: 1,
  isUndone: false,
  ...part
})
interface Recorder extends ReviewSaver {
  readonly done: string[]
  readonly problems: unknown[]
  wait: Promise<unknown>
  fails: boolean
}
function recorder(): Recorder {
  let number = 0
  const mine: Recorder = {
    done: [],
    problems: [],
    wait: Promise.resolve(),
    fails: false,
    async save(rows, change) {
      await mine.wait
      if (mine.fails) throw new Error('full')
      mine.done.push(`${change.kind} ${rows.join(',')}`)
      number += 1
      return stepOf(number)
    },
    async undo(step) {
      mine.done.push(`undo ${step.number}`)
    },
    failed: (problem) => void mine.problems.push(problem)
  }
  return mine
}
function asideOf(row: number, part: Partial<ReviewDecision> = {}): ReviewDecision {
  return {
    units: [row],
    verdict: 'aside',
    position: row,
    changes: [{ items: [itemOf(row)], change: { kind: 'aside', aside: true } }],
    ...part
  }
}

let saver: Recorder
beforeEach(() => {
  saver = recorder()
  localStorage.clear()
})

describe('decisions', () => {
  it('show at once and are saved in the order they were made', async () => {
    const slow = deferred<undefined>()
    saver.wait = slow.promise
    const log = createReviewLog(saver)
    log.decide(asideOf(1))
    log.decide(
      asideOf(2, {
        verdict: 'accepted',
        changes: [{ items: [itemOf(2)], change: { kind: 'label', label: 'shoe' } }]
      })
    )
    log.decide(asideOf(3, { verdict: 'kept', changes: [] }))
    expect(log.current(itemOf(1)).isAside).toBe(true)
    expect(log.current(itemOf(2))).toMatchObject({ label: 'shoe', givenLabel: 'boot' })
    expect(log.current(itemOf(4))).toEqual(itemOf(4))
    expect(log.tally.value).toEqual({ units: 3, aside: 1, relabelled: 1, kept: 1 })
    expect(log.isSaving.value).toBe(true)
    slow.resolve(undefined)
    await log.settled()
    expect(saver.done).toEqual(['aside 1', 'label 2'])
    expect(log.isSaving.value).toBe(false)
  })

  it('are taken back last first, each with the step it made', async () => {
    const log = createReviewLog(saver)
    log.decide(asideOf(1))
    log.decide(asideOf(2))
    expect(log.undo()).toEqual({ position: 2, isForAll: false })
    expect(log.current(itemOf(2)).isAside).toBe(false)
    expect(log.current(itemOf(1)).isAside).toBe(true)
    expect(log.verdicts.has(2)).toBe(false)
    expect(log.undo()).toEqual({ position: 1, isForAll: false })
    expect(log.undo()).toBeUndefined()
    await log.settled()
    expect(saver.done).toEqual(['aside 1', 'aside 2', 'undo 2', 'undo 1'])
    expect(log.tally.value).toEqual({ units: 0, aside: 0, relabelled: 0, kept: 0 })
  })

  it('with two changes are taken back as one', async () => {
    const log = createReviewLog(saver)
    log.decide(
      asideOf(1, {
        changes: [
          { items: [itemOf(1, { isAside: true })], change: { kind: 'aside', aside: false } },
          { items: [itemOf(2)], moreRows: [8, 9], change: { kind: 'aside', aside: true } }
        ]
      })
    )
    expect(log.tally.value.aside).toBe(2)
    log.undo()
    await log.settled()
    expect(saver.done).toEqual(['aside 1', 'aside 2,8,9', 'undo 1'])
  })

  it('give back an earlier verdict about the same item', () => {
    const log = createReviewLog(saver, new Map<number, Verdict>([[1, 'kept']]))
    log.decide(asideOf(1))
    expect(log.verdicts.get(1)).toBe('aside')
    log.undo()
    expect(log.verdicts.get(1)).toBe('kept')
  })

  it('that cannot be saved are not shown any more, and say why', async () => {
    const log = createReviewLog(saver)
    saver.fails = true
    log.decide(asideOf(1))
    await log.settled()
    expect(log.current(itemOf(1)).isAside).toBe(false)
    expect(log.tally.value.aside).toBe(0)
    expect(log.canUndo.value).toBe(false)
    expect(saver.problems).toHaveLength(1)
    saver.fails = false
    log.decide(asideOf(2))
    await log.settled()
    expect(saver.done).toEqual(['aside 2'])
  })

  it('taken back while they fail are taken off the screen once', async () => {
    const slow = deferred<undefined>()
    saver.wait = slow.promise
    saver.fails = true
    const log = createReviewLog(saver)
    log.decide(asideOf(1))
    log.undo()
    slow.resolve(undefined)
    await log.settled()
    expect(log.tally.value.aside).toBe(0)
    expect(saver.done).toEqual([])
  })

  it('about all items are undone in their turn, or dropped when that was done elsewhere', async () => {
    const log = createReviewLog(saver)
    log.noteStep(stepOf(7, { changed: 40 }), 12)
    expect(log.tally.value.aside).toBe(40)
    expect(log.undo()).toEqual({ position: 12, isForAll: true })
    await log.settled()
    expect(saver.done).toEqual(['undo 7'])
    log.noteStep(stepOf(8, { changed: 40 }), 12)
    expect(log.dropTakenBack([stepOf(8)])).toBe(false)
    expect(log.dropTakenBack([stepOf(8, { isUndone: true })])).toBe(true)
    expect(log.tally.value.aside).toBe(0)
    expect(log.canUndo.value).toBe(false)
    expect(saver.done).toEqual(['undo 7'])
  })
})

describe('the place of a review', () => {
  const verdicts = new Map<number, Verdict>([
    [3, 'kept'],
    [9, 'best']
  ])
  it('is found again, for the same check only', () => {
    writeProgress('d1', 'near', 5, { position: 40, verdicts })
    expect(readProgress('d1', 'near', 5)).toEqual({ position: 40, verdicts })
    expect(readProgress('d1', 'near', 6)).toBeUndefined()
    expect(readProgress('d2', 'near', 5)).toBeUndefined()
  })

  it('gives way to newer ones', () => {
    for (let number = 0; number < 20; number++)
      writeProgress('d1', `f${number}`, 5, { position: number, verdicts })
    expect(readProgress('d1', 'f0', 5)).toBeUndefined()
    expect(readProgress('d1', 'f19', 5)?.position).toBe(19)
  })

  it.each(['nonsense', '{}', '[1,{"review":"d1 near 5"}]', '[null]'])(
    'starts from the beginning when %s is stored',
    (stored) => {
      localStorage.setItem('winnow.reviews', stored)
      expect(readProgress('d1', 'near', 5)).toBeUndefined()
      writeProgress('d1', 'near', 5, { position: 1, verdicts })
      expect(readProgress('d1', 'near', 5)?.position).toBe(1)
    }
  )
})
