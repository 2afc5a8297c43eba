// Networks by their plain description.
import { createConvnet } from './convnet.ts'
import { createMlp } from './mlp.ts'
import { inputSize, type InputShape, type NetworkCode, type NetworkSpec } from './network.ts'
import { createResnet } from './resnet.ts'

/** The network for one input shape. Throws a RangeError when a picture is too small for the depth. */
export function createNetwork(spec: NetworkSpec, input: InputShape, classes: number): NetworkCode {
  switch (spec.kind) {
    case 'convnet':
      return createConvnet(spec, input, classes)
    case 'resnet':
      return createResnet(spec, input, classes)
    case 'mlp':
      return createMlp(spec, input, classes)
    case 'linear':
      return { ...createMlp({ ...spec, depth: 0 }, input, classes), spec }
  }
}

/** For people: "ConvNet, 32 filters". */
export function describeNetwork({ kind, width, depth, norm }: NetworkSpec): string {
  const suffix = norm === 'batch' ? ', batch norm' : ''
  switch (kind) {
    case 'convnet':
      return `ConvNet, ${width} filters${depth === 3 ? '' : `, ${depth} blocks`}${suffix}`
    case 'resnet':
      return `small ResNet, ${width} filters, ${depth} ${depth === 1 ? 'stage' : 'stages'}${suffix}`
    case 'mlp':
      return `dense network, ${depth} x ${width} units${suffix}`
    case 'linear':
      return 'linear model'
  }
}

/** The shape of a batch as {@link NetworkCode.forward} takes it: rows of numbers have no sides. */
export function batchShape(input: InputShape, count: number): number[] {
  const { height, width, channels } = input
  return height === 1 && width === 1 ? [count, inputSize(input)] : [count, height, width, channels]
}
