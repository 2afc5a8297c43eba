// How many tasks were solved within so many attempts, with intervals.
import type { RunnerCompletion, TrialNews } from '../../../api/dto/trace-runner.ts'
import { shareInterval } from '../reflection/statistics.ts'

/** Completion at 1, 2, ... attempts, over all tasks and seeds that were tried at all. */
export function completionOf(news: readonly TrialNews[], trials: number): RunnerCompletion[] {
  const solvedAt = new Map<string, number>()
  for (const { task, seed, trial, state } of news) {
    const key = `${task} ${seed}`
    const before = solvedAt.get(key) ?? Infinity
    solvedAt.set(key, state === 'correct' ? Math.min(before, trial + 1) : before)
  }
  const of = solvedAt.size
  return Array.from({ length: trials }, (_, at) => {
    const solved = [...solvedAt.values()].filter((trial) => trial <= at + 1).length
    const [low01, high01] = shareInterval(solved, of)
    return { trials: at + 1, solved, of, low01, high01 }
  })
}
