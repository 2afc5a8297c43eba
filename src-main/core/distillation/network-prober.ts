// How fast networks are on this computer: measured by a few of their own steps when they are first
// asked for, and remembered from the quietest moments, so that estimates do not follow the load.
import { describeSource } from '../datasets/item-source.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { InputShape, NetworkSpec } from '../networks/network.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { networkWork } from './network-work.ts'
import type { DistilProbeInput, NetworkSpeed } from './probe-task.ts'

/** A network's speed at quiet moments, and how far the computer is from one now. */
export interface ProbedSpeed extends NetworkSpeed {
  /** How many times longer a step took when it was last measured; 1 = as quiet as ever. */
  readonly slowdown: number
}

/** The best speed seen of each network, across starts of the app. */
export interface SpeedMemory {
  get(key: string): NetworkSpeed | undefined
  /** Keeps the better of what is known and this, figure by figure, and returns it. */
  keep(key: string, speed: NetworkSpeed): NetworkSpeed
}

/** What a network is measured for. */
export interface ProbeQuestion {
  readonly dataset: DatasetRecord
  readonly shape: InputShape
  readonly network: NetworkSpec
  readonly wantsSecond: boolean
  readonly device: string
}

export interface NetworkProber {
  /** Undefined when it could not be measured. */
  speed(
    dataset: DatasetRecord,
    shape: InputShape,
    network: NetworkSpec,
    wantsSecond: boolean,
    device: string
  ): Promise<ProbedSpeed | undefined>
  /** What is remembered, without measuring: while a run is at work there is no quiet moment. */
  remembered(question: ProbeQuestion): ProbedSpeed | undefined
}

export interface NetworkProberDeps {
  readonly store: Pick<Store, 'items'>
  readonly pool: ComputePool
  readonly mediaFolder: string
  /** Kept in memory only when absent. */
  readonly memory?: SpeedMemory
  /** Milliseconds; the clock's when absent. */
  now?(): number
}

/** Pictures decoded to see how long that takes. */
const decodedPictures = 16
/** Wider networks are measured at this width; the rest is arithmetic. */
const measuredWidth = 32
/** A figure older than this is measured again when it is asked for: the load may have changed. */
const freshMs = 5 * 60_000

/** The lower of two figures each: nothing makes a step shorter than it is. */
export function quietest(one: NetworkSpeed, other: NetworkSpeed): NetworkSpeed {
  return {
    ...other,
    forward: Math.min(one.forward, other.forward),
    trained: Math.min(one.trained, other.trained),
    // 0 = not measured.
    second:
      one.second === 0 || other.second === 0
        ? one.second + other.second
        : Math.min(one.second, other.second),
    perPicture:
      one.perPicture === 0 || other.perPicture === 0
        ? one.perPicture + other.perPicture
        : Math.min(one.perPicture, other.perPicture)
  }
}

/** A memory that lasts as long as this object. */
export function createSpeedMemory(): SpeedMemory {
  const known = new Map<string, NetworkSpeed>()
  return {
    get: (key) => known.get(key),
    keep(key, speed) {
      const before = known.get(key)
      const best = before === undefined ? speed : quietest(before, speed)
      known.set(key, best)
      return best
    }
  }
}

/** Makes the prober of an open project. */
export function createNetworkProber(deps: NetworkProberDeps): NetworkProber {
  const memory = deps.memory ?? createSpeedMemory()
  const now = (): number => deps.now?.() ?? Date.now()
  const running = new Map<
    string,
    { readonly at: number; readonly speed: Promise<ProbedSpeed | undefined> }
  >()

  async function measure(key: string, input: DistilProbeInput): Promise<ProbedSpeed | undefined> {
    const measured = await deps.pool
      .run<DistilProbeInput, never, NetworkSpeed>({ name: 'probe-distil' }, input, {
        signal: AbortSignal.timeout(60_000),
        isLight: true
      })
      .catch(() => undefined)
    if (measured === undefined) return undefined
    const best = memory.keep(key, measured)
    return { ...best, slowdown: Math.max(1, measured.trained / best.trained) }
  }

  function probe(question: ProbeQuestion): Promise<ProbedSpeed | undefined> {
    const key = keyOf(question)
    const before = running.get(key)
    if (before !== undefined && now() - before.at < freshMs) return before.speed
    const speed = measure(key, inputOf(question, deps))
    running.set(key, { at: now(), speed })
    // A failure is not remembered: the data may be reachable the next time.
    void speed.then((found) => {
      if (found === undefined) running.delete(key)
    })
    return speed
  }

  return {
    async speed(dataset, shape, network, wantsSecond, device) {
      const question = { dataset, shape, network, wantsSecond, device }
      const speed = await probe(question)
      return speed && scaled(speed, question)
    },
    remembered(question) {
      const speed = memory.get(keyOf(question))
      return speed && scaled({ ...speed, slowdown: 1 }, question)
    }
  }
}

/** The network that is measured in place of a wide one. */
function measuredNetwork({ network }: ProbeQuestion): NetworkSpec {
  const isWide = network.kind === 'convnet' && network.width > measuredWidth
  return isWide ? { ...network, width: measuredWidth } : network
}

function classesOf({ dataset }: ProbeQuestion): number {
  return Math.max(2, dataset.classNames.length)
}

/** Which pictures are decoded to time it makes no difference. */
function keyOf(question: ProbeQuestion): string {
  const { shape, dataset, wantsSecond, device } = question
  return JSON.stringify({
    shape,
    classes: classesOf(question),
    network: measuredNetwork(question),
    wantsSecond,
    pictures: dataset.kind === 'images' ? dataset.format : null,
    device
  })
}

function inputOf(question: ProbeQuestion, deps: NetworkProberDeps): DistilProbeInput {
  const { shape, dataset, wantsSecond, device } = question
  return {
    shape,
    classes: classesOf(question),
    network: measuredNetwork(question),
    wantsSecond,
    pictures:
      dataset.kind === 'images'
        ? {
            source: describeSource(dataset, deps.mediaFolder),
            locators: deps.store.items
              .range(dataset.id, 0, decodedPictures)
              .map(({ locator }) => locator)
          }
        : undefined,
    device
  }
}

function scaled(speed: ProbedSpeed, question: ProbeQuestion): ProbedSpeed {
  const { network, shape } = question
  const measured = measuredNetwork(question)
  if (measured === network) return speed
  const classes = classesOf(question)
  const factor = networkWork(network, shape, classes) / networkWork(measured, shape, classes)
  return {
    ...speed,
    forward: speed.forward * factor,
    trained: speed.trained * factor,
    second: speed.second * factor
  }
}
