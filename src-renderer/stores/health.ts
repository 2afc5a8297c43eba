// Data health of the open project's datasets: what the checks found, the check under way, and what
// is done about a finding. Every change comes back with the step that takes it back.
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import type { InputOf, OutputOf } from '@api/contract.ts'
import type { EditStep } from '@api/dto/edits.ts'
import type { Finding, HealthAction, HealthReport } from '@api/dto/health.ts'
import type { Job } from '@api/dto/jobs.ts'
import { coreWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'
import { useDatasets } from './datasets.ts'
import { hasEnded, isActive } from './job-progress.ts'
import { useJobs } from './jobs.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** A report with what it says in the language of the page. */
function inWords(report: HealthReport): HealthReport {
  return {
    ...report,
    findings: report.findings.map((finding) => ({
      ...finding,
      title: coreWords(finding.title),
      sentence: coreWords(finding.sentence),
      actions: finding.actions.map((action) => ({
        ...action,
        label: coreWords(action.label),
        sentence: coreWords(action.sentence)
      }))
    })),
    notRun: report.notRun.map(({ title, reason }) => ({
      title: coreWords(title),
      reason: coreWords(reason)
    }))
  }
}

/** Data health of the open project. */
export const useHealth = defineStore('health', () => {
  const connection = useConnection()
  const project = useProject()
  const datasets = useDatasets()
  const jobs = useJobs()
  const reports = shallowReactive(new Map<string, HealthReport>())
  const problems = shallowReactive(new Map<string, Problem>())
  /** Reports on their way; true = asked for again meanwhile. */
  const loading = new Map<string, boolean>()
  /** Screens that show a dataset's report: only those are read again after a change. */
  const shown = new Map<string, number>()

  watch(
    () => project.generation,
    () => {
      reports.clear()
      problems.clear()
    },
    { flush: 'sync' }
  )
  /** Items changed: what is shown is read again now, the rest when it is shown. */
  function readAgain(): void {
    for (const dataset of new Set([...reports.keys(), ...shown.keys()])) {
      if ((shown.get(dataset) ?? 0) > 0) void load(dataset)
      else reports.delete(dataset)
    }
  }
  watch(() => datasets.revision, readAgain, { flush: 'sync' })
  jobs.onEnd((job) => {
    if (job.kind === 'health') readAgain()
  })

  /** Reads a report; a request during a load is answered by one more load after it. */
  async function load(dataset: string): Promise<void> {
    if (loading.has(dataset)) {
      loading.set(dataset, true)
      return
    }
    const mine = project.generation
    try {
      do {
        loading.set(dataset, false)
        const report = await connection.call('health.report', { dataset })
        if (mine !== project.generation) return
        reports.set(dataset, inWords(report))
        problems.delete(dataset)
      } while (loading.get(dataset) === true)
    } catch (thrown) {
      if (mine === project.generation) problems.set(dataset, describeProblem(thrown))
    } finally {
      loading.delete(dataset)
    }
  }
  /** Says that a screen shows this report; returns how to say that it no longer does. */
  function show(dataset: string): () => void {
    shown.set(dataset, (shown.get(dataset) ?? 0) + 1)
    if (!reports.has(dataset)) void load(dataset)
    return () => {
      const left = (shown.get(dataset) ?? 1) - 1
      if (left > 0) shown.set(dataset, left)
      else shown.delete(dataset)
    }
  }
  function report(dataset: string): HealthReport | undefined {
    return reports.get(dataset)
  }
  function problem(dataset: string): Problem | undefined {
    return problems.get(dataset)
  }
  function find(dataset: string, finding: string): Finding | undefined {
    return reports.get(dataset)?.findings.find((candidate) => candidate.id === finding)
  }

  /** The check of a dataset that waits, runs or is paused. */
  function running(dataset: string): Job | undefined {
    return jobs.active.find((job) => job.kind === 'health' && job.dataset === dataset)
  }
  /** The last check of a dataset that did not come to its end, unless one has since. */
  function stopped(dataset: string): Job | undefined {
    const last = jobs.jobs
      .filter((job) => job.kind === 'health' && job.dataset === dataset && !isActive(job))
      .sort((a, b) => b.createdAt - a.createdAt)[0]
    return last?.state === 'failed' || last?.state === 'interrupted' ? last : undefined
  }
  /** Seconds one item took in this project's checks of this kind of data; undefined: none yet. */
  function secondsPerItem(kind: string): number | undefined {
    const past = jobs.jobs.flatMap((job) => {
      const dataset = job.dataset === null ? undefined : datasets.find(job.dataset)
      const isDone = hasEnded(job) && job.state !== 'cancelled' && job.state !== 'failed'
      return job.kind === 'health' && isDone && dataset?.kind === kind && dataset.items > 0
        ? [job.activeSeconds / dataset.items]
        : []
    })
    return past.length === 0 ? undefined : Math.max(...past)
  }
  async function start(dataset: string): Promise<string> {
    const { job } = await connection.call('health.start', { dataset })
    await jobs.load()
    return job
  }

  async function items(
    dataset: string,
    finding: string,
    first: number,
    limit: number
  ): Promise<OutputOf<'health.items'>> {
    const window = { first, limit }
    const page = await connection.call('health.items', { dataset, finding, window })
    return { ...page, items: page.items.map((found) => ({ ...found, why: coreWords(found.why) })) }
  }
  /** Does a finding's action on all its items, or only on these rows. */
  function act(
    dataset: string,
    finding: string,
    action: HealthAction['id'],
    rows: readonly number[] | null = null
  ): Promise<OutputOf<'health.act'>> {
    return connection.call('health.act', {
      dataset,
      finding,
      action,
      rows: rows === null ? null : [...rows]
    })
  }
  /** Changes items by hand, during a review. */
  function apply(request: InputOf<'edits.apply'>): Promise<OutputOf<'edits.apply'>> {
    return connection.call('edits.apply', request)
  }
  /** Takes a step back, with any made after it; nothing when it is taken back already. */
  async function undo(dataset: string, step: EditStep): Promise<void> {
    const { steps } = await connection.call('edits.list', { dataset })
    const inForce = steps.filter((candidate) => !candidate.isUndone)
    if (!inForce.some((candidate) => candidate.number === step.number)) return
    const before = inForce.findLast((candidate) => candidate.number < step.number)
    await connection.call('edits.stepTo', { dataset, number: before?.number ?? 0 })
  }
  async function dismiss(dataset: string, finding: string, dismissed: boolean): Promise<void> {
    await connection.call('health.dismiss', { dataset, finding, dismissed })
    await load(dataset)
  }
  return {
    load,
    show,
    report,
    problem,
    find,
    running,
    stopped,
    secondsPerItem,
    start,
    items,
    act,
    apply,
    undo,
    dismiss
  }
})
