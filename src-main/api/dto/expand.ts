// Expanding a small set: in-between variants of a few pictures, made by a model of pictures, each with
// what was measured of it; and whether training with them is of any use.
import { z } from '../zod.ts'
import { ItemFilter } from './browse.ts'
import { DatasetId, GrantId, JobId } from './common.ts'

/** How a model from a file takes pictures and steps; no such file says so itself. */
export const OwnModelSettings = z.strictObject({
  /** How noise grows: on a line, its root on a line, or what is left as a squared cosine. */
  schedule: z.enum(['linear', 'scaled-linear', 'cosine']),
  /** Steps from a picture to nothing but noise. */
  steps: z.int().min(50).max(10_000),
  /** Numbers of a pixel: -1 to 1, or 0 to 1. */
  range: z.enum(['centred', 'shares']),
  /** How a step is told: by its number, or as a share of all steps. */
  told: z.enum(['number', 'share']),
  /** Side that pictures are brought to, where the file leaves it open. */
  side: z.union([z.literal(16), z.literal(28), z.literal(32), z.literal(64)])
})
export type OwnModelSettings = z.infer<typeof OwnModelSettings>

/** What is known of a model from a file. */
export const OwnModel = z.strictObject({
  /** SHA-256 of the file, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Name of the file. */
  file: z.string(),
  bytes: z.int(),
  settings: OwnModelSettings,
  /** Whether the file leaves the side open, so that the setting of it holds. */
  isSideOpen: z.boolean(),
  /**
   * How far what it sees lies from the noise that was put on pictures of the project: 0 is exact, 1
   * what a model gives that sees nothing.
   */
  error: z.number()
})
export type OwnModel = z.infer<typeof OwnModel>

/** A model that pictures are made with. */
export const ExpandModel = z.strictObject({
  /** "shipped", the job that trained it, or "file-" and a code for one from a file. */
  id: z.string().min(1).max(64),
  name: z.string(),
  /** What its pictures showed. */
  about: z.string(),
  side: z.int(),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Pictures it was trained on, and steps. */
  pictures: z.int(),
  steps: z.int(),
  losses: z.array(z.number()),
  /** Set for one from a file; nothing is known of its pictures, steps and losses then. */
  own: OwnModel.nullable().default(null)
})
export type ExpandModel = z.infer<typeof ExpandModel>

/** Taking a model from a file, or the same one with other settings. */
export const AddOwnModel = z.strictObject({
  from: z.union([
    z.strictObject({ grant: GrantId }),
    z.strictObject({ model: z.string().min(1).max(64) })
  ]),
  /** Pictures that it is tried on. */
  dataset: DatasetId,
  /** Null to find them: those with which it sees noise best. */
  settings: OwnModelSettings.nullable()
})
export type AddOwnModel = z.infer<typeof AddOwnModel>

/** How new pictures come about. */
export const ExpandRule = z.enum(['between-two', 'towards-chance', 'directions', 'one-spread'])
export type ExpandRule = z.infer<typeof ExpandRule>

/** What is expanded, how and by how much. */
export const ExpandPlan = z.strictObject({
  dataset: DatasetId,
  /** Sources: every picture that passes, or so many of them, drawn by the repeat code. */
  filter: ItemFilter,
  most: z.int().min(2).max(200).default(60),
  /** See {@link ExpandModel}. */
  model: z.string().min(1).max(64).default('shipped'),
  rule: ExpandRule.default('between-two'),
  /** Pictures to make. */
  make: z.int().min(1).max(200).default(40),
  /** Repeat code. */
  seed: z.int().min(0).max(4_294_967_295).default(1)
})
export type ExpandPlan = z.infer<typeof ExpandPlan>

export const ExpandEstimate = z.strictObject({
  sources: z.int(),
  /** Pictures that pass the filter. */
  found: z.int(),
  labels: z.array(z.strictObject({ name: z.string(), count: z.int() })),
  /** Null while another job keeps the machine busy. */
  seconds: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  problem: z.string().nullable(),
  /** Things to know before it starts. */
  cautions: z.array(z.string())
})
export type ExpandEstimate = z.infer<typeof ExpandEstimate>

/** Why a made picture was refused. */
export const ExpandReason = z.enum(['off-class', 'copy', 'off-model', 'duplicate'])
export type ExpandReason = z.infer<typeof ExpandReason>

/** One made picture with its numbers. */
export const ExpandCandidate = z.strictObject({
  /** Place among the made ones. */
  at: z.int(),
  label: z.string(),
  /** Places of the sources it lies between; empty where all took part. */
  parents: z.array(z.int()),
  /** How far from the first parent; null where all took part. */
  weight: z.number().nullable(),
  seed: z.int(),
  /** Place of the source most like it, how far off that is, and the same over the usual distance. */
  nearest: z.int(),
  distance: z.number(),
  nearestRatio: z.number(),
  /** Chance of its label by the helper; null without one. */
  labelShare01: z.number().nullable(),
  /** Distance to the middle of its label over the real rows' 95th percentile. */
  centreRatio: z.number(),
  /** Error of going once up and down, on -1..1. */
  returnError: z.number(),
  reasons: z.array(ExpandReason),
  isAccepted: z.boolean()
})
export type ExpandCandidate = z.infer<typeof ExpandCandidate>

/** Mean and the ends of its 95 % interval. */
const Interval = z.strictObject({ mean: z.number(), low: z.number(), high: z.number() })

export const ExpandArm = z.enum(['real', 'made', 'moved', 'blended'])
export type ExpandArm = z.infer<typeof ExpandArm>

/** Training with and without the made pictures, on real pictures that were held back. */
export const ExpandMeasure = z.strictObject({
  repeats: z.int(),
  /** Real and made pictures trained on, and real ones tested on. */
  real: z.int(),
  made: z.int(),
  test: z.int(),
  /** Steps of each training, the same for all. */
  steps: z.int(),
  labels: z.array(z.string()),
  arms: z.array(
    z.strictObject({
      arm: ExpandArm,
      /** Share named rightly, one each repeat. */
      accuracies: z.array(z.number()),
      mean: z.number(),
      /** What it is ahead of training on the real ones alone, in points; null for these. */
      ahead: Interval.nullable()
    })
  ),
  verdict: z.enum(['better', 'no-difference', 'worse']),
  sentence: z.string(),
  seconds: z.number()
})
export type ExpandMeasure = z.infer<typeof ExpandMeasure>

export const ExpandResult = z.strictObject({
  plan: ExpandPlan,
  dataset: z.string(),
  model: ExpandModel,
  labels: z.array(z.string()),
  sources: z.array(z.strictObject({ row: z.int(), name: z.string(), label: z.string() })),
  /** Error of bringing sources up and back, on -1..1. */
  reconstruction: z.number(),
  /** Steps of the way. */
  steps: z.int(),
  top: z.int(),
  /** Share of drawn places that lay as real ones do; null where that was not asked. */
  geometryKept01: z.number().nullable(),
  candidates: z.array(ExpandCandidate),
  /** Bounds of the gates. */
  bounds: z.strictObject({
    labelShare01: z.number(),
    nearestRatio: z.number(),
    returnError: z.number(),
    duplicate: z.number()
  }),
  /** How right the helper is on real pictures it has not seen; null without one. */
  helperAccuracy01: z.number().nullable(),
  readouts: z.strictObject({
    /** Over pictures that passed; 1 is as new as real ones, 0 a copy. Null when none passed. */
    nearestRatio: z.number().nullable(),
    /** Mean distance between made ones over that between sources. */
    variety: z.number().nullable(),
    /** Fréchet distance of features, made and a half of the sources beside the other half. */
    featureDistance: z.number().nullable(),
    featureDistanceReal: z.number().nullable()
  }),
  /** By hand, if at all. */
  isReviewed: z.boolean(),
  measure: ExpandMeasure.nullable(),
  seconds: z.number(),
  device: z.string()
})
export type ExpandResult = z.infer<typeof ExpandResult>

/** Small pictures, one after the other: count x side x side x channels. */
export const ExpandPixels = z.strictObject({
  side: z.int(),
  channels: z.int(),
  sources: z.instanceof(Uint8Array),
  made: z.instanceof(Uint8Array)
})
export type ExpandPixels = z.infer<typeof ExpandPixels>

/** Pictures made so far, of an expansion that is under way or was stopped. */
export const ExpandSoFar = z.strictObject({
  dataset: z.string(),
  /** Pictures to be made in all. */
  make: z.int(),
  side: z.int(),
  channels: z.int(),
  /** Finished ones in their order, with the places of the sources they were made of. */
  pictures: z.array(z.strictObject({ label: z.string(), parents: z.array(z.int()) })),
  sources: z.array(z.string()),
  /** See {@link ExpandPixels}. */
  sourcePixels: z.instanceof(Uint8Array),
  madePixels: z.instanceof(Uint8Array),
  /** Whether no more are to be made: those that are finished are being looked at. */
  isEnding: z.boolean()
})
export type ExpandSoFar = z.infer<typeof ExpandSoFar>

export const ExpandRun = z.strictObject({
  job: JobId,
  createdAt: z.number(),
  title: z.string(),
  /** Sources and pictures to make. */
  make: z.int(),
  /** Null while there is no result. */
  passed: z.int().nullable(),
  /** Pictures of the result, or those that are finished and kept where there is none. */
  made: z.int()
})
export type ExpandRun = z.infer<typeof ExpandRun>

export const ExpandDecisions = z.strictObject({
  job: JobId,
  /** Places of accepted pictures. */
  accepted: z.array(z.int().min(0)).max(200)
})
export type ExpandDecisions = z.infer<typeof ExpandDecisions>

/** Measuring an expansion. */
export const ExpandMeasureRequest = z.strictObject({
  job: JobId,
  seed: z.int().min(0).max(4_294_967_295).default(1),
  /** Steps of each training. */
  steps: z.int().min(5).max(5000).default(200)
})
export type ExpandMeasureRequest = z.infer<typeof ExpandMeasureRequest>

export const ExpandExport = z.strictObject({
  job: JobId,
  /** A folder that holds the new one. */
  grant: GrantId,
  name: z.string().trim().min(1).max(80),
  /** Made pictures for each real one at most. */
  ratio: z.number().min(0.1).max(5).default(1)
})
export type ExpandExport = z.infer<typeof ExpandExport>

export const ExpandExported = z.strictObject({
  folder: z.string(),
  real: z.int(),
  made: z.int(),
  /** Accepted ones that were left out to keep the share. */
  leftOut: z.int()
})
export type ExpandExported = z.infer<typeof ExpandExported>

/** Training a model of one's own. */
export const PictureModelPlan = z.strictObject({
  dataset: DatasetId,
  name: z.string().trim().min(1).max(80),
  steps: z.int().min(10).max(50_000).default(3000),
  side: z.union([z.literal(8), z.literal(16), z.literal(28), z.literal(32)]).default(28),
  /** Grey, or red, green and blue. */
  channels: z.union([z.literal(1), z.literal(3)]).default(1),
  seed: z.int().min(0).max(4_294_967_295).default(1)
})
export type PictureModelPlan = z.infer<typeof PictureModelPlan>

export const PictureModelEstimate = z.strictObject({
  pictures: z.int(),
  seconds: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  problem: z.string().nullable()
})
export type PictureModelEstimate = z.infer<typeof PictureModelEstimate>
