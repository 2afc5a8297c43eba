// The place an export goes to: what is there, and how much fits.
import { lstat, statfs } from 'node:fs/promises'

/** Whether something is there, a broken link included. */
export async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined
}

/** Free bytes at a place; null when there is none, or it cannot be told. */
export async function freeBytesAt(place: string | undefined): Promise<number | null> {
  const free = place === undefined ? undefined : await statfs(place).catch(() => undefined)
  return free === undefined ? null : free.bavail * free.bsize
}
