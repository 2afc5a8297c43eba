// What an export would hold, counted by building everything without writing it, and what the analyst
// should know before it starts (codes E1 to E6).
import type { TraceExportPreview, TraceExportRequest } from '../../../api/dto/trace-reviews.ts'
import type { ComputePool } from '../../jobs/compute-task.ts'
import type { Store } from '../../store/records.ts'
import { requireSet } from '../stored/load-trace.ts'
import {
  buildExportTask,
  emptyWords,
  type BuildInput,
  type BuildOutput,
  type BuildProgress
} from './build-task.ts'
import type { ExportCounts } from './export-sink.ts'
import type { PickedSummary } from './pick.ts'

type Request = Omit<TraceExportRequest, 'to' | 'name'>
type Message = TraceExportPreview['messages'][number]

/** Counts in a compute thread. Throws AppError "dataset-not-found" and the signal's reason. */
export async function previewExport(
  { store, pool }: { readonly store: Store; readonly pool: ComputePool },
  request: Request,
  signal: AbortSignal
): Promise<TraceExportPreview> {
  requireSet(store, request.set)
  const { set, queue, which, testShare01, seed, sft, files } = request
  const input: BuildInput = {
    ...{ path: store.path, sft, files },
    request: { set, queue, which, testShare01, seed },
    ...{ folder: null, about: null }
  }
  const { picked, counts } = await pool.run<BuildInput, BuildProgress, BuildOutput>(
    buildExportTask,
    input,
    { signal, isLight: true }
  )
  const { sft: lines, weighted, masked, pairs, steps } = counts
  return {
    ...{ traces: picked.traces, sft: lines, weighted, masked, pairs, steps },
    messages: messagesOf(store, request, picked, counts)
  }
}

function messagesOf(
  store: Store,
  request: Request,
  picked: PickedSummary,
  counts: ExportCounts
): Message[] {
  if (picked.traces === 0) {
    const { text, hint } = emptyWords[request.which]
    return [{ code: 'E1', severity: 'error', text: `${text} ${hint}` }]
  }
  const number = (value: number): string => value.toLocaleString('en')
  const messages: Message[] = []
  const say = (code: string, severity: Message['severity'], text: string): void => {
    messages.push({ code, severity, text })
  }
  const teaches = request.files.includes('sft') || request.files.includes('sharegpt')
  if (teaches && counts.sft === 0)
    say('E2', 'caution', 'None of these attempts holds a turn to learn from.')
  else if (teaches && counts.leftOut > 0)
    say(
      'E2',
      'note',
      `${number(counts.leftOut)} attempts hold no turn to learn from; they are listed with the reason.`
    )
  if (picked.unseen > 0)
    say(
      'E3',
      'caution',
      `${number(picked.unseen)} attempts were not reviewed: what their log says of the outcome decides alone.`
    )
  if (request.files.includes('pairs') && counts.pairs === 0)
    say(
      'E4',
      'note',
      'There are no pairs: they need a correction, or a success that stood in the same state.'
    )
  if (request.testShare01 > 0 && picked.test === 0)
    say(
      'E5',
      'caution',
      `The test part stays empty: there are only ${number(picked.tasks)} tasks, and a task goes to one part whole.`
    )
  if (hasOpenSecrets(store, request.set))
    say(
      'E6',
      'caution',
      'Keys, addresses and names of folders were not hidden when these traces were added; they are in the files, too.'
    )
  return messages
}

/** True when a part of the set came in with its secrets. */
function hasOpenSecrets({ traces }: Store, set: string): boolean {
  return traces.parts(set).some(({ state, options }) => {
    const isObject = typeof options === 'object' && options !== null && !Array.isArray(options)
    return state === 'ready' && isObject && options['hideSecrets'] === false
  })
}
