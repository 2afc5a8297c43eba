// The native picker: what it asks on each system, and that cancelling gives nothing.
import { beforeEach, describe, expect, it } from 'vitest'
import { desktopWords } from './desktop-words.ts'
import { pickNative } from './dialogs.ts'
import { FakeDialog } from './electron-fakes.test-support.ts'

let dialog: FakeDialog
beforeEach(() => (dialog = new FakeDialog()))
const pick = (
  kind: 'file' | 'folder' | 'any',
  platform: NodeJS.Platform = 'linux',
  multiple = false
): Promise<readonly string[]> =>
  pickNative(dialog, undefined, platform, { purpose: 'import', kind, multiple }, words)

const words = desktopWords('de')

describe('pickNative', () => {
  it.each([
    ['file', 'linux', ['openFile']],
    ['folder', 'win32', ['openDirectory']],
    ['any', 'darwin', ['openFile', 'openDirectory']]
  ] as const)('asks for a %s on %s in one dialog', async (kind, platform, properties) => {
    dialog.paths = ['/data/a']
    expect(await pick(kind, platform)).toEqual(['/data/a'])
    expect(dialog.opened[0]?.title).toBe('Auswählen, was hinzukommt')
    expect(dialog.opened[0]?.properties).toEqual([
      ...properties,
      'createDirectory',
      'dontAddToRecent'
    ])
    expect(dialog.asked).toEqual([])
  })

  it.each([
    [0, 'openFile'],
    [1, 'openDirectory']
  ] as const)(
    'asks first which it is where no dialog does both: %i',
    async (response, property) => {
      dialog.response = response
      dialog.paths = ['/data/a']
      expect(await pick('any')).toEqual(['/data/a'])
      expect(dialog.opened[0]?.properties).toContain(property)
      expect(dialog.asked).toMatchObject([{ buttons: ['Datei', 'Ordner', 'Abbrechen'] }])
    }
  )

  it('gives nothing when either question is cancelled', async () => {
    dialog.response = 2
    expect(await pick('any', 'win32')).toEqual([])
    expect(dialog.opened).toEqual([])
    dialog.isCanceled = true
    dialog.paths = ['/data/left-over']
    expect(await pick('file')).toEqual([])
  })

  it('lets several be chosen when several are wanted', async () => {
    await pick('file', 'linux', true)
    expect(dialog.opened[0]?.properties).toContain('multiSelections')
  })
})
