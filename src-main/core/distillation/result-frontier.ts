// The data-knowledge frontier that a method measured on its way, from its info.
import { z } from 'zod'
import { DistilFrontier, type DistilResult } from '../../api/dto/distil.ts'

/** The method keeps more of it than the window shows. */
const Frontier = z.object(DistilFrontier.shape)

/** The frontier in `info.frontier` as part of a result; empty when there is none. */
export function frontierOf(
  info: Readonly<Record<string, unknown>>
): Pick<DistilResult, 'frontier'> {
  const parsed = Frontier.safeParse(info['frontier'])
  if (!parsed.success) return {}
  const { epochs, perClass, accuracy } = parsed.data
  const isWhole =
    accuracy.length === epochs.length && accuracy.every((row) => row.length === perClass.length)
  return isWhole ? { frontier: parsed.data } : {}
}
