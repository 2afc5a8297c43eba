// Every operation the conformance suite calls.
import type { Operation } from '../operation.test-support.ts'
import { binaryOperations } from './binary.test-support.ts'
import { indexingOperations } from './indexing.test-support.ts'
import { layoutOperations } from './layout.test-support.ts'
import { pictureOperations } from './pictures.test-support.ts'
import { productOperations } from './products.test-support.ts'
import { reductionOperations } from './reductions.test-support.ts'
import { unaryOperations } from './unary.test-support.ts'

export const everyOperation: readonly Operation[] = [
  ...unaryOperations,
  ...binaryOperations,
  ...reductionOperations,
  ...layoutOperations,
  ...indexingOperations,
  ...productOperations,
  ...pictureOperations
]
