// All methods that make tiny training sets. Adding one = its folder and one line here.
import { memoryMethod } from './addressable-memories/method.ts'
import { attentionMatchingMethod } from './attention-matching/method.ts'
import { distributionMatchingMethod } from './distribution-matching/method.ts'
import type { DistillationMethod } from './distillation-method.ts'
import { distributionalMethod } from './distributional/method.ts'
import { featureRidgeMethod } from './feature-ridge/method.ts'
import { gradientMatchingMethod } from './gradient-matching/method.ts'
import { kernelLabelsMethod } from './kernel-labels/method.ts'
import { inferMethod } from './infer/method.ts'
import { kernelRidgeMethod } from './kernel-ridge/method.ts'
import { pairMatchingMethod } from './pair-matching/method.ts'
import { realItemsMethod } from './real-items/method.ts'
import { realPairsMethod } from './real-pairs/method.ts'
import { realisticTilesMethod } from './realistic-tiles/method.ts'
import { recoveryMethod } from './recovery/method.ts'
import { selfSupervisedMethod } from './self-supervised/method.ts'
import { softLabelsMethod } from './soft-labels/method.ts'
import { trajectoryMethod } from './trajectory-matching/method.ts'

/**
 * In the order they are shown: real items first, then computer-made ones. The cast widens each
 * method's own parameter type: callers parse parameters with the method's schema first.
 */
export const distillationMethods: readonly DistillationMethod[] = [
  softLabelsMethod,
  realItemsMethod,
  realisticTilesMethod,
  inferMethod,
  distributionMatchingMethod,
  attentionMatchingMethod,
  gradientMatchingMethod,
  featureRidgeMethod,
  selfSupervisedMethod,
  kernelLabelsMethod,
  kernelRidgeMethod,
  memoryMethod,
  trajectoryMethod,
  distributionalMethod,
  recoveryMethod,
  realPairsMethod,
  pairMatchingMethod
] as never

/** The method with this id, or undefined. */
export function findDistillationMethod(id: string): DistillationMethod | undefined {
  return distillationMethods.find((method) => method.id === id)
}
