// One picture of an item in full size, as an address for an image element. Given back to the browser
// when another one takes its place.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { useBrowse } from '../../../stores/browse.ts'

type Fetched = ReturnType<ReturnType<typeof useBrowse>['picture']>

/** Pictures that are kept: the one shown, and those around it on both sides. */
const kept = 8

/**
 * Address of the picture; null when there is none to show, undefined while it is on its way.
 * @param ahead rows whose first picture is fetched once this one is there, the likeliest first
 */
export function usePicture(
  dataset: () => string,
  row: () => number,
  index: () => number | undefined,
  ahead: () => readonly number[] = () => []
): Readonly<Ref<string | null | undefined>> {
  const browse = useBrowse()
  const address = ref<string | null>()
  const pictures = new Map<string, Fetched>()
  let asked = 0

  /** A picture that is there, or on its way, or asked for now. */
  function fetched(id: string, at: number, which: number): Fetched {
    const key = `${id} ${at} ${which}`
    const known = pictures.get(key) ?? browse.picture(id, at, which)
    pictures.delete(key)
    pictures.set(key, known)
    // What failed is asked for anew.
    known.catch(() => pictures.delete(key))
    for (const old of pictures.keys()) {
      if (pictures.size <= kept) break
      pictures.delete(old)
    }
    return known
  }
  /** One after the other, and only as long as nobody goes on. */
  async function fetchAhead(id: string, mine: number): Promise<void> {
    for (const at of ahead()) {
      if (mine !== asked) return
      await fetched(id, at, 0).catch(() => undefined)
    }
  }

  function put(next: string | null | undefined): void {
    if (typeof address.value === 'string') URL.revokeObjectURL(address.value)
    address.value = next
  }
  watch(
    [dataset, row, index],
    async ([id, at, which]) => {
      const mine = ++asked
      put(which === undefined ? null : undefined)
      if (which === undefined) return
      try {
        const { bytes, mime } = await fetched(id, at, which)
        if (mine !== asked) return
        // The copy gives the blob a plain ArrayBuffer, whatever the transport used.
        put(
          bytes === null
            ? null
            : URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mime }))
        )
      } catch {
        if (mine === asked) put(null)
      }
      if (mine === asked) void fetchAhead(id, mine)
    },
    { immediate: true }
  )
  // The list may tell the neighbours later than the picture comes.
  watch(
    () => ahead().join(' '),
    () => address.value !== undefined && void fetchAhead(dataset(), asked)
  )
  onScopeDispose(() => {
    asked += 1
    put(undefined)
  })
  return address
}
