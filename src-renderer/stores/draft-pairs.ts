// Real pairs of items around a similarity, for the near-duplicate slider. Only the answer to the
// latest question is shown.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import { useConnection } from './connection.ts'
import { describeProblem, type Problem } from './problem.ts'

/** Quiet time before pairs are asked for: a slider passes many values on its way. */
const askAfterMs = 200

type Answer = OutputOf<'datasets.similarPairs'>

/** Pairs of similar items. */
export const useDraftPairs = defineStore('draft-pairs', () => {
  const connection = useConnection()
  /** Undefined until the first answer; `pairs` null while the dataset has no fingerprints. */
  const answer = shallowRef<Answer>()
  const isLoading = ref(false)
  const problem = shallowRef<Problem>()
  let latest = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let answeredDataset = ''

  /** Asks for pairs around a similarity; earlier questions are forgotten. */
  function ask(dataset: string, similarity01: number): void {
    clearTimeout(timer)
    const mine = ++latest
    if (dataset !== answeredDataset) answer.value = undefined
    isLoading.value = true
    timer = setTimeout(() => void fetch(mine, dataset, similarity01), askAfterMs)
  }
  async function fetch(mine: number, dataset: string, similarity01: number): Promise<void> {
    try {
      const got = await connection.call('datasets.similarPairs', { dataset, similarity01 })
      if (mine !== latest) return
      answer.value = got
      answeredDataset = dataset
      problem.value = undefined
    } catch (thrown) {
      if (mine !== latest) return
      problem.value = describeProblem(thrown)
    }
    isLoading.value = false
  }
  /** Makes the dataset's similarity fingerprints now; the job's id. */
  async function prepare(dataset: string): Promise<string> {
    return (await connection.call('datasets.prepare', { dataset })).job
  }
  return { answer, isLoading, problem, ask, prepare }
})
