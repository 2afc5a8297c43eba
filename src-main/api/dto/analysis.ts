// "What does it teach?": what a finished tiny set carries, in six panels that are ready to draw.
import { z } from '../zod.ts'
import { JobId } from './common.ts'
import { MeanSd } from './runs.ts'

/**
 * recognition: do networks that learned from real items recognise it; mixing: what real items added
 * to it do; agreement: which networks its students resemble; learned: when a training on real items
 * has learned it; curvature: how much there is left to learn from it; influence: what each of its
 * items does.
 */
export const AnalysisPanel = z.enum([
  'recognition',
  'mixing',
  'agreement',
  'learned',
  'curvature',
  'influence'
])
export type AnalysisPanel = z.infer<typeof AnalysisPanel>

export const AnalysisEffort = z.enum(['quick', 'standard', 'thorough'])
export type AnalysisEffort = z.infer<typeof AnalysisEffort>

export const AnalysisRequest = z.strictObject({
  /** A finished run that made a tiny set. */
  run: JobId,
  panels: z
    .array(AnalysisPanel)
    .min(1)
    .max(6)
    .default([...AnalysisPanel.options]),
  effort: AnalysisEffort.default('standard'),
  seed: z.int().min(0).max(0xffffffff).default(0)
})
export type AnalysisRequest = z.infer<typeof AnalysisRequest>

/** The panels whose time is asked for. */
export const AnalysisTimesRequest = z.strictObject({
  run: JobId,
  panels: z
    .array(AnalysisPanel)
    .min(1)
    .max(6)
    .default([...AnalysisPanel.options])
})
export type AnalysisTimesRequest = z.infer<typeof AnalysisTimesRequest>

/** Time of each effort on this computer; empty where it could not be measured. */
export const AnalysisTimes = z.strictObject({
  efforts: z.array(
    z.strictObject({ effort: AnalysisEffort, lowSeconds: z.number(), highSeconds: z.number() })
  ),
  device: z.string().nullable()
})
export type AnalysisTimes = z.infer<typeof AnalysisTimes>

/** One network that learned from real items, asked about the set. */
const Judge = z.strictObject({
  /** In words: "ConvNet, 32 filters". */
  network: z.string(),
  /** Share of test items it names rightly, 0..1. */
  test01: z.number(),
  /** Share of the set's items it names as the set does. */
  onSet01: z.number(),
  /** The same for each label. */
  perLabel01: z.array(z.number())
})

const MapPoint = z.strictObject({
  x: z.number(),
  y: z.number(),
  /** Index into the class names. */
  label: z.int(),
  isReal: z.boolean(),
  /** Place in the set; of a real item its row in the dataset. */
  at: z.int()
})

const Densities = z.strictObject({
  /** Left edge of the first bin and width of each; 0 = black, 1 = white. */
  low: z.number(),
  width: z.number(),
  /** Densities: they sum to 1 / width. */
  real: z.array(z.number()),
  set: z.array(z.number()),
  /** Share of the numbers below 0 or above 1, which no picture has. */
  outside01: z.strictObject({ real: z.number(), set: z.number() })
})

export const RecognitionResult = z.strictObject({
  judges: z.array(Judge),
  /** Two main directions of the first judge's features. */
  map: z.strictObject({
    points: z.array(MapPoint),
    /** Share of the spread that each direction shows. */
    explained01: z.array(z.number())
  }),
  /** Null for rows of numbers. */
  brightness: Densities.nullable(),
  reading: z.string()
})
export type RecognitionResult = z.infer<typeof RecognitionResult>

export const MixingResult = z.strictObject({
  points: z.array(
    z.strictObject({
      /** Real items added for each label. */
      added: z.int(),
      set: MeanSd,
      /** As many real items as set and added ones together. */
      random: MeanSd
    })
  ),
  steps: z.int(),
  repeats: z.int(),
  /** True when adding real items lowers the accuracy. */
  isHarmful: z.boolean(),
  /** Where accuracy is lowest, and from where on it is better than without; null if nowhere. */
  lowestAt: z.int().nullable(),
  betterFrom: z.int().nullable(),
  reading: z.string()
})
export type MixingResult = z.infer<typeof MixingResult>

const AgreementGroup = z.strictObject({
  /** Networks of this group in all. */
  models: z.int(),
  /** Those as accurate as the students. */
  matched: z.array(
    z.strictObject({
      accuracy01: z.number(),
      agreement01: z.number(),
      /** Real items it learned from, or the step it was stopped at. */
      at: z.int()
    })
  ),
  /** Mean share of test items that they name as the students do; null without a match. */
  mean01: z.number().nullable(),
  /** Middle of the fullest bin; null without a match. */
  mode01: z.number().nullable(),
  /** Pairs by agreement: `width` wide, the first from 0 on. */
  histogram: z.strictObject({ width: z.number(), counts: z.array(z.int()) })
})

export const AgreementResult = z.strictObject({
  students: z.int(),
  student01: z.number(),
  subset: AgreementGroup,
  early: AgreementGroup,
  /** Least agreement of two networks of this accuracy whose errors have nothing in common. */
  independent01: z.number(),
  closerTo: z.enum(['early', 'subset', 'neither', 'unknown']),
  reading: z.string()
})
export type AgreementResult = z.infer<typeof AgreementResult>

export const LearnedResult = z.strictObject({
  points: z.array(z.strictObject({ step: z.int(), test01: z.number(), set01: z.number() })),
  trainings: z.int(),
  /** First step at which nearly all of the set is named rightly; null if never. */
  doneAt: z.int().nullable(),
  reading: z.string()
})
export type LearnedResult = z.infer<typeof LearnedResult>

export const CurvatureResult = z.strictObject({
  /** Trace of the second derivatives of the mean loss, smoothed. */
  points: z.array(z.strictObject({ step: z.int(), real: z.number(), set: z.number() })),
  probes: z.int(),
  realItems: z.int(),
  /** Step and height of the set's peak, and what is left of it at the end, 0..1. */
  peak: z.strictObject({ step: z.int(), value: z.number(), left01: z.number() }),
  reading: z.string()
})
export type CurvatureResult = z.infer<typeof CurvatureResult>

export const InfluenceResult = z.strictObject({
  items: z.array(
    z.strictObject({
      /** Place in the set. */
      index: z.int(),
      label: z.int(),
      /** Mean rise of the loss on test items of its label, and on all others, without it. */
      ownLabel: z.number(),
      others: z.number(),
      /** Test items it helps most, best first: rows of the dataset. */
      helps: z.array(z.strictObject({ row: z.int(), label: z.int(), influence: z.number() }))
    })
  ),
  /** Mean influence of items of one label (row) on test items of another (column). */
  byLabel: z.array(z.array(z.number())),
  /** Share of the labels whose items help their own label most. */
  ownLabelBest01: z.number(),
  /** Items of the set that were looked at. */
  looked: z.int(),
  of: z.int(),
  reading: z.string()
})
export type InfluenceResult = z.infer<typeof InfluenceResult>

export const AnalysisParts = z.strictObject({
  recognition: RecognitionResult.nullable(),
  mixing: MixingResult.nullable(),
  agreement: AgreementResult.nullable(),
  learned: LearnedResult.nullable(),
  curvature: CurvatureResult.nullable(),
  influence: InfluenceResult.nullable()
})
export type AnalysisParts = z.infer<typeof AnalysisParts>

/** Parts that were not asked for are null. */
export const AnalysisResult = z.strictObject({
  run: JobId,
  effort: AnalysisEffort,
  seed: z.int(),
  network: z.string(),
  classNames: z.array(z.string()),
  setItems: z.int(),
  /** Test items that networks were asked about. */
  testItems: z.int(),
  seconds: z.number(),
  device: z.string(),
  parts: AnalysisParts,
  notes: z.array(z.string())
})
export type AnalysisResult = z.infer<typeof AnalysisResult>
