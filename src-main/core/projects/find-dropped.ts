// Finds where a dropped project lies. A page may read what is dropped on it and never learns its place,
// so the projects known here are compared with what it read: name, size, time and first bytes.
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileName } from './backups.ts'

/** What a page can tell of the project file in a dropped folder. */
export interface DroppedProject {
  /** Name of the folder. */
  readonly name: string
  readonly sizeBytes: number
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
  /** The file's first bytes. */
  readonly head: Uint8Array
}

/** Disks of cameras count their times in steps of two seconds. */
const timeStepMs = 2000

/**
 * The folder of the dropped project among `known` and those in `places`; undefined when none is like it.
 * A copy that is the same to the byte in its first part cannot be told apart: whoever opens it is told
 * where it lies first.
 */
export async function findDropped(
  dropped: DroppedProject,
  known: readonly string[],
  places: readonly string[]
): Promise<string | undefined> {
  const listed = await Promise.all(
    places.map(async (place) => {
      const names = await readdir(place).catch((): string[] => [])
      return names.filter((name) => name === dropped.name).map((name) => join(place, name))
    })
  )
  const candidates = [...new Set([...known, ...listed.flat()])]
  for (const folder of candidates) {
    if (basename(folder) === dropped.name && (await isSame(folder, dropped))) return folder
  }
  return undefined
}

async function isSame(folder: string, dropped: DroppedProject): Promise<boolean> {
  const path = join(folder, fileName)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true || found.size !== dropped.sizeBytes) return false
  if (Math.abs(found.mtimeMs - dropped.modifiedAt) > timeStepMs) return false
  const head = await readHead(path, dropped.head.length)
  return head !== undefined && Buffer.compare(head, dropped.head) === 0
}

async function readHead(path: string, bytes: number): Promise<Uint8Array | undefined> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return undefined
  try {
    const head = new Uint8Array(bytes)
    const { bytesRead } = await file.read(head, 0, bytes, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
