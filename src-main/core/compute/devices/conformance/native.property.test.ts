// The native device against the plain JavaScript reference.
import { operationConformance } from './conformance.test-support.ts'
import { everyOperation } from './operations/every.test-support.ts'

operationConformance('native', everyOperation, 1.5)
