// A graphics card is taken only where it was measured to be faster.
import { describe, expect, it } from 'vitest'
import type { DeviceSpeed } from '../../api/dto/settings.ts'
import { chooseGraphics, type MeasuredDevice } from './device-choice.ts'

const speed = (gflops: number, trainingSteps: number | null = null): DeviceSpeed => ({
  gflops,
  gflopsOneCore: null,
  trainingSteps,
  cannotTrain: trainingSteps === null ? 'cannot train convolutional networks' : null,
  bytes: null,
  cores: 2,
  measuredAt: 0
})
const device = (id: string, change: Partial<MeasuredDevice> = {}): MeasuredDevice => ({
  id,
  name: `${id} device`,
  isAvailable: true,
  isGraphics: id.startsWith('card'),
  isReference: false,
  speed: undefined,
  ...change
})
const processor = device('native', { speed: speed(300, 40) })

describe('a card', () => {
  it('that is faster in both is taken, the fastest first', () => {
    const slow = device('card-1', { speed: speed(900, 50) })
    const fast = device('card-2', { speed: speed(4000, 300) })
    expect(chooseGraphics([device('cuda'), slow, fast, processor])).toEqual({
      faster: ['card-2', 'card-1'],
      notes: {}
    })
  })

  it.each([
    [undefined, 'Used once it was measured to be faster than the processor.'],
    [
      speed(8.25, 300),
      'Slower here than the native device: 8.3 against 300 billion steps a second.'
    ],
    [speed(900), 'Not chosen: it cannot train convolutional networks.'],
    [
      speed(900, 40),
      'Slower here in training than the native device: 40 against 40 steps a second.'
    ]
  ])('with %j is not, with the reason', (measured, reason) => {
    expect(chooseGraphics([device('card', { speed: measured }), processor])).toEqual({
      faster: [],
      notes: { card: reason }
    })
  })

  it('is compared with the first device of the processor that works', () => {
    const card = device('card', { speed: speed(200, 30) })
    const gone = { ...processor, isAvailable: false }
    const wasm = device('wasm', { speed: speed(30) })
    expect(chooseGraphics([card, gone, wasm]).faster).toEqual(['card'])
    expect(chooseGraphics([card, processor, wasm]).faster).toEqual([])
  })

  it('that is not there is neither taken nor explained', () => {
    const gone = device('card', { isAvailable: false, speed: speed(4000, 300) })
    expect(chooseGraphics([gone, processor])).toEqual({ faster: [], notes: {} })
  })
})
