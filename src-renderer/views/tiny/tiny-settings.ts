// Everything a tiny training set was asked, as rows of name and value. Pure.
import type { DistilDraft, DistilResult } from '@api/dto/distil.ts'
import { coreWords } from '../../text/core-words.ts'
import { common } from '../../text/common.ts'
import { tiny, tinyResult } from '../../text/distil.ts'
import { result as words } from '../../text/runs.ts'
import { formatNumber } from '../../text/format.ts'
import { readableKey, valueText, type SettingRow } from '../result/result-settings.ts'

const texts = tinyResult.settingText

function labelsText({ labels }: DistilDraft): string {
  switch (labels.kind) {
    case 'hard':
      return texts.hard
    case 'teacher':
      return texts.teacher
    case 'views':
      return texts.views(formatNumber(labels.passes), labels.keepOneOf)
    case 'soft':
      return labels.keep === null ? texts.softAll : texts.softTop(formatNumber(labels.keep))
  }
}

function checkText({ check }: DistilDraft): string {
  if (!check.isOn) return texts.checkOff
  const parts = (['equalBytes', 'chosen', 'all', 'otherNetwork', 'augmentations'] as const)
    .filter((part) => check[part] === true)
    .map((part) => texts.checkParts[part])
  return [texts.check(check.repeats), ...parts].join(', ')
}

/** What was asked, in words; settings of the method that were changed come last. */
export function tinyRowsAsked(result: DistilResult): SettingRow[] {
  const { draft } = result
  const names = tinyResult.setting
  const { scope } = draft
  return [
    { label: words.setting.data, value: result.datasetName },
    {
      label: words.setting.scope,
      value:
        scope.kind === 'all'
          ? words.settingText.allItems
          : words.settingText.filter(scope.filter.labels, scope.filter.search)
    },
    {
      label: names.leftOut,
      value: draft.leaveOut.length === 0 ? common.none : draft.leaveOut.join(', ')
    },
    { label: names.kind, value: tiny.kind.kinds[draft.kind].title },
    { label: names.method, value: coreWords(result.methodName) },
    { label: names.perLabel, value: formatNumber(draft.perClass) },
    { label: names.effort, value: tiny.effort.efforts[draft.effort].title },
    { label: names.labels, value: labelsText(draft) },
    {
      label: names.helper,
      value: draft.helper?.kind === 'file' ? draft.helper.name : texts.trainedHere
    },
    ...(draft.pairs === true ? [{ label: names.pairs, value: formatNumber(draft.perClass) }] : []),
    ...(draft.groups === undefined
      ? []
      : [{ label: names.groups, value: formatNumber(draft.groups) }]),
    ...(result.picture === null
      ? []
      : [
          {
            label: names.side,
            value: draft.side === null ? texts.own : tiny.effort.sideOf(draft.side)
          }
        ]),
    {
      label: names.width,
      value: draft.width === null ? texts.auto : formatNumber(draft.width)
    },
    { label: words.setting.seed, value: String(draft.seed), mono: true },
    { label: names.check, value: checkText(draft) },
    ...Object.entries(draft.method.params).map(([key, value]) => ({
      label: readableKey(key),
      value: valueText(value)
    }))
  ]
}
