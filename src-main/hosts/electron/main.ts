// Entry of the desktop host: one instance, one window, one backend thread. All decisions are in
// the files beside this one; this file only hands them Electron's modules.
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell
} from 'electron'
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Backend } from '../worker/backend-thread.ts'
import { readStaticFiles } from '../worker/static-files.ts'
import { startSupervisedBackend } from '../worker/supervised-backend.ts'
import { desktopPaths } from './desktop-paths.ts'
import { desktopLanguage, desktopWords, type DesktopWords } from './desktop-words.ts'
import { pickNative } from './dialogs.ts'
import { openLink } from './external-links.ts'
import { listenForPages } from './ipc-port.ts'
import { menuTemplate } from './menu.ts'
import { guardNavigation } from './navigation.ts'
import { projectArgument, takeSingleInstance } from './open-paths.ts'
import { denyContents, denyPermissions } from './permissions.ts'
import { printReport } from './print-report.ts'
import { bundleOrigin, bundleUrl, privilegedScheme, serveBundle } from './protocol.ts'
import { createSealedPages } from './sealed-pages.ts'
import { offerReload, openWindow, windowOptions } from './window.ts'
import { keepWindowState, placeWindow, readWindowState } from './window-state.ts'
import { createWorkSigns } from './work-signs.ts'

// A release has no development server, whatever its environment says.
const devUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const devAddress = devUrl === undefined ? undefined : new URL(devUrl).href
const pageUrl = devAddress ?? bundleUrl
const paths = desktopPaths({
  platform: process.platform,
  appData: app.getPath('appData'),
  home: app.getPath('home'),
  temp: app.getPath('temp'),
  base: app.isPackaged ? process.resourcesPath : app.getAppPath(),
  moved: process.env['WINNOW_HOME']
})

const windowFile = join(paths.data, 'desktop', 'window.json')

/** Read anew each time: the language may have been changed in the window. */
function words(): DesktopWords {
  const settings = join(paths.data, 'settings.json')
  return desktopWords(desktopLanguage(settings, app.getPreferredSystemLanguages()))
}

let window: BrowserWindow | undefined
let backend: Backend | undefined
let pending = projectArgument(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())
let sleepBlock: number | undefined

function keepAwake(isOn: boolean): void {
  if (isOn && sleepBlock === undefined) {
    sleepBlock = powerSaveBlocker.start('prevent-app-suspension')
  } else if (!isOn && sleepBlock !== undefined) {
    powerSaveBlocker.stop(sleepBlock)
    sleepBlock = undefined
  }
}

/** Another start of the app, or a project opened in the file manager. */
async function onLaterStart(project: string | undefined): Promise<void> {
  if (window?.isMinimized()) window.restore()
  window?.focus()
  if (project === undefined) return
  if (!backend) {
    pending = project
    return
  }
  // Opening closes the current project, which must not end a job by surprise.
  if (await backend.isBusy()) {
    await dialog.showMessageBox(words().busy)
    return
  }
  if (await backend.openProject(project)) window?.webContents.reload()
  else await sayNotOpened()
}

async function sayNotOpened(): Promise<void> {
  await dialog.showMessageBox(words().notOpened)
}

function showWindow(): void {
  const preload = join(app.getAppPath(), 'out', 'preload', 'preload.cjs')
  const left = readWindowState(windowFile)
  const place =
    left &&
    placeWindow(
      left,
      screen.getAllDisplays().map(({ workArea }) => workArea)
    )
  const options = { ...windowOptions(preload, !app.isPackaged), ...place }
  window = openWindow(BrowserWindow, options, pageUrl, left?.isMaximized)
  keepWindowState(window, windowFile)
  offerReload(window, dialog, () => words().windowStopped)
  window.on('closed', () => (window = undefined))
}

const signs = createWorkSigns({
  window: () => window,
  Notification,
  words,
  showJob: (id) => backend?.showJob(id)
})

async function run(): Promise<void> {
  await app.whenReady()
  denyPermissions(session.defaultSession, devAddress)
  if (devAddress === undefined) {
    serveBundle(protocol, readStaticFiles(join(app.getAppPath(), 'out', 'renderer')))
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate(process.platform, !app.isPackaged, words().menu))
  )
  const started = await startSupervisedBackend(
    {
      host: 'desktop',
      appVersion: app.getVersion(),
      paths,
      picker: 'native',
      roots: [],
      cores: availableParallelism(),
      canReveal: true,
      canPrint: true,
      canPlayPages: true,
      checkOutputs: !app.isPackaged
    },
    {
      pick: (request) => pickNative(dialog, window, process.platform, request, words()),
      reveal: (path) => shell.showItemInFolder(path),
      print: (html) =>
        printReport(
          {
            Window: BrowserWindow,
            // A name without "persist:" is kept in memory; a new one shares nothing.
            newSession: () => session.fromPartition(`print-${randomUUID()}`, { cache: false })
          },
          html
        ),
      keepAwake,
      progress: (fraction01) => signs.progress(fraction01),
      ended: (job) => signs.ended(job),
      page: createSealedPages({
        Window: BrowserWindow,
        newSession: (name) => session.fromPartition(name, { cache: false })
      })
    },
    { now: () => performance.now() }
  )
  backend = started
  started.onDeath((reason) => {
    const { title, text } = words().hasToClose
    dialog.showErrorBox(title, `${text}\n\n${reason.split('\n', 1)[0] ?? ''}`)
    app.exit(1)
  })
  listenForPages(ipcMain, {
    rules: {
      origin: devAddress === undefined ? bundleOrigin : new URL(devAddress).origin,
      isOurWindow: (id) => window?.webContents.id === id
    },
    Channel: MessageChannelMain,
    connect: () => started.connect()
  })
  const project = pending
  pending = undefined
  if (project !== undefined && !(await started.openProject(project))) await sayNotOpened()
  showWindow()
}

/** Lets the backend write its last state before the process ends. */
function stopBackendBeforeQuit(): void {
  let isStopped = false
  app.on('will-quit', (event) => {
    if (isStopped || !backend) return
    event.preventDefault()
    isStopped = true
    void backend.stop().finally(() => app.quit())
  })
}

app.on('web-contents-created', (_event, contents) => {
  guardNavigation(contents, { pageUrl, openLink: (url) => void openLink(shell, url) })
  denyContents(contents)
})
app.on('window-all-closed', () => app.quit())

for (const place of [paths.data, paths.projects]) mkdirSync(place, { recursive: true })
app.setPath('userData', join(paths.data, 'desktop'))
if (takeSingleInstance(app, (project) => void onLaterStart(project))) {
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([privilegedScheme])
  stopBackendBeforeQuit()
  run().catch((error: unknown) => {
    dialog.showErrorBox(
      words().couldNotStart,
      error instanceof Error ? error.message : String(error)
    )
    app.exit(1)
  })
}
