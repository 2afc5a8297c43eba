// `winnow devices`: what this computer computes with, measured.
import type { ComputerInfo, DeviceInfo } from '../../../api/dto/settings.ts'
import { readArguments } from './arguments.ts'
import { exitCodes } from './output.ts'
import type { Session } from './session.ts'

/** `winnow devices [--measure]`: measures what was not measured before, or all of it again. */
export async function devicesCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { measure: { type: 'boolean' } })
  const { output } = session
  const computer = await session.client.call('app.computer', {
    calibrate: true,
    onlyMissing: !parsed.flag('measure')
  })
  output.say(computer.line)
  if (computer.fallback !== null) output.say(computer.fallback)
  for (const device of computer.devices) output.say(deviceLine(device, computer))
  output.say(
    `${computer.processor}: ${computer.cores} cores, ${computer.workers} used together at most; ${(computer.memoryBytes / 1e9).toFixed(1)} GB memory, ${(computer.freeMemoryBytes / 1e9).toFixed(1)} GB free.`
  )
  output.result(computer)
  return exitCodes.ok
}

function deviceLine(device: DeviceInfo, { active, pinned }: ComputerInfo): string {
  const marks = [
    ...(device.id === active ? ['in use'] : []),
    ...(device.id === pinned ? ['asked for'] : []),
    ...speedWords(device),
    ...(device.note === null ? [] : [device.note])
  ]
  const words = device.reason ?? marks.join(', ')
  return `  ${device.isAvailable ? '✓' : '–'} ${device.id.padEnd(11)} ${device.name}${words === '' ? '' : `: ${words}`}`
}

function speedWords({ speed }: DeviceInfo): string[] {
  if (speed === null) return []
  const one = speed.gflopsOneCore
  const isSame = one === null || one === speed.gflops
  const product = isSame
    ? `${speed.gflops.toFixed(1)} GFLOP/s`
    : `${one.toFixed(1)} GFLOP/s with one core, ${speed.gflops.toFixed(1)} with ${speed.cores}`
  const training =
    speed.trainingSteps === null
      ? (speed.cannotTrain ?? 'cannot train')
      : `${speed.trainingSteps.toFixed(speed.trainingSteps < 10 ? 2 : 0)} training steps/s`
  return [product, training, `measured ${new Date(speed.measuredAt).toISOString().slice(0, 10)}`]
}
