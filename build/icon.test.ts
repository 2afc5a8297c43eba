// The icon files parse, and hold every size the systems ask for.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { icnsTypes, icoPixels, readIcns, readIco, writeIcns, writeIco } from './icon-containers.ts'

const read = (name: string): Buffer => readFileSync(join(import.meta.dirname, name))
async function sizeOf(png: Buffer): Promise<string> {
  const { format, width, height } = await sharp(png).metadata()
  return `${format} ${width}x${height}`
}

describe('icon files', () => {
  it('icon.ico holds each size as PNG', async () => {
    const pictures = readIco(read('icon.ico'))
    expect(pictures.map(({ pixels }) => pixels)).toEqual(icoPixels)
    for (const { pixels, png } of pictures) {
      expect(await sizeOf(png)).toBe(`png ${pixels}x${pixels}`)
    }
  })

  it('icon.icns holds each type as PNG', async () => {
    const pictures = readIcns(read('icon.icns'))
    expect([...pictures.keys()]).toEqual([...icnsTypes.keys()])
    for (const [type, png] of pictures) {
      expect(await sizeOf(png)).toBe(`png ${icnsTypes.get(type)}x${icnsTypes.get(type)}`)
    }
  })

  it('icon.png is large enough for every system', async () => {
    expect(await sizeOf(read('icon.png'))).toBe('png 1024x1024')
  })

  it('still shows grain and basket at 16 pixels', async () => {
    const [smallest] = readIco(read('icon.ico'))
    const { data, info } = await sharp(smallest?.png).raw().toBuffer({ resolveWithObject: true })
    const colours = new Set<string>()
    for (let at = 0; at < data.length; at += info.channels) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
      if (red > 200 && blue < 150) colours.add('grain')
      if (red > 200 && blue > 200) colours.add('basket')
      if (red < 60 && green > 50 && blue > 50) colours.add('ground')
    }
    expect([...colours].sort()).toEqual(['basket', 'grain', 'ground'])
  })
})

describe('containers', () => {
  const png = Buffer.from('picture')

  it('refuse what they cannot hold', () => {
    expect(() => writeIco([{ pixels: 512, png }])).toThrow(RangeError)
  })

  it('refuse files that are cut short or something else', () => {
    const ico = writeIco([{ pixels: 16, png }])
    const icns = writeIcns(() => png)
    expect(() => readIco(ico.subarray(0, -1))).toThrow('cut short')
    expect(() => readIco(icns)).toThrow('not an .ico')
    expect(() => readIcns(icns.subarray(0, -1))).toThrow('cut short')
    expect(() => readIcns(ico)).toThrow('not an .icns')
  })
})
