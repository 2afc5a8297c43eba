// Points by WebGL 2: places and styles live on the graphics card, and all points are one draw call
// (two while a filter hides some, so that hidden ones lie under the others). They lie there in a
// mixed order: no label covers all others, and the first so many are an even sample of all.
import { unlabelledIndex } from './map-categories.ts'
import type { MapFrame, MapRenderer } from './map-renderer.ts'

const vertexSource = `#version 300 es
precision highp float;
layout(location = 0) in vec2 a_place;
layout(location = 1) in vec2 a_before;
layout(location = 2) in float a_style;
uniform vec2 u_scale;
uniform vec2 u_shift;
uniform float u_mix;
uniform float u_size;
uniform float u_opacity;
uniform bool u_hidden;
uniform vec3 u_colors[${unlabelledIndex + 1}];
uniform vec3 u_hiddenColor;
out vec4 v_color;
void main() {
  bool isHidden = a_style >= 128.0;
  if (isHidden != u_hidden) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
    return;
  }
  vec2 place = mix(a_before, a_place, u_mix);
  gl_Position = vec4(place * u_scale + u_shift, 0.0, 1.0);
  gl_PointSize = u_size;
  vec3 color = isHidden ? u_hiddenColor : u_colors[int(a_style)];
  v_color = vec4(color, isHidden ? u_opacity * 0.45 : u_opacity);
}`

const fragmentSource = `#version 300 es
precision highp float;
in vec4 v_color;
uniform float u_size;
out vec4 color;
void main() {
  float far = length(gl_PointCoord - 0.5) * u_size;
  float edge = u_size < 3.0 ? 1.0 : clamp(u_size * 0.5 - far + 0.5, 0.0, 1.0);
  float opacity = v_color.a * edge;
  color = vec4(v_color.rgb * opacity, opacity);
}`

const uniformNames = [
  'u_scale',
  'u_shift',
  'u_mix',
  'u_size',
  'u_opacity',
  'u_hidden',
  'u_colors',
  'u_hiddenColor'
] as const
type UniformName = (typeof uniformNames)[number]

/** Undefined where WebGL 2 is not available or refuses the program. */
export function createGlRenderer(
  canvas: HTMLCanvasElement,
  { onLost, onMeasured }: { onLost(): void; onMeasured(): void }
): MapRenderer | undefined {
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false })
  if (gl === null) return undefined
  const program = programOf(gl)
  if (program === undefined) return undefined
  const uniforms = new Map<UniformName, WebGLUniformLocation | null>(
    uniformNames.map((name) => [name, gl.getUniformLocation(program, name)])
  )
  const at = (name: UniformName): WebGLUniformLocation | null => uniforms.get(name) ?? null
  const buffers = {
    places: gl.createBuffer(),
    before: gl.createBuffer(),
    styles: gl.createBuffer()
  }
  let order = new Uint32Array(0)
  let places = new Float32Array(0)
  const watch = createStopwatch(gl, onMeasured)
  let isDisposed = false

  gl.useProgram(program)
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
  const attribute = (index: number, buffer: WebGLBuffer, size: number, type: number): void => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.enableVertexAttribArray(index)
    gl.vertexAttribPointer(index, size, type, false, 0, 0)
  }
  attribute(0, buffers.places, 2, gl.FLOAT)
  attribute(1, buffers.before, 2, gl.FLOAT)
  attribute(2, buffers.styles, 1, gl.UNSIGNED_BYTE)
  const fill = (buffer: WebGLBuffer, values: Float32Array | Uint8Array): void => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW)
  }
  const lost = (event: Event): void => {
    event.preventDefault()
    if (!isDisposed) onLost()
  }
  canvas.addEventListener('webglcontextlost', lost)

  return {
    kind: 'webgl',
    get points() {
      return order.length
    },
    get msPerPoint() {
      return watch.msPerPoint()
    },
    setPoints(x, y) {
      if (order.length !== x.length) order = mixedOrder(x.length)
      const next = interleaved(order, x, y)
      fill(buffers.before, places.length === next.length ? places : next)
      fill(buffers.places, next)
      places = next
      fill(buffers.styles, new Uint8Array(order.length).fill(unlabelledIndex))
    },
    setStyles(styles) {
      if (styles.length !== order.length) return
      const mixed = new Uint8Array(order.length)
      order.forEach((row, i) => {
        mixed[i] = styles[row] ?? unlabelledIndex
      })
      fill(buffers.styles, mixed)
    },
    draw(frame) {
      gl.viewport(0, 0, canvas.width, canvas.height)
      gl.clearColor(0, 0, 0, 0)
      gl.clear(gl.COLOR_BUFFER_BIT)
      const count = Math.min(order.length, frame.most)
      if (count === 0) return
      setUniforms(gl, at, frame)
      for (const isHidden of frame.hasHidden ? [true, false] : [false]) {
        const { size, hiddenSize } = frame.look
        gl.uniform1i(at('u_hidden'), isHidden ? 1 : 0)
        gl.uniform1f(at('u_size'), (isHidden ? hiddenSize : size) * frame.ratio)
        gl.drawArrays(gl.POINTS, 0, count)
      }
      watch.start(count)
    },
    dispose() {
      isDisposed = true
      watch.dispose()
      canvas.removeEventListener('webglcontextlost', lost)
      for (const buffer of Object.values(buffers)) gl.deleteBuffer(buffer)
      gl.deleteProgram(program)
      // Browsers allow few contexts at once; this one is not waited for.
      gl.getExtension('WEBGL_lose_context')?.loseContext()
    }
  }
}

function setUniforms(
  gl: WebGL2RenderingContext,
  at: (name: UniformName) => WebGLUniformLocation | null,
  { view, look, colors, mix }: MapFrame
): void {
  const sx = (2 * view.scale) / view.width
  const sy = (2 * view.scale) / view.height
  gl.uniform2f(at('u_scale'), sx, sy)
  gl.uniform2f(at('u_shift'), -view.centreX * sx, -view.centreY * sy)
  gl.uniform1f(at('u_mix'), mix)
  gl.uniform1f(at('u_opacity'), look.opacity01)
  gl.uniform3fv(at('u_colors'), colors.categories.flat())
  gl.uniform3f(at('u_hiddenColor'), ...colors.hidden)
}

/** All rows, shuffled; the same for the same number of them. */
function mixedOrder(count: number): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: count }, (_, row) => row)
  let state = 0x9e3779b9
  for (let i = count - 1; i > 0; i--) {
    // A linear congruential step is random enough to mix colours.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const j = Math.floor((state / 0x100000000) * (i + 1))
    const held = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = held
  }
  return order
}

function interleaved(
  order: Uint32Array,
  x: Float32Array,
  y: Float32Array
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(2 * order.length)
  order.forEach((row, i) => {
    out[2 * i] = x[row] ?? 0
    out[2 * i + 1] = y[row] ?? 0
  })
  return out
}

interface Stopwatch {
  /** Measures until the graphics card is done with what was asked so far. */
  start(points: number): void
  msPerPoint(): number | undefined
  dispose(): void
}

const pollMs = 4
/** What a draw takes besides its points, waiting for the poll included. */
const overheadMs = 8
/** Shorter draws say more about the overhead. */
const measuredPoints = 20_000

/** Learns how long points take to draw; software drawing takes a hundred times as long as a card. */
function createStopwatch(gl: WebGL2RenderingContext, onMeasured: () => void): Stopwatch {
  let cost: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  function poll(fence: WebGLSync, points: number, began: number): void {
    timer = undefined
    if (gl.isContextLost()) return
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
      timer = setTimeout(poll, pollMs, fence, points, began)
      return
    }
    gl.deleteSync(fence)
    const isFirst = cost === undefined
    const now = Math.max(0, performance.now() - began - overheadMs) / points
    cost = cost === undefined ? now : (cost + now) / 2
    if (isFirst) onMeasured()
  }
  return {
    start(points) {
      if (timer !== undefined || points < measuredPoints) return
      const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
      if (fence === null) return
      gl.flush()
      timer = setTimeout(poll, pollMs, fence, points, performance.now())
    },
    msPerPoint: () => cost,
    dispose() {
      clearTimeout(timer)
      timer = undefined
    }
  }
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource]
  ] as const) {
    const shader = gl.createShader(type)
    if (shader === null) return undefined
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : undefined
}
