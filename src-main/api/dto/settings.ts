// Settings, and what the computer can do.
import { z } from '../zod.ts'
import { LocalModel } from './trace-model.ts'

export const Settings = z.strictObject({
  /** What the windows speak; "system" = what the computer speaks, where the app can. */
  language: z.enum(['system', 'en', 'de']).default('system'),
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
  navLabels: z.boolean().default(true),
  /** Open the last project, at its last screen, when the app starts. */
  reopenLast: z.boolean().default(true),
  /** The computer does not go to sleep while something runs, where the app can see to that. */
  keepAwake: z.boolean().default(true),
  /** What the choice to hide secrets starts with when traces are added. */
  hideSecrets: z.boolean().default(true),
  /** What is written to the app's own log. */
  logLevel: z.enum(['error', 'normal', 'all']).default('normal'),
  /** Call when a run that took long ends while the window is not in front. */
  notifyWhenDone: z.boolean().default(true),
  /** Keys of the trace review that the reviewer changed: what it does, and its key. */
  reviewKeys: z.record(z.string().max(40), z.string().max(20)).default({}),
  /** The model on this computer that reviewers may ask; null = none, nothing is ever sent. */
  reviewModel: LocalModel.nullable().default(null)
})
export type Settings = z.infer<typeof Settings>

/** A change of some settings: the same fields without their defaults, so that what is left out stays. */
export const SettingsChange = z.strictObject({
  language: Settings.shape.language.unwrap().optional(),
  theme: Settings.shape.theme.unwrap().optional(),
  textSize: Settings.shape.textSize.unwrap().optional(),
  motion: Settings.shape.motion.unwrap().optional(),
  cores: Settings.shape.cores.unwrap().optional(),
  device: Settings.shape.device.unwrap().optional(),
  backupsKept: Settings.shape.backupsKept.unwrap().optional(),
  confirmSetAsideOver: Settings.shape.confirmSetAsideOver.unwrap().optional(),
  checklistDismissed: Settings.shape.checklistDismissed.unwrap().optional(),
  navLabels: Settings.shape.navLabels.unwrap().optional(),
  reopenLast: Settings.shape.reopenLast.unwrap().optional(),
  keepAwake: Settings.shape.keepAwake.unwrap().optional(),
  hideSecrets: Settings.shape.hideSecrets.unwrap().optional(),
  logLevel: Settings.shape.logLevel.unwrap().optional(),
  notifyWhenDone: Settings.shape.notifyWhenDone.unwrap().optional(),
  reviewKeys: Settings.shape.reviewKeys.unwrap().optional(),
  reviewModel: Settings.shape.reviewModel.unwrap().optional()
})
export type SettingsChange = z.infer<typeof SettingsChange>

/** What the one-second measurement of a device found. */
export const DeviceSpeed = z.strictObject({
  /** Billions of floating-point operations per second in a matrix product, all allowed cores. */
  gflops: z.number(),
  /** The same with one core; null where the device cannot be held to one. */
  gflopsOneCore: z.number().nullable(),
  /** Steps per second of a small convolutional network in training, 64 pictures in each. */
  trainingSteps: z.number().nullable(),
  /** Why it cannot train one, in words; null when it can. */
  cannotTrain: z.string().nullable(),
  /** Bytes of memory it held in the last step; null where it cannot tell. */
  bytes: z.number().nullable(),
  /** Cores it was allowed. */
  cores: z.int(),
  /** Milliseconds since 1970. */
  measuredAt: z.number()
})
export type DeviceSpeed = z.infer<typeof DeviceSpeed>

/** What a device holds over all threads, as of the end of their last task. */
export const DeviceHolding = z.strictObject({
  bytes: z.number(),
  tensors: z.int(),
  graphs: z.int(),
  compiled: z.int(),
  /** Operations it cannot do, by name, with how often the plain ones stood in. */
  fallbacks: z.record(z.string(), z.int())
})
export type DeviceHolding = z.infer<typeof DeviceHolding>

export const DeviceInfo = z.strictObject({
  id: z.string(),
  name: z.string(),
  isAvailable: z.boolean(),
  /** Why it is not available, in words; null when it is. */
  reason: z.string().nullable(),
  /** Why "auto" does not take it although it is available; null when nothing speaks against it. */
  note: z.string().nullable(),
  isGraphics: z.boolean(),
  isReference: z.boolean(),
  /** Null before it was measured with this version of the app on this processor. */
  speed: DeviceSpeed.nullable(),
  /** Null where it cannot tell, or no thread has opened it. */
  holding: DeviceHolding.nullable()
})
export type DeviceInfo = z.infer<typeof DeviceInfo>

export const ComputerInfo = z.strictObject({
  devices: z.array(DeviceInfo),
  /** Id of the device in use. */
  active: z.string(),
  /** Id of the device asked for in settings; null for "auto". */
  pinned: z.string().nullable(),
  /** "Computing on: processor (native), up to 2 cores" */
  line: z.string(),
  /** Set when the pinned device could not be used, or a device failed during a calculation. */
  fallback: z.string().nullable(),
  cores: z.int(),
  /** Cores that calculations may use together, and threads at most at once. */
  workers: z.int(),
  /** What the threads do at this moment. */
  activity: z.strictObject({
    running: z.int(),
    waiting: z.int(),
    coresInUse: z.int(),
    threads: z.int()
  }),
  /** Model name of the processor. */
  processor: z.string(),
  memoryBytes: z.number(),
  freeMemoryBytes: z.number(),
  /** Memory of the whole app. */
  appMemoryBytes: z.number()
})
export type ComputerInfo = z.infer<typeof ComputerInfo>

export const HostInfo = z.strictObject({
  contractVersion: z.int(),
  appVersion: z.string(),
  host: z.enum(['desktop', 'local', 'cli']),
  picker: z.enum(['native', 'in-page', 'none']),
  canReveal: z.boolean(),
  /** Whether reports can be made as PDF; absent = no. */
  canPrint: z.boolean().optional(),
  /** How often this run of the app had to start its engine again; absent = never. */
  restarts: z.int().optional(),
  platform: z.string(),
  versions: z.record(z.string(), z.string()),
  /** Where things are stored, in words and places, for the Privacy part of settings. */
  storage: z.array(z.strictObject({ what: z.string(), place: z.string() }))
})
export type HostInfo = z.infer<typeof HostInfo>
