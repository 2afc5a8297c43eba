// The native picker behind files.pick. Paths go to the backend, which turns them into grants; the
// page never sees one.
import type { BrowserWindow, Dialog, OpenDialogOptions } from 'electron'
import type { NativePickRequest } from '../../core/platform/platform.ts'
import type { DesktopWords } from './desktop-words.ts'

/** The part of Electron's dialogs that is used. */
export type PickDialog = Pick<Dialog, 'showOpenDialog' | 'showMessageBox'>

/** Asks for files or a folder; [] when cancelled. `window` is where the dialog belongs. */
export async function pickNative(
  dialog: PickDialog,
  window: BrowserWindow | undefined,
  platform: NodeJS.Platform,
  request: NativePickRequest,
  words: Pick<DesktopWords, 'pick' | 'fileOrFolder'>
): Promise<readonly string[]> {
  const kinds = await kindsOf(dialog, window, platform, request.kind, words.fileOrFolder)
  if (kinds === undefined) return []
  const options: OpenDialogOptions = {
    title: words.pick[request.purpose],
    properties: [
      ...kinds,
      'createDirectory',
      'dontAddToRecent',
      ...(request.multiple ? (['multiSelections'] as const) : [])
    ]
  }
  const answer = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return answer.canceled ? [] : answer.filePaths
}

/** Only macOS has a dialog for files and folders at once; elsewhere one question comes first. */
async function kindsOf(
  dialog: PickDialog,
  window: BrowserWindow | undefined,
  platform: NodeJS.Platform,
  kind: NativePickRequest['kind'],
  words: DesktopWords['fileOrFolder']
): Promise<readonly ('openFile' | 'openDirectory')[] | undefined> {
  if (kind === 'file') return ['openFile']
  if (kind === 'folder') return ['openDirectory']
  if (platform === 'darwin') return ['openFile', 'openDirectory']
  const question = {
    message: words.message,
    buttons: [...words.buttons],
    cancelId: 2,
    defaultId: 0
  }
  const { response } = await (window
    ? dialog.showMessageBox(window, question)
    : dialog.showMessageBox(question))
  if (response === 0) return ['openFile']
  return response === 1 ? ['openDirectory'] : undefined
}
