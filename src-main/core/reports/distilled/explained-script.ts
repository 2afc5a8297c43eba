// The part of train.py that scores a model of a set without labels: the share of what varies in the
// targets of unseen items that it foretells, as evaluation/distilled/explained.ts has it.

/** `explained(net, path)` in Python; needs `outputs` of the program. */
export const explainedLines = `def explained(net, path):
    data = np.load(path)
    truth = torch.from_numpy(data['targets'].astype(np.float32))
    missed = ((outputs(net, data) - truth) ** 2).sum()
    varied = ((truth - truth.mean(0)) ** 2).sum()
    return max(0.0, 1 - (missed / varied).item())
`
