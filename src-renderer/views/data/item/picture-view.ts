// Where a picture lies in its frame and how large it is drawn. Arithmetic only, no DOM.

/** A picture in its frame: `x` and `y` are the place of its top left corner. */
export interface PictureView {
  /** Drawn pixels for one pixel of the picture. */
  readonly scale: number
  readonly x: number
  readonly y: number
}
/** Width and height in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

const largest = 64
const smallest = 0.02

/** The whole picture, as large as the frame allows. */
export function fitted(picture: Size, frame: Size): PictureView {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height)
  return held(
    { scale: Number.isFinite(scale) && scale > 0 ? scale : 1, x: 0, y: 0 },
    picture,
    frame
  )
}

/** Keeps a picture in its frame: centred where it is smaller, without a gap where it is larger. */
export function held(view: PictureView, picture: Size, frame: Size): PictureView {
  const place = (at: number, length: number, room: number): number => {
    const drawn = length * view.scale
    return drawn <= room ? (room - drawn) / 2 : Math.min(0, Math.max(room - drawn, at))
  }
  return {
    scale: view.scale,
    x: place(view.x, picture.width, frame.width),
    y: place(view.y, picture.height, frame.height)
  }
}

/** The picture `factor` times as large, with the point under `at` staying where it is. */
export function zoomed(
  view: PictureView,
  factor: number,
  at: { readonly x: number; readonly y: number },
  picture: Size,
  frame: Size
): PictureView {
  const scale = Math.min(Math.max(view.scale * factor, smallest), largest)
  const by = scale / view.scale
  return held(
    { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by },
    picture,
    frame
  )
}

/** The picture moved in its frame. */
export function moved(
  view: PictureView,
  dx: number,
  dy: number,
  picture: Size,
  frame: Size
): PictureView {
  return held({ ...view, x: view.x + dx, y: view.y + dy }, picture, frame)
}
