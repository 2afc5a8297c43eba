// The native picker behind files.pick. Paths go to the backend, which turns them into grants; the
// page never sees one.
import type { BrowserWindow, Dialog, OpenDialogOptions } from 'electron'
import type { NativePickRequest } from '../../core/platform/platform.ts'

/** The part of Electron's dialogs that is used. */
export type PickDialog = Pick<Dialog, 'showOpenDialog' | 'showMessageBox'>

/** Asks for files or a folder; [] when cancelled. `window` is where the dialog belongs. */
export async function pickNative(
  dialog: PickDialog,
  window: BrowserWindow | undefined,
  platform: NodeJS.Platform,
  request: NativePickRequest
): Promise<readonly string[]> {
  const kinds = await kindsOf(dialog, window, platform, request.kind)
  if (kinds === undefined) return []
  const options: OpenDialogOptions = {
    title: request.purpose,
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
  kind: NativePickRequest['kind']
): Promise<readonly ('openFile' | 'openDirectory')[] | undefined> {
  if (kind === 'file') return ['openFile']
  if (kind === 'folder') return ['openDirectory']
  if (platform === 'darwin') return ['openFile', 'openDirectory']
  const question = {
    message: 'Choose a file or a folder?',
    buttons: ['File', 'Folder', 'Cancel'],
    cancelId: 2,
    defaultId: 0
  }
  const { response } = await (window
    ? dialog.showMessageBox(window, question)
    : dialog.showMessageBox(question))
  if (response === 0) return ['openFile']
  return response === 1 ? ['openDirectory'] : undefined
}
