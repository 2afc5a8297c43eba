// "What does it teach?" in a report: each part with what was found and its numbers, nothing where
// there is none, and no markup out of names.
import { describe, expect, it } from 'vitest'
import { AnalysisResult } from '../../api/dto/analysis.ts'
import { analysisSection } from './analysis-report.ts'

const evil = '</td><script>alert(1)</script>'

function analysis(name: string): AnalysisResult {
  const group = {
    models: 8,
    matched: [],
    mean01: null,
    mode01: null,
    histogram: { width: 0.02, counts: [] }
  }
  return AnalysisResult.parse({
    run: 'r',
    effort: 'quick',
    seed: 3,
    network: name,
    classNames: [name, 'shoe'],
    setItems: 20,
    testItems: 300,
    seconds: 60,
    device: 'Processor',
    notes: [name],
    parts: {
      recognition: {
        judges: [{ network: name, test01: 0.8, onSet01: 0.45, perLabel01: [0.9, 0] }],
        map: { points: [], explained01: [0.5, 0.2] },
        brightness: {
          low: 0,
          width: 0.5,
          real: [1, 1],
          set: [1, 1],
          outside01: { real: 0, set: 0.125 }
        },
        reading: `Reading 1 ${name}`
      },
      mixing: {
        points: [
          { added: 0, set: { mean: 0.7, sd: 0 }, random: { mean: 0.5, sd: 0.02 } },
          { added: 250, set: { mean: 0.8, sd: 0.01 }, random: { mean: 0.79, sd: 0 } }
        ],
        steps: 100,
        repeats: 2,
        isHarmful: false,
        lowestAt: null,
        betterFrom: 250,
        reading: 'Reading 2'
      },
      agreement: {
        students: 1,
        student01: 0.7,
        subset: group,
        early: {
          ...group,
          models: 40,
          matched: [{ accuracy01: 0.7, agreement01: 0.8, at: 5 }],
          mean01: 0.8
        },
        independent01: 0.52,
        closerTo: 'unknown',
        reading: 'Reading 3'
      },
      learned: {
        points: Array.from({ length: 40 }, (_, at) => ({
          step: at * 10,
          test01: at / 50,
          set01: at / 40
        })),
        trainings: 2,
        doneAt: null,
        reading: 'Reading 4'
      },
      curvature: {
        points: [
          { step: 0, real: 3.25, set: -0.5 },
          { step: 20, real: 110.4, set: 241.6 }
        ],
        probes: 4,
        realItems: 100,
        peak: { step: 20, value: 241.6, left01: 1 },
        reading: 'Reading 5'
      },
      influence: {
        items: [],
        byLabel: [
          [0.1234, -0.02],
          [0, 0.05]
        ],
        ownLabelBest01: 1,
        looked: 12,
        of: 20,
        reading: 'Reading 6'
      }
    }
  })
}

describe('the section', () => {
  it('has each part with what was found and its numbers', () => {
    const html = analysisSection(analysis('boot'))
    for (const words of [
      'What does it teach?',
      ...[1, 2, 3, 4, 5, 6].map((at) => `Reading ${at}`),
      '45.0 %',
      '80.0 % ± 1.0',
      '12.5 % of its points',
      'two such models share 52.0 % by chance',
      '<td class="n">242</td>',
      '0.12',
      '−0.02',
      'repeat code 3'
    ])
      expect(html).toContain(words)
    expect(html.match(/<svg/g)).toHaveLength(3)
    // Long courses are thinned, and end with their last step.
    expect(html).toContain('>390<')
    expect(html).not.toContain('<td class="n">10</td>')
    expect(analysisSection(analysis('boot'))).toBe(html)
  })

  it('leaves out what was not looked at, and is empty without an analysis', () => {
    const all = analysis('boot')
    const html = analysisSection({ ...all, parts: { ...all.parts, mixing: null, influence: null } })
    expect(html).not.toContain('Can real items be added?')
    expect(html).toContain('When is it learned?')
    expect(analysisSection(null)).toBe('')
    expect(analysisSection(undefined)).toBe('')
  })

  it('says when there are too many labels to print', () => {
    const all = analysis('boot')
    const classNames = Array.from({ length: 40 }, (_, at) => `label ${at}`)
    expect(analysisSection({ ...all, classNames })).toContain('too many labels')
  })

  it('makes no markup out of names', () => {
    const html = analysisSection(analysis(evil))
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;')
  })
})
