// The one connection to the backend: its state, the calls of all stores, and the project's events.
// Stores call through here; screens never do.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { contractVersion, type CallName, type InputOf, type OutputOf } from '@api/contract.ts'
import type { ProjectEvent } from '@api/dto/jobs.ts'
import type { HostInfo } from '@api/dto/settings.ts'
import { AppError } from '@api/errors.ts'
import type { Client } from '@api/rpc.ts'
import { describeProblem, type Problem } from './problem.ts'

/** How the window stands with its backend. */
export type ConnectionState =
  'connecting' | 'open' | 'restarting' | 'lost' | 'elsewhere' | 'mismatch' | 'failed'

/** Connections tried in a row that end before the backend has said hello. */
const attemptsMax = 6
/**
 * A connection made while the backend dies ends with it, before the host has seen that it is dead: each
 * further one waits so much longer.
 */
const waitMs = 300

type EventKind = ProjectEvent['kind']
type EventOfKind<K extends EventKind> = Extract<ProjectEvent, { kind: K }>

/** The connection of this window. */
export const useConnection = defineStore('connection', () => {
  const state = ref<ConnectionState>('connecting')
  const host = shallowRef<HostInfo>()
  const problem = shallowRef<Problem>()
  const client = shallowRef<Client>()
  const listeners = new Map<EventKind, Set<(event: ProjectEvent) => void>>()
  let stopWatching: (() => void) | undefined
  /** The engine stopped and was started again, and nobody was told yet. */
  const wasRestarted = ref(false)
  const regainListeners = new Set<() => Promise<unknown>>()
  let connectAgain: (() => Promise<Client>) | undefined
  let attempts = 0

  /** Takes a client that is connected, says hello, and starts listening to the project. */
  async function start(connected: Client): Promise<void> {
    client.value = connected
    connected.onClose(() => {
      if (client.value === connected) ended()
    })
    try {
      const before = host.value
      host.value = await connected.call('app.hello', { contractVersion })
      watchProject()
      if (before !== undefined) {
        wasRestarted.value ||= (host.value.restarts ?? 0) > (before.restarts ?? 0)
        for (const listener of regainListeners) await listener()
      }
      attempts = 0
      state.value = 'open'
    } catch (thrown) {
      if (client.value === connected) fail(thrown)
    }
  }
  /** Sets how a lost connection is made again; without it the loss is told at once. */
  function keepUp(again: () => Promise<Client>): void {
    connectAgain = again
  }
  /** Calls back when the connection is there again, before any screen is. */
  function onRegain(listener: () => Promise<unknown>): void {
    regainListeners.add(listener)
  }
  function ended(): void {
    if (state.value === 'connecting') state.value = 'lost'
    else if (state.value === 'open' || state.value === 'restarting') void regain()
  }
  async function regain(): Promise<void> {
    attempts += 1
    if (connectAgain === undefined || attempts > attemptsMax) {
      state.value = 'lost'
      return
    }
    state.value = 'restarting'
    if (attempts > 1) await new Promise((resolve) => setTimeout(resolve, (attempts - 1) * waitMs))
    try {
      await start(await connectAgain())
    } catch {
      // Nobody is there to connect to.
      if (state.value === 'restarting') state.value = 'lost'
    }
  }
  /** Shows why there is no connection. */
  function fail(thrown: unknown): void {
    problem.value = describeProblem(thrown)
    if (['elsewhere', 'lost', 'restarting'].includes(state.value)) return
    state.value = problem.value.code === 'contract-mismatch' ? 'mismatch' : 'failed'
  }
  /** Another window has taken over this run of the app. */
  function markElsewhere(): void {
    state.value = 'elsewhere'
  }

  function watchProject(): void {
    stopWatching?.()
    stopWatching = client.value?.stream('projects.watch', {}, (event) => {
      for (const listener of listeners.get(event.kind) ?? []) listener(event)
    })
  }

  /** One request. Throws AppError as the backend sent it, or `internal` without a connection. */
  async function call<K extends CallName>(name: K, input: InputOf<K>): Promise<OutputOf<K>> {
    if (client.value === undefined) throw new AppError('internal')
    return client.value.call(name, input)
  }
  /** Listens to events of one kind of the open project; returns how to stop. */
  function on<K extends EventKind>(kind: K, listener: (event: EventOfKind<K>) => void): () => void {
    const set = listeners.get(kind) ?? new Set()
    listeners.set(kind, set)
    // Only events of this kind are ever handed to this set.
    const untyped = listener as (event: ProjectEvent) => void
    set.add(untyped)
    return () => set.delete(untyped)
  }
  return {
    state,
    host,
    problem,
    wasRestarted,
    start,
    keepUp,
    onRegain,
    fail,
    markElsewhere,
    call,
    on
  }
})
