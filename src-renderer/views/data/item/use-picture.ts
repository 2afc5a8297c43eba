// One picture of an item in full size, as an address for an image element. Given back to the browser
// when another one takes its place.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { useBrowse } from '../../../stores/browse.ts'

/** Address of the picture; null when there is none to show, undefined while it is on its way. */
export function usePicture(
  dataset: () => string,
  row: () => number,
  index: () => number | undefined
): Readonly<Ref<string | null | undefined>> {
  const browse = useBrowse()
  const address = ref<string | null>()
  let asked = 0

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
        const { bytes, mime } = await browse.picture(id, at, which)
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
    },
    { immediate: true }
  )
  onScopeDispose(() => {
    asked += 1
    put(undefined)
  })
  return address
}
