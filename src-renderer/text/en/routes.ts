// What each screen is called in the top bar and in the title of the window.

/** By the name of its route. */
export const routeTitles = {
  'first-run': 'Start',
  home: 'Home',
  data: 'Data',
  'add-data': 'Add data',
  dataset: 'Dataset',
  groups: 'What belongs together',
  finding: 'Review',
  choose: 'Choose',
  tiny: 'Tiny set',
  expand: 'Expand a small set',
  'expand-result': 'New pictures',
  traces: 'Traces',
  'add-traces': 'Add traces',
  'trace-runner': 'Run an agent',
  'trace-rooms': 'Find the way',
  'rooms-result': 'How the way was found',
  'trace-set': 'Trace set',
  'plan-review': 'Plan a review',
  attempt: 'Attempt',
  'trace-graph': 'Map of paths',
  review: 'Review',
  'review-report': 'Review report',
  runs: 'Runs',
  run: 'Run',
  result: 'Result',
  compare: 'Compare',
  settings: 'Settings'
} as const
