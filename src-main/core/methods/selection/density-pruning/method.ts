// Density and complexity pruning: crowded groups of alike items give more of theirs away.
import { defineMethod } from '../../method.ts'
import {
  alikePercent,
  amongLabel,
  explainUnable,
  selectionOf
} from '../../coverage/coverage-result.ts'
import { items, runCoverage, type CoverageInfo } from '../../coverage/coverage-run.ts'
import { residentBytes } from '../../coverage/prepared-rows.ts'
import { repeatCells, repeatFrom } from '../../coverage/repeats.ts'
import { densityCard } from './card.ts'
import { densityParams } from './params.ts'
import { automaticCells, pickByDensity } from './pick.ts'

export default defineMethod({
  id: 'density-pruning',
  family: 'selection',
  version: 1,
  card: densityCard,
  params: densityParams,
  inputs: { labels: false, tasks: false },
  estimate({ candidates, columns, classes }, { mix, cells }) {
    const groups = mix === 'keep' ? Math.max(1, classes) : 1
    const rows = candidates / groups
    const dedup = repeatCells(rows)
    const own = cells > 0 ? cells : automaticCells(rows)
    const products = candidates * columns * (dedup + rows / dedup / 2 + own + 480)
    return {
      seconds:
        0.2 +
        products / 13e9 +
        (candidates * rows) / dedup / 0.8e9 +
        (groups * (dedup + own) * Math.max(2000, 20 * own) * columns) / 0.8e9,
      megabytes: 350 + (Math.min(residentBytes, 4 * candidates * columns) + 48 * candidates) / 1e6,
      why: `${own.toLocaleString('en-US')} groups of alike items${groups > 1 ? ' per label' : ''} are made.`
    }
  },
  async *run(context, inputs, chosen) {
    const outcome = yield* runCoverage(context, inputs, {
      form: 'direction',
      mix: chosen.mix,
      columns: {
        alike: { type: 'real', fill: -2 },
        nearest: { type: 'whole', fill: 0xffffffff },
        cellRows: { type: 'whole', fill: 0 },
        cellKept: { type: 'whole', fill: 0 },
        cellPlace: { type: 'whole', fill: 0 }
      },
      pick: (task) => pickByDensity(task, chosen)
    })
    const { alike, flags, nearest } = outcome.columns
    let repeats = 0
    alike.forEach((value, row) => {
      if (flags[row] === 0 && value >= repeatFrom(chosen.alikePercent)) repeats++
    })
    const stored = Uint32Array.from(nearest, (row) =>
      row === 0xffffffff ? row : inputs.rowIds[row]
    )
    const cells = outcome.info.measures.reduce((sum, count) => sum + count, 0)
    return selectionOf(
      {
        ...outcome,
        columns: { ...outcome.columns, nearest: stored },
        info: {
          ...outcome.info,
          alikePercent: chosen.alikePercent,
          inside: chosen.inside,
          repeats
        },
        notes: [...outcome.notes, `${items(repeats)} are repeats and came after all others.`]
      },
      inputs.budget,
      { value: cells, meaning: 'Groups of alike items that the places were shared among' }
    )
  },
  explain(inputs) {
    const unable = explainUnable(inputs)
    if (unable !== undefined) return unable
    const { columns, row, isChosen } = inputs
    // Written by this method; the cast undoes only the loss of its type on disk.
    const info = inputs.info as CoverageInfo & {
      readonly alikePercent: number
      readonly inside: 'lot' | 'hard' | 'typical'
    }
    const among = amongLabel(inputs, info)
    if (columns['cellRows'][row] === 0) {
      const percent = alikePercent(columns['alike'][row])
      return isChosen
        ? {
            code: 'kept-repeat',
            text: `Kept to fill the number you asked for, although it is ${percent} like another item.`
          }
        : {
            code: 'repeat',
            text: `Left out as a repeat: it is ${percent} like another item, and repeats count from ${info.alikePercent} %.`
          }
    }
    const size = columns['cellRows'][row]
    const kept = columns['cellKept'][row]
    const how = {
      lot: 'drawn by lot',
      hard: 'those farthest from its middle',
      typical: 'those nearest to its middle'
    }[info.inside]
    const group = `its group of ${items(size)} alike${among} keeps ${kept.toLocaleString('en-US')} (${how})`
    return isChosen
      ? { code: 'kept-group', text: `Kept: ${group}, and it is among them.` }
      : { code: 'group-full', text: `Left out: ${group}, and it is not among them.` }
  }
})
