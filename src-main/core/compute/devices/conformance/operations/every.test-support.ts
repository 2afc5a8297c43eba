// Every operation the conformance suite calls.
import type { Operation } from '../operation.test-support.ts'
import { binaryOperations } from './binary.test-support.ts'
import { convolutionOperations } from './convolutions.test-support.ts'
import { creationOperations } from './creations.test-support.ts'
import { indexingOperations } from './indexing.test-support.ts'
import { layoutOperations } from './layout.test-support.ts'
import { pictureOperations } from './pictures.test-support.ts'
import { productOperations } from './products.test-support.ts'
import { reductionOperations } from './reductions.test-support.ts'
import { unaryOperations } from './unary.test-support.ts'

/** All of them. */
export const everyOperation: readonly Operation[] = [
  ...unaryOperations,
  ...binaryOperations,
  ...reductionOperations,
  ...layoutOperations,
  ...indexingOperations,
  ...productOperations,
  ...creationOperations,
  ...convolutionOperations,
  ...pictureOperations
]
