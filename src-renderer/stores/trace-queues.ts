// Queues of reviews in the open project, who reviews, and what finished queues say.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { InputOf } from '@api/contract.ts'
import type {
  QueuePreview,
  QueueReport,
  QueueSummary,
  Reviewer,
  ReviewQuestion
} from '@api/dto/trace-reviews.ts'
import { useConnection } from './connection.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** Review queues of the open project. They are read when a screen first asks for them. */
export const useTraceQueues = defineStore('trace-queues', () => {
  const connection = useConnection()
  const project = useProject()
  const queues = shallowRef<readonly QueueSummary[]>([])
  const reviewers = shallowRef<readonly Reviewer[]>([])
  const isLoaded = ref(false)
  const problem = shallowRef<Problem>()
  const current = computed(() => reviewers.value.find((reviewer) => reviewer.isCurrent))
  let loadNumber = 0

  watch(
    () => project.generation,
    () => {
      loadNumber += 1
      queues.value = []
      reviewers.value = []
      isLoaded.value = false
      problem.value = undefined
    },
    { flush: 'sync' }
  )

  /** Reads queues and reviewers; only the newest answer counts. */
  async function load(): Promise<void> {
    const mine = ++loadNumber
    try {
      const [listed, people] = await Promise.all([
        connection.call('reviews.queues', {}),
        connection.call('reviews.reviewers', {})
      ])
      if (mine !== loadNumber) return
      queues.value = listed.queues
      reviewers.value = people.reviewers
      problem.value = undefined
      isLoaded.value = true
    } catch (thrown) {
      if (mine === loadNumber) problem.value = describeProblem(thrown)
    }
  }
  function find(queue: string): QueueSummary | undefined {
    return queues.value.find((summary) => summary.queue === queue)
  }
  /** Reviews from now on are by this person. */
  async function reviewAs(name: string): Promise<void> {
    reviewers.value = (await connection.call('reviews.reviewAs', { name })).reviewers
  }
  function plan(request: InputOf<'reviews.plan'>): Promise<QueuePreview> {
    return connection.call('reviews.plan', request)
  }
  async function start(request: InputOf<'reviews.start'>): Promise<QueueSummary> {
    const made = await connection.call('reviews.start', request)
    queues.value = [made, ...queues.value.filter((one) => one.queue !== made.queue)]
    return made
  }
  async function remove(queue: string): Promise<void> {
    await connection.call('reviews.removeQueue', { queue })
    queues.value = queues.value.filter((one) => one.queue !== queue)
  }
  /** Changes the questions of a queue under review. */
  async function setQuestions(
    queue: string,
    questions: readonly ReviewQuestion[],
    askAgain: boolean
  ): Promise<void> {
    const changed = await connection.call('reviews.setQuestions', {
      queue,
      questions: [...questions],
      askAgain
    })
    queues.value = queues.value.map((one) => (one.queue === queue ? changed : one))
  }
  function report(queue: string): Promise<QueueReport> {
    return connection.call('reviews.report', { queue })
  }
  return {
    queues,
    reviewers,
    current,
    isLoaded,
    problem,
    load,
    find,
    reviewAs,
    plan,
    start,
    remove,
    setQuestions,
    report
  }
})
