// The one thing that differs between transports: a way to pass whole messages to the other side.
// Electron MessagePorts, the loopback websocket and the in-process pair all implement this and
// nothing more, so everything above it exists once.

/** A two-way message channel. Messages are structured-cloneable and may hold typed arrays. */
export interface Port {
  /** Sends one message; buffers listed in `transfer` may be moved instead of copied. */
  send(message: unknown, transfer?: readonly ArrayBuffer[]): void
  onMessage(callback: (message: unknown) => void): void
  onClose(callback: () => void): void
  close(): void
}
