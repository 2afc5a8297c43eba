// Random sequences of operations and training steps on the native device.
import { optimizerConformance } from './optimizers.test-support.ts'
import { sequenceConformance } from './sequences.test-support.ts'

sequenceConformance('native', 150)
optimizerConformance('native')
