// Draws build/icon.svg into the files installers take: icon.png, icon.ico and icon.icns.
// Run it after changing the drawing: node build/make-icons.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { icnsTypes, icoPixels, writeIcns, writeIco } from './icon-containers.ts'

const here = import.meta.dirname
const drawing = readFileSync(join(here, 'icon.svg'))
/** The drawing is 64 units wide; sharp draws 72 dots for each 96 units unless told otherwise. */
const dotsAtOneUnit = 72
const drawingPixels = 1024

async function draw(pixels: number): Promise<Buffer> {
  // Drawn at its own size rather than shrunk, so that small ones stay sharp.
  const density = Math.max(1, (dotsAtOneUnit * pixels) / drawingPixels)
  return sharp(drawing, { density }).resize(pixels, pixels).png({ compressionLevel: 9 }).toBuffer()
}

const drawn = new Map<number, Buffer>()
for (const pixels of new Set([...icoPixels, ...icnsTypes.values(), drawingPixels])) {
  drawn.set(pixels, await draw(pixels))
}
function pngOf(pixels: number): Buffer {
  const png = drawn.get(pixels)
  if (!png) throw new Error(`${pixels} pixels were not drawn`)
  return png
}

const outputs = {
  'icon.png': pngOf(drawingPixels),
  'icon.ico': writeIco(icoPixels.map((pixels) => ({ pixels, png: pngOf(pixels) }))),
  'icon.icns': writeIcns(pngOf)
}
for (const [name, bytes] of Object.entries(outputs)) {
  writeFileSync(join(here, name), bytes)
  console.log(`${name}: ${bytes.length} bytes`)
}
