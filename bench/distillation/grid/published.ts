// Published test accuracies on Fashion-MNIST in percent, ConvNet-3 of width 128 unless said, at 1, 10
// and 50 pictures per class. Kept beside ours, never mixed with them.

export interface PublishedRow {
  readonly name: string
  /** At 1, 10 and 50 per class. */
  readonly values: readonly [string, string, string]
  /** How students were trained, and where it stands. */
  readonly note: string
}

export const publishedRows: readonly PublishedRow[] = [
  {
    name: 'random',
    values: ['51.4 \u00b1 3.8', '73.8 \u00b1 0.7', '82.5 \u00b1 0.7'],
    note: 'no augmentation; not verified'
  },
  {
    name: 'herding',
    values: ['67.0 \u00b1 1.9', '71.1 \u00b1 0.7', '71.9 \u00b1 0.8'],
    note: 'no augmentation; not verified'
  },
  {
    name: 'DC',
    values: ['70.5 \u00b1 0.6', '82.3 \u00b1 0.4', '83.6 \u00b1 0.4'],
    note: 'no augmentation; Zhao et al. 2021'
  },
  {
    name: 'DSA',
    values: ['70.6 \u00b1 0.6', '84.6 \u00b1 0.3', '88.7 \u00b1 0.2'],
    note: 'augmentation; Zhao and Bilen 2021'
  },
  {
    name: 'IDC (factor 2)',
    values: ['81.0', '86.0', '86.2'],
    note: 'CutMix; Kim et al. 2022'
  },
  {
    name: 'KIP, by the kernel',
    values: ['76.7 \u00b1 0.2', '88.8 \u00b1 0.1', '91.0 \u00b1 0.1'],
    note: 'kernel ridge regression, not a network; Nguyen et al. 2021'
  },
  {
    name: 'KIP, by a network',
    values: ['73.8', '86.8', '87.8'],
    note: 'Nguyen et al. 2021'
  },
  {
    name: 'LS, by the kernel',
    values: ['65.3', '80.8', '86.9'],
    note: 'labels only; Nguyen et al. 2021'
  },
  {
    name: 'CAFE',
    values: ['77.1 \u00b1 0.9', '83.0 \u00b1 0.4', '84.8 \u00b1 0.4'],
    note: 'not verified'
  },
  {
    name: 'FRePo',
    values: ['75.6 \u00b1 0.3', '86.2 \u00b1 0.2', '89.6 \u00b1 0.1'],
    note: 'batch norm, its own recipe; not verified'
  },
  {
    name: 'addressable memories (RTP)',
    values: ['88.5 \u00b1 0.1', '90.0 \u00b1 0.7', '91.2 \u00b1 0.3'],
    note: 'equal storage, its own recipe; not verified'
  }
]
