// ONNX files that a person brings along, before the runtime sees them: what holds for every kind of
// model. A file that cannot be taken is refused in words that say why; nothing in it is run by this.
import { AppError } from '../../../../api/errors.ts'
import { NotOnnx, readOnnxFacts, type OnnxFacts } from './onnx-file.ts'

/** A refusal of the file of this name, to be thrown. */
export function modelRefusal(name: string, why: string, hint?: string): AppError {
  return new AppError(
    'file-not-recognised',
    `\u201c${name}\u201d ${why}`,
    hint === undefined ? {} : { hint }
  )
}

/** Operators of ONNX's own makers and of the runtime's; others are not there to be run. */
const knownDomains = new Set(['ai.onnx.ml', 'com.microsoft'])

/**
 * What a file declares. Throws AppError "file-not-recognised" for what is no whole model in one file
 * and for operators that are not there; `judge` may refuse further ones.
 */
export function readOwnOnnx(
  bytes: Uint8Array,
  name: string,
  judge: (operator: string) => void = () => {}
): OnnxFacts {
  let facts: OnnxFacts
  try {
    facts = readOnnxFacts(bytes)
  } catch (error) {
    if (!(error instanceof NotOnnx)) throw error
    throw modelRefusal(
      name,
      'is not an ONNX model, or it is cut off.',
      'Export the model from its program as an ONNX file (in PyTorch: torch.onnx.export).'
    )
  }
  if (facts.hasOutsideData)
    throw modelRefusal(
      name,
      'keeps its numbers in further files.',
      'Export it as one file, with all numbers inside.'
    )
  for (const operator of facts.operators) {
    const domain = operator.includes(':') ? operator.slice(0, operator.indexOf(':')) : ''
    if (domain !== '' && !knownDomains.has(domain))
      throw modelRefusal(name, `uses an operation that this app does not have (${operator}).`)
    judge(operator)
  }
  return facts
}
