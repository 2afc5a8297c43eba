// Calls about files: picking, the in-page browser, showing folders. Paths stay on this side.
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { browseFolder, requireInRoots } from '../files/browse.ts'
import { nameProblem } from '../files/contain.ts'
import type { AppState } from './app-state.ts'

type FileHandlers = Pick<Handlers, Extract<keyof Handlers, `files.${string}`>>

/** Handlers of `files.*`. */
export function createFileHandlers(state: AppState): FileHandlers {
  const { platform, grants } = state
  return {
    'files.pick': async (request) => {
      if (!platform.pickNative) throw new AppError('invalid-input', 'This host has no file dialog.')
      const paths = await platform.pickNative(request)
      const granted = []
      for (const path of paths) {
        const found = await stat(path)
        granted.push(grants.issue(path, found.isDirectory() ? 'folder' : 'file'))
      }
      return { grants: granted }
    },
    'files.roots': async () => ({
      roots: platform.roots.map((root) => grants.issue(root, 'folder'))
    }),
    'files.browse': (input) =>
      browseFolder(grants.resolve(input.grant, 'folder').path, platform.roots, grants),
    'files.createFolder': async (input) => {
      const parent = grants.resolve(input.parent, 'folder').path
      if (platform.picker === 'in-page') await requireInRoots(parent, platform.roots)
      const problem = nameProblem(input.name)
      if (problem) throw new AppError('invalid-input', `This folder name ${problem}.`)
      const path = join(parent, input.name)
      await mkdir(path).catch((cause: unknown) => {
        const code = (cause as { code?: unknown }).code
        throw new AppError(
          code === 'EEXIST' ? 'destination-exists' : 'destination-not-writable',
          undefined,
          {
            cause
          }
        )
      })
      return grants.issue(path, 'folder')
    },
    'files.reveal': async (input) => {
      if (!platform.reveal) throw new AppError('invalid-input', 'This host cannot show folders.')
      await platform.reveal(revealed(state, input.what, input.export))
      return {}
    },
    'files.dropStart': async (input) => {
      const { project, inbox } = state.area()
      if (project.store.isReadOnly) throw new AppError('project-read-only')
      return { drop: await inbox.start(input) }
    },
    'files.dropChunk': async (input) => {
      await state.area().inbox.chunk(input.drop, input.file, input.bytes)
      return {}
    },
    'files.dropEnd': async (input) => {
      const kept = await state.area().inbox.end(input.drop, input.keep)
      if (kept === undefined) return { grant: null }
      const grant = grants.issue(kept.path, kept.kind)
      // Where the copy lies for now says nothing to the person who dropped it.
      return { grant: { ...grant, place: grant.name } }
    }
  }
}

function revealed(
  state: AppState,
  what: 'project' | 'export' | 'app-data',
  id: string | undefined
): string {
  if (what === 'app-data') return state.platform.paths.data
  const area = state.area()
  if (what === 'project') return area.project.folder
  const found = id === undefined ? undefined : area.project.store.exports.get(id)
  if (!found) throw new AppError('not-an-export')
  return found.path
}
