// What people read about DSIR.
import type { MethodCard } from '../../method.ts'

export const dsirCard: MethodCard = {
  name: 'Words like my examples (DSIR)',
  oneLine: 'Keeps texts whose words and word pairs are like those of your example texts.',
  description:
    'Words and pairs of neighbouring words are counted, in your example texts and in all texts. A word ' +
    'that the examples use more than the data does speaks for a text, one they use less speaks against ' +
    'it. Texts are then drawn by lot, likelier the more their words speak for them. With several ' +
    'example tasks each has its share of the places. No labels and no helper model are needed.',
  whenToUse:
    'When you have some example texts and much text of mixed topics or styles. A few dozen examples ' +
    'are enough to find a topic. It is quick and reads very large data.',
  whenNotToUse:
    'For pictures and tables. It sees words and not meaning: other words for the same thing do not ' +
    'count, wrong statements and wrong labels pass, and copies of a fitting text are all likely to be kept.',
  reads: ['texts', 'example sets'],
  gives:
    'An order of all texts, the words that spoke for each, and how much closer the kept texts are to ' +
    'the examples than all texts and than a choice by lot.',
  memory: '50 MB for known words, plus (4 bytes x tasks + 40 bytes) x items.',
  reference: {
    title: 'Data Selection for Language Models via Importance Resampling',
    authors: 'Sang Michael Xie, Shibani Santurkar, Tengyu Ma, Percy Liang',
    where: 'NeurIPS 2023, arXiv 2302.03169',
    note:
      "The paper's: hashed counts of words and pairs in 10,000 buckets, the ratio of both shares as " +
      'weight, the draw without putting back, the KL reduction. Ours: weight per word instead of per ' +
      'text as the default, an allowance for unseen words that follows the data, no least length, characters as ' +
      'words where writing has no spaces, texts without words last, and the words shown as reasons.'
  }
}
