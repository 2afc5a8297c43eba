// What people read about sets of picture-text pairs.
import type { MethodCard } from '../../method.ts'

export const pairMatchingCard: MethodCard = {
  name: 'Learned pairs',
  oneLine:
    'Makes new pairs that teach a student to find the text of a picture, and the other way round.',
  description:
    'A student brings the similarity fingerprints of pictures and of texts together, so that a picture lies near ' +
    'its own text. Helpers learn this from all your pairs and are kept on their way. Then, again and again, a ' +
    'student starts where a helper was, takes a few lessons from the made pairs, and the pairs are moved so that ' +
    'it ends closer to where the helper went. Made pairs are fingerprints, not pictures; the result names the ' +
    'real pairs most like each.',
  whenToUse: 'To see how few pairs a search between pictures and texts can be taught with.',
  whenNotToUse:
    'When the pairs are to be looked at, or used with other fingerprints: then take real pairs.',
  reads: ['pictures with a text each'],
  gives: 'Made pairs of a picture fingerprint and a text fingerprint.',
  memory: 'About 500 MB, and each helper once for every pass.',
  reference: {
    title: 'Vision-Language Dataset Distillation; LoRS; RepBlend',
    authors: 'Xindi Wu et al.; Yue Xu et al.; Xin Zhang et al.',
    where: 'TMLR 2024 (arXiv 2308.07545); ICML 2024 (arXiv 2406.04333); 2025 (arXiv 2505.14705)',
    note:
      "The papers': helpers' ways of both heads, the sum of both distances (MTT-VL), lessons by themselves (TESLA), " +
      'blends and frozen fingerprints (RepBlend), learned similarity (LoRS). Ours: pictures as fingerprints too, ' +
      'the same blend for both halves, Adam, a running average.'
  }
}

export const realPairsCard: MethodCard = {
  name: 'Real pairs',
  oneLine: 'Keeps some of your own pairs of a picture and a text, by lot or by a simple rule.',
  description:
    'The yardstick for learned pairs. Pairs are taken by lot, far from each other, or so that their average is ' +
    'the average of all, by the similarity fingerprints of both halves together.',
  whenToUse:
    'When the pairs are to be looked at or used elsewhere, and to see what learned pairs are worth.',
  whenNotToUse: 'When there is time and room for all pairs: these are always better.',
  reads: ['pictures with a text each'],
  gives: 'The chosen pairs.',
  memory: 'The fingerprints of all pairs, and about 200 MB.',
  reference: {
    title: 'Vision-Language Dataset Distillation',
    authors: 'Xindi Wu, Byron Zhang, Zhiwei Deng, Olga Russakovsky',
    where: 'TMLR 2024 (arXiv 2308.07545)',
    note: 'Known: the rules, as the paper compares with them. Ours: at most 5,000 pairs are looked at.'
  }
}
