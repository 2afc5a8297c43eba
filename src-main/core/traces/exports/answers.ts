// answers.csv: one row for each finished review of the exported attempts, with every answer. Steps
// count from 1 there, as on the screens; the other files count from 0, as programs do.
import type { ReviewAnswer, ReviewQuestion } from '../../../api/dto/trace-reviews.ts'
import { csvLine } from '../../reports/csv.ts'
import type { FinishedReview } from '../../store/review-records.ts'
import type { TraceReader } from '../../store/trace-reader.ts'
import type { TraceListing } from '../../store/trace-records.ts'
import type { Picked } from './pick.ts'

type Cell = string | number | null

interface AnswerColumn {
  readonly queue: string
  readonly question: ReviewQuestion
  readonly name: string
}

const firstColumns = [
  ...['trace', 'task', 'trial', 'agent', 'model', 'outcome', 'reward', 'steps', 'part'],
  ...['reviewer', 'pass', 'drawn_at_random', 'saw_suggestions', 'verdict', 'first_mistake_step'],
  ...['decisive_step', 'no_step_wrong', 'confidence', 'keep', 'tags', 'note', 'corrections'],
  'seconds'
]

/** The lines of the file, the head first. */
export function* answerLines(
  store: Pick<TraceReader, 'reviews'>,
  { traces, listings, reviews }: Picked
): Generator<string, void, void> {
  const queues = [
    ...new Set(traces.flatMap(({ trace }) => (reviews.get(trace) ?? []).map(({ queue }) => queue)))
  ].filter((queue) => queue !== null)
  const columns = columnsOf(store, queues)
  const random = new Map(queues.map((queue) => [queue, randomTraces(store, queue)]))
  yield csvLine(
    [...firstColumns, ...columns.flatMap(({ name }) => [name, `${name} (reasons)`])],
    true
  )
  for (const { trace, part } of traces) {
    const listing = listings.get(trace)
    for (const review of reviews.get(trace) ?? [])
      if (listing !== undefined)
        yield csvLine(
          [
            ...attemptCells(listing, part),
            ...reviewCells(review, random),
            ...columns.flatMap((column) => answerCells(review, column))
          ],
          true
        )
  }
}

function columnsOf(store: Pick<TraceReader, 'reviews'>, queues: readonly string[]): AnswerColumn[] {
  const taken = new Set<string>(firstColumns)
  return queues.flatMap((queue) =>
    (store.reviews.queue(queue)?.plan.questions ?? []).map((question): AnswerColumn => {
      let name = question.text
      for (let n = 2; taken.has(name); n++) name = `${question.text} (${n})`
      taken.add(name)
      return { queue, question, name }
    })
  )
}

function randomTraces(
  { reviews }: Pick<TraceReader, 'reviews'>,
  queue: string
): ReadonlySet<number> {
  return new Set(reviews.places(queue).flatMap(({ trace, isRandom }) => (isRandom ? [trace] : [])))
}

function attemptCells(listing: TraceListing, part: string): Cell[] {
  const { name, task, trial, agent, model, outcome, reward, steps } = listing
  return [name, task, trial, agent, model, outcome, reward, steps, part]
}

function reviewCells(
  { queue, trace, reviewerName, pass, body, sawSuggestions, msSpent }: FinishedReview,
  random: ReadonlyMap<string, ReadonlySet<number>>
): Cell[] {
  const isRandom = queue !== null && random.get(queue)?.has(trace) === true
  return [
    ...[reviewerName, pass, yesNo(isRandom), yesNo(sawSuggestions), body.verdict],
    ...[fromOne(body.firstWrong), fromOne(body.decisive), yesNo(body.noneWrong)],
    ...[body.confidence, body.keep, body.tags.join('; '), body.note],
    ...[Object.keys(body.corrections).length, Math.round(msSpent / 1000)]
  ]
}

function answerCells({ queue, body }: FinishedReview, column: AnswerColumn): [Cell, Cell] {
  const answer = queue === column.queue ? body.answers[column.question.id] : undefined
  return answer === undefined ? [null, null] : [valueText(answer), answer.reasons.join('; ')]
}

function valueText({ value }: ReviewAnswer): string | number {
  return typeof value === 'string' || typeof value === 'number' ? value : value.join('; ')
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}

function fromOne(step: number | null): number | null {
  return step === null ? null : step + 1
}
