// Small reports of "What does it teach?" to answer with, as an analysis of a set of three labels.
import type { AnalysisResult } from '@api/dto/analysis.ts'

const labels = ['boot', 'shoe', 'bag']

function recognition(): NonNullable<AnalysisResult['parts']['recognition']> {
  return {
    judges: [
      { network: 'ConvNet, 32 filters', test01: 0.86, onSet01: 0.5, perLabel01: [1, 0.5, 0] },
      { network: 'Fully connected, 128 units', test01: 0.8, onSet01: 1 / 3, perLabel01: [1, 0, 0] }
    ],
    map: {
      points: [
        ...Array.from({ length: 30 }, (_, at) => ({
          x: (at % 3) * 4 + Math.sin(at),
          y: Math.cos(at),
          label: at % 3,
          isReal: true,
          at: 1000 + at
        })),
        ...Array.from({ length: 6 }, (_, at) => ({
          x: (at % 3) * 4 + 1,
          y: 2,
          label: at % 3,
          isReal: false,
          at
        }))
      ],
      explained01: [0.4, 0.2]
    },
    brightness: {
      low: -0.2,
      width: 0.2,
      real: [0, 2, 1, 0.5, 0.5, 1, 0],
      set: [0.5, 1, 1, 1, 0.5, 0.5, 0.5],
      outside01: { real: 0, set: 0.2 }
    },
    reading: 'Networks that learned from real items name 33 % to 50 % of this set rightly.'
  }
}

function mixing(): NonNullable<AnalysisResult['parts']['mixing']> {
  const point = (added: number, set: number, random: number) => ({
    added,
    set: { mean: set, sd: added === 0 ? 0 : 0.01 },
    random: { mean: random, sd: 0.02 }
  })
  return {
    points: [
      point(0, 0.7, 0.55),
      point(2, 0.62, 0.58),
      point(10, 0.68, 0.67),
      point(50, 0.79, 0.78)
    ],
    steps: 300,
    repeats: 3,
    isHarmful: true,
    lowestAt: 2,
    betterFrom: 50,
    reading: 'Adding 2 real items for each label lowers the accuracy from 70 % to 62 %.'
  }
}

function agreement(): NonNullable<AnalysisResult['parts']['agreement']> {
  const counts = (from: number, values: readonly number[]): number[] => [
    ...new Array<number>(from).fill(0),
    ...values
  ]
  return {
    students: 3,
    student01: 0.7,
    early: {
      models: 260,
      matched: [
        { accuracy01: 0.7, agreement01: 0.79, at: 25 },
        { accuracy01: 0.71, agreement01: 0.81, at: 30 }
      ],
      mean01: 0.8,
      mode01: 0.79,
      histogram: { width: 0.02, counts: counts(39, [1, 1]) }
    },
    subset: {
      models: 30,
      matched: [{ accuracy01: 0.69, agreement01: 0.73, at: 60 }],
      mean01: 0.73,
      mode01: 0.73,
      histogram: { width: 0.02, counts: counts(36, [1]) }
    },
    independent01: 0.535,
    closerTo: 'early',
    reading: 'Students of this set resemble networks that were stopped early.'
  }
}

function influence(): NonNullable<AnalysisResult['parts']['influence']> {
  return {
    items: Array.from({ length: 12 }, (_, index) => ({
      index,
      label: index % 3,
      ownLabel: index === 4 ? -0.05 : 0.01 * (12 - index),
      others: -0.002 * index,
      helps:
        index === 5
          ? []
          : [
              { row: 500 + index, label: index % 3, influence: 0.4 },
              { row: 600, label: 1, influence: 0.2 }
            ]
    })),
    byLabel: [
      [0.12, -0.03, 0.001],
      [-0.02, 0.08, 0],
      [0.004, -0.011, 0.2]
    ],
    ownLabelBest01: 1,
    looked: 12,
    of: 30,
    reading: '92 % of the items looked at help test items of their own label.'
  }
}

/** A report with all parts. */
export function analysisOf(part: Partial<AnalysisResult> = {}): AnalysisResult {
  return {
    run: 't1',
    effort: 'standard',
    seed: 7,
    network: 'ConvNet, 32 filters',
    classNames: labels,
    setItems: 30,
    testItems: 1000,
    seconds: 312,
    device: 'Processor',
    parts: {
      recognition: recognition(),
      mixing: mixing(),
      agreement: agreement(),
      learned: {
        points: [
          { step: 0, test01: 0.33, set01: 0.4 },
          { step: 20, test01: 0.6, set01: 0.9 },
          { step: 40, test01: 0.7, set01: 1 },
          { step: 300, test01: 0.86, set01: 1 }
        ],
        trainings: 5,
        doneAt: 40,
        reading: 'After 40 steps of learning from real items a network knows the whole set.'
      },
      curvature: {
        points: [
          { step: 0, real: 30, set: -2 },
          { step: 40, real: 120, set: 240.4 },
          { step: 300, real: 90, set: 24 }
        ],
        probes: 4,
        realItems: 250,
        peak: { step: 40, value: 240.4, left01: 0.1 },
        reading: 'There is most to learn from this set after 40 steps.'
      },
      influence: influence()
    },
    notes: ['There are no test items; the validation items were asked instead.'],
    ...part
  }
}
