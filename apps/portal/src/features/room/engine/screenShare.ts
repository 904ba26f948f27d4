/** What a shared screen consists of. */
export interface SharedScreen {
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack | null;
}

/**
 * Asks what to share. Null when the person thought better of it.
 * @throws DOMException when the browser or the system refuses
 */
export async function askForScreen(): Promise<SharedScreen | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 15, max: 30 } },
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    const [video] = stream.getVideoTracks();
    const [audio] = stream.getAudioTracks();
    if (!video) return null;
    // Letters before motion: a slide that is sharp late beats one that is blurred at once.
    video.contentHint = 'detail';
    return { video, audio: audio ?? null };
  } catch (error) {
    if (error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError')) return null;
    throw error;
  }
}
