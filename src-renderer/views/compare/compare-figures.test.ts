// The figures of two runs side by side, and the comparison page over them.
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { RunComparison } from '@api/dto/runs.ts'
import { checkOf, jobOf, resultOf } from '../../stores/run-fixtures.test-support.ts'
import { useRuns } from '../../stores/runs.ts'
import { compare as words, runs as runsWords } from '../../text/runs.ts'
import { startApp } from '../view.test-support.ts'
import { comparedFigures, orderSentence } from './compare-figures.ts'
import CompareView from './CompareView.vue'

function comparisonOf(part: Partial<RunComparison> = {}): RunComparison {
  return {
    runs: [
      resultOf({ run: 'r1', name: 'One', seconds: 42 }),
      resultOf({ run: 'r2', name: 'Two', seconds: 130, check: null })
    ],
    sameData: true,
    both: 10,
    onlyFirst: 5,
    onlySecond: 5,
    jaccard01: 0.5,
    chanceJaccard01: 0.1,
    classes: [{ name: 'boot', first: 3, second: 4 }],
    sharedCandidates: 8000,
    rankCorrelation: 0.05,
    sentence: 'The two sets share 10 items.',
    ...part
  }
}

describe('figures side by side', () => {
  it('shows accuracies with spread, differences with intervals, times and verdicts', () => {
    const figures = new Map(comparedFigures(comparisonOf()).map((row) => [row.name, row]))
    expect(figures.get(words.figure.chosen)).toMatchObject({ first: '83.0 % ± 0.0 %', second: '–' })
    expect(figures.get(words.figure.againstRandom)?.first).toBe('+8.0 points (+5.5 to +10.5)')
    expect(figures.get(words.figure.verdict)).toMatchObject({
      first: runsWords.verdictShort.helped,
      second: runsWords.verdictShort['not-checked']
    })
    expect(figures.get(words.figure.time)?.first).not.toBe(figures.get(words.figure.time)?.second)
  })

  it('says in words how far the orders agree, and nothing where there is no order', () => {
    const sentenceFor = (rankCorrelation: number | null): string =>
      orderSentence(comparisonOf({ rankCorrelation })) ?? 'none'
    expect(sentenceFor(0.9)).toContain('much the same order')
    expect(sentenceFor(0.4)).toContain('a little')
    expect(sentenceFor(0)).toContain('nothing to do with each other')
    expect(sentenceFor(-0.6)).toContain('tends to put last')
    expect(sentenceFor(null)).toBe('none')
  })
})

describe('the comparison page', () => {
  const run = (id: string) => ({
    kind: 'select' as const,
    job: jobOf({ id, run: id, state: 'finished' }),
    name: id,
    dataset: 'd1',
    datasetName: 'Shoes',
    method: 'icons',
    methodName: 'Like my examples (ICONS)',
    alsoTried: [],
    asked: 800,
    got: 800,
    verdict: null,
    verdictKind: null,
    hasResult: true
  })

  it('shows the figures and warns of different tests', async () => {
    const second = resultOf({ run: 'r2', check: checkOf({ testItems: 50 }) })
    const app = await startApp({
      'runs.list': () => ({ runs: [run('r1'), run('r2')] }),
      'runs.compare': () => comparisonOf({ runs: [resultOf({ run: 'r1' }), second] })
    })
    await useRuns().load()
    const view = app.show(CompareView, { first: 'r1', second: 'r2' })
    await flushPromises()
    expect(view.text()).toContain(words.figure.againstStratified)
    expect(view.text()).toContain(words.otherTest)
    expect(view.text()).toContain('nothing to do with each other')
    view.unmount()
  })

  it('asks for a second run when there is only one', async () => {
    const app = await startApp({ 'runs.list': () => ({ runs: [run('r1')] }) })
    await useRuns().load()
    const view = app.show(CompareView, { first: 'r1', second: 'r1' })
    await flushPromises()
    expect(view.text()).toContain(runsWords.compareOne)
    expect(app.inputs('runs.compare')).toEqual([])
    view.unmount()
  })
})
