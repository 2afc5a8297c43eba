// Settings, and what the computer can do.
import { z } from '../zod.ts'

export const Settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark', 'high-contrast']).default('system'),
  /** Percent of the normal text size. */
  textSize: z.int().min(90).max(150).default(100),
  motion: z.enum(['system', 'reduced']).default('system'),
  cores: z.enum(['quiet', 'normal', 'all']).default('normal'),
  /** Device id, or "auto" for the first that works. */
  device: z.string().default('auto'),
  backupsKept: z.int().min(1).max(50).default(5),
  confirmSetAsideOver: z.int().min(1).default(1000),
  checklistDismissed: z.boolean().default(false),
  navLabels: z.boolean().default(true)
})
export type Settings = z.infer<typeof Settings>

/** A change of some settings: the same fields without their defaults, so that what is left out stays. */
export const SettingsChange = z.strictObject({
  theme: Settings.shape.theme.unwrap().optional(),
  textSize: Settings.shape.textSize.unwrap().optional(),
  motion: Settings.shape.motion.unwrap().optional(),
  cores: Settings.shape.cores.unwrap().optional(),
  device: Settings.shape.device.unwrap().optional(),
  backupsKept: Settings.shape.backupsKept.unwrap().optional(),
  confirmSetAsideOver: Settings.shape.confirmSetAsideOver.unwrap().optional(),
  checklistDismissed: Settings.shape.checklistDismissed.unwrap().optional(),
  navLabels: Settings.shape.navLabels.unwrap().optional()
})
export type SettingsChange = z.infer<typeof SettingsChange>

export const DeviceInfo = z.strictObject({
  id: z.string(),
  name: z.string(),
  isAvailable: z.boolean(),
  /** Why it is not available, in words; null when it is. */
  reason: z.string().nullable(),
  /** Measured by the one-second calibration; null before it ran. */
  gflops: z.number().nullable(),
  isReference: z.boolean()
})
export type DeviceInfo = z.infer<typeof DeviceInfo>

export const ComputerInfo = z.strictObject({
  devices: z.array(DeviceInfo),
  /** Id of the device in use. */
  active: z.string(),
  /** "Computing on: processor (WebAssembly SIMD), 2 workers" */
  line: z.string(),
  /** Set when the pinned device could not be used. */
  fallback: z.string().nullable(),
  cores: z.int(),
  workers: z.int(),
  memoryBytes: z.number(),
  freeMemoryBytes: z.number()
})
export type ComputerInfo = z.infer<typeof ComputerInfo>

export const HostInfo = z.strictObject({
  contractVersion: z.int(),
  appVersion: z.string(),
  host: z.enum(['desktop', 'local', 'cli']),
  picker: z.enum(['native', 'in-page', 'none']),
  canReveal: z.boolean(),
  platform: z.string(),
  versions: z.record(z.string(), z.string()),
  /** Where things are stored, in words and places, for the Privacy part of settings. */
  storage: z.array(z.strictObject({ what: z.string(), place: z.string() }))
})
export type HostInfo = z.infer<typeof HostInfo>
