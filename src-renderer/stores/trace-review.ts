// The attempt under review: its place in the queue, its steps and events, what the reviewer marks,
// and the way to the next one. One is open at a time.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import {
  emptyReviewBody,
  type QueueItem,
  type QueueSummary,
  type ReviewAct,
  type ReviewView
} from '@api/dto/trace-reviews.ts'
import type { TraceDetail } from '@api/dto/trace-sets.ts'
import { useConnection } from './connection.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'
import { createReviewActs, type ReviewActs, type ReviewOrder } from './trace-review-acts.ts'
import { useReviewAsides } from './trace-review-asides.ts'
import { createEventPages, type EventPages } from './trace-review-events.ts'
import { nextPlace, nextToReview, withChange } from './trace-review-places.ts'
import { useReviewReading } from './trace-review-reading.ts'
import { watchReviewTime, type ReviewTime } from './trace-review-time.ts'

/** What lies over or beside the attempt and has the reviewer's attention. */
export type ReviewPanel =
  'search' | 'kinds' | 'correct' | 'tag' | 'note' | 'questions' | 'compare' | 'keys'

/** What was opened: a place of a queue, or one attempt. */
type Target =
  { readonly queue: string; readonly position: number | null } | { readonly trace: number }

/** The review screen's state. */
export const useTraceReview = defineStore('trace-review', () => {
  const connection = useConnection()
  const project = useProject()
  const state = ref<'idle' | 'loading' | 'open' | 'failed'>('idle')
  const problem = shallowRef<Problem>()
  const queue = shallowRef<QueueSummary>()
  const items = shallowRef<readonly QueueItem[]>([])
  const position = ref<number | null>(null)
  const detail = shallowRef<TraceDetail>()
  const acts = shallowRef<ReviewActs>()
  const pages = shallowRef<EventPages>()
  /** Why the review could not be ended or put off. */
  const refusal = shallowRef<Problem>()
  const isMoving = ref(false)

  const panel = ref<ReviewPanel | null>(null)
  /** Changes whenever a panel is asked for, also when it is open already. */
  const panelWishes = ref(0)

  let latest = 0
  let opened: Target | undefined
  let time: ReviewTime | undefined
  /** Fields with words not yet handed over as acts. */
  const unsent = new Set<() => void>()

  const review = computed(() => acts.value?.stored.value)
  const body = computed(() => acts.value?.body.value ?? emptyReviewBody)
  const saved = computed(() => acts.value?.saved.value ?? 'saved')
  const actProblem = computed(() => acts.value?.problem.value)
  const isDone = computed(() => review.value?.state === 'done')
  /** Names, outcomes and suggestions are kept from the reviewer. */
  const isBlind = computed(() => queue.value?.plan.isBlind === true && !isDone.value)
  const isReadOnly = computed(() => project.isReadOnly)
  const item = computed(() => items.value.find((one) => one.position === position.value))
  const reading = useReviewReading(detail, isBlind)
  const asides = useReviewAsides({ detail, review, isBlind, isDone, act })
  watch(
    () => project.generation,
    () => void close(),
    { flush: 'sync' }
  )

  // Also when work on a review that was put off begins again.
  watch(
    () => review.value,
    (now) => now !== undefined && note(now),
    { flush: 'sync' }
  )

  async function send(id: string, order: ReviewOrder): Promise<ReviewView> {
    if (order.kind === 'act') return connection.call('reviews.act', { review: id, act: order.act })
    if (order.kind === 'state')
      return connection.call('reviews.setState', { review: id, state: order.state })
    return connection.call(order.kind === 'undo' ? 'reviews.undo' : 'reviews.redo', { review: id })
  }

  /** Opens a place of a queue; without one, the first that is not finished. */
  async function openQueue(id: string, at: number | null = null): Promise<void> {
    await open({ queue: id, position: at })
  }
  /** Opens an attempt outside any queue. */
  async function openTrace(trace: number): Promise<void> {
    await open({ trace })
  }
  async function open(target: Target): Promise<void> {
    const mine = ++latest
    opened = target
    stopTime()
    state.value = 'loading'
    problem.value = undefined
    try {
      const found = 'queue' in target ? await fromQueue(target, mine) : await fromTrace(target)
      if (mine !== latest || found === undefined) return
      const got = await connection.call('traces.get', { trace: found.trace })
      if (mine === latest) show(got, found)
    } catch (thrown) {
      if (mine !== latest) return
      problem.value = describeProblem(thrown)
      detail.value = undefined
      acts.value = undefined
      state.value = 'failed'
    }
  }
  async function fromQueue(
    target: { readonly queue: string; readonly position: number | null },
    mine: number
  ): Promise<ReviewView | undefined> {
    const answer = await connection.call('reviews.queue', { queue: target.queue })
    if (mine !== latest) return undefined
    queue.value = answer.summary
    items.value = answer.items
    const wanted = answer.items.find((one) => one.position === target.position)
    const first = wanted ?? nextToReview(items.value, -1) ?? answer.items.at(-1)
    position.value = first?.position ?? null
    if (first === undefined) {
      detail.value = undefined
      acts.value = undefined
      state.value = 'open'
      return undefined
    }
    return connection.call('reviews.open', { queue: target.queue, position: first.position })
  }
  function fromTrace({ trace }: { readonly trace: number }): Promise<ReviewView> {
    queue.value = undefined
    items.value = []
    position.value = null
    return connection.call('reviews.openTrace', { trace })
  }
  function show(got: TraceDetail, found: ReviewView): void {
    const { trace } = got.row
    asides.clear()
    refusal.value = undefined
    panel.value = null
    detail.value = got
    acts.value = createReviewActs(found, (order) => send(found.review, order))
    pages.value = createEventPages(got.events, {
      events: async (from, to, maxChars) =>
        (await connection.call('traces.events', { trace, from, to, maxChars })).events,
      text: (seq, what, from, size) =>
        connection.call('traces.text', { trace, seq, what, from, size })
    })
    reading.begin()
    state.value = 'open'
    if (!isReadOnly.value) time = watchReviewTime((ms) => hand(found.review, ms))
    if (isDone.value) void asides.loadOthers()
  }
  /** Time is not worth a message when it cannot be stored. */
  function hand(id: string, ms: number): void {
    connection.call('reviews.addTime', { review: id, ms: Math.min(ms, 600_000) }).catch(() => null)
  }
  function stopTime(): void {
    time?.stop()
    time = undefined
  }
  /** Reads the attempts at the same task again, after another one was made. */
  async function loadSiblings(): Promise<void> {
    const now = detail.value
    if (now === undefined) return
    const { siblings } = await connection.call('traces.get', { trace: now.row.trace })
    if (detail.value === now) detail.value = { ...now, siblings }
  }
  /** Tries again to open what could not be opened. */
  async function reload(): Promise<void> {
    if (opened !== undefined) await open(opened)
  }
  /** Forgets what is open. Acts under way are still sent. */
  function close(): void {
    latest += 1
    sendWords()
    stopTime()
    state.value = 'idle'
    queue.value = undefined
    items.value = []
    position.value = null
    detail.value = undefined
    acts.value = undefined
    pages.value = undefined
    panel.value = null
    reading.exposed.searchText.value = ''
    reading.begin()
    asides.clear()
  }

  function act(one: ReviewAct): void {
    if (isReadOnly.value) return
    refusal.value = undefined
    acts.value?.add({ kind: 'act', act: one })
  }
  function undo(): void {
    sendWords()
    if (review.value?.undo !== null || (acts.value?.waiting.value ?? 0) > 0)
      acts.value?.add({ kind: 'undo' })
  }
  function redo(): void {
    sendWords()
    if (review.value?.redo !== null) acts.value?.add({ kind: 'redo' })
  }
  /** Registers a field that holds words back while they are typed; the answer takes it out again. */
  function holdsWords(flush: () => void): () => void {
    unsent.add(flush)
    return () => unsent.delete(flush)
  }
  function sendWords(): void {
    for (const flush of unsent) flush()
  }
  /** Waits until all is stored; false when something could not be. */
  async function settled(): Promise<boolean> {
    sendWords()
    return (await acts.value?.settled()) ?? true
  }

  /** Opens a panel, or moves the attention there once more. */
  function openPanel(wanted: ReviewPanel): void {
    panel.value = wanted
    panelWishes.value += 1
  }

  function note(answer: ReviewView): void {
    const wasOpen = item.value?.state
    items.value = items.value.map((one) =>
      one.position === position.value ? { ...one, state: answer.state } : one
    )
    const known = queue.value
    if (known === undefined || wasOpen === undefined || wasOpen === answer.state) return
    queue.value = withChange(known, wasOpen, answer.state)
  }
  /** Ends the review, puts it off, or opens it again. False when something stood in the way. */
  async function setState(to: ReviewView['state']): Promise<boolean> {
    const now = acts.value
    if (now === undefined || isMoving.value || isReadOnly.value) return false
    isMoving.value = true
    refusal.value = undefined
    try {
      if (!(await settled())) return false
      now.add({ kind: 'state', state: to })
      const isStored = await now.settled()
      if (!isStored) {
        // The reviewer is told why and asks again: a state left in line would end it later, unasked.
        refusal.value = now.problem.value
        now.skip()
        return false
      }
      if (isDone.value) void asides.loadOthers()
      return true
    } finally {
      isMoving.value = false
    }
  }
  /** Where to go once this one is finished; undefined at the end of the queue. */
  function nextPosition(): number | undefined {
    return position.value === null ? undefined : nextToReview(items.value, position.value)?.position
  }
  /** The place before or after this one in the queue, finished or not; undefined at the ends. */
  function neighbour(direction: 1 | -1): number | undefined {
    return position.value === null
      ? undefined
      : nextPlace(
          items.value.map((one) => one.position),
          position.value,
          direction
        )
  }
  return {
    state,
    problem,
    queue,
    items,
    position,
    item,
    detail,
    acts,
    pages,
    review,
    body,
    saved,
    actProblem,
    refusal,
    isMoving,
    isDone,
    isBlind,
    isReadOnly,
    panel,
    panelWishes,
    ...reading.exposed,
    ...asides,
    openQueue,
    openTrace,
    reload,
    loadSiblings,
    close,
    act,
    undo,
    redo,
    holdsWords,
    settled,
    openPanel,
    setState,
    nextPosition,
    neighbour
  }
})
