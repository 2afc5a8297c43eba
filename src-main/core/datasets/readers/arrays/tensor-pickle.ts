// The pickle inside a PyTorch file, read by a machine of our own that can only build tuples, lists,
// dictionaries, texts, numbers and the description of a tensor. It knows the names of the three
// things such a file needs; anything else is refused by name. No code is ever run.
import { createPickleInput, PickleRefusal, type PickleInput } from './pickle-input.ts'
import { build, isList, knownName, mark, toStorage, type PickledValue } from './pickle-values.ts'

/** Most steps of one pickle; a thousand tensors need about thirty thousand. */
const mostSteps = 1_000_000
const mostHeld = 200_000

/** Runs a pickle and returns what it built. Throws {@link PickleRefusal}. */
export function readPickle(bytes: Uint8Array): PickledValue {
  const machine = new PickleMachine(createPickleInput(bytes))
  for (let step = 0; step < mostSteps; step++) {
    const done = machine.step()
    if (done !== undefined) return done.value
  }
  throw new PickleRefusal('is longer than is read safely')
}

class PickleMachine {
  readonly #input: PickleInput
  readonly #stack: PickledValue[] = []
  readonly #memo = new Map<number, PickledValue>()

  constructor(input: PickleInput) {
    this.#input = input
  }

  /** Takes one step; returns the result at the end. */
  step(): { readonly value: PickledValue } | undefined {
    const code = this.#input.byte()
    // "." ends the pickle.
    if (code === 0x2e) return { value: this.#pop() }
    if (!this.#push(code) && !this.#collect(code) && !this.#remember(code)) this.#other(code)
    if (this.#stack.length > mostHeld) throw new PickleRefusal('holds more than is read safely')
    return undefined
  }

  /** Steps that put one plain value on the stack. */
  #push(code: number): boolean {
    const input = this.#input
    const value = plainValue(code, input)
    if (value !== undefined) this.#stack.push(value)
    return value !== undefined
  }

  /** Steps that make tuples, lists and dictionaries. */
  #collect(code: number): boolean {
    switch (code) {
      case 0x28: // MARK
        this.#stack.push(mark)
        return true
      case 0x74: // TUPLE
        this.#stack.push(this.#toMark())
        return true
      case 0x85: // TUPLE1, TUPLE2, TUPLE3
      case 0x86:
      case 0x87: {
        const count = code - 0x84
        if (this.#stack.length < count) throw new PickleRefusal('is damaged')
        this.#stack.push(this.#stack.splice(this.#stack.length - count))
        return true
      }
      case 0x61: // APPEND
        this.#extend([this.#pop()])
        return true
      case 0x65: // APPENDS
        this.#extend(this.#toMark())
        return true
      case 0x73: {
        // SETITEM
        const value = this.#pop()
        this.#fill([this.#pop(), value])
        return true
      }
      case 0x75: // SETITEMS
        this.#fill(this.#toMark())
        return true
      default:
        return false
    }
  }

  /** Steps that store and fetch what was built before. */
  #remember(code: number): boolean {
    const input = this.#input
    switch (code) {
      case 0x71: // BINPUT
        this.#store(input.byte())
        return true
      case 0x72: // LONG_BINPUT
        this.#store(input.uint32())
        return true
      case 0x94: // MEMOIZE
        this.#store(this.#memo.size)
        return true
      case 0x68: // BINGET
        this.#fetch(input.byte())
        return true
      case 0x6a: // LONG_BINGET
        this.#fetch(input.uint32())
        return true
      default:
        return false
    }
  }

  #other(code: number): void {
    switch (code) {
      case 0x80: {
        const version = this.#input.byte()
        if (version > 5) throw new PickleRefusal('is of a version that is not known')
        return
      }
      case 0x95: // FRAME: only a hint for reading ahead
        this.#input.skip(8)
        return
      case 0x63: // GLOBAL
        this.#stack.push(knownName(`${this.#input.line()}.${this.#input.line()}`))
        return
      case 0x93: {
        // STACK_GLOBAL
        const name = this.#pop()
        const module = this.#pop()
        // Lists as names could be put together to texts without end.
        if (typeof name !== 'string' || typeof module !== 'string')
          throw new PickleRefusal('is damaged')
        this.#stack.push(knownName(`${module}.${name}`))
        return
      }
      case 0x51: // BINPERSID
        this.#stack.push(toStorage(this.#pop()))
        return
      case 0x52: {
        // REDUCE
        const given = this.#pop()
        this.#stack.push(build(this.#pop(), given))
        return
      }
      case 0x62: {
        // BUILD: PyTorch hangs notes on a dictionary of weights, which mean nothing here.
        this.#pop()
        if (!(this.#stack.at(-1) instanceof Map))
          throw new PickleRefusal('holds objects, not plain arrays')
        return
      }
      default:
        throw new PickleRefusal(`uses a step that arrays do not need (0x${code.toString(16)})`)
    }
  }

  #pop(): PickledValue {
    const value = this.#stack.pop()
    if (value === undefined) throw new PickleRefusal('is damaged')
    return value
  }

  #toMark(): PickledValue[] {
    const at = this.#stack.lastIndexOf(mark)
    if (at === -1) throw new PickleRefusal('is damaged')
    const values = this.#stack.splice(at + 1)
    this.#stack.pop()
    return values
  }

  #extend(values: readonly PickledValue[]): void {
    const list = this.#stack.at(-1)
    // Tuples are arrays here too; adding to one is as harmless.
    if (!isList(list)) throw new PickleRefusal('is damaged')
    for (const value of values) list.push(value)
  }

  #fill(pairs: readonly PickledValue[]): void {
    const map = this.#stack.at(-1)
    if (!(map instanceof Map) || pairs.length % 2 !== 0) throw new PickleRefusal('is damaged')
    for (let i = 0; i < pairs.length; i += 2) map.set(pairs[i], pairs[i + 1])
  }

  #store(place: number): void {
    const value = this.#stack.at(-1)
    if (value === undefined) throw new PickleRefusal('is damaged')
    this.#memo.set(place, value)
  }

  #fetch(place: number): void {
    const value = this.#memo.get(place)
    if (value === undefined) throw new PickleRefusal('is damaged')
    this.#stack.push(value)
  }
}

function plainValue(code: number, input: PickleInput): PickledValue | undefined {
  switch (code) {
    case 0x4e: // NONE
      return null
    case 0x88: // NEWTRUE
      return true
    case 0x89: // NEWFALSE
      return false
    case 0x4a: // BININT
      return input.int32()
    case 0x4b: // BININT1
      return input.byte()
    case 0x4d: // BININT2
      return input.uint16()
    case 0x8a: // LONG1
      return input.long()
    case 0x47: // BINFLOAT
      return input.double()
    case 0x58: // BINUNICODE
      return input.text(input.uint32())
    case 0x8c: // SHORT_BINUNICODE
      return input.text(input.byte())
    case 0x29: // EMPTY_TUPLE
    case 0x5d: // EMPTY_LIST
      return []
    case 0x7d: // EMPTY_DICT
      return new Map()
    default:
      return undefined
  }
}
