// Settings that differ between two chosen sets, in plain words.
import { expect, it } from 'vitest'
import type { SelectionResult } from '@api/dto/runs.ts'
import type { SchemaField } from '../../forms/schema-fields.ts'
import { draftOf, resultOf } from '../../stores/run-fixtures.test-support.ts'
import { common } from '../../text/common.ts'
import { result as words } from '../../text/runs.ts'
import { settingDifferences, type SettingDifference } from './compare-settings.ts'

const field = (part: Partial<SchemaField> & Pick<SchemaField, 'key' | 'title'>): SchemaField =>
  ({
    kind: 'number',
    description: undefined,
    unit: undefined,
    recommended: 1,
    recommendedText: '1',
    min: undefined,
    max: undefined,
    step: 1,
    ...part
  }) as SchemaField // of the kind that the part says
const fields: Readonly<Record<string, readonly SchemaField[]>> = {
  icons: [
    field({ key: 'warmup', title: 'Share to learn from', unit: '%' }),
    field({
      key: 'tie',
      title: 'Tie rule',
      kind: 'choice',
      options: [{ value: 'mean-score', label: 'By the mean' }]
    }),
    field({ key: 'deep', title: 'Look deeper', kind: 'yes-no' })
  ]
}
const differ = (first: SelectionResult, second: SelectionResult): SettingDifference[] =>
  settingDifferences([first, second], (method) => fields[method] ?? [])
function withParams(params: SelectionResult['provenance']): SelectionResult {
  return resultOf({ provenance: { contentHash: 'ab12', params } })
}

it('says nothing of two sets that were asked for alike', () => {
  expect(differ(resultOf(), resultOf({ run: 'r2', name: 'Another', seconds: 7 }))).toEqual([])
})

it('names rows as the settings tab does', () => {
  const draft = draftOf({ seed: 5, goal: 'train-text' })
  const found = differ(resultOf(), resultOf({ draft }))
  expect(found.map(({ setting }) => setting)).toEqual([words.setting.goal, words.setting.seed])
  expect(found[1]).toMatchObject({ first: String(draftOf().seed), second: '5' })
})

it('shows settings of the method by their titles, with units and the names of choices', () => {
  const found = differ(
    withParams({ warmup: 5, tie: 'mean-score', deep: false, same: 1, odd_key: [1, 2] }),
    withParams({ warmup: 10, tie: 'other', deep: true, same: 1 })
  )
  expect(found).toEqual([
    { setting: words.methodSetting('Share to learn from'), first: '5 %', second: '10 %' },
    { setting: words.methodSetting('Tie rule'), first: 'By the mean', second: 'other' },
    { setting: words.methodSetting('Look deeper'), first: common.no, second: common.yes },
    { setting: words.methodSetting('Odd key'), first: '1, 2', second: common.none }
  ])
  expect(found.map(({ first, second }) => first + second).join('')).not.toMatch(/[{}"]/)
})

it('tells what short words leave out', () => {
  const first = resultOf()
  const second = resultOf({
    draft: draftOf({ check: { ...draftOf().check, curve: !draftOf().check.curve } })
  })
  const [found, ...more] = differ(first, second)
  expect(more).toEqual([])
  expect(found?.setting).toBe(`${words.setting.check}: Curve`)
  expect([found?.first, found?.second].sort()).toEqual([common.no, common.yes].sort())
})
