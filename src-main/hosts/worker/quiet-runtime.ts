// ONNX Runtime's own library reports its use to its makers unless it is told not to, from native code
// that nothing in Node sees (found under strace: a look-up of a name at its first session). It reads the
// process's environment, which only the main thread can write; so this is called there, before any
// thread that computes is started.

/** Keeps the runtime's library from reaching for a network. */
export function quietRuntime(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1'
}
