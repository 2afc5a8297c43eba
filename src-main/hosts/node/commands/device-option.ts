// --device ID, which every command that computes takes: the device for this command only.
import { UsageError } from './output.ts'

/** What was given to compute on, and the words that are left for the command itself. */
export interface DeviceOption {
  readonly device: { readonly device?: string }
  readonly others: readonly string[]
}

/** Takes `--device ID` or `--device=ID` out of a command line. Throws UsageError without an id. */
export function takeDevice(args: readonly string[]): DeviceOption {
  const at = args.findIndex((word) => word === '--device' || word.startsWith('--device='))
  if (at < 0) return { device: {}, others: args }
  const word = args[at] ?? ''
  const isJoined = word.startsWith('--device=')
  const device = isJoined ? word.slice('--device='.length) : (args[at + 1] ?? '')
  if (device === '' || device.startsWith('-'))
    throw new UsageError('--device wants the id of a device; "winnow devices" lists them.')
  const others = args.toSpliced(at, isJoined ? 1 : 2)
  if (others.some((other) => other === '--device' || other.startsWith('--device=')))
    throw new UsageError('--device was given twice.')
  return { device: { device }, others }
}
