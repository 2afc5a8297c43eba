// The size of pictures as the picture network sees them; apart from its code, which the backend
// thread has no use for.

/** Side that pictures are squeezed to. */
export const pictureSide = 32

/** Most pictures a picture network is trained on: 20,000 in colour are 61 MB. */
export const mostPictures = 20_000
