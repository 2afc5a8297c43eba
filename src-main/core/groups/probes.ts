// What features are worth: how many held-out labels a straight line and the most alike pictures tell.
import type { Device } from '../compute/devices/device.ts'
import { checkRecipe, predictHead, trainHead } from '../compute/softmax-head.ts'
import { knnModel } from '../evaluation/models/knn.ts'

/** Features with labels 0 .. classes-1; below 0 where there is none. */
export interface ProbeRows {
  readonly values: Float32Array
  readonly labels: Int32Array
}

/** What a probe says. */
export interface Probed {
  readonly probe01: number
  readonly neighbours01: number
  /** 1 for each held-out row that the line told rightly. */
  readonly right: Uint8Array
}

/** Judges features of `columns` numbers by held-out rows, all of which have a label. */
export async function probeFeatures(
  device: Device,
  train: ProbeRows,
  heldOut: ProbeRows,
  columns: number,
  classes: number,
  signal: AbortSignal
): Promise<Probed> {
  const head = await trainHead(
    device.tf,
    { features: train.values, columns, labels: train.labels, classes },
    checkRecipe(0),
    signal
  )
  const said = predictHead(head, heldOut.values)
  const right = Uint8Array.from(heldOut.labels, (label, row) => {
    const own = said.subarray(row * classes, (row + 1) * classes)
    return own.indexOf(Math.max(...own)) === label ? 1 : 0
  })
  const neighbours01 = await knnModel.score(
    {
      trainFeatures: train.values,
      trainLabels: train.labels,
      testFeatures: heldOut.values,
      testLabels: heldOut.labels,
      columns,
      classes,
      seed: 0
    },
    device,
    signal
  )
  const told = right.reduce((sum, one) => sum + one, 0)
  return { probe01: told / Math.max(1, right.length), neighbours01, right }
}
