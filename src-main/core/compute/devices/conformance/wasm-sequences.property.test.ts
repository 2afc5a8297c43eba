// Random sequences of operations and training steps on the WebAssembly device.
import { optimizerConformance } from './optimizers.test-support.ts'
import { sequenceConformance } from './sequences.test-support.ts'

// Without the kernels UnsortedSegmentSum and Conv2DBackpropFilter the device cannot differentiate
// what is taken by places, nor convolutions by their filters.
sequenceConformance('wasm', 60, ['gather', 'convolution'])
optimizerConformance('wasm', ['a convolutional network'])
