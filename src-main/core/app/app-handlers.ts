// Calls about the app itself: hello, the computer, settings, diagnostics, methods.
import { freemem, totalmem } from 'node:os'
import { contractVersion } from '../../api/contract.ts'
import type { ComputerInfo } from '../../api/dto/settings.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { placeForDisplay } from '../files/grants.ts'
import { methodInfos } from '../methods/registry.ts'
import { threadsFor, type AppState } from './app-state.ts'
import { deviceTask, type DeviceTaskInput, type DeviceTaskOutput } from './device-task.ts'

type AppHandlers = Pick<
  Handlers,
  | 'app.hello'
  | 'app.computer'
  | 'app.settings'
  | 'app.setSettings'
  | 'app.diagnostics'
  | 'methods.list'
>

/** Handlers of `app.*` and `methods.list`. */
export function createAppHandlers(state: AppState): AppHandlers {
  const { platform } = state
  let measured: DeviceTaskOutput | undefined
  // What was asked for then: the active device's id is never "auto", so it cannot tell.
  let measuredFor: string | undefined

  async function computer(calibrate: boolean): Promise<ComputerInfo> {
    const requested = state.settings.get().device
    if (!measured || calibrate || measuredFor !== requested) {
      const input: DeviceTaskInput = { requested, calibrate }
      const found = await state.pool.run<DeviceTaskInput, never, DeviceTaskOutput>(
        deviceTask,
        input,
        {
          signal: new AbortController().signal,
          isLight: true
        }
      )
      measured = keepSpeeds(found, measured)
      measuredFor = requested
    }
    const workers = state.pool.size
    return {
      devices: [...measured.devices],
      active: measured.active,
      line: `Computing on: ${measured.activeName}, ${workers} ${workers === 1 ? 'thread' : 'threads'}`,
      fallback: measured.fallback ?? null,
      cores: platform.cores,
      workers,
      memoryBytes: totalmem(),
      freeMemoryBytes: freemem()
    }
  }

  return {
    'app.hello': async (input) => {
      if (input.contractVersion !== contractVersion) throw new AppError('contract-mismatch')
      return {
        contractVersion,
        appVersion: platform.appVersion,
        host: platform.host,
        picker: platform.picker,
        canReveal: platform.reveal !== undefined,
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
    'app.computer': (input) => computer(input.calibrate),
    'app.settings': async () => state.settings.get(),
    'app.setSettings': async (change) => {
      const next = await state.settings.set(change)
      state.pool.resize(threadsFor(next.cores, platform.cores))
      return next
    },
    'app.diagnostics': async () => {
      const info = await computer(false)
      return {
        text: [
          `Winnow ${platform.appVersion} (${platform.host})`,
          `${process.platform} ${process.arch}, Node ${process.versions.node}`,
          info.line,
          ...info.devices.map((device) => `${device.name}: ${device.reason ?? 'available'}`),
          `${platform.cores} cores, ${Math.round(info.memoryBytes / 1e9)} GB memory`
        ].join('\n')
      }
    },
    'methods.list': async () => ({ methods: methodInfos() })
  }
}

/** A later look without measuring keeps the figures of an earlier one. */
function keepSpeeds(
  found: DeviceTaskOutput,
  before: DeviceTaskOutput | undefined
): DeviceTaskOutput {
  return {
    ...found,
    devices: found.devices.map((device) => ({
      ...device,
      gflops: device.gflops ?? before?.devices.find((old) => old.id === device.id)?.gflops ?? null
    }))
  }
}
