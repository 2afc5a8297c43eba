// The repeats of a check as rows of a table. Pure.
import type { CheckResult } from '@api/dto/runs.ts'

/** Accuracies of one repeat, as shares 0..1. */
export interface RepeatRow {
  /** 1-based. */
  readonly repeat: number
  readonly chosen: number
  readonly random: number
  readonly stratified: number
  readonly all: number
  /** Chosen - random. */
  readonly difference: number
}

/** One row per repeat; a repeat without all four accuracies is left out. */
export function repeatRows({ perRepeat }: CheckResult): RepeatRow[] {
  const { chosen, random, stratified, all } = perRepeat
  return chosen.flatMap((value, i) => {
    const [drawn, mixed, whole] = [random[i], stratified[i], all[i]]
    if (drawn === undefined || mixed === undefined || whole === undefined) return []
    return [
      {
        repeat: i + 1,
        chosen: value,
        random: drawn,
        stratified: mixed,
        all: whole,
        difference: value - drawn
      }
    ]
  })
}
