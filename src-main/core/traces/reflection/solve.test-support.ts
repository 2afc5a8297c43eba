// What tests of the loop share.

/** A signal that never says stop. */
export function createNever(): AbortSignal {
  return new AbortController().signal
}

/** Everything a generator gives, in order. */
export async function allOf<T>(given: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of given) all.push(each)
  return all
}
