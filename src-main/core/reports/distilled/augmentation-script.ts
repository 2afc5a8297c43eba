// The part of an exported train.py that changes pictures while they are learned.
import type { InputShape } from '../../networks/network.ts'
import type { Augmentation, AugmentationGroup } from '../../networks/siamese-augmentation.ts'

/** Changes of pictures by Siamese augmentation, each picture with numbers of its own. */
export function augmentationText(
  { groups, mode }: Augmentation,
  { height, width, channels }: InputShape
): string {
  const parts = new Set<string>()
  if (groups.some((group) => group === 'scale' || group === 'rotate')) parts.add(moved)
  for (const group of groups) parts.add(groupText(group, height, width, channels))
  const names = groups.map((group) => group).join(', ')
  const body =
    mode === 'all'
      ? [`for change in (${names},):`, '    x = change(x)', 'return x']
      : [`changes = (${names},)`, `return changes[torch.randint(${groups.length}, ()).item()](x)`]
  return [
    ...parts,
    `def augment(x):\n${(groups.length === 0 ? ['return x'] : body).map((line) => `    ${line}`).join('\n')}\n`
  ].join('\n\n')
}

const moved = `def moved(x, theta):
    grid = F.affine_grid(theta, list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, align_corners=False)
`

function groupText(
  group: AugmentationGroup,
  height: number,
  width: number,
  channels: number
): string {
  switch (group) {
    case 'colour':
      return `def colour(x):
    each = (len(x), 1, 1, 1)
    x = x + torch.rand(each) - 0.5
${channels > 1 ? '    grey = x.mean(1, keepdim=True)\n    x = grey + 2 * torch.rand(each) * (x - grey)\n' : ''}    middle = x.mean((1, 2, 3), keepdim=True)
    return middle + (0.5 + torch.rand(each)) * (x - middle)
`
    case 'crop': {
      const [down, right] = [Math.round(0.125 * height), Math.round(0.125 * width)]
      return `def crop(x):
    wide = F.pad(x, (${right}, ${right}, ${down}, ${down}))
    tops = torch.randint(${2 * down + 1}, (len(x),)).tolist()
    lefts = torch.randint(${2 * right + 1}, (len(x),)).tolist()
    return torch.stack([p[:, i:i + ${height}, j:j + ${width}] for p, i, j in zip(wide, tops, lefts)])
`
    }
    case 'cutout':
      return `def cutout(x):
    def span(side, length):
        start = torch.randint(side + (length % 2 == 0), (len(x), 1)) - length // 2
        at = torch.arange(side)
        return (at >= start) & (at < start + length)
    hole = span(${height}, ${Math.round(0.5 * height)})[:, :, None] & span(${width}, ${Math.round(0.5 * width)})[:, None, :]
    return x * ~hole[:, None]
`
    case 'flip':
      return `def flip(x):
    return torch.where(torch.rand(len(x), 1, 1, 1) < 0.5, x.flip(3), x)
`
    case 'scale':
      return `def scale(x):
    theta = torch.zeros(len(x), 2, 3)
    theta[:, 0, 0] = 1 / 1.2 + torch.rand(len(x)) * (1.2 - 1 / 1.2)
    theta[:, 1, 1] = 1 / 1.2 + torch.rand(len(x)) * (1.2 - 1 / 1.2)
    return moved(x, theta)
`
    case 'rotate':
      return `def rotate(x):
    angle = (2 * torch.rand(len(x)) - 1) * 15 * np.pi / 180
    cosine, sine, none = angle.cos(), angle.sin(), torch.zeros(len(x))
    return moved(x, torch.stack([cosine, -sine, none, sine, cosine, none], 1).view(-1, 2, 3))
`
  }
}
