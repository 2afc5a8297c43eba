// Cuts out of the recorded graph what the wanted values need, in an order that is the same for
// equal graphs, and describes it by a key: equal keys can be computed by the same compiled graph.
import type { Value } from './value.ts'

export interface Cut {
  /** Pending values, every input before its use. */
  readonly order: readonly Value[]
  /** Values whose numbers are there, in the order of their first use. */
  readonly leaves: readonly Value[]
  readonly key: string
}

let cuts = 0

/** Numbers the values it needs: `position` counts up in the order, and down from -1 in the leaves. */
export function cutOut(wanted: readonly Value[]): Cut {
  const cut = ++cuts
  const order: Value[] = []
  const leaves: Value[] = []
  let key = ''

  const isNumbered = (value: Value): boolean => {
    if (value.seenBy === cut) return true
    if (value.operation !== undefined) return false
    value.seenBy = cut
    leaves.push(value)
    value.position = -leaves.length
    key += `${value.type} ${value.shape.join('x')};`
    return true
  }

  // A stack of its own, because chains of operations are longer than the call stack is deep.
  const path: Value[] = []
  const next: number[] = []
  for (const root of wanted) {
    if (isNumbered(root)) continue
    path.push(root)
    next.push(0)
    while (path.length > 0) {
      const value = path[path.length - 1]
      const at = next[next.length - 1]
      if (value.seenBy !== cut && at < value.inputs.length) {
        next[next.length - 1] = at + 1
        const input = value.inputs[at]
        if (isNumbered(input)) continue
        path.push(input)
        next.push(0)
        continue
      }
      path.pop()
      next.pop()
      if (value.seenBy === cut) continue
      value.seenBy = cut
      value.position = order.length
      order.push(value)
      key += `${value.operation?.key ?? ''}(`
      for (const input of value.inputs) key += `${input.position},`
      key += `)${value.type} ${value.shape.join('x')};`
    }
  }
  key += '>'
  for (const root of wanted) key += `${root.position},`
  return { order, leaves, key }
}
