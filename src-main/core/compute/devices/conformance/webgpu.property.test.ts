// The WebGPU device against the plain JavaScript reference, where there is a graphics card.
import { test } from 'vitest'
import { whyNoCard } from '../native/card.test-support.ts'
import { operationConformance } from './conformance.test-support.ts'
import type { Call, Operation } from './operation.test-support.ts'
import { everyOperation } from './operations/every.test-support.ts'

/** Every new graph compiles shaders, so that a fifth of the usual calls takes long enough. */
const share = 0.2

/** 0 to a negative power is NaN for the provider, which splits off the sign of the base. */
function raisesZero({ inputs: [base, power] }: Call): boolean {
  return Array.from(base.values).includes(0) && Array.from(power.values).some((one) => one < 0)
}

/**
 * Without NaN, infinities and the smallest numbers: shaders may take any of them for any number
 * (WGSL, "Differences from IEEE-754"), and SwiftShader does.
 */
function ofCards({ specialCalls: _, ...operation }: Operation): Operation {
  return operation.name === 'pow (negative base)'
    ? { ...operation, calls: operation.calls.filter((call) => !raisesZero(call)) }
    : operation
}

const reason = await whyNoCard()
if (reason === undefined) operationConformance('webgpu', everyOperation.map(ofCards), share)
else test.skip(`the WebGPU device: ${reason}`)
