// What an exported set of clouds brings along so that others can draw more items from it: the decoder
// as ONNX, and the clouds as plain arrays.
import type { InputShape } from '../../../networks/network.ts'
import type { DistilledSet, ExportedFile } from '../distillation-method.ts'
import { decoderModels } from './decoder-onnx.ts'

/** decoder.onnx, cloud-means.npy and cloud-logvars.npy; with a number each where there are groups. */
export function decoderFiles(
  set: Pick<DistilledSet, 'stored' | 'info'>,
  shape: InputShape
): readonly ExportedFile[] {
  const models = decoderModels(set, shape)
  return models.flatMap((model, g): ExportedFile[] => {
    const { firstClass, classes, priors, latent, onnx, mean, logvar } = model
    const suffix = models.length === 1 ? '' : `-${g + 1}`
    const rows = [classes * priors, latent]
    const whose =
      classes === 1
        ? `the label number ${firstClass}`
        : `the labels number ${firstClass} to ${firstClass + classes - 1}`
    return [
      {
        name: `decoder${suffix}.onnx`,
        bytes: onnx,
        text: `draws items of ${whose} with ONNX Runtime: inputs "mean" and "logvar" (rows of the two files below) and "noise" (standard normal), N x ${latent} each; output "pictures", scaled like images`
      },
      {
        name: `cloud-means${suffix}.npy`,
        array: { shape: rows, values: mean },
        text: `middles of the clouds, ${priors} for each label, one label after the other`
      },
      {
        name: `cloud-logvars${suffix}.npy`,
        array: { shape: rows, values: logvar },
        text: 'logarithms of their variances, in the same order'
      }
    ]
  })
}
