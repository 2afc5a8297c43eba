// What each command of the review screen does. Ways to other screens are the screen's own.
import type { StepMark } from '@api/dto/trace-reviews.ts'
import { useTraceReview, type ReviewPanel } from './trace-review.ts'
import type { ReviewCommand } from './trace-review-keys.ts'
import { detailLevels } from './trace-review-reading.ts'

/** What a command needs of the screen. */
export interface ReviewScreen {
  /** Shows a place of the queue. */
  goTo(position: number): void
  /** The queue is finished. */
  finish(): void
  /** Says something in passing: "no error further on". */
  say(what: 'no-error' | 'no-finding' | 'no-sibling' | 'hidden'): void
}

/** A function that carries out commands on the open review; true when there was something to do. */
export function reviewCommandsOn(screen: ReviewScreen): (command: ReviewCommand) => boolean {
  const review = useTraceReview()

  function onStep(make: (step: number) => void): boolean {
    if (review.step === null) return false
    make(review.step)
    return true
  }
  function mark(kind: StepMark): boolean {
    return onStep((step) =>
      review.act({ kind: 'mark', step, mark: review.body.marks[step] === kind ? null : kind })
    )
  }
  function verdict(value: 'pass' | 'fail' | 'partial' | 'unsure'): boolean {
    review.act({ kind: 'verdict', verdict: review.body.verdict === value ? null : value })
    return true
  }
  function moveBy(direction: 1 | -1): boolean {
    const position = review.neighbour(direction)
    if (position === undefined) return false
    screen.goTo(position)
    return true
  }
  function jump(what: 'error' | 'finding', direction: 1 | -1): boolean {
    if (what === 'finding' && review.isBlind) screen.say('hidden')
    else if (!review.goToNext(what, direction))
      screen.say(what === 'error' ? 'no-error' : 'no-finding')
    return true
  }
  async function end(state: 'done' | 'skipped'): Promise<void> {
    if (!(await review.setState(state)) || review.queue === undefined) return
    const next = review.nextPosition()
    if (next === undefined) screen.finish()
    else screen.goTo(next)
  }
  function keepNext(): void {
    const order = ['yes', 'no', 'unsure', null] as const
    const at = order.indexOf(review.body.keep ?? null)
    review.act({ kind: 'keep', value: order[(at + 1) % order.length] ?? null })
  }
  function compare(): boolean {
    if (review.comparedWith !== null) {
      review.closeComparison()
      review.panel = null
      return true
    }
    if (review.isBlind) screen.say('hidden')
    else if (review.best === undefined) screen.say('no-sibling')
    else {
      review.openPanel('compare')
      void review.compareWith()
    }
    return true
  }
  function suggest(isAccepted: boolean): boolean {
    if (review.isBlind) screen.say('hidden')
    else if (isAccepted) review.acceptSuggestion()
    else review.dismissSuggestion()
    return true
  }
  /** Ends the topmost thing that can be ended. */
  function cancel(): boolean {
    if (review.panel === 'compare' || review.comparedWith !== null) review.closeComparison()
    else if (review.panel === null && review.hits !== undefined) {
      review.searchText = ''
      review.clearSearch()
      return true
    } else if (review.panel === null) return false
    review.panel = null
    return true
  }
  const open = (panel: ReviewPanel) => (): void => review.openPanel(panel)
  const done = (made: unknown): boolean => made !== false

  const table: Readonly<Record<ReviewCommand, () => unknown>> = {
    'step-next': () => review.goBy(1),
    'step-previous': () => review.goBy(-1),
    'finding-next': () => jump('finding', 1),
    'finding-previous': () => jump('finding', -1),
    'error-next': () => jump('error', 1),
    'error-previous': () => jump('error', -1),
    'trace-next': () => moveBy(1),
    'trace-previous': () => moveBy(-1),
    'first-step': () => review.goToEnd(-1),
    'last-step': () => review.goToEnd(1),
    search: open('search'),
    kinds: open('kinds'),
    detail: () =>
      (review.level =
        detailLevels[(detailLevels.indexOf(review.level) + 1) % detailLevels.length] ?? 'whole'),
    pass: () => verdict('pass'),
    fail: () => verdict('fail'),
    partial: () => verdict('partial'),
    unsure: () => verdict('unsure'),
    'first-wrong': () =>
      onStep((step) =>
        review.act({ kind: 'first-wrong', step: review.body.firstWrong === step ? null : step })
      ),
    decisive: () =>
      onStep((step) =>
        review.act({ kind: 'decisive', step: review.body.decisive === step ? null : step })
      ),
    recovered: () => mark('recovered'),
    good: () => mark('good'),
    bad: () => mark('bad'),
    'none-wrong': () => review.act({ kind: 'none-wrong', value: !review.body.noneWrong }),
    correct: () => review.step !== null && open('correct')(),
    tag: open('tag'),
    note: open('note'),
    flag: () => review.act({ kind: 'flag', value: !review.body.isFlagged }),
    keep: keepNext,
    questions: open('questions'),
    accept: () => suggest(true),
    dismiss: () => suggest(false),
    compare,
    undo: () => review.undo(),
    redo: () => review.redo(),
    done: () => void end('done'),
    'put-off': () => void end('skipped'),
    cancel,
    keys: open('keys')
  }
  return (command) => done(table[command]())
}
