// Whether a graphics card earns its place: "auto" takes one only where it was measured to be faster
// than the processor of this computer.
import type { DeviceSpeed } from '../../api/dto/settings.ts'

/** What the choice looks at. */
export interface MeasuredDevice {
  readonly id: string
  readonly name: string
  readonly isAvailable: boolean
  readonly isGraphics: boolean
  readonly isReference: boolean
  readonly speed: DeviceSpeed | undefined
}

export interface GraphicsChoice {
  /** Ids of cards faster than the processor, fastest first. */
  readonly faster: readonly string[]
  /** Why each of the other available cards is not taken, by id. */
  readonly notes: Readonly<Record<string, string>>
}

/** Devices that never compete: TensorFlow with CUDA is preferred wherever it works. */
const unrivalled = 'cuda'

/**
 * Compares each available card with the first available device of the processor. A card must win
 * in the matrix product, and in training too where both can train.
 */
export function chooseGraphics(devices: readonly MeasuredDevice[]): GraphicsChoice {
  const processor = devices.find(
    (device) =>
      device.isAvailable && !device.isGraphics && !device.isReference && device.id !== unrivalled
  )
  const notes: Record<string, string> = {}
  const faster: { readonly id: string; readonly gflops: number }[] = []
  for (const card of devices) {
    if (!card.isGraphics || !card.isAvailable) continue
    const problem = whyNot(card, processor)
    if (problem !== undefined) notes[card.id] = problem
    else faster.push({ id: card.id, gflops: card.speed?.gflops ?? 0 })
  }
  return { faster: faster.toSorted((a, b) => b.gflops - a.gflops).map(({ id }) => id), notes }
}

function whyNot(card: MeasuredDevice, processor: MeasuredDevice | undefined): string | undefined {
  if (processor === undefined) return undefined
  if (card.speed === undefined || processor.speed === undefined)
    return 'Used once it was measured to be faster than the processor.'
  const mine = card.speed
  const theirs = processor.speed
  if (mine.gflops <= theirs.gflops)
    return `Slower here than the ${processor.name}: ${round(mine.gflops)} against ${round(theirs.gflops)} billion steps a second.`
  if (mine.trainingSteps === null && theirs.trainingSteps !== null)
    return `Not chosen: it ${mine.cannotTrain ?? 'cannot train'}.`
  if (mine.trainingSteps !== null && mine.trainingSteps <= (theirs.trainingSteps ?? 0))
    return `Slower here in training than the ${processor.name}: ${round(mine.trainingSteps)} against ${round(theirs.trainingSteps ?? 0)} steps a second.`
  return undefined
}

function round(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value))
}
