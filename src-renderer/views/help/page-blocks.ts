// What a method page is made of once the build has read it: plain data that is shown with text
// nodes alone. Written by build/help-pages.ts, shown by PageBlocks.vue.

/** A run of words: plain, or marked. `page` leads to another method page. */
export type PagePart =
  | string
  | {
      readonly text: string
      readonly look: 'code' | 'strong' | 'soft' | 'link'
      readonly page?: string
    }

/** One block of a page, in the order they are read. */
export type PageBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly parts: readonly PagePart[] }
  | { readonly kind: 'text'; readonly parts: readonly PagePart[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'list'
      readonly isNumbered: boolean
      readonly items: readonly (readonly PageBlock[])[]
    }
  | {
      readonly kind: 'table'
      /** Columns set to the end, as figures are. */
      readonly ends: readonly boolean[]
      readonly head: readonly (readonly PagePart[])[]
      readonly rows: readonly (readonly (readonly PagePart[])[])[]
    }

/** One page. */
export interface MethodPage {
  /** The file's name without its ending. */
  readonly id: string
  readonly title: string
  readonly blocks: readonly PageBlock[]
}

/** Words of parts, without their looks. */
export function plainText(parts: readonly PagePart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')
}

/** Words of blocks, one line a block, for searching. */
export function blockTexts(blocks: readonly PageBlock[]): string[] {
  return blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case 'heading':
      case 'text':
        return [plainText(block.parts)]
      case 'code':
        return [block.text]
      case 'list':
        return block.items.flatMap(blockTexts)
      case 'table':
        return [block.head, ...block.rows].map((row) => row.map(plainText).join(' · '))
    }
  })
}
