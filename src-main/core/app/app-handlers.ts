// Calls about the app itself: hello, the computer, settings, diagnostics, methods.
import { contractVersion } from '../../api/contract.ts'
import type { DeviceInfo } from '../../api/dto/settings.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { placeForDisplay } from '../files/grants.ts'
import { methodInfos } from '../methods/registry.ts'
import { readSettingsFile, settingsText } from '../projects/settings-file.ts'
import { threadsFor, type AppState } from './app-state.ts'
import { createComputer } from './computer.ts'

type AppHandlers = Pick<
  Handlers,
  | 'app.hello'
  | 'app.computer'
  | 'app.settings'
  | 'app.setSettings'
  | 'app.settingsText'
  | 'app.readSettings'
  | 'app.diagnostics'
  | 'methods.list'
>

/** Handlers of `app.*` and `methods.list`. */
export function createAppHandlers(state: AppState): AppHandlers {
  const { platform } = state
  const computer = createComputer(state)

  return {
    'app.hello': async (input) => {
      if (input.contractVersion !== contractVersion) throw new AppError('contract-mismatch')
      return {
        contractVersion,
        appVersion: platform.appVersion,
        host: platform.host,
        picker: platform.picker,
        canReveal: platform.reveal !== undefined,
        canPrint: platform.printPdf !== undefined,
        restarts: platform.restarts ?? 0,
        platform: process.platform,
        versions: { node: process.versions.node, v8: process.versions.v8 },
        storage: [
          {
            what: 'Settings and the list of recent projects',
            place: placeForDisplay(platform.paths.data)
          },
          { what: 'New projects', place: placeForDisplay(platform.paths.projects) }
        ]
      }
    },
    'app.computer': (input) => computer.look(input),
    'app.settings': async () => state.settings.get(),
    'app.setSettings': async (change) => {
      const next = await state.settings.set(change)
      state.pool.resize(threadsFor(next.cores, platform.cores))
      // Who chooses a device that failed wants it to be tried again.
      if (change.device !== undefined) state.pool.forgive(change.device)
      if (change.logLevel !== undefined) platform.log.setLevel?.(next.logLevel)
      if (change.keepAwake !== undefined)
        platform.keepAwake?.(next.keepAwake && (state.current?.engine.isBusy() ?? false))
      return next
    },
    'app.settingsText': async () => ({ text: settingsText(state.settings.get()) }),
    'app.readSettings': ({ grant }) => readSettingsFile(state.grants.resolve(grant, 'file').path),
    'app.diagnostics': async () => {
      const info = await computer.look({ calibrate: false })
      return {
        text: [
          `Winnow ${platform.appVersion} (${platform.host})`,
          `${process.platform} ${process.arch}, Node ${process.versions.node}`,
          info.line,
          ...(info.fallback === null ? [] : [info.fallback]),
          ...info.devices.map((device) => `${device.name}: ${deviceState(device)}`),
          `${info.processor}, ${platform.cores} cores, ${Math.round(info.memoryBytes / 1e9)} GB memory`,
          // Codes and times alone: the words of a message may name what the data is about.
          ...(platform.log.recent?.() ?? []).map(
            ({ time, level, code }) => `${time} ${level} ${code}`
          )
        ].join('\n')
      }
    },
    'methods.list': async () => ({ methods: methodInfos() })
  }
}

function deviceState({ reason, note, speed }: DeviceInfo): string {
  if (reason !== null) return reason
  const measured = speed === null ? 'not measured' : `${speed.gflops.toFixed(1)} GFLOP/s`
  return ['available', measured, ...(note === null ? [] : [note])].join(', ')
}
