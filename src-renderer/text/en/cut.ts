// Words of the items around the cut of a result: the last ones kept and the first ones left out.

/** The tab "Around the cut". */
export const cutWords = {
  help: 'All items in the order of this result, best first. Move the cut to see where items stop being worth keeping.',
  slider: 'Items to keep',
  reading: (count: string, percent: string): string => `${count} items (${percent})`,
  before: 'Kept last',
  after: 'Left out first',
  none: 'None',
  failed: 'These items cannot be shown',
  back: (count: string): string => `Back to ${count}`,
  use: (count: string): string => `Choose ${count} instead`,
  useHelp: 'Opens the wizard with the same plan and this number. This result stays as it is.'
}
