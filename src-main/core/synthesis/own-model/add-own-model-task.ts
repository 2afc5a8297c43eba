// Compute task: reads a model file of the analyst's own, judges it, tries it on pictures of the project,
// and only then copies it into the project.
import { basename } from 'node:path'
import type { ExpandModel, OwnModelSettings } from '../../../api/dto/expand.ts'
import type { SourceDescription } from '../../datasets/item-source.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import type { Picked } from '../expand-files.ts'
import { toUnit } from '../made-measures.ts'
import { readPicked } from '../read-picked.ts'
import { noiseModelFacts } from './noise-model-facts.ts'
import { openNoiseSession } from './noise-session.ts'
import { hashOf, keepOwn, openOwn, ownFacts, ownId, readModelBytes } from './own-models.ts'
import { findSettings, usualSettings } from './try-own-model.ts'

export interface AddOwnModelInput {
  /** A file, or the entry of one that was taken before. */
  readonly from: { readonly file: string } | { readonly entry: string }
  /** models/ of the project. */
  readonly folder: string
  /** Null to find them. */
  readonly settings: OwnModelSettings | null
  readonly source: SourceDescription
  /** Pictures to try it on. */
  readonly pictures: readonly Picked[]
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Nothing is kept when it throws. See own-models.ts and try-own-model.ts for what it throws. */
export const addOwnModelTask: ComputeTask<AddOwnModelInput, never, ExpandModel> = {
  name: 'expand.add-model',
  // eslint-disable-next-line require-yield -- one file: its result is its only event
  async *run({ from, folder, settings: asked, source, pictures, now }, context) {
    const { bytes, name } = await bytesOf(from)
    const facts = noiseModelFacts(bytes, name)
    const side = facts.side ?? asked?.side ?? usualSettings(null).side
    const { channels } = facts
    const pixels = await readPicked(source, pictures, { side, channels }, context.signal)
    const session = openNoiseSession({ bytes, name, facts, side, cores: context.cores ?? 1 })
    try {
      const { settings, error } = findSettings(session, facts, name, toUnit(pixels), asked)
      const sha256 = hashOf(bytes)
      const entry = {
        id: ownId(sha256, settings),
        own: {
          ...{ sha256, file: name, bytes: bytes.length, settings, error },
          isSideOpen: facts.side === null
        },
        ...{ side, channels, addedAt: now }
      }
      context.signal.throwIfAborted()
      await keepOwn(folder, entry, bytes)
      return ownFacts(entry)
    } finally {
      session.dispose()
    }
  }
}

async function bytesOf(
  from: AddOwnModelInput['from']
): Promise<{ readonly bytes: Uint8Array; readonly name: string }> {
  if ('file' in from) return { bytes: await readModelBytes(from.file), name: basename(from.file) }
  const { bytes, entry } = await openOwn(from.entry)
  return { bytes, name: entry.own.file }
}
