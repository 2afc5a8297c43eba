// Errors of onnxruntime in words: what they say about the device that computed.

/**
 * Why a device of onnxruntime gave up, by the runtime's messages; undefined for errors that are not
 * the runtime's. An operation that it refuses counts as well: the next device may know it.
 */
export function runtimeFailure(error: unknown): string | undefined {
  const text = error instanceof Error ? error.message : ''
  if (/no supported adapters|failed to get a webgpu adapter/i.test(text)) return 'no adapter'
  if (/allocat\w+ memory|out of memory|bad_alloc|E_OUTOFMEMORY/i.test(text)) return 'out of memory'
  if (/device (was |is )?(lost|removed|hung)|DEVICE_LOST|DXGI_ERROR/i.test(text))
    return 'the card stopped answering'
  if (/onnxruntime|non-zero status code|exception during initialization|invalid model/i.test(text))
    return 'one of its operations failed'
  return undefined
}
