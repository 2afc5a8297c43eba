// Times steps against a running host: how long each took, how long the backend let nobody else in, how
// much processor and memory it cost; and compares with what the product holds itself to.
import { setTimeout as pause } from 'node:timers/promises'
import type { LoadHost } from './host.ts'
import { median } from './growth.ts'

/** A figure the product must keep. */
export interface Budget {
  readonly name: string
  readonly limit: number
  readonly unit: 'ms' | 'MB' | 's' | 'tiles'
}

/** The numbers of product.md, section 6, that are measured here. */
export const budgets = {
  list: { name: 'filter and sort', limit: 200, unit: 'ms' },
  memory: { name: 'memory', limit: 1500, unit: 'MB' },
  cancel: { name: 'stopping', limit: 2000, unit: 'ms' },
  start: { name: 'start to usable window', limit: 2500, unit: 'ms' },
  frame: { name: 'time between frames', limit: 1000 / 60, unit: 'ms' },
  tiles: { name: 'live tiles', limit: 80, unit: 'tiles' },
  next: { name: 'next item by keyboard', limit: 50, unit: 'ms' },
  held: { name: 'window held', limit: 50, unit: 'ms' }
} as const satisfies Record<string, Budget>

/** What one step came to. */
export interface Step {
  readonly group: string
  readonly name: string
  /** Each time it was done, in ms. */
  readonly times: readonly number[]
  /** Longest that another small call waited meanwhile, ms. */
  readonly heldMs: number
  /** Processor of the whole host for one time, ms. */
  readonly processorMs: number
  /** Resident memory afterwards. */
  readonly megabytes: number
  readonly budget: Budget | undefined
}

/** Whether the median keeps the budget; undefined without one. */
export function isKept(step: Pick<Step, 'times' | 'budget'>): boolean | undefined {
  return step.budget === undefined ? undefined : median(step.times) <= step.budget.limit
}

const inWords = (ms: number): string =>
  ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`

/** One line for the terminal. */
export function stepLine(step: Step): string {
  const kept = isKept(step)
  const verdict =
    kept === undefined || step.budget === undefined
      ? ''
      : kept
        ? `; kept (${inWords(step.budget.limit)})`
        : `; MISSED (${inWords(step.budget.limit)})`
  const repeats = step.times.length > 1 ? ` (most ${inWords(Math.max(...step.times))})` : ''
  return (
    `${step.group}, ${step.name}: ${inWords(median(step.times))}${repeats}, ` +
    `processor ${step.processorMs.toFixed(0)} ms, others waited ${step.heldMs.toFixed(0)} ms, ` +
    `${step.megabytes.toFixed(0)} MB${verdict}`
  )
}

/** A table of steps in Markdown. */
export function stepTable(steps: readonly Step[]): string {
  const rows = steps.map((step) => {
    const kept = isKept(step)
    const verdict = kept === undefined ? '' : kept ? 'kept' : '**missed**'
    return [
      step.name,
      inWords(median(step.times)),
      inWords(Math.max(...step.times)),
      `${step.processorMs.toFixed(0)} ms`,
      `${step.heldMs.toFixed(0)} ms`,
      `${step.megabytes.toFixed(0)} MB`,
      verdict
    ]
  })
  return [
    '| what | median | longest | processor | others waited | memory | budget |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`)
  ].join('\n')
}

/** Sends a small call again and again; tells the longest answer at the end. */
async function watchWaiting(host: LoadHost, signal: { isOver: boolean }): Promise<number> {
  let longest = 0
  while (!signal.isOver) {
    const began = performance.now()
    await host.call('app.settings', {}, 'small call')
    longest = Math.max(longest, performance.now() - began)
    await pause(4)
  }
  return longest
}

/** Times steps of a host and keeps them. */
export class Measure {
  readonly steps: Step[] = []
  readonly #host: LoadHost
  readonly #say: (line: string) => void

  constructor(host: LoadHost, say: (line: string) => void) {
    this.#host = host
    this.#say = say
  }

  /** Does each of `works` once, one after the other, as one step. Answers what the last one gave. */
  async step<T>(
    group: string,
    name: string,
    works: readonly (() => Promise<T>)[],
    budget?: Budget
  ): Promise<T | undefined> {
    const signal = { isOver: false }
    const waiting = watchWaiting(this.#host, signal)
    const before = this.#host.read().processorS
    const times: number[] = []
    let last: T | undefined
    for (const work of works) {
      const began = performance.now()
      last = await work()
      times.push(performance.now() - began)
    }
    signal.isOver = true
    const heldMs = await waiting
    const after = this.#host.read()
    const step: Step = {
      ...{ group, name, times, heldMs, budget },
      processorMs: (1000 * (after.processorS - before)) / Math.max(1, works.length),
      megabytes: after.residentMb
    }
    this.steps.push(step)
    this.#say(stepLine(step))
    return last
  }
}
