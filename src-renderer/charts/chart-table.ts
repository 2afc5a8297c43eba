// The same figures as a table: what every chart must be able to show instead of itself.

/** A chart's figures in rows of text; numbers already formatted with their unit. */
export interface ChartTable {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
