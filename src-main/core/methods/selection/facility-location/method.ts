// Facility location: picks items one by one so that every item has a close one among the picked.
// This file is the declaration; pick.ts orders the items of one label.
import { coverageBytes, denseLimit, pickFacilityLocation, cellRowsFor } from './pick.ts'
import { defineMethod } from '../../method.ts'
import { selectionOf, weightedMeasure } from '../../coverage/coverage-result.ts'
import { runCoverage } from '../../coverage/coverage-run.ts'
import { rereadSeconds } from '../../coverage/held-rows.ts'
import { facilityLocationCard } from './card.ts'
import { explainFacilityLocation } from './explain.ts'
import { facilityLocationParams } from './params.ts'

export default defineMethod({
  id: 'facility-location',
  family: 'selection',
  version: 1,
  card: facilityLocationCard,
  params: facilityLocationParams,
  inputs: { labels: false, tasks: false },
  estimate(shape, params) {
    const { candidates, columns, classes, budget } = shape
    const groups = params.mix === 'keep' ? Math.max(1, classes) : 1
    const rows = candidates / groups
    const limit = denseLimit(params.pairMemory)
    const partners = rows <= limit ? rows : cellRowsFor(rows)
    // Looks at gains: in cells the first ones are picked from until their end.
    const looks = rows <= limit ? 75 * budget : (300 + partners / 2) * budget
    return {
      seconds:
        0.2 +
        (candidates * partners * columns) / 13e9 +
        (3 * candidates * partners + looks * partners) / 1.2e9 +
        rereadSeconds(candidates, columns, groups, rows <= limit ? 1 : 2),
      megabytes: 300 + (coverageBytes(candidates, columns) + 5 * partners * partners) / 1e6,
      why:
        rows <= limit
          ? `All pairs of ${Math.round(rows).toLocaleString('en-US')} items${groups > 1 ? ' per label' : ''} are compared.`
          : `Items are compared within groups of some ${Math.round(partners).toLocaleString('en-US')} alike ones.`
    }
  },
  async *run(context, inputs, params) {
    const outcome = yield* runCoverage(context, inputs, {
      form: 'direction',
      mix: params.mix,
      columns: {
        nearest: { type: 'whole', fill: 0xffffffff },
        alike: { type: 'real', fill: -2 },
        standsFor: { type: 'whole', fill: 0 }
      },
      pick: (task) => pickFacilityLocation(task, denseLimit(params.pairMemory))
    })
    // Rows are candidates inside the run; what is stored must survive as places in the dataset.
    const nearest = outcome.columns['nearest']
    const stored = Uint32Array.from(nearest, (row) =>
      row === 0xffffffff ? row : inputs.rowIds[row]
    )
    return selectionOf(
      { ...outcome, columns: { ...outcome.columns, nearest: stored } },
      inputs.budget,
      {
        value: weightedMeasure(outcome.info),
        meaning: 'How alike an item is to the kept one nearest to it, on average (1 = the same)'
      }
    )
  },
  explain: explainFacilityLocation
})
