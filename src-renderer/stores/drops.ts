// Dropped files on their way into the project: listed, asked about when they are many bytes, copied
// piece by piece with one message at a time, and handed to the screen that adds data.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Grant } from '@api/dto/files.ts'
import { AppError } from '@api/errors.ts'
import { useAdding } from './adding.ts'
import { useConnection } from './connection.ts'
import { listDropped, notReadable, type DropSource, type DroppedFiles } from './dropped-files.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'
import { useTraceAdding } from './trace-adding.ts'

/** Bytes of one message; the backend takes no more than twice that. */
export const chunkBytes = 4 * 2 ** 20
/** Small files in one message, so that progress moves and a cancel is quick. */
const filesAtOnce = 500
/** Above this the analyst is asked first: copying it takes a while and as much space again. */
export const askAboveBytes = 2e9
/** What opening and naming a file costs, in bytes of progress. */
const fileCost = 4096

/** What is happening to what was dropped. */
export type DropState =
  | { readonly kind: 'looking'; readonly found: number }
  | { readonly kind: 'asking'; readonly dropped: DroppedFiles }
  | {
      readonly kind: 'copying'
      readonly dropped: DroppedFiles
      readonly files: number
      readonly bytes: number
    }

/** What dropped files are taken for: the screen they are dropped on decides. */
export type DropGoal = 'data' | 'traces'

/** Drops of this window. One at a time. */
export const useDrops = defineStore('drops', () => {
  const connection = useConnection()
  const project = useProject()
  const adding = useAdding()
  const traceAdding = useTraceAdding()
  const state = shallowRef<DropState>()
  const problem = shallowRef<Problem>()
  /** Dropped while no project was open; taken up once there is one. */
  const held = shallowRef<DropSource>()
  /** Name of what was dropped last. */
  const lastName = ref('')
  const isBusy = computed(() => state.value !== undefined)
  const fraction01 = computed(() => {
    const now = state.value
    if (now?.kind !== 'copying') return 0
    const { files, sizeBytes } = now.dropped
    return (now.bytes + now.files * fileCost) / Math.max(1, sizeBytes + files.length * fileCost)
  })
  let stop: AbortController | undefined
  let confirm: ((isWanted: boolean) => void) | undefined

  watch(
    () => project.generation,
    () => {
      // What was being copied belongs to the project that is gone.
      cancel()
      problem.value = undefined
    },
    { flush: 'sync' }
  )

  /**
   * Brings dropped files into the project and chooses them for adding, as data or as traces. False
   * when it was cancelled or failed (then `problem` says why) or another drop is under way.
   */
  async function take(source: DropSource, as: DropGoal = 'data'): Promise<boolean> {
    const brought = await bring(source)
    if (brought === undefined) return false
    if (as === 'traces') traceAdding.add(brought.grant, true)
    else adding.choose(brought.grant, { hidden: brought.hidden })
    return true
  }
  /** Brings dropped files into the project and does nothing with them. Undefined as in `take`. */
  async function bring(
    source: DropSource
  ): Promise<{ readonly grant: Grant; readonly hidden: number } | undefined> {
    if (isBusy.value) return undefined
    const controller = new AbortController()
    stop = controller
    problem.value = undefined
    state.value = { kind: 'looking', found: 0 }
    try {
      const dropped = await listDropped(source, controller.signal, (found) => {
        if (found % 100 === 0) state.value = { kind: 'looking', found }
      })
      lastName.value = dropped.name
      if (dropped.sizeBytes > askAboveBytes && !(await ask(dropped))) return undefined
      controller.signal.throwIfAborted()
      // The inbox holds one drop: what was dropped before and not added is gone from now on.
      adding.forgetDropped()
      traceAdding.forgetDropped()
      return { grant: await copy(dropped, controller.signal), hidden: dropped.hidden }
    } catch (thrown) {
      if (!controller.signal.aborted) problem.value = describeProblem(thrown)
      return undefined
    } finally {
      if (stop === controller) {
        stop = undefined
        state.value = undefined
      }
    }
  }
  async function ask(dropped: DroppedFiles): Promise<boolean> {
    state.value = { kind: 'asking', dropped }
    return new Promise((resolve) => {
      confirm = resolve
    })
  }
  /** Answers whether so much is to be copied. */
  function answer(isWanted: boolean): void {
    confirm?.(isWanted)
    confirm = undefined
  }
  /** Ends a drop under way; nothing of it is kept. */
  function cancel(): void {
    stop?.abort(new AppError('cancelled'))
    answer(false)
  }

  async function copy(dropped: DroppedFiles, signal: AbortSignal): Promise<Grant> {
    const { name, isFolder, files } = dropped
    state.value = { kind: 'copying', dropped, files: 0, bytes: 0 }
    const { drop } = await connection.call('files.dropStart', {
      name,
      isFolder,
      files: files.map(({ path, file }) => ({ path, size: file.size }))
    })
    try {
      await sendAll(drop, dropped, signal)
      signal.throwIfAborted()
    } catch (thrown) {
      await connection.call('files.dropEnd', { drop, keep: false }).catch(() => undefined)
      throw thrown
    }
    const { grant } = await connection.call('files.dropEnd', { drop, keep: true })
    if (grant === null) throw new AppError('internal')
    return grant
  }

  async function sendAll(drop: string, dropped: DroppedFiles, signal: AbortSignal): Promise<void> {
    const pieces = piecesOf(dropped)
    let bytes = 0
    // The next piece is read while the one before is on its way; only one message at a time is.
    let ahead = readNext(pieces)
    for (;;) {
      const piece = await ahead
      if (piece === undefined) return
      signal.throwIfAborted()
      ahead = readNext(pieces)
      // Looked at in the next turn; until then a failure must not count as forgotten.
      ahead.catch(() => undefined)
      await connection.call('files.dropChunk', { drop, file: piece.first, bytes: piece.bytes })
      bytes += piece.bytes.length
      state.value = { kind: 'copying', dropped, files: piece.filesDone, bytes }
    }
  }
  return { state, problem, held, lastName, isBusy, fraction01, take, bring, answer, cancel }
})

/** Bytes of one message: a part of a large file, or many small files together. */
interface Piece {
  /** File the bytes begin in. */
  readonly first: number
  /** Files complete once it has arrived. */
  readonly filesDone: number
  readonly parts: readonly { readonly path: string; readonly bytes: Blob }[]
}

function* piecesOf(dropped: DroppedFiles): Generator<Piece> {
  let parts: Piece['parts'][number][] = []
  let first = 0
  let size = 0
  const take = (filesDone: number): Piece => {
    const piece = { first, filesDone, parts }
    parts = []
    size = 0
    return piece
  }
  for (const [index, { path, file }] of dropped.files.entries()) {
    for (let from = 0; from < file.size;) {
      const room = chunkBytes - size
      // A slice is one more thing for the browser to keep account of, so small files go whole.
      const isSmall = from === 0 && file.size <= room
      const bytes = isSmall ? file : file.slice(from, from + room)
      if (parts.length === 0) first = index
      parts.push({ path, bytes })
      from += bytes.size
      size += bytes.size
      const isWhole = from >= file.size
      if (size >= chunkBytes || parts.length >= filesAtOnce) yield take(isWhole ? index + 1 : index)
    }
  }
  if (parts.length > 0) yield take(dropped.files.length)
}

async function readNext(
  pieces: Generator<Piece>
): Promise<{ first: number; filesDone: number; bytes: Uint8Array<ArrayBuffer> } | undefined> {
  const next = pieces.next()
  if (next.done === true) return undefined
  const { first, filesDone, parts } = next.value
  try {
    // One read for all of them: asking for small files one by one takes far longer.
    const whole = new Blob(parts.map(({ bytes }) => bytes))
    return { first, filesDone, bytes: new Uint8Array(await whole.arrayBuffer()) }
  } catch (cause) {
    throw notReadable(await unreadableOf(parts), cause)
  }
}

/** Which of the files it was that could not be read. */
async function unreadableOf(parts: Piece['parts']): Promise<string> {
  for (const { path, bytes } of parts) {
    try {
      await bytes.arrayBuffer()
    } catch {
      return path
    }
  }
  return parts[0]?.path ?? ''
}
