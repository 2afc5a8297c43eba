// Pieces every chart option shares: type, axes, tooltip as canvas text, series looks with a fixed
// meaning. Shape, fill and pattern carry the meaning without colour.
import type { ChartTheme } from './chart-theme.ts'

/** A set of items as a chart names it. */
export type SetKind = 'random' | 'stratified' | 'chosen' | 'all' | 'other'

/** Base of an option. Tooltips are drawn on the canvas: HTML ones would need injected markup. */
export function baseOption(theme: ChartTheme, description: string): Record<string, unknown> {
  return {
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.font, fontSize: theme.labelSize, color: theme.text },
    animationDuration: 180,
    animationDurationUpdate: 180,
    animationEasing: 'cubicOut',
    aria: {
      enabled: true,
      label: { enabled: true, description },
      decal: { show: theme.hasDecals }
    },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: theme.text,
      borderWidth: 0,
      padding: [6, 10],
      textStyle: { color: theme.surface, fontSize: theme.labelSize, fontFamily: theme.font },
      extraCssText: ''
    }
  }
}

/** An axis of values, zero-based unless told otherwise. */
export function valueAxis(
  theme: ChartTheme,
  format: (value: number) => string,
  extra: Record<string, unknown> = {}
): Record<string, unknown> {
  return {
    type: 'value',
    min: 0,
    axisLine: { show: false },
    axisTick: { show: false },
    splitNumber: 4,
    splitLine: { lineStyle: { color: theme.grid, width: 1 } },
    axisLabel: {
      color: theme.text2,
      fontSize: theme.labelSize,
      formatter: format,
      hideOverlap: true
    },
    ...extra
  }
}

/** An axis of names. */
export function nameAxis(
  theme: ChartTheme,
  names: readonly string[],
  extra: Record<string, unknown> = {}
): Record<string, unknown> {
  return {
    type: 'category',
    data: [...names],
    axisLine: { lineStyle: { color: theme.border } },
    axisTick: { show: false },
    axisLabel: { color: theme.text, fontSize: theme.labelSize, width: 150, overflow: 'truncate' },
    ...extra
  }
}

/** Title of an axis, at its middle or its end. */
export function axisName(theme: ChartTheme, name: string, gap: number): Record<string, unknown> {
  return {
    name,
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { color: theme.text2, fontSize: theme.labelSize }
  }
}

/** A pattern of slanted lines in one colour. */
export function hatch(color: string, angle: number): Record<string, unknown> {
  return {
    symbol: 'rect',
    color,
    dashArrayX: [1, 0],
    dashArrayY: [1.5, 4],
    rotation: (angle * Math.PI) / 180
  }
}

/** Bar look of a set: chosen accent solid, all dark solid, random an outline of grey dashes. */
export function barStyle(theme: ChartTheme, kind: SetKind): Record<string, unknown> {
  switch (kind) {
    case 'chosen':
      return { color: theme.chosen, borderRadius: 2 }
    case 'all':
      return { color: theme.all, borderRadius: 2 }
    case 'random':
      return {
        color: 'transparent',
        borderColor: theme.random,
        borderWidth: 1.5,
        borderType: 'dashed',
        borderRadius: 2
      }
    case 'stratified':
      return {
        color: 'transparent',
        borderColor: theme.random,
        borderWidth: 1,
        borderRadius: 2,
        decal: hatch(theme.random, 45)
      }
    case 'other':
      return {
        color: 'transparent',
        borderColor: theme.chosen,
        borderWidth: 1,
        borderRadius: 2,
        decal: hatch(theme.chosen, -45)
      }
  }
}

/** Marker shape of a set in point and line charts. */
export const setSymbols: Readonly<Record<SetKind, string>> = {
  chosen: 'circle',
  random: 'emptyDiamond',
  stratified: 'emptyTriangle',
  all: 'rect',
  other: 'emptyRect'
}

/** Line colour of a set. */
export function setColor(theme: ChartTheme, kind: SetKind): string {
  if (kind === 'chosen' || kind === 'other') return theme.chosen
  return kind === 'all' ? theme.all : theme.random
}

/** Line pattern of a set. */
export const setLine: Readonly<Record<SetKind, 'solid' | 'dashed' | 'dotted'>> = {
  chosen: 'solid',
  all: 'solid',
  random: 'dashed',
  stratified: 'dotted',
  other: 'dotted'
}
