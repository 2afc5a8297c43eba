// How much fits into the space of a few items per class: bases, and the addresses that mix them
// ("Remember the Past", section 3 of the paper and the published code).
import { inputSize, type InputShape } from '../../../networks/network.ts'

/** What the space is for. */
export interface MemorySpace {
  readonly shape: InputShape
  readonly classes: number
  /** Items whose numbers may be used, for each class. */
  readonly perClass: number
}

/** How a memory is built. */
export interface MemoryPlan {
  /** K: pictures that all items are mixed from. */
  readonly bases: number
  /** Bases are so many times smaller along each side. */
  readonly shrink: number
  /** r: items per class that can be called up. */
  readonly slots: number
  /** Numbers of all bases and addresses. */
  readonly numbers: number
}

/** Height and width of a base. */
export function baseShape({ height, width, channels }: InputShape, shrink: number): InputShape {
  const side = (length: number): number => Math.max(1, Math.ceil(length / shrink))
  return { height: side(height), width: side(width), channels }
}

/** Numbers that `perClass` items of every class take. */
export function budgetOf({ shape, classes, perClass }: MemorySpace): number {
  return perClass * classes * inputSize(shape)
}

/**
 * r = floor((budget - K h w c) / (classes K)): as many addresses as fit beside the bases, 0 when not
 * even one per class does.
 */
export function planFor(space: MemorySpace, bases: number, shrink: number): MemoryPlan {
  const forBases = bases * inputSize(baseShape(space.shape, shrink))
  const left = budgetOf(space) - forBases
  const slots = Math.max(0, Math.floor(left / (space.classes * bases)))
  return { bases, shrink, slots, numbers: forBases + slots * bases * space.classes }
}

/** Items per class beyond which more addresses teach little, while training on them takes longer. */
const mostSlots = 128
/** With one item per class there would be nothing to mix; spaces of few numbers take fewer bases. */
const fewestSlots = 2
/** Largest share of the space for bases, and how their number grows with it: 24 where 16 are published. */
const mostForBases = 0.6
const basesPerRoot = 3.8

/**
 * The plan for a space: K and the shrinking as given, or chosen where they are 0. Pictures of 14
 * pixels and more are halved, as published. K is 24 for one item per class of 28 x 28 or 32 x 32 in
 * ten classes (16 are published; in the first hours 24 teach more), and grows with the root of the
 * space, so that bases and items become more; faster where there would be more items than can be
 * trained on. Throws a RangeError when nothing fits.
 */
export function planMemory(space: MemorySpace, bases: number, shrink: number): MemoryPlan {
  const { height, width } = space.shape
  const by = shrink > 0 ? shrink : Math.min(height, width) >= 14 ? 2 : 1
  const plan = bases > 0 ? planFor(space, bases, by) : automatic(space, by)
  if (plan.slots === 0)
    throw new RangeError(
      `${bases} bases leave no room for addresses in ${budgetOf(space)} numbers for ${space.classes} classes`
    )
  return plan
}

function automatic(space: MemorySpace, shrink: number): MemoryPlan {
  const fitting = budgetOf(space) / inputSize(baseShape(space.shape, shrink))
  const root = basesPerRoot * Math.sqrt(fitting)
  let bases = Math.max(1, Math.floor(Math.min(mostForBases * fitting, root)))
  while (bases > 1 && planFor(space, bases, shrink).slots < fewestSlots) bases--
  while (planFor(space, bases, shrink).slots > mostSlots && fits(space, bases + 1, shrink)) bases++
  return planFor(space, bases, shrink)
}

function fits(space: MemorySpace, bases: number, shrink: number): boolean {
  return planFor(space, bases, shrink).slots > 0
}

/** As many items as the space holds when every item is stored as it is: no addressing. */
export function plainPlan(space: MemorySpace): MemoryPlan {
  return { bases: 0, shrink: 1, slots: space.perClass, numbers: budgetOf(space) }
}
