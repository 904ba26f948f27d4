interface Picture {
  readonly element: HTMLVideoElement;
  holders: number;
}

/**
 * Elements that play pictures, one a track. A browser takes a tenth of a second and more to begin with a new one, so a
 * picture is begun before its tile is drawn, and goes along when the tile moves to the stage.
 */
const pictures = new Map<MediaStreamTrack, Picture>();

/** The track's element, which plays: a browser stops one that left the page. Call `letGo` once for each `hold`. */
export function hold(track: MediaStreamTrack): HTMLVideoElement {
  const picture = pictures.get(track) ?? { element: begin(track), holders: 0 };
  picture.holders += 1;
  pictures.set(track, picture);
  // Muted video may always play; a rejection only means that the element went away meanwhile.
  picture.element.play().catch(() => undefined);
  return picture.element;
}

/** The picture ends unless somebody holds it when everything that is being drawn has been. */
export function letGo(track: MediaStreamTrack): void {
  setTimeout(() => {
    const picture = pictures.get(track);
    if (!picture || --picture.holders > 0) return;
    pictures.delete(track);
    picture.element.srcObject = null;
  });
}

function begin(track: MediaStreamTrack): HTMLVideoElement {
  const element = document.createElement('video');
  element.muted = true;
  element.autoplay = true;
  element.playsInline = true;
  element.disablePictureInPicture = true;
  element.srcObject = new MediaStream([track]);
  return element;
}
