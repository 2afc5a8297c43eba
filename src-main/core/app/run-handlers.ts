// Calls about selections, jobs, drafts and exports.
import { lstat } from 'node:fs/promises'
import type { VerifyResult } from '../../api/dto/exports.ts'
import { SelectDraft } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { placeForDisplay } from '../files/grants.ts'
import { newJobId } from '../jobs/engine.ts'
import { buildReport } from '../reports/build-report.ts'
import { buildTinyReport } from '../reports/distilled/build-tiny-report.ts'
import { askedWords } from '../reports/distilled/tiny-report.ts'
import type { ExportOutcome } from '../reports/export-job.ts'
import { planExport } from '../reports/export-plan.ts'
import { printReport } from '../reports/export-work.ts'
import { readManifest, verifyFolder } from '../reports/verify-folder.ts'
import { readList } from '../selection/read-list.ts'
import type { SelectionArea } from '../selection/selection.ts'
import { checkConversations } from '../traces/exports/check-conversations.ts'
import type { AppState } from './app-state.ts'

type Area = 'drafts' | 'runs' | 'jobs' | 'exports'
type RunHandlers = Pick<Handlers, Extract<keyof Handlers, `${Area}.${string}`>>

/** Handlers of `drafts.*`, `runs.*`, `jobs.*` and `exports.*`. */
export function createRunHandlers(state: AppState): RunHandlers {
  return { ...draftAndRunHandlers(state), ...jobHandlers(state), ...exportHandlers(state) }
}

function draftAndRunHandlers(
  state: AppState
): Pick<Handlers, Extract<keyof Handlers, `drafts.${string}` | `runs.${string}`>> {
  return {
    'drafts.defaults': async (input) => state.area().selection.defaults(input.dataset),
    'drafts.save': async (input) => {
      const { store } = state.area().project
      if (store.isReadOnly) throw new AppError('project-read-only')
      const id = input.id ?? newJobId()
      store.drafts.save(
        id,
        input.step,
        JSON.parse(JSON.stringify(input.draft)),
        state.platform.now()
      )
      return { id }
    },
    'drafts.list': async () => ({
      // A draft of an older version that no longer fits is not offered; it is kept in the file.
      drafts: state
        .area()
        .project.store.drafts.list()
        .flatMap((saved) => {
          const draft = SelectDraft.safeParse(saved.draft)
          return draft.success ? [{ ...saved, draft: draft.data }] : []
        })
    }),
    'drafts.remove': async (input) => {
      state.area().project.store.drafts.remove(input.id)
      return {}
    },
    'runs.review': (input) => state.area().selection.review(input),
    'runs.readList': ({ grant, ...input }) =>
      readList(
        { store: state.area().project.store, pool: state.pool },
        { ...input, path: state.grants.resolve(grant, 'file').path }
      ),
    'runs.start': async (input) => {
      const area = state.area()
      if (area.project.store.isReadOnly) throw new AppError('project-read-only')
      return { run: await area.selection.start(input) }
    },
    'runs.list': async () => {
      const { selection, distillation } = state.area()
      const runs = [...selection.list(), ...distillation.list()]
      // Newest first, as the store lists each kind.
      return { runs: runs.sort((a, b) => b.job.createdAt - a.job.createdAt) }
    },
    'runs.get': async (input) => areaOf(state, input.run).get(input.run),
    'runs.result': async (input) => state.area().selection.result(input.run),
    'runs.items': (input) => state.area().selection.items(input),
    'runs.compare': (input) => state.area().selection.compare(input.first, input.second),
    'runs.revise': async (input) => {
      const area = state.area()
      if (area.project.store.isReadOnly) throw new AppError('project-read-only')
      return { run: await area.selection.revise(input) }
    },
    'runs.swaps': (input) => state.area().selection.swaps(input.run, input.row, input.limit),
    'runs.coverage': (input) => state.area().selection.coverage(input.run),
    'runs.rename': async (input) => areaOf(state, input.run).rename(input.run, input.name),
    'runs.remove': async (input) => {
      await areaOf(state, input.run).remove(input.run)
      return {}
    },
    'runs.live': async (input) => ({ points: [...state.area().engine.live(input.run)] }),
    'runs.report': async (input) => ({ html: await reportOf(state, input.run) }),
    'runs.reportPdf': async (input) => {
      const html = await reportOf(state, input.run)
      // Copied: what a host hands over may lie in memory that others share.
      return { pdf: new Uint8Array(await printReport(state.area().exportDeps, html)) }
    }
  }
}

/** report.html of a finished run. */
async function reportOf(state: AppState, run: string): Promise<string> {
  const area = state.area()
  const createdAt = new Date(state.platform.now()).toISOString()
  const { tiny, appVersion } = area.exportDeps
  if (tiny?.has(run) === true) {
    const analysis = await tiny.analysis?.(run)
    const set = await tiny.open(run)
    return buildTinyReport(set, { createdAt, appVersion, analysis })
  }
  const result = area.selection.result(run)
  return buildReport(area.exportDeps, result, await askedSentence(state, run), createdAt)
}

/** The area that a run belongs to: chosen sets, or tiny sets. */
function areaOf(state: AppState, run: string): Pick<SelectionArea, 'get' | 'rename' | 'remove'> {
  const { selection, distillation } = state.area()
  return distillation.has(run) ? distillation : selection
}

/** The plain sentence of what a run was asked for. */
async function askedSentence(state: AppState, run: string): Promise<string> {
  const { selection, distillation } = state.area()
  if (distillation.has(run)) return askedWords(distillation.result(run))
  return (await selection.review(selection.result(run).draft)).sentence
}

function jobHandlers(state: AppState): Pick<Handlers, Extract<keyof Handlers, `jobs.${string}`>> {
  return {
    'jobs.list': async () => ({ jobs: state.area().engine.list() }),
    'jobs.get': async (input) => state.area().engine.get(input.id),
    'jobs.cancel': async (input) => state.area().engine.cancel(input.id, input.keep),
    'jobs.pause': async (input) => state.area().engine.pause(input.id),
    'jobs.continue': async (input) => state.area().engine.continue(input.id),
    'jobs.resume': async (input) => state.area().engine.resume(input.id),
    'jobs.discard': async (input) => {
      const area = state.area()
      const isRun = area.project.store.runs.get(input.id) !== undefined
      if (isRun) await areaOf(state, input.id).remove(input.id)
      else await area.engine.discard(input.id)
      return {}
    },
    'jobs.move': async (input) => {
      state.area().engine.move(input.id, input.position)
      return {}
    },
    'jobs.log': async (input) => {
      const { lines, next } = state.area().engine.log(input.id, input.after)
      return { lines: [...lines], next }
    }
  }
}

function exportHandlers(
  state: AppState
): Pick<Handlers, Extract<keyof Handlers, `exports.${string}`>> {
  const { grants } = state
  return {
    'exports.plan': (input) =>
      planExport(state.area().exportDeps, {
        run: input.run,
        place: input.place === null ? undefined : grants.resolve(input.place, 'folder').path,
        name: input.name
      }),
    'exports.start': async (input) => {
      const area = state.area()
      if (area.project.store.isReadOnly) throw new AppError('project-read-only')
      const { selection, distillation } = area
      const result = distillation.has(input.run)
        ? distillation.result(input.run)
        : selection.result(input.run)
      const { place, ...rest } = input
      const job = area.engine.submit({
        kind: 'export',
        title: `Exporting “${result.name}”`,
        dataset: result.dataset,
        run: input.run,
        params: {
          ...rest,
          place: grants.resolve(place, 'folder').path,
          asked: await askedSentence(state, input.run)
        }
      })
      return { job: job.id }
    },
    'exports.result': async (input) => {
      const outcome = state.area().engine.result(input.id) as ExportOutcome | undefined
      if (outcome?.manifest === undefined) throw new AppError('run-not-finished')
      return { ...outcome }
    },
    'exports.list': async (input) => ({
      exports: await Promise.all(
        state
          .area()
          .project.store.exports.list(input.run)
          .map(async ({ path, ...record }) => ({
            ...record,
            place: placeForDisplay(path),
            isMissing: (await lstat(path).catch(() => undefined)) === undefined
          }))
      )
    }),
    'exports.verify': async (input) => {
      if ('grant' in input) return verifyWhole(grants.resolve(input.grant, 'folder').path)
      const record = state.area().project.store.exports.get(input.export)
      if (!record) throw new AppError('not-an-export')
      return verifyWhole(record.path)
    }
  }
}

/** The files of an exported folder; of reviewed attempts also what models are to learn from. */
async function verifyWhole(folder: string): Promise<VerifyResult> {
  const result = await verifyFolder(folder)
  // A chosen set may hold a file of that name that is something else.
  const isOfTraces = (await readManifest(folder)).traces !== undefined
  const conversations = isOfTraces ? await checkConversations(folder) : undefined
  return conversations === undefined ? result : { ...result, conversations }
}
