// All methods of the product. Adding one = its folder and one line here.
import { z } from 'zod'
import type { MethodGroup, MethodInfo } from '../../api/dto/methods.ts'
import type { JsonValue } from '../../api/dto/common.ts'
import { distillationMethods } from './distillation/registry.ts'
import type { DistillationMethod } from './distillation/distillation-method.ts'
import type { MethodCard, ParamsSchema, SelectionMethod } from './method.ts'
import aioli from './selection/aioli/method.ts'
import combined from './selection/combined/method.ts'
import datasetQuantization from './selection/dataset-quantization/method.ts'
import densityPruning from './selection/density-pruning/method.ts'
import dsir from './selection/dsir/method.ts'
import earlyLearning from './selection/early-learning/method.ts'
import el2n from './selection/el2n/method.ts'
import facilityLocation from './selection/facility-location/method.ts'
import forgetting from './selection/forgetting/method.ts'
import givenList from './selection/given-list/method.ts'
import grand from './selection/grand/method.ts'
import graphCut from './selection/graph-cut/method.ts'
import gtp from './selection/gtp/method.ts'
import herding from './selection/herding/method.ts'
import icons from './selection/icons/method.ts'
import influence from './selection/influence/method.ts'
import kCenter from './selection/k-center/method.ts'
import lateUpsampling from './selection/late-upsampling/method.ts'
import less from './selection/less/method.ts'
import lossWindow from './selection/loss-window/method.ts'
import margin from './selection/margin/method.ts'
import random from './selection/random/method.ts'
import regmix from './selection/regmix/method.ts'
import repeatedRandom from './selection/repeated-random/method.ts'
import semdedup from './selection/semdedup/method.ts'
import skillIt from './selection/skill-it/method.ts'
import sourceEven from './selection/source-even/method.ts'
import sourceSize from './selection/source-size/method.ts'
import stratifiedRandom from './selection/stratified-random/method.ts'
import tarot from './selection/tarot/method.ts'
import tracin from './selection/tracin/method.ts'
import trak from './selection/trak/method.ts'
import trustedFilter from './selection/trusted-filter/method.ts'

/** By group, in the order they are shown; the first of a group is the one to try first. */
const groups = {
  examples: [icons, less, tarot, dsir, trustedFilter, tracin, trak, influence],
  variety: [
    facilityLocation,
    combined,
    gtp,
    herding,
    graphCut,
    kCenter,
    datasetQuantization,
    densityPruning,
    semdedup
  ],
  difficulty: [earlyLearning, el2n, grand, margin, forgetting, lossWindow],
  sources: [sourceEven, sourceSize, regmix, lateUpsampling, aioli, skillIt],
  list: [givenList],
  chance: [stratifiedRandom, random, repeatedRandom]
} satisfies Readonly<Record<Exclude<MethodGroup, 'tiny-set'>, readonly unknown[]>>

/**
 * In the order they are shown. The cast widens each method's own parameter type: callers parse
 * parameters with the method's schema before they hand them to it.
 */
export const selectionMethods: readonly SelectionMethod[] = Object.values(groups).flat() as never

/** Group by id of the method. */
const groupOf = new Map(
  Object.entries(groups).flatMap(([group, methods]) =>
    methods.map((method): [string, MethodGroup] => [
      (method as { readonly id: string }).id,
      group as MethodGroup // the keys of the object above
    ])
  )
)

/** The selection method with this id, or undefined. */
export function findSelectionMethod(id: string): SelectionMethod | undefined {
  return selectionMethods.find((method) => method.id === id)
}

/** What the screens see of every method. */
export function methodInfos(): MethodInfo[] {
  return [...selectionMethods.map(selectionInfo), ...distillationMethods.map(distillationInfo)]
}

function selectionInfo(method: SelectionMethod): MethodInfo {
  return {
    ...commonInfo(method),
    family: method.family,
    group: groupOf.get(method.id) ?? 'variety',
    reads: [...method.card.reads],
    aimsAtTasks: aimsOf(method.inputs.tasks),
    readsTexts: method.inputs.texts === true,
    needsSources: method.inputs.sources === true,
    usesGradients: method.inputs.gradients === true
  }
}

function distillationInfo(method: DistillationMethod): MethodInfo {
  return {
    ...commonInfo(method),
    family: method.family,
    group: 'tiny-set',
    reads: [...method.card.reads],
    aimsAtTasks: 'never',
    readsTexts: false,
    needsSources: false,
    usesGradients: false
  }
}

type CommonInfo = Omit<
  MethodInfo,
  'family' | 'group' | 'reads' | 'aimsAtTasks' | 'readsTexts' | 'needsSources' | 'usesGradients'
>

function commonInfo(method: {
  readonly id: string
  readonly version: number
  readonly card: MethodCard
  readonly params: ParamsSchema
}): CommonInfo {
  const { card } = method
  return {
    id: method.id,
    version: method.version,
    name: card.name,
    oneLine: card.oneLine,
    description: card.description,
    whenToUse: card.whenToUse,
    whenNotToUse: card.whenNotToUse,
    gives: card.gives,
    memory: card.memory,
    reference: { ...card.reference },
    // A JSON Schema and parsed defaults are JSON by construction.
    params: z.toJSONSchema(method.params, { io: 'input' }) as JsonValue,
    defaults: method.params.parse({}) as Record<string, JsonValue>
  }
}

function aimsOf(tasks: SelectionMethod['inputs']['tasks']): MethodInfo['aimsAtTasks'] {
  if (tasks === 'if-given') return tasks
  return tasks ? 'always' : 'never'
}
